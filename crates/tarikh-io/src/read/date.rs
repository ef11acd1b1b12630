//! Dates as people and programs write them in metadata.

use jiff::civil::Date;

use crate::error::Problem;

/// Reads a calendar day: `2023-04-22`, also with a time of day behind it
/// (`2023-04-22T18:30:00+02:00`), whose day is taken as written, without moving time zones.
///
/// # Errors
/// [`Problem::NoSuchDate`] for anything else, also for a day that the calendar lacks
/// (`2023-02-30`).
pub fn parse_date(written: &str) -> Result<Date, Problem> {
    let written = written.trim();
    let refused = || Problem::NoSuchDate(written.chars().take(60).collect());
    let day = match written.split_once(['T', ' ']) {
        Some((day, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => day,
        Some(_) => return Err(refused()),
        None => written,
    };
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str, width: usize| {
        let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i16>().ok()).flatten()
    };
    let &[year, month, of_month] = parts.as_slice() else {
        return Err(refused());
    };
    let (Some(year), Some(month), Some(of_month)) =
        (number(year, 4), number(month, 2), number(of_month, 2))
    else {
        return Err(refused());
    };
    i8::try_from(month)
        .ok()
        .zip(i8::try_from(of_month).ok())
        .and_then(|(month, of_month)| Date::new(year, month, of_month).ok())
        .ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments() {
        for good in [
            "2023-04-22",
            " 2023-04-22 ",
            "2023-04-22T23:59:00-05:00",
            "2023-04-22 06:00",
        ] {
            assert_eq!(
                parse_date(good).map(|d| d.to_string()).ok().as_deref(),
                Some("2023-04-22")
            );
        }
    }

    #[test]
    fn refuses_days_that_are_not() {
        for bad in [
            "2023-02-30",
            "2023-13-01",
            "22.04.2023",
            "2023-4-2",
            "yesterday",
            "",
            "2023-04-22Tx",
            "-023-04-22",
        ] {
            let problem = parse_date(bad).expect_err(bad);
            assert_eq!(problem.code(), "E013");
            assert_eq!(problem.to_string(), format!("\"{bad}\" is not a date"));
        }
    }
}
