//! What became of incidents, so that users can keep up: the list of changes, and releases.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use tarikh_record::ReviewState;

use crate::error::{Result, StoreError};
use crate::keys::{founder, sha256_hex};
use crate::open::Store;

/// What happened to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before, or was rejected.
    New,
    /// A value, a member or its review changed.
    Revised,
    /// It is part of another now, whose id is `other`.
    Merged,
    /// It was part of another before, whose id is `other`.
    Split,
    /// No report tells of it any more, or a person rejected it.
    Withdrawn,
}

impl ChangeKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Revised => "revised",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn parse(name: &str) -> Self {
        let all = [Self::New, Self::Merged, Self::Split, Self::Withdrawn];
        let found = all.into_iter().find(|kind| kind.as_str() == name);
        found.unwrap_or(Self::Revised)
    }
}

/// One change of one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number: ask for what came after it.
    pub change: i64,
    /// When, UTC (RFC 3339).
    pub at: String,
    /// What happened.
    pub kind: ChangeKind,
    /// Id of the incident.
    pub incident: String,
    /// Id of the incident that it was merged into or split from.
    pub other: Option<String>,
}

/// A published state of the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its name (`2026.1`).
    pub version: String,
    /// When it was made, UTC (RFC 3339).
    pub at: String,
    /// The last change that it holds.
    pub change: i64,
    /// `full` or `public`.
    pub profile: String,
    /// SHA-256 of its manifest.
    pub sha256: String,
}

impl Store {
    /// Changes after the one numbered `after` (0 for all), the oldest first, at most `limit`.
    ///
    /// # Errors
    /// Those of reading.
    pub fn changes(&self, after: i64, limit: usize) -> Result<Vec<Change>> {
        let mut select = self.db.prepare_cached(
            "SELECT change, at, kind, incident, other FROM changes
             WHERE ?1 < change ORDER BY change LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = select.query_map(params![after, limit], |row| {
            let kind: String = row.get(2)?;
            Ok(Change {
                change: row.get(0)?,
                at: row.get(1)?,
                kind: ChangeKind::parse(&kind),
                incident: row.get(3)?,
                other: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Number of the last change; 0 if there is none.
    ///
    /// # Errors
    /// Those of reading.
    pub fn last_change(&self) -> Result<i64> {
        let last = self
            .db
            .query_row("SELECT coalesce(max(change), 0) FROM changes", [], |row| {
                row.get(0)
            });
        Ok(last?)
    }

    /// When the last change was made, UTC (RFC 3339); `None` if there is none.
    ///
    /// # Errors
    /// Those of reading.
    pub fn last_changed_at(&self) -> Result<Option<String>> {
        let last = self
            .db
            .query_row(
                "SELECT at FROM changes ORDER BY change DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        Ok(last)
    }

    /// All releases, the oldest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn releases(&self) -> Result<Vec<Release>> {
        let mut select = self.db.prepare_cached(
            "SELECT version, at, change, profile, sha256 FROM releases ORDER BY change, at, version",
        )?;
        let rows = select.query_map([], |row| {
            Ok(Release {
                version: row.get(0)?,
                at: row.get(1)?,
                change: row.get(2)?,
                profile: row.get(3)?,
                sha256: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes that a release was made.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] if there is one of that version, and those of writing.
    pub fn note_release(&mut self, release: &Release) -> Result<()> {
        let n = self.db.execute(
            "INSERT OR IGNORE INTO releases (version, at, change, profile, sha256)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                release.version,
                release.at,
                release.change,
                release.profile,
                release.sha256
            ],
        )?;
        if n == 0 {
            let message = format!("there is a release {} already", release.version);
            return Err(StoreError::Invalid(message));
        }
        Ok(())
    }
}

/// An incident as far as changes of it are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Hash of all that is stored of it.
    digest: String,
    is_rejected: bool,
    mentions: BTreeSet<String>,
}

impl State {
    pub(crate) fn load(db: &Connection, id: &str) -> Result<Self> {
        let (text, review): (String, String) = db
            .prepare_cached(
                "SELECT record || char(10) || taken_from || char(10) || decided || char(10)
                        || n_reports || ' ' || n_sources || ' ' || stale || ' ' || review, review
                 FROM incidents WHERE id = ?1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut select = db.prepare_cached(
            "SELECT m.mention FROM incident_mentions m JOIN incidents i USING (incident)
             WHERE i.id = ?1",
        )?;
        let mentions = select.query_map([id], |row| row.get(0))?;
        Ok(Self {
            digest: sha256_hex(text.as_bytes()),
            is_rejected: review == ReviewState::Rejected.as_str(),
            mentions: mentions.collect::<rusqlite::Result<_>>()?,
        })
    }
}

/// The incidents of some mentions before they are grouped anew.
pub(crate) struct Before {
    states: BTreeMap<String, State>,
}

impl Before {
    pub(crate) fn load(db: &Connection, mentions: &BTreeSet<String>) -> Result<Self> {
        let mut select = db.prepare_cached(
            "SELECT i.id FROM incident_mentions m JOIN incidents i USING (incident)
             WHERE m.mention = ?1",
        )?;
        let mut states = BTreeMap::new();
        for mention in mentions {
            let id: Option<String> = select.query_row([mention], |row| row.get(0)).optional()?;
            if let Some(id) = id
                && !states.contains_key(&id)
            {
                let state = State::load(db, &id)?;
                states.insert(id, state);
            }
        }
        Ok(Self { states })
    }

    /// Deletes the incidents that are no more.
    pub(crate) fn remove_gone(
        &self,
        db: &Connection,
        after: &BTreeMap<String, State>,
    ) -> Result<()> {
        for id in self.states.keys().filter(|id| !after.contains_key(*id)) {
            db.prepare_cached(
                "DELETE FROM places WHERE incident = (SELECT incident FROM incidents WHERE id = ?1)",
            )?
            .execute([id])?;
            db.prepare_cached("DELETE FROM incidents WHERE id = ?1")?
                .execute([id])?;
        }
        Ok(())
    }

    /// Adds what happened to the list of changes.
    pub(crate) fn record(
        &self,
        db: &Connection,
        after: &BTreeMap<String, State>,
        at: &str,
    ) -> Result<()> {
        let ids: BTreeSet<&String> = self.states.keys().chain(after.keys()).collect();
        for id in ids {
            let (old, new) = (self.states.get(id), after.get(id));
            let holder = |states: &BTreeMap<String, State>| {
                let founder = founder(id);
                let mut holders = states.iter();
                let found = holders.find(|(_, state)| state.mentions.contains(&founder));
                found.map(|(other, _)| other.clone())
            };
            let change = match (old, new) {
                (None, Some(new)) if new.is_rejected => None,
                (None, Some(_)) => Some(match holder(&self.states) {
                    Some(other) => (ChangeKind::Split, Some(other)),
                    None => (ChangeKind::New, None),
                }),
                (Some(old), None) if old.is_rejected => None,
                (Some(_), None) => Some(match holder(after) {
                    Some(other) => (ChangeKind::Merged, Some(other)),
                    None => (ChangeKind::Withdrawn, None),
                }),
                (Some(old), Some(new)) => match (old.is_rejected, new.is_rejected) {
                    (true, false) => Some((ChangeKind::New, None)),
                    (false, true) => Some((ChangeKind::Withdrawn, None)),
                    (true, true) => None,
                    (false, false) => (old != new).then_some((ChangeKind::Revised, None)),
                },
                (None, None) => None,
            };
            if let Some((kind, other)) = change {
                db.prepare_cached(
                    "INSERT INTO changes (at, kind, incident, other) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![at, kind.as_str(), id, other])?;
            }
        }
        Ok(())
    }
}
