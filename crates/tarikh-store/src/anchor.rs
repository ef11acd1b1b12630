//! Mentions: one report's account of one incident, known by a key that outlives recoding.
//!
//! When a report is coded again, each new record is matched with a mention that the report has:
//! by the record's own id, else by the words that state the act. What matches none is a new
//! mention. A mention that the last coding does not tell of rests, unless a person decided on it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use tarikh_link::{Profile, ReportContext};
use tarikh_record::{Coding, Evidence, Incident};

use crate::derive::Touched;
use crate::error::Result;
use crate::keys::mention_key;

/// Brings the mentions of a report in line with its last coding.
pub(crate) fn update(
    db: &Connection,
    report: i64,
    decided: &BTreeSet<String>,
    touched: &mut Touched,
) -> Result<()> {
    let (coding, record): (i64, String) = db
        .prepare_cached(
            "SELECT coding, record FROM codings WHERE report = ?1 ORDER BY coding DESC LIMIT 1",
        )?
        .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
    apply(db, report, coding, &serde_json::from_str(&record)?, touched)?;
    rest(db, report, decided, touched)
}

/// Matches the records of a coding with the report's mentions, and makes those that are missing.
pub(crate) fn apply(
    db: &Connection,
    report: i64,
    coding: i64,
    record: &Coding,
    touched: &mut Touched,
) -> Result<()> {
    let given = Given::load(db, report)?;
    let context = ReportContext::new(given.title.as_deref(), &given.body, &record.incidents);
    let known = known(db, report)?;
    let mut keys: BTreeSet<String> = known.iter().map(|mention| mention.key.clone()).collect();
    let matched = matches(&known, &record.incidents);
    for (position, incident) in record.incidents.iter().enumerate() {
        let key = match matched.get(&position) {
            Some(i) => known[*i].key.clone(),
            None => new_key(&given.sha256, &incident.evidence, &mut keys),
        };
        let published = given.published.as_deref();
        let profile = Profile::new(&key, &given.key, published, incident);
        let profile = profile.in_report(&context, incident);
        let profile = serde_json::to_string(&profile)?;
        db.prepare_cached(
            "INSERT INTO mentions (key, report, coding, position, profile, live)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (key) DO UPDATE SET coding = ?3, position = ?4, profile = ?5, live = 1",
        )?
        .execute(params![key, report, coding, position as i64, profile])?;
        touched.mentions.insert(key);
    }
    Ok(())
}

/// A report as it was given.
struct Given {
    key: String,
    sha256: String,
    published: Option<String>,
    title: Option<String>,
    body: String,
}

impl Given {
    fn load(db: &Connection, report: i64) -> Result<Self> {
        let mut select = db.prepare_cached(
            "SELECT key, sha256, published, title, body FROM reports WHERE report = ?1",
        )?;
        Ok(select.query_row([report], |row| {
            Ok(Self {
                key: row.get(0)?,
                sha256: row.get(1)?,
                published: row.get(2)?,
                title: row.get(3)?,
                body: row.get(4)?,
            })
        })?)
    }
}

/// Puts to rest what the last coding does not tell of, and wakes what a person decided on.
pub(crate) fn rest(
    db: &Connection,
    report: i64,
    decided: &BTreeSet<String>,
    touched: &mut Touched,
) -> Result<()> {
    let mut select = db.prepare_cached(
        "SELECT key, live, coding = (SELECT max(coding) FROM codings WHERE report = ?1)
         FROM mentions WHERE report = ?1",
    )?;
    let rows = select.query_map([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut changed = Vec::new();
    for row in rows {
        let (key, is_live, is_told): (String, bool, bool) = row?;
        let should_live = is_told || decided.contains(&key);
        if should_live != is_live {
            changed.push((key, should_live));
        }
    }
    for (key, live) in changed {
        db.prepare_cached("UPDATE mentions SET live = ?2 WHERE key = ?1")?
            .execute(params![key, live])?;
        touched.mentions.insert(key);
    }
    Ok(())
}

/// A mention as the coding tells it that last did.
struct Known {
    key: String,
    incident_id: String,
    evidence: Evidence,
}

fn known(db: &Connection, report: i64) -> Result<Vec<Known>> {
    let mut select = db.prepare_cached(
        "SELECT m.key, json_extract(c.record, '$.incidents[' || m.position || '].id'),
                json_extract(c.record, '$.incidents[' || m.position || '].evidence')
         FROM mentions m JOIN codings c ON c.coding = m.coding
         WHERE m.report = ?1 ORDER BY m.mention",
    )?;
    let rows = select.query_map([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut known = Vec::new();
    for row in rows {
        let (key, incident_id, evidence): (String, String, String) = row?;
        known.push(Known {
            key,
            incident_id,
            evidence: serde_json::from_str(&evidence)?,
        });
    }
    Ok(known)
}

/// For each record that matches one, the index of its mention.
fn matches(known: &[Known], incidents: &[Incident]) -> BTreeMap<usize, usize> {
    let mut matched = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (position, incident) in incidents.iter().enumerate() {
        let same = known.iter().position(|k| k.incident_id == incident.id);
        if let Some(i) = same.filter(|i| taken.insert(*i)) {
            matched.insert(position, i);
        }
    }
    let mut overlaps = Vec::new();
    for (position, incident) in incidents.iter().enumerate() {
        for (i, mention) in known.iter().enumerate() {
            let n_common = overlap(&mention.evidence, &incident.evidence);
            if 0 < n_common {
                overlaps.push((std::cmp::Reverse(n_common), position, i));
            }
        }
    }
    overlaps.sort_unstable();
    for (_, position, i) in overlaps {
        if !matched.contains_key(&position) && taken.insert(i) {
            matched.insert(position, i);
        }
    }
    matched
}

/// Code points in common.
fn overlap(a: &Evidence, b: &Evidence) -> u32 {
    if a.zone != b.zone {
        return 0;
    }
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn new_key(sha256: &str, evidence: &Evidence, keys: &mut BTreeSet<String>) -> String {
    let mut n_before = 0;
    loop {
        let key = mention_key(sha256, evidence, n_before);
        if keys.insert(key.clone()) {
            return key;
        }
        n_before += 1;
    }
}
