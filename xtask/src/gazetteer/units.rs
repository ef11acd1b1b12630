//! Districts and communes of geoBoundaries, for the places of their name that the list of towns lacks.
//!
//! Source: Runfola et al. 2020, "geoBoundaries: A global database of political administrative
//! boundaries", PLoS ONE 15(4); CC BY 4.0. A commune bears the name of its seat, and its middle is
//! mostly within 20 km of it: better than nothing where no census reached GeoNames.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use tarikh_place::{PlaceClass, Row, is_latin_name, name_key};

use super::curated::Curated;
use super::names;
use super::sources::{Sources, csv_columns};
use super::world::{bears, distance_km};

/// A listed place of the same name within this distance is the unit's seat.
const SAME_PLACE_KM: f64 = 60.0;
/// A unit whose neighbours' middles are farther than this is an area; a smaller one stands for its seat.
const SEAT_KM: f64 = 45.0;

/// A unit of the second or third order.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// English name of the country.
    pub(crate) country: String,
    /// Part of the id that the units of one file of geoBoundaries share.
    pub(crate) file: String,
}

/// Reads `name,shape_id,lon,lat,country,region`.
///
/// The package found the country of each unit by its middle, wrongly along some borders. The part of
/// the id before the "B" is that of the country's file: its commonest country is the right one, of two
/// as common that whose units are not in other files.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Unit>> {
    let text = std::str::from_utf8(bytes).context("geo-boundaries.csv")?;
    let mut files: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut units = Vec::new();
    for line in text.lines().skip(1) {
        let columns = csv_columns(line);
        let [name, id, lon, lat, country, _] = columns.as_slice() else {
            continue;
        };
        let file = id.split('B').next().unwrap_or_default().to_owned();
        let counts = files.entry(file.clone()).or_default();
        *counts.entry(country.trim().to_owned()).or_default() += 1;
        units.push((name.clone(), lat.parse()?, lon.parse()?, file));
    }
    let country_of: BTreeMap<&str, &str> = files
        .iter()
        .filter_map(|(file, counts)| {
            let elsewhere = |country: &str| -> usize {
                let all = files.values().filter_map(|c| c.get(country));
                all.sum()
            };
            let (country, _) = counts
                .iter()
                .max_by_key(|(country, n)| (**n, std::cmp::Reverse(elsewhere(country))))?;
            Some((file.as_str(), country.as_str()))
        })
        .collect();
    Ok(units
        .into_iter()
        .filter_map(|(name, lat, lon, file)| {
            let country = (*country_of.get(file.as_str())?).to_owned();
            let name = printed(&name);
            Some(Unit {
                name,
                lat,
                lon,
                country,
                file,
            })
        })
        .collect())
}

/// The name as a report prints it: UTF-8 that was read as Latin-1 mended, capitals lowered.
fn printed(name: &str) -> String {
    let bytes: Option<Vec<u8>> = name
        .chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    let mended = bytes.and_then(|b| String::from_utf8(b).ok());
    let name = mended.unwrap_or_else(|| name.to_owned());
    if name.chars().any(char::is_lowercase) {
        return name.trim().to_owned();
    }
    let mut out = String::new();
    let mut at_start = true;
    for c in name.trim().chars() {
        match at_start {
            true => out.push(c),
            false => out.extend(c.to_lowercase()),
        }
        at_start = !c.is_alphabetic() && c != '\'';
    }
    out
}

/// Rows for the units whose name no listed place near them bears.
pub(crate) fn missing(sources: &Sources, curated: &Curated, listed: &[Row]) -> Vec<Row> {
    let mut codes: HashMap<String, &str> = HashMap::new();
    for country in &curated.countries {
        for name in std::iter::once(&country.name).chain(&country.aliases) {
            codes.insert(name_key(name), &country.code);
        }
    }
    let mut by_country: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    for unit in &sources.units {
        if curated.mismatched_files.contains(&unit.file) {
            continue;
        }
        let told = curated.country_of_file.get(&unit.file).map(String::as_str);
        match told.or_else(|| codes.get(&name_key(&unit.country)).copied()) {
            Some(code) => by_country.entry(code).or_default().push(unit),
            // Territories that the country list knows by another name have their places listed.
            None => continue,
        }
    }
    let mut rows = Vec::new();
    for (code, units) in by_country {
        if curated.skipped_units.iter().any(|c| c == code) {
            continue;
        }
        let places: Vec<&Row> = listed.iter().filter(|r| r.country == code).collect();
        for unit in &units {
            let key = name_key(&unit.name);
            let is_name = is_latin_name(&unit.name) && key.len() >= 3 && !key.is_empty();
            let near = |r: &&&Row| distance_km(r.lat, r.lon, unit.lat, unit.lon) < SAME_PLACE_KM;
            let known = places
                .iter()
                .filter(near)
                .any(|r| bears(r, &key) || r.admin2 == unit.name);
            let nearest = places.iter().min_by(|a, b| {
                let d = |r: &Row| distance_km(r.lat, r.lon, unit.lat, unit.lon);
                d(a).total_cmp(&d(b))
            });
            if let (true, false, Some(nearest)) = (is_name, known, nearest) {
                rows.push(row(unit, code, reach_km(unit, &units), nearest));
            }
        }
    }
    rows
}

fn row(unit: &Unit, code: &str, reach_km: f64, nearest: &Row) -> Row {
    let mut derived = names::without_kind(&[&unit.name]);
    derived.extend(names::without_article(code, &[&unit.name]));
    derived.extend(names::respelt(code, &[&unit.name]));
    let class = match reach_km <= SEAT_KM {
        true => PlaceClass::City,
        false => PlaceClass::Admin2,
    };
    Row {
        name: unit.name.clone(),
        derived,
        country: code.to_owned(),
        admin1: nearest.admin1.clone(),
        lat: unit.lat,
        lon: unit.lon,
        class: Some(class),
        timezone: nearest.timezone.clone(),
        ..Row::default()
    }
}

/// Mean distance of the middles of the three nearest neighbours, in kilometres.
fn reach_km(unit: &Unit, units: &[&Unit]) -> f64 {
    let mut distances: Vec<f64> = units
        .iter()
        .map(|u| distance_km(u.lat, u.lon, unit.lat, unit.lon))
        .filter(|d| *d > 0.0)
        .collect();
    distances.sort_by(f64::total_cmp);
    let near = &distances[..distances.len().min(3)];
    near.iter().sum::<f64>() / near.len().max(1) as f64
}
