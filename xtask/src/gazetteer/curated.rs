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
