//! One sentence, two towns, two numbers: "killed nine people in Corva and four in Elsk".

use tarikh_record::Measure;
use tarikh_syntax::{Tok, TokRange};

use super::fold::Draft;
use super::scene::Scene;
use crate::mentions::harm::Harm;
use crate::mentions::parties::Party;
use crate::reading::Reading;

/// Gives each of two incidents under one toll its own number, where the sentence puts one beside
/// each place.
pub(super) fn settle(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft]) {
    for d in 1..drafts.len() {
        let (first, second) = (&drafts[d - 1], &drafts[d]);
        let twins = first.shared_toll && second.shared_toll && first.scenes == second.scenes;
        let (Some(a), Some(b)) = (first.place, second.place) else {
            continue;
        };
        let places = [a, b].map(|p| reading.places[p].tokens);
        if twins && is_dealt(reading, scenes, first, places) {
            for (n, draft) in drafts[d - 1..=d].iter_mut().enumerate() {
                (draft.shared_toll, draft.share) = (false, Some(n));
            }
        }
    }
}

/// Whether every toll of the scenes has a number for each place.
fn is_dealt(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, places: [TokRange; 2]) -> bool {
    let harms = draft.scenes.iter().flat_map(|&s| &scenes[s].harms);
    let harms: Vec<&Harm> = harms
        .map(|&h| &reading.harms[h])
        .filter(|h| matches!(h.measure, Measure::Killed | Measure::Injured))
        .collect();
    !harms.is_empty() && harms.iter().all(|h| has_one_each(reading, h, places))
}

/// "nine in Corva and four in Elsk", or "in Corva and Elsk nine and four, respectively".
fn has_one_each(reading: &Reading<'_>, harm: &Harm, places: [TokRange; 2]) -> bool {
    let parties: Vec<&Party> = counted(harm).collect();
    let [first, second] = parties[..] else {
        return false;
    };
    let [a, b] = places.map(|p| p.start);
    let (m, n) = (first.tokens.start, second.tokens.start);
    let in_turn = m < a && a < n && n < b || a < m && m < b && b < n;
    let range = reading.doc.sentence(harm.sentence).tokens;
    let here = |t: Tok| range.contains(t);
    let respectively =
        a < b && m < n && range.iter().any(|t| reading.doc.lower(t) == "respectively");
    here(a) && here(b) && (in_turn || respectively)
}

/// The parties of a statement that have a number of their own, in the order of the words.
pub(super) fn counted(harm: &Harm) -> impl Iterator<Item = &Party> {
    harm.parties
        .iter()
        .filter(|p| !p.included && p.count.best.is_some())
}
