//! What recurs, placed in its year: days, months, holidays, weekdays, quarters, numbered parts.

use jiff::civil::{Date, Weekday};

use crate::calendar::{self, Unit};
use crate::calendars;
use crate::reading::{Holiday, Part, Reading};
use crate::resolve::{self, Env, Place};

/// Chooses the year of something that recurs every year and, from its first day on, lasts `days`.
pub(crate) fn in_year(
    reading: &Reading,
    anchor: Option<Date>,
    env: &Env,
    days: i64,
    on: impl Fn(i32) -> Option<Date>,
) -> Option<Date> {
    if let Some(year) = reading.year {
        return on(year);
    }
    let anchor = anchor?;
    let this = i32::from(anchor.year());
    if let Some(shift) = reading.shift.filter(|s| s.unit == Unit::Year) {
        return on(this + i32::try_from(shift.offset).ok()?);
    }
    // 29 February only exists in some years.
    let years = || (this - 8..=this + 8).filter_map(&on);
    let is_over =
        |start: &Date| calendar::add_days(*start, days - 1).is_some_and(|end| end < anchor);
    match reading.direction {
        Some(-1) => {
            return years()
                .filter(|d| *d < anchor && (days == 365 || is_over(d)))
                .last();
        }
        Some(0) => return on(this),
        Some(1) => return years().find(|d| *d > anchor),
        _ => {}
    }
    // A report is written on one day and published on a later one.
    let latest = env.published.map_or(anchor, |p| p.max(anchor));
    let before = years().filter(|d| *d <= latest).last();
    let after = years().find(|d| *d > latest);
    nearest(before, after, anchor, env, days)
}

/// Chooses between the last that began and the next to come of what lasts `days`.
fn nearest(
    before: Option<Date>,
    after: Option<Date>,
    anchor: Date,
    env: &Env,
    days: i64,
) -> Option<Date> {
    let is_over =
        |start: &Date| calendar::add_days(*start, days - 1).is_some_and(|end| end < anchor);
    if env.ahead == Some(true) {
        return match before {
            Some(d) if days < 365 && !is_over(&d) => before,
            Some(d) if d == anchor => before,
            _ => after,
        };
    }
    let (Some(last), Some(next)) = (before, after) else {
        return before.or(after);
    };
    let ahead = anchor.until(next).ok()?.get_days();
    if env.open {
        let end = calendar::add_days(last, days % 365)?;
        let past = end.until(anchor).ok()?.get_days();
        return Some(if past <= ahead { last } else { next });
    }
    // Of days of the year the nearest, the past counted as nearer than the future.
    let past = last.until(anchor).ok()?.get_days();
    let back = days < 365 || env.ahead == Some(false);
    Some(if back || past <= ahead * 2 {
        last
    } else {
        next
    })
}

/// The fast of the ninth of Av, in days from the Jewish New Year; it gives way to a Sabbath.
const TISHA_BAV: i16 = -51;
/// Israel's Independence Day, in days from the first of Passover; it and its eve give way to a Sabbath.
const INDEPENDENCE: i16 = 20;
const INDEPENDENCE_MOVES: [(Weekday, i64); 3] = [
    (Weekday::Friday, -1),
    (Weekday::Saturday, -2),
    (Weekday::Monday, 1),
];

/// The day of a holiday.
pub(crate) fn on_holiday(
    reading: &Reading,
    holiday: Holiday,
    anchor: Option<Date>,
    env: &Env,
) -> Option<Place> {
    let yearly = |of: &dyn Fn(i32) -> Option<Date>| in_year(reading, anchor, env, 365, of);
    let after = |offset: i16, feast: &dyn Fn(i32) -> Option<Date>| {
        yearly(&|year| calendar::add_days(feast(year)?, i64::from(offset)))
    };
    let day = match holiday {
        Holiday::Fixed(month, day) | Holiday::Lasting(month, day, _) => {
            yearly(&|year| calendar::date(year, month, day))?
        }
        Holiday::Easter(offset) => after(offset, &calendar::easter)?,
        Holiday::OrthodoxEaster(offset) => after(offset, &calendars::orthodox_easter)?,
        Holiday::RoshHashanah(offset) => yearly(&|year| {
            let day = calendar::add_days(calendars::rosh_hashanah(year)?, i64::from(offset))?;
            calendars::kept_on(day, offset == TISHA_BAV, &[(Weekday::Saturday, 1)])
        })?,
        Holiday::Passover(offset) => yearly(&|year| {
            let day = calendar::add_days(calendars::passover(year)?, i64::from(offset))?;
            calendars::kept_on(day, offset == INDEPENDENCE, &INDEPENDENCE_MOVES)
        })?,
        Holiday::Hanukkah(offset) => after(offset, &calendars::hanukkah)?,
        Holiday::Moon(full, (month, day), offset) => after(offset, &|year| {
            calendars::moon_from(calendar::date(year, month, day)?, full)
        })?,
        Holiday::NthWeekday(month, weekday, nth) => {
            yearly(&|year| nth_weekday(year, month, weekday, nth))?
        }
        Holiday::Hijri(day, None) => in_hijri(reading, day, 365, anchor, env)?,
        Holiday::Hijri(day, Some(other)) => {
            let anchor = anchor?;
            let days = [day, other].map(|day| in_hijri(reading, day, 365, Some(anchor), env));
            let distance = |day: &Date| day.until(anchor).map_or(i32::MAX, |s| s.get_days().abs());
            days.into_iter()
                .flatten()
                .filter(|day| distance(day) <= EITHER_WITHIN)
                .min_by_key(distance)?
        }
        Holiday::HijriWeekday(month, weekday, nth) => {
            let first = in_hijri(reading, (month, 1), 365, anchor, env)?;
            nth_from(first, calendar::add_days(first, 28)?, weekday, nth)?
        }
        Holiday::OfCountry(_) | Holiday::Unknown => return None,
    };
    let over = calendar::add_days(day, holiday.days() - 1)?;
    // Of a feast that is not over yet, the days that were.
    let end = match anchor {
        Some(today) if day <= today && env.ahead != Some(true) => over.min(today),
        _ => over,
    };
    Some(Place {
        unit: Unit::Day,
        start: day,
        end,
    })
}

/// The `nth` such day of a month; 5 for the last.
fn nth_weekday(year: i32, month: u8, weekday: Weekday, nth: u8) -> Option<Date> {
    let (first, last) = calendar::stretch(calendar::date(year, month, 1)?, Unit::Month)?;
    nth_from(first, last, weekday, nth)
}

/// The `nth` such day of a stretch; 5 for the last.
fn nth_from(first: Date, last: Date, weekday: Weekday, nth: u8) -> Option<Date> {
    if nth == 5 {
        return calendar::weekday_before(last, weekday);
    }
    let earliest = calendar::weekday_before(calendar::add_days(first, 6)?, weekday)?;
    calendar::add_days(earliest, (i64::from(nth) - 1) * 7)
}

/// "the Friday before Christmas", "the week after Easter".
pub(crate) fn beside(reading: &Reading, sign: i8, env: &Env) -> Option<Place> {
    let feast = Reading {
        beside: None,
        weekday: None,
        around: None,
        ..*reading
    };
    let feast = resolve::place(&feast, env)?;
    let weekday = match reading.around {
        Some(Unit::Weekend) => Some(Weekday::Saturday),
        Some(_) => None,
        None => Some(reading.weekday?),
    };
    let days = if reading.around.is_some() { 2 } else { 1 };
    let (start, length) = match (weekday, sign < 0) {
        (Some(weekday), true) => {
            let before = calendar::add_days(feast.start, -days)?;
            (calendar::weekday_before(before, weekday)?, days)
        }
        (Some(weekday), false) => {
            let after = calendar::add_days(feast.end, 7)?;
            (calendar::weekday_before(after, weekday)?, days)
        }
        (None, true) => (calendar::add_days(feast.start, -7)?, 7),
        (None, false) => (calendar::add_days(feast.end, 1)?, 7),
    };
    Some(Place {
        unit: reading.around.unwrap_or(Unit::Day),
        start,
        end: calendar::add_days(start, length - 1)?,
    })
}

/// The week that a day is of ("the week of 6 May"), on Sundays the one that begins, or the weekend next to it.
pub(crate) fn around(day: Date, unit: Unit) -> Option<Place> {
    let first = match (unit, day.weekday()) {
        (Unit::Weekend, _) => {
            calendar::weekday_before(calendar::add_days(day, 3)?, Weekday::Saturday)?
        }
        (_, Weekday::Sunday) => day,
        _ => calendar::monday(day)?,
    };
    let days = if unit == Unit::Weekend { 1 } else { 6 };
    Some(Place {
        unit,
        start: first,
        end: calendar::add_days(first, days)?,
    })
}

/// How near a feast must be, in days, that shares its name with another.
const EITHER_WITHIN: i32 = 30;

/// A day of the Islamic year, or the first of a stretch of `days`, in the year meant.
fn in_hijri(
    reading: &Reading,
    (month, day): (u8, u8),
    days: i64,
    anchor: Option<Date>,
    env: &Env,
) -> Option<Date> {
    if let Some(year) = reading.year.filter(|year| calendars::is_hijri_year(*year)) {
        return calendars::hijri(year, month, day);
    }
    let year_of = |shift: i64| Some(i32::from(anchor?.year()) + i32::try_from(shift).ok()?);
    let shifted = reading.shift.filter(|s| s.unit == Unit::Year);
    if let Some(year) = reading.year.or(shifted.and_then(|s| year_of(s.offset))) {
        return calendars::hijri_around(year, month, day).find(|d| i32::from(d.year()) == year);
    }
    let anchor = anchor?;
    let years = || calendars::hijri_around(i32::from(anchor.year()), month, day);
    let before = years().filter(|d| *d <= anchor).last();
    let after = years().find(|d| *d > anchor);
    match reading.direction {
        Some(-1) => before,
        Some(1) => after,
        _ => nearest(before, after, anchor, env, days),
    }
}

/// A day or month of the Islamic calendar.
pub(crate) fn on_hijri(
    reading: &Reading,
    month: u8,
    anchor: Option<Date>,
    env: &Env,
) -> Option<Place> {
    if let Some(day) = reading.day {
        return Place::of(
            in_hijri(reading, (month, day), 365, anchor, env)?,
            Unit::Day,
        );
    }
    let start = in_hijri(reading, (month, 1), 30, anchor, env)?;
    Some(Place {
        unit: Unit::Month,
        start,
        end: calendar::add_days(start, 29)?,
    })
}

/// "the second week of May", "the last Friday of October", "the first three months of 2024": a part of the stretch
/// around it.
pub(crate) fn on_part(reading: &Reading, part: Part, whole: &Place) -> Option<Place> {
    let Part { nth, unit, count } = part;
    let (last, count) = (nth < 0, i64::from(count));
    let steps = i64::from(nth.unsigned_abs()) - 1;
    // "the second day of Eid"
    if reading.holiday.is_some() {
        return Place::of(calendar::add_days(whole.start, steps)?, Unit::Day);
    }
    let of_weekdays = |weekday| {
        let first = match last {
            true => calendar::weekday_before(whole.end, weekday)?,
            false => calendar::weekday_before(calendar::add_days(whole.start, 6)?, weekday)?,
        };
        calendar::add_days(first, if last { 0 } else { steps * 7 })
    };
    let (first, length) = match (unit, reading.weekday) {
        (Unit::Day, Some(weekday)) => (of_weekdays(weekday)?, 1),
        (Unit::Weekend, _) => (of_weekdays(Weekday::Saturday)?, 2),
        (Unit::Half, _) if whole.unit < Unit::Year => {
            let days = i64::from(whole.start.until(whole.end).ok()?.get_days()) + 1;
            match steps {
                0 if !last => (whole.start, days / 2),
                _ => (calendar::add_days(whole.start, days / 2)?, days - days / 2),
            }
        }
        (Unit::Month | Unit::Quarter | Unit::Half, _) => {
            return of_months(part, whole);
        }
        (Unit::Day | Unit::Week, _) => {
            let length = if unit == Unit::Day { 1 } else { 7 };
            let first = match last {
                true => calendar::add_days(whole.end, 1 - length * count)?,
                false => calendar::add_days(whole.start, steps * length)?,
            };
            (first, length * count)
        }
        _ => return None,
    };
    let end = calendar::add_days(first, length - 1)?;
    let inside = first <= whole.end && first >= whole.start && (count == 1 || end <= whole.end);
    inside.then_some(Place {
        unit: if length == 1 { Unit::Day } else { Unit::Week },
        start: first,
        end: if unit == Unit::Week {
            end.min(whole.end)
        } else {
            end
        },
    })
}

/// Months of a year: a month, a quarter or a half where they make one up.
fn of_months(part: Part, whole: &Place) -> Option<Place> {
    let months = match part.unit {
        Unit::Half => 6,
        Unit::Quarter => 3,
        _ => 1,
    };
    let count = months * i64::from(part.count);
    let start = match part.nth {
        ..0 => calendar::add_months(calendar::add_days(whole.end, 1)?, -count)?,
        nth => calendar::add_months(whole.start, (i64::from(nth) - 1) * months)?,
    };
    let end = calendar::add_days(calendar::add_months(start, count)?, -1)?;
    let units = [Unit::Month, Unit::Quarter, Unit::Half, Unit::Year];
    let made_up = units
        .into_iter()
        .find(|unit| calendar::stretch(start, *unit) == Some((start, end)));
    let inside = whole.start <= start && end <= whole.end;
    inside.then_some(Place {
        unit: made_up.unwrap_or(Unit::Month),
        start,
        end,
    })
}

/// "the 15th of last month", "on the 15th": the latest such day.
pub(crate) fn on_day_of_month(reading: &Reading, day: u8, anchor: Date) -> Option<Place> {
    let in_month =
        |first: Date| calendar::date(i32::from(first.year()), first.month().unsigned_abs(), day);
    let first = calendar::stretch(anchor, Unit::Month)?.0;
    let found = match reading.shift.filter(|s| s.unit == Unit::Month) {
        Some(shift) => in_month(calendar::add_months(first, shift.offset)?),
        None => (0..3)
            .filter_map(|back| in_month(calendar::add_months(first, -back)?))
            .find(|d| *d <= anchor),
    };
    Place::of(found?, Unit::Day)
}

pub(crate) fn on_weekday(reading: &Reading, anchor: Date, env: &Env) -> Option<Date> {
    let weekday = reading.weekday?;
    let offset = i64::from(weekday.to_monday_zero_offset());
    if let Some(shift) = reading.shift.filter(|s| s.unit == Unit::Week) {
        let monday = calendar::monday(calendar::add(anchor, Unit::Week, shift.offset)?)?;
        return calendar::add_days(monday, offset);
    }
    let day_before = calendar::add_days(anchor, -1)?;
    // "two Fridays ago"
    if let Some(shift) = reading.shift.filter(|s| s.counted && s.offset < 0) {
        let latest = calendar::weekday_before(day_before, weekday)?;
        return calendar::add(latest, Unit::Week, shift.offset + 1);
    }
    match reading.direction {
        Some(-1) => calendar::weekday_before(day_before, weekday),
        Some(1) => calendar::weekday_before(calendar::add_days(anchor, 7)?, weekday),
        Some(0) => calendar::add_days(calendar::monday(anchor)?, offset),
        _ if env.ahead == Some(true) => {
            calendar::weekday_before(calendar::add_days(anchor, 6)?, weekday)
        }
        _ => calendar::weekday_before(anchor, weekday),
    }
}

pub(crate) fn in_quarter(
    reading: &Reading,
    quarter: u8,
    anchor: Option<Date>,
    env: &Env,
) -> Option<Place> {
    if quarter == 0 {
        // "the quarter": the last that is complete, or the one just spoken of.
        let last = calendar::stretch(anchor?, Unit::Quarter)?.0;
        let day = match (env.quarter, reading.year, reading.shift) {
            (Some(quarter), None, None) => quarter,
            _ => calendar::add_days(last, -1)?,
        };
        return Place::of(day, Unit::Quarter);
    }
    let on = |year| calendar::date(year, quarter * 3 - 2, 1);
    // What is reported of a quarter is reported when it is over, whatever the verb.
    let env = Env {
        ahead: None,
        ..*env
    };
    Place::of(in_year(reading, anchor, &env, 92, on)?, Unit::Quarter)
}
