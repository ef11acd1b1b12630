//! What the public profile takes out, and what it leaves.

use std::collections::BTreeSet;

use serde_json::json;
use tarikh_record::{
    Actor, ActorKind, Decided, Incident, LedgerEntry, LinkedIncident, Measure, Member, ReportRef,
    ReviewState, Role, Side,
};

use super::sample::attack;
use super::{Places, Publication, Redactor};

fn linked(incident: Incident) -> LinkedIncident {
    let report = ReportRef {
        key: "r-1".into(),
        id: "awa-keita-tells.txt".into(),
        title: Some("AWA KEITA: how I fled Corva".into()),
        outlet: Some("Elsk Post".into()),
        published: Some("2023-05-02".into()),
        url: Some("https://example.org/awa-keita-tells".into()),
        reprint_of: None,
    };
    LinkedIncident {
        id: "inc-1".into(),
        members: vec![Member {
            mention: "m-1".into(),
            report,
            incident: incident.clone(),
        }],
        incident,
        taken_from: Vec::new(),
        ledger: vec![LedgerEntry {
            measure: Measure::Killed,
            who: Some("Musa Garba and his sons".into()),
            low: Some(9),
            best: Some(9),
            high: None,
            source: Some("Awa Keita".into()),
            is_total: false,
            mention: "m-1".into(),
            report: "r-1".into(),
            outlet: Some("Elsk Post".into()),
            published: Some("2023-05-02".into()),
            quote: Some("Musa Garba and his sons".into()),
            replaces: None,
        }],
        n_sources: 1,
        review: ReviewState::Changed,
        decided: vec![Decided {
            field: "killed.best".into(),
            value: json!(9),
            who: "Ada Coder".into(),
            at: "2026-03-01T08:00:00Z".into(),
            why: Some("Awa Keita says so".into()),
        }],
        also: Vec::new(),
    }
}

/// The text of the incident as published, and the strings withheld.
fn published(mut linked: LinkedIncident, places: Places) -> (String, BTreeSet<String>) {
    let withheld = Publication { places }.strip(&mut linked);
    let redactor = Redactor::new(&withheld).expect("few names");
    let mut json = serde_json::to_value(&linked).expect("records are JSON");
    redactor.redact(&mut json);
    serde_json::from_value::<LinkedIncident>(json.clone()).expect("it is still a record");
    (json.to_string(), withheld)
}

#[test]
fn private_names_and_words_are_nowhere() {
    let (text, withheld) = published(linked(attack()), Places::Exact);
    assert!(withheld.contains("Awa Keita"), "{withheld:?}");
    let text = text.to_lowercase();
    for gone in [
        "keita",
        "garba",
        "ada coder",
        "at least nine",
        "the governor",
    ] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    for kept in [
        "corva",
        "elsk post",
        "14.5",
        "a local official",
        "a witness",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[test]
fn coarse_places_take_the_name_and_the_point() {
    let (text, _) = published(linked(attack()), Places::Admin1);
    assert!(!text.to_lowercase().contains("corva"), "{text}");
    assert!(!text.contains("14.5"), "{text}");
    assert!(text.contains("Bessan"), "{text}");
}

#[test]
fn coarse_places_take_lines_and_points_at_sea_too() {
    for (precision, expected) in [(2, 4), (5, 4), (7, 7)] {
        let mut incident = attack();
        incident.place.precision = Some(precision);
        incident.place.relation = Some("on the road from Corva to Elsk".into());
        incident.place.geometry =
            Some(json!({"type": "LineString", "coordinates": [[1.25, 2.5], [1.5, 2.5]]}));
        let mut linked = linked(incident);
        let places = Places::Admin1;
        Publication { places }.strip(&mut linked);
        let place = linked.incident.place;
        assert_eq!(place.precision, Some(expected));
        assert_eq!((place.lat, place.lon, place.radius_km), (None, None, None));
        assert_eq!((place.relation, place.geometry), (None, None));
    }
}

#[test]
fn private_persons_are_no_actors() {
    let mut incident = attack();
    incident.side_b = vec!["Musa Garba".into()];
    incident.actors = vec![Actor {
        name: "Musa Garba".into(),
        id: None,
        kind: ActorKind::Other,
        country: None,
        side: Side::B,
        role: Role::Victim,
        suspected: false,
    }];
    let (text, _) = published(linked(incident), Places::Exact);
    assert!(!text.contains("Garba"), "{text}");
    assert!(text.contains("Others"), "{text}");
}
