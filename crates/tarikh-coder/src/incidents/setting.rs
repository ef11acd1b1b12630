//! Sentences that only set the scene: "Hours later police surrounded houses in Elsk. Officers shot four men there."

use tarikh_place::PlaceRole;
use tarikh_syntax::Sent;
use tarikh_text::Zone;

use super::fold::turns_to_another;
use super::place::{candidates, precision};
use super::scene::Scene;
use crate::reading::Reading;

/// The place that the sentence before gives to the acts of a sentence which name none: it turns to another
/// act, and tells none itself.
pub(super) fn before(reading: &Reading<'_>, sentence: Sent, told: &[Scene]) -> Option<usize> {
    let before = Sent(sentence.0.checked_sub(1)?);
    let all = reading.doc.sentences();
    let paragraph = |s: Sent| all.get(s.0 as usize).map(|x| x.paragraph);
    let silent = reading.zone(before) == Zone::Body
        && paragraph(before) == paragraph(sentence)
        && told.iter().all(|s| s.sentence != before);
    let sets = silent && turns_to_another(reading, before);
    let opens = silent && opens_with_place(reading, before);
    let exact = |&i: &usize| precision(&reading.places[i]) <= 3;
    candidates(reading, before).find(|i| (sets || opens) && exact(i))
}

/// "In Elsk the night was anything but quiet", "At Corva, 30 men had been held": a place that opens a sentence.
fn opens_with_place(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let start = doc.sentence(sentence).tokens.start;
    let mut named = reading.within(sentence, &reading.places, |p| p.tokens.start);
    matches!(doc.lower(start), "in" | "at" | "near")
        && named.any(|(_, p)| p.role == PlaceRole::Location && p.tokens.start.0 <= start.0 + 3)
}
