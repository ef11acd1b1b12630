//! Making a decision.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::OptionalExtension;
use tarikh_record::Incident;

use crate::agreement::REJECTED;
use crate::anchor;
use crate::decision::{self, Action, Decision, NewDecision, Standing};
use crate::derive::{self, Touched};
use crate::error::{Result, StoreError};
use crate::keys::{founder, incident_id};
use crate::open::Store;
use crate::values::with_value;

impl Store {
    /// Stores a decision, carries it out, and returns its number. Ids as in [`Store::resolve`].
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for what it names, [`StoreError::Invalid`] for what cannot be done,
    /// and those of writing; nothing is stored then.
    pub fn decide(&mut self, new: &NewDecision, at: Timestamp) -> Result<i64> {
        let mut new = new.clone();
        if new.who.trim().is_empty() {
            return Err(StoreError::Invalid("a decision needs a name".to_owned()));
        }
        // What is read here must still hold when it is written: one writer at a time.
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.decide_now(&mut new, &at.to_string());
        match done {
            Ok(_) => self.db.execute_batch("COMMIT")?,
            // If even this fails, the connection's end takes it back.
            Err(_) => drop(self.db.execute_batch("ROLLBACK")),
        }
        done
    }

    fn decide_now(&self, new: &mut NewDecision, at: &str) -> Result<i64> {
        let target = match &new.action {
            Action::Undo { decision } => Some(self.standing(*decision)?),
            _ => None,
        };
        // Its incident may have gone: undoing a merge or a split brings it back.
        let home = match &target {
            Some(target) => target.incident.clone(),
            None => self.resolve(&new.incident)?,
        };
        let mut mentions = match &target {
            Some(target) => target.mentions.clone(),
            None => self.mentions(&home)?,
        };
        let record = self.record(&home)?;
        // A coder judges what the machine took for an incident, whatever people merged it into.
        let is_judged = matches!(new.action, Action::Judge { .. });
        if !is_judged || !mentions.contains(&founder(&new.incident)) {
            new.incident = home;
        }
        self.complete(&mut new.action, &new.incident, &mentions, record.as_deref())?;
        let accepted = record.filter(|_| new.action == Action::Accept);
        let number = decision::insert(&self.db, new, &mentions, accepted.as_deref(), at)?;
        mentions.extend(new.action.others().iter().cloned());
        if let Some(target) = &target {
            mentions.extend(target.action.others().iter().cloned());
        }
        self.follow(&mentions, at)?;
        Ok(number)
    }

    /// Checks an action, and fills in what it needs to be carried out at any later time.
    fn complete(
        &self,
        action: &mut Action,
        incident: &str,
        here: &[String],
        record: Option<&str>,
    ) -> Result<()> {
        let invalid = |why: &str| Err(StoreError::Invalid(why.to_owned()));
        match action {
            Action::Merge { other, mentions } | Action::KeepApart { other, mentions } => {
                *other = self.resolve(other)?;
                if other == incident {
                    return invalid("the two are one incident already");
                }
                *mentions = self.mentions(other)?;
            }
            Action::Split { mentions } => {
                let all: BTreeSet<&String> = here.iter().collect();
                if mentions.is_empty() || !mentions.iter().all(|key| all.contains(key)) {
                    return invalid("a split names some of the incident's own mentions");
                }
                mentions.sort();
                mentions.dedup();
                if mentions.len() == here.len() {
                    return invalid("a split leaves some mention behind");
                }
            }
            Action::Judge { field, value } if field == REJECTED && !value.is_boolean() => {
                return invalid("rejected is true or false");
            }
            Action::Judge { field, .. } if field == REJECTED => {}
            Action::Change { field, value } | Action::Judge { field, value } => {
                let record: Incident = serde_json::from_str(record.unwrap_or("null"))?;
                with_value(&record, field, value)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Brings mentions and incidents in line with the decisions that stand now.
    fn follow(&self, mentions: &[String], at: &str) -> Result<()> {
        let standing = Standing::load(&self.db)?;
        let mut touched = Touched::default();
        let mut reports = BTreeSet::new();
        let mut select = self
            .db
            .prepare_cached("SELECT report FROM mentions WHERE key = ?1")?;
        for key in mentions {
            let report: Option<i64> = select.query_row([key], |row| row.get(0)).optional()?;
            reports.extend(report);
        }
        for report in &reports {
            anchor::rest(&self.db, *report, &standing.decided, &mut touched)?;
        }
        touched.mentions.extend(mentions.iter().cloned());
        derive::refresh(&self.db, touched, &standing, self.policy, at)
    }

    /// All decisions, or those made on the incident that has this id now, in their order.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn decisions(&self, incident: Option<&str>) -> Result<Vec<Decision>> {
        let Some(incident) = incident else {
            return decision::all(&self.db);
        };
        let mentions = self.mentions(&self.resolve(incident)?)?;
        let ids: Vec<String> = mentions.iter().map(|key| incident_id(key)).collect();
        let concerns = |decision: &Decision| {
            mentions.contains(&founder(&decision.incident))
                || decision
                    .action
                    .others()
                    .iter()
                    .any(|key| mentions.contains(key))
        };
        let found = decision::concerning(&self.db, &ids)?.into_iter();
        Ok(found.filter(concerns).collect())
    }

    /// The decision of this number, undone or not.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn decision(&self, number: i64) -> Result<Decision> {
        let found = decision::all(&self.db)?
            .into_iter()
            .find(|decision| decision.decision == number);
        found.ok_or_else(|| StoreError::NoSuch {
            kind: "decision",
            id: number.to_string(),
        })
    }

    fn standing(&self, number: i64) -> Result<Decision> {
        let found = self.decision(number)?;
        if found.undone {
            let message = format!("decision {number} was taken back already");
            return Err(StoreError::Invalid(message));
        }
        Ok(found)
    }

    fn mentions(&self, id: &str) -> Result<Vec<String>> {
        let mut select = self.db.prepare_cached(
            "SELECT m.mention FROM incident_mentions m JOIN incidents i USING (incident)
             WHERE i.id = ?1 ORDER BY m.mention",
        )?;
        let rows = select.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn record(&self, id: &str) -> Result<Option<String>> {
        let record = self
            .db
            .prepare_cached("SELECT record FROM incidents WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(record)
    }
}
