//! How the machine alone would group what people merged, split or kept apart: what a blind coder
//! sees, and how two coders' values are brought together.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;
use tarikh_link::{Constraints, group};

use crate::decision::{Action, Decision, Standing};
use crate::derive;
use crate::error::Result;
use crate::keys::{founder, incident_id};
use crate::open::Store;

/// Incidents that people grouped otherwise than the machine would, and that belong together.
#[derive(Default)]
pub(crate) struct Regrouped {
    /// The machine's incidents: ids, and keys of their mentions.
    pub(crate) groups: Vec<(String, Vec<String>)>,
    /// Rows of the incidents that stand there instead.
    pub(crate) instead: BTreeSet<i64>,
}

/// Everything that people grouped.
#[derive(Default)]
pub(crate) struct Machine {
    pub(crate) regrouped: Vec<Regrouped>,
    /// The machine's incident of each of their mentions.
    home_of: BTreeMap<String, String>,
}

impl Machine {
    /// # Errors
    /// Those of reading.
    pub(crate) fn load(store: &Store) -> Result<Self> {
        let db = &store.db;
        let standing = Standing::load(db)?;
        let grouping = standing.decisions.iter().filter(|d| is_grouping(d));
        let seeds: BTreeSet<String> = grouping
            .flat_map(|d| d.mentions.iter().chain(d.action.others()))
            .cloned()
            .collect();
        if seeds.is_empty() {
            return Ok(Self::default());
        }
        let reach = derive::closure(db, seeds, &standing)?;
        let profiles = derive::live_profiles(db, reach.iter())?;
        let edges = derive::edges_among(db, &profiles)?;
        let linking = group(&profiles, &edges, &Constraints::default());
        let mut machine = Self::default();
        for mentions in linking.groups {
            let id = incident_id(&derive::first(db, &mentions)?);
            machine.add(store, id, mentions)?;
        }
        machine.regrouped.retain(Regrouped::differs);
        Ok(machine)
    }

    /// Puts an incident to those that share a row with it.
    fn add(&mut self, store: &Store, id: String, mentions: Vec<String>) -> Result<()> {
        let mut whole = Regrouped::default();
        let mut select = store
            .db
            .prepare_cached("SELECT incident FROM incident_mentions WHERE mention = ?1")?;
        for mention in &mentions {
            let row: Option<i64> = select.query_row([mention], |row| row.get(0)).optional()?;
            whole.instead.extend(row);
            self.home_of.insert(mention.clone(), id.clone());
        }
        whole.groups.push((id, mentions));
        let (joined, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.regrouped)
            .into_iter()
            .partition(|other| !other.instead.is_disjoint(&whole.instead));
        for other in joined {
            whole.groups.extend(other.groups);
            whole.instead.extend(other.instead);
        }
        self.regrouped = rest;
        self.regrouped.push(whole);
        Ok(())
    }

    /// The machine's incident that holds this mention, or the mention which founded this incident.
    pub(crate) fn home(&self, store: &Store, incident: &str) -> String {
        let home = self.home_of.get(incident);
        let home = home.or_else(|| self.home_of.get(&founder(incident)));
        home.cloned()
            .or_else(|| store.resolve(incident).ok())
            .unwrap_or_else(|| incident.to_owned())
    }

    /// For each person the incidents that he is done with: he decided on the whole of them.
    pub(crate) fn done(
        &self,
        store: &Store,
        decisions: &[Decision],
    ) -> BTreeMap<String, BTreeSet<String>> {
        let mut done: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for decision in decisions
            .iter()
            .filter(|d| !d.undone && d.is_on_the_whole())
        {
            let home = self.home(store, &decision.incident);
            done.entry(decision.who.clone()).or_default().insert(home);
        }
        done
    }
}

impl Regrouped {
    /// One group for each row: people left it as the machine had it, or came back to it.
    fn differs(&self) -> bool {
        self.groups.len() != 1 || self.instead.len() != 1
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &String> {
        self.groups.iter().map(|(id, _)| id)
    }
}

/// Whether a decision says what is one incident.
pub(crate) fn is_grouping(decision: &Decision) -> bool {
    matches!(
        decision.action,
        Action::Merge { .. } | Action::Split { .. } | Action::KeepApart { .. }
    )
}
