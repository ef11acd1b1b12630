//! A value that a person sets: whether it can be one, and what moves along with it.

use jiff::civil::Date;
use serde_json::Value;
use tarikh_record::{Incident, Member, Place};

use crate::error::{Result, StoreError};

/// The record with one value replaced.
///
/// # Errors
/// [`StoreError::Invalid`] if the record has no such field or the value does not fit it.
pub(crate) fn with_value(record: &Incident, field: &str, value: &Value) -> Result<Incident> {
    let invalid = |why: &str| StoreError::Invalid(format!("{field} cannot be set: {why}"));
    let first = field.split('.').next().unwrap_or_default();
    match first {
        "id" | "evidence" | "evidence_also" | "provenance" | "claims" => {
            return Err(invalid("it says where the record comes from"));
        }
        "confidence" | "confidence_by_field" => {
            return Err(invalid("it says how sure the machine was"));
        }
        _ => {}
    }
    let mut json = serde_json::to_value(record)?;
    let pointer = format!("/{}", field.replace('.', "/"));
    let slot = json
        .pointer_mut(&pointer)
        .ok_or_else(|| invalid("there is no such field"))?;
    *slot = value.clone();
    let mut changed: Incident =
        serde_json::from_value(json).map_err(|error| invalid(&in_words(&error)))?;
    if let Some(why) = impossible(&changed, field) {
        return Err(invalid(why));
    }
    keep_order(&mut changed, field);
    if changed.sub_event_type.event_type() != changed.event_type {
        if field == "event_type" {
            return Err(invalid("set sub_event_type, which decides it"));
        }
        changed.event_type = changed.sub_event_type.event_type();
    }
    Ok(changed)
}

/// Another name is another place: that of the account that names it so, or one whose point nobody
/// has given yet. The old point under the new name would be a place that nobody spoke of.
pub(crate) fn follow_name(record: &mut Incident, before: &Place, members: &[Member]) {
    let name = &record.place.name;
    if *name == before.name {
        return;
    }
    let mut places = members.iter().map(|member| &member.incident.place);
    if let Some(told) = places.find(|place| place.name == *name) {
        record.place = told.clone();
        return;
    }
    let place = &mut record.place;
    place.geonameid = None;
    (place.lat, place.lon, place.radius_km) = (None, None, None);
    place.geometry = None;
}

/// What serde says, for somebody who does not know the types of a program.
fn in_words(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let expected = [
        ("expected u", "a whole number, 0 or more, is expected"),
        ("expected f64", "a number is expected"),
        (
            "expected a sequence",
            "a list is expected, as [\"army\", \"police\"]",
        ),
        ("expected a string", "words are expected"),
        ("expected a boolean", "true or false is expected"),
    ];
    let known = expected.iter().find(|(sign, _)| said.contains(sign));
    known.map_or(said.clone(), |(_, words)| (*words).to_owned())
}

/// Why no incident can have the value that now stands in this field.
fn impossible(record: &Incident, field: &str) -> Option<&'static str> {
    let place = &record.place;
    let is_within = |degrees: Option<f64>, most: f64| degrees.is_none_or(|d| d.abs() <= most);
    let is_day = |day: &Option<String>| {
        let read = |day: &String| {
            day.parse::<Date>()
                .is_ok_and(|date| date.to_string() == *day)
        };
        day.as_ref().is_none_or(read)
    };
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    let (fits, why) = match field {
        "date_start" => (is_day(&record.date_start), A_DAY),
        "date_end" => (is_day(&record.date_end), A_DAY),
        "date_precision" => (
            record.date_precision.is_none_or(|p| (1..=5).contains(&p)),
            "precision of time is 1 to 5",
        ),
        "place.precision" => (
            place.precision.is_none_or(|p| (1..=7).contains(&p)),
            "precision of place is 1 to 7",
        ),
        "place.lat" => (is_within(place.lat, 90.0), "latitude is -90 to 90 degrees"),
        "place.lon" => (
            is_within(place.lon, 180.0),
            "longitude is -180 to 180 degrees",
        ),
        "place.radius_km" => (
            place.radius_km.is_none_or(|km| 0.0 <= km),
            "a radius is 0 or more",
        ),
        "place.country" => (
            place.country.as_ref().is_none_or(is_code),
            "a country is its two letters (ISO 3166-1), as ML",
        ),
        _ => (true, ""),
    };
    (!fits).then_some(why)
}

const A_DAY: &str = "a day is written as 2026-03-01";

/// A value that a person set moves its neighbours where they would contradict it.
fn keep_order(record: &mut Incident, field: &str) {
    let killed = &mut record.killed;
    match field {
        "killed.best" => {
            killed.low = at_most(killed.low, killed.best);
            killed.high = at_least(killed.high, killed.best);
        }
        "killed.low" => {
            killed.best = at_least(killed.best, killed.low);
            killed.high = at_least(killed.high, killed.best.or(killed.low));
        }
        "killed.high" => {
            killed.best = at_most(killed.best, killed.high);
            killed.low = at_most(killed.low, killed.best.or(killed.high));
        }
        "injured.low" => record.injured.high = at_least(record.injured.high, record.injured.low),
        "injured.high" => record.injured.low = at_most(record.injured.low, record.injured.high),
        "date_start" if record.date_start.is_some() => {
            record.date_end = record.date_end.take().max(record.date_start.clone());
        }
        "date_end" => {
            if let (Some(start), Some(end)) = (&record.date_start, &record.date_end)
                && end < start
            {
                record.date_start = record.date_end.clone();
            }
        }
        _ => {}
    }
}

fn at_least(value: Option<u32>, bound: Option<u32>) -> Option<u32> {
    value.map(|value| bound.map_or(value, |bound| value.max(bound)))
}

fn at_most(value: Option<u32>, bound: Option<u32>) -> Option<u32> {
    value.map(|value| bound.map_or(value, |bound| value.min(bound)))
}
