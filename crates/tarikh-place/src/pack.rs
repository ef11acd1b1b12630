//! The packed form of a gazetteer, and the one place that writes it.
//!
//! ```text
//! "TGAZ0003"                      8 bytes
//! 9 x (offset u32, length u32)    sections, in the order of `Section`
//! sections
//! ```
//! All numbers are little-endian. Places are rows of [`ROW`] bytes ordered by the key of their name,
//! so that the values of the name map grow with its keys and compress; a place is its row number.
//! The map (`fst`) leads from a key to one posting, or to a run of postings, best known place first.

use std::collections::BTreeMap;

use crate::class::{PlaceClass, Seat};
use crate::normalise::{MAX_KEY, name_key};

pub(crate) const MAGIC: &[u8; 8] = b"TGAZ0003";
pub(crate) const HEADER: usize = 8 + SECTIONS * 8;
pub(crate) const SECTIONS: usize = 9;
pub(crate) const ROW: usize = 22;
/// Longest list of places of one name.
const MAX_POSTINGS: usize = 255;

#[derive(Clone, Copy)]
pub(crate) enum Section {
    Rows,
    Names,
    Postings,
    Fst,
    Admin1Offsets,
    Admin2Offsets,
    Strings,
    Countries,
    Zones,
}

/// Bytes of one country: code 2, ISO 3166-1 alpha-3 3, first zone 2, number of zones 1, row of its
/// place plus one 4.
pub(crate) const COUNTRY_ROW: usize = 12;

/// How a name belongs to a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum NameKind {
    /// The place's own name.
    Primary,
    /// Another name or spelling.
    Alternate,
    /// Made from a name: without its article or its kind ("Hasakah", "Moscow" for "Moscow Oblast").
    Derived,
}

impl NameKind {
    pub(crate) fn from_u8(n: u32) -> Self {
        match n & 3 {
            0 => Self::Primary,
            1 => Self::Alternate,
            _ => Self::Derived,
        }
    }
}

/// One place to pack.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Name as records write it.
    pub name: String,
    /// Other names.
    pub alternates: Vec<String>,
    /// Names made from these, weaker still.
    pub derived: Vec<String>,
    /// GeoNames id, 0 for none.
    pub geonameid: u32,
    /// ISO 3166-1 alpha-2, empty at sea and across borders.
    pub country: String,
    /// English name of the first-order unit, empty for none.
    pub admin1: String,
    /// Name of the second-order unit, empty for none.
    pub admin2: String,
    /// WGS 84 latitude in degrees.
    pub lat: f64,
    /// WGS 84 longitude in degrees.
    pub lon: f64,
    /// Inhabitants; for areas, waters and continents the radius in kilometres.
    pub population: u32,
    /// Kind.
    pub class: Option<PlaceClass>,
    /// Rank.
    pub seat: Option<Seat>,
    /// IANA time zone, empty for none.
    pub timezone: String,
}

/// Codes of the countries: alpha-2 and alpha-3.
pub type CountryCode = (String, String);

/// Packs places into one buffer.
///
/// # Errors
/// If there are more places, units or names than the format counts (16 million, 65,535, 16 MB).
pub fn pack(mut rows: Vec<Row>, countries: &[CountryCode]) -> Result<Vec<u8>, PackError> {
    // The key orders the rows; the rest makes the order total.
    rows.sort_by_cached_key(|r| {
        (
            name_key(&r.name),
            std::cmp::Reverse(r.population),
            r.geonameid,
            r.country.clone(),
        )
    });
    let mut zones: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        let list = zones.entry(&row.country).or_default();
        if !row.timezone.is_empty() && !list.contains(&row.timezone.as_str()) {
            list.push(&row.timezone);
        }
    }
    let mut strings = Table::default();
    let mut admin1 = Table::default();
    let mut admin2 = Table::default();
    let mut country_bytes = Vec::new();
    let mut zone_bytes = Vec::new();
    let mut country_no: BTreeMap<&str, u8> = BTreeMap::new();
    for (i, (code, iso3)) in countries.iter().enumerate() {
        country_no.insert(
            code,
            u8::try_from(i + 1).map_err(|_| PackError("countries"))?,
        );
        let list = zones.get(code.as_str()).map_or(&[][..], Vec::as_slice);
        let first = zone_bytes.len() / 4;
        for zone in list {
            zone_bytes.extend(strings.add(zone).to_le_bytes());
        }
        let mut bytes = [0; COUNTRY_ROW];
        for (slot, b) in bytes
            .iter_mut()
            .zip(code.bytes().take(2).chain(iso3.bytes().take(3)))
        {
            *slot = b;
        }
        bytes[5..7].copy_from_slice(
            &u16::try_from(first)
                .map_err(|_| PackError("time zones"))?
                .to_le_bytes(),
        );
        bytes[7] = list.len().min(255) as u8;
        let is_it = |r: &Row| r.class == Some(PlaceClass::Country) && r.country == *code;
        let place = rows.iter().position(is_it).map_or(0, |at| at as u32 + 1);
        bytes[8..12].copy_from_slice(&place.to_le_bytes());
        country_bytes.extend(bytes);
    }

    let mut row_bytes = Vec::with_capacity(rows.len() * ROW);
    let mut names = Vec::new();
    for row in &rows {
        let class = row.class.unwrap_or(PlaceClass::City) as u8;
        let seat = row.seat.unwrap_or(Seat::None) as u8;
        let zone = zones
            .get(row.country.as_str())
            .and_then(|l| l.iter().position(|z| *z == row.timezone))
            .map_or(0, |i| i.min(254) + 1);
        row_bytes.extend(row.geonameid.to_le_bytes());
        row_bytes.extend(&degrees(row.lat, 90.0).to_le_bytes()[..3]);
        row_bytes.extend(&degrees(row.lon, 180.0).to_le_bytes()[..3]);
        row_bytes.extend(short(row.population).to_le_bytes());
        row_bytes.extend(&(names.len() as u32).to_le_bytes()[..3]);
        row_bytes.push(country_no.get(row.country.as_str()).copied().unwrap_or(0));
        row_bytes.extend(admin1.id(&mut strings, &row.admin1)?.to_le_bytes());
        row_bytes.extend(admin2.id(&mut strings, &row.admin2)?.to_le_bytes());
        row_bytes.push(zone as u8);
        row_bytes.push(class | seat << 4);
        names.extend(row.name.as_bytes());
    }
    if names.len() >= 1 << 24 || rows.len() >= 1 << 24 {
        return Err(PackError("places"));
    }
    let (postings, fst) = index(&rows)?;
    let sections: [&[u8]; SECTIONS] = [
        &row_bytes,
        &names,
        &postings,
        &fst,
        &admin1.offsets,
        &admin2.offsets,
        &strings.bytes,
        &country_bytes,
        &zone_bytes,
    ];
    let mut out = Vec::new();
    out.extend(MAGIC);
    let mut at = HEADER;
    for section in sections {
        out.extend((at as u32).to_le_bytes());
        out.extend((section.len() as u32).to_le_bytes());
        at += section.len();
    }
    for section in sections {
        out.extend(section);
    }
    Ok(out)
}

/// More of something than the format can count.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("too many {0} for one gazetteer file")]
pub struct PackError(pub(crate) &'static str);

/// A number in 16 bits: eleven of mantissa and five of exponent, exact up to 2,047 and good to half
/// a thousandth above.
fn short(n: u32) -> u16 {
    let exponent = (32 - n.leading_zeros()).saturating_sub(11);
    (n >> exponent) as u16 | (exponent as u16) << 11
}

pub(crate) fn from_short(n: u16) -> u32 {
    u32::from(n & 0x7ff) << (n >> 11)
}

/// Degrees as a signed number of 24 bits, in steps of 1/40,000 degree (about 3 m).
fn degrees(value: f64, limit: f64) -> i32 {
    (value.clamp(-limit, limit) * 40_000.0).round() as i32
}

pub(crate) fn to_degrees(bytes: [u8; 3]) -> f64 {
    // The sign bit of the third byte fills the fourth.
    let n = i32::from_le_bytes([0, bytes[0], bytes[1], bytes[2]]) >> 8;
    f64::from(n) / 40_000.0
}

/// Names to postings. One posting: `row << 8 | kind`. A value of the map is `posting << 1` for a
/// single place, else `position << 1 | 1`, where `position` counts postings and the first holds
/// the length of the run.
fn index(rows: &[Row]) -> Result<(Vec<u8>, Vec<u8>), PackError> {
    let mut keys: Vec<(String, u32, NameKind)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let own = std::iter::once((&row.name, NameKind::Primary));
        let alternates = row.alternates.iter().map(|n| (n, NameKind::Alternate));
        let derived = row.derived.iter().map(|n| (n, NameKind::Derived));
        for (name, kind) in own.chain(alternates).chain(derived) {
            let key = name_key(name);
            if !key.is_empty() && key.len() <= MAX_KEY {
                keys.push((key, i as u32, kind));
            }
        }
    }
    keys.sort();
    keys.dedup_by(|b, a| a.0 == b.0 && a.1 == b.1);
    let mut postings: Vec<u32> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    let mut at = 0;
    while at < keys.len() {
        let end = at + keys[at..].partition_point(|k| k.0 == keys[at].0);
        let group = &mut keys[at..end];
        // Own names before others, then the better known place.
        group.sort_by_key(|k| {
            let row = &rows[k.1 as usize];
            let rank = match row.class {
                Some(PlaceClass::Country | PlaceClass::Continent | PlaceClass::Demonym) => 0,
                Some(PlaceClass::Admin1) => 1,
                _ => 2,
            };
            (rank, k.2, std::cmp::Reverse(row.population), k.1)
        });
        let n = group.len().min(MAX_POSTINGS);
        let posting = |k: &(String, u32, NameKind)| k.1 << 8 | k.2 as u32;
        let value = if n == 1 {
            u64::from(posting(&group[0])) << 1
        } else {
            let position = postings.len() as u64;
            postings.push(n as u32);
            postings.extend(group[..n].iter().map(posting));
            position << 1 | 1
        };
        map.insert(&group[0].0, value)
            .map_err(|_| PackError("names"))?;
        at = end;
    }
    let bytes = postings.iter().flat_map(|p| p.to_le_bytes()).collect();
    Ok((bytes, map.into_inner().map_err(|_| PackError("names"))?))
}

/// Strings told apart by number; number 0 is "none".
#[derive(Default)]
struct Table {
    bytes: Vec<u8>,
    /// Offsets of the numbered strings, `u32` each.
    offsets: Vec<u8>,
    seen: BTreeMap<String, u32>,
}

impl Table {
    /// Stores a string (length in one byte, then the bytes) and returns where.
    fn add(&mut self, s: &str) -> u32 {
        if let Some(&at) = self.seen.get(s) {
            return at;
        }
        let mut end = s.len().min(255);
        while !s.is_char_boundary(end) {
            end -= 1;
        }
        let at = self.bytes.len() as u32;
        self.bytes.push(end as u8);
        self.bytes.extend(&s.as_bytes()[..end]);
        self.seen.insert(s.to_owned(), at);
        at
    }

    /// The number of a string that `strings` stores.
    fn id(&mut self, strings: &mut Self, s: &str) -> Result<u16, PackError> {
        if s.is_empty() {
            return Ok(0);
        }
        if let Some(&id) = self.seen.get(s) {
            return Ok(id as u16);
        }
        let id = self.seen.len() as u32 + 1;
        if id > u32::from(u16::MAX) {
            return Err(PackError("administrative units"));
        }
        self.seen.insert(s.to_owned(), id);
        self.offsets.extend(strings.add(s).to_le_bytes());
        Ok(id as u16)
    }
}
