//! PLOVER events as JSON, one per line (PLOVER manual, draft 0.8). Types, modes, contexts and sectors
//! are those of `data/codebooks/plover.toml`; here is only the form.

use serde_json::{Map, Value, json};
use tarikh_codebook::{Event, Party, country};
use tarikh_record::{Incident, Side};

/// The event of one incident; `None` without a day or a PLOVER type, which the format requires.
pub(super) fn event(coded: &Event<'_>) -> Option<Value> {
    let incident = coded.incident();
    let date = incident.date_start.as_ref()?;
    let kind = coded.code("event")?;
    let (actors, recipients) = parties(coded);
    let mut event = json!({
        "id": incident.id,
        "date": date,
        "actor": actors,
        "recipient": recipients,
        "event": [kind],
        "event_loc": location(incident),
    });
    let fields = event.as_object_mut()?;
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    let end = incident.date_end.as_ref().filter(|end| *end != date);
    put("enddate", end.map(|end| json!(end)));
    put("mode", coded.code("mode").map(|mode| json!([mode])));
    let context = coded.code("context");
    put("context", context.map(|context| json!([context])));
    let quad = coded.code("quad_code").and_then(|code| code.parse().ok());
    put("quad_code", quad.map(|code: u8| json!(code)));
    let killed = coded.killed();
    put("dead", killed.best.or(killed.low).map(|n| json!(n)));
    put("injured", incident.injured.low.map(|n| json!(n)));
    let cited: Vec<Value> = coded
        .reports()
        .iter()
        .map(|report| {
            json!({"id": report.id, "title": report.title, "source": report.outlet,
                "date": report.published, "url": report.url})
        })
        .collect();
    put("cite_info", Some(Value::Array(cited)));
    Some(event)
}

/// Acts in which all parties are alike list all of them as actors.
fn parties(event: &Event<'_>) -> (Vec<Value>, Vec<Value>) {
    let side = |side| -> Vec<Value> { event.side(side).iter().map(party).collect() };
    let (mut actors, recipients) = (side(Side::A), side(Side::B));
    if event.code("recipients") == Some("none") {
        actors.extend(recipients);
        return (actors, Vec::new());
    }
    (actors, recipients)
}

fn party(party: &Party<'_>) -> Value {
    json!({
        "entity_name": party.name(),
        "country_name": party.code("country"),
        "sector_code": party.code("sector"),
        "other_sector_codes": [],
    })
}

fn location(incident: &Incident) -> Value {
    let place = &incident.place;
    let iso3 = place.country.as_deref().and_then(country);
    let mut location = Map::new();
    location.insert("name".into(), json!(place.name));
    location.insert("admin1".into(), json!(place.admin1));
    location.insert("admin2".into(), json!(place.admin2));
    location.insert("country".into(), json!(iso3.map(|country| country.iso3())));
    location.insert("lat".into(), json!(place.lat));
    location.insert("lon".into(), json!(place.lon));
    location.insert("geonameid".into(), json!(place.geonameid));
    Value::Object(location)
}
