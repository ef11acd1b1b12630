//! Which of the acts that a report tells of an incident decide its type.
//!
//! A report names an air strike and goes on about "the fighting": the type is that of the scenes
//! that lead the incident; later ones only say more exactly what a general word left open.

use tarikh_syntax::{Deprel, Tok, Upos};
use tarikh_text::Zone;

use super::cast::{antecedent, between};
use super::fold::Draft;
use super::members;
use super::naming::is_air_force;
use super::scene::Scene;
use crate::codebook::Facts;
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;

/// The acts and weapons that decide the type, those of the body before those of the title.
pub(crate) fn of(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Facts {
    let mut facts = Facts::default();
    let mut own: Vec<&Scene> = draft.scenes.iter().map(|&s| &scenes[s]).collect();
    own.sort_by_key(|s| s.zone == Zone::Title);
    let lead = own
        .iter()
        .find(|s| s.zone != Zone::Title)
        .map(|s| s.sentence);
    let (leading, later): (Vec<&Scene>, Vec<&Scene>) = own
        .into_iter()
        .partition(|s| s.zone == Zone::Title || Some(s.sentence) == lead);
    for scene in &leading {
        let told = events(reading, scene)
            .filter(|e| !tells_whom_it_hit(reading, scene, e))
            .filter(|e| !is_of_aside(reading, scenes, scene, e.act))
            .filter(|e| !is_listed_in_title(reading, scene, e));
        for event in told {
            add(reading, &mut facts, event);
        }
        weapons(reading, scenes, scene, &mut facts);
        facts.vanished |= tells_of(reading, scene, "vanished");
        facts.signs_of_protest |= tells_of(reading, scene, "sign-of-protest");
    }
    for scene in &later {
        for event in events(reading, scene) {
            if says_more(reading, &facts.acts, event) {
                add(reading, &mut facts, event);
            }
        }
        if facts.acts.iter().all(|a| is_general(*a)) {
            weapons(reading, scenes, scene, &mut facts);
        }
    }
    if facts.acts.is_empty() {
        facts.acts.push(Act::Harm);
    }
    let in_body = |s: &&&Scene| s.zone != Zone::Title;
    let mut lead = leading
        .iter()
        .filter(in_body)
        .flat_map(|s| events(reading, s));
    facts.massacre = lead.any(|e| kills_the_unarmed(reading, e));
    facts.unopposed = leading.iter().any(|s| is_unopposed(reading, s));
    if leading.iter().any(|s| kills_in_a_fight(reading, s)) {
        fight_first(&mut facts.acts);
    }
    facts
}

/// "Carried out two air strikes on rebels who were firing at troops": what those did who were hit.
pub(super) fn tells_whom_it_hit(
    reading: &Reading<'_>,
    scene: &Scene,
    event: &EventMention,
) -> bool {
    let doc = reading.doc;
    let clause = matches!(doc.deprel(event.trigger), Deprel::AclRelcl | Deprel::Acl);
    let noun = doc.head(event.trigger).filter(|_| clause);
    let fights = matches!(event.act, Act::Shoot | Act::Attack | Act::Clash);
    let struck = |e: &EventMention| {
        matches!(e.act, Act::Air | Act::Shelling)
            && e.trigger < event.trigger
            && noun.is_some_and(|n| n > e.trigger)
    };
    fights
        && noun.is_some_and(|n| reading.actors.at(n).is_some())
        && events(reading, scene).any(struck)
}

/// "Soldiers took the town without a fight"
fn is_unopposed(reading: &Reading<'_>, scene: &Scene) -> bool {
    let words = reading.doc.sentence(scene.sentence).tokens;
    let mut said = words.iter().filter(|&t| scene.holds(t));
    said.any(|t| reading.knowledge.lexicon.is(reading.doc, t, "unopposed"))
}

/// "Nine people were killed in clashes between herders and farmers", "died in the fighting": the fight that they died in.
fn kills_in_a_fight(reading: &Reading<'_>, scene: &Scene) -> bool {
    let mut events = events(reading, scene);
    scene.zone != Zone::Title
        && events.any(|e| {
            e.act == Act::Clash && (between(reading, e).is_some() || is_where_died(reading, e))
        })
}

/// Whether people who bear no arms came to harm in it: who they were does not tell that it was a fight.
fn is_where_died(reading: &Reading<'_>, fight: &EventMention) -> bool {
    let doc = reading.doc;
    let case = doc.child(fight.trigger, Deprel::Case);
    let within = case.is_some_and(|c| matches!(doc.lower(c), "in" | "during" | "amid" | "by"));
    let verb = doc.head(fight.trigger).filter(|_| within);
    let armed = |t: Tok| reading.actors.at(t).is_some_and(|a| a.class.is_armed());
    verb.is_some_and(|v| {
        let first = doc.sentence(doc.sentence_of(v)).tokens.start;
        let told = reading.harms.iter().any(|h| h.trigger == v);
        told && !(first.0..v.0).map(Tok).any(armed)
    })
}

/// "Militiamen killed 60 villagers": an armed group, and people who are not.
fn kills_the_unarmed(reading: &Reading<'_>, event: &EventMention) -> bool {
    let class = |t: &Tok| reading.actors.at(*t).map(|a| a.class);
    let by_group = event
        .agents
        .iter()
        .filter_map(class)
        .any(ActorClass::is_nonstate);
    let mut whom = event.patients.iter().map(class);
    let unarmed =
        |c: Option<ActorClass>| c.is_some_and(|c| c.is_unarmed() || c == ActorClass::People);
    matches!(event.act, Act::Kill | Act::Stab)
        && by_group
        && !event.patients.is_empty()
        && whom.all(unarmed)
}

/// Puts the fight before the killing that came of it.
fn fight_first(acts: &mut [Act]) {
    let fight = acts.iter().position(|a| *a == Act::Clash);
    let killing = matches!(acts.first(), Some(Act::Kill | Act::Harm));
    if let Some(i) = fight.filter(|_| killing) {
        acts[..=i].rotate_right(1);
    }
}

fn events<'r>(reading: &'r Reading<'_>, scene: &Scene) -> impl Iterator<Item = &'r EventMention> {
    scene.events.iter().map(|&e| &reading.events[e])
}

fn add(reading: &Reading<'_>, facts: &mut Facts, event: &EventMention) {
    let act = if is_flown(reading, event) {
        Act::Air
    } else {
        event.act
    };
    super::push(&mut facts.acts, act);
    facts.arrested |= event.act == Act::Arrest && !is_its_cause(reading, event.trigger);
    if is_violence_of_a_crowd(reading, event) {
        super::push(&mut facts.acts, Act::Riot);
    }
    if event.act == Act::Territory {
        // "Two hundred men of the Front seized the town"
        let class = |t: &Tok| members::meant(reading, *t).map(|a| a.class);
        facts.takers.extend(event.agents.iter().filter_map(class));
    }
    if let Some(frame) = event.frame {
        facts.fixed = facts
            .fixed
            .or(reading.knowledge.frames.all[frame].sub_event_type);
    }
}

/// "A vigil over the arrest of a singer": what a demonstration is about is no part of it.
pub(super) fn is_its_cause(reading: &Reading<'_>, arrest: Tok) -> bool {
    let doc = reading.doc;
    let case = doc.child(arrest, Deprel::Case);
    let noun = matches!(doc.upos(arrest), Upos::Noun | Upos::Propn);
    noun && case.is_some_and(|c| matches!(doc.lower(c), "over" | "about" | "against" | "for"))
}

/// "The air force said it had bombed the camp": what an air force bombs it bombs from the air.
fn is_flown(reading: &Reading<'_>, event: &EventMention) -> bool {
    let agent = |&t: &Tok| reading.actors.at(antecedent(reading, t));
    matches!(event.act, Act::Explosion | Act::Attack | Act::Shelling)
        && reading.doc.upos(event.trigger) == Upos::Verb
        && event
            .agents
            .iter()
            .filter_map(agent)
            .any(|a| a.class == ActorClass::Military && is_air_force(reading, a))
        || matches!(event.act, Act::Explosion | Act::Attack | Act::Shelling)
            && (event.agents.iter().any(|&t| is_aircraft(reading, t))
                || follows_aircraft(reading, event.trigger))
}

/// "Its aircraft had bombed": right before the verb, whatever the tree says.
fn follows_aircraft(reading: &Reading<'_>, verb: Tok) -> bool {
    let doc = reading.doc;
    let first = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
    let mut before = (first..verb.0).rev().map(Tok);
    before
        .find(|&t| !matches!(doc.upos(t), Upos::Aux | Upos::Adv))
        .is_some_and(|t| doc.upos(verb) == Upos::Verb && is_aircraft(reading, t))
}

/// "Its aircraft had bombed the town": what flies strikes from the air.
fn is_aircraft(reading: &Reading<'_>, t: Tok) -> bool {
    reading.knowledge.lexicon.is(reading.doc, t, "aircraft")
}

/// "Protesters attacked the station", "clashed with their opponents": the crowd is violent itself.
fn is_violence_of_a_crowd(reading: &Reading<'_>, event: &EventMention) -> bool {
    let class = |t: &Tok| reading.actors.at(*t).map(|a| a.class);
    let crowd = |c: ActorClass| c == ActorClass::Protesters;
    let by_crowd = event.agents.iter().filter_map(class).any(crowd);
    match event.act {
        Act::Attack | Act::Loot | Act::Stab | Act::Kill => by_crowd,
        Act::Clash => {
            by_crowd
                && event
                    .patients
                    .iter()
                    .filter_map(class)
                    .all(|c| !c.is_state())
        }
        _ => false,
    }
}

/// Whether a word of a class stands in the scene's sentence.
fn tells_of(reading: &Reading<'_>, scene: &Scene, class: &str) -> bool {
    let mut words = reading.doc.sentence(scene.sentence).tokens.iter();
    words.any(|t| scene.holds(t) && reading.knowledge.lexicon.is(reading.doc, t, class))
}

/// "Blocked the highway with stones": what is laid on a road is not thrown.
fn blocks_a_road(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    let first = doc.head(t).filter(|_| doc.deprel(t) == Deprel::Conj);
    let means = first.unwrap_or(t);
    let verb = doc.head(means).filter(|_| doc.deprel(means) == Deprel::Obl);
    verb.is_some_and(|v| reading.knowledge.lexicon.is(doc, v, "barring"))
}

fn weapons(reading: &Reading<'_>, scenes: &[Scene], scene: &Scene, facts: &mut Facts) {
    let words = reading.doc.sentence(scene.sentence).tokens;
    // "Gunmen shot a nurse in Corva, and two bombs went off in Elsk": the weapon of the other act.
    let of_another = |t: Tok| {
        let mut others = scenes
            .iter()
            .filter(|o| o.sentence == scene.sentence && o.events != scene.events);
        let is = |e: &EventMention| e.trigger == t || e.agents.contains(&t);
        others.any(|o| o.events.iter().any(|&e| is(&reading.events[e])))
    };
    let own = |t: &Tok| scene.holds(*t) && !of_another(*t) && !blocks_a_road(reading, *t);
    for t in words.iter() {
        // Few words name a weapon: whose it is asks the report's other acts.
        if let Some((_, Some(act))) = reading.knowledge.lexicon.weapon(reading.doc, t)
            && own(&t)
            && !is_of_aside(reading, scenes, scene, act)
        {
            super::push(&mut facts.weapons, act);
        }
    }
}

/// "Twelve militants killed after bomb hits convoy": in a title, what the lead tells of an act of another day.
fn is_of_aside(reading: &Reading<'_>, scenes: &[Scene], scene: &Scene, act: Act) -> bool {
    let body = |s: &&Scene| s.zone != Zone::Title;
    let lead = scenes.iter().find(body).map(|s| s.sentence);
    let in_lead = |earlier: bool| {
        let told = scenes
            .iter()
            .filter(move |s| Some(s.sentence) == lead && s.earlier == earlier);
        told.flat_map(|s| events(reading, s)).any(|e| e.act == act)
    };
    scene.zone == Zone::Title && in_lead(true) && !in_lead(false)
}

/// "Two bombs and a shooting": a title that lists acts says of none how it was done.
fn is_listed_in_title(reading: &Reading<'_>, scene: &Scene, event: &EventMention) -> bool {
    let doc = reading.doc;
    let noun = |t: Tok| matches!(doc.upos(t), Upos::Noun | Upos::Propn);
    let first = doc
        .head(event.trigger)
        .filter(|_| doc.deprel(event.trigger) == Deprel::Conj);
    let other = |h: Tok| noun(h) && reading.event_at(h).is_some_and(|e| e.act != event.act);
    scene.zone == Zone::Title && noun(event.trigger) && first.is_some_and(other)
}

/// Words that say that there was violence, and not which.
fn is_general(act: Act) -> bool {
    matches!(act, Act::Attack | Act::Kill | Act::Harm | Act::Shoot)
}

/// Whether a later mention makes the type more exact than the leading acts do.
fn says_more(reading: &Reading<'_>, acts: &[Act], event: &EventMention) -> bool {
    if acts.iter().any(|a| a.is_of_a_crowd()) {
        // A demonstration is typed by the worst that came of it.
        return !matches!(event.act, Act::Arrest | Act::Agreement | Act::Other);
    }
    match event.act {
        // "Fighting", "the battle" often names the war that the act is part of.
        Act::Clash => acts.iter().all(|a| is_general(*a)) && is_told(reading, event),
        Act::Suicide => acts.iter().all(|a| is_general(*a) || *a == Act::Explosion),
        Act::Shootdown => acts.iter().all(|a| is_general(*a) || *a == Act::Crash),
        Act::Attack | Act::Kill | Act::Shoot | Act::Harm => {
            acts.iter().all(|a| is_general(*a) || *a == Act::Abduct)
        }
        Act::Arrest | Act::Agreement | Act::Release | Act::GroupChange | Act::Other => {
            acts.is_empty()
        }
        _ => acts.iter().all(|a| is_general(*a)),
    }
}

/// Whether the sentence tells the act: its verb, or the noun that is a verb's subject or object.
fn is_told(reading: &Reading<'_>, event: &EventMention) -> bool {
    let doc = reading.doc;
    !matches!(doc.upos(event.trigger), Upos::Noun | Upos::Propn)
        || matches!(
            doc.deprel(event.trigger),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Root
        )
}
