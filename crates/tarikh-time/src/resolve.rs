//! Readings resolved to stretches of the calendar and to intervals.

use jiff::civil::Date;

use crate::calendar::{self, Unit};
use crate::calendars::{self, Calendar};
use crate::reading::{Amount, DayPart, From, Modifier, Reading, Reference, Shift, TimeOfDay};
use crate::recurring::{self, in_quarter, in_year, on_day_of_month, on_holiday, on_weekday};
use crate::timex::Interval;

/// What expressions are resolved against.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Env {
    /// The day that "today" means.
    pub(crate) today: Option<Date>,
    /// Day of publication, where it is known and later than that.
    pub(crate) published: Option<Date>,
    /// Whether the report's country writes day and month in the other order than the language; `None` where no
    /// country is known.
    pub(crate) turns_dates: Option<bool>,
    /// The day that the report is telling of, a day of the month it is telling of, and one of the
    /// year.
    pub(crate) narrative: Narrative,
    /// The quarter last spoken of: "a year earlier" then means a quarter.
    pub(crate) quarter: Option<Date>,
    /// Whether the governing verb looks ahead or back, if one tells.
    pub(crate) ahead: Option<bool>,
    /// Whether it is an end that may lie on either side ("until June").
    pub(crate) open: bool,
}

/// How many days before publication a happening is news.
const NEWS_DAYS: i32 = 7;

/// What a report is telling of, by the expressions read so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrative {
    day: Option<Date>,
    month: Option<Date>,
    year: Option<Date>,
    /// Whether the text has named a day.
    pub(crate) is_told: bool,
    /// Whether it has named a day on which somebody spoke, and none before it.
    pub(crate) is_spoken: bool,
    /// Whether it tells of the night that begins on that day.
    by_night: bool,
    /// The day of the news last told of: one of the days before publication.
    news: Option<Date>,
}

impl Narrative {
    /// Tells of this day.
    pub(crate) fn at(day: Option<Date>) -> Self {
        Self {
            day,
            month: day,
            year: day,
            is_told: false,
            is_spoken: false,
            by_night: false,
            news: None,
        }
    }

    /// Takes up what an expression has named.
    pub(crate) fn tell(&mut self, place: &Place, reading: &Reading) {
        let named = Some(place.start);
        if place.unit <= Unit::Day {
            self.day = named;
            self.is_told = true;
            self.by_night = reading.is_night();
        }
        if place.unit <= Unit::Month {
            self.month = named;
        }
        if place.unit <= Unit::Year {
            self.year = named;
        }
    }

    /// Begins a new paragraph: what was told of earlier days is over, the report is back at its news.
    pub(crate) fn turn(&mut self, today: Option<Date>) {
        let is_news = |day: Date| {
            today.is_none_or(|today| {
                let days = day.until(today).map_or(i32::MAX, |s| s.get_days());
                (0..=NEWS_DAYS).contains(&days)
            })
        };
        match self.day {
            Some(day) if self.is_told && is_news(day) => self.news = Some(day),
            _ => {
                self.day = self.news.or(today);
                self.is_told = self.news.is_some();
                self.is_spoken = false;
                self.by_night = false;
            }
        }
    }

    /// Takes up the day on which somebody spoke, until a day of a happening is told.
    pub(crate) fn speak(&mut self, place: &Place) {
        if place.unit <= Unit::Day && !self.is_told {
            *self = Self::at(Some(place.start));
            self.is_spoken = true;
        }
    }

    /// What a shift by this unit counts from.
    fn anchor(&self, unit: Unit) -> Option<Date> {
        match unit {
            Unit::Month | Unit::Season | Unit::Quarter | Unit::Half => self.month,
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => self.year,
            _ => self.day,
        }
    }
}

impl Env {
    /// Everything counts from this day.
    pub(crate) fn at(day: Date) -> Self {
        Self {
            today: Some(day),
            narrative: Narrative::at(Some(day)),
            ..Self::default()
        }
    }
}

/// A resolved stretch of the calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) unit: Unit,
    pub(crate) start: Date,
    pub(crate) end: Date,
}

impl Place {
    pub(crate) fn of(day: Date, unit: Unit) -> Option<Self> {
        let (start, end) = calendar::stretch(day, unit)?;
        Some(Self { unit, start, end })
    }
}

/// The days that a reading means; `None` when it names no place in the calendar or the day it
/// counts from is unknown.
pub(crate) fn interval(reading: &Reading, env: &Env) -> Option<Interval> {
    if reading.up_to_now {
        return up_to_now(reading, env);
    }
    if let Some(sign) = reading.beyond {
        return distant(reading, sign, env);
    }
    let place = place(reading, env)?;
    if let Some(nearer) = less_than(reading, env, place.unit) {
        return Some(nearer);
    }
    let (mut start, mut end) = (place.start, place.end);
    let (mut floor, mut days_named) = (1, false);
    match place.unit {
        Unit::Day => {
            if let Some(last) = reading.last_day {
                end = calendar::date(i32::from(start.year()), start.month().unsigned_abs(), last)
                    .filter(|&last| start < last)?;
                days_named = true;
            }
            let counted = reading
                .shift
                .is_some_and(|s| s.counted && s.unit == Unit::Day && reading.weekday.is_none());
            // "about 2 a.m." is still that day.
            let about = reading.modifier == Some(Modifier::Approx)
                && (reading.time.is_none() || reading.last_day.is_some());
            // "A day earlier" is that day, "three days ago" about that.
            let next_to = reading
                .shift
                .is_some_and(|s| s.from == From::Narrative && s.offset.abs() == 1);
            if counted && !next_to || about {
                floor = 2;
            }
            let of_that_night = reading.is_night()
                && reading.day.is_none()
                && reading.weekday.is_none()
                && reading.shift.is_none();
            if env.narrative.by_night && of_that_night && env.today == Some(start) {
                // "overnight ... in the course of the night"
                start = calendar::add_days(start, -1)?;
                floor = 2;
            }
            if env.narrative.by_night && reading.is_small_hours() {
                // "on Friday night ... at 4 a.m."
                end = calendar::add_days(start, 1)?;
            }
            if days_named && reading.is_night() {
                floor = 2;
            } else if reading.night || reading.time == Some(TimeOfDay::Part(DayPart::Overnight)) {
                (start, end) = night(start, reading, env)?;
                floor = 2;
            }
            if reading.calendar.is_by_the_moon() {
                // The moon is seen a day sooner or later.
                (start, end) = (calendar::add_days(start, -1)?, calendar::add_days(end, 1)?);
            }
        }
        Unit::Month if reading.calendar == Calendar::Hijri => {}
        _ if reading.nth.is_none() => (start, end) = part(&place, reading.modifier)?,
        _ => {}
    }
    let current = reading
        .shift
        .is_some_and(|s| s.offset == 0 && s.unit != Unit::Day);
    if let Some(today) = env.today
        && current
        && reading.modifier == Some(Modifier::Later)
    {
        start = start.max(today);
    } else if let Some(today) = env.today
        && (current || reading.direction == Some(0) || reading.impossible)
        && env.ahead != Some(true)
        && start <= today
    {
        end = end.min(today);
    }
    Some(Interval {
        start,
        end,
        precision: if days_named && floor == 1 {
            floor
        } else {
            precision(start, end).max(floor)
        },
    })
}

/// Within how many days of today a date in figures is taken for the report's news.
const FIGURES_WITHIN: i32 = 14;

/// A date in figures in the order that is meant: that of the country, unless it lies ahead of the report. Where
/// no country is known, the order that lies behind the report and the other does not, then the one near it;
/// else the date stays open, the year kept.
pub(crate) fn in_order(reading: Reading, env: &Env) -> Reading {
    if !reading.either_order || reading.day == reading.month {
        return reading;
    }
    let turned = Reading {
        month: reading.day,
        day: reading.month,
        ..reading
    };
    let today = env.published.or(env.today);
    let days = |r: &Reading| {
        let day = place(r, env)?.start;
        Some(day.until(today?).ok()?.get_days())
    };
    let (plain, other) = (days(&reading), days(&turned));
    let is_behind = |days: Option<i32>| days.is_some_and(|d| 0 <= d);
    let is_near = |days: Option<i32>| days.is_some_and(|d| (0..=FIGURES_WITHIN).contains(&d));
    match (is_behind(plain), is_behind(other), env.turns_dates) {
        (true, false, _) => reading,
        (false, true, _) => turned,
        (.., Some(turns)) => [reading, turned][usize::from(turns)],
        _ if is_near(plain) && !is_near(other) => reading,
        _ if is_near(other) && !is_near(plain) => turned,
        _ => Reading {
            month: None,
            day: None,
            either_order: false,
            reference: reading.year.is_none().then_some(Reference::Past),
            ..reading
        },
    }
}

/// "two days after the raid", counted from the day told of.
fn distant(reading: &Reading, sign: i8, env: &Env) -> Option<Interval> {
    let Some((Amount::Exactly(n, _), unit)) = reading.duration else {
        return None;
    };
    let shift = Shift {
        unit,
        offset: n.checked_mul(i64::from(sign))?,
        from: From::Narrative,
        counted: true,
    };
    let counted = Reading {
        shift: Some(shift),
        modifier: reading.modifier,
        ..Reading::default()
    };
    interval(&counted, env)
}

/// "less than a week earlier": the days between.
fn less_than(reading: &Reading, env: &Env, unit: Unit) -> Option<Interval> {
    let shift = reading.shift.filter(|s| s.counted && unit >= Unit::Day)?;
    if reading.modifier != Some(Modifier::LessThan) {
        return None;
    }
    let anchor = match shift.from {
        From::Narrative => env.narrative.anchor(Unit::Day)?,
        From::Publication => env.today?,
    };
    let far = calendar::add(anchor, shift.unit, shift.offset)?;
    let back = shift.offset < 0;
    let (start, end) = if back { (far, anchor) } else { (anchor, far) };
    let (start, end) = (calendar::add_days(start, 1)?, calendar::add_days(end, -1)?);
    (start <= end).then(|| Interval {
        start,
        end,
        precision: precision(start, end).max(2),
    })
}

/// "the past week", "the last three days": that much time up to today.
fn up_to_now(reading: &Reading, env: &Env) -> Option<Interval> {
    let end = env.today?;
    let (unit, n) = match (reading.duration, reading.shift) {
        (Some((Amount::Exactly(n, _), unit)), _) => (unit, n),
        // "Recent days" are at most a week.
        (Some((Amount::Vague, Unit::Day)), _) => (Unit::Week, 1),
        (None, Some(shift)) => (shift.unit, 1),
        _ => return None,
    };
    let start = match unit {
        Unit::Second | Unit::Minute => end,
        Unit::Hour => calendar::add_days(end, -(n / 24).max(1))?,
        _ => calendar::add(end, unit, n.checked_neg()?)?,
    };
    Some(Interval {
        start,
        end,
        precision: precision(start, end),
    })
}

/// The two days of "overnight": the night that ends today, or the night of the day named.
fn night(day: Date, reading: &Reading, env: &Env) -> Option<(Date, Date)> {
    let after = calendar::add_days(day, 1)?;
    let ends_on_day = reading.weekday.is_none()
        && reading.day.is_none()
        && reading.shift.is_none_or(|s| s.offset == 0);
    let is_ahead = env.today.is_some_and(|today| after > today);
    // "the night from Wednesday to Thursday", told on a Wednesday, was a week ago.
    if reading.into_next && reading.weekday.is_some() && is_ahead && env.ahead != Some(true) {
        return Some((calendar::add_days(day, -7)?, calendar::add_days(after, -7)?));
    }
    if reading.night_ends || ends_on_day || is_ahead {
        return Some((calendar::add_days(day, -1)?, day));
    }
    Some((day, after))
}

/// "early March" is its first third, and so on.
fn part(place: &Place, modifier: Option<Modifier>) -> Option<(Date, Date)> {
    let whole = Some((place.start, place.end));
    let (first, last) = match (modifier, place.unit) {
        (Some(Modifier::Start), Unit::Month) => (0, 9),
        (Some(Modifier::Mid), Unit::Month) => (10, 19),
        (Some(Modifier::End), Unit::Month) => {
            return Some((calendar::add_days(place.start, 20)?, place.end));
        }
        (Some(Modifier::Start), Unit::Week) => (0, 2),
        (Some(Modifier::Mid), Unit::Week) => (2, 4),
        (Some(Modifier::End), Unit::Week) => (3, 6),
        (Some(Modifier::Start), Unit::Year) => (0, 119),
        (Some(Modifier::Mid), Unit::Year) => (120, 242),
        (Some(Modifier::End), Unit::Year) => {
            return Some((calendar::add_days(place.start, 243)?, place.end));
        }
        _ => return whole,
    };
    Some((
        calendar::add_days(place.start, first)?,
        calendar::add_days(place.start, last)?,
    ))
}

/// UCDP `date_prec` of an interval: 1 the day, 2 two to six days, 3 a week or two, 4 a month,
/// 5 more (UCDP GED codebook, variable `date_prec`).
pub(crate) fn precision(start: Date, end: Date) -> u8 {
    let days = start.until(end).map_or(i32::MAX, |s| s.get_days()) + 1;
    match days {
        ..=1 => 1,
        2..=6 => 2,
        7..=14 => 3,
        15..=31 => 4,
        _ => 5,
    }
}

/// The stretch of the calendar that a reading names, or the one around it that it means.
pub(crate) fn place(reading: &Reading, env: &Env) -> Option<Place> {
    let named = named(reading, env)?;
    match reading.around {
        Some(unit) if reading.beside.is_none() => recurring::around(named.start, unit),
        _ => Some(named),
    }
}

fn named(reading: &Reading, env: &Env) -> Option<Place> {
    if reading.duration.is_some() || reading.set || reading.reference.is_some() {
        return None;
    }
    let anchor = match reading.shift {
        Some(shift) if shift.from == From::Narrative => env.narrative.anchor(shift.unit),
        _ => env.today,
    };
    if let Some(nth) = reading.nth {
        let (bare, weekday) = (
            Reading {
                nth: None,
                ..*reading
            },
            None,
        );
        let whole = place(&Reading { weekday, ..bare }, env)?;
        return recurring::on_part(reading, nth, &whole);
    }
    if let (Some(sign), Some(_)) = (reading.beside, reading.holiday) {
        return recurring::beside(reading, sign, env);
    }
    if let Some(holiday) = reading.holiday {
        return on_holiday(reading, holiday, anchor, env);
    }
    if let (Some(month), Calendar::Hijri) = (reading.month, reading.calendar) {
        return recurring::on_hijri(reading, month, anchor, env);
    }
    if let (Some(month), Some(day)) = (reading.month, reading.day) {
        if let (Some(year), Calendar::Julian) = (reading.year, reading.calendar) {
            return Place::of(calendars::julian(year, month, day)?, Unit::Day);
        }
        let on = |year| calendar::date(year, month, day);
        return Place::of(in_year(reading, anchor, env, 365, on)?, Unit::Day);
    }
    if let Some(day) = reading.day {
        return on_day_of_month(reading, day, anchor?);
    }
    if reading.weekday.is_some() {
        return Place::of(on_weekday(reading, anchor?, env)?, Unit::Day);
    }
    if let Some(month) = reading.month {
        let on = |year| calendar::date(year, month, 1);
        return Place::of(in_year(reading, anchor, env, 31, on)?, Unit::Month);
    }
    if let Some(season) = reading.season {
        let on = |year| calendar::date(year, season * 3, 1);
        let start = in_year(reading, anchor, env, 92, on)?;
        let end = calendar::add_days(calendar::add_months(start, 3)?, -1)?;
        return Some(Place {
            unit: Unit::Season,
            start,
            end,
        });
    }
    if let Some(quarter) = reading.quarter {
        return in_quarter(reading, quarter, anchor, env);
    }
    if let Some(half) = reading.half {
        let on = |year| calendar::date(year, half * 6 - 5, 1);
        return Place::of(in_year(reading, anchor, env, 184, on)?, Unit::Half);
    }
    if let Some(year) = reading.year {
        return Place::of(calendar::date(year, 1, 1)?, Unit::Year);
    }
    if let Some(decade) = reading.decade {
        return Place::of(calendar::date(decade, 1, 1)?, Unit::Decade);
    }
    if let Some(century) = reading.century {
        return Place::of(calendar::date(century.max(1), 1, 1)?, Unit::Century);
    }
    match reading.shift {
        Some(shift) => shifted(shift, anchor?, env),
        // A time of day alone belongs to the day that the report is telling of.
        None if reading.time.is_some() => Place::of(env.narrative.day?, Unit::Day),
        None => None,
    }
}

fn shifted(shift: Shift, anchor: Date, env: &Env) -> Option<Place> {
    if shift.counted
        && shift.unit == Unit::Year
        && shift.offset == -1
        && let Some(quarter) = env.quarter
    {
        return Place::of(calendar::add(quarter, Unit::Year, -1)?, Unit::Quarter);
    }
    let mut from = anchor;
    if !shift.counted && matches!(shift.unit, Unit::Month | Unit::Quarter | Unit::Half) {
        // Counting months from the 31st would skip the short ones.
        from = calendar::stretch(anchor, shift.unit)?.0;
    }
    Place::of(calendar::add(from, shift.unit, shift.offset)?, shift.unit)
}
