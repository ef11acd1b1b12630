//! Which of the places that bear a name is meant: one decision per name and report.
//!
//! Each reading is scored by what the name is (a country, a capital, how large), by the countries
//! and units that the report speaks of, by the container that the words give it ("Nara in the
//! Koulikoro region"), and by the distance to the places already decided. Two rounds: the first
//! without distances. The weights were set by hand on the development side of public geoparsing sets.

mod company;
mod groups;
mod home;
mod misfit;
mod namesake;

use rustc_hash::FxHashSet;
use tarikh_text::Span;

use self::company::Company;
use self::groups::Groups;
pub(crate) use self::home::outlet_places;

use self::home::Home;
use crate::class::{PlaceClass, Seat};
use crate::evidence::{Evidence, first_evidence, lone};
use crate::gazetteer::{Entry, EntryId, Gazetteer, Posting};
use crate::geo::distance_km;
use crate::mention::{Candidate, Hints, PlaceRole};
use crate::normalise::name_key;
use crate::pack::NameKind;
use crate::spot::Spots;
use crate::tokens::Tokens;
use crate::words::Kind;

/// Readings looked at for containers and distances.
const SHORT_LIST: usize = 48;
/// Places decided first that draw readings near; those further down a long report do not.
const NEIGHBOURS: usize = 256;
/// Ten times the distance at which names stop speaking to each other.
const FAR_DEGREES: f64 = 15.0;
/// Two rows of one name within this are of one town.
const SAME_TOWN_KM: f64 = 10.0;
/// Readings kept in the answer.
const KEPT: usize = 5;
/// Shorter names stand in too many domains.
const MIN_HOME: usize = 5;
/// A district of a thinly peopled country reaches about this far from its middle.
const DISTRICT_KM: f64 = 60.0;
/// A town of this size takes its name before the unit around it does.
const TOWN_OF_UNIT: u32 = 50_000;
/// The same where the report calls the unit by its kind elsewhere.
const METROPOLIS: u32 = 300_000;
/// How far behind its town a unit of the same name comes in a dateline.
const FILED: f32 = 8.0;

/// Weights of the score; see the module's text.
mod weight {
    pub(super) const POPULATION: f32 = 0.42;
    pub(super) const COUNTRY_OF_REPORT: f32 = 6.0;
    /// A town of the one country whose police act or speak.
    pub(super) const DOMESTIC: f32 = 3.0;
    /// A town of a country that the report speaks of, when it does not speak of its namesake's.
    pub(super) const SPOKEN_OF: f32 = 2.5;
    pub(super) const UNIT_OF_REPORT: f32 = 2.5;
    pub(super) const CONTAINER: f32 = 10.0;
    pub(super) const COMPANY: f32 = 4.0;
    pub(super) const NEAR: f32 = 2.4;
    pub(super) const NEAR_KM: f64 = 150.0;
    pub(super) const ALTERNATE: f32 = -1.6;
    pub(super) const DERIVED: f32 = -1.2;
    /// Another spelling, where a place bears the name as it stands.
    pub(super) const RESPELT: f32 = -3.0;
    /// A place that the outlet is named after.
    pub(super) const HOME: f32 = 5.0;
    pub(super) const UNIT_NOUN: f32 = 6.0;
    /// By a town that the words tell it by.
    pub(super) const TOLD: f32 = 6.0;
}

/// "Inner, Outer": the words say that one spot lies in another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Containment {
    pub(crate) inner: usize,
    pub(crate) outer: usize,
    /// Nothing but a comma joins them: towns in a row look the same.
    pub(crate) by_comma: bool,
}

impl Containment {
    /// Whether a reading of the inner name lies in one of the outer name.
    pub(crate) fn holds(&self, inner: &Entry<'_>, outer: &Entry<'_>) -> bool {
        let in_a_row = self.by_comma
            && outer.class == PlaceClass::City
            && !matches!(inner.class, PlaceClass::Quarter | PlaceClass::Site);
        !in_a_row && lies_in(inner, outer)
    }
}

/// The decision for one spot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decision {
    pub(crate) candidates: Vec<Candidate>,
}

impl Decision {
    pub(crate) fn best(&self) -> Option<EntryId> {
        self.candidates.first().map(|c| c.id)
    }
}

pub(crate) struct Outcome {
    /// Parallel to the spots.
    pub(crate) decisions: Vec<Decision>,
    pub(crate) evidence: Evidence,
}

pub(crate) fn resolve(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
    containments: &[Containment],
    hints: &Hints<'_>,
) -> Outcome {
    let groups = Groups::new(tokens, spots, containments);
    let evidence = first_evidence(gazetteer, tokens, spots, hints);
    let home = Home::new(gazetteer, hints);
    let mut solver = Solver {
        gazetteer,
        tokens,
        spots,
        groups: &groups,
        evidence,
        company: Company::new(gazetteer, spots, &groups, &home),
        domestic: home::domestic(gazetteer, tokens, spots),
        home: home_names(hints),
        dateline: hints.dateline,
        lone: groups
            .list
            .iter()
            .map(|members| {
                let postings = spots.postings(&spots.list[members[0]]);
                !postings.is_empty() && lone(gazetteer, postings)
            })
            .collect(),
        units: FxHashSet::default(),
        decided: Vec::new(),
    };
    solver.collect_units();
    let mut decisions = vec![Decision::default(); groups.list.len()];
    for round in 0..2 {
        for (g, members) in groups.list.iter().enumerate() {
            decisions[g] = solver.decide(g, members, round);
        }
        if round == 0 {
            solver.take_stock(&decisions);
        }
    }
    Outcome {
        decisions: groups.of.iter().map(|&g| decisions[g].clone()).collect(),
        evidence: solver.evidence,
    }
}

struct Solver<'a, 'd> {
    gazetteer: &'a Gazetteer,
    tokens: &'a Tokens<'d>,
    spots: &'a Spots,
    groups: &'a Groups,
    evidence: Evidence,
    company: Company,
    /// The one country whose police or officials the report names.
    domestic: Option<&'a str>,
    /// The outlet's domain without marks: "parisbeacon".
    home: String,
    /// The dateline's place.
    dateline: Option<Span>,
    /// Whether one country alone has the name of a group.
    lone: Vec<bool>,
    /// First-order units that the report names: country, unit.
    units: FxHashSet<(&'a str, &'a str)>,
    /// Points decided in the first round: group, entry.
    decided: Vec<(usize, Entry<'a>)>,
}

impl<'a> Solver<'a, '_> {
    fn collect_units(&mut self) {
        let groups = self.groups;
        for members in &groups.list {
            for posting in self
                .spots
                .postings(&self.spots.list[members[0]])
                .iter()
                .take(4)
            {
                let entry = self.gazetteer.entry(posting.id);
                if entry.class == PlaceClass::Admin1
                    && posting.kind != NameKind::Derived
                    && let Some(unit) = entry.admin1
                {
                    self.units.insert((entry.country, unit));
                }
            }
        }
    }

    fn take_stock(&mut self, decisions: &[Decision]) {
        let groups = self.groups;
        for (g, (members, decision)) in groups.list.iter().zip(decisions).enumerate() {
            let Some(best) = decision.best() else {
                continue;
            };
            let entry = self.gazetteer.entry(best);
            let is_name = members
                .iter()
                .all(|&i| self.spots.list[i].role == PlaceRole::InName);
            if is_name || entry.class == PlaceClass::Demonym {
                continue;
            }
            let sure = decision
                .candidates
                .get(1)
                .is_none_or(|c| decision.candidates[0].score - c.score > 1.5);
            let contained = self.groups.links[g].iter().any(|link| link.is_inner);
            if (entry.class.is_point() || entry.class == PlaceClass::Admin2) && (sure || contained)
            {
                if self.decided.len() < NEIGHBOURS {
                    self.decided.push((g, entry));
                }
                if self.is_out_of_place(g, decision.candidates.first()) {
                    continue;
                }
                if let Some(first) = self.spots.postings(&self.spots.list[members[0]]).first() {
                    let home = self.gazetteer.entry(first.id).country;
                    self.evidence.add_read(first.id, home, entry.country, 0.5);
                }
                if let Some(unit) = entry.admin1 {
                    self.units.insert((entry.country, unit));
                }
            }
        }
    }

    fn decide(&self, g: usize, members: &[usize], round: usize) -> Decision {
        let spot = &self.spots.list[members[0]];
        let mut scored: Vec<Candidate> = self
            .spots
            .postings(spot)
            .iter()
            .map(|p| self.prior(p, g))
            .collect();
        self.keep_company(g, &mut scored);
        self.bring_home(members, &mut scored);
        self.prefer_town(g, &mut scored);
        sort(&mut scored);
        // Containers may lift any reading, so they come before the list is cut.
        self.contain(g, &mut scored);
        self.tell(g, &mut scored);
        sort(&mut scored);
        scored.truncate(SHORT_LIST);
        if round > 0 {
            self.draw_near(g, &mut scored);
        }
        sort(&mut scored);
        scored.truncate(KEPT);
        let best = scored.first();
        if round > 0 && (self.is_out_of_place(g, best) || self.contradicts_words(g, best)) {
            scored.clear();
        }
        Decision { candidates: scored }
    }

    /// "Paris" in a "Paris Beacon" of the United States is the town that the outlet is named after.
    fn bring_home(&self, members: &[usize], scored: &mut [Candidate]) {
        let name = self.spots.list[members[0]].tokens;
        let key: String = name.iter().map(|t| self.tokens.key(t)).collect();
        if key.len() < MIN_HOME || !self.home.contains(&key) {
            return;
        }
        let Some((country, _)) = self.evidence.leading() else {
            return;
        };
        for candidate in scored.iter_mut() {
            let entry = self.gazetteer.entry(candidate.id);
            if entry.class.is_point() && entry.country == country {
                candidate.score += weight::HOME;
                candidate.reason = "outlet";
            }
        }
    }

    /// "Basra" is the town and "Basra province" the unit, where both bear the name.
    fn prefer_town(&self, g: usize, scored: &mut [Candidate]) {
        let members = &self.groups.list[g];
        if unit_words(PlaceClass::Admin1, self.groups.called[g]) > 0.0 {
            return;
        }
        // Reports are filed from towns.
        let least = match (self.is_dateline(members), self.is_called_unit(members)) {
            (true, _) => 0,
            (_, true) => METROPOLIS,
            (_, false) => TOWN_OF_UNIT,
        };
        let towns: Vec<(Entry<'_>, f32)> = scored
            .iter()
            .map(|c| (self.gazetteer.entry(c.id), c.score))
            .filter(|(e, _)| {
                e.class == PlaceClass::City
                    && (e.population >= least || least == TOWN_OF_UNIT && e.seat > Seat::Admin2)
            })
            .collect();
        let behind = if least == 0 { FILED } else { 0.5 };
        for candidate in scored.iter_mut() {
            let unit = self.gazetteer.entry(candidate.id);
            if unit.class != PlaceClass::Admin1 {
                continue;
            }
            let town = towns
                .iter()
                .filter(|(t, _)| lies_in(t, &unit) || is_capital_named_like(t, &unit))
                .map(|(_, score)| score - behind)
                .max_by(f32::total_cmp);
            if let Some(cap) = town {
                candidate.score = candidate.score.min(cap);
            }
        }
    }

    /// Whether the name stands in the report's dateline.
    fn is_dateline(&self, members: &[usize]) -> bool {
        let doc = self.tokens.doc;
        self.dateline.is_some_and(|span| {
            members
                .iter()
                .any(|&i| span.contains(doc.range_span(self.spots.list[i].tokens)))
        })
    }

    /// The report says "X province" of this name somewhere, and never "the town of X".
    fn is_called_unit(&self, members: &[usize]) -> bool {
        let postings = self.spots.postings(&self.spots.list[members[0]]);
        let Some(first) = postings.first() else {
            return false;
        };
        let called = self.groups.called_anywhere(first.id);
        unit_words(PlaceClass::Admin1, called) > 0.0 && unit_words(PlaceClass::City, called) == 0.0
    }

    fn prior(&self, posting: &Posting, g: usize) -> Candidate {
        let members = &self.groups.list[g];
        let entry = self.gazetteer.entry(posting.id);
        let class = match entry.class {
            PlaceClass::Country if self.is_namesake_of_home(posting.id, members) => 0.0,
            PlaceClass::Country => 9.0,
            PlaceClass::Continent => 8.5,
            PlaceClass::Admin1 => 3.2,
            PlaceClass::Admin2 => -2.0,
            PlaceClass::City => 0.0,
            PlaceClass::Quarter => -0.8,
            PlaceClass::Camp | PlaceClass::Site => 1.5,
            PlaceClass::Area => 5.0,
            // "The Red Sea" is the sea, and "Red Sea state" on it the state.
            PlaceClass::Water if entry.name.contains(' ') => 10.0,
            PlaceClass::Water => 4.5,
            PlaceClass::Demonym => 9.0,
        };
        let seat = match entry.seat {
            Seat::Capital => 2.0,
            Seat::Admin1 => 0.8,
            Seat::Admin2 => 0.2,
            Seat::None => 0.0,
        };
        let name = match posting.kind {
            NameKind::Primary => 0.0,
            NameKind::Alternate if entry.class == PlaceClass::Country => 0.0,
            NameKind::Alternate => weight::ALTERNATE + self.respelling(&entry, members),
            NameKind::Derived => weight::DERIVED,
        };
        let size = weight::POPULATION * (entry.population as f32 + 1.0).ln();
        let country = self.of_report(&entry, members);
        let unit = match entry.admin1 {
            Some(unit)
                if entry.class != PlaceClass::Admin1
                    && self.units.contains(&(entry.country, unit)) =>
            {
                weight::UNIT_OF_REPORT
            }
            _ => 0.0,
        };
        let noun = unit_words(entry.class, self.groups.called[g]);
        let reason = if noun > 0.0 {
            "unit"
        } else if country + unit > size {
            "country"
        } else {
            "population"
        };
        Candidate {
            id: posting.id,
            score: class + seat + name + size + country + unit + noun,
            reason,
        }
    }

    /// "Mambasa" is how some write Mombasa, and the name of another town: a reading that differs by a letter or
    /// two gives way to the name as it stands.
    fn respelling(&self, entry: &Entry<'_>, members: &[usize]) -> f32 {
        let spot = &self.spots.list[members[0]];
        // Not the same town once more, a little off and in a neighbouring land.
        let is_far = |other: Entry<'_>| {
            distance_km((entry.lat, entry.lon), (other.lat, other.lon)) > SAME_TOWN_KM
        };
        let is_own = |p: &Posting| {
            p.kind == NameKind::Primary
                && self.gazetteer.class(p.id) == PlaceClass::City
                && is_far(self.gazetteer.entry(p.id))
        };
        if !self.spots.postings(spot).iter().any(is_own) {
            return 0.0;
        }
        let doc = self.tokens.doc;
        let words = name_key(doc.range_span(spot.tokens).of(doc.text()));
        match is_close(&words, &name_key(entry.name)) {
            true => weight::RESPELT,
            false => 0.0,
        }
    }

    /// Readings that lie in a reading of their container rise, and so do containers that hold one.
    fn contain(&self, g: usize, scored: &mut [Candidate]) {
        for link in &self.groups.links[g] {
            let is_inner = link.is_inner;
            let others = self.spots.postings(&self.spots.list[link.other()]);
            let limit = if is_inner { 8 } else { SHORT_LIST };
            for candidate in scored.iter_mut() {
                let entry = self.gazetteer.entry(candidate.id);
                let fits = others.iter().take(limit).any(|p| {
                    let other = self.gazetteer.entry(p.id);
                    if is_inner {
                        link.said.holds(&entry, &other)
                    } else {
                        link.said.holds(&other, &entry)
                    }
                });
                if fits {
                    let gain = if is_inner {
                        weight::CONTAINER
                    } else {
                        weight::CONTAINER / 2.0
                    };
                    candidate.score += gain * link.times as f32;
                    candidate.reason = "container";
                }
            }
        }
    }

    fn draw_near(&self, g: usize, scored: &mut [Candidate]) {
        for candidate in scored.iter_mut() {
            let entry = self.gazetteer.entry(candidate.id);
            if !entry.class.is_point()
                && !matches!(entry.class, PlaceClass::Admin2 | PlaceClass::Admin1)
            {
                continue;
            }
            let mut near = 0.0f64;
            for (other, place) in &self.decided {
                // Ten times as far as names speak to each other, by the latitude alone.
                let far = (entry.lat - place.lat).abs() > FAR_DEGREES;
                if *other != g && !far {
                    let km = distance_km((entry.lat, entry.lon), (place.lat, place.lon));
                    near += (-km / weight::NEAR_KM).exp();
                }
            }
            let gain = weight::NEAR * near.ln_1p() as f32;
            candidate.score += gain;
            if gain > 2.0 && candidate.reason == "population" {
                candidate.reason = "near others";
            }
        }
    }
}

/// "X province" is a unit and no town; "the town of X" is no province.
fn unit_words(class: PlaceClass, called: Kind) -> f32 {
    let fits = match class {
        PlaceClass::Admin1 => called.any(Kind::ADMIN1),
        // The provinces of some countries are of the second order.
        PlaceClass::Admin2 => called.any(Kind::ADMIN2) || called.any(Kind::ADMIN1),
        PlaceClass::City => called.any(Kind::SETTLEMENT),
        PlaceClass::Quarter => called.any(Kind::QUARTER),
        PlaceClass::Camp => called.any(Kind::CAMP),
        PlaceClass::Site => called.any(Kind::SITE),
        _ => false,
    };
    if fits { weight::UNIT_NOUN } else { 0.0 }
}

/// Whether two keys begin alike and are of about the same length.
fn is_close(a: &str, b: &str) -> bool {
    let differ = a.chars().zip(b.chars()).filter(|(x, y)| x != y).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let words = |key: &str| key.split(' ').count();
    a != b
        && words(a) == words(b)
        && (differ <= 1 && long - short <= 1 || b.starts_with(a) || a.starts_with(b))
}

/// "Washington", "Brasilia": a capital outside the unit of its name.
fn is_capital_named_like(town: &Entry<'_>, unit: &Entry<'_>) -> bool {
    town.seat == Seat::Capital && town.country == unit.country
}

/// The letters of the outlet's domain without its ending.
fn home_names(hints: &Hints<'_>) -> String {
    let name = hints
        .domain
        .and_then(|d| d.rsplit_once('.'))
        .map_or("", |(name, _)| name);
    name.chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
}

/// "Province of Corva", "Corva County" and "Corva".
fn is_same_unit(full: &str, name: &str) -> bool {
    let of = full
        .split_once(" of ")
        .is_some_and(|(_, last)| last == name);
    let called = full.rsplit_once(' ').is_some_and(|(first, noun)| {
        let kind = crate::words::kind(&name_key(noun));
        first == name && (kind.any(Kind::ADMIN1) || kind.any(Kind::ADMIN2))
    });
    full == name || of || called
}

/// Whether a place lies in another, as far as the gazetteer knows.
pub(crate) fn lies_in(inner: &Entry<'_>, outer: &Entry<'_>) -> bool {
    match outer.class {
        PlaceClass::Country | PlaceClass::Demonym => {
            let shared = inner.class == PlaceClass::Area && inner.country.is_empty();
            shared || inner.country == outer.country && inner.class != PlaceClass::Country
        }
        PlaceClass::Admin1 => {
            inner.country == outer.country
                && inner.admin1 == outer.admin1
                && inner.admin1.is_some()
                && !matches!(inner.class, PlaceClass::Country | PlaceClass::Admin1)
        }
        PlaceClass::Admin2 => {
            let inside = match inner.admin2 {
                Some(unit) => inner.admin1 == outer.admin1 && is_same_unit(unit, outer.name),
                // Of most villages the second-order unit is not known.
                None => distance_km((inner.lat, inner.lon), (outer.lat, outer.lon)) < DISTRICT_KM,
            };
            inner.country == outer.country && inner.class.is_point() && inside
        }
        PlaceClass::City => {
            inner.class.is_point()
                && inner.country == outer.country
                && inner.population <= outer.population
                && distance_km((inner.lat, inner.lon), (outer.lat, outer.lon)) < 40.0
        }
        PlaceClass::Area | PlaceClass::Continent => {
            let km = distance_km((inner.lat, inner.lon), (outer.lat, outer.lon));
            outer.radius_km.is_some_and(|r| km < r)
        }
        _ => false,
    }
}
