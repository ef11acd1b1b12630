//! What a rule makes of its captures: a reading.

use jiff::civil::Weekday;

use crate::calendar::{self, Unit};
use crate::calendars::Calendar;
use crate::reading::{
    Amount, Clock, DayPart, Holiday, Modifier, Part, Reading, Reference, Shift, TimeOfDay,
};
use crate::rules::{Make, Rule, Slot};

/// What filled a slot of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capture {
    pub(crate) slot: Slot,
    pub(crate) value: i32,
    /// First atom.
    pub(crate) start: usize,
    /// One past the last atom.
    pub(crate) end: usize,
}

/// Largest number of units that is taken at its word.
const MAX_COUNT: i32 = 100_000;

/// What counts and measures among the captures.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    unit: Option<Unit>,
    /// Whether the unit stands in the plural.
    plural: bool,
    number: Option<i32>,
    /// "the first three months": 3.
    several: Option<i32>,
    /// "the first week of the month": the longer unit.
    whole: Option<Unit>,
    vague: bool,
    /// "last", "this", "next": -1, 0, 1.
    which: Option<i8>,
}

/// What a rule makes of its captures. `None` where they name nothing that exists ("31 February"), but for rules
/// of what does not exist, which are left with the month or the year; those in turn read nothing else.
pub(crate) fn build(rule: &Rule, captures: &[Capture]) -> Option<Reading> {
    let mut reading = Reading {
        year: rule.year,
        calendar: rule.calendar,
        beyond: rule.beyond,
        of_next: rule.of_next,
        night_ends: rule.night_ends,
        month: rule.month,
        day: rule.day,
        night: rule.night,
        up_to_now: rule.up_to_now,
        beside: rule.beside,
        around: rule.around.and_then(Unit::from_number),
        quarter: rule.quarter,
        half: rule.half,
        modifier: rule.modifier,
        reference: rule.reference,
        time: rule
            .daypart
            .and_then(DayPart::from_number)
            .map(TimeOfDay::Part),
        ..Reading::default()
    };
    let mut count = Count {
        unit: rule.unit.and_then(Unit::from_number),
        number: rule.count,
        ..Count::default()
    };
    for capture in captures {
        fill(&mut reading, &mut count, *capture, rule)?;
    }
    // "Pakistan's Eid" is everybody's.
    let of_country = matches!(reading.holiday, Some(Holiday::OfCountry(_)));
    if reading.country.is_some() && !of_country {
        return None;
    }
    match rule.make {
        Make::Date => reading.direction = count.which,
        Make::Shift => shift(&mut reading, count, rule)?,
        Make::Duration => reading.duration = Some((amount(count, rule)?, count.unit?)),
        Make::Part => part(&mut reading, count, rule)?,
        Make::Set => {
            reading.set = true;
            let number = i64::from(count.number.unwrap_or(1));
            reading.duration = count
                .unit
                .map(|unit| (Amount::Exactly(number, false), unit));
        }
    }
    if reading.calendar.is_by_the_moon() {
        reading.modifier.get_or_insert(Modifier::Approx);
    }
    match (rule.impossible, exists(&reading)) {
        (false, true) => Some(reading),
        (true, false) => Some(what_exists_of(reading)),
        _ => None,
    }
}

/// The month of "31 February 2024", the year of "2024-13-45"; of "3 May 99999" nothing that the calendar has.
fn what_exists_of(reading: Reading) -> Reading {
    let year = reading
        .year
        .is_none_or(|year| calendar::date(year, 1, 1).is_some());
    Reading {
        month: reading
            .month
            .filter(|month| year && (1..=12).contains(month)),
        day: None,
        last_day: None,
        either_order: false,
        impossible: true,
        ..reading
    }
}

/// Puts a capture where it belongs; `None` where its number is out of range.
fn fill(reading: &mut Reading, count: &mut Count, capture: Capture, rule: &Rule) -> Option<()> {
    let value = capture.value;
    let small = u8::try_from(value).ok();
    match capture.slot {
        Slot::Month | Slot::PlainMonth => reading.month = small,
        Slot::Day | Slot::OrdinalDay if reading.day.is_some() => reading.last_day = small,
        // "the night from Tuesday to Wednesday 2 February": the date tells which.
        Slot::Day if reading.into_next => {
            (reading.weekday, reading.into_next) = (None, false);
            reading.day = small;
        }
        Slot::Day | Slot::OrdinalDay | Slot::NoDay => reading.day = small,
        Slot::DayPair => (reading.day, reading.last_day) = (small, small.map(|day| day + 1)),
        Slot::Year | Slot::NoYear => reading.year = Some(value),
        // "the night from Friday to Saturday" begins on Friday.
        Slot::Weekday | Slot::Weekdays if reading.weekday.is_some() => reading.into_next = true,
        Slot::Weekday | Slot::Weekdays => {
            reading.weekday = Weekday::from_monday_one_offset(i8::try_from(value).ok()?).ok();
        }
        Slot::Season => reading.season = small,
        Slot::HijriMonth => {
            reading.month = small;
            reading.calendar = Calendar::Hijri;
        }
        Slot::QuarterName => reading.quarter = small,
        Slot::HalfName => reading.half = small,
        Slot::Country => reading.country = u16::try_from(value).ok().map(u16::to_be_bytes),
        Slot::Holiday => {
            let holiday = holiday(value);
            match holiday {
                Holiday::Hijri(..) => reading.calendar = Calendar::Hijri,
                Holiday::Moon(..) => reading.calendar = Calendar::Moon,
                _ => {}
            }
            reading.holiday = Some(holiday);
        }
        Slot::Decade | Slot::DecadeWord => reading.decade = Some(value),
        Slot::IsoDate | Slot::SlashDate => {
            reading.year = Some(value / 10_000);
            reading.month = u8::try_from(value / 100 % 100).ok();
            reading.day = u8::try_from(value % 100).ok();
            reading.either_order = capture.slot == Slot::SlashDate && value % 100 <= 12;
        }
        Slot::BareDate => {
            reading.month = u8::try_from(value / 100).ok();
            reading.day = u8::try_from(value % 100).ok();
            reading.either_order = value % 100 <= 12;
        }
        Slot::Ordinal if rule.make == Make::Part => count.number = Some(value),
        Slot::Ordinal if rule.make == Make::Set => {}
        Slot::Ordinal => match count.unit? {
            Unit::Quarter => reading.quarter = Some(small.filter(|q| (1..=4).contains(q))?),
            Unit::Half => reading.half = Some(small.filter(|h| (1..=2).contains(h))?),
            Unit::Century => reading.century = Some(value.checked_sub(1)?.checked_mul(100)?),
            _ => {}
        },
        Slot::Number if rule.make == Make::Part => count.several = Some(value),
        // "two to three weeks" are at least two.
        Slot::Number if count.number.is_some() => {}
        Slot::Number => count.number = Some(Some(value).filter(|n| (0..=MAX_COUNT).contains(n))?),
        Slot::Vague => count.vague = true,
        Slot::Unit if rule.make == Make::Part && count.unit.is_some() => {
            count.whole = Unit::from_number(value);
        }
        Slot::Unit | Slot::Units | Slot::Frequency => {
            count.unit = Unit::from_number(value);
            count.plural = capture.slot == Slot::Units;
        }
        Slot::Which => count.which = i8::try_from(value).ok(),
        Slot::Part => {
            reading.modifier = Modifier::from_number(value);
            reading.time.get_or_insert(TimeOfDay::Vague);
        }
        Slot::PartOf | Slot::Bound => reading.modifier = Modifier::from_number(value),
        Slot::Deictic => reading.shift = Some(day_shift(i64::from(value), rule)),
        Slot::Past => reading.reference = Some(Reference::Past),
        Slot::Present => reading.reference = Some(Reference::Present),
        Slot::Future => reading.reference = Some(Reference::Future),
        Slot::Daypart | Slot::Dayparts => {
            let part = DayPart::from_number(value)?;
            reading.time = match reading.time {
                Some(TimeOfDay::Clock(minutes)) => Some(in_part(minutes, part)?),
                _ => Some(TimeOfDay::Part(part)),
            };
        }
        // "between 8 and 10 p.m." begins at 8.
        Slot::Hour | Slot::Clock if reading.time.is_some() => {}
        Slot::Hour => {
            reading.time = clock(value.checked_mul(60)? + rule.minutes.unwrap_or(0));
        }
        Slot::Clock | Slot::DotClock | Slot::BareClock => reading.time = clock(value),
        Slot::Meridiem => reading.time = Some(with_meridiem(reading.time, value)?),
        Slot::Zone => reading.clock = Clock::from_number(value),
        Slot::NumberWord | Slot::OrdinalWord => {}
    }
    Some(())
}

/// Makes the reading a part of a longer stretch.
fn part(reading: &mut Reading, count: Count, rule: &Rule) -> Option<()> {
    let nth = match count.number {
        Some(n) => i8::try_from(n).ok().filter(|n| (1..=53).contains(n))?,
        None => rule.nth?,
    };
    let part = Part {
        nth,
        unit: count.unit.unwrap_or(Unit::Day),
        count: u8::try_from(count.several.unwrap_or(1))
            .ok()
            .filter(|n| *n > 0)?,
    };
    if let Some(whole) = count.whole {
        (part.unit >= Unit::Day && part.unit < whole || part.unit == Unit::Half).then_some(())?;
        (whole >= Unit::Week).then_some(())?;
        reading.shift = Some(Shift {
            unit: whole,
            offset: count.which.map_or(0, i64::from),
            from: rule.from,
            counted: false,
        });
    }
    // Quarters and halves of a year have names of their own.
    let of_year = reading.month.is_none() && count.whole.is_none_or(|whole| whole > Unit::Month);
    let named = part.unit > Unit::Month && of_year && part.count == 1;
    reading.nth = Some(part).filter(|_| !named);
    reading.nth.map(|_| ())
}

/// Makes the reading count from its anchor.
fn shift(reading: &mut Reading, count: Count, rule: &Rule) -> Option<()> {
    let offset = rule.offset.unwrap_or(0);
    let vague = count.vague || (count.plural && count.number.is_none());
    // "days later" names no day, "hours later" is the same day.
    if vague && count.unit.is_none_or(|unit| unit > Unit::Hour) {
        reading.reference = Some(if offset > 0 {
            Reference::Future
        } else {
            Reference::Past
        });
    } else if let Some(unit) = count.unit {
        let number = i64::from(count.number.unwrap_or(1));
        reading.shift = Some(Shift {
            unit,
            offset: count.which.map_or(offset * number, i64::from),
            from: rule.from,
            counted: rule.counted,
        });
    } else if reading.weekday.is_some() && rule.counted {
        // "two Fridays ago"
        let number = i64::from(count.number.unwrap_or(1));
        reading.shift = Some(Shift {
            counted: true,
            ..day_shift(offset * number, rule)
        });
    } else if reading.weekday.is_some() {
        // "the following Friday": the next one from the anchor's day on.
        reading.shift = Some(day_shift(0, rule));
        reading.direction = Some(offset.signum() as i8);
    } else {
        reading.shift = Some(day_shift(offset, rule));
    }
    Some(())
}

fn amount(count: Count, rule: &Rule) -> Option<Amount> {
    // "the 1988 quarter" and "a quarter of" are not lengths of time.
    let no_length = count.unit == Some(Unit::Quarter) && count.number.is_none_or(|n| n > 40);
    if no_length && !count.vague && !count.plural {
        return None;
    }
    Some(match count.number {
        Some(n) => Amount::Exactly(i64::from(n), rule.and_a_half),
        None if count.vague || count.plural => Amount::Vague,
        None => Amount::Exactly(1, rule.and_a_half),
    })
}

fn day_shift(offset: i64, rule: &Rule) -> Shift {
    Shift {
        unit: Unit::Day,
        offset,
        from: rule.from,
        counted: false,
    }
}

fn clock(minutes: i32) -> Option<TimeOfDay> {
    u16::try_from(minutes)
        .ok()
        .filter(|m| *m <= 1440)
        .map(TimeOfDay::Clock)
}

/// "7" and "in the evening": 19:00; "2" and "in the morning": 2:00.
fn in_part(minutes: u16, part: DayPart) -> Option<TimeOfDay> {
    if minutes == 0 || minutes > 12 * 60 + 59 {
        return Some(TimeOfDay::Clock(minutes));
    }
    let meridiem = match part {
        DayPart::Afternoon | DayPart::Evening => 1,
        DayPart::Night if (5 * 60..12 * 60).contains(&minutes) => 1,
        _ => 0,
    };
    with_meridiem(Some(TimeOfDay::Clock(minutes)), meridiem)
}

/// "7" and "pm": 19:00. `None` where the two do not go together ("17 am").
fn with_meridiem(time: Option<TimeOfDay>, meridiem: i32) -> Option<TimeOfDay> {
    let Some(TimeOfDay::Clock(minutes)) = time else {
        return None;
    };
    let (hour, minute) = (minutes / 60, minutes % 60);
    match (hour, meridiem) {
        (1..=11, 0) => Some(TimeOfDay::Clock(minutes)),
        (12, 0) => Some(TimeOfDay::Clock(minute)),
        (1..=11, _) => Some(TimeOfDay::Clock(minutes + 720)),
        (12..=23, 1) => Some(TimeOfDay::Clock(minutes)),
        _ => None,
    }
}

/// Holidays as numbers in the data file; its head tells them.
pub(crate) fn holiday(value: i32) -> Holiday {
    let pair = |n: i32| Some((u8::try_from(n / 100).ok()?, u8::try_from(n % 100).ok()?));
    let days = |from: i32| i16::try_from(value - from).unwrap_or(0);
    let found = match value {
        5_000_000..6_000_000 => pair(value / 100 - 50_000).and_then(|(month, day)| {
            Some(Holiday::Lasting(
                month,
                day,
                u8::try_from(value % 100).ok()?,
            ))
        }),
        101..=1231 => pair(value).map(|(month, day)| Holiday::Fixed(month, day)),
        4900..5100 => Some(Holiday::Easter(days(5000))),
        6900..7100 => Some(Holiday::OrthodoxEaster(days(7000))),
        7900..8200 => Some(Holiday::RoshHashanah(days(8000))),
        8900..9200 => Some(Holiday::Passover(days(9000))),
        9900..10_100 => Some(Holiday::Hanukkah(days(10_000))),
        20_000..30_000 => pair(value - 20_000).map(|day| Holiday::Hijri(day, None)),
        30_000..40_000 => nth_weekday(value - 30_000),
        40_000_000..50_000_000 => pair(value / 100 % 10_000).map(|first| {
            Holiday::Moon(
                value / 1_000_000 == 41,
                first,
                days(value - value % 100 + 50),
            )
        }),
        200_000_000..300_000_000 => {
            pair(value / 10_000 - 20_000).map(|day| Holiday::Hijri(day, pair(value % 10_000)))
        }
        50_000..60_000 => nth_weekday(value - 50_000).map(|day| match day {
            Holiday::NthWeekday(month, weekday, nth) => Holiday::HijriWeekday(month, weekday, nth),
            other => other,
        }),
        60_000..60_100 => u8::try_from(value - 60_000).ok().map(Holiday::OfCountry),
        _ => None,
    };
    found.unwrap_or(Holiday::Unknown)
}

/// "the fourth Thursday of November" as month, day of the week and number in it.
fn nth_weekday(value: i32) -> Option<Holiday> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(value / 10 % 10).ok()?).ok()?;
    let month = u8::try_from(value / 100).ok()?;
    Some(Holiday::NthWeekday(
        month,
        weekday,
        u8::try_from(value % 10).ok()?,
    ))
}

/// Whether the year and the days of the month named exist, the days in this order.
fn exists(reading: &Reading) -> bool {
    if reading.calendar.is_by_the_moon() {
        return reading.day.is_none_or(|day| day <= 30);
    }
    let year_exists = |year| calendar::date(year, 1, 1).is_some();
    if !reading.year.is_none_or(year_exists) {
        return false;
    }
    let in_month = |day: Option<u8>| match (reading.month, day) {
        // 29 February exists in some years.
        (Some(month), Some(day)) => {
            calendar::date(reading.year.unwrap_or(2000), month, day).is_some()
        }
        _ => true,
    };
    let ordered = match (reading.day, reading.last_day) {
        (Some(first), Some(last)) => first < last,
        _ => true,
    };
    in_month(reading.day) && in_month(reading.last_day) && ordered
}
