//! The hand-kept files under `data/places`.

use std::collections::BTreeMap;
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
    /// Files of communes whose names and middles do not belong together.
    pub(crate) mismatched_files: Vec<String>,
    /// Country of the files that the package gives to another one.
    pub(crate) country_of_file: BTreeMap<String, String>,
    /// Countries whose places bear codes of a later edition than the list of first-order units.
    pub(crate) recoded: Vec<String>,
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
    #[serde(deny_unknown_fields)]
    struct Units {
        skip: Vec<String>,
        mismatched: Vec<String>,
        recoded: Vec<String>,
        country_of: BTreeMap<String, String>,
    }
    let units = file::<Units>(dir, "units.toml")?;
    Ok(Curated {
        skipped_units: units.skip,
        mismatched_files: units.mismatched,
        country_of_file: units.country_of,
        recoded: units.recoded,
        countries: file::<Countries>(dir, "countries.toml")?.country,
        admin1: file::<Admin1s>(dir, "admin1.toml")?.admin1,
        areas: file::<Areas>(dir, "areas.toml")?.areas,
        places: places(dir)?,
    })
}

/// The rows of `places.toml`, then those of `places-*.toml` in the order of their names.
fn places(dir: &Path) -> Result<Vec<Place>> {
    #[derive(Deserialize)]
    struct Places {
        places: Vec<Place>,
    }
    let mut names = vec!["places.toml".to_owned()];
    for entry in std::fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("places-") && name.ends_with(".toml") {
            names.push(name);
        }
    }
    names[1..].sort();
    let mut out = Vec::new();
    for name in names {
        for place in file::<Places>(dir, &name)?.places {
            let has_source = !place.source.is_empty();
            anyhow::ensure!(has_source, "{name}: {} has no source", place.name);
            out.push(place);
        }
    }
    Ok(out)
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
