//! Reports and codings made by hand, and a store to put them into.

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};
use tarikh_record::{Coding, Incident};
use tarikh_store::{Access, Action, NewDecision, NewReport, Store};
use tarikh_text::Metadata;

/// A folder with a store in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) store: Store,
}

pub(crate) fn now() -> Timestamp {
    "2026-03-01T08:00:00Z".parse().expect("a time stamp")
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for tests can be made");
        let path = folder.path().join("incidents.db");
        let store = Store::open(&path, Access::create()).expect("a new store opens");
        Self { folder, store }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("incidents.db")
    }

    pub(crate) fn add(&mut self, reports: &[NewReport]) {
        self.store.add(reports, now()).expect("reports are added");
    }

    pub(crate) fn decide(&mut self, incident: &str, action: Action) -> i64 {
        let decision = NewDecision {
            incident: incident.to_owned(),
            action,
            who: "ada".to_owned(),
            why: Some("test".to_owned()),
        };
        self.store
            .decide(&decision, now())
            .expect("the decision can be made")
    }

    /// For each incident, the ids of its reports; sorted.
    pub(crate) fn groups(&self) -> Vec<Vec<String>> {
        let mut groups: Vec<Vec<String>> = self
            .ids()
            .iter()
            .map(|id| {
                let linked = self.store.incident(id).expect("the incident is there");
                let mut ids: Vec<String> =
                    linked.members.iter().map(|m| m.report.id.clone()).collect();
                ids.sort();
                ids
            })
            .collect();
        groups.sort();
        groups
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        let page = self
            .store
            .incidents(&Default::default(), &Default::default());
        let rows = page.expect("incidents can be listed").rows;
        rows.into_iter().map(|row| row.id).collect()
    }

    /// Rebuilding changes nothing.
    pub(crate) fn assert_rebuilds(&mut self) {
        let changes = self.store.last_change().expect("changes can be read");
        let rebuilt = self.store.rebuild(now()).expect("the store can be rebuilt");
        assert_eq!(
            rebuilt.before, rebuilt.after,
            "rebuilding gives the same bytes"
        );
        assert_eq!(
            self.store.last_change().expect("changes can be read"),
            changes
        );
        self.store.check().expect("the file is sound");
    }
}

/// An attack on a village that kills some, as one report tells it.
pub(crate) struct Attack<'a> {
    pub(crate) day: &'a str,
    pub(crate) village: &'a str,
    pub(crate) lat: f64,
    pub(crate) killed: u32,
}

pub(crate) const CORVA: Attack<'static> = Attack {
    day: "2023-05-01",
    village: "Corva",
    lat: 14.5,
    killed: 9,
};

impl Attack<'_> {
    fn incident(&self, report: &str, position: usize) -> Incident {
        let start = position * 100;
        let value = json!({
            "id": format!("i-{report}-{}-{position}", self.village),
            "event_type": "Violence against civilians", "sub_event_type": "Attack", "flag": null,
            "ucdp_type": 3, "plover_type": "ASSAULT", "plover_mode": null,
            "date_start": self.day, "date_end": self.day, "date_precision": 1,
            "date_text": "Monday", "timex": self.day, "time_of_day": null,
            "place": {"text": self.village, "name": self.village, "geonameid": null,
                "admin1": "Mopti", "admin2": null, "country": "ML", "lat": self.lat, "lon": -4.1,
                "radius_km": 5.0, "geometry": null, "precision": 1, "relation": null},
            "side_a": ["Unidentified Armed Group (Mali)"], "side_b": ["Civilians (Mali)"],
            "actors": [], "civilians": true,
            "killed": {"best": self.killed, "low": self.killed, "high": self.killed,
                "side_a": null, "side_b": null, "civilians": self.killed, "unknown": null},
            "injured": {"low": null, "high": null},
            "abducted": null, "arrested": null, "released": null, "weapons": [],
            "sources": [], "claims": [], "status": "confirmed", "is_background": false,
            "shared_toll": false, "confidence": 0.8,
            "evidence": {"quote": "attacked", "start": start, "end": start + 8, "zone": "text"},
            "evidence_also": [], "provenance": []
        });
        serde_json::from_value(value).expect("the record is complete")
    }
}

/// A report that tells of these attacks.
pub(crate) fn report(id: &str, published: &str, attacks: &[Attack<'_>]) -> NewReport {
    let told = attacks
        .iter()
        .map(|a| format!("{} attacked {}", a.killed, a.village));
    let body = format!("{id} {}", told.collect::<Vec<_>>().join(". "));
    NewReport {
        metadata: Metadata {
            id: id.to_owned(),
            title: Some(format!("News of {id}")),
            outlet: Some("Elsk Post".to_owned()),
            published: published.parse().ok(),
            url: None,
            language: Some("en".to_owned()),
        },
        coding: coding(id, "tarikh test 1", attacks),
        body,
    }
}

pub(crate) fn coding(id: &str, version: &str, attacks: &[Attack<'_>]) -> Coding {
    let incidents = attacks.iter().enumerate();
    Coding {
        report_id: id.to_owned(),
        coder_version: version.to_owned(),
        language: Some("en".to_owned()),
        published: None,
        dateline: None,
        incidents: incidents
            .map(|(i, attack)| attack.incident(id, i))
            .collect(),
        context: Vec::new(),
        warnings: Vec::new(),
    }
}

pub(crate) fn change(field: &str, value: impl Into<Value>) -> Action {
    Action::Change {
        field: field.to_owned(),
        value: value.into(),
    }
}
