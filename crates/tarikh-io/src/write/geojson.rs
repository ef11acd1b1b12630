//! Features for maps: longitude before latitude (RFC 7946), one per incident.

use serde_json::{Value, json};

use tarikh_codebook::{Entry, source_names};

/// The feature of one incident; its geometry is `null` where the place is not known well enough.
pub(super) fn feature(entry: &Entry<'_>) -> Value {
    let incident = entry.incident;
    let place = &incident.place;
    let point = place.lat.zip(place.lon);
    let geometry = match (&place.geometry, point) {
        (Some(geometry), _) => geometry.clone(),
        (None, Some((lat, lon))) => json!({"type": "Point", "coordinates": [lon, lat]}),
        (None, None) => Value::Null,
    };
    json!({
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry,
        "properties": {
            "report_id": entry.of_reports(|report| Some(&report.id)),
            "event_type": incident.event_type,
            "sub_event_type": incident.sub_event_type,
            "flag": incident.flag,
            "ucdp_type": incident.ucdp_type,
            "date_start": incident.date_start,
            "date_end": incident.date_end,
            "date_precision": incident.date_precision,
            "place": place.name,
            "place_text": place.text,
            "relation": place.relation,
            "admin1": place.admin1,
            "admin2": place.admin2,
            "country": place.country,
            "where_precision": place.precision,
            "radius_km": place.radius_km,
            "side_a": incident.side_a,
            "side_b": incident.side_b,
            "killed_best": incident.killed.best,
            "killed_low": incident.killed.low,
            "killed_high": incident.killed.high,
            "injured_low": incident.injured.low,
            "injured_high": incident.injured.high,
            "status": incident.status,
            "is_background": incident.is_background,
            "sources": source_names(incident),
            "n_sources": entry.n_sources,
            "review": entry.review,
            "outlet": known(entry.of_reports(|report| report.outlet.as_deref())),
            "published": known(entry.of_reports(|report| report.published.as_deref())),
            "url": known(entry.of_reports(|report| report.url.as_deref())),
        },
    })
}

fn known(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
