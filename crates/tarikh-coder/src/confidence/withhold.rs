//! Leaves open what is not sure enough, and says so.

use tarikh_record::{Coding, Evidence, Incident, Killed, Place, Range, Side, Warning};

use super::Group;

/// Code of the warning that an incident was not sure enough.
pub const INCIDENT_LEFT_OUT: &str = "W014";

/// Code of the warning that a group of values was not sure enough.
pub const VALUE_LEFT_OPEN: &str = "W015";

/// Takes out what is less sure than `least`: an incident as a whole, and of the others each group of
/// values. What was taken out, and how sure it was, stands in the warnings.
pub fn withhold(coding: &mut Coding, least: f64) {
    let (kept, dropped): (Vec<Incident>, Vec<Incident>) = std::mem::take(&mut coding.incidents)
        .into_iter()
        .partition(|incident| least <= incident.confidence);
    coding.incidents = kept;
    for incident in &dropped {
        let what = format!("the incident \"{}\" is left out", incident.sub_event_type);
        let warning = warning(
            INCIDENT_LEFT_OUT,
            &what,
            incident.confidence,
            least,
            &incident.evidence,
        );
        coding.warnings.push(warning);
    }
    for incident in &mut coding.incidents {
        let sure = incident.confidence_by_field;
        let groups = [
            (Group::EventType, sure.event_type),
            (Group::Date, sure.date),
            (Group::Place, sure.place),
            (Group::SideA, sure.side_a),
            (Group::SideB, sure.side_b),
            (Group::Killed, sure.killed),
            (Group::Injured, sure.injured),
            (Group::Sources, sure.sources),
        ];
        for (group, sure) in groups {
            let Some(sure) = sure.filter(|sure| *sure < least) else {
                continue;
            };
            let what = match group {
                Group::EventType => "types of other codebooks are left open".to_owned(),
                _ => format!("{} is left open", group.as_str()),
            };
            let warning = warning(VALUE_LEFT_OPEN, &what, sure, least, &incident.evidence);
            coding.warnings.push(warning);
            clear(incident, group);
        }
    }
}

fn warning(code: &str, what: &str, sure: f64, least: f64, evidence: &Evidence) -> Warning {
    Warning {
        code: code.to_owned(),
        message: format!("{what}: its confidence {sure:.2} is under {least:.2}"),
        evidence: Some(evidence.clone()),
    }
}

/// Empties a group of values. The types themselves stay, since an incident is nothing without one;
/// what follows from them goes. The report's own words stay.
fn clear(incident: &mut Incident, group: Group) {
    let fields: &[&str] = match group {
        Group::Found => &[],
        Group::EventType => {
            incident.ucdp_type = None;
            (incident.plover_type, incident.plover_mode) = (None, None);
            &["ucdp_type", "plover_type", "plover_mode"]
        }
        Group::Date => {
            (incident.date_start, incident.date_end) = (None, None);
            incident.date_precision = None;
            &["date_start", "date_end", "date_precision"]
        }
        Group::Place => {
            incident.place = Place {
                text: incident.place.text.take(),
                relation: incident.place.relation.take(),
                ..Place::default()
            };
            &[
                "place.name",
                "place.geonameid",
                "place.admin1",
                "place.admin2",
                "place.country",
                "place.lat",
                "place.lon",
                "place.radius_km",
                "place.geometry",
                "place.precision",
            ]
        }
        Group::SideA => {
            incident.side_a.clear();
            incident.actors.retain(|actor| actor.side != Side::A);
            &["side_a"]
        }
        Group::SideB => {
            incident.side_b.clear();
            incident.actors.retain(|actor| actor.side != Side::B);
            &["side_b"]
        }
        Group::Killed => {
            incident.killed = Killed::default();
            &[
                "killed.best",
                "killed.low",
                "killed.high",
                "killed.side_a",
                "killed.side_b",
                "killed.civilians",
                "killed.unknown",
            ]
        }
        Group::Injured => {
            incident.injured = Range::default();
            &["injured.low", "injured.high"]
        }
        Group::Sources => {
            incident.sources.clear();
            &["sources"]
        }
    };
    let name = |path: &str| path.split('[').next().map(str::to_owned);
    incident
        .provenance
        .retain(|p| name(&p.field).is_none_or(|name| !fields.contains(&name.as_str())));
    let sure = &mut incident.confidence_by_field;
    match group {
        Group::Found | Group::EventType => {}
        Group::Date => sure.date = None,
        Group::Place => sure.place = None,
        Group::SideA => sure.side_a = None,
        Group::SideB => sure.side_b = None,
        Group::Killed => sure.killed = None,
        Group::Injured => sure.injured = None,
        Group::Sources => sure.sources = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::tests::coding;

    #[test]
    fn nothing_is_withheld_under_no_demand() {
        let mut held = coding();
        withhold(&mut held, 0.0);
        assert_eq!(held, coding());
    }

    #[test]
    fn the_unsure_is_left_open_with_a_reason() {
        let mut held = coding();
        let least = held.incidents[0].confidence;
        withhold(&mut held, least);
        let incident = &held.incidents[0];
        for sure in [
            incident.confidence_by_field.date,
            incident.confidence_by_field.side_a,
        ] {
            assert!(sure.is_none_or(|sure| least <= sure));
        }
        let n_open = held.warnings.iter().filter(|w| w.code == "W015").count();
        assert!(0 < n_open, "{:?}", incident.confidence_by_field);
        let of_side_a = |p: &tarikh_record::Provenance| p.field.starts_with("side_a");
        assert_eq!(
            incident.provenance.iter().any(of_side_a),
            !incident.side_a.is_empty()
        );
    }

    #[test]
    fn nothing_is_sure_beyond_doubt() {
        let mut held = coding();
        withhold(&mut held, 1.0);
        assert!(held.incidents.is_empty());
        assert!(held.warnings.iter().any(|warning| warning.code == "W014"));
    }
}
