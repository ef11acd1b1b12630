//! Which countries a report is about, by what its names and its outlet leave no doubt of.

use rustc_hash::FxHashMap;
use tarikh_syntax::Tok;

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::{Entry, EntryId, Gazetteer, Posting};
use crate::geo::distance_km;
use crate::mention::{Hints, PlaceRole};
use crate::spot::{Spot, Spots};
use crate::tokens::Tokens;
use crate::words::{self, Kind};

/// Readings of a name looked at to tell whether only one country has it.
const SHORT_LIST: usize = 48;
/// Only a larger town says by itself which country a report is about.
const KNOWN_TOWN: u32 = 15_000;
/// A town of this size may be named in a report about another part of the world.
pub(crate) const WORLD_TOWN: u32 = 150_000;
/// A first-order unit below this size is one of an island state.
pub(crate) const TINY_UNIT: u32 = 20_000;
/// Below this share a country plays no part in a report.
pub(crate) const APART: f32 = 0.04;
/// How much of its weight a country keeps whose foreign ministry speaks.
const FROM_AFAR: f32 = 0.3;
/// How much of it one keeps that is named as the one who speaks or acts.
const AS_ACTOR: f32 = 0.6;
/// How much of a country's weight speaks for the land that is told of with it.
const LENT: f32 = 0.6;
/// Namesakes this far apart are not told of in one breath.
const FAR_KM: f64 = 3000.0;

/// What the report as a whole is about.
pub(crate) struct Evidence {
    /// Weight by country, `26 * 26` pairs of letters.
    countries: Vec<f32>,
    total: f32,
    /// What each name says by itself, by the first of its readings.
    by_name: FxHashMap<EntryId, f32>,
}

impl Evidence {
    fn new() -> Self {
        Self {
            countries: vec![0.0; 26 * 26],
            total: 0.0,
            by_name: FxHashMap::default(),
        }
    }

    pub(crate) fn add(&mut self, country: &str, weight: f32) {
        if let Some(slot) = slot(country) {
            self.countries[slot] += weight;
            self.total += weight;
        }
    }

    /// What a name, told by its first reading, says once it was read.
    pub(crate) fn add_read(&mut self, first: EntryId, home: &str, country: &str, weight: f32) {
        self.add(country, weight);
        if home == country {
            *self.by_name.entry(first).or_default() += weight;
        }
    }

    /// Speaks for a country without taking away from the others.
    fn lend(&mut self, country: &str, weight: f32) {
        if let Some(slot) = slot(country) {
            self.countries[slot] += weight;
        }
    }

    /// Share of the report's evidence for a country, 0 to 1; damped while there is little.
    pub(crate) fn share(&self, country: &str) -> f32 {
        slot(country).map_or(0.0, |s| self.countries[s] / (self.total + 2.0))
    }

    /// The same without what a name says of the country of its own first reading: "Corva" is no sign that the
    /// report is about Corva's country.
    pub(crate) fn share_beside(&self, country: &str, first: &Entry<'_>, id: EntryId) -> f32 {
        let own = self.by_name.get(&id).copied().unwrap_or_default();
        let weight = slot(country).map_or(0.0, |s| self.countries[s]);
        let left = match first.country == country {
            true => weight - own,
            false => weight,
        };
        left.max(0.0) / (self.total - own + 2.0)
    }

    /// Codes of the countries with at least this share.
    pub(crate) fn countries(&self, least: f32) -> Vec<String> {
        let enough = |weight: f32| weight / (self.total + 2.0) >= least;
        (0..self.countries.len())
            .filter(|&slot| enough(self.countries[slot]))
            .map(code)
            .collect()
    }

    /// The country with the largest share.
    pub(crate) fn leading(&self) -> Option<(String, f32)> {
        let (slot, weight) = self
            .countries
            .iter()
            .enumerate()
            .rev()
            .max_by(|a, b| a.1.total_cmp(b.1))?;
        if *weight <= 0.0 {
            return None;
        }
        Some((code(slot), weight / (self.total + 2.0)))
    }
}

fn code(slot: usize) -> String {
    let letter = |n: usize| char::from(b'A' + n as u8);
    [letter(slot / 26), letter(slot % 26)].iter().collect()
}

fn slot(country: &str) -> Option<usize> {
    match country.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Some((a - b'A') as usize * 26 + (b - b'A') as usize),
        _ => None,
    }
}

/// What hints and names that leave no doubt say about the countries of a report.
pub(crate) fn first_evidence(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
    hints: &Hints<'_>,
) -> Evidence {
    let mut evidence = Evidence::new();
    from_hints(gazetteer, hints, &mut evidence);
    from_names(gazetteer, tokens, spots, &mut evidence);
    evidence
}

fn from_hints(gazetteer: &Gazetteer, hints: &Hints<'_>, evidence: &mut Evidence) {
    for country in hints.countries {
        evidence.add(country, 3.0);
    }
    if let Some(domain) = hints.domain {
        let top = domain
            .trim_end_matches('/')
            .rsplit('.')
            .next()
            .unwrap_or_default();
        let code = match top {
            "uk" => "GB".to_owned(),
            // Sold as generic names: they say nothing about the country.
            "co" | "tv" | "me" | "io" | "fm" | "cc" | "ws" | "ai" | "eu" => String::new(),
            _ => top.to_ascii_uppercase(),
        };
        if gazetteer.iso3(&code).is_some() {
            evidence.add(&code, 2.0);
        }
    }
    if let Some(outlet) = hints.outlet {
        let words: Vec<&str> = outlet.split_whitespace().collect();
        for n in [3, 2, 1] {
            for window in words.windows(n) {
                let found = gazetteer.lookup(&window.join(" "));
                if let Some(&id) = found.first() {
                    let entry = gazetteer.entry(id);
                    let town = entry.class == PlaceClass::City && entry.population > 200_000;
                    let unit = entry.class == PlaceClass::Admin1 && n > 1;
                    if entry.class == PlaceClass::Country || town || unit {
                        evidence.add(entry.country, 1.5);
                        return;
                    }
                }
            }
        }
    }
}

/// Countries named, countries' peoples, and names that only one country has. A name that returns
/// counts a little more; towns that only one country has count where that country is named too, or
/// where nothing else is known.
fn from_names(gazetteer: &Gazetteer, tokens: &Tokens<'_>, spots: &Spots, evidence: &mut Evidence) {
    let mut times: Vec<(EntryId, u32, bool, f32)> = Vec::new();
    let mut by_name: FxHashMap<EntryId, usize> = FxHashMap::default();
    for spot in &spots.list {
        let postings = spots.postings(spot);
        let Some(first) = postings.first() else {
            continue;
        };
        let entry = gazetteer.entry(first.id);
        // "an Iskander missile", "Colonel Nelson": what bears a town's name says nothing of its country.
        if spot.role == PlaceRole::InName && entry.class.is_point() && entry.seat < Seat::Admin1 {
            continue;
        }
        let weight = match entry.class {
            // "Congolese" may be of either Congo; the larger one takes it.
            PlaceClass::Country if far_namesake(gazetteer, postings) => 0.7,
            PlaceClass::Country => 2.0,
            PlaceClass::Demonym => 1.4,
            PlaceClass::Admin1 if lone(gazetteer, postings) => 1.2,
            PlaceClass::City if entry.seat == Seat::Capital => 1.0,
            _ if lone(gazetteer, postings) && entry.population >= KNOWN_TOWN => 0.8,
            _ if lone(gazetteer, postings) => 0.3,
            _ => continue,
        };
        let weight = match spot.role {
            _ if speaks_of_others(tokens, spot) => weight * FROM_AFAR,
            PlaceRole::Metonym if entry.class == PlaceClass::Country => weight * AS_ACTOR,
            _ => weight,
        };
        match by_name.get(&first.id) {
            Some(&at) => times[at].1 += 1,
            None => {
                by_name.insert(first.id, times.len());
                let bounded = entry.class.is_point()
                    || entry.class == PlaceClass::Admin2
                    || entry.class == PlaceClass::Admin1 && entry.population < TINY_UNIT;
                let town = bounded && entry.seat != Seat::Capital && entry.population < WORLD_TOWN;
                times.push((first.id, 1, town, weight));
            }
        }
    }
    for towns in [false, true] {
        for &(id, n, town, weight) in times.iter().filter(|t| t.2 == towns) {
            let country = gazetteer.entry(id).country;
            let alone = if weight < 0.5 { 0.5 } else { 2.0 };
            if !town || evidence.total < alone || evidence.share(country) > APART {
                let times = (n as f32).ln_1p() / std::f32::consts::LN_2;
                evidence.add(country, weight * times);
                evidence.by_name.insert(id, weight * times);
                for neighbour in words::told_beside(country) {
                    evidence.lend(neighbour, weight * times * LENT);
                }
            }
        }
    }
}

/// "Corvia's foreign ministry", "the Corvian ambassador": an office that speaks of what happens elsewhere.
fn speaks_of_others(tokens: &Tokens<'_>, spot: &Spot) -> bool {
    let behind = tokens
        .at(spot.tokens.end)
        .and_then(|t| match tokens.doc.lower(t) {
            "'s" | "'" => tokens.at(Tok(t.0 + 1)),
            _ => Some(t),
        });
    behind.is_some_and(|t| tokens.kind(t).any(Kind::FOREIGN))
}

/// A country whose name a distant unit bears too ("Georgia").
pub(crate) fn far_namesake(gazetteer: &Gazetteer, postings: &[Posting]) -> bool {
    let land = gazetteer.entry(postings[0].id);
    postings.iter().skip(1).take(4).any(|p| {
        let unit = gazetteer.entry(p.id);
        unit.class == PlaceClass::Admin1
            && distance_km((land.lat, land.lon), (unit.lat, unit.lon)) > FAR_KM
    })
}

/// Whether all readings of a name lie in one country.
pub(crate) fn lone(gazetteer: &Gazetteer, postings: &[Posting]) -> bool {
    let country = gazetteer.entry(postings[0].id).country;
    postings
        .iter()
        .take(SHORT_LIST)
        .all(|p| gazetteer.entry(p.id).country == country)
}
