//! Which readings of a report's names lie together, before any of them is decided.
//!
//! A paper of one county names its towns, and most of their names are borne by towns elsewhere, too. Each name
//! speaks for the neighbourhood of each of its readings, the more the fewer readings it has.

use rustc_hash::FxHashMap;

use super::home::Home;
use super::{Groups, SHORT_LIST, Solver, lies_in, weight};
use crate::class::PlaceClass;
use crate::gazetteer::{Entry, Gazetteer, Posting};
use crate::geo::distance_km;
use crate::mention::{Candidate, PlaceRole};
use crate::spot::Spots;

/// Names further down a long report do not speak.
const SPEAKERS: usize = 256;
/// A first-order unit of this size is known to readers elsewhere.
const KNOWN_UNIT: u32 = 1_000_000;
/// How fast a reading's voice fades.
const REACH_KM: f64 = 60.0;
/// The voice of the outlet's name, beside a name of the report.
const OUTLET: f32 = 1.5;

/// A reading of one name.
struct Voice {
    group: usize,
    weight: f32,
    at: (f64, f64),
}

/// The readings of a report's names by the degrees that they lie in.
pub(super) struct Company {
    cells: FxHashMap<(i32, i32), Vec<Voice>>,
}

impl Company {
    pub(super) fn new(gazetteer: &Gazetteer, spots: &Spots, groups: &Groups, home: &Home) -> Self {
        let mut company = Self {
            cells: FxHashMap::default(),
        };
        for (g, members) in groups.list.iter().enumerate().take(SPEAKERS) {
            let is_name = members
                .iter()
                .all(|&i| spots.list[i].role == PlaceRole::InName);
            if !is_name {
                let postings = spots.postings(&spots.list[members[0]]);
                company.speak(gazetteer, g, postings, 1.0);
            }
        }
        company.speak(gazetteer, usize::MAX, &home.postings, OUTLET);
        company
    }

    fn speak(&mut self, gazetteer: &Gazetteer, group: usize, postings: &[Posting], weight: f32) {
        let places: Vec<Entry<'_>> = postings
            .iter()
            .take(SHORT_LIST)
            .map(|p| gazetteer.entry(p.id))
            .filter(is_local)
            .collect();
        let weight = weight / (places.len() as f32).sqrt();
        for place in places {
            let at = (place.lat, place.lon);
            let voice = Voice { group, weight, at };
            self.cells.entry(cell(at)).or_default().push(voice);
        }
    }

    /// How many of the other names have a reading by this place, each weighed by how few readings it has.
    pub(super) fn around(&self, group: usize, place: &Entry<'_>) -> f32 {
        let at = (place.lat, place.lon);
        let (row, column) = cell(at);
        let mut loudest: Vec<(usize, f32)> = Vec::new();
        let cells = (-1..=1).flat_map(|r| (-1..=1).map(move |c| (row + r, column + c)));
        for voice in cells.filter_map(|c| self.cells.get(&c)).flatten() {
            if voice.group == group {
                continue;
            }
            let heard = voice.weight * (-distance_km(at, voice.at) / REACH_KM).exp() as f32;
            match loudest.iter_mut().find(|(g, _)| *g == voice.group) {
                Some((_, best)) => *best = best.max(heard),
                None => loudest.push((voice.group, heard)),
            }
        }
        loudest.iter().map(|(_, heard)| heard).sum()
    }
}

impl Solver<'_, '_> {
    /// Readings with others of the report around them rise. A unit keeps the company of its town of the same
    /// name, so that this does not decide between the two.
    pub(super) fn keep_company(&self, g: usize, scored: &mut [Candidate]) {
        let places: Vec<(Entry<'_>, f32)> = scored
            .iter()
            .map(|c| self.gazetteer.entry(c.id))
            .map(|e| {
                let heard = match is_local(&e) {
                    true => self.company.around(g, &e),
                    false => 0.0,
                };
                (e, weight::COMPANY * heard.ln_1p())
            })
            .collect();
        // A small Mexico or Oregon is not meant because other names have readings around it.
        let is_known = |e: &Entry<'_>| match e.class {
            PlaceClass::Country => true,
            PlaceClass::Admin1 => e.population >= KNOWN_UNIT,
            _ => false,
        };
        let known: Vec<Entry<'_>> = places.iter().map(|p| p.0).filter(is_known).collect();
        let of_land = known.iter().any(|e| e.class == PlaceClass::Country);
        let yields =
            |e: &Entry<'_>| of_land || !known.is_empty() && !known.iter().any(|u| lies_in(e, u));
        for (candidate, (place, gain)) in scored.iter_mut().zip(&places) {
            if yields(place) && place.class != PlaceClass::Admin1 {
                continue;
            }
            let of_town = || {
                let inside = places.iter().filter(|(town, _)| lies_in(town, place));
                inside.map(|(_, gain)| *gain).fold(0.0, f32::max)
            };
            candidate.score += match place.class {
                PlaceClass::Admin1 => of_town(),
                _ => *gain,
            };
        }
    }
}

/// Whether a place is small enough to have neighbours.
fn is_local(place: &Entry<'_>) -> bool {
    place.class.is_point() || place.class == PlaceClass::Admin2
}

fn cell(at: (f64, f64)) -> (i32, i32) {
    (at.0.floor() as i32, at.1.floor() as i32)
}
