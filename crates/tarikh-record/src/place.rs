//! Where an incident happened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place as coded; every field may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The report's words (the most specific place phrase).
    pub text: Option<String>,
    /// Canonical English name.
    pub name: Option<String>,
    /// GeoNames id of the named place, or of the unit that stands for an unknown one.
    pub geonameid: Option<u32>,
    /// First-order administrative unit.
    pub admin1: Option<String>,
    /// Second-order administrative unit.
    pub admin2: Option<String>,
    /// ISO 3166-1 alpha-2; `null` at sea and on a border.
    pub country: Option<String>,
    /// WGS 84 latitude in degrees of the place, or of the point that the relation describes.
    pub lat: Option<f64>,
    /// WGS 84 longitude in degrees.
    pub lon: Option<f64>,
    /// Radius in kilometres within which the place lies.
    pub radius_km: Option<f64>,
    /// GeoJSON geometry of a line or an area, where a point would mislead.
    pub geometry: Option<serde_json::Value>,
    /// UCDP `where_prec`: 1 exact, 2 within about 25 km, 3 admin2, 4 admin1, 5 line or fuzzy
    /// area, 6 country, 7 international waters or airspace.
    pub precision: Option<u8>,
    /// The relation's words ("10 kilometers from Corva on the road to Elsk").
    pub relation: Option<String>,
}
