//! Readers of reports and writers of codings.
//!
//! [`Reports`] turns files, folders and standard input into [`RawReport`]s, one at a time and in a
//! fixed order; what cannot be read is a [`ReadError`] in its place, and the next report follows.
//! [`write`] holds the writers, which only ever see finished codings.
//!
//! No input makes a reader panic, and none is held in memory beyond the limits in [`limits`].

mod error;
pub mod limits;
mod read;
pub mod write;

pub use error::{Problem, ReadError};
pub use read::{Origin, Progress, RawReport, Reports, Source, parse_date};
