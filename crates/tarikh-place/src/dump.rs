//! A user's own GeoNames dump, compiled in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::{EntryId, Gazetteer, country_codes};
use crate::pack::{Row, pack};

/// Columns of a GeoNames dump.
const COLUMNS: usize = 19;
/// Longest list of broken lines that a report keeps; the number counts on.
const MAX_BROKEN: usize = 100;

/// What became of a dump.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DumpReport {
    /// Places loaded.
    pub loaded: usize,
    /// Lines of kinds that no report names as a place (roads, single wells).
    pub passed_over: usize,
    /// Lines that could not be read.
    pub n_broken: usize,
    /// The first hundred of them.
    pub broken: Vec<BrokenLine>,
}

/// A line that could not be read. Its `Display` names file, line and reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {reason}", path.display())]
pub struct BrokenLine {
    /// File.
    pub path: PathBuf,
    /// One-based line.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Why a gazetteer file could not be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// The file cannot be read.
    #[error("reading gazetteer {}", path.display())]
    Read {
        /// File.
        path: PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// No line of the file is a place.
    #[error("{} holds no place; expected a GeoNames dump: 19 columns separated by tabs, no heading", path.display())]
    Empty {
        /// File.
        path: PathBuf,
        /// The first broken line, if there is one.
        first: Option<BrokenLine>,
    },
    /// A packed file is cut short, changed, or of another version.
    #[error("gazetteer {} is damaged or of another version; build it again", path.display())]
    Damaged {
        /// File.
        path: PathBuf,
    },
    /// More places, units or files than can be numbered.
    #[error("too many places in the gazetteer files")]
    TooMany,
}

/// The whole of a gazetteer file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, GazetteerError> {
    std::fs::read(path).map_err(|source| GazetteerError::Read {
        path: path.to_owned(),
        source,
    })
}

/// Reads dumps and packs them into one file.
pub(crate) fn compile(
    paths: &[&Path],
    base: &Gazetteer,
) -> Result<(Vec<u8>, Vec<DumpReport>), GazetteerError> {
    let mut reports = Vec::new();
    let mut features = Vec::new();
    for path in paths {
        let (read, report) = read_file(path)?;
        features.extend(read);
        reports.push(report);
    }
    let rows = complete(features, base);
    let bytes = pack(rows, &country_codes(base)).map_err(|_| GazetteerError::TooMany)?;
    Ok((bytes, reports))
}

fn read_file(path: &Path) -> Result<(Vec<Feature>, DumpReport), GazetteerError> {
    let bytes = bytes(path)?;
    let mut report = DumpReport::default();
    let mut features = Vec::new();
    for (i, line) in bytes.split(|&b| b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        match read_line(line) {
            Ok(Some(feature)) => features.push(feature),
            Ok(None) => report.passed_over += 1,
            Err(reason) => {
                report.n_broken += 1;
                if report.broken.len() < MAX_BROKEN {
                    report.broken.push(BrokenLine {
                        path: path.to_owned(),
                        line: i + 1,
                        reason,
                    });
                }
            }
        }
    }
    if features.is_empty() {
        return Err(GazetteerError::Empty {
            path: path.to_owned(),
            first: report.broken.into_iter().next(),
        });
    }
    report.loaded = features.len();
    Ok((features, report))
}

/// One line of use.
struct Feature {
    row: Row,
    admin1_code: String,
    admin2_code: String,
}

fn read_line(line: &[u8]) -> Result<Option<Feature>, String> {
    let line = std::str::from_utf8(line).map_err(|_| "not UTF-8".to_owned())?;
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() != COLUMNS {
        return Err(format!(
            "expected {COLUMNS} columns separated by tabs, found {}",
            columns.len()
        ));
    }
    let number = |i: usize, what: &str| {
        columns[i]
            .parse::<f64>()
            .ok()
            .filter(|x| x.is_finite())
            .ok_or_else(|| format!("{what} is no number: {:?}", shorten(columns[i])))
    };
    let geonameid: u32 = columns[0]
        .parse()
        .map_err(|_| format!("geonameid is no number: {:?}", shorten(columns[0])))?;
    let (lat, lon) = (number(4, "latitude")?, number(5, "longitude")?);
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        return Err(format!("no such point: latitude {lat}, longitude {lon}"));
    }
    if columns[1].trim().is_empty() {
        return Err("the name is empty".to_owned());
    }
    let population = match columns[14] {
        "" => 0.0,
        _ => number(14, "population")?,
    };
    let Some((class, seat)) = kind(columns[6], columns[7]) else {
        return Ok(None);
    };
    let mut alternates: Vec<String> = columns[3]
        .split(',')
        .chain([columns[2]])
        .map(str::trim)
        .filter(|n| is_latin_name(n))
        .map(str::to_owned)
        .collect();
    alternates.sort();
    alternates.dedup();
    Ok(Some(Feature {
        row: Row {
            name: columns[1].trim().to_owned(),
            alternates,
            geonameid,
            country: columns[8].to_owned(),
            lat,
            lon,
            population: population.clamp(0.0, f64::from(u32::MAX)) as u32,
            class: Some(class),
            seat: Some(seat),
            timezone: columns[17].to_owned(),
            ..Row::default()
        },
        admin1_code: columns[10].to_owned(),
        admin2_code: columns[11].to_owned(),
    }))
}

fn shorten(s: &str) -> String {
    s.chars().take(40).collect()
}

/// What a GeoNames feature class and code stand for; `None` for kinds that are left out: roads,
/// single wells, hills and the like would only crowd the names.
fn kind(class: &str, code: &str) -> Option<(PlaceClass, Seat)> {
    let place = match (class, code) {
        ("P", "PPLX") => PlaceClass::Quarter,
        ("P", "PPLC") => return Some((PlaceClass::City, Seat::Capital)),
        ("P", "PPLA") => return Some((PlaceClass::City, Seat::Admin1)),
        ("P", "PPLA2") => return Some((PlaceClass::City, Seat::Admin2)),
        ("P", _) => PlaceClass::City,
        ("A", "ADM1") => PlaceClass::Admin1,
        ("A", "ADM2" | "ADM3") => PlaceClass::Admin2,
        ("H", "LK" | "LKI" | "LKS" | "SEA" | "GULF" | "STRT" | "BAY" | "STM" | "STMI" | "LGN") => {
            PlaceClass::Water
        }
        ("L", _)
        | ("V", "FRST")
        | ("T", "MTS" | "MT" | "DSRT" | "ISL" | "ISLS" | "VAL" | "PLAT" | "PLN") => {
            PlaceClass::Area
        }
        ("S", "CMP" | "CMPRF" | "CMPLA") => PlaceClass::Camp,
        (
            "S",
            "AIRP" | "AIRB" | "AIRF" | "INSM" | "MN" | "MNAU" | "SQR" | "PRN" | "UNIV" | "HSP"
            | "DAM" | "BDG",
        ) => PlaceClass::Site,
        _ => return None,
    };
    Some((place, Seat::None))
}

/// Whether a name is one that an English report could use: Latin letters, a capital first, not an
/// airport code.
#[must_use]
pub fn is_latin_name(name: &str) -> bool {
    let mut letters = 0;
    let mut small = false;
    for c in name.chars() {
        match c {
            _ if c.is_alphabetic() => {
                // Latin blocks end with Latin Extended-B; Extended Additional holds Vietnamese.
                if c as u32 > 0x24f && !(0x1e00..=0x1eff).contains(&(c as u32)) {
                    return false;
                }
                letters += 1;
                small |= c.is_lowercase();
            }
            ' ' | '-' | '\'' | '.' | '`' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{02bb}' => {}
            _ => return false,
        }
    }
    letters >= 2 && small && name.len() <= 48 && name.chars().next().is_some_and(char::is_uppercase)
}

/// Gives each place the names of its units, and what the embedded gazetteer knows and a dump lacks.
fn complete(features: Vec<Feature>, base: &Gazetteer) -> Vec<Row> {
    let known: FxHashMap<u32, EntryId> = base
        .ids()
        .filter_map(|id| Some((base.entry(id).geonameid?, id)))
        .collect();
    // A unit's English name is the one that most places of that code have in the base.
    let mut votes: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    let mut own: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut districts: BTreeMap<(String, String, String), String> = BTreeMap::new();
    for f in &features {
        let key = (f.row.country.clone(), f.admin1_code.clone());
        match f.row.class {
            Some(PlaceClass::Admin1) => {
                own.insert(key, f.row.name.clone());
            }
            Some(PlaceClass::Admin2) if !f.admin2_code.is_empty() => {
                let key = (key.0, key.1, f.admin2_code.clone());
                districts.entry(key).or_insert_with(|| f.row.name.clone());
            }
            _ => {
                if let Some(name) = known
                    .get(&f.row.geonameid)
                    .and_then(|&id| base.entry(id).admin1)
                {
                    *votes
                        .entry(key)
                        .or_default()
                        .entry(name.to_owned())
                        .or_default() += 1;
                }
            }
        }
    }
    for (key, names) in votes {
        if let Some((name, _)) = names.into_iter().max_by_key(|(_, n)| *n) {
            own.insert(key, name);
        }
    }
    features
        .into_iter()
        .map(|f| {
            let mut row = f.row;
            let unit = (row.country.clone(), f.admin1_code);
            if let Some(name) = own.get(&unit) {
                row.admin1.clone_from(name);
            }
            if let Some(name) = districts.get(&(unit.0, unit.1, f.admin2_code)) {
                row.admin2.clone_from(name);
            }
            if let Some(&id) = known.get(&row.geonameid) {
                let entry = base.entry(id);
                row.population = row.population.max(entry.population);
                if entry.name != row.name {
                    row.alternates.push(entry.name.to_owned());
                }
            }
            row
        })
        .collect()
}
