//! Incidents as the examples of codebook files sketch them: what is not said is typical.

use std::collections::BTreeMap;

use serde::Deserialize;
use tarikh_record::{
    Actor, ActorKind, Claim, ClaimKind, Evidence, Extent, Flag, Incident, Killed, Measure, Place,
    Range, Role, Side, Source, SourceKind, Status, SubEventType, UcdpType, Zone,
};

use crate::rule::Part;

/// An incident: of a day and a town of Mali, by and against nobody known, with four dead.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sketch {
    sub_event_type: SubEventType,
    flag: Option<Flag>,
    ucdp_type: Option<UcdpType>,
    status: Status,
    background: bool,
    shared_toll: bool,
    civilians: Option<bool>,
    killed: Option<u32>,
    /// The report does not say whether anyone died.
    no_word_of_deaths: bool,
    without: Vec<Part>,
    date_precision: u8,
    place_precision: u8,
    side_a: Vec<ActorKind>,
    side_b: Vec<ActorKind>,
    weapons: Vec<String>,
}

impl Default for Sketch {
    fn default() -> Self {
        Self {
            sub_event_type: SubEventType::ArmedClash,
            flag: None,
            ucdp_type: None,
            status: Status::Confirmed,
            background: false,
            shared_toll: false,
            civilians: None,
            killed: None,
            no_word_of_deaths: false,
            without: Vec::new(),
            date_precision: 1,
            place_precision: 1,
            side_a: Vec::new(),
            side_b: Vec::new(),
            weapons: Vec::new(),
        }
    }
}

/// An actor of side A, and the codes that it gets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActorSketch {
    name: String,
    kind: ActorKind,
    country: Option<String>,
    /// Codes by name.
    #[serde(default)]
    pub(crate) is: BTreeMap<String, String>,
}

impl Sketch {
    pub(crate) fn incident(&self) -> Incident {
        let dead = (!self.no_word_of_deaths).then(|| self.killed.unwrap_or(4));
        let dead = dead.filter(|_| !self.shared_toll);
        let has = |part| !self.without.contains(&part);
        let day = has(Part::Date).then(|| "2023-05-01".to_owned());
        let side = |kinds: &[ActorKind], side| -> Vec<Actor> {
            kinds.iter().map(|&kind| actor(kind, side)).collect()
        };
        let (a, b) = (side(&self.side_a, Side::A), side(&self.side_b, Side::B));
        let names = |actors: &[Actor]| actors.iter().map(|a| a.name.clone()).collect();
        Incident {
            id: "i-1".into(),
            event_type: self.sub_event_type.event_type(),
            sub_event_type: self.sub_event_type,
            flag: self.flag,
            ucdp_type: self.ucdp_type,
            plover_type: None,
            plover_mode: None,
            date_start: day.clone(),
            date_precision: day.is_some().then_some(self.date_precision),
            date_end: day,
            date_text: None,
            timex: None,
            time_of_day: None,
            time_zone: None,
            place: Place {
                name: Some("Corva".into()),
                country: has(Part::Country).then(|| "ML".to_owned()),
                lat: Some(14.5),
                lon: Some(-4.1),
                precision: Some(self.place_precision),
                ..Place::default()
            },
            side_a: names(&a),
            side_b: names(&b),
            actors: [a, b].concat(),
            civilians: self.civilians,
            killed: Killed {
                best: dead,
                low: dead,
                high: dead,
                ..Killed::default()
            },
            injured: Range::default(),
            abducted: None,
            arrested: None,
            released: None,
            weapons: self.weapons.clone(),
            sources: Self::sources(),
            claims: Vec::new(),
            status: self.status,
            is_background: self.background,
            shared_toll: self.shared_toll,
            confidence: 1.0,
            confidence_by_field: tarikh_record::FieldConfidence::default(),
            evidence: Evidence {
                quote: String::new(),
                start: 0,
                end: 0,
                zone: Zone::Text,
            },
            evidence_also: Vec::new(),
            provenance: Vec::new(),
        }
    }

    /// An army and a rebel group.
    pub(crate) fn sources() -> Vec<Source> {
        let source = |name: &str, kind| Source {
            name: name.into(),
            also: Vec::new(),
            kind,
            claim: ClaimKind::Confirm,
            anonymous: false,
            via: None,
        };
        vec![
            source("army", SourceKind::Military),
            source("rebels", SourceKind::Rebel),
        ]
    }
}

impl ActorSketch {
    pub(crate) fn incident(&self) -> Incident {
        let mut incident = Sketch::default().incident();
        incident.side_a = vec![self.name.clone()];
        incident.actors = vec![Actor {
            name: self.name.clone(),
            country: self.country.clone(),
            ..actor(self.kind, Side::A)
        }];
        incident
    }
}

fn actor(kind: ActorKind, side: Side) -> Actor {
    Actor {
        name: format!("{kind:?} of side {side:?}"),
        id: None,
        kind,
        country: None,
        side,
        role: Role::Party,
        suspected: false,
    }
}

/// A claim of deaths: its statement, its voice, low, best and high.
pub(crate) fn claim(statement: u32, source: Option<&str>, count: [Option<u32>; 3]) -> Claim {
    let [low, best, high] = count;
    Claim {
        measure: Measure::Killed,
        who: None,
        low,
        best,
        high,
        source: source.map(str::to_owned),
        statement,
        extent: Extent::Whole,
        acled: None,
        quote: String::new(),
        start: 0,
        end: 0,
        zone: Zone::Text,
    }
}
