//! Numbers of people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// People killed. `low <= best <= high` where they are known; 0 means that the report says none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Killed {
    /// The number that the report itself asserts or leads with.
    pub best: Option<u32>,
    /// The lowest total that a source in the report gives.
    pub low: Option<u32>,
    /// The highest total; `null` when only a lower bound is given ("at least nine").
    pub high: Option<u32>,
    /// Armed members of side A.
    pub side_a: Option<u32>,
    /// Armed members of side B.
    pub side_b: Option<u32>,
    /// Unarmed victims.
    pub civilians: Option<u32>,
    /// Victims whose status the report does not tell.
    pub unknown: Option<u32>,
}

/// A lower and an upper bound, each of which may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// Lower bound.
    pub low: Option<u32>,
    /// Upper bound.
    pub high: Option<u32>,
}
