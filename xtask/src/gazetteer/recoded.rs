//! Countries whose places bear codes of a later edition than the list of first-order units.
//!
//! Viet Nam merged its 63 provinces into 34 in July 2025, and the places' codes are the new ones;
//! reports of twenty years name the 63. An older list of the same places tells the unit of most;
//! any other belongs to that of its nearest neighbour in the same new unit.

use std::collections::{BTreeMap, HashMap};

use tarikh_place::name_key;

use super::curated::Curated;
use super::sources::{City, Sources, cell};
use super::world::distance_km;

/// Name of the first-order unit by id of the place, for the places of recoded countries.
pub(crate) fn units_of_places(
    sources: &Sources,
    curated: &Curated,
    units: &BTreeMap<String, String>,
) -> HashMap<u32, String> {
    let mut out = HashMap::new();
    for country in &curated.recoded {
        let names = unit_by_any_name(country, sources, curated, units);
        let places: Vec<&City> = sources
            .cities
            .iter()
            .filter(|c| c.countrycode == *country)
            .collect();
        let told: Vec<(&City, &str)> = places
            .iter()
            .filter_map(|c| {
                let (lat, lon) = cell(c.latitude, c.longitude);
                let old = sources.admin1_names.get(&(country.clone(), lat, lon))?;
                Some((*c, *names.get(&name_key(old))?))
            })
            .collect();
        for place in places {
            let neighbour = told
                .iter()
                .filter(|(c, _)| c.admin1code == place.admin1code)
                .min_by(|(a, _), (b, _)| away(a, place).total_cmp(&away(b, place)));
            if let Some((_, unit)) = neighbour {
                out.insert(place.geonameid, (*unit).to_owned());
            }
        }
    }
    out
}

fn away(a: &City, b: &City) -> f64 {
    distance_km(a.latitude, a.longitude, b.latitude, b.longitude)
}

fn unit_by_any_name<'a>(
    country: &str,
    sources: &Sources,
    curated: &Curated,
    units: &'a BTreeMap<String, String>,
) -> HashMap<String, &'a str> {
    let mut out = HashMap::new();
    let ours = units.iter().filter(|(code, _)| code.starts_with(country));
    for (code, name) in ours {
        let listed = sources.admin1.get(code).map(|u| &u.ascii);
        let kept = curated.admin1.iter().filter(|u| u.code == *code);
        let others = kept.flat_map(|u| &u.aliases);
        for other in std::iter::once(name).chain(listed).chain(others) {
            out.insert(name_key(other), name.as_str());
        }
    }
    out
}
