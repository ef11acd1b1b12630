//! Who did it where no frame tells: claimed, blamed, suspected, or acting by the order of words.

use tarikh_record::Role;
use tarikh_syntax::{Sent, Tok, TokRange, Upos};
use tarikh_text::Zone;

use super::cast::{Cast, follows_preposition, is_harmed, is_passive, party, speaks};
use super::fold::Draft;
use super::scene::Scene;
use super::sides::Party;
use super::sources;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::ActorMention;
use crate::reading::Reading;

/// The author as others name him: who claims the act, who is blamed for it, who is suspected.
pub(super) fn accused(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    draft: &Draft,
) -> Vec<Party> {
    let bearing = || {
        reading
            .speeches
            .iter()
            .filter(|s| sources::bears_on(reading, scenes, drafts, draft, s))
    };
    let claimed = bearing()
        .filter(|s| s.responsibility && s.stance != Stance::Deny)
        .find_map(|s| {
            let voice = &reading.voices[s.voice];
            voice.actor.and_then(|id| {
                let whole = || reading.actors.all.iter().filter(|a| a.id == Some(id));
                whole()
                    .find(|a| a.name.overlaps(voice.name) || a.head == voice.head)
                    .or_else(|| whole().next())
            })
        });
    let blamed = || {
        bearing()
            .filter(|s| s.stance == Stance::Blame)
            .find_map(|s| {
                let behind = TokRange::new(s.verb, s.content.end.max(s.verb));
                behind
                    .iter()
                    .filter_map(|t| reading.actors.at(t))
                    .find(|a| a.id.is_some() && a.class.is_nonstate())
            })
    };
    let suspected = || {
        draft
            .scenes
            .iter()
            .map(|&s| scenes[s].sentence)
            .chain(bearing().map(|s| s.sentence))
            .chain(titles(reading))
            .find_map(|s| suspected_in(reading, s))
    };
    claimed
        .or_else(blamed)
        .or_else(suspected)
        .map(|a| Party {
            suspected: true,
            ..party(reading, a, Role::Attacker)
        })
        .into_iter()
        .collect()
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
        by.is_some_and(|t| doc.lower(t) == "by")
            || !follows_preposition(reading, a)
                && next.is_some_and(|t| {
                    doc.upos(t) == Upos::Verb
                        && matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP" | "VBN")
                        && (doc.xpos(t) != "VBN" || doc.upos(Tok(t.0 - 1)) == Upos::Aux)
                        && !is_passive(doc, t)
                        && !reading.knowledge.speech.is_verb(doc.lemma(t))
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

fn titles<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Sent> + 'r {
    (0..reading.doc.sentences().len() as u32)
        .map(Sent)
        .take_while(|&s| reading.zone(s) == Zone::Title)
}

/// A named group that the sentence suspects: "suspected members of the Corva Front".
fn suspected_in<'r>(reading: &'r Reading<'_>, sentence: Sent) -> Option<&'r ActorMention> {
    let doc = reading.doc;
    reading
        .within(sentence, &reading.actors.all, |a| a.name.start)
        .map(|(_, a)| a)
        .filter(|a| a.id.is_some() && a.class.is_nonstate())
        .find(|a| {
            let first = doc.sentence(sentence).tokens.start.0;
            a.suspected
                || (first..a.name.start.0).rev().map(Tok).take(6).any(|t| {
                    has(&reading.knowledge.speech.accusing, doc.lower(t))
                        || has(&reading.knowledge.speech.accusing, doc.lemma(t))
                })
        })
}
