//! What the resolver returns.

use tarikh_syntax::TokRange;
use tarikh_text::Span;

use crate::class::PlaceClass;
use crate::gazetteer::EntryId;

/// What the words besides the text tell about where a report is set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// Who published the report ("Moscow Times").
    pub outlet: Option<&'a str>,
    /// The outlet's web domain ("moscowtimes.ru").
    pub domain: Option<&'a str>,
    /// The dateline's place, as a span of the text.
    pub dateline: Option<Span>,
    /// Names of actors: never places, but what they are named after is evidence of the country.
    pub masked: &'a [TokRange],
    /// Countries (ISO 3166-1 alpha-2) that the user expects.
    pub countries: &'a [String],
}

/// What a place name does where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlaceRole {
    /// Names where something is or happens.
    Location,
    /// Names those who act there: a government, a team ("Washington said").
    Metonym,
    /// A people's or country's adjective.
    Demonym,
    /// Part of the name of a person, an organisation or a work.
    InName,
}

/// What the place's own point would misrepresent.
#[derive(Clone, PartialEq, Debug)]
pub enum Geometry {
    /// A point too far from the named place to be given for it.
    Point((f64, f64)),
    /// Vertices as (latitude, longitude), in the order of the words.
    Line(Vec<(f64, f64)>),
    /// Corners as (latitude, longitude), in the order of the words; the ring is not closed.
    Area(Vec<(f64, f64)>),
}

/// A place as the words give it.
#[derive(Clone, PartialEq, Debug)]
pub struct GeoPlace {
    /// Name; the report's own where the gazetteer does not have the place.
    pub name: String,
    /// GeoNames id of the named place.
    pub geonameid: Option<u32>,
    /// English name of the first-order unit.
    pub admin1: Option<String>,
    /// Name of the second-order unit.
    pub admin2: Option<String>,
    /// ISO 3166-1 alpha-2; none at sea and across borders.
    pub country: Option<String>,
    /// WGS 84 latitude in degrees of the place, or of the point that the words describe.
    pub lat: Option<f64>,
    /// WGS 84 longitude in degrees.
    pub lon: Option<f64>,
    /// Point of the province around a place whose own point is not known.
    pub province: Option<(f64, f64)>,
    /// Radius in kilometres within which the words put it.
    pub radius_km: Option<f64>,
    /// A line for places "between A and B", corners for "the triangle of A, B and C", a point for
    /// places further from the named one than its point can stand for.
    pub geometry: Option<Geometry>,
    /// UCDP `where_prec`, 1 to 7.
    pub precision: u8,
    /// The words of the relation ("10 kilometers from Corva").
    pub relation: Option<Span>,
    /// Kind.
    pub class: PlaceClass,
    /// IANA time zone.
    pub timezone: Option<String>,
}

/// A place that a name could mean.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// The place.
    pub id: EntryId,
    /// How well it fits the report; comparable inside one mention only.
    pub score: f32,
    /// What spoke most for it: "population", "country", "container", "near others", "name".
    pub reason: &'static str,
}

/// A place name in a report.
#[derive(Clone, PartialEq, Debug)]
pub struct PlaceMention {
    /// The name itself.
    pub tokens: TokRange,
    /// The whole phrase with relation and container ("the Bar district of Foo").
    pub phrase: TokRange,
    /// Where that is; `None` only if nothing at all is known.
    pub place: Option<GeoPlace>,
    /// The gazetteer entry that the name means.
    pub entry: Option<EntryId>,
    /// What the name does.
    pub role: PlaceRole,
    /// Indices of the mentions that contain it in the phrase, nearest first.
    pub contained_in: Vec<usize>,
    /// The best readings, best first; at most five.
    pub candidates: Vec<Candidate>,
    /// The rule that read the phrase.
    pub rule: &'static str,
}
