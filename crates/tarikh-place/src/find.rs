//! Looking a name up for a person: every place that bears it or nearly does, with reasons.

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::geo::distance_km;

/// What narrows a search.
#[derive(Clone, Copy, Debug, Default)]
pub struct FindOptions<'a> {
    /// A place that the one looked for is near.
    pub near: Option<EntryId>,
    /// Countries (ISO 3166-1 alpha-2) expected; none for all. Others are found too, but later.
    pub countries: &'a [String],
}

/// A place that a name may mean.
#[derive(Clone, PartialEq, Debug)]
pub struct Match {
    /// The place.
    pub id: EntryId,
    /// How well it fits; comparable inside one answer only.
    pub score: f32,
    /// Insertions, deletions and replacements between the name and the place's.
    pub edits: u8,
    /// Distance from the place given as near, in kilometres.
    pub km: Option<f64>,
    /// What speaks for it ("capital", "country asked for", "12 km away", "1 edit").
    pub reasons: Vec<String>,
}

/// Weight of a country that was asked for.
const COUNTRY: f32 = 8.0;
/// Loss for each edit.
const EDIT: f32 = 4.0;

impl Gazetteer {
    /// Places that bear a name, best first; where none does, those with a similar name.
    #[must_use]
    pub fn find(&self, name: &str, options: FindOptions<'_>) -> Vec<Match> {
        let exact = self.lookup(name);
        let found = if exact.is_empty() {
            self.similar(name, 2)
        } else {
            exact.into_iter().map(|id| (id, 0)).collect()
        };
        let mut matches: Vec<Match> = found
            .into_iter()
            .map(|(id, edits)| self.rate(id, edits, options))
            .collect();
        matches.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        matches
    }

    fn rate(&self, id: EntryId, edits: u8, options: FindOptions<'_>) -> Match {
        let entry = self.entry(id);
        let mut reasons = Vec::new();
        let mut score = 0.5 * (entry.population as f32 + 1.0).ln() - EDIT * f32::from(edits);
        if edits > 0 {
            let s = if edits == 1 { "" } else { "s" };
            reasons.push(format!("{edits} edit{s} away"));
        }
        if self.is_corrected(id) {
            score += 100.0;
            reasons.push("your correction".to_owned());
        }
        let (rank, word) = match (entry.class, entry.seat) {
            (PlaceClass::Country, _) => (9.0, "country"),
            (PlaceClass::Admin1, _) => (3.0, "first-order unit"),
            (_, Seat::Capital) => (4.0, "capital"),
            (_, Seat::Admin1) => (1.5, "seat of a first-order unit"),
            _ => (0.0, ""),
        };
        score += rank;
        if !word.is_empty() {
            reasons.push(word.to_owned());
        }
        if options.countries.iter().any(|c| c == entry.country) {
            score += COUNTRY;
            reasons.push("country asked for".to_owned());
        }
        let km = options.near.map(|near| {
            let near = self.entry(near);
            distance_km((entry.lat, entry.lon), (near.lat, near.lon))
        });
        if let Some(km) = km {
            score += 12.0 * (-km / 100.0).exp() as f32;
            reasons.push(format!("{km:.0} km away"));
        }
        if reasons.is_empty() {
            reasons.push(match entry.population {
                0 => "name".to_owned(),
                _ => "population".to_owned(),
            });
        }
        Match {
            id,
            score,
            edits,
            km,
            reasons,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(name: &str, options: FindOptions<'_>) -> (String, String) {
        let gazetteer = Gazetteer::embedded();
        let found = gazetteer.find(name, options);
        let entry = gazetteer.entry(found.first().expect("a place").id);
        (entry.name.to_owned(), entry.country.to_owned())
    }

    #[test]
    fn the_best_known_place_comes_first_unless_a_country_is_asked_for() {
        assert_eq!(best("Tripoli", FindOptions::default()).1, "LY");
        let countries = ["LB".to_owned()];
        let options = FindOptions {
            countries: &countries,
            ..FindOptions::default()
        };
        assert_eq!(best("Tripoli", options).1, "LB");
    }

    #[test]
    fn a_place_near_another_comes_before_a_larger_one() {
        let gazetteer = Gazetteer::embedded();
        let beirut = gazetteer.lookup("Beirut")[0];
        let options = FindOptions {
            near: Some(beirut),
            ..FindOptions::default()
        };
        assert_eq!(best("Tripoli", options).1, "LB");
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbours() {
        assert_eq!(best("Timbuctoo", FindOptions::default()).1, "ML");
        let gazetteer = Gazetteer::embedded();
        let found = gazetteer.find("Ouagadougu", FindOptions::default());
        assert_eq!(gazetteer.entry(found[0].id).name, "Ouagadougou");
        assert_eq!(found[0].edits, 1);
    }

    #[test]
    fn an_endless_name_is_found_nowhere_and_at_once() {
        let gazetteer = Gazetteer::embedded();
        let name = "Bamako".repeat(834);
        assert!(gazetteer.find(&name, FindOptions::default()).is_empty());
    }
}
