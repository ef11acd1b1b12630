//! Building what is derived again from what was given and decided.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use tarikh_link::edges;

use crate::anchor;
use crate::decision::Standing;
use crate::derive::{self, Touched};
use crate::error::Result;
use crate::keys::hex;
use crate::open::Store;
use crate::reprint;

/// What [`Store::rebuild`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// [`Store::derived_hash`] before.
    pub before: String,
    /// The same after: equal unless the program's rules changed or the tables were tampered with.
    pub after: String,
    /// Incidents after.
    pub n_incidents: u64,
}

/// What a hash is taken of: everything derived, by content and not by the numbers of rows.
const CONTENT: &[&str] = &[
    "SELECT a.key, b.key FROM reprints p
        JOIN reports a ON a.report = p.report JOIN reports b ON b.report = p.original ORDER BY 1, 2",
    "SELECT m.key, r.key, c.coder_version, m.position, m.live, m.profile FROM mentions m
        JOIN reports r USING (report) JOIN codings c USING (coding) ORDER BY 1",
    "SELECT b.block, m.key FROM blocks b JOIN mentions m USING (mention) ORDER BY 1, 2",
    "SELECT a, b, score FROM edges ORDER BY 1, 2",
    "SELECT id, record, taken_from, decided, review, stale, priority, n_reports, n_sources,
        date_start, date_end, country, admin1, admin2, lat, lon, event_type, sub_event_type,
        status, is_background, killed, injured, confidence, radius_km,
        where_prec, abducted, arrested, released FROM incidents ORDER BY 1",
    "SELECT m.mention, i.id FROM incident_mentions m JOIN incidents i USING (incident) ORDER BY 1",
    "SELECT i.id, a.side, a.name FROM incident_actors a JOIN incidents i USING (incident) ORDER BY 1, 2, 3",
    "SELECT i.id, p.lat_min, p.lat_max, p.lon_min, p.lon_max FROM places p
        JOIN incidents i ON i.incident = p.incident ORDER BY 1",
    "SELECT r.key, b.band FROM bands b JOIN reports r USING (report) ORDER BY 1, 2",
];

impl Store {
    /// Empties what is derived and builds it again, in one transaction. Changes of incidents that
    /// come of it are noted like any other.
    ///
    /// # Errors
    /// Those of writing; nothing is changed then.
    pub fn rebuild(&mut self, at: Timestamp) -> Result<Rebuilt> {
        let policy = self.policy;
        let step = self.begin()?;
        let before = derived_hash(&step)?;
        // Incidents stay until their mentions are grouped anew, so that ids which were merged or
        // went are told as changes; meanwhile they point at mentions that are being made again.
        step.execute_batch(
            "PRAGMA defer_foreign_keys = ON; DELETE FROM mentions;
             DELETE FROM edges; DELETE FROM blocks; DELETE FROM reprints;
             DELETE FROM near_duplicates; DELETE FROM bands;
             INSERT INTO report_words (report_words) VALUES ('rebuild');",
        )?;
        rebuild_reprints(&step)?;
        let standing = Standing::load(&step)?;
        rebuild_mentions(&step, &standing)?;
        let reach = relink(&step)?;
        derive::regroup(&step, &reach, &standing, policy, &at.to_string())?;
        step.execute_batch(
            "DELETE FROM incidents WHERE incident NOT IN (SELECT incident FROM incident_mentions);
             DELETE FROM places WHERE incident NOT IN (SELECT incident FROM incidents);",
        )?;
        let after = derived_hash(&step)?;
        let n: i64 = step.query_row("SELECT count(*) FROM incidents", [], |row| row.get(0))?;
        step.commit()?;
        Ok(Rebuilt {
            before,
            after,
            n_incidents: n.unsigned_abs(),
        })
    }

    /// SHA-256 over everything that is derived, the same for the same reports, codings and
    /// decisions, whatever the batches they came in.
    ///
    /// # Errors
    /// Those of reading.
    pub fn derived_hash(&self) -> Result<String> {
        derived_hash(&self.db)
    }
}

fn derived_hash(db: &Connection) -> Result<String> {
    let mut hash = Sha256::new();
    for query in CONTENT {
        let mut select = db.prepare(query)?;
        let n_columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..n_columns {
                match row.get_ref(column)? {
                    ValueRef::Null => hash.update(b"-"),
                    ValueRef::Integer(n) => hash.update(format!("i{n}").as_bytes()),
                    ValueRef::Real(x) => hash.update(format!("r{x:?}").as_bytes()),
                    ValueRef::Text(text) | ValueRef::Blob(text) => {
                        hash.update(format!("t{}:", text.len()).as_bytes());
                        hash.update(text);
                    }
                }
                hash.update(b"\t");
            }
            hash.update(b"\n");
        }
        hash.update(b"\x1e");
    }
    Ok(hex(&hash.finalize()))
}

fn rebuild_reprints(db: &Connection) -> Result<()> {
    let mut select = db.prepare("SELECT report, body FROM reports ORDER BY report")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let report: i64 = row.get(0)?;
        let body: String = row.get(1)?;
        reprint::note(db, report, &body)?;
        reprint::mark(db, report)?;
    }
    Ok(())
}

/// Plays all codings in the order in which they came.
fn rebuild_mentions(db: &Connection, standing: &Standing) -> Result<()> {
    let mut touched = Touched::default();
    let mut select = db.prepare("SELECT coding, report, record FROM codings ORDER BY coding")?;
    let mut rows = select.query([])?;
    let mut reports = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (coding, report, record): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        anchor::apply(
            db,
            report,
            coding,
            &serde_json::from_str(&record)?,
            &mut touched,
        )?;
        reports.insert(report);
    }
    for report in reports {
        anchor::rest(db, report, &standing.decided, &mut touched)?;
    }
    Ok(())
}

/// Finds all blocks and edges; returns the keys of all mentions, those included that incidents
/// had before.
fn relink(db: &Connection) -> Result<BTreeSet<String>> {
    let mut select =
        db.prepare("SELECT key FROM mentions UNION SELECT mention FROM incident_mentions")?;
    let reach: BTreeSet<String> = select
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let profiles: Vec<_> = derive::live_profiles(db, reach.iter())?
        .into_values()
        .collect();
    for profile in &profiles {
        derive::note_blocks(db, profile)?;
    }
    for edge in edges(&profiles) {
        derive::insert_edge(db, &edge)?;
    }
    Ok(reach)
}
