//! The time layer: TIMEX3 expressions with their values, resolved to calendar intervals.
//!
//! [`Recognizer`] reads the time expressions of a document ([`Timex`]): dates, times of day,
//! durations and sets, each with the TIMEX3 value and, where it names a stretch of the calendar,
//! an [`Interval`] with UCDP's `date_prec`. What the expressions are is data: the words and
//! patterns of a language live in `data/time/*.toml`, with examples that run as tests; the code
//! knows only the calendar.
//!
//! ```
//! use tarikh_syntax::Analyzer;
//! use tarikh_text::{Metadata, Report};
//! use tarikh_time::{Context, Recognizer};
//!
//! let report = Report::new(Metadata::default(), "Gunmen raided Arbel early on Saturday.");
//! let doc = Analyzer::new().tokenize(&report);
//! let context = Context { published: "2020-11-18".parse().ok(), ..Context::default() };
//! let found = Recognizer::new().find(&doc, &context);
//! assert_eq!(found[0].value, "2020-11-14");
//! assert_eq!(found[0].span.of(doc.text()), "early on Saturday");
//! assert_eq!(found[0].interval.map(|days| days.precision), Some(1));
//! ```
//!
//! The language is a parameter: [`Recognizer::for_language`], [`Recognizer::with_rules`].
//!
//! What counts from another day ("two days later", "at dawn") counts from the day last told of in
//! the text; see [`Timex::interval`]. Unresolvable stays unresolved: without a publication date
//! "Saturday" is `XXXX-WXX-6` and has no interval.

mod atoms;
mod build;
mod calendar;
mod calendars;
mod context;
mod cues;
mod days;
mod grammar;
mod numerals;
mod reading;
mod recognizer;
mod recurring;
mod resolve;
mod rules;
mod timex;
mod trie;
mod value;

#[cfg(test)]
mod examples;

pub use days::days_of;
pub use reading::Clock;
pub use recognizer::Recognizer;
pub use timex::{Anchor, Context, Interval, Reach, Timex, TimexKind, resolve_from};
