//! Who did it where no frame tells: claimed, blamed, suspected, or acting by the order of words.

use tarikh_record::Role;
use tarikh_syntax::{Sent, Tok, TokRange, Upos};
use tarikh_text::Zone;

use super::bearing::{self, Bearing, Telling};
use super::cast::{Cast, is_harmed, is_passive, parties, party, speaks};
use super::context::is_over_time;
use super::fold::Draft;
use super::members::meant;
use super::near::{follows_preposition, near_target};
use super::scene::Scene;
use super::sides::Party;
use super::sources;
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::mentions::voices::Speech;
use crate::reading::Reading;

/// The author as others name him: who claims the act, who is blamed for it, who is suspected.
pub(super) fn accused(about: &Bearing<'_>) -> Vec<Party> {
    let (telling, draft) = (about.telling, about.draft);
    let (reading, scenes) = (telling.reading, telling.scenes);
    let bearing = || about.speeches.iter().copied();
    let mut claims = bearing()
        .filter(|s| s.stance != Stance::Deny)
        .filter(|s| s.responsibility || sources::claims_own(reading, s))
        .filter_map(|s| Some((s.verb, claimant(reading, s.voice)?)));
    let claimed = claims.next();
    // "Both the Front and the Army claimed the attack".
    let with_it: Vec<&ActorMention> = claims
        .filter(|(verb, _)| claimed.is_some_and(|(v, _)| v == *verb))
        .map(|(_, a)| a)
        .collect();
    let claimed = claimed.map(|(_, a)| a);
    let blamed = || {
        // Who denies that he did it and blames another does not settle who did.
        let denies = |s: &Speech| {
            let mut others = bearing();
            others.any(|o| o.voice == s.voice && o.stance == Stance::Deny)
        };
        bearing()
            .filter(|s| s.stance == Stance::Blame && !denies(s))
            .find_map(|s| {
                let behind = TokRange::new(s.verb, s.content.end.max(s.verb));
                behind
                    .iter()
                    .filter_map(|t| reading.actors.at(t))
                    .find(|a| {
                        let armed = a.class.is_armed() || is_blamed_state(reading, s, a);
                        armed && !a.generic && !is_harmed(reading, a)
                    })
                    .map(|a| meant(reading, a.head).unwrap_or(a))
            })
    };
    // "The Front and the Army were behind the raid": those joined to the one blamed.
    let joined = |first: &ActorMention| {
        let mut end = first.name.end;
        let mut out = Vec::new();
        for a in reading
            .actors
            .all
            .iter()
            .filter(|a| a.name.start >= first.name.end)
        {
            let mut between = TokRange::new(end.min(a.name.start), a.name.start).iter();
            let listed = between.all(|t| {
                matches!(reading.doc.upos(t), Upos::Cconj | Upos::Det | Upos::Adj)
                    || matches!(
                        reading.doc.lower(t),
                        "," | "(" | ")" | "together" | "along" | "with"
                    )
                    || has(&reading.knowledge.speech.groups, reading.doc.lemma(t))
            });
            if !(listed && a.id.is_some() && a.class.is_armed()) {
                break;
            }
            end = a.name.end;
            // "the Front (CF) and the Army": its own short name.
            if a.id != first.id {
                out.push(a);
            }
        }
        out
    };
    let suspected = || {
        draft
            .scenes
            .iter()
            .map(|&s| scenes[s].sentence)
            .chain(bearing().map(|s| s.sentence))
            .chain(behind(telling, draft))
            .chain(titles(reading))
            .find_map(|s| suspected_in(reading, s))
    };
    let rule = if claimed.is_some() { CLAIMS } else { ACCUSED };
    let blamed = blamed();
    let with_it = match blamed.filter(|a| claimed.is_none() && a.id.is_some()) {
        Some(first) => joined(first),
        None => with_it,
    };
    claimed
        .or(blamed)
        .or_else(suspected)
        .or_else(|| denier(reading, scenes, draft))
        .into_iter()
        .chain(with_it)
        .map(|a| Party {
            suspected: true,
            rule,
            ..party(reading, a, Role::Attacker)
        })
        .collect()
}

/// "The navy blamed Elsk": a state right behind the verb, but not "Elsk-backed rebels".
fn is_blamed_state(reading: &Reading<'_>, speech: &Speech, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let next = a.name.end;
    let describes = next.idx() < doc.len()
        && matches!(doc.upos(next), Upos::Noun | Upos::Propn | Upos::Part)
        || next.idx() < doc.len() && doc.word(next) == "-";
    let accuses = has(&reading.knowledge.speech.accusing, doc.lemma(speech.verb));
    a.rule == "actor:country" && accuses && a.name.start.0 <= speech.verb.0 + 2 && !describes
}

/// "The army denied that its jets had bombed the town", and the report tells no more of it: who denies is
/// the one who is said to have done it.
fn denier<'r>(
    reading: &'r Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
) -> Option<&'r ActorMention> {
    let events = || draft.scenes.iter().flat_map(|&s| &scenes[s].events);
    let mut denials = reading.speeches.iter().filter(|s| {
        let told = |&e: &usize| s.content.contains(reading.events[e].trigger);
        s.stance == Stance::Deny && events().next().is_some() && events().all(told)
    });
    let party = |a: &&ActorMention| a.class.is_armed() || a.rule == "actor:country";
    denials.find_map(|s| reading.actors.at(s.speaker).filter(party))
}

/// The actor that a voice speaks for, where it is named.
fn claimant<'r>(reading: &'r Reading<'_>, voice: usize) -> Option<&'r ActorMention> {
    let voice = &reading.voices[voice];
    let Some(id) = voice.actor else {
        // A group that no file knows.
        let new = |a: &&ActorMention| {
            a.is_named() && a.class.is_nonstate() && a.name.overlaps(voice.name)
        };
        return reading.actors.all.iter().find(new);
    };
    let whole = || reading.actors.all.iter().filter(|a| a.id == Some(id));
    whole()
        .find(|a| a.name.overlaps(voice.name) || a.head == voice.head)
        .or_else(|| whole().next())
}

/// Rule of an author whom others name.
pub(super) const ACCUSED: &str = "actor:accused";

/// Rule of an author who says himself that he did it.
pub(super) const CLAIMS: &str = "actor:claims-act";

/// Sentences behind an incident that go on about it.
const GOES_ON: u32 = 3;

/// The sentences behind those that tell of the draft, up to the next draft, that speak of the act
/// or of its authors.
fn behind<'r>(telling: &'r Telling<'_>, draft: &'r Draft) -> impl Iterator<Item = Sent> + 'r {
    let (reading, scenes) = (telling.reading, telling.scenes);
    let doc = reading.doc;
    let last = draft.scenes.iter().map(|&i| scenes[i].sentence.0).max();
    let end = doc.sentences().len() as u32;
    let range = last.map_or(0..0, |l| (l + 1).min(end)..(l + 1 + GOES_ON).min(end));
    range
        .map(Sent)
        .take_while(move |&s| !telling.is_told(s))
        // "Blasts have hit the city since May": what follows is about them.
        .take_while(move |&s| last == Some(s.0 - 1) || !is_over_time(reading, Sent(s.0 - 1)))
        // "The west has suffered raids by groups linked to the Front for years": of no act in particular.
        .filter(|&s| !is_over_time(reading, s) && !is_habitual(reading, s))
        .filter(|&s| {
            let mut speeches = reading.speeches.iter().filter(|p| p.sentence == s);
            !speeches.any(|p| p.stance == Stance::Blame && bearing::is_of_other_acts(reading, p))
        })
        .filter(|&s| {
            bearing::speaks_of_act(reading, doc.sentence(s).tokens) || names_suspect(reading, s)
        })
}

/// "The Front was suspected": who did what was told before.
fn names_suspect(reading: &Reading<'_>, sentence: Sent) -> bool {
    let mut actors = reading.within(sentence, &reading.actors.all, |a| a.name.start);
    actors.any(|(_, a)| a.id.is_some() && is_called_suspect(reading, a))
}

/// "The district is regularly hit by the Front": of no act in particular.
fn is_habitual(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let mut words = doc.sentence(sentence).tokens.iter();
    words.any(|t| has(&reading.knowledge.speech.habitual, doc.lower(t)))
}

/// The armed actor that acts in the draft's sentences, where no frame tells it: behind "by", or
/// right before a verb that is not one of speech.
pub(super) fn acting(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    cast: &Cast,
) -> Vec<Party> {
    let doc = reading.doc;
    let suffers = |a: &ActorMention| {
        cast.targets
            .iter()
            .chain(&cast.victims)
            .any(|&t| a.name.contains(t) || a.head == t)
            || is_harmed(reading, a)
            || speaks(reading, a.head)
    };
    let acts = |a: &ActorMention| {
        let end = doc.sentence(doc.sentence_of(a.head)).tokens.end.0;
        let by = a
            .name
            .start
            .0
            .checked_sub(1)
            .map(Tok)
            .map(|t| match doc.upos(t) {
                Upos::Det => Tok(t.0.saturating_sub(1)),
                _ => t,
            });
        let next = (a.name.end.0.max(a.head.0 + 1)..end)
            .map(Tok)
            .take(6)
            .find(|&t| {
                !matches!(
                    doc.upos(t),
                    Upos::Punct | Upos::Adv | Upos::Propn | Upos::Aux
                )
            });
        let object = by.is_some_and(|t| doc.upos(t) == Upos::Verb);
        by.is_some_and(|t| doc.lower(t) == "by")
            || !object
                && !follows_preposition(reading, a)
                && next.is_some_and(|t| {
                    doc.upos(t) == Upos::Verb
                        && matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP" | "VBN")
                        && (doc.xpos(t) != "VBN" || doc.upos(Tok(t.0 - 1)) == Upos::Aux)
                        && !is_passive(doc, t)
                        && !reading.knowledge.speech.is_verb(doc.lemma(t))
                        && !reading.knowledge.lexicon.is(doc, t, "survival")
                })
    };
    draft
        .scenes
        .iter()
        .map(|&s| scenes[s].sentence)
        .filter(|&s| reading.zone(s) != Zone::Title)
        .flat_map(|s| reading.within(s, &reading.actors.all, |a| a.name.start))
        .map(|(_, a)| a)
        .filter(|a| a.class.is_armed() && !a.generic && !suffers(a) && acts(a))
        .map(|a| party(reading, a, Role::Attacker))
        .take(1)
        .collect()
}

/// "US forces conducted 12 strikes. Near Elsk, three strikes destroyed a lorry": a numbered share of the acts
/// that a sentence before told of is by the same and against the same.
pub(super) fn carried(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    role: Role,
) -> Vec<Party> {
    let doc = reading.doc;
    // "three strikes", "three air strikes"
    let numbered = |e: &&EventMention| {
        let near = |n: u32| e.trigger.0.checked_sub(n).map(Tok);
        (1..=2).filter_map(near).any(|t| doc.upos(t) == Upos::Num)
    };
    let body = draft.scenes.iter().map(|&s| &scenes[s]);
    let body = body.filter(|s| s.zone != Zone::Title);
    let own = body.flat_map(|s| {
        s.events
            .iter()
            .map(move |&e| (s.sentence, &reading.events[e]))
    });
    let shares = own.filter(|(_, e)| matches!(e.act, Act::Air | Act::Shelling) && numbered(e));
    let Some((here, share)) = shares.min_by_key(|(s, _)| *s) else {
        return Vec::new();
    };
    let before = |e: &&EventMention| {
        e.act == share.act
            && doc.sentence_of(e.trigger) < here
            && reading.zone(doc.sentence_of(e.trigger)) != Zone::Title
    };
    let fillers = |e: &EventMention| match role {
        Role::Target => e.patients.clone(),
        _ => e.agents.clone(),
    };
    let mut told = reading.events.iter().filter(before).map(|e| {
        let armed = |p: &Party| p.class.is_armed();
        let mut named: Vec<Party> = parties(reading, &fillers(e), role);
        named.retain(armed);
        if named.is_empty() && role == Role::Target {
            let near = near_target(reading, e);
            named = parties(reading, near.as_slice(), role);
        }
        named
    });
    told.find(|named| !named.is_empty()).unwrap_or_default()
}

fn titles<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Sent> + 'r {
    (0..reading.doc.sentences().len() as u32)
        .map(Sent)
        .take_while(|&s| reading.zone(s) == Zone::Title)
}

/// A named group that the sentence suspects: "suspected members of the Corva Front".
fn suspected_in<'r>(reading: &'r Reading<'_>, sentence: Sent) -> Option<&'r ActorMention> {
    reading
        .within(sentence, &reading.actors.all, |a| a.name.start)
        .map(|(_, a)| a)
        .filter(|a| a.id.is_some() && a.class.is_armed() && a.class != ActorClass::External)
        .find(|a| {
            a.suspected
                || is_suspected(reading, sentence, a) && !is_habitual(reading, sentence)
                || is_called_suspect(reading, a)
                || is_identified(reading, sentence, a)
        })
}

/// "The attackers were members of the Corva Front", "the gunmen belonged to the Corva Front".
fn is_identified(reading: &Reading<'_>, sentence: Sent, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let first = doc.sentence(sentence).tokens.start;
    let mut before = (first.0..a.name.start.0).rev().map(Tok);
    let link = |t: Tok| {
        doc.upos(t) == Upos::Det
            || has(&words.of, doc.lower(t))
            || has(&words.parts, doc.lemma(t))
            || has(&words.bound_to, doc.lower(t))
    };
    let Some(verb) = before.find(|&t| !link(t)) else {
        return false;
    };
    let is = doc.lemma(verb) == "be" || doc.lemma(verb) == "belong";
    let subject = before.next().and_then(|t| reading.actors.at(t));
    is && subject.is_some_and(|s| s.class == ActorClass::Gunmen && s.id.is_none())
}

/// Words between a word of suspicion and the name of the suspect.
const SUSPICION: usize = 10;
/// Of those the ones that may stand in another clause.
const NEAR: usize = 6;

/// "X was suspected", "X is blamed": right behind the name.
fn is_called_suspect(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let end = doc.sentence(doc.sentence_of(a.head)).tokens.end.0;
    let mut words = (a.name.end.0.max(a.head.0 + 1)..end)
        .map(Tok)
        .filter(|&t| doc.upos(t) != Upos::Adv);
    let is = words.next().is_some_and(|t| doc.lemma(t) == "be");
    let accused = words
        .next()
        .is_some_and(|t| has(&reading.knowledge.speech.accusing, doc.lemma(t)));
    // "was accused of another raid" tells of something else.
    let of = words
        .next()
        .is_some_and(|t| has(&reading.knowledge.actors.words.of, doc.lower(t)));
    is && accused && !of
}

/// "believed to belong to X", "blamed on X", "said to be of X", "the work of X": words of suspicion
/// before the name, in its clause.
fn is_suspected(reading: &Reading<'_>, sentence: Sent, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.speech;
    let first = doc.sentence(sentence).tokens.start.0;
    let ends_clause = |t: Tok| {
        matches!(doc.word(t), ";" | ":" | "." | "\"" | "“" | "”")
            || matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP") && doc.upos(t) == Upos::Verb
    };
    let followed_by = |t: Tok, word: &str| doc.lower(Tok(t.0 + 1)) == word;
    (first..a.name.start.0)
        .rev()
        .map(Tok)
        .take(SUSPICION)
        .enumerate()
        .take_while(|&(distance, t)| distance < NEAR || !ends_clause(t))
        .any(|(_, t)| {
            has(&words.accusing, doc.lower(t))
                || has(&words.accusing, doc.lemma(t))
                || has(&words.supposing, doc.lemma(t)) && followed_by(t, "to")
                || has(&words.deeds, doc.lemma(t)) && followed_by(t, "of")
                || has(&words.pointers, doc.lemma(t))
                // "initial findings point to the Front"
                || doc.lemma(t) == "point" && matches!(doc.lower(Tok(t.0 + 1)), "to" | "at")
        })
}
