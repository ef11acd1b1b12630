//! A person's decision wins, survives the next run, and can be taken back.

use serde_json::json;
use tarikh_record::ReviewState;
use tarikh_store::{Action, NewDecision, StoreError};

use crate::support::{Attack, CORVA, Desk, change, coding, now, report};

fn pair() -> Desk {
    let mut desk = Desk::new();
    desk.add(&[
        report("a", "2023-05-01", &[CORVA]),
        report("b", "2023-05-02", &[CORVA]),
    ]);
    desk
}

#[test]
fn a_changed_value_survives_new_reports_and_recoding() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    desk.decide(&id, change("killed.best", 12));
    desk.add(&[report(
        "c",
        "2023-05-03",
        &[Attack {
            killed: 10,
            ..CORVA
        }],
    )]);
    let key = desk.store.report("a").expect("found").report.key;
    let newer = coding("a", "tarikh test 2", &[Attack { killed: 8, ..CORVA }]);
    desk.store.recode(&[(key, newer)], now()).expect("recoded");
    let linked = desk.store.incident(&id).expect("found");
    assert_eq!(linked.members.len(), 3);
    assert_eq!(linked.incident.killed.best, Some(12));
    assert!(linked.incident.killed.high >= Some(12));
    assert_eq!(linked.review, ReviewState::Changed);
    assert_eq!(linked.decided[0].who, "ada");
    desk.assert_rebuilds();
}

#[test]
fn an_accepted_record_stays_and_says_when_more_is_known() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    desk.decide(&id, Action::Accept);
    desk.add(&[report(
        "c",
        "2023-05-03",
        &[Attack {
            killed: 13,
            ..CORVA
        }],
    )]);
    let row = desk
        .store
        .incidents(&Default::default(), &Default::default())
        .expect("listed")
        .rows
        .remove(0);
    assert_eq!(row.incident.killed.best, Some(9));
    assert_eq!(row.review, ReviewState::Accepted);
    assert!(row.is_stale);
    desk.decide(&id, change("killed.best", 13));
    assert_eq!(
        desk.store
            .incident(&id)
            .expect("found")
            .incident
            .killed
            .best,
        Some(13)
    );
    desk.assert_rebuilds();
}

#[test]
fn a_split_stays_and_an_undo_takes_it_back() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    let members = desk.store.incident(&id).expect("found").members;
    let second = members
        .iter()
        .find(|m| m.report.id == "b")
        .expect("b is a member");
    let split = Action::Split {
        mentions: vec![second.mention.clone()],
    };
    let number = desk.decide(&id, split);
    assert_eq!(desk.groups(), [["a"], ["b"]]);
    desk.add(&[report("c", "2023-05-03", &[CORVA])]);
    assert_eq!(
        desk.groups().len(),
        2,
        "what was split does not come together again"
    );
    desk.assert_rebuilds();
    let undo = desk.decide(&id, Action::Undo { decision: number });
    assert_eq!(desk.groups(), [["a", "b", "c"]]);
    desk.assert_rebuilds();
    desk.decide(&id, Action::Undo { decision: undo });
    assert_eq!(desk.groups().len(), 2);
    desk.assert_rebuilds();
}

#[test]
fn rejected_is_out_of_lists_but_not_gone() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    let number = desk.decide(&id, Action::Reject);
    assert!(desk.ids().is_empty());
    assert_eq!(
        desk.store.incident(&id).expect("found").review,
        ReviewState::Rejected
    );
    desk.decide(&id, Action::Undo { decision: number });
    assert_eq!(desk.ids(), [id]);
    desk.assert_rebuilds();
}

#[test]
fn a_decided_incident_outlives_a_coder_that_no_longer_sees_it() {
    let mut desk = Desk::new();
    desk.add(&[report("a", "2023-05-01", &[CORVA])]);
    let id = desk.ids()[0].clone();
    let number = desk.decide(&id, Action::Accept);
    let key = desk.store.report("a").expect("found").report.key;
    desk.store
        .recode(&[(key, coding("a", "tarikh test 2", &[]))], now())
        .expect("recoded");
    assert_eq!(desk.ids(), [id.as_str()]);
    desk.assert_rebuilds();
    desk.decide(&id, Action::Undo { decision: number });
    assert!(desk.ids().is_empty());
    desk.assert_rebuilds();
}

#[test]
fn blind_values_change_nothing() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    desk.decide(
        &id,
        Action::Judge {
            field: "killed.best".into(),
            value: 4.into(),
        },
    );
    let linked = desk.store.incident(&id).expect("found");
    assert_eq!(
        (linked.incident.killed.best, linked.review),
        (Some(9), ReviewState::Unreviewed)
    );
    assert_eq!(desk.store.decisions(Some(&id)).expect("read").len(), 1);
}

#[test]
fn what_cannot_be_done_is_refused_and_changes_nothing() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    let hash = desk.store.derived_hash().expect("hashed");
    let mut refuse = |incident: &str, action: Action| {
        let decision = NewDecision {
            incident: incident.into(),
            action,
            who: "ada".into(),
            why: None,
        };
        let refused = desk.store.decide(&decision, now());
        assert!(
            matches!(
                refused,
                Err(StoreError::Invalid(_) | StoreError::NoSuch { .. })
            ),
            "{refused:?}"
        );
    };
    refuse("inc-0000000000000000", Action::Accept);
    refuse(&id, change("killed.most", 3));
    refuse(&id, change("killed.best", "many"));
    refuse(&id, change("id", "inc-1"));
    refuse(&id, Action::Undo { decision: 77 });
    refuse(&id, Action::Split { mentions: vec![] });
    refuse(
        &id,
        Action::Merge {
            other: id.clone(),
            mentions: vec![],
        },
    );
    assert_eq!(desk.store.derived_hash().expect("hashed"), hash);
    assert!(desk.store.decisions(None).expect("read").is_empty());
}

#[test]
fn a_value_that_cannot_be_is_refused_in_words() {
    let mut desk = pair();
    let id = desk.ids()[0].clone();
    for (field, value, words) in [
        ("date_start", json!("soon"), "as 2026-03-01"),
        ("date_end", json!("2023-02-30"), "as 2026-03-01"),
        ("date_precision", json!(9), "1 to 5"),
        ("place.lat", json!(999), "-90 to 90"),
        ("place.lon", json!(-181), "-180 to 180"),
        ("place.precision", json!(0), "1 to 7"),
        ("place.country", json!("Mali"), "two letters"),
        ("killed.best", json!("many"), "a whole number"),
        ("killed.best", json!(-3), "a whole number"),
        ("side_a", json!("rebels"), "a list"),
        ("confidence", json!(1), "how sure the machine was"),
        ("claims", json!([]), "where the record comes from"),
        ("killed.most", json!(1), "no such field"),
    ] {
        let new = NewDecision {
            incident: id.clone(),
            action: change(field, value),
            who: "ada".to_owned(),
            why: None,
        };
        let told = desk.store.decide(&new, now()).expect_err(field).to_string();
        assert!(told.contains(words), "{field}: {told}");
    }
    assert!(desk.store.incident(&id).expect("found").decided.is_empty());
}

#[test]
fn a_place_renamed_does_not_keep_the_old_point() {
    let mut desk = Desk::new();
    let elsk = Attack {
        village: "Elsk",
        lat: 14.52,
        ..CORVA
    };
    desk.add(&[report("a", "2023-05-01", &[CORVA])]);
    desk.add(&[report("b", "2023-05-02", &[elsk])]);
    let ids = desk.ids();
    if 1 < ids.len() {
        let (other, mentions) = (ids[1].clone(), Vec::new());
        desk.decide(&ids[0], Action::Merge { other, mentions });
    }
    let id = desk.ids()[0].clone();
    let place = |desk: &Desk| desk.store.incident(&id).expect("found").incident.place;
    desk.decide(&id, change("place.name", "Elsk"));
    assert_eq!(place(&desk).lat, Some(14.52), "as the other report has it");
    desk.decide(&id, change("place.name", "Dunmar"));
    assert_eq!(place(&desk).lat, None, "nobody has said where that is");
    desk.decide(&id, change("place.lat", 15.25));
    desk.decide(&id, change("place.lon", -3.5));
    assert_eq!(place(&desk).name.as_deref(), Some("Dunmar"));
    assert_eq!(place(&desk).lat, Some(15.25));
    desk.assert_rebuilds();
}
