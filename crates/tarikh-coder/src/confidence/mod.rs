//! How sure a coding is: for an incident, and for each group of its values, the probability that a
//! trained coder writes the same.
//!
//! The probability is logistic in a few named signs of the reading: the rule that fired, what other
//! words agree, how many places and parties compete. Weights are learned on annotated reports by
//! `cargo xtask train confidence` and lie in `models/confidence.toml`; `models/confidence.md` shows
//! how well they keep their word.

mod withhold;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use tarikh_record::{
    Claim, EventType, Extent, FieldConfidence, Incident, Measure, Side, SourceKind, Zone,
};

pub use withhold::{INCIDENT_LEFT_OUT, VALUE_LEFT_OPEN, withhold};

/// What a probability is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// That it is an incident of the report at all.
    Found,
    /// Event and sub-event type.
    EventType,
    /// First and last day.
    Date,
    /// Country, and the point within 25 km.
    Place,
    /// All names of side A.
    SideA,
    /// All names of side B.
    SideB,
    /// The dead.
    Killed,
    /// The injured.
    Injured,
    /// The voices.
    Sources,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Found,
        Self::EventType,
        Self::Date,
        Self::Place,
        Self::SideA,
        Self::SideB,
        Self::Killed,
        Self::Injured,
        Self::Sources,
    ];

    /// The name in the file of weights and in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::EventType => "event_type",
            Self::Date => "date",
            Self::Place => "place",
            Self::SideA => "side_a",
            Self::SideB => "side_b",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Sources => "sources",
        }
    }
}

/// Name of the sign that always holds.
pub const BIAS: &str = "bias";

/// The weight of each sign, by group.
pub type Weights = BTreeMap<Group, BTreeMap<String, f64>>;

/// The weights that the program carries.
fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        toml::from_str(include_str!("../../../../models/confidence.toml"))
            .expect("a test reads the embedded file")
    })
}

/// The probability for signs under weights; unknown signs weigh nothing.
#[must_use]
pub fn probability(weights: &BTreeMap<String, f64>, signs: &[&str]) -> f64 {
    let weight = |sign: &str| weights.get(sign).copied().unwrap_or_default();
    let sum: f64 = signs.iter().map(|sign| weight(sign)).sum();
    1.0 / (1.0 + (-sum - weight(BIAS)).exp())
}

/// Fills in the probabilities of a report's incidents, in steps of 0.01.
pub(crate) fn fill(incidents: &mut [Incident]) {
    let none = BTreeMap::new();
    for (position, incident) in incidents.iter_mut().enumerate() {
        let of = |group| {
            let signs = signs(group, incident, position)?;
            let weights = weights().get(&group).unwrap_or(&none);
            Some((probability(weights, &signs) * 100.0).round() / 100.0)
        };
        let found = of(Group::Found).unwrap_or_default();
        let by_field = FieldConfidence {
            event_type: of(Group::EventType),
            date: of(Group::Date),
            place: of(Group::Place),
            side_a: of(Group::SideA),
            side_b: of(Group::SideB),
            killed: of(Group::Killed),
            injured: of(Group::Injured),
            sources: of(Group::Sources),
        };
        (incident.confidence, incident.confidence_by_field) = (found, by_field);
    }
}

/// The signs that hold for a group of values of an incident, which is the report's `position`th from 0;
/// `None` where there is no value.
#[must_use]
pub fn signs(group: Group, incident: &Incident, position: usize) -> Option<Vec<&'static str>> {
    let signs: Vec<(&'static str, bool)> = match group {
        Group::Found => of_incident(incident, position),
        Group::EventType => vec![
            (
                "crowd",
                matches!(incident.event_type, EventType::Protests | EventType::Riots),
            ),
            (
                "control",
                has_rule(incident, "sub_event_type", "change-of-control"),
            ),
        ],
        Group::Date => {
            incident.date_start.as_ref()?;
            vec![
                ("undated", has_rule(incident, "date_start", "undated-lead")),
                ("one_day", incident.date_precision == Some(1)),
            ]
        }
        Group::Place => of_place(incident)?,
        Group::SideA => of_side(incident, "side_a", Side::A, &incident.side_a)?,
        Group::SideB => of_side(incident, "side_b", Side::B, &incident.side_b)?,
        Group::Killed => of_killed(incident)?,
        Group::Injured => {
            incident.injured.low.or(incident.injured.high)?;
            let claims = whole(incident, Measure::Injured);
            vec![
                ("differ", n_figures(&claims) > 1),
                ("open", incident.injured.high.is_none()),
            ]
        }
        Group::Sources => of_sources(incident, position)?,
    };
    Some(
        signs
            .into_iter()
            .filter_map(|(sign, holds)| holds.then_some(sign))
            .collect(),
    )
}

type Signs = Vec<(&'static str, bool)>;

fn of_incident(incident: &Incident, position: usize) -> Signs {
    let wide = incident
        .place
        .precision
        .is_none_or(|precision| 5 <= precision);
    let is_named = |rule: &str| matches!(rule, "actor:named" | "actor:state-force");
    vec![
        ("first", position == 0),
        ("retold", !incident.evidence_also.is_empty()),
        ("in_title", incident.evidence.zone == Zone::Title),
        ("undated", incident.date_start.is_none()),
        ("unplaced", wide),
        ("harm_known", !incident.claims.is_empty()),
        (
            "strategic",
            incident.event_type == EventType::StrategicDevelopments,
        ),
        ("author_named", rules(incident, "side_a").any(is_named)),
        ("frame", !has_rule(incident, "event_type", "harm")),
    ]
}

fn of_place(incident: &Incident) -> Option<Signs> {
    let place = &incident.place;
    if place.country.is_none() && place.lat.is_none() {
        return None;
    }
    Some(vec![
        (
            "unknown_name",
            has_rule(incident, "place.name", "unknown name"),
        ),
        (
            "large",
            place.precision.is_none_or(|precision| 4 <= precision),
        ),
        ("relation", place.relation.is_some()),
        ("point", place.lat.is_some()),
    ])
}

fn of_side(incident: &Incident, field: &str, side: Side, names: &[String]) -> Option<Signs> {
    if names.is_empty() {
        return None;
    }
    let has = |rule| has_rule(incident, field, rule);
    let mut actors = incident.actors.iter().filter(|actor| actor.side == side);
    Some(vec![
        ("several", 1 < names.len()),
        ("named", has("actor:named")),
        ("state", has("actor:state-force")),
        ("crowd", has("actor:crowd")),
        ("not_named", has("actor:not-named")),
        ("suspected", actors.any(|actor| actor.suspected)),
        ("civilians", names.iter().any(|name| name == "Civilians")),
    ])
}

fn of_killed(incident: &Incident) -> Option<Signs> {
    let killed = &incident.killed;
    killed.best.or(killed.low).or(killed.high)?;
    let claims = whole(incident, Measure::Killed);
    let sides = [killed.side_a, killed.side_b, killed.civilians];
    Some(vec![
        ("agree", 1 < claims.len() && n_figures(&claims) == 1),
        ("differ", 1 < n_figures(&claims)),
        ("one", has_rule(incident, "killed.best", "number:one")),
        ("by_side", sides.iter().any(Option::is_some)),
        ("said", claims.iter().any(|claim| claim.source.is_some())),
    ])
}

fn of_sources(incident: &Incident, position: usize) -> Option<Signs> {
    let sources = &incident.sources;
    if sources.is_empty() {
        return None;
    }
    Some(vec![
        ("several", 1 < sources.len()),
        ("three", 2 < sources.len()),
        (
            "numbers",
            incident.claims.iter().any(|claim| claim.source.is_some()),
        ),
        ("first", position == 0),
        (
            "media",
            sources
                .iter()
                .any(|source| source.kind == SourceKind::Media),
        ),
    ])
}

/// Claims of all those who came to harm.
fn whole(incident: &Incident, measure: Measure) -> Vec<&Claim> {
    let claims = incident.claims.iter();
    claims
        .filter(|claim| claim.measure == measure && claim.extent == Extent::Whole)
        .collect()
}

/// How many different figures they give.
fn n_figures(claims: &[&Claim]) -> usize {
    let mut figures: Vec<Option<u32>> = claims.iter().map(|claim| claim.best).collect();
    figures.sort_unstable();
    figures.dedup();
    figures.len()
}

/// The rules that read a field, or its items.
fn rules<'i>(incident: &'i Incident, field: &str) -> impl Iterator<Item = &'i str> {
    let is_of_field = move |path: &str| {
        let rest = path.strip_prefix(field)?;
        (rest.is_empty() || rest.starts_with('[')).then_some(())
    };
    let provenance = incident.provenance.iter();
    provenance
        .filter(move |p| is_of_field(&p.field).is_some())
        .map(|p| p.rule.as_str())
}

fn has_rule(incident: &Incident, field: &str, part: &str) -> bool {
    rules(incident, field).any(|rule| rule.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coder, Workspace};
    use tarikh_record::Coding;
    use tarikh_text::{Metadata, Report};

    /// A report of one incident, coded.
    pub(in crate::confidence) fn coding() -> Coding {
        let metadata = Metadata {
            published: "2023-05-03".parse().ok(),
            ..Metadata::default()
        };
        let text = "GAO, Mali - Gunmen killed nine farmers near Gao on Monday, a local official said. \
            At least three people were wounded.";
        Coder::new().code(&Report::new(metadata, text), &mut Workspace::default())
    }

    #[test]
    fn every_group_has_weights() {
        for group in Group::ALL {
            let weights = weights().get(&group);
            assert!(weights.is_some_and(|w| w.contains_key(BIAS)), "{group:?}");
        }
    }

    #[test]
    fn a_probability_grows_with_the_weight_of_its_signs() {
        let weights = BTreeMap::from([(BIAS.to_owned(), 0.0), ("named".to_owned(), 2.0)]);
        assert!((probability(&weights, &[]) - 0.5).abs() < 1e-12);
        assert!((probability(&weights, &["named", "other"]) - 0.8808).abs() < 1e-4);
    }

    #[test]
    fn a_value_has_a_confidence_and_what_is_unknown_has_none() {
        let coding = coding();
        let incident = &coding.incidents[0];
        let sure = incident.confidence_by_field;
        assert!(sure.date.is_some() && sure.place.is_some() && sure.killed.is_some());
        assert_eq!(sure.sources.is_some(), !incident.sources.is_empty());
        assert_eq!(sure.side_b.is_some(), !incident.side_b.is_empty());
    }
}
