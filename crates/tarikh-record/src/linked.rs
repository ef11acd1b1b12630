//! One incident as the dataset knows it: what several reports say of it, side by side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Incident, Measure};

/// An incident and all that is known of it from every report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkedIncident {
    /// Never changes and is never given to another incident (`inc-` and 16 hexadecimal digits).
    pub id: String,
    /// The values taken together; its `id` is the same. Tolls follow the dataset's policy.
    pub incident: Incident,
    /// For each value taken from a report: its field and the mention it came from. Fields that a
    /// person set stand in `decided` instead.
    pub taken_from: Vec<TakenFrom>,
    /// What each report says of it, in the order of publication.
    pub members: Vec<Member>,
    /// Every number with who said it, in the order of publication.
    pub ledger: Vec<LedgerEntry>,
    /// Reports, agency copy printed several times counted once.
    pub n_sources: u32,
    /// How far a person has looked at it.
    pub review: ReviewState,
    /// Values set by a person, which no later run changes.
    pub decided: Vec<Decided>,
    /// Ids of incidents that were merged into this one.
    pub also: Vec<String>,
}

/// Where a value of a linked incident comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TakenFrom {
    /// Name of the field (`date_start`, `place`, `killed.best`).
    pub field: String,
    /// Key of the mention.
    pub mention: String,
}

/// One report's account of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Key of the mention: the same as long as the report tells of the incident.
    pub mention: String,
    /// The report.
    pub report: ReportRef,
    /// What the report says, as coded.
    pub incident: Incident,
}

/// A report, as far as one needs to know it without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportRef {
    /// Key in the store, derived from text and metadata (`r-` and 16 hexadecimal digits).
    pub key: String,
    /// The id that its giver gave it.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Key of the report whose text it repeats; `null` for an original.
    pub reprint_of: Option<String>,
}

/// How far a person has looked at an incident.
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
pub enum ReviewState {
    /// Nobody has.
    #[default]
    Unreviewed,
    /// A person accepted it as it stands.
    Accepted,
    /// A person set some value, split or merged it, but did not accept the whole.
    Changed,
    /// A person rejected it: not an incident. It stays in the store and out of every export.
    Rejected,
}

impl ReviewState {
    /// The name as written in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Accepted => "accepted",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
        }
    }
}

/// A value that a person set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// Path of the field (`killed.best`).
    pub field: String,
    /// The value as set.
    pub value: serde_json::Value,
    /// Who set it.
    pub who: String,
    /// When, as a UTC time stamp (RFC 3339).
    pub at: String,
    /// Why.
    pub why: Option<String>,
}

/// One number as one report gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// What it counts.
    pub measure: Measure,
    /// Whom, in the report's words; `null` for all together or where it does not say.
    pub who: Option<String>,
    /// Lower bound.
    pub low: Option<u32>,
    /// The number asserted.
    pub best: Option<u32>,
    /// Upper bound; `null` for "at least".
    pub high: Option<u32>,
    /// Who says it; `null` for the report's own voice.
    pub source: Option<String>,
    /// Whether it is the report's total rather than a single claim.
    pub is_total: bool,
    /// Key of the mention, and through it of the report.
    pub mention: String,
    /// Key of the report.
    pub report: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// The words, where it is a claim.
    pub quote: Option<String>,
    /// Index in the ledger of the entry that it replaces: an earlier word of the same voice, or a
    /// lower bound that it goes beyond.
    pub replaces: Option<u32>,
}
