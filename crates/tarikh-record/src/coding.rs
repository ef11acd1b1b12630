//! One report's outcome, and how each value points back at the words it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Incident;

/// What was read from one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coding {
    /// The report's id as given, or one derived from its content.
    pub report_id: String,
    /// Version of the program and of its knowledge files, for example `tarikh 0.1.0 (data 3f9c2a10)`.
    pub coder_version: String,
    /// ISO 639-1 code of the report's language, `null` when it cannot be told.
    pub language: Option<String>,
    /// Publication date (ISO 8601) as given with the report; `null` if none was given.
    pub published: Option<String>,
    /// The dateline's words ("BAMAKO, Mali (AFP)"), if the report opens with one.
    pub dateline: Option<String>,
    /// The incidents in the order of their evidence; background ones are marked.
    pub incidents: Vec<Incident>,
    /// Running totals and background statements: kept, never counted as incidents.
    pub context: Vec<ContextStatement>,
    /// What the reader should know about this coding.
    pub warnings: Vec<Warning>,
}

/// Where a span lies.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Offsets count in the title.
    Title,
    /// Offsets count in the text.
    #[default]
    Text,
}

/// Words of the report and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The words as given.
    pub quote: String,
    /// First code point, zero-based.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Whether the offsets count in the text or in the title.
    pub zone: Zone,
}

/// Ties one coded value to its words and to the rule that read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Path of the value in the incident (`killed.best`, `side_a[0]`, `place.name`).
    pub field: String,
    /// The words as given.
    pub quote: String,
    /// First code point, zero-based.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Whether the offsets count in the text or in the title.
    pub zone: Zone,
    /// Name of the rule, frame or list that read it (`frame:ambush`, `number:at-least`).
    pub rule: String,
}

/// Kind of a context statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    /// A total over months, years or a whole war.
    RunningTotal,
    /// A general description ("attacks have multiplied").
    Background,
    /// Flight, displacement, denied access and other consequences.
    Consequence,
    /// A threat, plan, warning or deployment.
    Prospect,
}

/// A statement that is kept but is not an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ContextStatement {
    /// What it is.
    pub kind: ContextKind,
    /// Its words.
    pub evidence: Evidence,
    /// The rule that set it apart.
    pub rule: String,
}

/// Something the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable code, documented in `docs/warnings.md` (`W001`).
    pub code: String,
    /// What happened and what to do, for people.
    pub message: String,
    /// The words concerned, if any.
    pub evidence: Option<Evidence>,
}
