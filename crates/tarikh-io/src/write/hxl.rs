//! Tables for humanitarian desks: a row of HXL hashtags between header and data.

use tarikh_codebook::Entry;

use super::cells::{number, optional, text};

/// Header and hashtag of each column.
pub(super) const COLUMNS: [(&str, &str); 24] = [
    ("Event id", "#event+code"),
    ("Event type", "#event+type"),
    ("Event sub-type", "#event+type+sub"),
    ("Date from", "#date+start"),
    ("Date to", "#date+end"),
    ("Date precision", "#date+precision"),
    ("Side A", "#group+name+first"),
    ("Side B", "#group+name+second"),
    ("Country code", "#country+code"),
    ("Admin 1", "#adm1+name"),
    ("Admin 2", "#adm2+name"),
    ("Place", "#loc+name"),
    ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"),
    ("Place precision", "#geo+precision"),
    ("Killed", "#affected+killed"),
    ("Killed, lowest", "#affected+killed+min"),
    ("Killed, highest", "#affected+killed+max"),
    ("Injured, lowest", "#affected+injured+min"),
    ("Injured, highest", "#affected+injured+max"),
    ("Abducted", "#affected+abducted"),
    ("Status", "#status"),
    ("Sources", "#meta+source"),
    ("Links", "#meta+url"),
];

/// The header row.
pub(super) fn header() -> [&'static str; 24] {
    COLUMNS.map(|(header, _)| header)
}

/// The row of hashtags.
pub(super) fn hashtags() -> [&'static str; 24] {
    COLUMNS.map(|(_, hashtag)| hashtag)
}

/// The row of one incident.
pub(super) fn row(entry: &Entry<'_>) -> Vec<String> {
    COLUMNS
        .iter()
        .map(|(_, hashtag)| cell(hashtag, entry))
        .collect()
}

fn cell(hashtag: &str, entry: &Entry<'_>) -> String {
    let incident = entry.incident;
    let (place, killed) = (&incident.place, &incident.killed);
    match hashtag {
        "#event+code" => text(&incident.id),
        "#event+type" => incident.event_type.to_string(),
        "#event+type+sub" => incident.sub_event_type.to_string(),
        "#date+start" => optional(incident.date_start.as_deref()),
        "#date+end" => optional(incident.date_end.as_deref()),
        "#date+precision" => number(incident.date_precision),
        "#group+name+first" => text(&incident.side_a.join("; ")),
        "#group+name+second" => text(&incident.side_b.join("; ")),
        "#country+code" => optional(place.country.as_deref()),
        "#adm1+name" => optional(place.admin1.as_deref()),
        "#adm2+name" => optional(place.admin2.as_deref()),
        "#loc+name" => optional(place.name.as_deref()),
        "#geo+lat" => number(place.lat),
        "#geo+lon" => number(place.lon),
        "#geo+precision" => number(place.precision),
        "#affected+killed" => number(killed.best),
        "#affected+killed+min" => number(killed.low),
        "#affected+killed+max" => number(killed.high),
        "#affected+injured+min" => number(incident.injured.low),
        "#affected+injured+max" => number(incident.injured.high),
        "#affected+abducted" => number(incident.abducted),
        "#status" => super::cells::name_of(&incident.status),
        "#meta+source" => text(&entry.of_reports(|report| report.outlet.as_deref())),
        "#meta+url" => text(&entry.of_reports(|report| report.url.as_deref())),
        _ => String::new(),
    }
}
