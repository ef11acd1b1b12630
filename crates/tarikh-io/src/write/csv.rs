//! Rows under the column names of the UCDP Georeferenced Event Dataset.

use tarikh_record::Incident;

use super::cells::{name_of, number, optional, point, text, year};
use super::countries::{self, Country};
use super::entry::Entry;
use super::source_names;

/// The 49 columns of GED 26.1 in their order, then our own. What a single report cannot tell
/// (conflict and actor numbers of UCDP) stays empty.
pub(super) const COLUMNS: [&str; 55] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
    "report_id",
    "country_code",
    "sub_event_type",
    "status",
    "injured_low",
    "injured_high",
];

/// The row of one incident, in the order of [`COLUMNS`]. Unknown is the empty cell.
pub(super) fn row(entry: &Entry<'_>) -> Vec<String> {
    COLUMNS.iter().map(|column| cell(column, entry)).collect()
}

fn cell(column: &str, entry: &Entry<'_>) -> String {
    let incident = entry.incident;
    let (place, killed) = (&incident.place, &incident.killed);
    match column {
        "id" => text(&incident.id),
        "year" => optional(year(incident)),
        "type_of_violence" => number(incident.ucdp_type.map(u8::from)),
        "dyad_name" => dyad_name(incident),
        "side_a" => text(&incident.side_a.join("; ")),
        "side_b" => text(&incident.side_b.join("; ")),
        "number_of_sources" => entry.n_sources.to_string(),
        "source_article" => {
            text(&entry.of_reports(|report| report.url.as_deref().or(Some(&report.id))))
        }
        "source_office" => text(&entry.of_reports(|report| report.outlet.as_deref())),
        "source_date" => text(&entry.of_reports(|report| report.published.as_deref())),
        "source_headline" => text(&entry.of_reports(|report| report.title.as_deref())),
        "source_original" => text(&source_names(incident).join("; ")),
        "where_prec" => number(place.precision),
        "where_coordinates" => optional(place.name.as_deref()),
        "where_description" => optional(place.relation.as_deref().or(place.text.as_deref())),
        "adm_1" => optional(place.admin1.as_deref()),
        "adm_2" => optional(place.admin2.as_deref()),
        "latitude" => number(place.lat),
        "longitude" => number(place.lon),
        "geom_wkt" => {
            point(incident).map_or_else(String::new, |(lat, lon)| format!("POINT ({lon} {lat})"))
        }
        "priogrid_gid" => number(point(incident).and_then(|(lat, lon)| priogrid(lat, lon))),
        "country" => optional(country(incident).map(Country::ucdp_name)),
        "country_id" => number(country(incident).and_then(|country| country.gw)),
        "event_clarity" => if incident.shared_toll { "2" } else { "1" }.to_owned(),
        "date_prec" => number(incident.date_precision),
        "date_start" => optional(incident.date_start.as_deref()),
        "date_end" => optional(incident.date_end.as_deref()),
        "deaths_a" => number(killed.side_a),
        "deaths_b" => number(killed.side_b),
        "deaths_civilians" => number(killed.civilians),
        "deaths_unknown" => number(killed.unknown),
        "best" => number(killed.best),
        "high" => number(killed.high),
        "low" => number(killed.low),
        "report_id" => text(&entry.of_reports(|report| Some(&report.id))),
        "country_code" => optional(place.country.as_deref()),
        "sub_event_type" => incident.sub_event_type.to_string(),
        "status" => name_of(&incident.status),
        "injured_low" => number(incident.injured.low),
        "injured_high" => number(incident.injured.high),
        _ => String::new(),
    }
}

fn dyad_name(incident: &Incident) -> String {
    let named =
        incident.ucdp_type.is_some() && !incident.side_a.is_empty() && !incident.side_b.is_empty();
    let sides = || [incident.side_a.join(", "), incident.side_b.join(", ")].join(" - ");
    if named { text(&sides()) } else { String::new() }
}

fn country(incident: &Incident) -> Option<&'static Country> {
    countries::country(incident.place.country.as_deref()?)
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
}
