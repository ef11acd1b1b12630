//! The dataset as a blind coder may see it: what others decided on stands there as the machine has
//! it, until he has coded it himself. Lists, their filters, order and counts all follow from that.
//!
//! Within a transaction that is taken back at the end, temporary tables hold the machine's values of
//! such incidents, and temporary views of the stored tables' names put them in place: SQLite looks
//! a name up among temporary ones first. So every query works as it is, and nothing is written.

use crate::error::Result;
use crate::open::Store;
use crate::{StoreError, write};

/// Tables that follow from decisions and that lists are made of.
const TABLES: [&str; 4] = [
    "incidents",
    "incident_actors",
    "places",
    "incident_mentions",
];

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
        let hidden = self.hidden_from(coder)?;
        if hidden.is_empty() {
            return Ok(());
        }
        let db = &self.db;
        for table in TABLES {
            db.execute_batch(&format!(
                "CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE FALSE;"
            ))?;
        }
        db.execute_batch(
            "CREATE UNIQUE INDEX temp.seen_id ON incidents (id);
             CREATE UNIQUE INDEX temp.seen_actor ON incident_actors (incident, side, name);",
        )?;
        for (incident, id) in &hidden {
            // Its number, by which other tables know it.
            db.execute(
                "INSERT INTO temp.incidents SELECT * FROM main.incidents WHERE incident = ?1",
                [incident],
            )?;
            let mut select = db.prepare_cached(
                "SELECT mention FROM main.incident_mentions WHERE incident = ?1 ORDER BY mention",
            )?;
            let mentions = select.query_map([incident], |row| row.get(0))?;
            let mentions: Vec<String> = mentions.collect::<rusqlite::Result<_>>()?;
            write::undecided(db, id, &mentions, self.policy)?;
        }
        db.execute_batch(
            "DROP TABLE temp.incident_mentions;
             ALTER TABLE temp.incidents RENAME TO seen_incidents;
             ALTER TABLE temp.incident_actors RENAME TO seen_incident_actors;
             ALTER TABLE temp.places RENAME TO seen_places;",
        )?;
        for table in ["incidents", "incident_actors", "places"] {
            db.execute_batch(&format!(
                "CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}
                     WHERE incident NOT IN (SELECT incident FROM temp.seen_incidents)
                 UNION ALL SELECT * FROM temp.seen_{table};"
            ))?;
        }
        Ok(())
    }

    /// Number and id of the incidents that others decided on and the coder is not done with.
    fn hidden_from(&self, coder: &str) -> Result<Vec<(i64, String)>> {
        let done = self.done_by(coder)?;
        let mut select = self.db.prepare_cached(
            "SELECT incident, id FROM main.incidents WHERE review <> 'unreviewed'",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut hidden: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
        hidden.retain(|(_, id)| !done.contains(id));
        Ok(hidden)
    }
}
