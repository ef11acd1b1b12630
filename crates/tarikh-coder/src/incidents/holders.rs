//! Parties that a report names only through what is theirs: the site attacked, the aircraft that
//! fell, the captives who are free, the side that they help.

use tarikh_record::{Role, SubEventType};
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::cast::{Cast, is_scenery, party, speaks};
use super::fold::Draft;
use super::members::meant;
use super::scene::{Family, Scene};
use super::sides::{Party, Sides, same, unnamed};
use crate::knowledge::lexicon::has;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;

/// Armed sites stand for those who hold them: "attacked a military camp"; and vehicles for those in
/// them: "a bus carrying policemen".
pub(super) fn sites(reading: &Reading<'_>, cast: &Cast) -> Vec<Party> {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let mut out = Vec::new();
    for &t in &cast.targets {
        let is = |class| reading.knowledge.lexicon.is(doc, t, class);
        let is_site = is("military-site");
        if !(is_site || is("vehicle")) || reading.actors.at(t).is_some() {
            continue;
        }
        let phrase = doc.subtree(t);
        // "a bus carrying policemen": where the tree hangs them elsewhere, by the order of the words.
        let next = Tok(t.0 + 1);
        let carries = next.idx() < doc.len() && has(&words.carrying, doc.lower(next));
        let last = doc.sentence(doc.sentence_of(t)).tokens.end.0;
        let reach = if carries { last.min(t.0 + 6) } else { t.0 };
        let phrase = TokRange::new(
            phrase.start.max(Tok(t.0.saturating_sub(6))),
            Tok(phrase.end.0.min(t.0 + 8).max(reach)),
        );
        let holder = phrase
            .iter()
            .filter_map(|x| reading.actors.at(x))
            .filter(|a| !is_scenery(reading, a))
            .find(|a| a.class.is_armed() || a.class == ActorClass::Government);
        let word = TokRange::new(phrase.start, Tok(t.0 + 1)).iter().find(|&x| {
            has(&words.police_sites, doc.lower(x)) || has(&words.army_sites, doc.lower(x))
        });
        if let Some(a) = holder {
            out.push(party(reading, a, Role::Target));
        } else if let Some(w) = word.filter(|_| is_site) {
            let class = if has(&words.police_sites, doc.lower(w)) {
                ActorClass::Police
            } else {
                ActorClass::Military
            };
            out.push(Party {
                name: doc.word(w).to_owned(),
                tokens: Some(TokRange::new(w, Tok(w.0 + 1))),
                role: Role::Target,
                rule: "actor:holder-of-site",
                ..unnamed("", class)
            });
        }
    }
    out
}

/// Whose aircraft it was: the force or country in the noun phrase of the aircraft.
pub(super) fn operator(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Vec<Party> {
    let doc = reading.doc;
    for &s in &draft.scenes {
        let range = doc.sentence(scenes[s].sentence).tokens;
        let aircraft = range
            .iter()
            .filter(|&t| reading.knowledge.lexicon.is(doc, t, "aircraft"));
        for t in aircraft {
            let phrase = doc.subtree(t);
            let phrase = TokRange::new(
                phrase.start.max(Tok(t.0.saturating_sub(5))),
                Tok(phrase.end.0.min(t.0 + 8)),
            );
            let mut found: Vec<Party> = phrase
                .iter()
                .filter_map(|x| reading.actors.at(x))
                .filter(|a| a.class.is_state() || a.class.is_nonstate())
                .filter(|a| !is_scenery(reading, a))
                .map(|a| party(reading, a, Role::Party))
                .collect();
            found.sort_by_key(|p| p.class == ActorClass::Government);
            let own = found
                .into_iter()
                .next()
                .or_else(|| owner_before(reading, t));
            if let Some(p) = own {
                return vec![p];
            }
        }
    }
    Vec::new()
}

/// "Eight peacekeepers died when their helicopter came down": the actor told of before in the
/// sentence that the possessive points to.
fn owner_before(reading: &Reading<'_>, aircraft: Tok) -> Option<Party> {
    let doc = reading.doc;
    let theirs = doc.children(aircraft).find(|&c| {
        doc.deprel(c) == Deprel::NmodPoss
            && has(&reading.knowledge.speech.possessives, doc.lower(c))
    })?;
    let first = doc.sentence(doc.sentence_of(aircraft)).tokens.start;
    (first.0..theirs.0)
        .rev()
        .filter_map(|t| reading.actors.at(Tok(t)))
        .find(|a| a.class.is_state() && !is_scenery(reading, a))
        .map(|a| party(reading, a, Role::Party))
}

/// Who held the captives who are free again: the armed group that the sentences of the release
/// name, else the one that the report names first.
pub(super) fn captors(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Vec<Party> {
    let doc = reading.doc;
    let group = |a: &&ActorMention| a.class.is_nonstate() && !speaks(reading, a.head);
    let told = |a: &&ActorMention| {
        let sentence = doc.sentence_of(a.head);
        draft.scenes.iter().any(|&s| scenes[s].sentence == sentence)
    };
    let all = || reading.actors.all.iter().filter(group);
    all()
        .find(told)
        .or_else(|| all().find(|a| !a.generic))
        .map(|a| party(reading, meant(reading, a.head).unwrap_or(a), Role::Party))
        .into_iter()
        .collect()
}

/// Whose arms were found: the armed group that the sentences of the find name.
pub(super) fn owners(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, sides: &mut Sides) {
    if draft.family != Family::Disrupt || sides.b.iter().any(|p| p.class.is_armed()) {
        return;
    }
    let told = |a: &&ActorMention| {
        let sentence = reading.doc.sentence_of(a.head);
        draft.scenes.iter().any(|&s| scenes[s].sentence == sentence)
    };
    let group = |a: &&ActorMention| a.class.is_nonstate() && !speaks(reading, a.head);
    let groups = reading.actors.all.iter().filter(told).filter(group);
    let owner = groups
        .map(|a| party(reading, meant(reading, a.head).unwrap_or(a), Role::Party))
        .find(|p| !sides.a.iter().any(|q| same(p, q)));
    if let Some(owner) = owner {
        sides.b = vec![owner];
    }
}

/// From whom a group takes a place, where the sentence does not say so: the army that the report tells
/// of; and from whom an army takes it: the group.
pub(super) fn opponent(reading: &Reading<'_>, takers: &[Party]) -> Option<Party> {
    let by_group = takers.iter().all(|p| p.class.is_nonstate());
    let by_state = takers.iter().all(|p| p.class.is_state());
    let fits = |a: &&ActorMention| match a.class {
        ActorClass::Military => by_group,
        _ => by_state && a.is_named() && a.class.is_nonstate(),
    };
    let mut all = reading.actors.all.iter().filter(fits);
    let known = takers.iter().any(|p| p.tokens.is_some());
    all.find(|a| !is_scenery(reading, a))
        .filter(|_| known)
        .map(|a| party(reading, a, Role::Target))
}

/// "took the town from federal troops": the armed actor behind "from".
pub(super) fn taken_from(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Option<Party> {
    const REACH: u32 = 5;
    let doc = reading.doc;
    draft.scenes.iter().find_map(|&s| {
        let range = doc.sentence(scenes[s].sentence).tokens;
        let from = range.iter().find(|&t| doc.lower(t) == "from")?;
        let behind = (from.0 + 1..range.end.0.min(from.0 + REACH)).map(Tok);
        behind
            .filter_map(|t| reading.actors.at(t))
            .find(|a| a.class.is_armed())
            .map(|a| party(reading, a, Role::Target))
    })
}

/// "The army, backed by Corvan troops, took the town": those who help side A in its sentence.
pub(super) fn allies(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    side: &[Party],
) -> Vec<Party> {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let mut out: Vec<Party> = Vec::new();
    for &s in &draft.scenes {
        let range = doc.sentence(scenes[s].sentence).tokens;
        let here = side
            .iter()
            .filter_map(|p| p.tokens)
            .any(|t| range.contains(t.start));
        let Some(helped) = range
            .iter()
            .find(|&t| has(&words.helping, doc.lower(t)) && !follows_hyphen(doc, t))
            .filter(|_| here)
        else {
            continue;
        };
        let by = (helped.0 + 1..range.end.0.min(helped.0 + 6))
            .map(Tok)
            .find(|&t| doc.lower(t) == "by");
        let Some(by) = by else { continue };
        let helpers = (by.0 + 1..range.end.0.min(by.0 + 12))
            .map(Tok)
            .take_while(|&t| !matches!(doc.upos(t), Upos::Verb | Upos::Aux) && doc.word(t) != ",")
            .filter_map(|t| reading.actors.at(t))
            .filter(|a| a.class.is_armed() || a.rule == "actor:country");
        for a in helpers {
            let p = party(reading, a, Role::Attacker);
            if !out.iter().chain(side).any(|q| same(q, &p)) {
                out.push(p);
            }
        }
    }
    out
}

/// "Corvan-backed": the word only describes.
fn follows_hyphen(doc: &Doc, t: Tok) -> bool {
    t.0.checked_sub(1).is_some_and(|i| doc.word(Tok(i)) == "-")
}

/// The parties of an agreement that its sentence names, in order: those who announce it only where
/// nobody else is named ("Corva and Elsk said that they had signed").
pub(super) fn signatories(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Vec<Party> {
    let sentence = draft.scenes.first().map(|&s| scenes[s].sentence);
    let signs = |a: &ActorMention| {
        let body = a.class.is_armed()
            || a.class == ActorClass::Government && a.rule != "actor:country-adjective";
        body && !is_scenery(reading, a)
    };
    let named = |announcing: bool| {
        let mut out: Vec<Party> = Vec::new();
        let mentions = sentence
            .into_iter()
            .flat_map(|s| reading.within(s, &reading.actors.all, |a| a.name.start));
        for (_, a) in mentions.filter(|(_, a)| signs(a)) {
            let p = party(reading, a, Role::Party);
            if (announcing || !speaks(reading, a.head)) && !out.iter().any(|q| same(q, &p)) {
                out.push(p);
            }
        }
        out
    };
    let others = named(false);
    if others.is_empty() {
        named(true)
    } else {
        others
    }
}

/// Who takes a place acts, as the type says who took it: "the rebels seized the town, which the army
/// had held".
pub(super) fn takers_first(sides: &mut Sides, sub: SubEventType) {
    let all = |side: &[Party], of: fn(ActorClass) -> bool| {
        !side.is_empty() && side.iter().all(|p| of(p.class))
    };
    let (group, state) = (ActorClass::is_nonstate, ActorClass::is_state);
    let turned = match sub {
        SubEventType::NonStateActorOvertakesTerritory => {
            all(&sides.a, state) && all(&sides.b, group)
        }
        SubEventType::GovernmentRegainsTerritory => all(&sides.a, group) && all(&sides.b, state),
        _ => false,
    };
    if turned {
        std::mem::swap(&mut sides.a, &mut sides.b);
    }
}

/// "A convoy of lawyers and journalists": what the people in it tell.
pub(super) fn is_of_people(reading: &Reading<'_>, t: Tok) -> bool {
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let unarmed = |o: Tok| {
        let class = reading.actors.at(o).map(|a| a.class);
        class.is_some_and(ActorClass::is_unarmed) || lexicon.is(doc, o, "sheltered")
    };
    lexicon.is(doc, t, "train-of-people")
        && crate::tree::with_case(doc, t, "of").is_some_and(unarmed)
}
