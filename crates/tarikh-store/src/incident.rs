//! One incident with all that is known of it, and pairs that may be the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use tarikh_link::{Comparison, Policy, Profile, compare, consolidate, ledger};
use tarikh_record::{Decided, Incident, LinkedIncident, Member, ReviewState};

use crate::decision::kept_apart;
use crate::derive::live_profiles;
use crate::error::{Result, StoreError};
use crate::keys::founder;
use crate::open::Store;
use crate::report::report_ref;

/// The edges at the mentions of one incident.
const EDGES_OF: &str = "
    SELECT e.a, e.b, e.score FROM incidents i JOIN incident_mentions m USING (incident)
        JOIN edges e ON e.a = m.mention WHERE i.id = ?1
    UNION SELECT e.a, e.b, e.score FROM incidents i JOIN incident_mentions m USING (incident)
        JOIN edges e ON e.b = m.mention WHERE i.id = ?1";

/// Two incidents that may be the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// Id of the one.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Score of the two mentions that are most alike.
    pub score: f64,
}

impl Store {
    /// The id in full: of the incident, or of the one that it was merged into.
    ///
    /// Takes an id, the beginning of one, or the key of a mention.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], [`StoreError::Ambiguous`], and those of reading.
    pub fn resolve(&self, id: &str) -> Result<String> {
        let by_id = "SELECT id FROM incidents WHERE id = ?1";
        let by_founder = "SELECT i.id FROM incident_mentions m JOIN incidents i USING (incident)
                          WHERE m.mention = ?1";
        for (query, key) in [(by_id, id), (by_founder, &founder(id)), (by_founder, id)] {
            let found = self
                .db
                .prepare_cached(query)?
                .query_row([key], |row| row.get(0))
                .optional()?;
            if let Some(found) = found {
                return Ok(found);
            }
        }
        let digits = id.trim_start_matches("inc-");
        let is_beginning = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if is_beginning {
            // Those that were merged into another are found by the mention that founded them.
            for (query, pattern) in [
                (
                    "SELECT id FROM incidents WHERE id GLOB ?1 LIMIT 2",
                    format!("inc-{digits}*"),
                ),
                (
                    "SELECT DISTINCT i.id FROM incident_mentions m JOIN incidents i USING (incident)
                     WHERE m.mention GLOB ?1 LIMIT 2",
                    format!("m-{digits}*"),
                ),
            ] {
                let mut select = self.db.prepare_cached(query)?;
                let found: Vec<String> = select
                    .query_map([pattern], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                match found.as_slice() {
                    [] => {}
                    [one] => return Ok(one.clone()),
                    _ => return Err(StoreError::Ambiguous(id.to_owned())),
                }
            }
        }
        Err(StoreError::NoSuch {
            kind: "incident",
            id: id.to_owned(),
        })
    }

    /// An incident with its reports and its toll ledger; `id` as in [`Store::resolve`].
    ///
    /// # Errors
    /// Those of [`Store::resolve`].
    pub fn incident(&self, id: &str) -> Result<LinkedIncident> {
        let id = self.resolve(id)?;
        let (record, taken_from, decided, review, n_sources): (
            String,
            String,
            String,
            String,
            u32,
        ) = self
            .db
            .prepare_cached(
                "SELECT record, taken_from, decided, review, n_sources
                     FROM incidents WHERE id = ?1",
            )?
            .query_row([&id], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })?;
        let members = self.members(&id)?;
        let mut select = self.db.prepare_cached(
            "SELECT DISTINCT incident FROM changes
             WHERE kind = 'merged' AND other = ?1 ORDER BY incident",
        )?;
        let also: Vec<String> = select
            .query_map([&id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(LinkedIncident {
            incident: serde_json::from_str(&record)?,
            taken_from: serde_json::from_str(&taken_from)?,
            ledger: ledger(&members),
            n_sources,
            review: review_state(&review),
            decided: serde_json::from_str(&decided)?,
            // One that was split off again stands on its own.
            also: self.merged(also, &id)?,
            members,
            id,
        })
    }

    /// The same, its tolls by another policy than the store's. Tolls that a person set or accepted
    /// stay.
    ///
    /// # Errors
    /// Those of [`Store::resolve`].
    pub fn incident_by(&self, id: &str, policy: Policy) -> Result<LinkedIncident> {
        let mut linked = self.incident(id)?;
        let is_set = |d: &Decided| d.field.starts_with("killed") || d.field.starts_with("injured");
        let stays = linked.review == ReviewState::Accepted || linked.decided.iter().any(is_set);
        if policy != self.policy && !stays {
            let made = consolidate(&linked.id, &linked.members, policy);
            if let Some(made) = made {
                linked.incident.killed = made.incident.killed;
                linked.incident.injured = made.incident.injured;
            }
        }
        Ok(linked)
    }

    /// An incident as the machine reads it from all its reports, without what people decided on its
    /// values.
    ///
    /// # Errors
    /// Those of [`Store::resolve`].
    pub fn incident_undecided(&self, id: &str) -> Result<LinkedIncident> {
        let linked = self.incident(id)?;
        self.of_machine(linked).ok_or_else(|| StoreError::NoSuch {
            kind: "incident",
            id: id.to_owned(),
        })
    }

    /// What the machine makes of the members; `None` if there are none.
    fn of_machine(&self, linked: LinkedIncident) -> Option<LinkedIncident> {
        let machine = consolidate(&linked.id, &linked.members, self.policy)?;
        let originals = linked.members.iter().map(|member| {
            let report = &member.report;
            report.reprint_of.as_ref().unwrap_or(&report.key)
        });
        let originals: BTreeSet<_> = originals.collect();
        Some(LinkedIncident {
            n_sources: originals.len() as u32,
            incident: machine.incident,
            taken_from: machine.taken_from,
            ledger: ledger(&linked.members),
            decided: Vec::new(),
            review: ReviewState::Unreviewed,
            ..linked
        })
    }

    /// An incident as it was known on a day: from the reports published up to then, without what
    /// people decided. `None` if no report told of it yet; undated reports are left out.
    ///
    /// # Errors
    /// Those of [`Store::resolve`].
    pub fn incident_as_of(&self, id: &str, day: Date) -> Result<Option<LinkedIncident>> {
        let mut linked = self.incident(id)?;
        let day = day.to_string();
        let known = |member: &Member| {
            let published = member.report.published.as_deref();
            published.is_some_and(|published| published <= day.as_str())
        };
        linked.members.retain(known);
        Ok(self.of_machine(linked))
    }

    /// What each report says of an incident, in the order of publication.
    fn members(&self, id: &str) -> Result<Vec<Member>> {
        let mut select = self.db.prepare_cached(
            "SELECT m.mention FROM incident_mentions m JOIN incidents i USING (incident)
             WHERE i.id = ?1 ORDER BY m.mention",
        )?;
        let mentions: Vec<String> = select
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        members_of(&self.db, &mentions)
    }

    fn merged(&self, ids: Vec<String>, into: &str) -> Result<Vec<String>> {
        let mut merged = Vec::new();
        for id in ids {
            if self.resolve(&id).is_ok_and(|holder| holder == into) && id != into {
                merged.push(id);
            }
        }
        Ok(merged)
    }

    /// Pairs of incidents that may be the same, the likeliest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn doubts(&self, limit: usize) -> Result<Vec<Doubt>> {
        let apart = kept_apart(&self.db)?;
        self.doubts_among(
            "SELECT a, b, score FROM edges WHERE ?1 = ?1",
            "",
            &apart,
            limit,
        )
    }

    /// Those of one incident, by its id in full.
    ///
    /// # Errors
    /// Those of reading.
    pub fn doubts_of(&self, id: &str) -> Result<Vec<Doubt>> {
        let apart = kept_apart(&self.db)?;
        self.doubts_among(EDGES_OF, id, &apart, usize::MAX)
    }

    /// Those of several incidents, by their ids in full.
    ///
    /// # Errors
    /// Those of reading.
    pub fn doubts_of_all(&self, ids: &[String]) -> Result<BTreeMap<String, Vec<Doubt>>> {
        let apart = kept_apart(&self.db)?;
        let mut doubts = BTreeMap::new();
        for id in ids {
            let of_one = self.doubts_among(EDGES_OF, id, &apart, usize::MAX)?;
            doubts.insert(id.clone(), of_one);
        }
        Ok(doubts)
    }

    fn doubts_among(
        &self,
        edges: &str,
        id: &str,
        apart: &BTreeSet<(String, String)>,
        limit: usize,
    ) -> Result<Vec<Doubt>> {
        let mut select = self.db.prepare_cached(&format!(
            "SELECT min(p.id, q.id) AS a, max(p.id, q.id) AS b, e.score, e.a, e.b
             FROM ({edges}) e
             JOIN incident_mentions m ON m.mention = e.a
             JOIN incident_mentions n ON n.mention = e.b
             JOIN incidents p ON p.incident = m.incident AND p.review <> 'rejected'
             JOIN incidents q ON q.incident = n.incident AND q.review <> 'rejected'
             WHERE m.incident <> n.incident ORDER BY e.score DESC, 1, 2"
        ))?;
        let mut rows = select.query([id])?;
        let mut doubts: Vec<Doubt> = Vec::new();
        while let Some(row) = rows.next()? {
            let pair: (String, String) = (row.get(3)?, row.get(4)?);
            let doubt = Doubt {
                a: row.get(0)?,
                b: row.get(1)?,
                score: row.get(2)?,
            };
            let is_new = !doubts.iter().any(|d| d.a == doubt.a && d.b == doubt.b);
            if is_new && !apart.contains(&pair) {
                doubts.push(doubt);
            }
            if doubts.len() == limit {
                break;
            }
        }
        Ok(doubts)
    }

    /// For and against two incidents being the same: the two of their mentions that are most
    /// alike, compared. Ids as in [`Store::resolve`], or keys of mentions of one incident.
    ///
    /// # Errors
    /// Those of [`Store::resolve`].
    pub fn compare(&self, a: &str, b: &str) -> Result<(String, String, Comparison)> {
        let (a, b) = (self.profiles(a)?, self.profiles(b)?);
        let pairs = a.iter().flat_map(|p| b.iter().map(move |q| (p, q)));
        let compared = pairs
            .filter(|(p, q)| p.key != q.key)
            .map(|(p, q)| (p.key.clone(), q.key.clone(), compare(p, q)));
        let best = compared.max_by(|x, y| x.2.score.total_cmp(&y.2.score));
        best.ok_or_else(|| {
            StoreError::Invalid("there is one mention, and nothing to compare".into())
        })
    }

    fn profiles(&self, id: &str) -> Result<Vec<Profile>> {
        let mentions: Vec<String> = if id.starts_with("m-") {
            vec![id.to_owned()]
        } else {
            let id = self.resolve(id)?;
            let members = self.members(&id)?;
            members.into_iter().map(|member| member.mention).collect()
        };
        let profiles = live_profiles(&self.db, mentions.iter())?;
        if profiles.is_empty() {
            return Err(StoreError::NoSuch {
                kind: "mention",
                id: id.to_owned(),
            });
        }
        Ok(profiles.into_values().collect())
    }
}

pub(crate) fn review_state(name: &str) -> ReviewState {
    match name {
        "accepted" => ReviewState::Accepted,
        "changed" => ReviewState::Changed,
        "rejected" => ReviewState::Rejected,
        _ => ReviewState::Unreviewed,
    }
}

/// The accounts behind these mentions, in the order of publication.
pub(crate) fn members_of(db: &Connection, mentions: &[String]) -> Result<Vec<Member>> {
    let mut select = db.prepare_cached(
        "SELECT r.key, r.id, r.title, r.outlet, r.published, r.url, o.key,
                json_extract(c.record, '$.incidents[' || m.position || ']')
         FROM mentions m JOIN codings c ON c.coding = m.coding
              JOIN reports r ON r.report = m.report
              LEFT JOIN reprints p ON p.report = r.report
              LEFT JOIN reports o ON o.report = p.original
         WHERE m.key = ?1",
    )?;
    let mut members = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let (report, record) = select.query_row(params![mention], |row| {
            let record: String = row.get(7)?;
            Ok((report_ref(row)?, record))
        })?;
        let incident: Incident = serde_json::from_str(&record)?;
        members.push(Member {
            mention: mention.clone(),
            report,
            incident,
        });
    }
    members.sort_by(|a, b| {
        let key = |m: &Member| (m.report.published.is_none(), m.report.published.clone());
        key(a).cmp(&key(b)).then_with(|| a.mention.cmp(&b.mention))
    });
    Ok(members)
}
