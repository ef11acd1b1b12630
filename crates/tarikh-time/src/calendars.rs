//! Days of other calendars in the Gregorian one.

use jiff::civil::{Date, Weekday};

use crate::calendar;

/// The calendar that a date is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Calendar {
    #[default]
    Gregorian,
    /// "Old Style".
    Julian,
    /// The Islamic calendar. Months begin when the moon is seen, so a day of it is known to a day
    /// or so.
    Hijri,
    /// Feasts of the new or full moon, known to a day or so.
    Moon,
}

impl Calendar {
    /// Whether its days are known to a day or so only.
    pub(crate) fn is_by_the_moon(self) -> bool {
        matches!(self, Self::Hijri | Self::Moon)
    }
}

/// Julian day number of 1 January 1970.
const UNIX_EPOCH: i64 = 2_440_588;

/// Last year that is taken for one of the Islamic calendar (it is 2271 there).
const LAST_HIJRI: i32 = 1700;

fn from_day_number(number: i64) -> Option<Date> {
    calendar::add_days(calendar::date(1970, 1, 1)?, number - UNIX_EPOCH)
}

/// A date of the Julian calendar; `None` if there is no such day.
pub(crate) fn julian(year: i32, month: u8, day: u8) -> Option<Date> {
    let leap = year % 4 == 0;
    let length = match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    let a = (14 - m) / 12;
    let (y, m) = (y + 4800 - a, m + 12 * a - 3);
    from_day_number(d + (153 * m + 2) / 5 + 365 * y + y / 4 - 32_083)
}

/// A date of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24,
/// 26 and 29 of 30); at most a day or so from the observed one.
pub(crate) fn hijri(year: i32, month: u8, day: u8) -> Option<Date> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    from_day_number((11 * y + 3) / 30 + 354 * y + 30 * m - (m - 1) / 2 + d + 1_948_440 - 385)
}

/// Whether a year written beside a month of the Islamic calendar is a year of that calendar.
pub(crate) fn is_hijri_year(year: i32) -> bool {
    year < LAST_HIJRI
}

/// Where a day of the Islamic year fell or falls in the years around `year` of ours, in order.
pub(crate) fn hijri_around(year: i32, month: u8, day: u8) -> impl Iterator<Item = Date> {
    let near = (year - 622) * 33 / 32;
    (near - 3..=near + 4).filter_map(move |year| hijri(year, month, day))
}

/// Sunday of Easter in the Orthodox churches (Meeus, *Astronomical Algorithms*, 1991, chapter 8).
pub(crate) fn orthodox_easter(year: i32) -> Option<Date> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    julian(year, month.unsigned_abs() as u8, day.unsigned_abs() as u8)
}

/// Day number (1 January of year 1 is 1) of 1 January 1970.
const UNIX_EPOCH_IN_DAYS: i64 = 719_163;

/// Days of the Jewish calendar before the first of Tishri of a year, rests not yet moved (Reingold and
/// Dershowitz, *Calendrical Calculations*, 2018, chapter 8).
fn jewish_days(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let day = 29 * months + (12_084 + 13_753 * months).div_euclid(25_920);
    day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
}

/// The first of Tishri that lies in a year of ours.
pub(crate) fn rosh_hashanah(year: i32) -> Option<Date> {
    let year = i64::from(year) + 3761;
    let [before, this, after] = [year - 1, year, year + 1].map(jewish_days);
    let moved = match (after - this, this - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    calendar::add_days(
        calendar::date(1970, 1, 1)?,
        this + moved - 1_373_427 - UNIX_EPOCH_IN_DAYS,
    )
}

/// The first day of Passover in a year of ours: 163 days before the new year.
pub(crate) fn passover(year: i32) -> Option<Date> {
    calendar::add_days(rosh_hashanah(year)?, -163)
}

/// The first day of Hanukkah, the 25th of Kislev, in a year of ours: 83 days after the new year, or one more in a year
/// whose second month has 30 days (one of 355 or 385 days).
pub(crate) fn hanukkah(year: i32) -> Option<Date> {
    let (first, next) = (rosh_hashanah(year)?, rosh_hashanah(year.checked_add(1)?)?);
    let length = first.until(next).ok()?.get_days();
    calendar::add_days(first, 83 + i64::from(matches!(length, 355 | 385)))
}

/// The day on which a feast is kept that, if it `moves`, moves by so many days off some days of the week.
pub(crate) fn kept_on(day: Date, moves: bool, by: &[(Weekday, i64)]) -> Option<Date> {
    let moved = by
        .iter()
        .find(|(weekday, _)| moves && *weekday == day.weekday());
    calendar::add_days(day, moved.map_or(0, |(_, days)| *days))
}

/// Days from one new moon to the next, on average.
const MONTH_OF_MOON: f64 = 29.530_588_861;
/// The new moon of January 2000, as a Julian day.
const FIRST_MOON: f64 = 2_451_550.097_66;
/// Feasts of the moon are kept in Asia, a quarter of a day ahead of Greenwich.
const EAST: f64 = 0.25;

/// The day of the first new or full moon from a day on (Meeus, *Astronomical Algorithms*, 1991, chapter 47, its
/// largest terms).
pub(crate) fn moon_from(first: Date, full: bool) -> Option<Date> {
    let since = calendar::date(1970, 1, 1)?.until(first).ok()?.get_days();
    let start = f64::from(since) + UNIX_EPOCH as f64 - 0.5;
    let phase = if full { 0.5 } else { 0.0 };
    let mut k = ((start - FIRST_MOON) / MONTH_OF_MOON).floor() - 1.0 + phase;
    for _ in 0..4 {
        let moon = moon(k, full) + EAST;
        if moon >= start {
            return from_day_number((moon + 0.5).floor() as i64);
        }
        k += 1.0;
    }
    None
}

/// The Julian day of the moon of a number.
fn moon(k: f64, full: bool) -> f64 {
    let of_sun = (2.5534 + 29.105_356_69 * k).to_radians();
    let of_moon = (201.5643 + 385.816_935_28 * k).to_radians();
    let node = (160.7108 + 390.670_502_74 * k).to_radians();
    let (by_moon, by_sun) = if full {
        (-0.40614, 0.17302)
    } else {
        (-0.40720, 0.17241)
    };
    FIRST_MOON
        + MONTH_OF_MOON * k
        + by_moon * of_moon.sin()
        + by_sun * of_sun.sin()
        + 0.0161 * (2.0 * of_moon).sin()
        + 0.0104 * (2.0 * node).sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_of_other_calendars() {
        let day = calendar::date;
        assert_eq!(julian(1917, 10, 25), day(1917, 11, 7));
        assert_eq!(julian(1900, 2, 29), day(1900, 3, 13));
        assert_eq!(julian(1901, 2, 29), None);
        assert_eq!(hijri(1442, 1, 1), day(2020, 8, 20));
        assert_eq!(hijri(1441, 9, 1), day(2020, 4, 24));
        assert_eq!(hijri(1441, 13, 1), None);
        assert_eq!(orthodox_easter(2021), day(2021, 5, 2));
        assert_eq!(orthodox_easter(2024), day(2024, 5, 5));
    }

    #[test]
    fn known_days_of_the_jewish_year() {
        let day = calendar::date;
        assert_eq!(rosh_hashanah(2023), day(2023, 9, 16));
        assert_eq!(rosh_hashanah(2024), day(2024, 10, 3));
        assert_eq!(rosh_hashanah(1973), day(1973, 9, 27));
        assert_eq!(passover(2024), day(2024, 4, 23));
        assert_eq!(passover(2002), day(2002, 3, 28));
        for (year, month, first) in [
            (2021, 11, 29),
            (2022, 12, 19),
            (2023, 12, 8),
            (2024, 12, 26),
        ] {
            assert_eq!(hanukkah(year), day(year, month, first));
        }
    }

    #[test]
    fn known_moons() {
        let day = |y, m, d| calendar::date(y, m, d).unwrap();
        assert_eq!(moon_from(day(2024, 1, 21), false), Some(day(2024, 2, 10)));
        assert_eq!(moon_from(day(2023, 1, 21), false), Some(day(2023, 1, 22)));
        assert_eq!(moon_from(day(2021, 10, 17), false), Some(day(2021, 11, 5)));
        assert_eq!(moon_from(day(2024, 2, 28), true), Some(day(2024, 3, 25)));
    }

    #[test]
    fn ramadan_came_in_every_year() {
        for year in 1900..2100 {
            let came = hijri_around(year, 9, 1).any(|d| i32::from(d.year()) == year);
            assert!(came, "{year}");
        }
    }
}
