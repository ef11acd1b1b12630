//! What may stand in a column: values of the record by the names that codebook files use.

use jiff::civil::Date;
use tarikh_record::{Incident, Place, ReportRef, Side, SourceKind};

use crate::countries::{Country, country};
use crate::event::{Event, Party};

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    #[default]
    Empty,
    /// Words, as they are: what a spreadsheet would run is the writer's to mark.
    Text(String),
    /// A number or a day.
    Number(String),
}

impl Cell {
    /// What stands in it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(value) | Self::Number(value) => value,
        }
    }

    fn text(words: Option<impl Into<String>>) -> Self {
        let words = words.map(Into::into).filter(|words| !words.is_empty());
        words.map_or(Self::Empty, Self::Text)
    }

    fn number(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Empty, |n| Self::Number(n.to_string()))
    }

    /// A code is a number where it reads as one.
    fn code(value: Option<&str>) -> Self {
        match value {
            Some(code) if code.bytes().all(|b| b.is_ascii_digit()) => Self::Number(code.to_owned()),
            code => Self::text(code),
        }
    }
}

/// The value of that name; `None` if there is no such name.
pub(crate) fn cell(event: &Event<'_>, from: &str) -> Option<Cell> {
    if let Some(code) = from.strip_prefix("code.") {
        return Some(Cell::code(event.code(code)));
    }
    for (side, prefix) in [(Side::A, "side_a."), (Side::B, "side_b.")] {
        if let Some(which) = from.strip_prefix(prefix) {
            return of_side(event.side(side), which);
        }
    }
    of_place(event.entry.incident, from)
        .or_else(|| of_deaths(event, from))
        .or_else(|| of_reports(event, from))
        .or_else(|| of_incident(event, from))
}

/// `first.CODE`, `rest.CODE`, `all.CODE`: a code of the first actor, of the others, of all.
fn of_side(parties: &[Party<'_>], which: &str) -> Option<Cell> {
    let (which, code) = which.split_once('.')?;
    let value = |party: &Party<'_>| match code {
        "name" => Some(party.name().to_owned()),
        _ => party.code(code).map(str::to_owned),
    };
    if which == "first" {
        let value = parties.first().and_then(value);
        return Some(Cell::code(value.as_deref()));
    }
    let n_left_out = match which {
        "rest" => 1,
        "all" => 0,
        _ => return None,
    };
    let values: Vec<String> = parties.iter().skip(n_left_out).filter_map(value).collect();
    Some(Cell::text(Some(values.join("; "))))
}

fn of_place(incident: &Incident, from: &str) -> Option<Cell> {
    let place = &incident.place;
    let home = place.country.as_deref().and_then(country);
    let point = place.lat.zip(place.lon);
    Some(match from {
        "place.name" => Cell::text(place.name.as_deref()),
        "place.words" => Cell::text(place.relation.as_deref().or(place.text.as_deref())),
        "place.admin1" => Cell::text(place.admin1.as_deref()),
        "place.admin2" => Cell::text(place.admin2.as_deref()),
        "place.country" => Cell::text(home.map(Country::name)),
        "place.ucdp_country" => Cell::text(home.map(Country::ucdp_name)),
        "place.gw" => Cell::number(home.and_then(|home| home.gw)),
        "place.iso2" => Cell::text(place.country.as_deref()),
        "place.iso3" => Cell::text(home.map(Country::iso3)),
        "place.lat" => Cell::number(place.lat),
        "place.lon" => Cell::number(place.lon),
        "place.precision" => Cell::number(where_precision(place)),
        "place.wkt" => Cell::text(point.map(|(lat, lon)| format!("POINT ({lon} {lat})"))),
        "place.priogrid" => Cell::number(point.and_then(|(lat, lon)| priogrid(lat, lon))),
        _ => return None,
    })
}

/// UCDP `where_prec` for a dataset: of a village whose point nobody knows, the unit that is named around it.
pub(crate) fn where_precision(place: &Place) -> Option<u8> {
    let named = place.precision?;
    Some(match (named, place.lat, &place.admin1) {
        (1 | 2, None, Some(_)) => 4,
        (1 | 2, None, None) => 6,
        _ => named,
    })
}

fn of_deaths(event: &Event<'_>, from: &str) -> Option<Cell> {
    let (killed, injured) = (&event.killed, &event.entry.incident.injured);
    Some(match from {
        "killed.best" => Cell::number(killed.best),
        "killed.low" => Cell::number(killed.low),
        "killed.high" => Cell::number(killed.high),
        "killed.lowest" => Cell::number(killed.low.or(killed.best)),
        "killed.side_a" => Cell::number(killed.side_a),
        "killed.side_b" => Cell::number(killed.side_b),
        "killed.civilians" => Cell::number(killed.civilians),
        "killed.unknown" => Cell::number(killed.unknown),
        "injured.low" => Cell::number(injured.low),
        "injured.high" => Cell::number(injured.high),
        _ => return None,
    })
}

fn of_reports(event: &Event<'_>, from: &str) -> Option<Cell> {
    let entry = event.entry;
    let of = |value: fn(&ReportRef) -> Option<&str>| Cell::text(Some(entry.of_reports(value)));
    Some(match from {
        "reports.article" => of(|report| report.url.as_deref().or(Some(&report.id))),
        "reports.outlet" => of(|report| report.outlet.as_deref()),
        "reports.published" => of(|report| report.published.as_deref()),
        "reports.title" => of(|report| report.title.as_deref()),
        "reports.id" => of(|report| Some(&report.id)),
        "reports.n" => Cell::number(Some(entry.n_sources)),
        "sources" => Cell::text(Some(source_names(entry.incident).join("; "))),
        "review" => Cell::text(entry.review.map(|review| review.as_str())),
        "notes" => Cell::text(Some(notes(event))),
        _ => return None,
    })
}

fn of_incident(event: &Event<'_>, from: &str) -> Option<Cell> {
    let incident = event.entry.incident;
    let start = incident.date_start.as_deref();
    Some(match from {
        "id" => Cell::text(Some(incident.id.as_str())),
        "event_type" => Cell::text(Some(incident.event_type.as_str())),
        "sub_event_type" => Cell::text(Some(incident.sub_event_type.as_str())),
        "status" => Cell::text(Some(status(incident))),
        "date.start" => day(start),
        "date.end" => day(incident.date_end.as_deref()),
        "date.middle" => Cell::number(middle(incident)),
        "date.year" => Cell::number(start.and_then(|start| start.get(..4))),
        "date.precision" => Cell::number(incident.date_precision),
        "dyad" => Cell::text(dyad(event)),
        "interaction" => interaction(event),
        _ => return None,
    })
}

fn day(date: Option<&str>) -> Cell {
    Cell::number(date)
}

fn status(incident: &Incident) -> &'static str {
    use tarikh_record::Status;
    match incident.status {
        Status::Confirmed => "confirmed",
        Status::Claimed => "claimed",
        Status::Alleged => "alleged",
        Status::Denied => "denied",
    }
}

/// The day; of a longer interval the one in its middle.
fn middle(incident: &Incident) -> Option<Date> {
    let start: Date = incident.date_start.as_deref()?.parse().ok()?;
    let end: Date = incident.date_end.as_deref()?.parse().ok()?;
    if incident.date_precision == Some(1) {
        return Some(start);
    }
    let half = start.until(end).ok()?.get_days() / 2;
    start.checked_add(jiff::Span::new().days(half)).ok()
}

/// "Government of Mali - JNIM", where the codebook gives a type of violence and both sides are known.
fn dyad(event: &Event<'_>) -> Option<String> {
    event.code("type_of_violence")?;
    let [a, b] = [Side::A, Side::B].map(|side| {
        let names: Vec<&str> = event.side(side).iter().map(Party::name).collect();
        names.join(", ")
    });
    (!a.is_empty() && !b.is_empty()).then(|| format!("{a} - {b}"))
}

/// The numbers of the first actors' kinds, the smaller first; a missing second actor is 0 and comes
/// last.
fn interaction(event: &Event<'_>) -> Cell {
    let [a, b] = [Side::A, Side::B].map(|side| event.side(side).first());
    let inter = |party: Option<&Party<'_>>| party.and_then(|p| p.code("inter").map(str::to_owned));
    match (inter(a), inter(b)) {
        (Some(a), Some(b)) => Cell::Number(if a <= b { a + &b } else { b + &a }),
        (Some(only), None) if b.is_none() => Cell::Number(only + "0"),
        (None, Some(only)) if a.is_none() => Cell::Number(only + "0"),
        _ => Cell::Empty,
    }
}

/// The voices behind an incident, as far as a table may name them: a witness stays unnamed, since a
/// name in a table can be found more easily than one in a report.
#[must_use]
pub fn source_names(incident: &Incident) -> Vec<&str> {
    let names = incident.sources.iter().map(|source| match source.kind {
        SourceKind::Witness => "witness",
        _ => source.name.as_str(),
    });
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}

/// Tolls that differ and how many reports, in one line; the reports' own words are not copied.
fn notes(event: &Event<'_>) -> String {
    let (entry, incident) = (event.entry, event.entry.incident);
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
    notes.join(" ")
}

/// Number of the PRIO-GRID cell of half a degree: 1 in the south-west corner, 720 to a row
/// (Tollefsen, Strand and Buhaug 2012). `None` outside the globe.
fn priogrid(lat: f64, lon: f64) -> Option<u32> {
    if !((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)) {
        return None;
    }
    let row = ((lat + 90.0) * 2.0).floor().min(359.0);
    let column = ((lon + 180.0) * 2.0).floor().min(719.0);
    Some(row as u32 * 720 + column as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_globe() {
        assert_eq!(priogrid(-90.0, -180.0), Some(1));
        assert_eq!(priogrid(90.0, 180.0), Some(360 * 720));
        assert_eq!(priogrid(14.5, -4.1), Some(209 * 720 + 351 + 1));
        assert_eq!(priogrid(f64::NAN, 0.0), None);
    }

    #[test]
    fn a_village_without_a_point_is_as_exact_as_what_is_named_around_it() {
        let place = |precision, lat, admin1: Option<&str>| Place {
            precision: Some(precision),
            lat,
            admin1: admin1.map(str::to_owned),
            ..Place::default()
        };
        assert_eq!(where_precision(&place(1, Some(14.5), None)), Some(1));
        assert_eq!(where_precision(&place(1, None, Some("Gao"))), Some(4));
        assert_eq!(where_precision(&place(2, None, None)), Some(6));
        assert_eq!(where_precision(&place(5, None, None)), Some(5));
        assert_eq!(where_precision(&Place::default()), None);
    }

    #[test]
    fn a_code_of_digits_is_a_number() {
        assert_eq!(Cell::code(Some("190")), Cell::Number("190".into()));
        assert_eq!(Cell::code(Some("MLIMIL")), Cell::Text("MLIMIL".into()));
        assert_eq!(Cell::code(None), Cell::Empty);
    }
}
