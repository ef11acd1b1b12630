//! Voices that a lead tells only by what they are, and that the text names below: "a hospital director and
//! local media said", then "the director of the hospital, Awa Keita".

use tarikh_record::SourceKind;
use tarikh_syntax::{TokRange, Upos};

use super::sources::Vouch;
use crate::reading::Reading;

/// Joins a voice without a name to the one of its kind that is named behind it.
pub(super) fn name(reading: &Reading<'_>, vouches: &mut Vec<Vouch>) {
    let mut i = 0;
    while i < vouches.len() {
        let named =
            (i + 1..vouches.len()).find(|&j| is_named_by(reading, &vouches[i], &vouches[j]));
        match named {
            Some(j) => {
                let vague = vouches.remove(i);
                let named = &mut vouches[j - 1];
                named.also.push(vague.voice);
                named.also.extend(vague.also);
            }
            None => i += 1,
        }
    }
}

fn is_named_by(reading: &Reading<'_>, vague: &Vouch, named: &Vouch) -> bool {
    let doc = reading.doc;
    let (a, b) = (&reading.voices[vague.voice], &reading.voices[named.voice]);
    let has_name = |r: &TokRange| r.iter().any(|t| doc.upos(t) == Upos::Propn);
    if a.kind != b.kind || vague.claim != named.claim || has_name(&a.name) || !has_name(&b.name) {
        return false;
    }
    // "a hospital director", "the director of the hospital, Awa Keita"
    let office = doc.lemma(a.head);
    let mut words = b.also.iter().chain([&b.name]).flat_map(|r| r.iter());
    match a.kind {
        SourceKind::Medical => b.is_person && words.any(|t| doc.lemma(t) == office),
        // "local media", and the station that gives a number
        SourceKind::Media => doc.xpos(a.head) == "NNS" || doc.lower(a.head) == "media",
        _ => false,
    }
}
