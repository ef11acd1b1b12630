//! The time zones of countries and first-order units, from those of the towns in them.

use std::collections::BTreeMap;

use crate::gazetteer::{Entry, Gazetteer};

/// A zone is a unit's if so much of its people live by it.
const SHARE: f64 = 0.9;

impl Gazetteer {
    /// The IANA time zone of a country, or of a first-order unit of it: that of nearly all who live
    /// there. `None` where the people live in several.
    #[must_use]
    pub fn zone(&self, iso2: &str, admin1: Option<&str>) -> Option<&str> {
        let zones = self
            .zones
            .get_or_init(|| Zones::of(self.ids().map(|id| self.entry(id))));
        zones.get(iso2, admin1)
    }
}

/// IANA time zones by country and unit; the unit is empty for the country as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Zones(BTreeMap<String, String>);

impl Zones {
    /// Counts the people of each zone of each unit.
    pub(crate) fn of<'a>(places: impl Iterator<Item = Entry<'a>>) -> Self {
        let mut people: BTreeMap<(&str, &str), BTreeMap<&str, u64>> = BTreeMap::new();
        for place in places {
            let Some(zone) = place.timezone else { continue };
            for unit in [Some(""), place.admin1].into_iter().flatten() {
                let zones = people.entry((place.country, unit)).or_default();
                *zones.entry(zone).or_default() += u64::from(place.population) + 1;
            }
        }
        let main = |zones: &BTreeMap<&str, u64>| {
            let all: u64 = zones.values().sum();
            let (zone, most) = zones.iter().max_by_key(|(_, n)| **n)?;
            (*most as f64 >= SHARE * all as f64).then(|| (*zone).to_owned())
        };
        let known = people.iter().filter_map(|((country, unit), zones)| {
            main(zones).map(|zone| (key(country, unit), zone))
        });
        Self(known.collect())
    }

    pub(crate) fn get(&self, country: &str, unit: Option<&str>) -> Option<&str> {
        let of_unit = unit.and_then(|unit| self.0.get(&key(country, unit)));
        let of_country = || self.0.get(&key(country, ""));
        of_unit.or_else(of_country).map(String::as_str)
    }
}

fn key(country: &str, unit: &str) -> String {
    format!("{country}/{unit}")
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;

    #[test]
    fn a_country_of_one_clock_has_its_zone_and_one_of_several_only_in_its_units() {
        let world = Gazetteer::embedded();
        for (country, unit, zone) in [
            ("ML", None, Some("Africa/Bamako")),
            ("AF", Some("Helmand"), Some("Asia/Kabul")),
            ("RU", None, None),
            ("RU", Some("Belgorod"), Some("Europe/Moscow")),
            ("CD", None, None),
            ("CD", Some("North Kivu"), Some("Africa/Lubumbashi")),
            ("US", Some("California"), Some("America/Los_Angeles")),
            ("XX", None, None),
        ] {
            assert_eq!(world.zone(country, unit), zone, "{country} {unit:?}");
        }
    }
}
