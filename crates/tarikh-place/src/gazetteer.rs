//! The gazetteer: names to places, opened without parsing.

use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

use fst::raw::Fst;

use crate::class::{PlaceClass, Seat};
use crate::corrections::{self, CorrectionsError};
use crate::dump::{self, DumpReport, GazetteerError};
use crate::fuzzy;
use crate::normalise::push_key;
use crate::pack::{
    self, COUNTRY_ROW, HEADER, MAGIC, NameKind, ROW, SECTIONS, Section, from_short, to_degrees,
};
use crate::zones::Zones;

static WORLD: &[u8] = include_bytes!("../../../data/gazetteer/world.gaz");

/// Bits of an [`EntryId`] that number the place inside its layer.
const ROW_BITS: u32 = 24;

/// One place of a [`Gazetteer`]; only meaningful with the gazetteer that gave it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryId(pub(crate) u32);

/// One place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Entry<'a> {
    /// Name, in the form English reports use where the source knows it.
    pub name: &'a str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// ISO 3166-1 alpha-2; empty at sea and across borders.
    pub country: &'a str,
    /// English name of the first-order unit.
    pub admin1: Option<&'a str>,
    /// Name of the second-order unit.
    pub admin2: Option<&'a str>,
    /// WGS 84 latitude in degrees.
    pub lat: f64,
    /// WGS 84 longitude in degrees.
    pub lon: f64,
    /// Inhabitants, 0 if unknown.
    pub population: u32,
    /// About how far the place reaches from its point, in kilometres; areas and waters only.
    pub radius_km: Option<f64>,
    /// Kind.
    pub class: PlaceClass,
    /// Rank of a settlement.
    pub seat: Seat,
    /// IANA time zone.
    pub timezone: Option<&'a str>,
}

/// A place that bears a name, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Posting {
    pub(crate) id: EntryId,
    pub(crate) kind: NameKind,
}

/// A place and the key of its name that is near the one looked for.
#[derive(Clone, Debug)]
pub(crate) struct SimilarName {
    pub(crate) id: EntryId,
    pub(crate) key: String,
    pub(crate) edits: u8,
}

/// The embedded world and the dumps that a user adds.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    pub(crate) layers: Vec<Layer>,
    /// Number of the layer that holds a user's corrections.
    pub(crate) corrections: Option<usize>,
    /// Keys that name no place by a user's corrections, in order.
    never: Vec<String>,
    /// Found by one pass over the rows when first asked for.
    pub(crate) seats: OnceLock<Vec<EntryId>>,
    /// The same for the time zones of countries and units.
    pub(crate) zones: OnceLock<Zones>,
}

impl Gazetteer {
    /// Opens the embedded gazetteer. Reads a header; costs microseconds.
    #[must_use]
    pub fn embedded() -> Self {
        let world =
            Layer::open(Cow::Borrowed(WORLD)).expect("the embedded gazetteer is well formed");
        Self {
            layers: vec![world],
            corrections: None,
            never: Vec::new(),
            seats: OnceLock::new(),
            zones: OnceLock::new(),
        }
    }

    /// Adds a GeoNames dump (19 columns, tab-separated) or a file that [`Gazetteer::compile`] made.
    /// Broken lines are named in the report and left out; the rest counts. Where the file and what
    /// is there name one place, the file wins.
    ///
    /// # Errors
    /// If the file cannot be read, has no usable line, is damaged, or holds too many places.
    pub fn add_dump(&mut self, path: &Path) -> Result<DumpReport, GazetteerError> {
        let bytes = dump::bytes(path)?;
        let (layer, report) = if bytes.starts_with(MAGIC) {
            let layer = Layer::open(Cow::Owned(bytes)).filter(Layer::is_sound);
            let layer = layer.ok_or_else(|| GazetteerError::Damaged {
                path: path.to_owned(),
            })?;
            let report = DumpReport {
                loaded: layer.len(),
                ..DumpReport::default()
            };
            (layer, report)
        } else {
            let (bytes, mut reports) = dump::compile(&[path], self)?;
            let layer = Layer::open(Cow::Owned(bytes)).ok_or(GazetteerError::TooMany)?;
            (layer, reports.pop().unwrap_or_default())
        };
        self.push(layer)?;
        Ok(report)
    }

    fn push(&mut self, layer: Layer) -> Result<(), GazetteerError> {
        if self.layers.len() >= 1 << (32 - ROW_BITS) {
            return Err(GazetteerError::TooMany);
        }
        self.layers.push(layer);
        Ok(())
    }

    /// Compiles GeoNames dumps into one packed file, which opens without parsing; also returns what
    /// became of each dump.
    ///
    /// # Errors
    /// As [`Gazetteer::add_dump`].
    pub fn compile(&self, paths: &[&Path]) -> Result<(Vec<u8>, Vec<DumpReport>), GazetteerError> {
        dump::compile(paths, self)
    }

    /// Reads a user's corrections file; its names mean what it says, whatever else bears them. The
    /// form of the file is described in `docs/gazetteer.md`.
    ///
    /// # Errors
    /// If the file cannot be read or a line is wrong; file and line are named.
    pub fn add_corrections(&mut self, path: &Path) -> Result<usize, CorrectionsError> {
        let read = corrections::read(path, self)?;
        let n = read.rows.len() + read.never.len();
        let packed = pack::pack(read.rows, &country_codes(self)).ok();
        let layer = packed.and_then(|bytes| Layer::open(Cow::Owned(bytes)));
        if let Some(layer) = layer
            && self.push(layer).is_ok()
        {
            self.corrections = Some(self.layers.len() - 1);
        }
        self.never.extend(read.never);
        self.never.sort();
        Ok(n)
    }

    /// Whether a user's corrections give this place.
    #[must_use]
    pub fn is_corrected(&self, id: EntryId) -> bool {
        self.corrections == Some((id.0 >> ROW_BITS) as usize)
    }

    /// Whether a user's corrections take any name away.
    pub(crate) fn has_nevers(&self) -> bool {
        !self.never.is_empty()
    }

    /// Whether a user's corrections say that this key names no place.
    pub(crate) fn is_never(&self, key: &str) -> bool {
        !self.never.is_empty() && self.never.binary_search_by(|k| k.as_str().cmp(key)).is_ok()
    }

    /// The embedded gazetteer and one dump; see [`Gazetteer::add_dump`].
    ///
    /// # Errors
    /// As [`Gazetteer::add_dump`].
    pub fn with_dump(path: &Path) -> Result<(Self, DumpReport), GazetteerError> {
        let mut gazetteer = Self::embedded();
        let report = gazetteer.add_dump(path)?;
        Ok((gazetteer, report))
    }

    /// Places of this name, spelling folded (accents, case, hyphens, apostrophes): countries
    /// first, then by how the name belongs to the place and by population. Words for peoples
    /// ("Malian") are not places.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Vec<EntryId> {
        let mut key = String::new();
        push_key(&mut key, name);
        let mut found = Vec::new();
        self.postings(&key, &mut found);
        found
            .iter()
            .map(|p| p.id)
            .filter(|&id| self.class(id) != PlaceClass::Demonym)
            .collect()
    }

    /// Places whose names are within a few edits of `name`, each with the number of edits, nearest
    /// first. Names under five letters and far too long ones have none. Bounded in time: about a
    /// millisecond for a name that two edits may change.
    #[must_use]
    pub fn similar(&self, name: &str, max_edits: u8) -> Vec<(EntryId, u8)> {
        let mut key = String::new();
        push_key(&mut key, name);
        let mut found = self.similar_names(&key);
        found.retain(|n| n.edits <= max_edits);
        found.sort_by_key(|n| {
            let population = self.entry(n.id).population;
            (n.edits, std::cmp::Reverse(population), n.id)
        });
        let mut seen = Vec::new();
        found.retain(|n| {
            let is_new = !seen.contains(&n.id);
            seen.push(n.id);
            is_new
        });
        found.into_iter().map(|n| (n.id, n.edits)).collect()
    }

    /// Every name near a key with the places that bear it.
    pub(crate) fn similar_names(&self, key: &str) -> Vec<SimilarName> {
        let mut found = Vec::new();
        let mut near = Vec::new();
        let mut postings = Vec::new();
        for (i, layer) in self.layers.iter().enumerate().rev() {
            near.clear();
            fuzzy::search(&layer.fst, key, fuzzy::limit(key.len()), &mut near);
            for hit in &near {
                postings.clear();
                layer.expand(i as u32, hit.value, &mut postings);
                found.extend(postings.iter().map(|p| SimilarName {
                    id: p.id,
                    key: hit.key.clone(),
                    edits: hit.edits,
                }));
            }
        }
        found.retain(|n| self.class(n.id) != PlaceClass::Demonym);
        found
    }

    /// The rank of a settlement.
    pub(crate) fn seat(&self, id: EntryId) -> Seat {
        let (layer, row) = self.locate(id);
        Seat::from_u8(layer.row(row)[21] >> 4)
    }

    /// The places of the gazetteer that the program carries.
    pub(crate) fn embedded_ids(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.ids().take(self.layers.first().map_or(0, Layer::len))
    }

    /// Appends all postings of a key.
    pub(crate) fn postings(&self, key: &str, out: &mut Vec<Posting>) {
        for (i, layer) in self.layers.iter().enumerate().rev() {
            if let Some(value) = layer.fst.get(key) {
                layer.expand(i as u32, value.value(), out);
            }
        }
        self.drop_repeated(out, 0);
        self.keep_corrected(out, 0);
    }

    /// The place behind an id.
    ///
    /// # Panics
    /// If the id is not this gazetteer's.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let (layer, row) = self.locate(id);
        layer.entry(row)
    }

    pub(crate) fn class(&self, id: EntryId) -> PlaceClass {
        let (layer, row) = self.locate(id);
        PlaceClass::from_u8(layer.row(row)[21] & 15)
    }

    pub(crate) fn locate(&self, id: EntryId) -> (&Layer, u32) {
        (
            &self.layers[(id.0 >> ROW_BITS) as usize],
            id.0 & ((1 << ROW_BITS) - 1),
        )
    }

    /// The country of an ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn country(&self, iso2: &str) -> Option<Entry<'_>> {
        let world = self.layers.first()?;
        Some(world.entry(world.country_place(iso2)?))
    }

    /// ISO 3166-1 alpha-3 code of an alpha-2 code.
    #[must_use]
    pub fn iso3(&self, iso2: &str) -> Option<&str> {
        self.layers.first()?.iso3(iso2)
    }

    /// All places, layer by layer.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.layers
            .iter()
            .flat_map(|layer| (0..layer.len() as u32).map(|row| layer.entry(row)))
    }

    /// Number of places, dumps included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Every place of the embedded layer and the dumps.
    pub(crate) fn ids(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.layers.iter().enumerate().flat_map(|(i, layer)| {
            (0..layer.len() as u32).map(move |row| EntryId((i as u32) << ROW_BITS | row))
        })
    }
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::embedded()
    }
}

/// One packed file.
#[derive(Clone)]
pub(crate) struct Layer {
    bytes: Cow<'static, [u8]>,
    sections: [(u32, u32); SECTIONS],
    fst: Fst<Cow<'static, [u8]>>,
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Layer({} places)", self.len())
    }
}

impl Layer {
    /// Opens packed bytes; `None` if they are not of this format.
    fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let mut sections = [(0, 0); SECTIONS];
        for (i, section) in sections.iter_mut().enumerate() {
            let at = 8 + i * 8;
            *section = (u32_at(&bytes, at)?, u32_at(&bytes, at + 4)?);
            let end = section.0.checked_add(section.1)? as usize;
            if (section.0 as usize) < HEADER || end > bytes.len() {
                return None;
            }
        }
        let (start, len) = sections[Section::Fst as usize];
        let range = start as usize..(start + len) as usize;
        let fst = match &bytes {
            Cow::Borrowed(b) => Fst::new(Cow::Borrowed(&b[range])),
            Cow::Owned(b) => Fst::new(Cow::Owned(b[range].to_vec())),
        };
        Some(Self {
            fst: fst.ok()?,
            bytes,
            sections,
        })
    }

    /// Whether the name map is whole and every name leads to a place: for files from outside.
    fn is_sound(&self) -> bool {
        use fst::Streamer;
        let rows = self.section(Section::Rows);
        if !rows.len().is_multiple_of(ROW) || self.fst.verify().is_err() {
            return false;
        }
        let n = self.len() as u32;
        let mut names = self.fst.stream();
        let mut postings = Vec::new();
        while let Some((_, value)) = names.next() {
            postings.clear();
            self.expand(0, value.value(), &mut postings);
            if postings.iter().any(|p| p.id.0 >= n) {
                return false;
            }
        }
        true
    }

    pub(crate) fn fst(&self) -> &Fst<Cow<'static, [u8]>> {
        &self.fst
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, len) = self.sections[section as usize];
        &self.bytes[start as usize..(start + len) as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.sections[Section::Rows as usize].1 as usize / ROW
    }

    fn row(&self, row: u32) -> &[u8] {
        let at = row as usize * ROW;
        &self.section(Section::Rows)[at..at + ROW]
    }

    /// Appends the postings that a value of the map stands for.
    pub(crate) fn expand(&self, layer: u32, value: u64, out: &mut Vec<Posting>) {
        let mut push = |posting: u32| {
            out.push(Posting {
                id: EntryId(layer << ROW_BITS | posting >> 8),
                kind: NameKind::from_u8(posting),
            });
        };
        if value & 1 == 0 {
            push((value >> 1) as u32);
            return;
        }
        let postings = self.section(Section::Postings);
        let at = (value >> 1) as usize * 4;
        let n = u32_at(postings, at).unwrap_or(0) as usize;
        for i in 1..=n {
            if let Some(p) = u32_at(postings, at + i * 4) {
                push(p);
            }
        }
    }

    fn entry(&self, row: u32) -> Entry<'_> {
        let b = self.row(row);
        let class = PlaceClass::from_u8(b[21] & 15);
        let size = from_short(u16::from_le_bytes([b[10], b[11]]));
        let is_stretch = matches!(
            class,
            PlaceClass::Area | PlaceClass::Water | PlaceClass::Continent
        );
        let country_no = b[15];
        Entry {
            name: self.name(row),
            geonameid: match u32::from_le_bytes([b[0], b[1], b[2], b[3]]) {
                0 => None,
                id => Some(id),
            },
            country: self.country_code(country_no),
            admin1: self.unit(Section::Admin1Offsets, u16::from_le_bytes([b[16], b[17]])),
            admin2: self.unit(Section::Admin2Offsets, u16::from_le_bytes([b[18], b[19]])),
            lat: to_degrees([b[4], b[5], b[6]]),
            lon: to_degrees([b[7], b[8], b[9]]),
            population: if is_stretch { 0 } else { size },
            radius_km: is_stretch.then_some(f64::from(size)),
            class,
            seat: Seat::from_u8(b[21] >> 4),
            timezone: self.zone(country_no, b[20]),
        }
    }

    fn name(&self, row: u32) -> &str {
        let names = self.section(Section::Names);
        let offset = |row: u32| {
            let b = self.row(row);
            u32::from_le_bytes([b[12], b[13], b[14], 0]) as usize
        };
        let end = if row as usize + 1 < self.len() {
            offset(row + 1)
        } else {
            names.len()
        };
        names
            .get(offset(row)..end)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or_default()
    }

    fn string(&self, at: u32) -> Option<&str> {
        let strings = self.section(Section::Strings);
        let len = *strings.get(at as usize)? as usize;
        let start = at as usize + 1;
        std::str::from_utf8(strings.get(start..start + len)?).ok()
    }

    fn unit(&self, section: Section, id: u16) -> Option<&str> {
        let at = (id as usize).checked_sub(1)? * 4;
        self.string(u32_at(self.section(section), at)?)
    }

    fn countries(&self) -> impl Iterator<Item = &[u8]> {
        self.section(Section::Countries).chunks_exact(COUNTRY_ROW)
    }

    fn country_code(&self, no: u8) -> &str {
        no.checked_sub(1)
            .and_then(|i| self.countries().nth(i as usize))
            .and_then(|c| std::str::from_utf8(&c[..2]).ok())
            .unwrap_or_default()
    }

    fn iso3(&self, iso2: &str) -> Option<&str> {
        let row = self.countries().find(|c| &c[..2] == iso2.as_bytes())?;
        std::str::from_utf8(&row[2..5]).ok()
    }

    fn country_place(&self, iso2: &str) -> Option<u32> {
        let row = self.countries().find(|c| &c[..2] == iso2.as_bytes())?;
        u32_at(row, 8)?.checked_sub(1)
    }

    fn zone(&self, country_no: u8, zone: u8) -> Option<&str> {
        let country = self.countries().nth(country_no.checked_sub(1)? as usize)?;
        let first = u16::from_le_bytes([country[5], country[6]]) as usize;
        let i = zone.checked_sub(1)?;
        if i >= country[7] {
            return None;
        }
        let at = u32_at(self.section(Section::Zones), (first + i as usize) * 4)?;
        self.string(at)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// Codes of the embedded countries, for a dump to count by the same numbers.
pub(crate) fn country_codes(gazetteer: &Gazetteer) -> Vec<pack::CountryCode> {
    gazetteer.layers.first().map_or_else(Vec::new, |world| {
        world
            .countries()
            .map(|c| {
                let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
                (text(&c[..2]), text(&c[2..5]))
            })
            .collect()
    })
}
