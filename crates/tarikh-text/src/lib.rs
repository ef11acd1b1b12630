//! The text layer: a report's words, cleaned, with a map back to the text as given.
//!
//! A [`Report`] holds one immutable text: the title (if any), a blank line, then the body, both
//! normalised ([`normalise`]). Everything above works with [`Span`]s into that text;
//! [`Report::locate`] turns a span into code-point offsets of the title or the body *as given*.

mod dateline;
mod language;
mod normalise;
mod report;
mod span;
mod zones;

pub use dateline::Dateline;
pub use language::{Language, detect as detect_language};
pub use normalise::{Normalised, normalise};
pub use report::{Location, Metadata, Paragraph, Report, Zone};
pub use span::Span;
