//! Calendar arithmetic that never overflows: every step is checked, `None` outside years 1 to 9999.

use jiff::Span as Step;
use jiff::civil::{Date, Weekday};

/// A unit of time, from short to long.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// All units in the order of their numbers in the data files.
    const ALL: [Self; 14] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Season,
        Self::Quarter,
        Self::Half,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
    ];

    /// The unit of a number in the data files.
    pub(crate) fn from_number(n: i32) -> Option<Self> {
        usize::try_from(n)
            .ok()
            .and_then(|n| Self::ALL.get(n))
            .copied()
    }

    /// Letter of TIMEX3 durations, and whether it stands behind the `T`.
    pub(crate) const fn letter(self) -> (&'static str, bool) {
        match self {
            Self::Second => ("S", true),
            Self::Minute => ("M", true),
            Self::Hour => ("H", true),
            Self::Day => ("D", false),
            Self::Weekend => ("WE", false),
            Self::Week => ("W", false),
            Self::Month => ("M", false),
            Self::Season => ("SE", false),
            Self::Quarter => ("Q", false),
            Self::Half => ("H", false),
            Self::Year => ("Y", false),
            Self::Decade => ("E", false),
            Self::Century => ("C", false),
            Self::Millennium => ("L", false),
        }
    }
}

/// A date, if it exists and its year is 1 to 9999.
pub(crate) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|y| (1..=9999).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `day` moved by a number of days.
pub(crate) fn add_days(day: Date, n: i64) -> Option<Date> {
    let moved = day.checked_add(Step::new().try_days(n).ok()?).ok()?;
    (moved.year() >= 1).then_some(moved)
}

/// `day` moved by a number of months, the day of the month kept where it exists.
pub(crate) fn add_months(day: Date, n: i64) -> Option<Date> {
    let moved = day.checked_add(Step::new().try_months(n).ok()?).ok()?;
    (moved.year() >= 1).then_some(moved)
}

/// `day` moved by units of a day or longer; hours and shorter leave the day as it is.
pub(crate) fn add(day: Date, unit: Unit, n: i64) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day => add_days(day, n),
        Unit::Week | Unit::Weekend => add_days(day, n.checked_mul(7)?),
        Unit::Month => add_months(day, n),
        Unit::Season | Unit::Quarter => add_months(day, n.checked_mul(3)?),
        Unit::Half => add_months(day, n.checked_mul(6)?),
        Unit::Year => add_months(day, n.checked_mul(12)?),
        Unit::Decade => add_months(day, n.checked_mul(120)?),
        Unit::Century => add_months(day, n.checked_mul(1200)?),
        Unit::Millennium => add_months(day, n.checked_mul(12_000)?),
    }
}

/// Monday of the week that holds `day`.
pub(crate) fn monday(day: Date) -> Option<Date> {
    add_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The latest such weekday not after `day`.
pub(crate) fn weekday_before(day: Date, weekday: Weekday) -> Option<Date> {
    let back = (day.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset() + 7) % 7;
    add_days(day, -i64::from(back))
}

/// The month of a day, counted from zero in quarters: 0 to 3.
pub(crate) fn quarter(day: Date) -> u8 {
    (day.month().unsigned_abs() - 1) / 3
}

/// First and last day of the stretch of this unit that holds `day`.
pub(crate) fn stretch(day: Date, unit: Unit) -> Option<(Date, Date)> {
    let year = i32::from(day.year());
    let months = |first: u8, n: i64| {
        let start = date(year, first, 1)?;
        Some((start, add_days(add_months(start, n)?, -1)?))
    };
    let years =
        |start: i32, n: i32| Some((date(start.max(1), 1, 1)?, date(start + n - 1, 12, 31)?));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some((day, day)),
        Unit::Weekend => {
            let start = monday(day)?;
            Some((add_days(start, 5)?, add_days(start, 6)?))
        }
        Unit::Week => {
            let start = monday(day)?;
            Some((start, add_days(start, 6)?))
        }
        Unit::Month => months(day.month().unsigned_abs(), 1),
        Unit::Season | Unit::Quarter => months(quarter(day) * 3 + 1, 3),
        Unit::Half => months(if day.month() > 6 { 7 } else { 1 }, 6),
        Unit::Year => years(year, 1),
        Unit::Decade => years(year / 10 * 10, 10),
        Unit::Century => years(year / 100 * 100, 100),
        Unit::Millennium => years(year / 1000 * 1000, 1000),
    }
}

/// Sunday of Easter in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher, as in
/// Meeus, *Astronomical Algorithms*, 1991, chapter 8).
pub(crate) fn easter(year: i32) -> Option<Date> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month.unsigned_abs() as u8, day.unsigned_abs() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2015, 4, 5),
            (2024, 3, 31),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), date(year, month, day), "{year}");
        }
    }

    #[test]
    fn impossible_dates_are_none() {
        assert_eq!(date(2021, 2, 31), None);
        assert_eq!(date(99_999, 1, 1), None);
        assert_eq!(date(0, 1, 1), None);
        let day = date(2021, 5, 3).unwrap();
        assert_eq!(add(day, Unit::Century, i64::MAX), None);
        assert_eq!(add(day, Unit::Day, i64::MIN), None);
        assert_eq!(add(date(9999, 12, 31).unwrap(), Unit::Day, 1), None);
    }

    #[test]
    fn weekday_equal_to_the_day_is_that_day() {
        let wednesday = date(2020, 11, 18).unwrap();
        assert_eq!(
            weekday_before(wednesday, Weekday::Wednesday),
            Some(wednesday)
        );
        assert_eq!(
            weekday_before(wednesday, Weekday::Thursday),
            date(2020, 11, 12)
        );
    }
}
