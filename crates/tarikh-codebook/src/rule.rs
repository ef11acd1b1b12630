//! Rules as the files write them: a condition, and what follows from it.

use std::collections::BTreeMap;

use serde::Deserialize;
use tarikh_record::{
    Actor, ActorKind, EventType, Flag, Incident, Killed, Side, Status, SubEventType, UcdpType,
};

use crate::value::where_precision;

/// Leaves an incident out, and says why in a sentence.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Refuse {
    pub(crate) id: String,
    pub(crate) because: String,
    pub(crate) when: When,
    #[cfg(test)]
    pub(crate) examples: Vec<crate::sketch::Sketch>,
}

/// Gives an incident codes; of several rules that give the same code the first counts.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Code {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) when: When,
    pub(crate) gives: BTreeMap<String, String>,
    #[cfg(test)]
    pub(crate) examples: Vec<crate::sketch::Sketch>,
}

/// Gives an actor codes. `{name}`, `{country}`, `{ucdp_country}`, `{iso3}`, `{gw}` stand for the
/// actor's own, `{place_country}` and `{place_iso3}` for the country of the incident; a code that
/// needs an unknown one is left to the rules that follow.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct ActorCode {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) when: ActorWhen,
    pub(crate) gives: BTreeMap<String, String>,
    #[cfg(test)]
    pub(crate) examples: Vec<crate::sketch::ActorSketch>,
}

/// Holds for an incident if all that is named holds; of a list one is enough.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct When {
    event_type: Vec<EventType>,
    sub_event_type: Vec<SubEventType>,
    flag: Vec<Flag>,
    ucdp_type: Vec<UcdpType>,
    status: Vec<Status>,
    background: Option<bool>,
    shared_toll: Option<bool>,
    civilians: Option<bool>,
    /// What the report tells of deaths, as the codebook counts them.
    deaths: Option<Deaths>,
    /// One of these is not known.
    missing: Vec<Part>,
    date_precision: Vec<u8>,
    place_precision: Vec<u8>,
    /// An actor of the side is of such a kind.
    side_a: Vec<ActorKind>,
    side_b: Vec<ActorKind>,
    /// No actor of the side is of such a kind.
    side_a_without: Vec<ActorKind>,
    side_b_without: Vec<ActorKind>,
    /// The words of a weapon hold such a word.
    weapon: Vec<String>,
}

/// What a report tells of deaths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deaths {
    /// Someone died, or may have.
    Some,
    /// Nobody died.
    None,
    /// It does not say.
    Unknown,
}

/// What may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    Date,
    Country,
    SideA,
    SideB,
    UcdpType,
    Flag,
}

impl When {
    /// Whether it holds, with the deaths as the codebook counts them.
    pub(crate) fn holds(&self, incident: &Incident, killed: &Killed) -> bool {
        one_of(&self.event_type, Some(&incident.event_type))
            && one_of(&self.sub_event_type, Some(&incident.sub_event_type))
            && one_of(&self.flag, incident.flag.as_ref())
            && one_of(&self.ucdp_type, incident.ucdp_type.as_ref())
            && one_of(&self.status, Some(&incident.status))
            && one_of(&self.date_precision, incident.date_precision.as_ref())
            && one_of(
                &self.place_precision,
                where_precision(&incident.place).as_ref(),
            )
            && self
                .background
                .is_none_or(|is| is == incident.is_background)
            && self.shared_toll.is_none_or(|is| is == incident.shared_toll)
            && self
                .civilians
                .is_none_or(|is| incident.civilians == Some(is))
            && self.deaths.is_none_or(|deaths| deaths == deaths_of(killed))
            && (self.missing.is_empty() || self.missing.iter().any(|p| p.is_missing(incident)))
            && self.sides_hold(incident)
            && (self.weapon.is_empty() || has_weapon(incident, &self.weapon))
    }

    fn sides_hold(&self, incident: &Incident) -> bool {
        let has = |side, kinds: &[ActorKind]| {
            let mut actors = incident.actors.iter().filter(|actor| actor.side == side);
            actors.any(|actor| kinds.contains(&actor.kind))
        };
        (self.side_a.is_empty() || has(Side::A, &self.side_a))
            && (self.side_b.is_empty() || has(Side::B, &self.side_b))
            && !has(Side::A, &self.side_a_without)
            && !has(Side::B, &self.side_b_without)
    }
}

/// Holds for an actor if all that is named holds; of a list one is enough.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ActorWhen {
    kind: Vec<ActorKind>,
    /// The name, or the id in `data/actors`, holds such words, whatever their case.
    name: Vec<String>,
}

impl ActorWhen {
    pub(crate) fn holds(&self, name: &str, actor: Option<&Actor>) -> bool {
        let name = name.to_lowercase();
        let id = actor.and_then(|actor| actor.id.as_deref());
        let named = |word: &String| name.contains(word) || id.is_some_and(|id| id.contains(word));
        one_of(&self.kind, actor.map(|actor| &actor.kind))
            && (self.name.is_empty() || self.name.iter().any(named))
    }
}

/// An empty list allows everything, also what is not known.
fn one_of<T: PartialEq>(allowed: &[T], value: Option<&T>) -> bool {
    allowed.is_empty() || value.is_some_and(|value| allowed.contains(value))
}

fn deaths_of(killed: &Killed) -> Deaths {
    let sides = [
        killed.side_a,
        killed.side_b,
        killed.civilians,
        killed.unknown,
    ];
    let all = [killed.low, killed.best, killed.high]
        .into_iter()
        .chain(sides);
    match all.flatten().max() {
        None => Deaths::Unknown,
        Some(0) => Deaths::None,
        Some(_) => Deaths::Some,
    }
}

fn has_weapon(incident: &Incident, words: &[String]) -> bool {
    let lower = |weapon: &String| weapon.to_lowercase();
    let weapons: Vec<String> = incident.weapons.iter().map(lower).collect();
    weapons
        .iter()
        .any(|weapon| words.iter().any(|word| weapon.contains(word)))
}

impl Part {
    fn is_missing(self, incident: &Incident) -> bool {
        match self {
            Self::Date => incident.date_start.is_none() || incident.date_end.is_none(),
            // No country is at fault where the sea has none.
            Self::Country => {
                incident.place.country.is_none() && incident.place.precision != Some(7)
            }
            Self::SideA => incident.side_a.is_empty(),
            Self::SideB => incident.side_b.is_empty(),
            Self::UcdpType => incident.ucdp_type.is_none(),
            Self::Flag => incident.flag.is_none(),
        }
    }
}
