//! PLOVER events as JSON, one per line (PLOVER manual, draft 0.8).

use serde_json::{Map, Value, json};
use tarikh_record::{ActorKind, Incident, Side, SubEventType};

use super::countries;
use super::entry::Entry;

/// The event of one incident; `None` without a day or a PLOVER type, which the format requires.
pub(super) fn event(entry: &Entry<'_>) -> Option<Value> {
    let incident = entry.incident;
    let date = incident.date_start.as_ref()?;
    let kind = incident.plover_type.as_ref()?;
    let (actors, recipients) = parties(incident);
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
    put(
        "enddate",
        incident
            .date_end
            .as_ref()
            .filter(|end| *end != date)
            .map(|end| json!(end)),
    );
    put(
        "mode",
        incident.plover_mode.as_ref().map(|mode| json!([mode])),
    );
    put("quad_code", quad_code(kind).map(|code| json!(code)));
    put(
        "dead",
        incident
            .killed
            .best
            .or(incident.killed.low)
            .map(|n| json!(n)),
    );
    put("injured", incident.injured.low.map(|n| json!(n)));
    let cited: Vec<Value> = entry
        .reports
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
fn parties(incident: &Incident) -> (Vec<Value>, Vec<Value>) {
    let side = |side, names: &[String]| -> Vec<Value> {
        names
            .iter()
            .map(|name| party(incident, side, name))
            .collect()
    };
    let mut actors = side(Side::A, &incident.side_a);
    let recipients = side(Side::B, &incident.side_b);
    if incident.sub_event_type == SubEventType::Agreement {
        actors.extend(recipients);
        return (actors, Vec::new());
    }
    (actors, recipients)
}

fn party(incident: &Incident, side: Side, name: &str) -> Value {
    let known = incident
        .actors
        .iter()
        .find(|actor| actor.side == side && actor.name == name);
    let country = known.and_then(|actor| actor.country.as_deref());
    json!({
        "entity_name": name,
        "country_name": country.and_then(countries::country).map(countries::Country::iso3),
        "sector_code": known.and_then(|actor| sector(actor.kind)),
        "other_sector_codes": [],
    })
}

const fn sector(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::StateForces | ActorKind::ExternalForces => Some("MIL"),
        ActorKind::RebelGroup => Some("REB"),
        ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia => Some("PRM"),
        ActorKind::UnidentifiedArmedGroup => Some("UAF"),
        ActorKind::Rioters | ActorKind::Protesters | ActorKind::Civilians => Some("CVL"),
        ActorKind::Other => None,
    }
}

fn location(incident: &Incident) -> Value {
    let place = &incident.place;
    let mut location = Map::new();
    let country = place.country.as_deref().and_then(countries::country);
    location.insert("name".into(), json!(place.name));
    location.insert("admin1".into(), json!(place.admin1));
    location.insert("admin2".into(), json!(place.admin2));
    location.insert(
        "country".into(),
        json!(country.map(countries::Country::iso3)),
    );
    location.insert("lat".into(), json!(place.lat));
    location.insert("lon".into(), json!(place.lon));
    location.insert("geonameid".into(), json!(place.geonameid));
    Value::Object(location)
}

/// 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
fn quad_code(kind: &str) -> Option<u8> {
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => Some(1),
        "COOPERATE" | "AID" | "RETREAT" => Some(2),
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => Some(3),
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => Some(4),
        _ => None,
    }
}
