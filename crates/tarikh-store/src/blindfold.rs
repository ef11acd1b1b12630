//! The dataset as a blind coder may see it: what others decided on stands there as the machine has
//! it, until he has coded it himself; what another coder judged, until both are done. Lists, their
//! filters, order and counts all follow from that.
//!
//! Within a transaction that is taken back at the end, temporary tables hold the machine's values and
//! groups of such incidents and the decisions that are open to him, and temporary views of the stored
//! tables' names put them in place: SQLite looks a name up among temporary ones first. So every query
//! works as it is, and nothing is written.

use std::collections::BTreeSet;

use crate::decision::{self, Action, Decision};
use crate::error::Result;
use crate::machine::{Machine, is_grouping};
use crate::open::Store;
use crate::{StoreError, write};

/// Tables that follow from decisions and that lists are made of.
const TABLES: [&str; 4] = [
    "incidents",
    "incident_actors",
    "places",
    "incident_mentions",
];

/// What is put in place of others' work.
#[derive(Default)]
struct Instead {
    /// Rows of incidents that are not seen.
    hidden: BTreeSet<i64>,
    /// The machine's incidents: ids and mentions.
    seen: Vec<(String, Vec<String>)>,
}

impl Store {
    /// Reads what a blind coder may see.
    ///
    /// # Errors
    /// Those of reading, and those of `read`.
    pub fn seen_blind<T, E: From<StoreError>>(
        &self,
        coder: &str,
        read: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        // Rolled back when it is dropped, whatever happens.
        let passing = self.db.unchecked_transaction().map_err(StoreError::from)?;
        self.put_on(coder)?;
        let outcome = read(self);
        passing.rollback().map_err(StoreError::from)?;
        outcome
    }

    fn put_on(&self, coder: &str) -> Result<()> {
        let decisions = decision::slim(&self.db)?;
        let machine = Machine::load(self)?;
        let done = machine.done(self, &decisions);
        let is_done = |who: &str, id: &str| done.get(who).is_some_and(|ids| ids.contains(id));
        let instead = self.instead(&machine, |id| is_done(coder, id))?;
        let open: Vec<i64> = open_to(coder, &decisions, is_done, |id| machine.home(self, id))
            .into_iter()
            .collect();
        self.put_decisions(&open)?;
        if !instead.hidden.is_empty() {
            self.put_incidents(&instead)?;
        }
        Ok(())
    }

    /// Incidents that others decided on or grouped and the coder is not done with.
    fn instead(&self, machine: &Machine, is_done: impl Fn(&str) -> bool) -> Result<Instead> {
        let mut instead = Instead::default();
        let mut regrouped = BTreeSet::new();
        for whole in &machine.regrouped {
            regrouped.extend(whole.instead.iter().copied());
            // He sees how others grouped it once he is done with all of it.
            if !whole.ids().all(|id| is_done(id)) {
                instead.hidden.extend(whole.instead.iter().copied());
                instead.seen.extend(whole.groups.iter().cloned());
            }
        }
        let mut select = self.db.prepare_cached(
            "SELECT incident, id FROM main.incidents WHERE review <> 'unreviewed'",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut of_incident = self.db.prepare_cached(
            "SELECT mention FROM main.incident_mentions WHERE incident = ?1 ORDER BY mention",
        )?;
        for row in rows {
            let (incident, id): (i64, String) = row?;
            if regrouped.contains(&incident) || is_done(&id) {
                continue;
            }
            let mentions = of_incident.query_map([incident], |row| row.get(0))?;
            let mentions = mentions.collect::<rusqlite::Result<_>>()?;
            instead.hidden.insert(incident);
            instead.seen.push((id, mentions));
        }
        Ok(instead)
    }

    fn put_decisions(&self, open: &[i64]) -> Result<()> {
        let db = &self.db;
        db.execute_batch("CREATE TEMP TABLE open_decisions (decision INTEGER PRIMARY KEY);")?;
        let mut insert = db.prepare("INSERT INTO temp.open_decisions VALUES (?1)")?;
        for decision in open {
            insert.execute([decision])?;
        }
        db.execute_batch(
            "CREATE TEMP VIEW decisions AS SELECT * FROM main.decisions
                 WHERE decision IN (SELECT decision FROM temp.open_decisions);",
        )?;
        Ok(())
    }

    fn put_incidents(&self, instead: &Instead) -> Result<()> {
        let db = &self.db;
        for table in TABLES {
            db.execute_batch(&format!(
                "CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE FALSE;"
            ))?;
        }
        db.execute_batch(
            "CREATE UNIQUE INDEX temp.seen_id ON incidents (id);
             CREATE UNIQUE INDEX temp.seen_actor ON incident_actors (incident, side, name);
             CREATE UNIQUE INDEX temp.seen_mention ON incident_mentions (mention);
             CREATE TEMP TABLE hidden (incident INTEGER PRIMARY KEY);",
        )?;
        for incident in &instead.hidden {
            db.execute("INSERT INTO temp.hidden VALUES (?1)", [incident])?;
        }
        for (id, mentions) in &instead.seen {
            // Its row, by which other tables know it; a new one where people dissolved it.
            db.execute(
                "INSERT INTO temp.incidents (incident, id) VALUES (
                     coalesce((SELECT incident FROM main.incidents WHERE id = ?1),
                              (SELECT max(incident) FROM main.incidents)
                                  + 1 + (SELECT count(*) FROM temp.incidents)), ?1)",
                [id],
            )?;
            write::undecided(db, id, mentions, self.policy)?;
        }
        for table in TABLES {
            db.execute_batch(&format!(
                "ALTER TABLE temp.{table} RENAME TO seen_{table};
                 CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}
                     WHERE incident NOT IN (SELECT incident FROM temp.hidden)
                 UNION ALL SELECT * FROM temp.seen_{table};"
            ))?;
        }
        Ok(())
    }
}

/// Numbers of the decisions that a coder may see: his own; those of others on what he is done with, a
/// judgement only once its maker is done too; and what takes these back.
fn open_to(
    coder: &str,
    decisions: &[Decision],
    is_done: impl Fn(&str, &str) -> bool,
    home: impl Fn(&str) -> String,
) -> BTreeSet<i64> {
    let mut open = BTreeSet::new();
    for decision in decisions {
        let id = home(&decision.incident);
        let is_open = decision.who == coder
            || match &decision.action {
                Action::Undo { decision } => open.contains(decision),
                Action::Judge { .. } => is_done(coder, &id) && is_done(&decision.who, &id),
                _ if is_grouping(decision) => {
                    let others = decision.action.others().iter();
                    let mut all = others.chain(&decision.mentions);
                    all.all(|mention| is_done(coder, &home(mention)))
                }
                _ => is_done(coder, &id),
            };
        if is_open {
            open.insert(decision.decision);
        }
    }
    open
}
