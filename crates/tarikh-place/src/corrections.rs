//! A user's own word on what names mean: a TOML file that wins over every gazetteer.
//!
//! ```toml
//! [[place]]
//! name = "Arbel"
//! country = "ML"
//! point = [14.51, -4.12]
//! admin1 = "Mopti"          # may be left out, as may admin2 and kind ("town")
//!
//! [[place]]
//! name = "Bessan"
//! geonameid = 2453348       # a place that the gazetteers know by another name
//!
//! [[place]]
//! name = "Corva"
//! never = true              # no place at all
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::Gazetteer;
use crate::normalise::name_key;
use crate::pack::Row;

/// Why a corrections file cannot be used. Its `Display` names file and line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionsError {
    /// The file cannot be read.
    #[error("reading corrections {}", path.display())]
    Read {
        /// File.
        path: PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{}:{line}: {problem}", path.display())]
    Line {
        /// File.
        path: PathBuf,
        /// One-based line.
        line: usize,
        /// What was expected and found.
        problem: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    place: Vec<Spanned<Correction>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    point: Option<[f64; 2]>,
    #[serde(default)]
    admin1: String,
    #[serde(default)]
    admin2: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    geonameid: Option<u32>,
    #[serde(default)]
    never: bool,
}

/// What a file says: places to add, and keys of names that are none.
pub(crate) struct Corrections {
    pub(crate) rows: Vec<Row>,
    pub(crate) never: Vec<String>,
}

/// Reads a file against the gazetteer that it corrects.
pub(crate) fn read(path: &Path, gazetteer: &Gazetteer) -> Result<Corrections, CorrectionsError> {
    let text = std::fs::read_to_string(path).map_err(|source| CorrectionsError::Read {
        path: path.to_owned(),
        source,
    })?;
    let at = |offset: usize, problem: String| CorrectionsError::Line {
        path: path.to_owned(),
        line: 1 + text.as_bytes()[..offset.min(text.len())]
            .iter()
            .filter(|&&b| b == b'\n')
            .count(),
        problem,
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |s| s.start);
        at(start, error.message().to_owned())
    })?;
    let mut out = Corrections {
        rows: Vec::new(),
        never: Vec::new(),
    };
    for spanned in file.place {
        let start = spanned.span().start;
        let correction = spanned.into_inner();
        if name_key(&correction.name).is_empty() {
            return Err(at(start, "the name has no letter".to_owned()));
        }
        if correction.never {
            out.never.push(name_key(&correction.name));
            continue;
        }
        out.rows
            .push(row(correction, gazetteer).map_err(|problem| at(start, problem))?);
    }
    out.never.sort();
    Ok(out)
}

fn row(correction: Correction, gazetteer: &Gazetteer) -> Result<Row, String> {
    if let Some(id) = correction.geonameid {
        return known(correction, id, gazetteer);
    }
    let name = &correction.name;
    let Some([lat, lon]) = correction.point else {
        return Err(format!(
            "{name}: expected point = [latitude, longitude], geonameid or never = true"
        ));
    };
    if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
        return Err(format!(
            "{name}: no such point: latitude {lat}, longitude {lon}"
        ));
    }
    let country = correction
        .country
        .map(|c| c.to_ascii_uppercase())
        .unwrap_or_default();
    if !country.is_empty() && gazetteer.iso3(&country).is_none() {
        return Err(format!("{name}: no country has the code {country:?}"));
    }
    let class = match correction.kind.as_deref() {
        None | Some("city" | "town" | "village") => PlaceClass::City,
        Some("quarter") => PlaceClass::Quarter,
        Some("camp") => PlaceClass::Camp,
        Some("base" | "site") => PlaceClass::Site,
        Some(other) => {
            return Err(format!(
                "{name}: kind is village, town, city, quarter, camp, base or site, not {other:?}"
            ));
        }
    };
    Ok(Row {
        name: correction.name,
        alternates: correction.aliases,
        country,
        admin1: correction.admin1,
        admin2: correction.admin2,
        lat,
        lon,
        class: Some(class),
        seat: Some(Seat::None),
        ..Row::default()
    })
}

/// The row of a place that the gazetteers have, under the name given.
fn known(correction: Correction, id: u32, gazetteer: &Gazetteer) -> Result<Row, String> {
    let entry = gazetteer
        .ids()
        .map(|i| gazetteer.entry(i))
        .find(|e| e.geonameid == Some(id))
        .ok_or_else(|| format!("{}: no gazetteer has the id {id}", correction.name))?;
    let mut alternates = correction.aliases;
    alternates.push(correction.name);
    Ok(Row {
        name: entry.name.to_owned(),
        alternates,
        geonameid: id,
        country: entry.country.to_owned(),
        admin1: entry.admin1.unwrap_or_default().to_owned(),
        admin2: entry.admin2.unwrap_or_default().to_owned(),
        lat: entry.lat,
        lon: entry.lon,
        population: entry.population,
        class: Some(entry.class),
        seat: Some(entry.seat),
        timezone: entry.timezone.unwrap_or_default().to_owned(),
        ..Row::default()
    })
}
