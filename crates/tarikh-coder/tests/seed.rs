//! The report that the project started from must always be coded right (its README beside it).
//! Neither the report nor its facts stand here; the test is skipped where the folder is absent.

use std::path::Path;

use tarikh_coder::{Coder, Workspace};
use tarikh_record::{Coding, Incident, SubEventType};
use tarikh_text::{Metadata, Report};

/// The report's coding, or `None` with a printed line where the report is not at hand.
#[expect(clippy::print_stderr, reason = "a skipped test says why")]
fn code(published: Option<&str>) -> Option<Coding> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seed/report.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let published = published.map(|d| d.parse().expect("the date is a date"));
    let metadata = Metadata {
        published,
        ..Metadata::default()
    };
    let report = Report::new(metadata, &text);
    Some(Coder::new().code(&report, &mut Workspace::default()))
}

fn place(incident: &Incident) -> String {
    let place = &incident.place;
    let words = [&place.name, &place.admin1, &place.country, &place.text];
    words
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The one incident that lies in a place.
fn at<'c>(coding: &'c Coding, name: &str) -> &'c Incident {
    let found: Vec<&Incident> = coding
        .incidents
        .iter()
        .filter(|i| place(i).contains(name))
        .collect();
    let all: Vec<String> = coding.incidents.iter().map(place).collect();
    assert_eq!(found.len(), 1, "{name}: one of {all:#?}");
    found[0]
}

/// Names and second names of those who vouch for an incident.
fn sources(incident: &Incident) -> String {
    let names = |s: &tarikh_record::Source| [vec![s.name.clone()], s.also.clone()].concat();
    let all: Vec<String> = incident.sources.iter().flat_map(names).collect();
    all.join("; ")
}

fn on(incident: &Incident, day: &str) {
    assert_eq!(incident.date_start.as_deref(), Some(day));
    assert_eq!(incident.date_end.as_deref(), Some(day));
    assert!(!incident.is_background);
}

#[test]
fn the_crash() {
    let Some(coding) = code(Some("2023-04-22")) else {
        return;
    };
    let crash = at(&coding, "Missabougou");
    on(crash, "2023-04-22");
    assert_eq!(crash.sub_event_type, SubEventType::Other);
    assert_eq!(crash.place.country.as_deref(), Some("ML"));
    assert!(
        crash
            .time_of_day
            .as_deref()
            .is_some_and(|t| t.contains("1:10"))
    );
    assert_eq!((crash.killed.best, crash.killed.high), (None, None));
    assert!(
        crash.side_a.join(";").contains("Mali"),
        "{:?}",
        crash.side_a
    );
    let said = sources(crash);
    for who in [
        "General Staff",
        "military official",
        "police officer",
        "military source",
    ] {
        assert!(said.contains(who), "{who}: {said}");
    }
}

#[test]
fn the_ambush_told_three_times() {
    let Some(coding) = code(Some("2023-04-22")) else {
        return;
    };
    let ambush = at(&coding, "Mourdiah");
    on(ambush, "2023-04-22");
    assert_eq!(ambush.sub_event_type, SubEventType::ArmedClash);
    assert!(ambush.place.radius_km.is_some_and(|km| km > 0.0));
    let (lat, lon) = (
        ambush.place.lat.expect("a point"),
        ambush.place.lon.expect("a point"),
    );
    assert!(
        (14.47..15.17).contains(&lat) && (-7.55..-7.28).contains(&lon),
        "{lat} {lon}"
    );
    assert_eq!(ambush.side_a, ["Unidentified armed group"]);
    assert!(
        ambush.side_b.join(";").contains("Malian Armed Forces"),
        "{:?}",
        ambush.side_b
    );
    assert_eq!(ambush.killed.best, None);
    let said = sources(ambush);
    assert!(
        said.contains("provincial government") && said.contains("officials"),
        "{said}"
    );
}

#[test]
fn the_delegation() {
    let Some(coding) = code(Some("2023-04-22")) else {
        return;
    };
    let attack = at(&coding, "near Nara");
    on(attack, "2023-04-18");
    let killed = attack.killed;
    assert_eq!(
        (killed.low, killed.best, killed.high),
        (Some(3), Some(3), None)
    );
    assert_eq!(attack.place.precision, Some(2));
    assert!(attack.sources.is_empty(), "{}", sources(attack));
}

#[test]
fn the_camp() {
    let Some(coding) = code(Some("2023-04-22")) else {
        return;
    };
    let camp = at(&coding, "Sévaré");
    on(camp, "2023-04-22");
    assert_eq!((camp.killed.low, camp.injured.low), (Some(9), Some(60)));
    assert!(camp.side_a.join(";").contains("extremists"));
    assert!(
        !camp.side_b.join(";").contains("police"),
        "{:?}",
        camp.side_b
    );
    assert_eq!(camp.place.admin1.as_deref(), Some("Mopti"));
    assert_eq!(sources(camp), "regional officials");
}

#[test]
fn nothing_of_the_context_is_an_incident() {
    let Some(coding) = code(Some("2023-04-22")) else {
        return;
    };
    // The helicopter's intervention at the border may be coded as a fifth.
    let n = coding.incidents.len();
    assert!((4..=5).contains(&n), "{n} incidents");
    assert!(!coding.context.is_empty());
}

#[test]
fn without_a_publication_date_no_day_is_made_up() {
    let Some(coding) = code(None) else { return };
    assert!(coding.incidents.iter().all(|i| i.date_start.is_none()));
    assert!(coding.warnings.iter().any(|w| w.code == "W001"));
    assert!(coding.incidents.iter().any(|i| i.date_text.is_some()));
}
