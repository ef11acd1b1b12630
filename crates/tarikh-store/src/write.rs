//! Writes incidents: values taken together, what people set on top, and the columns that lists
//! are filtered by.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde_json::Value;
use tarikh_link::{Policy, consolidate};
use tarikh_record::{Decided, Incident, Member, ReviewState, Side, Status, TakenFrom};

use crate::changes::State;
use crate::decision::{Action, Decision, Standing};
use crate::error::Result;
use crate::incident::members_of;
use crate::values::{follow_name, with_value};

/// Takes these mentions out of their incidents.
pub(crate) fn clear_members(db: &Connection, mentions: &BTreeSet<String>) -> Result<()> {
    let mut delete = db.prepare_cached("DELETE FROM incident_mentions WHERE mention = ?1")?;
    for mention in mentions {
        delete.execute([mention])?;
    }
    Ok(())
}

/// Writes incidents with their mentions, over what stands there of the same ids.
pub(crate) fn incidents(
    db: &Connection,
    founded: &[(String, Vec<String>)],
    standing: &Standing,
    policy: Policy,
) -> Result<BTreeMap<String, State>> {
    let mut states = BTreeMap::new();
    for (id, mentions) in founded {
        let members = members_of(db, mentions)?;
        let Some(draft) = Draft::new(id, &members, standing.on(mentions), policy)? else {
            continue;
        };
        draft.write(db, id, mentions, &members)?;
        states.insert(id.clone(), State::load(db, id)?);
    }
    Ok(states)
}

/// Writes an incident as the machine has it, whatever people decided.
pub(crate) fn undecided(
    db: &Connection,
    id: &str,
    mentions: &[String],
    policy: Policy,
) -> Result<()> {
    let members = members_of(db, mentions)?;
    match Draft::new(id, &members, std::iter::empty(), policy)? {
        Some(draft) => draft.write(db, id, mentions, &members),
        None => Ok(()),
    }
}

/// All that is stored of an incident besides its mentions.
struct Draft {
    record: Incident,
    taken_from: Vec<TakenFrom>,
    decided: Vec<Decided>,
    review: ReviewState,
    is_stale: bool,
}

impl Draft {
    fn new<'a>(
        id: &str,
        members: &[Member],
        decisions: impl Iterator<Item = &'a Decision>,
        policy: Policy,
    ) -> Result<Option<Self>> {
        let Some(machine) = consolidate(id, members, policy) else {
            return Ok(None);
        };
        let mut draft = Self {
            record: machine.incident,
            taken_from: machine.taken_from,
            decided: Vec::new(),
            review: ReviewState::Unreviewed,
            is_stale: false,
        };
        let present: BTreeSet<&str> = members.iter().map(|m| m.mention.as_str()).collect();
        for decision in decisions {
            draft.apply(decision, &present, members)?;
        }
        let decided = &draft.decided;
        draft.taken_from.retain(|taken| {
            let is_set = |d: &Decided| d.field == taken.field;
            !decided.iter().any(is_set)
        });
        Ok(Some(draft))
    }

    fn apply(
        &mut self,
        decision: &Decision,
        present: &BTreeSet<&str>,
        members: &[Member],
    ) -> Result<()> {
        match &decision.action {
            Action::Accept => {
                self.review = ReviewState::Accepted;
                let accepted = decision.record.as_deref().map(serde_json::from_str);
                let machine = self.record.clone();
                if let Some(accepted) = accepted.transpose()? {
                    self.record = Incident {
                        id: machine.id.clone(),
                        ..accepted
                    };
                }
                let then: BTreeSet<&str> = decision.mentions.iter().map(String::as_str).collect();
                self.is_stale = then != *present || self.record != machine;
            }
            Action::Change { field, value } => {
                // A field of an older version may be gone: what was set stays on the list.
                if let Ok(changed) = with_value(&self.record, field, value) {
                    let before = std::mem::replace(&mut self.record, changed);
                    follow_name(&mut self.record, &before.place, members);
                }
                self.set(decision, field, value.clone());
            }
            Action::Background { is_background } => {
                self.record.is_background = *is_background;
                self.set(decision, "is_background", Value::Bool(*is_background));
            }
            Action::Split { .. } | Action::Merge { .. } => self.note_change(),
            Action::Reject => self.review = ReviewState::Rejected,
            Action::Undo { .. } | Action::Judge { .. } | Action::KeepApart { .. } => {}
        }
        Ok(())
    }

    fn set(&mut self, decision: &Decision, field: &str, value: Value) {
        self.decided.retain(|earlier| earlier.field != field);
        self.decided.push(Decided {
            field: field.to_owned(),
            value,
            who: decision.who.clone(),
            at: decision.at.clone(),
            why: decision.why.clone(),
        });
        self.note_change();
    }

    /// A change by a person leaves an acceptance as it is: it is part of the same review.
    fn note_change(&mut self) {
        if self.review == ReviewState::Unreviewed {
            self.review = ReviewState::Changed;
        }
    }

    fn write(
        &self,
        db: &Connection,
        id: &str,
        mentions: &[String],
        members: &[Member],
    ) -> Result<()> {
        let record = &self.record;
        let place = &record.place;
        let originals: BTreeSet<&str> = members.iter().map(original).collect();
        let reports: BTreeSet<&str> = members.iter().map(|m| m.report.key.as_str()).collect();
        let incident: i64 = db
            .prepare_cached(include_str!("schema/upsert_incident.sql"))?
            .query_row(
                params![
                    id,
                    serde_json::to_string(record)?,
                    serde_json::to_string(&self.taken_from)?,
                    serde_json::to_string(&self.decided)?,
                    self.review.as_str(),
                    self.is_stale,
                    self.priority(),
                    reports.len() as i64,
                    originals.len() as i64,
                    record.date_start,
                    record.date_end,
                    place.country,
                    place.admin1,
                    place.admin2,
                    place.lat,
                    place.lon,
                    record.event_type.as_str(),
                    record.sub_event_type.as_str(),
                    status_name(record.status),
                    record.is_background,
                    record.killed.best.or(record.killed.low),
                    record.injured.low,
                    record.confidence,
                    place.radius_km,
                    record.abducted,
                    record.arrested,
                    record.released,
                    place.precision,
                ],
                |row| row.get(0),
            )?;
        self.write_place(db, incident)?;
        self.write_actors(db, incident)?;
        let mut insert = db.prepare_cached(
            "INSERT OR REPLACE INTO incident_mentions (mention, incident) VALUES (?1, ?2)",
        )?;
        for mention in mentions {
            insert.execute(params![mention, incident])?;
        }
        Ok(())
    }

    fn write_place(&self, db: &Connection, incident: i64) -> Result<()> {
        db.prepare_cached("DELETE FROM places WHERE incident = ?1")?
            .execute([incident])?;
        let place = &self.record.place;
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            db.prepare_cached(
                "INSERT INTO places (incident, lat_min, lat_max, lon_min, lon_max)
                 VALUES (?1, ?2, ?2, ?3, ?3)",
            )?
            .execute(params![incident, lat, lon])?;
        }
        Ok(())
    }

    fn write_actors(&self, db: &Connection, incident: i64) -> Result<()> {
        db.prepare_cached("DELETE FROM incident_actors WHERE incident = ?1")?
            .execute([incident])?;
        let mut insert = db.prepare_cached(
            "INSERT OR IGNORE INTO incident_actors (incident, side, name) VALUES (?1, ?2, ?3)",
        )?;
        let sides = [("a", &self.record.side_a), ("b", &self.record.side_b)];
        for (side, name) in sides
            .iter()
            .flat_map(|(side, names)| names.iter().map(move |n| (side, n)))
        {
            insert.execute(params![incident, side, name])?;
        }
        for actor in &self.record.actors {
            let side = match actor.side {
                Side::A => "a",
                Side::B => "b",
            };
            insert.execute(params![incident, side, actor.name])?;
            // Found by, but not counted as another name.
            if let Some(id) = &actor.id {
                insert.execute(params![incident, "id", id])?;
            }
        }
        Ok(())
    }

    /// Place in the queue of review: the deadly and the doubtful first.
    fn priority(&self) -> f64 {
        let record = &self.record;
        let deaths = record.killed.best.or(record.killed.low).unwrap_or(0);
        let doubt = 1.0 - record.confidence;
        let contested = match record.status {
            Status::Confirmed => 0.0,
            Status::Claimed | Status::Alleged => 1.0,
            Status::Denied => 1.5,
        };
        let background = if record.is_background { -3.0 } else { 0.0 };
        let unknown = if record.place.lat.is_none() { 0.5 } else { 0.0 };
        let sum = f64::from(deaths + 1).log2() + 3.0 * doubt + contested + background + unknown;
        (sum * 1000.0).round() / 1000.0
    }
}

/// The report, or the one that it repeats.
fn original(member: &Member) -> &str {
    let report = &member.report;
    report.reprint_of.as_deref().unwrap_or(&report.key)
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Confirmed => "confirmed",
        Status::Claimed => "claimed",
        Status::Alleged => "alleged",
        Status::Denied => "denied",
    }
}
