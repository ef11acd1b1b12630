//! The record: what tarikh says about a report.
//!
//! [`Coding`] is one report's outcome, [`Incident`] one codable act in it. Field names are the
//! field's own (UCDP GED, ACLED, TIMEX3). Unknown is `None`, written as `null`: a field is never
//! left out and never guessed. Offsets are zero-based Unicode code points into the report's text
//! as given, end exclusive; where a value was read from the title its `zone` says so.

mod coding;
mod incident;
mod linked;
mod place;
mod toll;
mod types;

pub use coding::{Coding, ContextKind, ContextStatement, Evidence, Provenance, Warning, Zone};
pub use incident::{
    Actor, ActorKind, Claim, ClaimKind, Extent, FieldConfidence, Flag, Incident, Measure, Role,
    Side, Source, SourceKind, Status,
};
pub use linked::{Decided, LedgerEntry, LinkedIncident, Member, ReportRef, ReviewState, TakenFrom};
pub use place::Place;
pub use toll::{Killed, Range};
pub use types::{EventType, SubEventType, UcdpType};

/// The JSON Schema (draft 2020-12) of [`Coding`].
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Coding).to_value()
}

/// The JSON Schema (draft 2020-12) of [`LinkedIncident`].
#[must_use]
pub fn linked_schema() -> serde_json::Value {
    schemars::schema_for!(LinkedIncident).to_value()
}
