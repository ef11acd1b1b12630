//! The hand-kept files under `data/places`.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) code: String,
    pub(crate) iso3: String,
    pub(crate) name: String,
    pub(crate) capital: String,
    pub(crate) geonameid: u32,
    pub(crate) population: u32,
    pub(crate) point: [f64; 2],
    pub(crate) aliases: Vec<String>,
    pub(crate) demonyms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Admin1 {
    pub(crate) code: String,
    pub(crate) name: Option<String>,
    pub(crate) point: Option<[f64; 2]>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Area {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) countries: Vec<String>,
    pub(crate) point: [f64; 2],
    pub(crate) radius_km: u32,
    pub(crate) aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) country: String,
    #[serde(default)]
    pub(crate) admin1: String,
    pub(crate) point: [f64; 2],
    pub(crate) kind: String,
    /// The town that a quarter or site belongs to: for the reader; its admin units are the row's.
    #[serde(default)]
    pub(crate) city: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// Where the row comes from; every row has one.
    pub(crate) source: String,
}

pub(crate) struct Curated {
    pub(crate) countries: Vec<Country>,
    pub(crate) admin1: Vec<Admin1>,
    pub(crate) areas: Vec<Area>,
    pub(crate) places: Vec<Place>,
    /// Countries whose communes are not taken over: their places are all listed.
    pub(crate) skipped_units: Vec<String>,
}

pub(crate) fn read(dir: &Path) -> Result<Curated> {
    #[derive(Deserialize)]
    struct Countries {
        country: Vec<Country>,
    }
    #[derive(Deserialize)]
    struct Admin1s {
        admin1: Vec<Admin1>,
    }
    #[derive(Deserialize)]
    struct Areas {
        areas: Vec<Area>,
    }
    #[derive(Deserialize)]
    struct Places {
        places: Vec<Place>,
    }
    #[derive(Deserialize)]
    struct Units {
        skip: Vec<String>,
    }
    let curated = Curated {
        skipped_units: file::<Units>(dir, "units.toml")?.skip,
        countries: file::<Countries>(dir, "countries.toml")?.country,
        admin1: file::<Admin1s>(dir, "admin1.toml")?.admin1,
        areas: file::<Areas>(dir, "areas.toml")?.areas,
        places: file::<Places>(dir, "places.toml")?.places,
    };
    for place in &curated.places {
        anyhow::ensure!(
            !place.source.is_empty(),
            "places.toml: {} has no source",
            place.name
        );
    }
    Ok(curated)
}

fn file<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<T> {
    let path = dir.join(name);
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use tarikh_place::name_key;

    use super::*;
    use crate::gazetteer::world::distance_km;

    /// Two rows of one name this close are one place.
    const SAME_PLACE_KM: f64 = 40.0;

    #[test]
    fn every_hand_kept_place_is_told_once_and_lies_on_the_globe() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/places");
        let curated = read(&dir).expect("the files are well formed");
        let mut seen: HashMap<(String, String), Vec<[f64; 2]>> = HashMap::new();
        for place in &curated.places {
            let [lat, lon] = place.point;
            assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{}", place.name);
            let points = seen
                .entry((place.country.clone(), name_key(&place.name)))
                .or_default();
            let twice = points
                .iter()
                .any(|p| distance_km(p[0], p[1], lat, lon) < SAME_PLACE_KM);
            assert!(!twice, "{} stands there twice", place.name);
            points.push(place.point);
        }
    }
}
