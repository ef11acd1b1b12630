//! An incident as one flat row with every field of the record: the columns of `records.csv` and of
//! the Parquet file.
//!
//! What is a list of plain values is joined by semicolons; what is a list of objects stands as JSON.

use serde::Serialize;
use tarikh_codebook::{Entry, source_names};

use super::cells;

/// A column: its name and how it is read from an incident. `None` is unknown.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) read: Read,
}

/// How a column is read, by the kind of its values.
#[derive(Clone, Copy)]
pub(super) enum Read {
    Text(fn(&Entry<'_>) -> Option<String>),
    /// A day in ISO 8601.
    Day(fn(&Entry<'_>) -> Option<String>),
    Whole(fn(&Entry<'_>) -> Option<u32>),
    Real(fn(&Entry<'_>) -> Option<f64>),
    Truth(fn(&Entry<'_>) -> Option<bool>),
}

const fn column(name: &'static str, read: Read) -> Column {
    Column { name, read }
}

use Read::{Day, Real, Text, Truth, Whole};

/// All columns, in the order of the record.
pub(super) const COLUMNS: &[Column] = &[
    column("id", Text(|e| some(e.incident.id.clone()))),
    column("report_ids", Text(|e| some(e.of_reports(|r| Some(&r.id))))),
    column("event_type", Text(|e| plain(&e.incident.event_type))),
    column(
        "sub_event_type",
        Text(|e| plain(&e.incident.sub_event_type)),
    ),
    column("flag", Text(|e| plain(&e.incident.flag))),
    column("ucdp_type", Whole(|e| number(&e.incident.ucdp_type))),
    column("plover_type", Text(|e| e.incident.plover_type.clone())),
    column("plover_mode", Text(|e| e.incident.plover_mode.clone())),
    column("date_start", Day(|e| e.incident.date_start.clone())),
    column("date_end", Day(|e| e.incident.date_end.clone())),
    column(
        "date_precision",
        Whole(|e| e.incident.date_precision.map(u32::from)),
    ),
    column("date_text", Text(|e| e.incident.date_text.clone())),
    column("timex", Text(|e| e.incident.timex.clone())),
    column("time_of_day", Text(|e| e.incident.time_of_day.clone())),
    column("time_zone", Text(|e| e.incident.time_zone.clone())),
    column("place", Text(|e| e.incident.place.name.clone())),
    column("place_text", Text(|e| e.incident.place.text.clone())),
    column("relation", Text(|e| e.incident.place.relation.clone())),
    column("geonameid", Whole(|e| e.incident.place.geonameid)),
    column("admin1", Text(|e| e.incident.place.admin1.clone())),
    column("admin2", Text(|e| e.incident.place.admin2.clone())),
    column("country", Text(|e| e.incident.place.country.clone())),
    column("lat", Real(|e| e.incident.place.lat)),
    column("lon", Real(|e| e.incident.place.lon)),
    column("radius_km", Real(|e| e.incident.place.radius_km)),
    column(
        "where_precision",
        Whole(|e| e.incident.place.precision.map(u32::from)),
    ),
    column("side_a", Text(|e| list(&e.incident.side_a))),
    column("side_b", Text(|e| list(&e.incident.side_b))),
    column("actors", Text(|e| json(&e.incident.actors))),
    column("civilians", Truth(|e| e.incident.civilians)),
    column("killed_best", Whole(|e| e.incident.killed.best)),
    column("killed_low", Whole(|e| e.incident.killed.low)),
    column("killed_high", Whole(|e| e.incident.killed.high)),
    column("killed_side_a", Whole(|e| e.incident.killed.side_a)),
    column("killed_side_b", Whole(|e| e.incident.killed.side_b)),
    column("killed_civilians", Whole(|e| e.incident.killed.civilians)),
    column("killed_unknown", Whole(|e| e.incident.killed.unknown)),
    column("injured_low", Whole(|e| e.incident.injured.low)),
    column("injured_high", Whole(|e| e.incident.injured.high)),
    column("abducted", Whole(|e| e.incident.abducted)),
    column("arrested", Whole(|e| e.incident.arrested)),
    column("released", Whole(|e| e.incident.released)),
    column("weapons", Text(|e| list(&e.incident.weapons))),
    column("source_names", Text(|e| list(&source_names(e.incident)))),
    column("sources", Text(|e| json(&e.incident.sources))),
    column("claims", Text(|e| json(&e.incident.claims))),
    column("status", Text(|e| plain(&e.incident.status))),
    column("is_background", Truth(|e| Some(e.incident.is_background))),
    column("shared_toll", Truth(|e| Some(e.incident.shared_toll))),
    column("confidence", Real(|e| Some(e.incident.confidence))),
    column(
        "confidence_by_field",
        Text(|e| serde_json::to_string(&e.incident.confidence_by_field).ok()),
    ),
    column(
        "evidence",
        Text(|e| some(e.incident.evidence.quote.clone())),
    ),
    column("n_sources", Whole(|e| Some(e.n_sources))),
    column("review", Text(|e| plain(&e.review))),
    column(
        "outlets",
        Text(|e| some(e.of_reports(|r| r.outlet.as_deref()))),
    ),
    column(
        "published",
        Text(|e| some(e.of_reports(|r| r.published.as_deref()))),
    ),
    column(
        "titles",
        Text(|e| some(e.of_reports(|r| r.title.as_deref()))),
    ),
    column("urls", Text(|e| some(e.of_reports(|r| r.url.as_deref())))),
];

/// The names of the columns.
pub(super) fn header() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name).collect()
}

/// The cells of an incident, as CSV has them.
pub(super) fn row(entry: &Entry<'_>) -> Vec<String> {
    let cells = COLUMNS.iter().map(|column| match column.read {
        Text(read) | Day(read) => cells::optional(read(entry).as_deref()),
        Whole(read) => cells::number(read(entry)),
        Real(read) => cells::number(read(entry)),
        Truth(read) => cells::number(read(entry)),
    });
    cells.collect()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn plain(value: &impl Serialize) -> Option<String> {
    some(cells::name_of(value))
}

fn number(value: &impl Serialize) -> Option<u32> {
    let value = serde_json::to_value(value).ok()?;
    u32::try_from(value.as_u64()?).ok()
}

fn list(names: &[impl AsRef<str>]) -> Option<String> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    some(names.join("; "))
}

fn json<T: Serialize>(objects: &[T]) -> Option<String> {
    let is_any = !objects.is_empty();
    is_any
        .then(|| serde_json::to_string(objects).ok())
        .flatten()
}
