//! Everything joined into the rows of one gazetteer.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail};
use tarikh_place::{CountryCode, PlaceClass, Row, Seat, name_key};

use super::curated::{Area, Curated, Place};
use super::names;
use super::recoded;
use super::sources::{City, Sources, cell};
use super::units;

/// Where every hamlet is listed, a smaller place goes by its own name only.
const WELL_KNOWN: u32 = 8_000;
/// A curated place within this distance of a listed place of the same name is that place.
const SAME_PLACE_KM: f64 = 15.0;

pub(crate) fn assemble(
    sources: &Sources,
    curated: &Curated,
) -> Result<(Vec<Row>, Vec<CountryCode>)> {
    let units = unit_names(sources, curated);
    let recoded = recoded::units_of_places(sources, curated, &units);
    let mut rows: Vec<Row> = sources
        .cities
        .iter()
        .map(|c| city(c, sources, curated, &units, &recoded))
        .collect();
    promote_capitals(&mut rows, curated)?;
    name_seats(&mut rows);
    let n_cities = rows.len();
    add_places(&mut rows, &curated.places, &units)?;
    let communes = units::missing(sources, curated, &rows);
    let admin2 = admin2_rows(&rows);
    let admin1 = admin1_rows(&rows[..n_cities], sources, curated, &units);
    rows.extend(admin2);
    rows.extend(communes);
    rows.extend(admin1);
    for area in &curated.areas {
        rows.push(area_row(area)?);
    }
    for country in &curated.countries {
        rows.push(Row {
            name: country.name.trim().to_owned(),
            alternates: country.aliases.clone(),
            geonameid: country.geonameid,
            country: country.code.clone(),
            lat: country.point[0],
            lon: country.point[1],
            population: country.population,
            class: Some(PlaceClass::Country),
            ..Row::default()
        });
        for demonym in &country.demonyms {
            rows.push(Row {
                name: demonym.clone(),
                country: country.code.clone(),
                population: country.population,
                class: Some(PlaceClass::Demonym),
                ..Row::default()
            });
        }
    }
    let codes = curated
        .countries
        .iter()
        .map(|c| (c.code.clone(), c.iso3.clone()))
        .collect();
    Ok((rows, codes))
}

/// English name of each first-order unit by its code ("ML.08" to "Timbuktu").
fn unit_names(sources: &Sources, curated: &Curated) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = sources
        .admin1
        .iter()
        .map(|(code, unit)| (code.clone(), unit.name.trim().to_owned()))
        .collect();
    for unit in &curated.admin1 {
        if let Some(name) = &unit.name {
            names.insert(unit.code.clone(), name.clone());
        }
    }
    names
}

fn city(
    c: &City,
    sources: &Sources,
    curated: &Curated,
    units: &BTreeMap<String, String>,
    recoded: &HashMap<u32, String>,
) -> Row {
    let (lat, lon) = cell(c.latitude, c.longitude);
    let admin2 = sources.admin2.get(&(c.countrycode.clone(), lat, lon));
    let feature = sources
        .features
        .get(&c.geonameid)
        .map_or("", String::as_str);
    let (class, seat) = match feature {
        "PPLX" => (PlaceClass::Quarter, Seat::None),
        // The curated country list knows the capitals; the feature codes are older.
        "PPLA" | "PPLC" => (PlaceClass::City, Seat::Admin1),
        "PPLA2" => (PlaceClass::City, Seat::Admin2),
        _ => (PlaceClass::City, Seat::None),
    };
    let mut alternates = names::kept_alternates(&c.name, &c.alternatenames);
    if c.population < WELL_KNOWN && curated.skipped_units.contains(&c.countrycode) {
        alternates.clear();
    }
    let admin1 = match curated.recoded.contains(&c.countrycode) {
        true => recoded.get(&c.geonameid),
        false => units.get(&format!("{}.{}", c.countrycode, c.admin1code)),
    }
    .cloned()
    .unwrap_or_default();
    // Of a province's towns only its seat is called after it as well.
    if seat != Seat::Admin1 && !feature.is_empty() {
        let unit = name_key(&admin1);
        alternates.retain(|n| name_key(n) != unit);
    }
    let mut all: Vec<&str> = alternates.iter().map(String::as_str).collect();
    all.push(&c.name);
    let mut derived = names::without_article(&c.countrycode, &all);
    derived.extend(names::respelt(&c.countrycode, &all));
    Row {
        derived,
        name: c.name.clone(),
        alternates,
        geonameid: c.geonameid,
        country: c.countrycode.clone(),
        admin1,
        admin2: admin2.cloned().unwrap_or_default(),
        lat: c.latitude,
        lon: c.longitude,
        population: c.population,
        class: Some(class),
        seat: Some(seat),
        timezone: c.timezone.clone(),
    }
}

pub(crate) fn bears(row: &Row, key: &str) -> bool {
    std::iter::once(&row.name)
        .chain(&row.alternates)
        .chain(&row.derived)
        .any(|n| name_key(n) == key)
}

/// A seat that bears the English name of its unit goes by it: "Basra", not "Basrah".
fn name_seats(rows: &mut [Row]) {
    for row in rows {
        let is_seat = row.seat == Some(Seat::Admin1);
        if is_seat && row.admin1 != row.name && bears(row, &name_key(&row.admin1)) {
            let listed = std::mem::replace(&mut row.name, row.admin1.clone());
            row.alternates.push(listed);
        }
    }
}

fn promote_capitals(rows: &mut [Row], curated: &Curated) -> Result<()> {
    let mut by_country: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, row) in rows.iter().enumerate() {
        by_country.entry(&row.country).or_default().push(i);
    }
    let mut capitals = Vec::new();
    for country in curated.countries.iter().filter(|c| !c.capital.is_empty()) {
        let key = name_key(&country.capital);
        let place = by_country
            .get(country.code.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(|&i| bears(&rows[i], &key))
            .max_by_key(|&i| rows[i].population);
        match place {
            Some(i) => capitals.push((i, country.capital.clone())),
            // Jerusalem's row is Israel's whoever claims it; islets have no place of 500.
            None => eprintln!(
                "no place for the capital of {}: {}",
                country.name, country.capital
            ),
        }
    }
    for (i, name) in capitals {
        rows[i].seat = Some(Seat::Capital);
        if rows[i].name != name {
            let listed = std::mem::replace(&mut rows[i].name, name);
            rows[i].alternates.push(listed);
        }
    }
    Ok(())
}

fn add_places(
    rows: &mut Vec<Row>,
    places: &[Place],
    units: &BTreeMap<String, String>,
) -> Result<()> {
    let n_listed = rows.len();
    for place in places {
        let class = match place.kind.as_str() {
            "city" | "town" | "village" => PlaceClass::City,
            "quarter" => PlaceClass::Quarter,
            "camp" => PlaceClass::Camp,
            "base" | "site" => PlaceClass::Site,
            "district" => PlaceClass::Admin2,
            other => bail!("places.toml: {} has unknown kind {other:?}", place.name),
        };
        let mut names: Vec<&str> = place.aliases.iter().map(String::as_str).collect();
        names.push(&place.name);
        let keys: Vec<String> = names.iter().map(|n| name_key(n)).collect();
        let [lat, lon] = place.point;
        let listed = (0..n_listed).find(|&i| {
            rows[i].country == place.country
                && distance_km(rows[i].lat, rows[i].lon, lat, lon) < SAME_PLACE_KM
                && keys.iter().any(|k| bears(&rows[i], k))
        });
        let mut derived = names::without_article(&place.country, &names);
        derived.extend(names::respelt(&place.country, &names));
        if let Some(i) = listed
            && place.city.is_empty()
            && class != PlaceClass::Admin2
        {
            let row = &mut rows[i];
            // The hand-kept name is the one that English reports print.
            if row.name != place.name {
                let listed = std::mem::replace(&mut row.name, place.name.clone());
                row.alternates.push(listed);
            }
            let aliases = place.aliases.iter().filter(|n| **n != row.name);
            row.alternates.extend(aliases.cloned());
            row.derived.extend(derived);
            if class != PlaceClass::City {
                row.class = Some(class);
            }
            continue;
        }
        // Time zone and second-order unit are those of the nearest listed place.
        let nearest = (0..n_listed)
            .filter(|&i| rows[i].country == place.country)
            .min_by(|&a, &b| {
                let d = |i: usize| distance_km(rows[i].lat, rows[i].lon, lat, lon);
                d(a).total_cmp(&d(b))
            })
            .with_context(|| format!("places.toml: no place of {:?}", place.country))?;
        let code = format!("{}.{}", place.country, place.admin1);
        let admin1 = match units.get(&code) {
            Some(name) => name.clone(),
            None if place.admin1.is_empty() => rows[nearest].admin1.clone(),
            None => bail!("places.toml: {} has unknown admin1 {code:?}", place.name),
        };
        rows.push(Row {
            name: place.name.clone(),
            alternates: place.aliases.clone(),
            derived,
            country: place.country.clone(),
            admin1,
            lat,
            lon,
            class: Some(class),
            timezone: rows[nearest].timezone.clone(),
            ..Row::default()
        });
    }
    Ok(())
}

/// Second-order units exist only as names of places' units: their point is the mean of these.
fn admin2_rows(rows: &[Row]) -> Vec<Row> {
    let mut units: BTreeMap<(&str, &str, &str), Mean> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.admin2.is_empty()) {
        let unit = (
            row.country.as_str(),
            row.admin1.as_str(),
            row.admin2.as_str(),
        );
        units.entry(unit).or_default().add(row);
    }
    units
        .into_iter()
        .map(|((country, admin1, admin2), mean)| Row {
            name: admin2.to_owned(),
            derived: names::without_kind(&[admin2]),
            country: country.to_owned(),
            admin1: admin1.to_owned(),
            lat: mean.lat(),
            lon: mean.lon(),
            population: mean.population,
            class: Some(PlaceClass::Admin2),
            ..Row::default()
        })
        .collect()
}

fn admin1_rows(
    rows: &[Row],
    sources: &Sources,
    curated: &Curated,
    units: &BTreeMap<String, String>,
) -> Vec<Row> {
    let mut means: HashMap<(&str, &str), Mean> = HashMap::new();
    for row in rows {
        let unit = (row.country.as_str(), row.admin1.as_str());
        means.entry(unit).or_default().add(row);
    }
    let points: HashMap<&str, _> = curated
        .admin1
        .iter()
        .map(|u| (u.code.as_str(), u))
        .collect();
    let centres: HashMap<&str, [f64; 2]> = curated
        .countries
        .iter()
        .map(|c| (c.code.as_str(), c.point))
        .collect();
    let mut out = Vec::new();
    for (code, unit) in &sources.admin1 {
        let Some((country, _)) = code.split_once('.') else {
            continue;
        };
        let (Some(name), Some(&centre)) = (units.get(code), centres.get(country)) else {
            continue;
        };
        let mean = means.get(&(country, name.as_str()));
        let kept = points.get(code.as_str());
        let [lat, lon] = kept
            .and_then(|k| k.point)
            .or_else(|| mean.map(|m| [m.lat(), m.lon()]))
            .unwrap_or(centre);
        let mut alternates: Vec<String> = kept.map_or_else(Vec::new, |k| k.aliases.clone());
        alternates.extend([unit.name.clone(), unit.ascii.clone()]);
        alternates.retain(|n| n != name);
        let mut names: Vec<&str> = alternates.iter().map(String::as_str).collect();
        names.push(name);
        let mut derived = names::without_kind(&names);
        derived.extend(names::without_article(country, &names));
        // Postal abbreviations of the United States ("Springfield, IL").
        if let Some(postal) = code.strip_prefix("US.") {
            derived.push(postal.to_owned());
        }
        out.push(Row {
            name: name.clone(),
            derived,
            alternates,
            geonameid: unit.geonameid,
            country: country.to_owned(),
            admin1: name.clone(),
            lat,
            lon,
            population: mean.map_or(0, |m| m.population),
            class: Some(PlaceClass::Admin1),
            ..Row::default()
        });
    }
    out
}

fn area_row(area: &Area) -> Result<Row> {
    let class = match area.kind.as_str() {
        "sea" | "ocean" | "gulf" | "strait" | "bay" | "lake" | "river" | "canal" => {
            PlaceClass::Water
        }
        "continent" => PlaceClass::Continent,
        "region" | "territory" | "desert" | "mountains" | "forest" | "park" | "valley"
        | "island" | "islands" | "border" | "pass" => PlaceClass::Area,
        other => bail!("areas.toml: {} has unknown kind {other:?}", area.name),
    };
    // A stretch of several countries lies in none of them alone.
    let country = match area.countries.as_slice() {
        [one] => one.clone(),
        _ => String::new(),
    };
    Ok(Row {
        name: area.name.clone(),
        alternates: area.aliases.clone(),
        country,
        lat: area.point[0],
        lon: area.point[1],
        population: area.radius_km,
        class: Some(class),
        ..Row::default()
    })
}

/// Mean point of places.
#[derive(Default)]
struct Mean {
    n: f64,
    lat: f64,
    /// Longitudes are summed as unit vectors: a unit may lie across the 180th meridian.
    x: f64,
    y: f64,
    population: u32,
}

impl Mean {
    fn add(&mut self, row: &Row) {
        self.n += 1.0;
        self.lat += row.lat;
        self.x += row.lon.to_radians().cos();
        self.y += row.lon.to_radians().sin();
        self.population = self.population.saturating_add(row.population);
    }

    fn lat(&self) -> f64 {
        self.lat / self.n
    }

    fn lon(&self) -> f64 {
        self.y.atan2(self.x).to_degrees()
    }
}

pub(crate) fn distance_km(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
    let dx = (lon1 - lon2) * lat1.to_radians().cos();
    (lat1 - lat2).hypot(dx) * 111.2
}
