//! TIMEX3 values read back: the days that they name.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::calendar::{self, Unit};

/// First and last day that a TIMEX3 date value names: `2020`, `2020-05`, `2020-05-03`,
/// `2020-05-03TMO`, `2020-W18`, `2020-W18-WE`, `2020-Q2`, `2020-H1`, `2020-SU`, `202` (the 2020s),
/// `20` (the years from 2000), and two days joined by `/`.
///
/// `None` for durations, sets, references, values with an unknown digit (`X`), days that do not
/// exist, and years outside 1 to 9999.
///
/// ```
/// use tarikh_time::days_of;
///
/// let first_and_last = days_of("2020-W18").map(|(a, b)| (a.to_string(), b.to_string()));
/// assert_eq!(first_and_last, Some(("2020-04-27".to_owned(), "2020-05-03".to_owned())));
/// assert_eq!(days_of("2021-02-29"), None);
/// assert_eq!(days_of("P3D"), None);
/// ```
#[must_use]
pub fn days_of(value: &str) -> Option<(Date, Date)> {
    if let Some((first, last)) = value.split_once('/') {
        let ((start, _), (_, end)) = (days_of(first)?, days_of(last)?);
        return (start <= end).then_some((start, end));
    }
    let date = value.split('T').next().unwrap_or(value);
    let mut parts = date.split('-');
    let head = parts.next()?;
    let year = digits(head)?;
    match (head.len(), parts.next(), parts.next(), parts.next()) {
        (1, None, ..) => stretch(year * 1000, Unit::Millennium),
        (2, None, ..) => stretch(year * 100, Unit::Century),
        (3, None, ..) => stretch(year * 10, Unit::Decade),
        (4, None, ..) => stretch(year, Unit::Year),
        (4, Some(part), None, _) => part_of(year, part),
        (4, Some(part), Some("WE"), None) => {
            let monday = part_of(year, part).filter(|_| part.starts_with('W'))?.0;
            calendar::stretch(monday, Unit::Weekend)
        }
        (4, Some(month), Some(day), None) => {
            let (month, day) = (two_digits(month)?, two_digits(day)?);
            let day = calendar::date(year, month, day)?;
            Some((day, day))
        }
        _ => None,
    }
}

fn stretch(year: i32, unit: Unit) -> Option<(Date, Date)> {
    calendar::stretch(calendar::date(year.max(1), 1, 1)?, unit)
}

/// A month, week, quarter, half or season of a year.
fn part_of(year: i32, part: &str) -> Option<(Date, Date)> {
    if let Some(month) = two_digits(part) {
        return calendar::stretch(calendar::date(year, month, 1)?, Unit::Month);
    }
    let season = ["SP", "SU", "FA", "WI"].iter().position(|s| *s == part);
    if let Some(season) = season {
        let start = calendar::date(year, season as u8 * 3 + 3, 1)?;
        let end = calendar::add_days(calendar::add_months(start, 3)?, -1)?;
        return Some((start, end));
    }
    let (letter, number) = part.split_at_checked(1)?;
    let number = digits(number)?;
    match letter {
        "W" => {
            let week = ISOWeekDate::new(
                i16::try_from(year).ok()?,
                i8::try_from(number).ok()?,
                Weekday::Monday,
            );
            calendar::stretch(week.ok()?.date(), Unit::Week)
        }
        "Q" if (1..=4).contains(&number) => {
            let month = u8::try_from(number * 3 - 2).ok()?;
            calendar::stretch(calendar::date(year, month, 1)?, Unit::Quarter)
        }
        "H" if (1..=2).contains(&number) => {
            let month = u8::try_from(number * 6 - 5).ok()?;
            calendar::stretch(calendar::date(year, month, 1)?, Unit::Half)
        }
        _ => None,
    }
}

fn digits(part: &str) -> Option<i32> {
    let all = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    all.then(|| part.parse().ok())?
}

fn two_digits(part: &str) -> Option<u8> {
    (part.len() == 2).then(|| u8::try_from(digits(part)?).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_days_is_none() {
        for value in [
            "",
            "-",
            "/",
            "T",
            "P3D",
            "PXY",
            "PAST_REF",
            "XXXX-05-03",
            "2020-XX",
            "2020-13",
            "2020-W54",
            "2020-Q5",
            "2020-02-30",
            "99999",
            "2020-05-03-04",
            "0000-00-00",
            "2020-05-04/2020-05-03",
            "20é",
            "2020-é",
        ] {
            assert_eq!(days_of(value), None, "{value}");
        }
    }
}
