//! Who is on which side of an incident (GUIDELINES 3, Sides).

use tarikh_record::{EventType, Killed, Measure, Role, SubEventType};
use tarikh_syntax::{Doc, Tok, TokRange};

use super::authors::{CLAIMS, accused, acting, carried};
use super::bearing::Bearing;
use super::camps::{camps, each_other};
use super::cast::{Cast, parties, party};
use super::fold::Draft;
use super::holders::{
    allies, captors, is_of_people, operator, opponent, owners, signatories, sites, taken_from,
    takers_first,
};
use super::naming::{
    PEOPLE_WHO_ATTACK, PEOPLE_WHO_FIGHT, as_force, of_the_day, people_who_fight, specific, tidy,
    unknown_attackers, without_parents,
};
use super::scene::{Family, Scene};
use super::unarmed::{agreement, crowd, release};
use crate::codebook::Facts;
use crate::knowledge::frames::Act;
use crate::knowledge::lexicon::has;
use crate::mentions::actors::ActorClass;
use crate::mentions::voices::Speech;
use crate::reading::Reading;

/// A party of an incident, with the words that name it.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) name: String,
    /// The words; `None` for an author that the report does not name.
    pub(crate) tokens: Option<TokRange>,
    pub(crate) class: ActorClass,
    pub(crate) id: Option<u32>,
    pub(crate) country: Option<u16>,
    pub(crate) suspected: bool,
    pub(crate) role: Role,
    /// "people", "members": the words do not tell whether they were armed.
    pub(crate) is_vague: bool,
    /// The word also means something else ("supporters").
    pub(crate) is_loose: bool,
    /// A group with a name, or people whom the word tells to be of one ("rebels").
    pub(crate) is_organised: bool,
    pub(crate) rule: &'static str,
}

/// The two sides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides {
    pub(crate) a: Vec<Party>,
    pub(crate) b: Vec<Party>,
}

/// Fills the sides of a decided incident.
pub(crate) fn fill(
    reading: &Reading<'_>,
    scenes: &[Scene],
    about: &Bearing<'_>,
    cast: &Cast,
    facts: &Facts,
    sub: SubEventType,
) -> Sides {
    let draft = about.draft;
    let mut agents = parties(reading, &cast.agents, Role::Attacker);
    agents
        .iter_mut()
        .for_each(|p| of_the_day(reading, draft, p));
    if matches!(draft.family, Family::Violence | Family::Abduct) {
        let blast = facts
            .acts
            .iter()
            .any(|a| matches!(a, Act::Suicide | Act::Explosion));
        agents
            .iter_mut()
            .for_each(|p| unknown_attackers(reading, p, blast));
    }
    let clash = facts.acts.first() == Some(&Act::Clash);
    // Attackers told of beside a clash do not make those whom they hit a side that fights.
    let communal = clash && !agents.is_empty() && {
        let group = |p: &Party| p.class.is_nonstate() || p.class == ActorClass::People;
        agents.iter().all(group)
    };
    if clash {
        agents.iter_mut().for_each(|p| people_who_fight(reading, p));
    }
    // "Clashes between herders and farmers": both are called unarmed, and both fight.
    let fights = |p: &Party| p.rule == PEOPLE_WHO_FIGHT;
    let communal = communal || !agents.is_empty() && agents.iter().all(fights);
    agents.retain(|p| plausible_agent(p, draft.family));
    if agents.is_empty()
        && matches!(
            draft.family,
            Family::Violence | Family::Abduct | Family::Territory
        )
    {
        agents = acting(reading, scenes, draft, cast);
    }
    if agents.is_empty() {
        agents = carried(reading, scenes, draft, Role::Attacker);
    }
    let mut targets = parties(reading, &cast.targets, Role::Target);
    if communal {
        targets
            .iter_mut()
            .filter(|p| !p.is_vague)
            .for_each(|p| people_who_fight(reading, p));
    }
    targets.extend(sites(reading, cast));
    // "16 Americans and one Canadian": nationals who came to harm are not their state.
    let victims = parties(reading, &cast.victims, Role::Victim);
    targets.extend(
        victims
            .into_iter()
            .filter(|p| p.class != ActorClass::Government),
    );
    if targets.is_empty() {
        targets = carried(reading, scenes, draft, Role::Target);
    }
    without_own_dead(reading, scenes, draft, &agents, &mut targets);
    without_what_is_theirs(reading, &mut targets);
    targets.iter_mut().for_each(|p| as_force(reading, p));
    targets
        .iter_mut()
        .for_each(|p| of_the_day(reading, draft, p));
    let others = |p: &&Party| !agents.iter().any(|q| same(p, q));
    if targets
        .iter()
        .filter(others)
        .all(|p| p.class == ActorClass::People)
    {
        targets.extend(unarmed(reading, draft, cast, facts));
    }
    if !clash {
        without_victims(&mut agents, &targets, facts);
    }
    let mut accused = accused(about);
    accused
        .iter_mut()
        .for_each(|p| of_the_day(reading, draft, p));
    let mut sides = match draft.family {
        _ if is_of_a_crowd(sub) => crowd(agents, targets, sub),
        Family::Crash => Sides {
            a: operator(reading, scenes, draft),
            b: Vec::new(),
        },
        Family::Release => release(agents, targets, captors(reading, scenes, draft)),
        Family::Agreement => agreement(agents, targets, signatories(reading, scenes, draft)),
        Family::Group => agreement(agents, targets, Vec::new()),
        Family::Arrest => Sides {
            a: arresting(reading, scenes, draft, agents),
            b: targets,
        },
        _ => violence(agents, targets, accused, facts, sub),
    };
    if !(is_of_a_crowd(sub) || draft.family == Family::Release) {
        sides.a.extend(allies(reading, scenes, draft, &sides.a));
        let a = &sides.a;
        sides.b.retain(|p| !a.iter().any(|q| same(p, q)));
    }
    if draft.family == Family::Territory {
        takers_first(&mut sides, sub);
    }
    owners(reading, scenes, draft, &mut sides);
    let taken = matches!(
        sub,
        SubEventType::NonStateActorOvertakesTerritory | SubEventType::GovernmentRegainsTerritory
    );
    if (taken || draft.family == Family::Territory) && sides.b.iter().all(|p| p.class.is_unarmed())
    {
        let holder = taken_from(reading, scenes, draft).or_else(|| opponent(reading, &sides.a));
        // "took the town from troops; six civilians died": those who died are on the side that lost it.
        sides
            .b
            .retain(|p| holder.is_none() || is_dead(reading, scenes, draft, p));
        sides.b.splice(0..0, holder);
    }
    for side in [&mut sides.a, &mut sides.b] {
        side.iter_mut().for_each(|p| of_the_day(reading, draft, p));
        without_parents(reading, draft, side);
    }
    specific(reading, &mut sides.a, sub == SubEventType::AirDroneStrike);
    specific(reading, &mut sides.b, false);
    tidy(reading, &mut sides);
    sides
}

/// Who arrested: the forces that the report tells of, or those that tell it themselves ("the army says twelve men were
/// arrested").
fn arresting(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    agents: Vec<Party>,
) -> Vec<Party> {
    let forces: Vec<Party> = agents.into_iter().filter(|p| p.class.is_state()).collect();
    if !forces.is_empty() {
        return forces;
    }
    let events = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
    let arrests = || {
        let told = events.clone().map(|&e| &reading.events[e]);
        told.filter(|e| e.act == Act::Arrest)
    };
    let tells = |s: &&Speech| arrests().any(|e| s.content.contains(e.trigger));
    let force = |s: &Speech| {
        let a = reading.actors.at(s.speaker)?;
        let force = matches!(a.class, ActorClass::Military | ActorClass::Police);
        force.then(|| party(reading, a, Role::Attacker))
    };
    let mut speeches = reading.speeches.iter().filter(tells);
    speeches.find_map(force).into_iter().collect()
}

/// Whether a crowd acts. What was told among demonstrations need not be one.
fn is_of_a_crowd(sub: SubEventType) -> bool {
    matches!(sub.event_type(), EventType::Protests | EventType::Riots)
}

/// People without a word that tells who they were: named persons who came to harm, captives,
/// and those at a place of daily life.
fn unarmed(reading: &Reading<'_>, draft: &Draft, cast: &Cast, facts: &Facts) -> Option<Party> {
    let victim = cast.victims.first().copied();
    let captive = (draft.family == Family::Abduct)
        .then(|| cast.targets.first().copied())
        .flatten();
    let site = facts.civilian_site && !facts.military_site;
    if victim.is_none() && captive.is_none() && !site {
        return None;
    }
    let tokens = victim
        .or(captive)
        .map(|t| crate::tree::noun_phrase(reading.doc, t));
    Some(Party {
        tokens,
        role: Role::Victim,
        rule: "actor:unarmed-victim",
        is_vague: true,
        ..unnamed("Civilians", ActorClass::Civilians)
    })
}

/// Forces of a state that came to harm in an act whose only victims they are, by a bomb or from an
/// ambush, did not commit it.
fn without_victims(agents: &mut Vec<Party>, targets: &[Party], facts: &Facts) {
    let one_country =
        |t: &Party, p: &Party| t.country == p.country || t.country.is_none() || p.country.is_none();
    let alike = |t: &Party, p: &Party| {
        let unnamed = t.id.is_none() && p.id.is_none();
        same(t, p) || t.class == p.class && unnamed && one_country(t, p)
    };
    // "A bomb hit a police van and wounded five": the target of a blast as well.
    let blast = facts.acts.first() == Some(&Act::Explosion);
    let harmed = |p: &Party| {
        let mut victims = targets
            .iter()
            .filter(|t| t.role == Role::Victim || blast && t.role == Role::Target);
        victims.any(|t| alike(t, p))
    };
    let alone = |p: &Party| {
        let mut targets = targets.iter();
        targets.all(|t| alike(t, p) || t.class == ActorClass::People)
    };
    let hidden = facts.acts.iter().any(|a| {
        matches!(
            a,
            Act::Explosion | Act::Suicide | Act::Ambush | Act::Grenade
        )
    });
    // "Troops ambushed a band of rebels; four soldiers died"
    let against = |t: &Party| t.role == Role::Target && t.class.is_nonstate();
    let exploded = [Act::Explosion, Act::Suicide, Act::Grenade];
    let ambush = !facts.acts.iter().any(|a| exploded.contains(a));
    let hidden = hidden && !(ambush && targets.iter().any(against));
    agents.retain(|p| !p.class.is_state() || !harmed(p) || !(hidden || alone(p)));
}

/// "The Front took the town from rebels; 12 rebels and eight jihadists died": of two kinds of fighters who died
/// those who are not the ones attacked are the attackers' own.
fn without_own_dead(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    agents: &[Party],
    targets: &mut Vec<Party>,
) {
    if !agents.iter().any(|p| p.class.is_nonstate()) {
        return;
    }
    let own = super::belongs::own_dead(reading, scenes, draft);
    targets.retain(|p| {
        let of = |&i: &usize| p.tokens == Some(reading.actors.all[i].name);
        !own.iter().any(of)
    });
}

/// "Two officers died when gunmen fired on their patrol": what is theirs is no party beside them.
fn without_what_is_theirs(reading: &Reading<'_>, targets: &mut Vec<Party>) {
    let own = &reading.knowledge.speech.own;
    let theirs = |p: &Party| {
        let before = p.tokens.and_then(|t| t.start.0.checked_sub(1)).map(Tok);
        p.role == Role::Target
            && p.id.is_none()
            && before.is_some_and(|t| has(own, reading.doc.lower(t)))
    };
    let state_victim = |p: &Party| p.role == Role::Victim && p.class.is_state();
    if targets.iter().any(state_victim) {
        targets.retain(|p| !theirs(p));
    }
}

/// Whether the report tells that those of a party died in the act.
fn is_dead(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, p: &Party) -> bool {
    let harms = draft.scenes.iter().flat_map(|&s| &scenes[s].harms);
    let mut dead = harms
        .map(|&h| &reading.harms[h])
        .filter(|h| h.measure == Measure::Killed)
        .flat_map(|h| &h.parties);
    p.role == Role::Victim
        && dead.any(|d| d.count.best != Some(0) && p.tokens.is_some_and(|t| t.contains(d.head)))
}

/// Side B has the real victims: civilians who died are on it, beside the force that was the target.
pub(crate) fn add_dead_civilians(sides: &mut Sides, killed: &Killed) {
    let told = killed.civilians.is_some_and(|n| n > 0);
    let there = |side: &[Party]| side.iter().any(|p| !p.class.is_armed());
    if told && !there(&sides.b) && !there(&sides.a) {
        sides.b.push(Party {
            role: Role::Victim,
            rule: "actor:unarmed-victim",
            ..unnamed("Civilians", ActorClass::Civilians)
        });
    }
}

/// Who can have done it, given what it was.
fn plausible_agent(p: &Party, family: Family) -> bool {
    match family {
        Family::Crowd | Family::Agreement | Family::Group | Family::Release => true,
        // "a sympathiser of the group" demonstrates nowhere.
        _ if p.class == ActorClass::Protesters && p.is_loose => false,
        _ => {
            p.class.is_armed()
                || matches!(
                    p.class,
                    ActorClass::Government | ActorClass::Rioters | ActorClass::Protesters
                )
        }
    }
}

fn violence(
    agents: Vec<Party>,
    targets: Vec<Party>,
    accused: Vec<Party>,
    facts: &Facts,
    sub: SubEventType,
) -> Sides {
    let clash = facts.acts.first().is_some_and(|a| *a == Act::Clash);
    let (agents, targets) = match clash {
        true => each_other(agents, targets),
        false => (agents, targets),
    };
    let mut a = authors(agents, accused, clash);
    let by_state = !a.is_empty() && a.iter().all(|p| p.class.is_state());
    let mut b: Vec<Party> = targets
        .into_iter()
        .filter(|t| t.class != ActorClass::People || t.role == Role::Victim)
        // A country is the target only of another state, or where nobody else is.
        .filter(|t| t.rule != "actor:country-adjective")
        // The attackers' own dead do not make them a target.
        .filter(|t| t.rule != "actor:role-word" || by_state || facts.acts.contains(&Act::Clash))
        .collect();
    // "people", "members": who they were is told by those named beside them.
    // "attacked a checkpoint, killing three people": those who died there need not be unarmed.
    let told_who = |p: &Party| !p.is_vague && p.class != ActorClass::People;
    if facts.military_site || b.iter().any(told_who) {
        b.retain(|p| !p.is_vague);
    }
    // "Two soldiers and nine rebels died in an operation": the state's own dead are no target.
    let one_country =
        |p: &Party, q: &Party| p.country == q.country || p.country.is_none() || q.country.is_none();
    let own_dead = |p: &Party| {
        let own = a.iter().any(|q| one_country(p, q));
        p.role == Role::Victim && p.class.is_state() && p.id.is_none() && own
    };
    if by_state && b.iter().any(|p| p.class.is_nonstate()) {
        b.retain(|p| !own_dead(p));
    }
    if sub == SubEventType::MobViolence && a.is_empty() {
        a.push(unnamed("Rioters", ActorClass::Rioters));
    }
    // "Three soldiers and 15 insurgents died in a clash": both sides only by their dead.
    let both = |b: &[Party]| {
        let of = |is: fn(ActorClass) -> bool| b.iter().any(|p| is(p.class) && !p.is_vague);
        of(ActorClass::is_state) && of(ActorClass::is_nonstate)
    };
    // So in "an operation" of which no author is told.
    let died = facts
        .acts
        .iter()
        .all(|a| matches!(a, Act::Kill | Act::Harm));
    let fought = facts.acts.contains(&Act::Clash) || sub == SubEventType::ArmedClash && died;
    if fought && a.is_empty() && both(&b) {
        (a, b) = camps(a, b);
    }
    if clash {
        // "Two gangs fought, leaving six dead": those who died are theirs.
        if a.iter().any(|p| p.class.is_nonstate()) && b.iter().all(|p| p.is_vague) {
            b.clear();
        }
        (a, b) = camps(a, b);
        // "Two soldiers died in fighting": the state's side, against nobody named.
        if a.is_empty() && !b.is_empty() && b.iter().all(|p| p.class.is_state()) {
            a = std::mem::replace(
                &mut b,
                vec![unnamed("Unidentified armed group", ActorClass::Gunmen)],
            );
        }
    }
    // "Five marines died in an ambush. The firefight also left some of the gunmen dead."
    let gunman = |p: &Party| p.class == ActorClass::Gunmen;
    if a.is_empty() && sub == SubEventType::ArmedClash && b.iter().any(|p| p.class.is_state()) {
        let (gunmen, others) = b.into_iter().partition(gunman);
        (a, b) = (gunmen, others);
    }
    b.retain(|p| !a.iter().any(|q| same(p, q)));
    if b.iter().any(|p| p.class != ActorClass::Government) {
        b.retain(|p| p.class != ActorClass::Government);
    }
    // Unnamed fighters who died in an attack by a group are that group's own.
    let by_group = a.iter().any(|p| p.class.is_nonstate());
    if by_group && b.iter().any(|p| p.class != ActorClass::Gunmen) {
        b.retain(|p| p.class != ActorClass::Gunmen || clash && p.role != Role::Victim);
    }
    if a.is_empty()
        && !matches!(
            sub,
            SubEventType::Looting | SubEventType::DisruptedWeaponsUse
        )
    {
        a.push(unnamed("Unidentified armed group", ActorClass::Gunmen));
    }
    Sides { a, b }
}

/// The authors: of the camp that the report names first, those with a name before those known only
/// by what they are; an accused author stands in for an unnamed one.
fn authors(agents: Vec<Party>, accused: Vec<Party>, clash: bool) -> Vec<Party> {
    let named = |p: &Party| p.id.is_some();
    let group = |p: &Party| named(p) && p.class.is_nonstate();
    let claimed = accused.iter().any(|p| p.rule == CLAIMS);
    // Who says that he did it did it, whoever shot back.
    if claimed && !agents.iter().any(group) {
        return accused;
    }
    let Some(first) = agents.first() else {
        return accused;
    };
    let by_state = first.class.is_state();
    // Two communities that fight each other, whoever is blamed for it.
    if clash && first.rule == PEOPLE_WHO_FIGHT {
        let community = |p: &Party| p.rule == PEOPLE_WHO_FIGHT;
        return agents.into_iter().filter(community).collect();
    }
    if clash {
        if agents.iter().any(|p| p.class.is_state()) {
            return agents
                .into_iter()
                .filter(|p| named(p) || p.class.is_state())
                .collect();
        }
    } else if by_state {
        let with = first.tokens;
        return agents
            .into_iter()
            .filter(|p| {
                let known = p.rule != PEOPLE_WHO_ATTACK;
                p.class.is_state() || known && with.is_some_and(|w| stands_beside(w, p))
            })
            .collect();
    }
    if agents.iter().any(group) {
        return agents.into_iter().filter(group).collect();
    }
    if !accused.is_empty() {
        return accused;
    }
    let mut out: Vec<Party> = agents
        .into_iter()
        .filter(|p| p.rule != "actor:role-word" && !p.class.is_state())
        .collect();
    out.truncate(1);
    out
}

/// Words between two parties that act together.
const BESIDE: u32 = 4;

/// "The army and allied militiamen": right behind the first party.
fn stands_beside(first: TokRange, p: &Party) -> bool {
    p.tokens
        .is_some_and(|t| t.start >= first.end && t.start.0 <= first.end.0 + BESIDE)
}

pub(super) fn unnamed(name: &str, class: ActorClass) -> Party {
    Party {
        name: name.to_owned(),
        tokens: None,
        class,
        id: None,
        country: None,
        suspected: false,
        role: Role::Attacker,
        is_vague: false,
        is_loose: false,
        is_organised: false,
        rule: "actor:not-named",
    }
}

pub(super) fn same(p: &Party, q: &Party) -> bool {
    if p.name == q.name || p.id.is_some() && p.id == q.id {
        return true;
    }
    if p.id.is_some() || q.id.is_some() || !p.class.is_state() || !q.class.is_state() {
        return false;
    }
    // A country and its forces are one party; so are two words for forces of one country.
    let one_country = p.country == q.country && p.country.is_some();
    let government = |p: &Party| p.class == ActorClass::Government;
    if government(p) || government(q) {
        return one_country;
    }
    p.class == q.class && (one_country || p.country.is_none() || q.country.is_none())
}

/// Whether a noun phrase names a place of daily life or an object of armed forces.
pub(crate) fn site(doc: &Doc, reading: &Reading<'_>, t: Tok, class: &str) -> bool {
    let lexicon = &reading.knowledge.lexicon;
    // "a convoy of barges": what it is made of tells whose it is.
    let made_of =
        crate::tree::with_case(doc, t, "of").filter(|&o| lexicon.is(doc, o, "goods-vehicle"));
    // "a camp for displaced people"
    let shelters = ["for", "of"]
        .iter()
        .filter_map(|word| crate::tree::with_case(doc, t, word))
        .any(|o| lexicon.is(doc, o, "sheltered"));
    if shelters && lexicon.is(doc, t, "military-site") {
        return class == "civilian-site";
    }
    let of_people = class == "military-site" && is_of_people(reading, t);
    !of_people && lexicon.is(doc, made_of.unwrap_or(t), class)
}
