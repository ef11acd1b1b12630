//! The layer's results: time expressions and intervals.

use jiff::civil::{Date, Weekday};
use tarikh_syntax::TokRange;
use tarikh_text::Span;

use crate::reading::{Clock, Reading, Shape};
use crate::resolve;

/// Most days between the writing of a report and its publication, for "today" to be the former.
const MAX_DELAY: i32 = 3;

/// What is known about a report's day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context {
    /// Day of publication.
    pub published: Option<Date>,
    /// Country of the paper or of the report (ISO 3166-1 alpha-2): its order of day and month, its national days.
    pub country: Option<[u8; 2]>,
    /// Day named in the dateline: that of writing, a little before publication or, where that is
    /// unknown, instead of it.
    pub dateline: Option<Date>,
}

impl Context {
    /// The day that "today" means, if it is known: the day of writing.
    #[must_use]
    pub fn today(&self) -> Option<Date> {
        let (Some(published), Some(written)) = (self.published, self.dateline) else {
            return self.published.or(self.dateline);
        };
        let days = written.until(published).map_or(0, |s| s.get_days());
        Some(match days {
            1..=MAX_DELAY => written,
            _ => published,
        })
    }
}

/// Class of a time expression, as in TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimexKind {
    /// A day or a longer stretch of the calendar.
    Date,
    /// A point or part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurrence.
    Set,
}

impl TimexKind {
    /// The name in TIMEX3 ("DATE").
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// A stretch of the calendar that holds a happening.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// First day.
    pub start: Date,
    /// Last day, inclusive; not before `start`.
    pub end: Date,
    /// UCDP `date_prec`: 1 the exact day or days, 2 within two to six days, 3 within a week or
    /// two, 4 within a month, 5 within a year or more.
    pub precision: u8,
}

/// What a relative expression counts from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Anchor {
    /// Nothing: the expression names its place in the calendar by itself.
    None,
    /// The day of publication ("yesterday", "last week", "Saturday").
    Publication,
    /// The day that the report is telling of ("two days later", "that day"); see [`resolve_from`].
    Narrative,
}

/// How the expression stands to what happened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reach {
    /// It happened then.
    At,
    /// It began then or lies after it ("since 2012", "after Friday").
    Since,
    /// It ended then or lies before it ("until Monday", "by June").
    Until,
    /// It filled the time ("for three days", "over the past week", "in recent months").
    For,
}

/// A time expression.
#[derive(Clone, Debug)]
pub struct Timex {
    /// The tokens that hold the words.
    pub tokens: TokRange,
    /// Exactly the words that TIMEX3 marks: no preposition before, no comma behind.
    pub span: Span,
    /// Class.
    pub kind: TimexKind,
    /// TIMEX3 `value` ("2014-03-02", "1998-W08", "P3D", "XXXX-WXX-6").
    pub value: String,
    /// TIMEX3 `mod`: `START`, `MID`, `END`, `APPROX`, `MORE_THAN`, `LESS_THAN`,
    /// `EQUAL_OR_MORE`, `EQUAL_OR_LESS`.
    pub modifier: Option<&'static str>,
    /// The days meant; both ends of a range ("from Monday to Friday") carry the whole range.
    /// A length of time that ends now ("the past three days") has the days up to today. What counts
    /// from the narrative counts from the day last told of (days on which somebody only spoke left
    /// out), a time of day also from a day named later in its sentence; until the text has told of
    /// a day it has none, see [`resolve_from`]. `None` for other durations, for sets, and for what
    /// cannot be resolved.
    pub interval: Option<Interval>,
    /// The words of the time of day ("1:10 pm", "before dawn", "early").
    pub time_of_day: Option<Span>,
    /// Whose clock the time of day is told by.
    pub clock: Clock,
    /// The day of the week named, also where it could not be resolved.
    pub weekday: Option<Weekday>,
    /// Whether it needs an anchor.
    pub relative: bool,
    /// What it counts from.
    pub anchor: Anchor,
    /// How it stands to what happened.
    pub reach: Reach,
    /// Whether the words name a date that does not exist ("31 February 2024"): value and interval are those of
    /// the month or the year, if that exists.
    pub impossible: bool,
    /// Name of the rule in the data file that read it; joined pieces are named in order, with `+`.
    pub rule: String,
    pub(crate) reading: Reading,
}

impl Timex {
    /// Whether it is a distance from a day that is named beside it, which tells the day of what happened ("two
    /// days after 3 May", "a day before Monday's vote").
    #[must_use]
    pub fn is_distance_from_a_day(&self) -> bool {
        self.reading.beyond.is_some() && self.anchor == Anchor::None && self.interval.is_some()
    }

    /// Whether it is a time of day that names no day ("at dawn", "at 3 a.m.").
    #[must_use]
    pub fn is_time_alone(&self) -> bool {
        self.kind == TimexKind::Time && self.reading.shape() == Shape::Time
    }

    /// Days of a duration that is told in days or weeks ("P2D", "P1W"), up to ten years.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        days(&self.value)
    }
}

fn days(value: &str) -> Option<i64> {
    const LONGEST: i64 = 3_660;
    let count = value.strip_prefix('P')?;
    let (n, unit) = count.split_at_checked(count.len().checked_sub(1)?)?;
    let n: i64 = n.parse().ok()?;
    let days = match unit {
        "D" => n,
        "W" => n.checked_mul(7)?,
        _ => return None,
    };
    (0..=LONGEST).contains(&days).then_some(days)
}

/// Resolves a narrative expression ("two days later", "that day", "the next morning") against the
/// day that the report is telling of.
///
/// Also resolves any other expression as if `day` were the day of publication. `None` for
/// durations, sets, vague references, and results outside years 1 to 9999.
#[must_use]
pub fn resolve_from(timex: &Timex, day: Date) -> Option<Interval> {
    resolve::interval(&timex.reading, &resolve::Env::at(day))
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_and_weeks_count() {
        assert_eq!(days("P2D"), Some(2));
        assert_eq!(days("P1W"), Some(7));
        for other in [
            "",
            "P",
            "PT3H",
            "P2Y",
            "P99999999999D",
            "PXD",
            "P-2D",
            "P2\u{e9}",
        ] {
            assert_eq!(days(other), None, "{other}");
        }
    }
}
