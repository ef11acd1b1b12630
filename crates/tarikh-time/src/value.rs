//! TIMEX3 values of readings.

use std::fmt::Write as _;

use crate::calendar::{self, Unit};
use crate::calendars::Calendar;
use crate::reading::{Amount, Reading, Reference, TimeOfDay};
use crate::resolve::{Env, Place, place};

/// The TIMEX3 value.
pub(crate) fn of(reading: &Reading, env: &Env) -> String {
    if reading.set {
        return set_value(reading);
    }
    if let Some((amount, unit)) = reading.duration {
        let mut value = duration_value(amount, unit);
        if let Some((amount, unit)) = reading.duration_rest {
            add_rest(&mut value, &duration_value(amount, unit));
        }
        return value;
    }
    if let Some(reference) = reading.reference {
        return match reference {
            Reference::Past => "PAST_REF",
            Reference::Present => "PRESENT_REF",
            Reference::Future => "FUTURE_REF",
        }
        .to_owned();
    }
    let mut value = match place(reading, env) {
        Some(place) => place_value(&place, reading),
        None => open_value(reading),
    };
    if reading.last_day.is_none() {
        push_time(&mut value, reading.time);
    }
    value
}

fn push_time(value: &mut String, time: Option<TimeOfDay>) {
    match time {
        Some(TimeOfDay::Clock(minutes)) => {
            let _ = write!(value, "T{:02}:{:02}", minutes / 60, minutes % 60);
        }
        Some(TimeOfDay::Part(part)) => value.push_str(part.suffix()),
        Some(TimeOfDay::Vague) | None => {}
    }
}

fn place_value(place: &Place, reading: &Reading) -> String {
    let start = place.start;
    let year = start.year();
    let is_stretch = reading.nth.is_some()
        || reading.calendar == Calendar::Hijri
        || reading.beside.is_some() && place.unit == Unit::Week;
    let by_months = place.unit >= Unit::Month;
    let is_whole = by_months && calendar::stretch(start, place.unit) == Some((start, place.end));
    if is_stretch && place.unit != Unit::Day && !is_whole {
        return format!("{start}/{}", place.end);
    }
    match place.unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => match reading.last_day {
            Some(last) => format!("{start}/{year:04}-{:02}-{last:02}", start.month()),
            None => start.to_string(),
        },
        Unit::Week | Unit::Weekend => {
            let week = start.iso_week_date();
            let weekend = if place.unit == Unit::Weekend {
                "-WE"
            } else {
                ""
            };
            format!("{:04}-W{:02}{weekend}", week.year(), week.week())
        }
        Unit::Month => format!("{year:04}-{:02}", start.month()),
        Unit::Season => format!("{year:04}-{}", season_letters(reading.season)),
        Unit::Quarter => format!("{year:04}-Q{}", calendar::quarter(start) + 1),
        Unit::Half => format!("{year:04}-H{}", if start.month() > 6 { 2 } else { 1 }),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}", year / 10),
        Unit::Century => format!("{:02}", year / 100),
        Unit::Millennium => format!("{:01}", year / 1000),
    }
}

const fn season_letters(season: Option<u8>) -> &'static str {
    match season {
        Some(1) => "SP",
        Some(2) => "SU",
        Some(3) => "FA",
        _ => "WI",
    }
}

/// The value of what cannot be resolved: an X for each digit that is not known.
fn open_value(reading: &Reading) -> String {
    let year = match (reading.year, reading.shift) {
        (Some(year @ 0..=9999), _) => format!("{year:04}"),
        _ => "XXXX".to_owned(),
    };
    if reading.holiday.is_some() {
        return format!("{year}-XX-XX");
    }
    if reading.nth.is_some() || reading.calendar == Calendar::Hijri {
        return match (reading.month, reading.calendar) {
            (Some(month), Calendar::Gregorian) => format!("{year}-{month:02}-XX"),
            _ => "XXXX-XX-XX".to_owned(),
        };
    }
    if let (Some(month), Some(day)) = (reading.month, reading.day) {
        // A 29 February of another year is no day.
        return match reading.year {
            Some(y) if calendar::date(y, month, day).is_none() => format!("{year}-{month:02}-XX"),
            _ => format!("{year}-{month:02}-{day:02}"),
        };
    }
    if let Some(day) = reading.day {
        return format!("{year}-XX-{day:02}");
    }
    if let Some(weekday) = reading.weekday {
        return format!("{year}-WXX-{}", weekday.to_monday_one_offset());
    }
    if let Some(month) = reading.month {
        return format!("{year}-{month:02}");
    }
    if reading.season.is_some() {
        return format!("{year}-{}", season_letters(reading.season));
    }
    match (reading.quarter, reading.half) {
        (Some(0), _) => return format!("{year}-QX"),
        (Some(quarter), _) => return format!("{year}-Q{quarter}"),
        (_, Some(half)) => return format!("{year}-H{half}"),
        _ => {}
    }
    match reading.shift.map(|s| s.unit) {
        Some(Unit::Week) => format!("{year}-WXX"),
        Some(Unit::Weekend) => format!("{year}-WXX-WE"),
        Some(Unit::Month) => format!("{year}-XX"),
        Some(Unit::Season) => format!("{year}-XX"),
        Some(Unit::Quarter) => format!("{year}-QX"),
        Some(Unit::Half) => format!("{year}-HX"),
        Some(Unit::Year) => year,
        Some(Unit::Decade) => "XXX".to_owned(),
        Some(Unit::Century) => "XX".to_owned(),
        Some(Unit::Millennium) => "X".to_owned(),
        _ => format!("{year}-XX-XX"),
    }
}

fn duration_value(amount: Amount, unit: Unit) -> String {
    let (letter, is_time) = unit.letter();
    let time = if is_time { "T" } else { "" };
    match (amount, unit) {
        (Amount::Vague, _) => format!("P{time}X{letter}"),
        (Amount::Exactly(n, false), Unit::Quarter) => format!("P{}M", n.saturating_mul(3)),
        (Amount::Exactly(n, false), Unit::Decade) if n > 1 => format!("P{}Y", n.saturating_mul(10)),
        (Amount::Exactly(n, false), _) => format!("P{time}{n}{letter}"),
        (Amount::Exactly(n, true), _) => match unit {
            Unit::Year => format!("P{n}Y6M"),
            Unit::Hour => format!("PT{n}H30M"),
            Unit::Minute => format!("PT{n}M30S"),
            Unit::Day => format!("P{n}DT12H"),
            _ => format!("P{time}{n}.5{letter}"),
        },
    }
}

/// "P2Y" and "P3M" as "P2Y3M"; "P1D" and "PT4H" as "P1DT4H".
fn add_rest(value: &mut String, rest: &str) {
    let rest = rest.strip_prefix('P').unwrap_or(rest);
    let both_timed = value.contains('T') && rest.starts_with('T');
    value.push_str(if both_timed { &rest[1..] } else { rest });
}

fn set_value(reading: &Reading) -> String {
    let mut value = match (
        reading.duration,
        reading.weekday,
        reading.month,
        reading.shift,
    ) {
        (Some((Amount::Exactly(1, _), Unit::Day)), ..) => "XXXX-XX-XX".to_owned(),
        (Some((amount, unit)), ..) => duration_value(amount, unit),
        (None, Some(weekday), ..) => format!("XXXX-WXX-{}", weekday.to_monday_one_offset()),
        (None, None, Some(month), _) => format!("XXXX-{month:02}"),
        (None, None, None, _) if reading.quarter.is_some() => {
            format!("XXXX-Q{}", reading.quarter.unwrap_or_default())
        }
        (None, None, None, _) if reading.season.is_some() => {
            format!("XXXX-{}", season_letters(reading.season))
        }
        _ => "XXXX-XX-XX".to_owned(),
    };
    push_time(&mut value, reading.time);
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::days_of;

    const UNITS: [Unit; 9] = [
        Unit::Day,
        Unit::Weekend,
        Unit::Week,
        Unit::Month,
        Unit::Quarter,
        Unit::Half,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ];

    proptest! {
        #[test]
        fn a_printed_value_reads_back_as_the_same_days(
            (year, month, day) in (1000i32..=9899, 1u8..=12, 1u8..=28),
            unit in prop::sample::select(&UNITS[..]),
            part in prop::option::of(prop::sample::select(vec![
                TimeOfDay::Clock(0), TimeOfDay::Clock(1439), TimeOfDay::Part(crate::reading::DayPart::Night),
            ])),
        ) {
            let day = calendar::date(year, month, day).expect("it exists");
            let place = Place::of(day, unit).expect("in range");
            let mut value = place_value(&place, &Reading::default());
            if unit == Unit::Day {
                push_time(&mut value, part);
            }
            prop_assert_eq!(days_of(&value), Some((place.start, place.end)), "{}", value);
        }
    }
}
