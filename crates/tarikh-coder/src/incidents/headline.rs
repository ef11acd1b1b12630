//! Headlines that tell of several acts: "Four killed in raid on Corva; villagers lynch two".

use tarikh_syntax::{Deprel, Sent, Tok};
use tarikh_text::Zone;

use super::fold::Draft;
use super::scene::Scene;
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::reading::Reading;

/// Whether a mark in a headline parts an act from those of a scene.
pub(super) fn parts(reading: &Reading<'_>, scene: &Scene, event: &EventMention) -> bool {
    parts_from(reading, scene, event.trigger)
}

/// Whether a mark in a headline parts a word from the acts of a scene.
pub(super) fn parts_from(reading: &Reading<'_>, scene: &Scene, word: Tok) -> bool {
    let told = scene.events.iter().map(|&e| reading.events[e].trigger);
    let (Some(first), Some(last)) = (told.clone().min(), told.max()) else {
        return false;
    };
    let (from, to) = match word > last {
        true => (last, word),
        false => (word, first),
    };
    scene.zone == Zone::Title && (from.0..to.0).any(|t| is_mark(reading, Tok(t)))
}

/// Whether a mark parts what a scene of a headline tells from a draft of the same headline.
pub(super) fn are_parted(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let event = scene.events.first().map(|&e| reading.events[e].trigger);
    let word = event.or_else(|| scene.harms.first().map(|&h| reading.harms[h].trigger));
    let together = |s: &&Scene| s.sentence == scene.sentence;
    let mut told = draft.scenes.iter().map(|&s| &scenes[s]).filter(together);
    word.is_some_and(|w| told.any(|s| parts_from(reading, s, w)))
}

fn is_mark(reading: &Reading<'_>, t: Tok) -> bool {
    match reading.doc.word(t) {
        ";" => true,
        "," => opens_an_act(reading, t),
        _ => false,
    }
}

/// "Police fire on marchers, gang burns market": behind the comma somebody else does something else.
fn opens_an_act(reading: &Reading<'_>, comma: Tok) -> bool {
    const NEAR: u32 = 4;
    let doc = reading.doc;
    let sentence = doc.sentence(doc.sentence_of(comma)).tokens;
    let acts = |s: Tok| {
        let verb = doc.head(s).filter(|&v| v > s && sentence.contains(v))?;
        let event = reading.event_at(verb)?;
        let finite = matches!(doc.xpos(verb), "VBZ" | "VBP" | "VBD");
        (finite && !matches!(event.act, Act::Kill | Act::Harm)).then_some(())
    };
    let subject = (comma.0 + 1..sentence.end.0.min(comma.0 + 1 + NEAR))
        .map(Tok)
        .find(|&s| doc.deprel(s) == Deprel::Nsubj);
    let told_before = (sentence.start.0..comma.0)
        .map(Tok)
        .any(|t| reading.event_at(t).is_some_and(|e| !e.is_thing));
    told_before && subject.and_then(acts).is_some()
}

/// Whether a headline tells of several acts, parted by a mark.
fn tells_of_several(reading: &Reading<'_>, sentence: Sent) -> bool {
    let mut words = reading.doc.sentence(sentence).tokens.iter();
    words.any(|t| is_mark(reading, t))
}

/// Whether only a headline of several acts tells of a draft so far.
pub(super) fn is_of_several(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let repeats =
        |&s: &usize| scenes[s].zone == Zone::Title && tells_of_several(reading, scenes[s].sentence);
    draft.scenes.iter().all(repeats)
}

/// Takes out what only a headline of several acts tells, where the body tells of acts itself: its words
/// are those of acts told below.
pub(super) fn forget(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut Vec<Draft>) {
    let repeats = |d: &Draft| is_of_several(reading, scenes, d);
    if drafts.iter().all(repeats) {
        return;
    }
    drafts.retain(|d| !repeats(d));
    if !drafts.iter().any(|d| d.is_lead)
        && let Some(first) = drafts.first_mut()
    {
        first.is_lead = true;
    }
}
