//! Rows in the shape of ACLED's files, with ids of our own.
//!
//! `iso`, `region`, `admin3`, `source_scale`, `tags` and `timestamp` stay empty: reports do not
//! tell them. `inter1`, `inter2` and `interaction` are the codebook's numbers.

use jiff::civil::Date;
use tarikh_record::{Actor, ActorKind, Incident, Side, SubEventType};

use super::cells::{number, optional, text, year};
use super::countries;
use super::entry::Entry;

/// ACLED's columns in their order, then our own.
pub(super) const COLUMNS: [&str; 33] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
    "country_code",
    "review",
];

/// The row of one incident, in the order of [`COLUMNS`].
pub(super) fn row(entry: &Entry<'_>) -> Vec<String> {
    COLUMNS.iter().map(|column| cell(column, entry)).collect()
}

fn cell(column: &str, entry: &Entry<'_>) -> String {
    let incident = entry.incident;
    let place = &incident.place;
    match column {
        "event_id_cnty" => text(&incident.id),
        "event_date" => number(event_date(incident)),
        "year" => optional(year(incident)),
        "time_precision" => number(incident.date_precision.map(time_precision)),
        "disorder_type" => disorder_type(incident.sub_event_type).to_owned(),
        "event_type" => incident.event_type.to_string(),
        "sub_event_type" => incident.sub_event_type.to_string(),
        "actor1" => optional(incident.side_a.first().map(String::as_str)),
        "assoc_actor_1" => others(&incident.side_a),
        "inter1" => number(inter(incident, Side::A)),
        "actor2" => optional(incident.side_b.first().map(String::as_str)),
        "assoc_actor_2" => others(&incident.side_b),
        "inter2" => number(inter(incident, Side::B)),
        "interaction" => interaction(incident),
        "civilian_targeting" if incident.civilians == Some(true) => "Civilian targeting".to_owned(),
        "country" => optional(
            place
                .country
                .as_deref()
                .and_then(countries::country)
                .map(countries::Country::name),
        ),
        "admin1" => optional(place.admin1.as_deref()),
        "admin2" => optional(place.admin2.as_deref()),
        "location" => optional(place.name.as_deref()),
        "latitude" => number(place.lat),
        "longitude" => number(place.lon),
        "geo_precision" => number(place.precision.map(geo_precision)),
        "source" => text(&entry.of_reports(|report| report.outlet.as_deref())),
        "notes" => notes(entry),
        // The most cautious figure that a report gives.
        "fatalities" => number(incident.killed.low.or(incident.killed.best)),
        "country_code" => optional(place.country.as_deref()),
        "review" => entry
            .review
            .map_or_else(String::new, |r| r.as_str().to_owned()),
        _ => String::new(),
    }
}

/// The day; of a longer interval a day in its middle.
fn event_date(incident: &Incident) -> Option<Date> {
    let start: Date = incident.date_start.as_deref()?.parse().ok()?;
    let end: Date = incident.date_end.as_deref()?.parse().ok()?;
    if incident.date_precision == Some(1) {
        return Some(start);
    }
    let half = start.until(end).ok()?.get_days() / 2;
    start.checked_add(jiff::Span::new().days(half)).ok()
}

/// From UCDP's five grades to 1 the day, 2 the week, 3 the month.
const fn time_precision(ucdp: u8) -> u8 {
    match ucdp {
        0 | 1 => 1,
        2 | 3 => 2,
        _ => 3,
    }
}

/// From UCDP's seven grades to 1 a town, 2 near one or a small area, 3 a larger region.
const fn geo_precision(ucdp: u8) -> u8 {
    match ucdp {
        0 | 1 => 1,
        2 | 3 => 2,
        _ => 3,
    }
}

const fn disorder_type(sub: SubEventType) -> &'static str {
    use tarikh_record::EventType;
    match (sub.event_type(), sub) {
        (_, SubEventType::ExcessiveForce) => "Political violence; Demonstrations",
        (EventType::Protests, _) | (_, SubEventType::ViolentDemonstration) => "Demonstrations",
        (EventType::StrategicDevelopments, _) => "Strategic developments",
        _ => "Political violence",
    }
}

fn others(side: &[String]) -> String {
    side.get(1..)
        .map_or_else(String::new, |rest| text(&rest.join("; ")))
}

/// ACLED's number of the first actor's kind; an unnamed armed group counts as a political militia.
fn inter(incident: &Incident, side: Side) -> Option<u8> {
    let first = match side {
        Side::A => incident.side_a.first(),
        Side::B => incident.side_b.first(),
    };
    let is_first = |actor: &&Actor| actor.side == side && Some(&actor.name) == first;
    let actor = incident.actors.iter().find(is_first)?;
    match actor.kind {
        ActorKind::StateForces => Some(1),
        ActorKind::RebelGroup => Some(2),
        ActorKind::PoliticalMilitia | ActorKind::UnidentifiedArmedGroup => Some(3),
        ActorKind::IdentityMilitia => Some(4),
        ActorKind::Rioters => Some(5),
        ActorKind::Protesters => Some(6),
        ActorKind::Civilians => Some(7),
        ActorKind::ExternalForces => Some(8),
        ActorKind::Other => None,
    }
}

/// The two numbers, the smaller first; a missing second actor is 0 and comes last.
fn interaction(incident: &Incident) -> String {
    match (inter(incident, Side::A), inter(incident, Side::B)) {
        (Some(a), Some(b)) => format!("{}{}", a.min(b), a.max(b)),
        (Some(a), None) if incident.side_b.is_empty() => format!("{a}0"),
        _ => String::new(),
    }
}

/// Who, where, and tolls that differ, in one line; the reports' own words are not copied.
fn notes(entry: &Entry<'_>) -> String {
    let incident = entry.incident;
    let killed = &incident.killed;
    let mut notes = Vec::new();
    if let (Some(low), Some(high)) = (killed.low, killed.high)
        && low < high
    {
        notes.push(format!("{low} to {high} killed by different accounts."));
    }
    if let Some(low) = killed.low.filter(|_| killed.high.is_none()) {
        notes.push(format!("At least {low} killed."));
    }
    match (incident.injured.low, incident.injured.high) {
        (Some(low), Some(high)) if low < high => notes.push(format!("{low} to {high} injured.")),
        (Some(low), None) => notes.push(format!("At least {low} injured.")),
        (Some(n), _) => notes.push(format!("{n} injured.")),
        _ => {}
    }
    if 1 < entry.reports.len() {
        let (reports, sources) = (entry.reports.len(), entry.n_sources);
        notes.push(format!("{reports} reports, {sources} independent."));
    }
    text(&notes.join(" "))
}
