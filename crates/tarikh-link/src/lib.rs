//! The same incident in several reports: found, joined, explained, and told as one.
//!
//! [`Profile`] is what a report says of an incident, made ready for comparison; [`compare`] says
//! for and against two of them being the same; [`link`] groups many, whatever their order.
//! Grouping is conservative: a pair that only may be the same is offered, not joined.
//! [`consolidate`] makes one record of a group, and [`ledger`] lays its tolls side by side.
//!
//! Works on the values of records alone: no store, no clock, no file.

mod block;
mod compare;
mod consolidate;
mod context;
mod group;
mod near;
mod profile;
mod signs;
mod toll;
mod words;

pub use block::{blocks_of, blocks_to_search};
pub use compare::{Comparison, DOUBTFUL, Feature, SAME, Verdict, compare};
pub use consolidate::{Consolidated, consolidate};
pub use context::ReportContext;
pub use group::{Constraints, Edge, Linking, edge, edges, group, link};
pub use profile::Profile;
pub use signs::{Sign, signs};
pub use toll::{Policy, ledger, tolls};
pub use words::words;
