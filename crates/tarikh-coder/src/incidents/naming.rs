//! What the parties of an incident are called, and which words stand for one of them.

use jiff::civil::Date;
use tarikh_syntax::{Doc, Feats, Tok, TokRange, Upos};

use super::cast::party;
use super::fold::Draft;
use super::members::belongs_to;
use super::sides::{Party, Sides, same};
use crate::knowledge::lexicon::has;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;
use tarikh_record::Role;

/// Rule of an armed group that no file knows.
const NEW_GROUP: &str = "actor:new-group";

/// Rule of people of whom it is only known that they attacked.
pub(super) const PEOPLE_WHO_ATTACK: &str = "actor:people-who-attack";

/// Rule of a community that fights.
pub(super) const PEOPLE_WHO_FIGHT: &str = "actor:people-who-fight";

/// "Men on motorcycles attacked the post": armed people of whom nothing is known. "A worker stabbed
/// four": one whom the report knows by his trade.
pub(super) fn unknown_attackers(reading: &Reading<'_>, p: &mut Party, blast: bool) {
    let doc = reading.doc;
    let head = p.tokens.filter(|t| !t.is_empty()).map(|t| Tok(t.end.0 - 1));
    let Some(head) = head else { return };
    let people = has(&reading.knowledge.speech.people, doc.lemma(head));
    let armed = has(
        &reading.knowledge.actors.words.arms,
        doc.lower(Tok(head.0.saturating_sub(1))),
    );
    let nobody = p.is_vague && matches!(p.class, ActorClass::People | ActorClass::Civilians)
        || p.class == ActorClass::Gunmen && people && !armed;
    if let Some(whose) = of_unknown_group(reading, head)
        .filter(|_| nobody || p.id.is_none() && p.class.is_nonstate() && p.rule != NEW_GROUP)
    {
        reading
            .report
            .quote(doc.range_span(whose))
            .clone_into(&mut p.name);
        p.tokens = Some(whose);
        p.class = ActorClass::Gunmen;
        p.is_vague = false;
        p.rule = "actor:of-unknown-group";
    } else if nobody {
        p.name = "Unidentified armed group".to_owned();
        p.class = ActorClass::Gunmen;
        p.rule = PEOPLE_WHO_ATTACK;
    } else if !blast && bears_arms(reading, head) && p.class == ActorClass::Civilians {
        let words = p.tokens.unwrap_or_default();
        reading
            .report
            .quote(doc.range_span(words))
            .clone_into(&mut p.name);
        p.class = ActorClass::PoliticalMilitia;
        p.rule = "actor:guards-who-attack";
    } else if is_lone_national(reading, p, head) {
        p.class = ActorClass::Gunmen;
        p.rule = "actor:lone-attacker";
    } else if p.class == ActorClass::Civilians && doc.xpos(head) == "NN" && p.tokens.is_some() {
        let words = crate::tree::noun_phrase(doc, head);
        let bare = TokRange::new(
            Tok(words.start.0 + u32::from(doc.upos(words.start) == Upos::Det)),
            words.end,
        );
        if !bare.is_empty() {
            reading
                .report
                .quote(doc.range_span(bare))
                .clone_into(&mut p.name);
            p.tokens = Some(bare);
            p.class = ActorClass::Gunmen;
            p.rule = "actor:lone-attacker";
        }
    }
}

/// "Security guards shot two miners": they carry arms in their work.
fn bears_arms(reading: &Reading<'_>, head: Tok) -> bool {
    let entry = reading.actors.at(head).and_then(|a| a.entry);
    entry
        .and_then(|e| reading.knowledge.actors.actors.get(e as usize))
        .is_some_and(|e| e.bears_arms)
}

/// "stabbed by a Corvan": one of a people, who is not its state.
fn is_lone_national(reading: &Reading<'_>, p: &Party, head: Tok) -> bool {
    let doc = reading.doc;
    let before = p.tokens.and_then(|t| t.start.0.checked_sub(1)).map(Tok);
    let one = before.is_some_and(|t| matches!(doc.lower(t), "a" | "an" | "one"));
    let next = Tok(head.0 + 1);
    let ends = next.idx() >= doc.len() || !matches!(doc.upos(next), Upos::Noun | Upos::Propn);
    let of_country = matches!(p.class, ActorClass::Government | ActorClass::People);
    one && ends && of_country && p.id.is_none() && p.country.is_some()
}

/// A noun in the plural; a name whose tag may miss it ("Christians").
pub(super) fn is_many(doc: &Doc, t: Tok) -> bool {
    match doc.xpos(t) {
        "NNP" => doc.lower(t).ends_with('s'),
        tag => matches!(tag, "NNS" | "NNPS"),
    }
}

/// "Villagers fought herders": people who fight are a militia of their own, called as in the text.
pub(super) fn people_who_fight(reading: &Reading<'_>, p: &mut Party) {
    let doc = reading.doc;
    let head = p.tokens.filter(|t| !t.is_empty()).map(|t| Tok(t.end.0 - 1));
    let a_people = p.rule == "actor:people";
    let several = head.filter(|&t| a_people || is_many(doc, t) || doc.feats(t).has(Feats::PLURAL));
    let fits = p.class == ActorClass::Civilians || a_people;
    let Some(head) = several.filter(|_| fits && p.id.is_none()) else {
        return;
    };
    let words = TokRange::new(p.tokens.map_or(head, |t| t.start), Tok(head.0 + 1));
    reading
        .report
        .quote(doc.range_span(words))
        .clone_into(&mut p.name);
    p.class = ActorClass::IdentityMilitia;
    p.rule = PEOPLE_WHO_FIGHT;
}

/// "Members of the Karda Front", "gunmen from the Sons of Dunmar": the name in capitals of a group that
/// no file knows, but no place and no country; "fighters loyal to Awa Keita" are called so.
fn of_unknown_group(reading: &Reading<'_>, part: Tok) -> Option<TokRange> {
    let doc = reading.doc;
    if doc.word(part).chars().all(char::is_uppercase) {
        return None;
    }
    let capital = |t: &Tok| doc.word(*t).starts_with(char::is_uppercase);
    let behind = belongs_to(reading, part)?;
    let start = behind.iter().find(|&t| doc.upos(t) != Upos::Det)?;
    let end = behind.iter().rfind(capital)?;
    let name = TokRange::new(start, Tok(end.0 + 1).max(start));
    let mut places = reading.places.iter().map(|p| p.tokens);
    let placed = places.any(|p| p.contains(start) && p.contains(end));
    let unknown = name.iter().all(|t| reading.actors.at(t).is_none());
    let bound = has(
        &reading.knowledge.actors.words.bound,
        doc.lower(Tok(part.0 + 1)),
    );
    if !(capital(&start) || bound) || placed || !unknown {
        None
    } else if bound {
        Some(TokRange::new(part, name.end))
    } else {
        (name.iter().filter(capital).count() > 1).then_some(name)
    }
}

/// "Four Ugandans died": those of the Ugandan peacekeepers whom the report speaks of.
pub(super) fn as_force(reading: &Reading<'_>, p: &mut Party) {
    if p.rule != "actor:people" || p.country.is_none() {
        return;
    }
    let mut forces = reading.actors.all.iter().filter(|a| {
        matches!(a.class, ActorClass::Military | ActorClass::External) && a.country == p.country
    });
    if let Some(a) = forces.find(|a| a.id.is_none()) {
        *p = party(reading, a, p.role);
    }
}

/// First day of the incident, where the report tells it.
fn day(draft: &Draft) -> Option<Date> {
    draft.when.and_then(|w| w.interval).map(|i| i.start)
}

/// A named actor is what it was on the day of the incident.
pub(super) fn of_the_day(reading: &Reading<'_>, draft: &Draft, p: &mut Party) {
    if let (Some(id), Some(day)) = (p.id, day(draft))
        && let Some(actor) = reading.knowledge.actors.actors.get(id as usize)
    {
        p.class = actor.class_on(Some(day));
    }
}

/// "Al-Qaeda" beside its branch is named for what the branch belongs to.
pub(super) fn without_parents(reading: &Reading<'_>, draft: &Draft, side: &mut Vec<Party>) {
    let actors = &reading.knowledge.actors.actors;
    let actor = |p: &Party| p.id.and_then(|i| actors.get(i as usize));
    let children: Vec<_> = side.iter().filter_map(actor).collect();
    let has_child = |p: &Party| {
        actor(p).is_some_and(|parent| {
            let day = day(draft).or(reading.report.metadata().published);
            children.iter().any(|c| c.belongs_to(&parent.id, day))
        })
    };
    let gone: Vec<bool> = side.iter().map(has_child).collect();
    let mut gone = gone.into_iter();
    side.retain(|_| !gone.next().unwrap_or_default());
}

/// Whether a force is named as the one that flies ("Nigerian Air Force").
pub(super) fn is_air_force(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let name = reading
        .report
        .quote(reading.doc.range_span(a.name))
        .to_lowercase();
    let words = &reading.knowledge.actors.words.air_forces;
    words.iter().any(|w| name.ends_with(w.as_str()))
}

/// "army" becomes "Malian army" where the report names just one country's army: the most specific
/// form that the report itself uses. What flies is its air force's, where it names one.
pub(super) fn specific(reading: &Reading<'_>, side: &mut [Party], flies: bool) {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let machine = |a: &ActorMention| has(&words.machines, doc.lemma(a.head));
    for p in side
        .iter_mut()
        .filter(|p| p.id.is_none() && matches!(p.class, ActorClass::Military | ActorClass::Police))
    {
        let same_class = || {
            let all = reading.actors.all.iter();
            all.filter(|a| a.class == p.class && a.country.is_some() && !machine(a))
        };
        let air = same_class()
            .filter(|a| flies && p.class == ActorClass::Military && is_air_force(reading, a))
            .find(|a| p.country.is_none() || a.country == p.country);
        // "Troops" are not the coast guard named elsewhere.
        let of_branch = |a: &ActorMention| {
            let name = reading.report.quote(doc.range_span(a.name)).to_lowercase();
            let named =
                |b: &String| name.ends_with(b.as_str()) && !b.contains(&p.name.to_lowercase());
            words.branches.iter().any(named)
        };
        let mut fuller = same_class().filter(|a| a.id.is_none() && !of_branch(a));
        let first = fuller.next().filter(|_| p.country.is_none());
        let only = first.filter(|f| fuller.all(|a| a.country == f.country));
        if let Some(a) = air.or(only) {
            reading
                .report
                .quote(doc.range_span(a.name))
                .clone_into(&mut p.name);
            p.tokens = Some(a.name);
            p.country = a.country;
            p.id = a.id;
        }
    }
}

/// One entry per actor; people of whom nothing is known count as civilians when they are victims.
pub(super) fn tidy(reading: &Reading<'_>, sides: &mut Sides) {
    for side in [&mut sides.a, &mut sides.b] {
        let mut kept: Vec<Party> = Vec::new();
        for p in side.drain(..) {
            if p.class == ActorClass::People || kept.iter().any(|q| same(q, &p)) {
                continue;
            }
            kept.push(p);
        }
        one_force(&mut kept);
        without_its_state(&mut kept);
        of_named(reading, &mut kept);
        // "the terrorists" beside the group's name are its own.
        if kept.iter().any(|p| p.id.is_some() && p.class.is_nonstate()) {
            kept.retain(|p| p.id.is_some() || p.class != ActorClass::Gunmen);
        }
        *side = kept;
    }
}

/// "An Elskan strike" and "the Elskan army" are one: the force that acts for its state.
fn without_its_state(side: &mut Vec<Party>) {
    let forces: Vec<Option<u16>> = side
        .iter()
        .filter(|p| matches!(p.class, ActorClass::Military | ActorClass::External))
        .map(|p| p.country)
        .collect();
    side.retain(|p| {
        let state = p.class == ActorClass::Government && p.id.is_none() && p.country.is_some();
        !(state && forces.contains(&p.country))
    });
}

/// "Eleven guards" and "soldiers" beside "the Malian National Guard" are its own.
fn of_named(reading: &Reading<'_>, side: &mut Vec<Party>) {
    let doc = reading.doc;
    let last = |r: TokRange| (!r.is_empty()).then(|| doc.lemma(Tok(r.end.0 - 1)).to_lowercase());
    let named: Vec<Party> = side
        .iter()
        .filter(|p| p.id.is_some() && p.class.is_state())
        .cloned()
        .collect();
    let its_own = |p: &Party| {
        named.iter().any(|n| {
            let word = || p.tokens.and_then(last) == n.tokens.and_then(last);
            p.class == n.class && p.country == n.country || p.class.is_unarmed() && word()
        })
    };
    side.retain(|p| p.id.is_some() || !its_own(p));
}

/// "Soldiers" beside "Ugandan peacekeepers" are theirs, and a mission that holds the base is the
/// contingent that was hit there.
fn one_force(side: &mut Vec<Party>) {
    let force = |p: &Party| matches!(p.class, ActorClass::Military | ActorClass::External);
    let national = |p: &Party| force(p) && p.country.is_some();
    if !side.iter().any(national) {
        return;
    }
    let contingent = side
        .iter()
        .any(|p| national(p) && p.class == ActorClass::External);
    side.retain(|p| {
        let bare = force(p) && p.country.is_none() && p.id.is_none();
        let mission =
            p.class == ActorClass::External && p.country.is_none() && p.role == Role::Target;
        !(bare || contingent && mission)
    });
}
