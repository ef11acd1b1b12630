//! The place layer: the gazetteer, toponyms and relative places.
//!
//! [`Gazetteer::embedded`] opens a packed list of the world's populated places (GeoNames, CC BY 4.0),
//! countries, first-order units and areas. [`Resolver`] reads a [`tarikh_syntax::Doc`] and returns
//! every place name in it with the place meant, how precisely the words say where, and why.

mod anaphor;
mod borders;
mod capital;
mod class;
mod contain;
mod corrections;
mod distance;
mod dump;
mod evidence;
mod find;
mod fuzzy;
mod gazetteer;
mod geo;
mod land;
mod layers;
mod measure;
mod mention;
mod normalise;
mod pack;
mod phrases;
mod place;
mod relation;
mod resolve;
mod resolver;
mod role;
mod seats;
mod small;
mod spelling;
mod spot;
mod tokens;
mod unit;
mod unknown;
mod words;
mod zones;

pub use class::{PlaceClass, Seat};
pub use corrections::CorrectionsError;
pub use dump::{BrokenLine, DumpReport, GazetteerError, is_latin_name};
pub use find::{FindOptions, Match};
pub use gazetteer::{Entry, EntryId, Gazetteer};
pub use mention::{Candidate, GeoPlace, Geometry, Hints, PlaceMention, PlaceRole};
pub use normalise::name_key;
pub use pack::{CountryCode, NameKind, PackError, Row, pack};
pub use resolver::Resolver;
