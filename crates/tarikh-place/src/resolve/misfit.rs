//! Readings that do not fit the report: a small town of a country that plays no part in it bears the
//! name of a place which the gazetteer lacks.

use super::{METROPOLIS, SHORT_LIST, Solver, lies_in, weight};
use crate::class::{PlaceClass, Seat};
use crate::evidence::{APART, TINY_UNIT, WORLD_TOWN, far_namesake};
use crate::gazetteer::Entry;
use crate::geo::distance_km;
use crate::measure;
use crate::mention::Candidate;
use crate::normalise::name_key;
use crate::relation::Relation;
use crate::words::Kind;

/// With this share of the evidence a report is about one country.
const ABOUT: f32 = 0.42;
/// With this share, other parts of the world need a word that says so.
const SETTLED: f32 = 0.3;
/// Below this share a name that is not the place's own is all that speaks for its country.
const ALIAS_APART: f32 = 0.13;
/// Another part of the world begins this far from every country that the report speaks of.
const ELSEWHERE_KM: f64 = 2000.0;
/// A neighbour's town lies within this of the country's middle or its capital.
const NEXT_DOOR_KM: f64 = 800.0;
/// Further apart than this, one place does not lie in a district of the other or near it.
const APART_KM: f64 = 150.0;
/// A town that is told by the direction from another one lies within this of it.
const DIRECTION_KM: f64 = 800.0;
/// A reading within this of what it is told by, beyond the distance told, is meant.
const NEAR_TOLD_KM: f64 = 40.0;
/// A smaller place is not named alone in a report about its neighbour.
const SMALL_TOWN: u32 = 2_000;
/// Quarters of a city lie within this of its middle.
const QUARTER_KM: f64 = 25.0;
/// Every reader knows a name that a city of this size bears.
const GREAT_CITY: u32 = 1_000_000;
/// A larger town may stand in a row with countries.
const CITY: u32 = 50_000;

impl<'a> Solver<'a, '_> {
    /// A small town of a country that plays no part in a report that is about another one: the name
    /// is that of a place which the gazetteer lacks.
    pub(super) fn is_out_of_place(&self, g: usize, best: Option<&Candidate>) -> bool {
        let Some(best) = best else { return false };
        if self.gazetteer.is_corrected(best.id) {
            return false;
        }
        let entry = self.gazetteer.entry(best.id);
        // "Nikozi" is also a way to write Nicosia: under a name that is not its own, a larger town stays behind.
        let named = entry.class.is_point() || entry.class == PlaceClass::Admin1;
        let alias = named && !self.bears_name(&self.groups.list[g], &entry);
        let bounded = entry.class.is_point()
            || entry.class == PlaceClass::Admin2
            || entry.class == PlaceClass::Admin1 && (alias || entry.population < TINY_UNIT);
        let limit = if alias { METROPOLIS } else { WORLD_TOWN };
        let small = bounded && entry.population < limit && (alias || entry.seat < Seat::Capital);
        // A name that one country alone has speaks for it itself.
        let apart = if alias { ALIAS_APART } else { APART };
        small
            && self.evidence.share(entry.country) < apart
            && self.evidence.leading().is_some_and(|(country, share)| {
                let settled = share >= ABOUT || share >= SETTLED && self.is_elsewhere(g, &entry);
                settled && country != entry.country && !self.is_across_border(g, &entry, &country)
            })
    }

    /// A name that only one country has, in one that lies by the country of the report: people flee
    /// across borders, and so do reports.
    fn is_across_border(&self, g: usize, entry: &Entry<'_>, country: &str) -> bool {
        let lone = self.lone.get(g).copied().unwrap_or_default();
        let capital = self.gazetteer.capital(country);
        let points = [
            self.gazetteer.country(country),
            capital.map(|id| self.gazetteer.entry(id)),
        ];
        let near =
            |p: &Entry<'_>| distance_km((entry.lat, entry.lon), (p.lat, p.lon)) < NEXT_DOOR_KM;
        // Of districts the gazetteer has no number.
        let known = entry.population >= SMALL_TOWN || entry.class == PlaceClass::Admin2;
        lone && known && points.iter().flatten().any(near)
    }

    /// Far from every country that the report speaks of, from its capital (Russia is large) and from every other place in it.
    fn is_elsewhere(&self, g: usize, entry: &Entry<'_>) -> bool {
        let far =
            |lat: f64, lon: f64| distance_km((entry.lat, entry.lon), (lat, lon)) > ELSEWHERE_KM;
        let lands = self.evidence.countries(APART);
        lands
            .iter()
            .flat_map(|code| {
                let capital = self.gazetteer.capital(code);
                let capital = capital.map(|id| self.gazetteer.entry(id));
                [self.gazetteer.country(code), capital]
            })
            .flatten()
            .all(|land| far(land.lat, land.lon))
            && self
                .decided
                .iter()
                .filter(|(group, _)| *group != g)
                .all(|(_, other)| far(other.lat, other.lon))
    }

    /// "Burr, Somalia": a small town of another country where the words name the country. The name is
    /// that of a place which the gazetteer lacks.
    pub(super) fn contradicts_words(&self, g: usize, best: Option<&Candidate>) -> bool {
        let members = &self.groups.list[g];
        let Some(best) = best.filter(|c| c.reason != "container") else {
            return false;
        };
        let entry = self.gazetteer.entry(best.id);
        let unit = matches!(entry.class, PlaceClass::Admin1 | PlaceClass::Admin2);
        if unit && self.is_put_in_another_land(g, &entry) {
            return true;
        }
        // "Toulon" is also "Tolo" somewhere: of a name that is not its own, a larger town stays behind.
        let limit = match self.bears_name(members, &entry) {
            true => CITY,
            false => METROPOLIS,
        };
        let town = entry.class.is_point()
            && entry.seat < Seat::Capital
            && !self.gazetteer.is_corrected(best.id);
        // "The village of Murom in the Belgorod region" is not the town of Murom in another.
        if town && entry.population < METROPOLIS && self.is_put_elsewhere(g, &entry) {
            return true;
        }
        let small = town && entry.population < limit;
        if small && self.is_quarter_of_another(g, &entry) {
            return true;
        }
        let told_elsewhere = || members.iter().any(|&i| self.is_told_far_from(i, &entry));
        small
            && (told_elsewhere()
                || self.outer(g).any(|(outer, by_comma)| {
                    let land = self.sure_land(outer).or_else(|| {
                        // "London's Docklands"
                        self.large_city(outer).filter(|_| !by_comma)
                    });
                    land.is_some_and(|land| land != entry.country)
                        || !by_comma && self.lies_apart(&entry, outer)
                }))
    }

    /// "The Dunmar neighborhood" in a report filed from a city: a part of that, and not the town of Dunmar a day away.
    fn is_quarter_of_another(&self, g: usize, entry: &Entry<'_>) -> bool {
        let is_called_quarter = |&i: &usize| {
            let next = self.tokens.at(self.spots.list[i].tokens.end);
            next.is_some_and(|t| self.tokens.kind(t).any(Kind::CITY_PART))
        };
        let km = |city: &Entry<'_>| distance_km((entry.lat, entry.lon), (city.lat, city.lon));
        let cities = || {
            let others = self.decided.iter().filter(|(other, _)| *other != g);
            others
                .map(|(_, city)| city)
                .filter(|city| city.class == PlaceClass::City && city.population >= METROPOLIS)
        };
        entry.class == PlaceClass::City
            && self.groups.list[g].iter().any(is_called_quarter)
            && cities().any(|city| city.country == entry.country)
            && cities().all(|city| km(city) > QUARTER_KM)
    }

    /// The names that the words put a name in, and whether by a comma alone.
    fn outer(&self, g: usize) -> impl Iterator<Item = (usize, bool)> {
        let links = self.groups.links[g].iter().filter(|link| link.is_inner);
        links.map(|link| (link.said.outer, link.said.by_comma))
    }

    /// "Eastern Province, Corvia": a unit of that name which only other countries have.
    fn is_put_in_another_land(&self, g: usize, entry: &Entry<'_>) -> bool {
        let mut lands = self.outer(g).filter_map(|(outer, _)| self.sure_land(outer));
        lands.any(|land| land != entry.country)
    }

    /// Whether the words put a name in a unit that the reading lies far from.
    fn is_put_elsewhere(&self, g: usize, entry: &Entry<'_>) -> bool {
        self.outer(g)
            .any(|(outer, by_comma)| !by_comma && self.lies_apart(entry, outer))
    }

    /// Whether the name is the place's first one, or that of its unit ("the capital of Corva").
    fn bears_name(&self, members: &[usize], entry: &Entry<'_>) -> bool {
        let doc = self.tokens.doc;
        let words = doc.range_span(self.spots.list[members[0]].tokens);
        let name = name_key(words.of(doc.text()));
        let of_unit = entry.class.is_point() && entry.admin1.is_some_and(|u| name_key(u) == name);
        of_unit || name == name_key(entry.name)
    }

    /// "Dumna, a hamlet outside Corva": a reading that lies nowhere near what the words tell it by.
    fn is_told_far_from(&self, i: usize, entry: &Entry<'_>) -> bool {
        let Some(told) = measure::behind(self.tokens, self.spots, i) else {
            return false;
        };
        let limit = match told.found.relation {
            Relation::Offset { km, .. } => APART_KM + 1.5 * km,
            // "Shendi, north of Khartoum": a direction alone, which can be far.
            _ if told.found.rule == "direction" => DIRECTION_KM,
            _ => APART_KM,
        };
        self.is_further(entry, told.spot, limit)
    }

    /// "Dumna village in the Corva area": a reading that no reading of its container holds or is near.
    fn lies_apart(&self, entry: &Entry<'_>, outer: usize) -> bool {
        let postings = self.spots.postings(&self.spots.list[outer]);
        let holds = |e: &Entry<'_>| lies_in(entry, e);
        !postings.iter().any(|p| holds(&self.gazetteer.entry(p.id)))
            && self.is_further(entry, outer, APART_KM)
    }

    /// Readings near what the words tell a name by rise: "Dumna, 40 km from Corva", "between Dumna and Corva".
    pub(super) fn tell(&self, g: usize, scored: &mut [Candidate]) {
        if scored.len() < 2 {
            return;
        }
        let told = |&i: &usize| {
            let measured = measure::behind(self.tokens, self.spots, i).map(|told| {
                let km = match told.found.relation {
                    Relation::Offset { km, .. } => NEAR_TOLD_KM + 1.5 * km,
                    _ if told.found.rule == "direction" => DIRECTION_KM,
                    _ => NEAR_TOLD_KM,
                };
                (told.spot, km)
            });
            measured.or_else(|| Some((self.other_end(i)?, APART_KM)))
        };
        for (other, km) in self.groups.list[g].iter().filter_map(told) {
            for candidate in scored.iter_mut() {
                let entry = self.gazetteer.entry(candidate.id);
                let local = entry.class.is_point() || entry.class == PlaceClass::Admin2;
                if local && self.is_within(&entry, other, km) {
                    candidate.score += weight::TOLD;
                    candidate.reason = "told by another";
                }
            }
        }
    }

    /// The other end of "between Dumna and Corva"; flights and talks are between great cities however far apart.
    fn other_end(&self, i: usize) -> Option<usize> {
        let tokens = self.tokens;
        let joined = |a_spot: usize, b_spot: usize| {
            let (a, b) = (
                self.spots.list.get(a_spot)?.tokens,
                self.spots.list.get(b_spot)?.tokens,
            );
            let and = a.end.0 + 1 == b.start.0 && tokens.is(a.end, "and");
            let between = tokens
                .before(a.start)
                .is_some_and(|t| tokens.is(t, "between"));
            let great = |spot: usize| {
                let postings = self.spots.postings(&self.spots.list[spot]);
                postings
                    .iter()
                    .any(|p| self.gazetteer.entry(p.id).population >= GREAT_CITY)
            };
            (and && between && !great(a_spot) && !great(b_spot)).then_some(())
        };
        let next = joined(i, i + 1).map(|()| i + 1);
        next.or_else(|| {
            i.checked_sub(1)
                .filter(|&before| joined(before, i).is_some())
        })
    }

    /// Whether a town or district that a spot may mean lies so near.
    fn is_within(&self, entry: &Entry<'_>, spot: usize, km: f64) -> bool {
        let postings = self.spots.postings(&self.spots.list[spot]);
        postings.iter().take(SHORT_LIST).any(|p| {
            let e = self.gazetteer.entry(p.id);
            let local = e.class.is_point() || e.class == PlaceClass::Admin2;
            local && distance_km((entry.lat, entry.lon), (e.lat, e.lon)) <= km
        })
    }

    /// Whether all readings of a spot are towns or units, and further from a place than `km`.
    fn is_further(&self, entry: &Entry<'_>, spot: usize, km: f64) -> bool {
        let postings = self.spots.postings(&self.spots.list[spot]);
        let far = |e: &Entry<'_>| {
            let unit = matches!(e.class, PlaceClass::Admin1 | PlaceClass::Admin2);
            (e.class.is_point() || unit) && distance_km((entry.lat, entry.lon), (e.lat, e.lon)) > km
        };
        !postings.is_empty() && postings.iter().all(|p| far(&self.gazetteer.entry(p.id)))
    }

    /// The country that a spot names, if it can mean no town.
    fn sure_land(&self, spot: usize) -> Option<&'a str> {
        let postings = self.spots.postings(&self.spots.list[spot]);
        let first = self.gazetteer.entry(postings.first()?.id);
        // "The French Riviera"
        let sure = first.class == PlaceClass::Demonym
            || first.class == PlaceClass::Country && !far_namesake(self.gazetteer, postings);
        sure.then_some(first.country)
    }

    /// The country of a spot that names a city which every reader knows.
    fn large_city(&self, spot: usize) -> Option<&'a str> {
        let postings = self.spots.postings(&self.spots.list[spot]);
        let first = self.gazetteer.entry(postings.first()?.id);
        let large = first.class == PlaceClass::City && first.population >= METROPOLIS;
        large.then_some(first.country)
    }
}
