//! Words around the names of parties (`data/actors/words.toml`).

use serde::Deserialize;

/// Words around names (`data/actors/words.toml`, which explains each).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) hedges: Vec<String>,
    pub(crate) machines: Vec<String>,
    pub(crate) vehicles: Vec<String>,
    pub(crate) linking: Vec<String>,
    pub(crate) prisons: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) describing: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) of: Vec<String>,
    pub(crate) bound: Vec<String>,
    pub(crate) bound_to: Vec<String>,
    pub(crate) police_sites: Vec<String>,
    pub(crate) army_sites: Vec<String>,
    pub(crate) defenceless: Vec<String>,
    pub(crate) aims: Vec<String>,
    pub(crate) meant: Vec<String>,
    pub(crate) meant_for: Vec<String>,
    pub(crate) armed: Vec<String>,
    pub(crate) new_groups: Vec<String>,
    pub(crate) new_movements: Vec<String>,
    pub(crate) epithets: Vec<String>,
    pub(crate) units: Vec<String>,
    pub(crate) arms_of_service: Vec<String>,
    pub(crate) helping: Vec<String>,
    pub(crate) air_forces: Vec<String>,
    pub(crate) branches: Vec<String>,
    pub(crate) arms: Vec<String>,
    pub(crate) counts: Vec<String>,
    pub(crate) strikes: Vec<String>,
    pub(crate) communities: Vec<String>,
    pub(crate) consisting: Vec<String>,
    pub(crate) friends: Vec<String>,
    pub(crate) no_forces: Vec<String>,
    pub(crate) disguised: Vec<String>,
    pub(crate) prefixes: Vec<String>,
    pub(crate) carrying: Vec<String>,
    pub(crate) holding: Vec<String>,
    pub(crate) fighters: Vec<String>,
    pub(crate) deeds: Vec<String>,
    pub(crate) leading: Vec<String>,
}
