//! One incident under the rules of the field's codebooks: ACLED, UCDP GED, PLOVER, CAMEO.
//!
//! The record ([`Incident`](tarikh_record::Incident)) is coded once, by the coding manual. A
//! [`Codebook`] reads it by its own rules, which stand in `data/codebooks` with examples that run
//! as tests: what it refuses and why, how it names and turns the sides, how it counts the dead, which
//! codes it gives. [`Codebook::event`] never fails: what a report does not tell stays empty.

mod book;
mod countries;
mod entry;
mod event;
mod rule;
#[cfg(test)]
mod sketch;
mod toll;
mod value;

pub use book::{Codebook, Column};
pub use countries::{Country, country};
pub use entry::Entry;
pub use event::{Event, Party, Refusal};
pub use toll::{Policy, killed};
pub use value::{Cell, source_names};
