//! One codable act: type, time, place, sides, harm, sources.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{EventType, Evidence, Killed, Place, Provenance, Range, SubEventType, UcdpType, Zone};

/// A specific act of political violence, a demonstration or a strategic development.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Derived from the report's id and the incident's content; the same for the same input.
    pub id: String,
    /// ACLED event type.
    pub event_type: EventType,
    /// ACLED sub-event type.
    pub sub_event_type: SubEventType,
    /// Release of captives, or loss of an aircraft.
    pub flag: Option<Flag>,
    /// UCDP type of violence; `null` for demonstrations, agreements and unclear actors.
    pub ucdp_type: Option<UcdpType>,
    /// PLOVER event type ("ASSAULT").
    pub plover_type: Option<String>,
    /// PLOVER mode ("explosives").
    pub plover_mode: Option<String>,
    /// First possible day, ISO 8601.
    pub date_start: Option<String>,
    /// Last possible day, inclusive.
    pub date_end: Option<String>,
    /// UCDP `date_prec`: 1 the day, 2 two to six days, 3 a week or so, 4 a month, 5 up to a year.
    pub date_precision: Option<u8>,
    /// The time words of the report ("earlier Saturday"), also where no date follows from them.
    pub date_text: Option<String>,
    /// TIMEX3 value of those words; `XXXX-WXX-6` for a Saturday that could not be resolved.
    pub timex: Option<String>,
    /// Time of day in the report's words ("1:10 pm", "before dawn").
    pub time_of_day: Option<String>,
    /// IANA time zone by which the time of day is told: that of the place ("Africa/Bamako"), or "UTC"
    /// where the report says GMT or UTC. Left out where no time of day or no zone is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Where.
    pub place: Place,
    /// Who acts.
    pub side_a: Vec<String>,
    /// Who is acted upon, or the other party.
    pub side_b: Vec<String>,
    /// The same actors with ids, kinds and roles.
    pub actors: Vec<Actor>,
    /// Whether civilians are the target or among the victims.
    pub civilians: Option<bool>,
    /// People killed.
    pub killed: Killed,
    /// People injured.
    pub injured: Range,
    /// People abducted.
    pub abducted: Option<u32>,
    /// People arrested.
    pub arrested: Option<u32>,
    /// Captives who got free.
    pub released: Option<u32>,
    /// Short words of the report.
    pub weapons: Vec<String>,
    /// Who vouches for, denies or claims the incident.
    pub sources: Vec<Source>,
    /// Each number with the one who says it; the tolls above are computed from these.
    pub claims: Vec<Claim>,
    /// How far the report vouches for it.
    pub status: Status,
    /// A past incident told as context.
    pub is_background: bool,
    /// One toll was given for several incidents together; counts are then `null`.
    pub shared_toll: bool,
    /// Probability, 0 to 1 in steps of 0.01, that a trained coder finds this incident in the report.
    pub confidence: f64,
    /// The same for its values.
    #[serde(default)]
    pub confidence_by_field: FieldConfidence,
    /// The words that state the act.
    pub evidence: Evidence,
    /// Further words on the same act.
    pub evidence_also: Vec<Evidence>,
    /// For every other value, the words and the rule.
    pub provenance: Vec<Provenance>,
}

/// For each group of values the probability, 0 to 1 in steps of 0.01, that a trained coder who finds
/// the incident writes the same; `null` where there is no value. Calibrated (`models/confidence.md`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldConfidence {
    /// `event_type` and `sub_event_type`.
    pub event_type: Option<f64>,
    /// `date_start` and `date_end`.
    pub date: Option<f64>,
    /// `place`: the country, and the point within 25 km where there is one.
    pub place: Option<f64>,
    /// `side_a`: all its names and no other.
    pub side_a: Option<f64>,
    /// `side_b`: all its names and no other.
    pub side_b: Option<f64>,
    /// `killed.best`; both bounds where there is none.
    pub killed: Option<f64>,
    /// `injured`: both bounds.
    pub injured: Option<f64>,
    /// `sources`: no voice that a coder would leave out.
    pub sources: Option<f64>,
}

/// Marks of special incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// A military, government or armed-group aircraft crashed without hostile fire.
    AircraftCrash,
    /// An aircraft was lost to hostile fire.
    AircraftShootdown,
    /// Captives got free.
    Release,
}

/// How far the report vouches for an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Told in the report's own voice, or by a source without an interest of its own.
    Confirmed,
    /// Rests on the word of a party to the conflict about its success or its enemy's deed.
    Claimed,
    /// An accusation or an unverified report.
    Alleged,
    /// The report says that it did not happen.
    Denied,
}

/// A party of an incident.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Who acts.
    A,
    /// Who is acted upon.
    B,
}

/// What an actor does in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Carries out the act.
    Attacker,
    /// Is the stated aim.
    Target,
    /// Is harmed.
    Victim,
    /// Is the other party of an exchange, a demonstration or a deal.
    Party,
}

/// ACLED's actor categories.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are ACLED's")]
pub enum ActorKind {
    StateForces,
    RebelGroup,
    PoliticalMilitia,
    IdentityMilitia,
    Rioters,
    Protesters,
    Civilians,
    ExternalForces,
    /// An armed group that the report does not name.
    UnidentifiedArmedGroup,
    /// Anyone else: a government, a party, a company.
    Other,
}

/// An actor of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Name as coded in `side_a` or `side_b`.
    pub name: String,
    /// Id in `data/actors` (`jnim`, `mli-army`); `null` for an actor that the files do not have.
    pub id: Option<String>,
    /// Kind.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2 of a state's actor or of a group's home.
    pub country: Option<String>,
    /// Which side.
    pub side: Side,
    /// What it does here.
    pub role: Role,
    /// Whether the report hedges the identity ("suspected", "believed to be").
    pub suspected: bool,
}

/// Kind of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the coding manual's")]
pub enum SourceKind {
    Government,
    Military,
    Police,
    Rebel,
    Witness,
    #[serde(rename = "local official")]
    LocalOfficial,
    Medical,
    Media,
    Ngo,
    Un,
    #[serde(rename = "anonymous official")]
    AnonymousOfficial,
    Other,
}

/// What a source does for an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// Vouches for it.
    Confirm,
    /// Denies it, or its own part in it.
    Deny,
    /// Says that it did it.
    #[serde(rename = "claim responsibility")]
    ClaimResponsibility,
    /// Accuses another.
    Blame,
}

/// One voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Name as in the report.
    pub name: String,
    /// Second names of the same voice.
    pub also: Vec<String>,
    /// Kind.
    pub kind: SourceKind,
    /// What it does.
    pub claim: ClaimKind,
    /// Whether the report keeps it unnamed on request ("on condition of anonymity").
    pub anonymous: bool,
    /// The outlet that the voice spoke to, where the report names one ("told AFP").
    pub via: Option<String>,
}

/// What a number counts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Measure {
    Killed,
    Injured,
    Missing,
    Abducted,
    Arrested,
    Released,
    Displaced,
}

/// How the people of a claim stand to all of an incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// All of them, or all of a kind.
    #[default]
    Whole,
    /// Some whom another claim counts too ("including two children").
    Part,
    /// On top of those told of before ("two others").
    Further,
    /// All of them by an earlier count, which a later one of the report replaces ("up from nine").
    Earlier,
}

/// One number as one source puts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// What it counts.
    pub measure: Measure,
    /// Whom it counts, in the report's words ("soldiers"); `null` if it does not say.
    pub who: Option<String>,
    /// Lower bound.
    pub low: Option<u32>,
    /// The number asserted.
    pub best: Option<u32>,
    /// Upper bound; `null` for "at least".
    pub high: Option<u32>,
    /// Name of the source; `null` for the report's own voice.
    pub source: Option<String>,
    /// Number of the statement within the incident, from 0: claims of one statement add up ("two
    /// soldiers and a guard").
    #[serde(default)]
    pub statement: u32,
    /// What it counts of all those that came to harm.
    #[serde(default)]
    pub extent: Extent,
    /// The number that ACLED's codebook takes for a word without one ("dozens" 12).
    #[serde(default)]
    pub acled: Option<u32>,
    /// The words as given.
    pub quote: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Whether the offsets count in the text or in the title.
    pub zone: Zone,
}
