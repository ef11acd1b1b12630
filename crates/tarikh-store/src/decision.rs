//! What people decide, and what follows from all of it.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tarikh_link::Constraints;

use crate::agreement::REJECTED;
use crate::error::Result;
use crate::keys::founder;

/// What a person does with an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Accepts it as it stands: these values stay until a person changes them.
    Accept,
    /// Sets one value; `field` is its path in the record (`killed.best`, `place.name`).
    Change {
        /// Path of the field.
        field: String,
        /// The value; `null` for unknown.
        value: Value,
    },
    /// Says that these of its mentions are another incident.
    Split {
        /// Keys of the mentions, not all of the incident's.
        mentions: Vec<String>,
    },
    /// Says that another incident is the same.
    Merge {
        /// Id of the other.
        other: String,
        /// The other's mentions, filled in by the store.
        #[serde(default)]
        mentions: Vec<String>,
    },
    /// Says whether it is told as background only.
    Background {
        /// Whether it is.
        is_background: bool,
    },
    /// Says that it is no incident.
    Reject,
    /// Takes back an earlier decision, which may itself be an undo.
    Undo {
        /// Number of that decision.
        decision: i64,
    },
    /// Notes a coder's own value without effect on the record: two coders blind to each other
    /// judge, then one settles with [`Action::Change`].
    Judge {
        /// Path of the field.
        field: String,
        /// The value that the coder would set.
        value: Value,
    },
    /// Says of two incidents offered as the same that they are not.
    KeepApart {
        /// Id of the other.
        other: String,
        /// The other's mentions, filled in by the store.
        #[serde(default)]
        mentions: Vec<String>,
    },
}

impl Action {
    /// Mentions that it names: those that a split takes out, or those of another incident.
    #[must_use]
    pub fn others(&self) -> &[String] {
        match self {
            Self::Merge { mentions, .. }
            | Self::KeepApart { mentions, .. }
            | Self::Split { mentions } => mentions,
            _ => &[],
        }
    }
}

/// A decision to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// Id of the incident.
    pub incident: String,
    /// What is done.
    pub action: Action,
    /// Who does it.
    pub who: String,
    /// Why.
    pub why: Option<String>,
}

/// A decision as it stands in the store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Its number; later ones are greater.
    pub decision: i64,
    /// When, UTC (RFC 3339).
    pub at: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: Option<String>,
    /// Id of the incident that it was made on.
    pub incident: String,
    /// What was done.
    pub action: Action,
    /// The incident's mentions at that time.
    pub mentions: Vec<String>,
    /// Whether a later decision took it back.
    pub undone: bool,
    /// The values accepted.
    #[serde(skip)]
    pub(crate) record: Option<String>,
}

impl Decision {
    /// Whether it ends its maker's work on the incident.
    pub(crate) fn is_on_the_whole(&self) -> bool {
        match &self.action {
            Action::Accept | Action::Reject => true,
            Action::Judge { field, .. } => field == REJECTED,
            _ => false,
        }
    }
}

/// All decisions without the values accepted.
pub(crate) fn slim(db: &Connection) -> Result<Vec<Decision>> {
    load(db, "NULL", "?1 = ?1", "")
}

/// All decisions in their order, those taken back marked.
pub(crate) fn all(db: &Connection) -> Result<Vec<Decision>> {
    load(db, "record", "?1 = ?1", "")
}

/// Those that group or part incidents, and those on incidents whose ids stand in a JSON list;
/// without the values accepted.
pub(crate) fn concerning(db: &Connection, ids: &[String]) -> Result<Vec<Decision>> {
    let ids = Value::from(ids.to_vec()).to_string();
    let condition = "json_extract(action, '$.do') IN ('split', 'merge', 'keep_apart', 'undo')
         OR incident IN (SELECT value FROM json_each(?1))";
    load(db, "NULL", condition, &ids)
}

/// Those of one person, and whatever takes back; without the values accepted.
pub(crate) fn by(db: &Connection, who: &str) -> Result<Vec<Decision>> {
    let condition = "who = ?1 OR json_extract(action, '$.do') = 'undo'";
    let mut decisions = load(db, "NULL", condition, who)?;
    decisions.retain(|decision| decision.who == who);
    Ok(decisions)
}

/// Decisions that meet a condition, which every undo must: else what it takes back would stand.
fn load(db: &Connection, record: &str, condition: &str, value: &str) -> Result<Vec<Decision>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT decision, at, who, why, incident, action, mentions, {record}
         FROM decisions WHERE {condition} ORDER BY decision"
    ))?;
    let rows = select.query_map([value], raw)?;
    let mut decisions = Vec::new();
    for row in rows {
        decisions.push(row?.read()?);
    }
    mark_undone(&mut decisions);
    Ok(decisions)
}

/// Pairs of mentions that a person keeps apart.
pub(crate) fn kept_apart(db: &Connection) -> Result<BTreeSet<(String, String)>> {
    let mut constraints = Constraints::default();
    for decision in concerning(db, &[])?.iter().filter(|d| !d.undone) {
        constrain(&mut constraints, decision);
    }
    Ok(constraints.apart)
}

/// From the last to the first: an undo that stands takes back its target.
fn mark_undone(decisions: &mut [Decision]) {
    let mut undone = BTreeSet::new();
    for decision in decisions.iter_mut().rev() {
        decision.undone = undone.contains(&decision.decision);
        if let (false, Action::Undo { decision: target }) = (decision.undone, &decision.action) {
            undone.insert(*target);
        }
    }
}

struct Raw {
    decision: Decision,
    action: String,
    mentions: String,
}

impl Raw {
    fn read(self) -> Result<Decision> {
        Ok(Decision {
            action: serde_json::from_str(&self.action)?,
            mentions: serde_json::from_str(&self.mentions)?,
            ..self.decision
        })
    }
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        decision: Decision {
            decision: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            why: row.get(3)?,
            incident: row.get(4)?,
            action: Action::Accept,
            mentions: Vec::new(),
            undone: false,
            record: row.get(7)?,
        },
        action: row.get(5)?,
        mentions: row.get(6)?,
    })
}

pub(crate) fn insert(
    db: &Connection,
    new: &NewDecision,
    mentions: &[String],
    record: Option<&str>,
    at: &str,
) -> Result<i64> {
    db.execute(
        "INSERT INTO decisions (at, who, why, incident, action, mentions, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            at,
            new.who,
            new.why,
            new.incident,
            serde_json::to_string(&new.action)?,
            serde_json::to_string(mentions)?,
            record
        ],
    )?;
    Ok(db.last_insert_rowid())
}

/// The decisions that stand, read for grouping.
pub(crate) struct Standing {
    pub(crate) decisions: Vec<Decision>,
    pub(crate) constraints: Constraints,
    /// Keys of mentions that someone decided on: they stay, whatever a later coding says.
    pub(crate) decided: BTreeSet<String>,
}

impl Standing {
    pub(crate) fn load(db: &Connection) -> Result<Self> {
        let decisions: Vec<Decision> = all(db)?.into_iter().filter(|d| !d.undone).collect();
        let mut constraints = Constraints::default();
        let mut decided = BTreeSet::new();
        for decision in &decisions {
            constrain(&mut constraints, decision);
            if !matches!(decision.action, Action::Undo { .. } | Action::Judge { .. }) {
                decided.extend(decision.mentions.iter().cloned());
            }
            if let Action::Merge { mentions, .. } = &decision.action {
                decided.extend(mentions.iter().cloned());
            }
        }
        Ok(Self {
            decisions,
            constraints,
            decided,
        })
    }

    /// Those made on the incident that has one of these mentions as its founder.
    pub(crate) fn on<'a>(&'a self, mentions: &'a [String]) -> impl Iterator<Item = &'a Decision> {
        self.decisions
            .iter()
            .filter(|decision| mentions.contains(&founder(&decision.incident)))
    }
}

/// Later decisions replace what earlier ones say of the same pairs.
fn constrain(constraints: &mut Constraints, decision: &Decision) {
    let here = &decision.mentions;
    match &decision.action {
        Action::Split { mentions } => {
            let rest = here.iter().filter(|key| !mentions.contains(key));
            for stays in rest {
                for leaves in mentions {
                    constraints.keep_apart(stays, leaves);
                }
            }
            for pair in mentions.windows(2) {
                constraints.join(&pair[0], &pair[1]);
            }
        }
        Action::Merge { mentions, .. } => {
            for (p, q) in here
                .iter()
                .flat_map(|p| mentions.iter().map(move |q| (p, q)))
            {
                constraints.join(p, q);
            }
        }
        Action::KeepApart { mentions, .. } => {
            for (p, q) in here
                .iter()
                .flat_map(|p| mentions.iter().map(move |q| (p, q)))
            {
                constraints.keep_apart(p, q);
            }
        }
        _ => {}
    }
}
