//! Days of other calendars in the Gregorian one.

use jiff::civil::Date;

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
    fn ramadan_came_in_every_year() {
        for year in 1900..2100 {
            let came = hijri_around(year, 9, 1).any(|d| i32::from(d.year()) == year);
            assert!(came, "{year}");
        }
    }
}
