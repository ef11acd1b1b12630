//! Unknown names that are another spelling of a known one of the same country.
//!
//! Transliterations differ from report to report ("Boulkessy", "Boulkessi"). A name that nothing in
//! the gazetteer matches is compared with near keys of the countries that the report is about; one
//! edit, two in long names, counts as the same name.

use crate::class::PlaceClass;
use crate::fuzzy;
use crate::gazetteer::Gazetteer;
use crate::mention::{Candidate, PlaceRole};
use crate::resolve::{Containment, Outcome};
use crate::spot::Spots;
use crate::tokens::Tokens;

/// Only a country with this share of a report's evidence lends its names.
const SHARE: f32 = 0.15;
/// Most names of a report that are looked up this way.
const MAX_NAMES: usize = 12;

/// Gives unknown names the nearest spelling in the countries of the report.
pub(crate) fn guess(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
    containments: &[Containment],
    outcome: &mut Outcome,
) {
    let mut done: Vec<(String, Option<Candidate>)> = Vec::new();
    for (i, spot) in spots.list.iter().enumerate() {
        if spot.role != PlaceRole::Location || outcome.decisions[i].best().is_some() {
            continue;
        }
        let doc = tokens.doc;
        let name = doc.range_span(spot.tokens).of(doc.text());
        let known = done.iter().find(|(n, _)| n == name).map(|(_, c)| *c);
        let guessed = match known {
            Some(candidate) => candidate,
            None if done.len() >= MAX_NAMES => None,
            None => {
                let outer = containments
                    .iter()
                    .filter(|c| c.inner == i)
                    .find_map(|c| outcome.decisions[c.outer].best())
                    .map(|id| gazetteer.entry(id).country);
                let found = nearest(gazetteer, name, outer, outcome);
                done.push((name.to_owned(), found));
                found
            }
        };
        outcome.decisions[i].candidates.extend(guessed);
    }
}

fn nearest(
    gazetteer: &Gazetteer,
    name: &str,
    outer: Option<&str>,
    outcome: &Outcome,
) -> Option<Candidate> {
    let of_report = |country: &str| match outer {
        Some(outer) if !outer.is_empty() => outer == country,
        _ => outcome.evidence.share(country) >= SHARE,
    };
    let edits = fuzzy::limit(name.len()).min(if name.contains([' ', '-']) { 1 } else { 2 });
    gazetteer
        .similar(name, edits)
        .into_iter()
        .filter(|(id, edits)| {
            let entry = gazetteer.entry(*id);
            let reachable = entry.class.is_point() || entry.class == PlaceClass::Admin2;
            // Two edits make another name of a small place.
            of_report(entry.country) && reachable && (*edits < 2 || entry.population > 0)
        })
        .map(|(id, edits)| {
            let size = (gazetteer.entry(id).population as f32 + 1.0).ln();
            Candidate {
                id,
                score: 0.4 * size - 6.0 * f32::from(edits),
                reason: "spelling",
            }
        })
        .max_by(|a, b| a.score.total_cmp(&b.score).then(b.id.cmp(&a.id)))
}
