//! Linking by example: each group in `groups.toml` says which reports tell of one incident.
//!
//! Places and events are invented. All groups are also linked together, so that none reaches into
//! another, and in many orders, which must not matter.

mod laws;
mod tolls;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tarikh_link::{Constraints, Linking, Profile, link};
use tarikh_record::{
    Actor, ActorKind, EventType, Evidence, Incident, Killed, Place, Range, Role, Side, Status,
    SubEventType, Zone,
};

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    about: String,
    /// Mentions that are one incident, by name; what is not named stands alone.
    #[serde(default)]
    same: Vec<String>,
    /// Pairs that are offered to review.
    #[serde(default)]
    doubtful: Vec<String>,
    mention: Vec<Mention>,
}

/// A report's account in the fewest words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mention {
    /// Its name within the group: a letter for the report, and a number if it tells several.
    name: String,
    published: String,
    /// A day, or the first and the last possible one.
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    until: Option<String>,
    kind: SubEventType,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    point: Option<[f64; 2]>,
    #[serde(default)]
    admin1: Option<String>,
    #[serde(default = "mali")]
    country: String,
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    on: Option<String>,
    #[serde(default)]
    killed: Option<u32>,
    /// "At least": the number is a lower bound.
    #[serde(default)]
    at_least: Option<u32>,
    #[serde(default)]
    injured: Option<u32>,
    #[serde(default)]
    weapon: Option<String>,
    #[serde(default)]
    words: String,
}

fn mali() -> String {
    "ML".to_owned()
}

fn groups() -> Vec<Group> {
    let file: File = toml::from_str(include_str!("groups.toml")).expect("groups.toml is read");
    file.group
}

impl Mention {
    fn report(&self) -> String {
        self.name.chars().filter(|c| c.is_alphabetic()).collect()
    }

    fn profile(&self, group: usize) -> Profile {
        let key = format!("{group:02}{}", self.name);
        let report = format!("{group:02}{}", self.report());
        Profile::new(&key, &report, Some(&self.published), &self.incident())
    }

    fn incident(&self) -> Incident {
        let is_vague = self.point.is_none() && self.at.is_none();
        let actor = |name: &String, side| Actor {
            name: name.clone(),
            id: None,
            kind: kind(name),
            country: None,
            side,
            role: Role::Party,
            suspected: false,
        };
        let actors = self.by.iter().map(|name| actor(name, Side::A));
        let actors = actors.chain(self.on.iter().map(|name| actor(name, Side::B)));
        let (low, best) = (self.at_least.or(self.killed), self.killed.or(self.at_least));
        Incident {
            event_type: self.kind.event_type(),
            date_start: self.day.clone(),
            date_end: self.until.clone().or_else(|| self.day.clone()),
            date_precision: self
                .day
                .as_ref()
                .map(|_| if self.until.is_some() { 2 } else { 1 }),
            place: Place {
                name: self.at.clone().or_else(|| self.admin1.clone()),
                admin1: self.admin1.clone(),
                country: Some(self.country.clone()),
                lat: self.point.map(|p| p[0]),
                lon: self.point.map(|p| p[1]),
                precision: Some(match (is_vague, &self.admin1) {
                    (false, _) => 1,
                    (true, Some(_)) => 4,
                    (true, None) => 6,
                }),
                ..Place::default()
            },
            side_a: self.by.iter().cloned().collect(),
            side_b: self.on.iter().cloned().collect(),
            actors: actors.collect(),
            killed: Killed {
                low,
                best,
                high: self.killed,
                ..Killed::default()
            },
            injured: Range {
                low: self.injured,
                high: self.injured,
            },
            weapons: self.weapon.iter().cloned().collect(),
            ..blank(self.kind, &self.words)
        }
    }
}

/// An actor with a capital has a name of its own.
fn kind(name: &str) -> ActorKind {
    if name.starts_with("civilians") {
        ActorKind::Civilians
    } else if name.starts_with(char::is_uppercase) {
        ActorKind::RebelGroup
    } else {
        ActorKind::UnidentifiedArmedGroup
    }
}

fn blank(kind: SubEventType, words: &str) -> Incident {
    Incident {
        id: String::new(),
        event_type: EventType::Battles,
        sub_event_type: kind,
        flag: None,
        ucdp_type: None,
        plover_type: None,
        plover_mode: None,
        date_start: None,
        date_end: None,
        date_precision: None,
        date_text: None,
        timex: None,
        time_of_day: None,
        time_zone: None,
        place: Place::default(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        actors: Vec::new(),
        civilians: None,
        killed: Killed::default(),
        injured: Range::default(),
        abducted: None,
        arrested: None,
        released: None,
        weapons: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
        status: Status::Confirmed,
        is_background: false,
        shared_toll: false,
        confidence: 0.8,
        confidence_by_field: tarikh_record::FieldConfidence::default(),
        evidence: Evidence {
            quote: words.to_owned(),
            start: 0,
            end: words.chars().count() as u32,
            zone: Zone::Text,
        },
        evidence_also: Vec::new(),
        provenance: Vec::new(),
    }
}

/// "a b" as the set of keys in a group.
fn set(group: usize, names: &str) -> BTreeSet<String> {
    names
        .split(' ')
        .map(|name| format!("{group:02}{name}"))
        .collect()
}

/// Compares what was linked of one group with what it expects.
fn check(number: usize, group: &Group, linking: &Linking, offences: &mut Vec<String>) {
    let prefix = format!("{number:02}");
    let joined = linking.groups.iter().filter(|keys| 1 < keys.len());
    let found: BTreeSet<BTreeSet<String>> = joined
        .filter(|keys| keys.iter().any(|key| key.starts_with(&prefix)))
        .map(|keys| keys.iter().cloned().collect())
        .collect();
    let expected: BTreeSet<_> = group.same.iter().map(|names| set(number, names)).collect();
    if found != expected {
        offences.push(format!(
            "{}: expected {expected:?}, found {found:?}",
            group.about
        ));
    }
    let doubtful: BTreeSet<BTreeSet<String>> = linking
        .doubtful
        .iter()
        .map(|edge| BTreeSet::from([edge.a.clone(), edge.b.clone()]))
        .collect();
    for pair in group.doubtful.iter().map(|names| set(number, names)) {
        if !doubtful.contains(&pair) {
            offences.push(format!("{}: {pair:?} is not offered", group.about));
        }
    }
}

fn profiles(groups: &[Group]) -> Vec<Profile> {
    let numbered = groups.iter().enumerate();
    numbered
        .flat_map(|(i, group)| group.mention.iter().map(move |mention| mention.profile(i)))
        .collect()
}

#[test]
fn every_group_links_as_it_says() {
    let groups = groups();
    assert!(30 <= groups.len(), "there are {} groups", groups.len());
    let mut offences = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let alone: Vec<Profile> = group.mention.iter().map(|m| m.profile(i)).collect();
        check(
            i,
            group,
            &link(&alone, &Constraints::default()),
            &mut offences,
        );
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn no_group_reaches_into_another() {
    let groups = groups();
    let linking = link(&profiles(&groups), &Constraints::default());
    let mut offences = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        check(i, group, &linking, &mut offences);
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn people_win_over_scores() {
    let groups = groups();
    let group = groups
        .iter()
        .position(|g| !g.same.is_empty())
        .expect("some group joins");
    let pair: Vec<String> = set(group, &groups[group].same[0]).into_iter().collect();
    let profiles = profiles(&groups[group..=group]);
    // The group is the only one here, and its number is 0.
    let [a, b] = [&pair[0], &pair[1]].map(|key| format!("00{}", &key[2..]));
    let mut apart = Constraints::default();
    apart.keep_apart(&a, &b);
    let holder = |linking: &Linking| -> BTreeMap<String, usize> {
        let numbered = linking.groups.iter().enumerate();
        numbered
            .flat_map(|(i, keys)| keys.iter().map(move |key| (key.clone(), i)))
            .collect()
    };
    let holders = holder(&link(&profiles, &apart));
    assert_ne!(holders[&a], holders[&b]);
    apart.join(&a, &b);
    let holders = holder(&link(&profiles, &apart));
    assert_eq!(holders[&a], holders[&b]);
}
