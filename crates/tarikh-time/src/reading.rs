//! What an expression means before it is resolved: a few optional fields that pieces share out.
//!
//! "Thursday" fills `weekday`, "last week" fills `shift`; joined, "Thursday last week" has both.

use jiff::civil::Weekday;
use serde::Deserialize;

use crate::calendar::Unit;
use crate::calendars::Calendar;

/// How many of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Amount {
    /// A number, and whether a half is added ("two and a half").
    Exactly(i64, bool),
    /// "several", "a few", a bare plural.
    Vague,
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
    /// "earlier this week": the part of it that is over.
    Earlier,
    /// "later this week": the part of it that is to come.
    Later,
}

impl Modifier {
    const ALL: [Self; 10] = [
        Self::Start,
        Self::Mid,
        Self::End,
        Self::Approx,
        Self::MoreThan,
        Self::LessThan,
        Self::EqualOrMore,
        Self::EqualOrLess,
        Self::Earlier,
        Self::Later,
    ];

    /// The modifier of a number in the data files.
    pub(crate) fn from_number(n: i32) -> Option<Self> {
        usize::try_from(n)
            .ok()
            .and_then(|n| Self::ALL.get(n))
            .copied()
    }

    /// The name in TIMEX3.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Start | Self::Earlier => "START",
            Self::Mid => "MID",
            Self::End | Self::Later => "END",
            Self::Approx => "APPROX",
            Self::MoreThan => "MORE_THAN",
            Self::LessThan => "LESS_THAN",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::EqualOrLess => "EQUAL_OR_LESS",
        }
    }
}

/// TIMEX3's values for times that are not in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

/// What a shift counts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum From {
    /// The day of publication.
    #[default]
    Publication,
    /// The day that the report is telling of.
    Narrative,
}

/// A stretch of the calendar counted from an anchor: "last week" is one week back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shift {
    pub(crate) unit: Unit,
    /// How many units later (negative: earlier).
    pub(crate) offset: i64,
    pub(crate) from: From,
    /// Whether the number is a count of elapsed time ("three days ago"), which is never exact to
    /// the unit, and not a name of the stretch ("yesterday").
    pub(crate) counted: bool,
}

/// Time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TimeOfDay {
    /// Minutes since midnight, 0 to 1440.
    Clock(u16),
    /// A named part.
    Part(DayPart),
    /// "early", "late": only a modifier, the words are still the time of day.
    Vague,
}

/// Whose clock a time of day is told by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Clock {
    /// The words do not say: that of the place told of.
    #[default]
    Unsaid,
    /// "local time": that of the place told of.
    Local,
    /// "GMT", "UTC".
    Universal,
    /// That of another zone ("EST").
    Other,
}

impl Clock {
    /// The clock of a number in the data files.
    pub(crate) fn from_number(n: i32) -> Self {
        match n {
            0 => Self::Universal,
            1 => Self::Local,
            _ => Self::Other,
        }
    }
}

/// A named part of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
    Daytime,
    Dawn,
    Noon,
    Midnight,
    /// The night between two days.
    Overnight,
}

impl DayPart {
    const ALL: [Self; 9] = [
        Self::Morning,
        Self::Afternoon,
        Self::Evening,
        Self::Night,
        Self::Daytime,
        Self::Dawn,
        Self::Noon,
        Self::Midnight,
        Self::Overnight,
    ];

    /// The part of a number in the data files.
    pub(crate) fn from_number(n: i32) -> Option<Self> {
        usize::try_from(n)
            .ok()
            .and_then(|n| Self::ALL.get(n))
            .copied()
    }

    /// What follows the day in a TIMEX3 value.
    pub(crate) const fn suffix(self) -> &'static str {
        match self {
            Self::Morning | Self::Dawn => "TMO",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night | Self::Overnight => "TNI",
            Self::Daytime => "TDT",
            Self::Noon => "T12:00",
            Self::Midnight => "T24:00",
        }
    }
}

/// A day of the year that has a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holiday {
    /// Month and day.
    Fixed(u8, u8),
    /// Month, day, and how many days it lasts.
    Lasting(u8, u8, u8),
    /// Days after the Sunday of Easter.
    Easter(i16),
    /// Days after the Sunday of Easter in the Orthodox churches.
    OrthodoxEaster(i16),
    /// Days after the Jewish New Year.
    RoshHashanah(i16),
    /// Days after the first day of Passover.
    Passover(i16),
    /// Days after the first day of Hanukkah.
    Hanukkah(i16),
    /// Month and day of the Islamic calendar; either of two where one name serves both.
    Hijri((u8, u8), Option<(u8, u8)>),
    /// Days from the first full moon (`true`) or new moon from a month and day on.
    Moon(bool, (u8, u8), i16),
    /// Month, day of the week, and which of them in the month; 5 for the last.
    NthWeekday(u8, Weekday, u8),
    /// The same in a month of the Islamic calendar.
    HijriWeekday(u8, Weekday, u8),
    /// A day that each country has of its own, by its number in the data file ("Independence Day").
    OfCountry(u8),
    /// Known by name only.
    Unknown,
}

impl Holiday {
    /// How many days it lasts; the feasts of the Jewish year in the land of Israel.
    pub(crate) fn days(self) -> i64 {
        match self {
            Self::Lasting(_, _, days) => i64::from(days),
            Self::Hanukkah(0) => 8,
            Self::Passover(0) | Self::RoshHashanah(SUKKOT) => 7,
            Self::RoshHashanah(0) => 2,
            _ => 1,
        }
    }
}

/// The first day of Sukkot, in days from the Jewish New Year.
const SUKKOT: i16 = 14;

/// A numbered part of a longer stretch: "the second week", "the last three months".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Part {
    /// From 1; -1 for the last.
    pub(crate) nth: i8,
    pub(crate) unit: Unit,
    /// How many units.
    pub(crate) count: u8,
}

/// The fields of an expression; see the module's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    /// Whether month and day may stand the other way round ("5/3/2014").
    pub(crate) either_order: bool,
    /// Second day of "2-4 March".
    pub(crate) last_day: Option<u8>,
    pub(crate) weekday: Option<Weekday>,
    /// 1 to 4; 0 for a quarter that is not numbered.
    pub(crate) quarter: Option<u8>,
    /// 1 or 2.
    pub(crate) half: Option<u8>,
    /// 1 spring to 4 winter.
    pub(crate) season: Option<u8>,
    pub(crate) holiday: Option<Holiday>,
    /// Which of the parts of the month or year: "the second week of May".
    pub(crate) nth: Option<Part>,
    /// Not the feast named but the weekday, week or weekend next before (-1) or after (1) it.
    pub(crate) beside: Option<i8>,
    /// The country named beside a day that each has of its own ("India's Republic Day").
    pub(crate) country: Option<[u8; 2]>,
    /// The calendar of month and day.
    pub(crate) calendar: Calendar,
    /// First year of a decade or century.
    pub(crate) decade: Option<i32>,
    pub(crate) century: Option<i32>,
    pub(crate) shift: Option<Shift>,
    /// "last", "this", "next" before a named day, month or season: -1, 0, 1.
    pub(crate) direction: Option<i8>,
    pub(crate) time: Option<TimeOfDay>,
    pub(crate) clock: Clock,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) duration: Option<(Amount, Unit)>,
    /// The smaller part of "two years and three months".
    pub(crate) duration_rest: Option<(Amount, Unit)>,
    /// "two days after the raid" (1), "two days before the vote" (-1): the duration is a distance.
    pub(crate) beyond: Option<i8>,
    /// Whether it counts from the expression behind it, if one is ("the day after Christmas").
    pub(crate) of_next: bool,
    pub(crate) reference: Option<Reference>,
    pub(crate) set: bool,
    /// Whether it is a night that begins on its day and ends on the next.
    pub(crate) night: bool,
    /// Whether the words name the day on which the night ends as well ("from Friday to Saturday").
    pub(crate) into_next: bool,
    /// Whether it is the night that ends on its day ("overnight into Saturday").
    pub(crate) night_ends: bool,
    /// Whether it is not the stretch named but as much time up to now ("the past week").
    pub(crate) up_to_now: bool,
    /// Not the day named but the week or weekend that it lies in ("the week of 6 May").
    pub(crate) around: Option<Unit>,
    /// Whether the words name a date that does not exist; what is left of it is the month or the year.
    pub(crate) impossible: bool,
}

/// What a reading is, by its finest field: what joins go by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shape {
    /// "early", "the end of".
    Part,
    /// "about", "more than".
    Bound,
    Time,
    Weekday,
    Day,
    Week,
    Month,
    Season,
    Quarter,
    Year,
    Decade,
    Duration,
    Set,
    Reference,
}

impl Reading {
    /// What the reading is.
    pub(crate) fn shape(&self) -> Shape {
        if self.set {
            return Shape::Set;
        }
        if self.duration.is_some() {
            return Shape::Duration;
        }
        if self.reference.is_some() {
            return Shape::Reference;
        }
        if self.day.is_some() || self.holiday.is_some() || self.impossible {
            return Shape::Day;
        }
        if self.nth.is_some() {
            return Shape::Day;
        }
        if self.weekday.is_some() {
            return Shape::Weekday;
        }
        if self.month.is_some() {
            return Shape::Month;
        }
        if self.season.is_some() {
            return Shape::Season;
        }
        if self.quarter.is_some() || self.half.is_some() {
            return Shape::Quarter;
        }
        if self.year.is_some() {
            return Shape::Year;
        }
        if self.decade.is_some() || self.century.is_some() {
            return Shape::Decade;
        }
        match self.shift.map(|s| s.unit) {
            Some(Unit::Second | Unit::Minute | Unit::Hour | Unit::Day) => Shape::Day,
            Some(Unit::Week | Unit::Weekend) => Shape::Week,
            Some(Unit::Month) => Shape::Month,
            Some(Unit::Season) => Shape::Season,
            Some(Unit::Quarter | Unit::Half) => Shape::Quarter,
            Some(Unit::Year) => Shape::Year,
            Some(_) => Shape::Decade,
            None if self.time.is_some_and(|t| t != TimeOfDay::Vague) => Shape::Time,
            None => match self.modifier {
                Some(
                    Modifier::Start
                    | Modifier::Mid
                    | Modifier::End
                    | Modifier::Earlier
                    | Modifier::Later,
                ) => Shape::Part,
                _ => Shape::Bound,
            },
        }
    }

    /// Whether it is a time before noon and names no day.
    pub(crate) fn is_small_hours(&self) -> bool {
        let early = match self.time {
            Some(TimeOfDay::Clock(minutes)) => minutes < 12 * 60,
            Some(TimeOfDay::Part(part)) => part == DayPart::Dawn,
            _ => false,
        };
        early && self.shape() == Shape::Time
    }

    /// Whether its time of day is the night.
    pub(crate) fn is_night(&self) -> bool {
        matches!(
            self.time,
            Some(TimeOfDay::Part(DayPart::Night | DayPart::Overnight))
        )
    }

    /// Both readings in one; `None` where they fill the same field.
    pub(crate) fn join(&self, other: &Self) -> Option<Self> {
        fn one<T>(a: Option<T>, b: Option<T>) -> Result<Option<T>, ()> {
            match (a, b) {
                (Some(_), Some(_)) => Err(()),
                (a, b) => Ok(a.or(b)),
            }
        }
        let (duration, duration_rest) = match (self.duration, other.duration) {
            (Some(more), Some(less)) if more.1 > less.1 && self.duration_rest.is_none() => {
                (Some(more), Some(less))
            }
            (Some(_), Some(_)) => return None,
            (a, b) => (a.or(b), self.duration_rest.or(other.duration_rest)),
        };
        let join = || -> Result<Self, ()> {
            Ok(Self {
                year: one(self.year, other.year)?,
                month: one(self.month, other.month)?,
                day: one(self.day, other.day)?,
                either_order: self.either_order || other.either_order,
                last_day: one(self.last_day, other.last_day)?,
                weekday: one(self.weekday, other.weekday)?,
                quarter: one(self.quarter, other.quarter)?,
                half: one(self.half, other.half)?,
                season: one(self.season, other.season)?,
                holiday: one(self.holiday, other.holiday)?,
                decade: one(self.decade, other.decade)?,
                century: one(self.century, other.century)?,
                shift: one(self.shift, other.shift)?,
                direction: one(self.direction, other.direction)?,
                time: match (self.time, other.time) {
                    (Some(TimeOfDay::Vague), Some(t)) | (Some(t), Some(TimeOfDay::Vague)) => {
                        Some(t)
                    }
                    (a, b) => one(a, b)?,
                },
                clock: match self.clock {
                    Clock::Unsaid => other.clock,
                    said => said,
                },
                modifier: one(self.modifier, other.modifier)?,
                duration,
                duration_rest,
                beyond: one(self.beyond, other.beyond)?,
                of_next: other.of_next,
                nth: one(self.nth, other.nth)?,
                beside: one(self.beside, other.beside)?,
                country: one(self.country, other.country)?,
                calendar: match self.calendar {
                    Calendar::Gregorian => other.calendar,
                    named => named,
                },
                reference: one(self.reference, other.reference)?,
                set: self.set || other.set,
                night: self.night || other.night,
                into_next: self.into_next || other.into_next,
                night_ends: self.night_ends || other.night_ends,
                up_to_now: self.up_to_now || other.up_to_now,
                around: one(self.around, other.around)?,
                impossible: self.impossible || other.impossible,
            })
        };
        let both = join().ok()?;
        // "at noon on Monday, 31 February": neither the weekday nor the hour makes a day of the month.
        Some(match both.impossible {
            true => Self {
                weekday: None,
                time: None,
                ..both
            },
            false => both,
        })
    }
}
