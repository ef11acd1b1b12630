//! Unknown names that are another spelling of a known one of the same country.
//!
//! Transliterations differ from report to report ("Boulkessy", "Boulkessi"). A name that nothing in
//! the gazetteer matches is compared with near keys of the countries that the report is about. A
//! near spelling is the same place only if the consonants agree and it lies where the report is
//! set: a village that the gazetteer lacks is likelier than a town of a similar name far away.

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::{Entry, Gazetteer};
use crate::geo::distance_km;
use crate::mention::{Candidate, PlaceRole};
use crate::normalise::name_key;
use crate::resolve::{Containment, Outcome, lies_in};
use crate::spot::Spots;
use crate::tokens::Tokens;
use crate::words::Kind;

/// Only a country with this share of a report's evidence lends its names.
const SHARE: f32 = 0.15;
/// Most names of a report that are looked up this way.
const MAX_NAMES: usize = 12;
/// Shorter names have too many neighbours to mean one of them.
const MIN_NAME: usize = 5;
/// Up to this length only the letters that English copy adds or leaves out may differ.
const SHORT_NAME: usize = 5;
/// Further than this from everything that the report names, a near spelling is another place.
const REACH_KM: f64 = 300.0;
/// The same for the district or town that the words put the name in.
const DISTRICT_KM: f64 = 60.0;

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
                    .map(|id| gazetteer.entry(id));
                // "The Dumna quarter of Corva" is not the town of Dumnah near by.
                let is_part = tokens
                    .at(spot.tokens.end)
                    .is_some_and(|t| tokens.kind(t).any(Kind::CITY_PART));
                let found = nearest(gazetteer, name, outer.as_ref(), outcome, is_part);
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
    outer: Option<&Entry<'_>>,
    outcome: &Outcome,
    is_part: bool,
) -> Option<Candidate> {
    let key = name_key(name);
    if key.len() < MIN_NAME {
        return None;
    }
    let points = points(gazetteer, outcome);
    let sound = skeleton(&key);
    gazetteer
        .similar_names(&key)
        .into_iter()
        .filter(|near| skeleton(&near.key) == sound)
        .filter(|near| key.len() > SHORT_NAME || plain(&near.key) == plain(&key))
        .filter(|near| {
            let entry = gazetteer.entry(near.id);
            let reachable = match is_part {
                true => entry.class == PlaceClass::Quarter,
                false => entry.class.is_point() || entry.class == PlaceClass::Admin2,
            };
            reachable && fits(&entry, outer, outcome, &points)
        })
        .map(|near| {
            let size = (gazetteer.entry(near.id).population as f32 + 1.0).ln();
            Candidate {
                id: near.id,
                score: 0.4 * size - 6.0 * f32::from(near.edits),
                reason: "spelling",
            }
        })
        .max_by(|a, b| a.score.total_cmp(&b.score).then(b.id.cmp(&a.id)))
}

/// In the unit that the words name, else in a country of the report and near what it names there.
fn fits(
    entry: &Entry<'_>,
    outer: Option<&Entry<'_>>,
    outcome: &Outcome,
    points: &[Entry<'_>],
) -> bool {
    let km = |point: (f64, f64)| distance_km((entry.lat, entry.lon), point);
    match outer {
        Some(outer) if outer.class.is_point() || outer.class == PlaceClass::Admin2 => {
            entry.country == outer.country && km((outer.lat, outer.lon)) <= DISTRICT_KM
        }
        Some(outer) => lies_in(entry, outer),
        None => {
            let mut near = points
                .iter()
                .filter(|p| p.country == entry.country)
                .peekable();
            outcome.evidence.share(entry.country) >= SHARE
                && (near.peek().is_none() || near.any(|p| km((p.lat, p.lon)) <= REACH_KM))
        }
    }
}

/// The towns and districts that the report names. A capital is named for its government, too.
fn points<'g>(gazetteer: &'g Gazetteer, outcome: &Outcome) -> Vec<Entry<'g>> {
    outcome
        .decisions
        .iter()
        .filter_map(|d| d.best())
        .map(|id| gazetteer.entry(id))
        .filter(|e| e.class.is_point() || e.class == PlaceClass::Admin2)
        .filter(|e| e.seat < Seat::Capital)
        .collect()
}

/// A key without the letters that transliterations add: "jablah" and "jabla" are one.
fn plain(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for c in key.chars().filter(|c| !matches!(c, 'h' | ' ')) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The consonants of a key, spellings of one sound made equal: "boulkessy" and "boulikessi" are both
/// "blks", "dumba" is "dmb" and "dunga" is not.
fn skeleton(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    // French copy writes "tch" and "dj" for what English copy writes "tsh" and "j".
    let key = key.replace("tch", "tsh").replace("dj", "j");
    for c in key.chars() {
        let sound = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' | ' ' => continue,
            'q' | 'c' => 'k',
            'z' => 's',
            'v' => 'b',
            other => other,
        };
        if !out.ends_with(sound) {
            out.push(sound);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_share_their_consonants_and_other_names_do_not() {
        for (a, b) in [
            ("boulkessy", "boulikessi"),
            ("bulo marer", "buulo mareer"),
            ("tin zaouaten", "tinzawaten"),
            ("dutchuru", "dutshuru"),
            ("djarra", "jarra"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        for (a, b) in [
            ("silgadji", "silgagi"),
            ("dumba", "dunga"),
            ("moura", "mouna"),
        ] {
            assert_ne!(skeleton(a), skeleton(b), "{a} {b}");
        }
    }
}
