//! Reports and codings: added, never changed.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use tarikh_record::{Coding, ReportRef};
use tarikh_text::Metadata;

use crate::anchor;
use crate::decision::Standing;
use crate::derive::{self, Touched};
use crate::error::{Result, StoreError};
use crate::keys::{report_hash, report_key};
use crate::open::Store;
use crate::reprint;

/// A report to be added, with its coding.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// What its giver says of it; [`Metadata::id`] may be empty, then the coding's id stands.
    pub metadata: Metadata,
    /// The text that the coding's offsets count in.
    pub body: String,
    /// What was read from it.
    pub coding: Coding,
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the store now.
    New {
        /// Its key.
        key: String,
    },
    /// It is in the store now, and repeats another's text.
    Reprint {
        /// Its key.
        key: String,
        /// Key of the first published of those that share the text.
        of: String,
    },
    /// The store had it, text and metadata alike.
    Known {
        /// Its key.
        key: String,
    },
}

impl Added {
    /// The key of the report, in each case.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::New { key } | Self::Reprint { key, .. } | Self::Known { key } => key,
        }
    }
}

/// A report with its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportText {
    /// All but the text.
    #[serde(flatten)]
    pub report: ReportRef,
    /// SHA-256 of text and metadata.
    pub sha256: String,
    /// ISO 639-1 code, as given.
    pub language: Option<String>,
    /// The text that offsets count in.
    pub text: String,
    /// When it was added, UTC (RFC 3339).
    pub added_at: String,
}

impl ReportText {
    /// What the reader of the report knew, to code it again.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        Metadata {
            id: self.report.id.clone(),
            title: self.report.title.clone(),
            outlet: self.report.outlet.clone(),
            published: self
                .report
                .published
                .as_deref()
                .and_then(|day| day.parse().ok()),
            url: self.report.url.clone(),
            language: self.language.clone(),
        }
    }
}

/// One version of a report's coding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredCoding {
    /// Its number; the greatest of a report is in force.
    pub coding: i64,
    /// The coder that made it.
    pub coder_version: String,
    /// When, UTC (RFC 3339).
    pub coded_at: String,
    /// What it says.
    pub record: Coding,
}

impl Store {
    /// Whether a report of this [`report_hash`] is stored: it need not be coded again.
    ///
    /// # Errors
    /// Those of reading.
    pub fn has(&self, sha256: &str) -> Result<bool> {
        let mut select = self
            .db
            .prepare_cached("SELECT 1 FROM reports WHERE sha256 = ?1")?;
        Ok(select.exists([sha256])?)
    }

    /// Adds reports with their codings and brings the incidents up to date, all or nothing. What
    /// is known is skipped.
    ///
    /// # Errors
    /// [`StoreError::Busy`], [`StoreError::Full`] and others of writing; nothing is stored then.
    pub fn add(&mut self, batch: &[NewReport], at: Timestamp) -> Result<Vec<Added>> {
        let policy = self.policy;
        let step = self.begin()?;
        let at = at.to_string();
        let standing = Standing::load(&step)?;
        let mut touched = Touched::default();
        let mut inserted = Vec::with_capacity(batch.len());
        for new in batch {
            inserted.push(insert(&step, new, &standing, &mut touched, &at)?);
        }
        let mut outcome = Vec::with_capacity(batch.len());
        for row in inserted {
            outcome.push(match row {
                Inserted::Known(key) => Added::Known { key },
                Inserted::New(report, key) => match original(&step, report)? {
                    Some(of) => Added::Reprint { key, of },
                    None => Added::New { key },
                },
            });
        }
        derive::refresh(&step, touched, &standing, policy, &at)?;
        step.commit()?;
        Ok(outcome)
    }

    /// Adds newer codings of stored reports (by their keys) and brings the incidents up to date.
    /// A coder version that a report has already is skipped. What people decided stays. Returns
    /// how many codings were new.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a key, and those of writing; nothing is stored then.
    pub fn recode(&mut self, batch: &[(String, Coding)], at: Timestamp) -> Result<usize> {
        let policy = self.policy;
        let step = self.begin()?;
        let at = at.to_string();
        let standing = Standing::load(&step)?;
        let mut touched = Touched::default();
        let mut n_new = 0;
        for (key, coding) in batch {
            let report = number(&step, key)?;
            if insert_coding(&step, report, coding, &at)? {
                n_new += 1;
                anchor::update(&step, report, &standing.decided, &mut touched)?;
            }
        }
        derive::refresh(&step, touched, &standing, policy, &at)?;
        step.commit()?;
        Ok(n_new)
    }

    /// A report with its text, by key or by the giver's id (then the last added of that id).
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn report(&self, key_or_id: &str) -> Result<ReportText> {
        let found = self
            .db
            .prepare_cached(
                "SELECT r.key, r.id, r.title, r.outlet, r.published, r.url, o.key,
                        r.sha256, r.language, r.body, r.added_at
                 FROM reports r LEFT JOIN reprints p ON p.report = r.report
                                LEFT JOIN reports o ON o.report = p.original
                 WHERE r.key = ?1 OR r.id = ?1
                 ORDER BY r.key = ?1 DESC, r.report DESC LIMIT 1",
            )?
            .query_row([key_or_id], |row| {
                Ok(ReportText {
                    report: report_ref(row)?,
                    sha256: row.get(7)?,
                    language: row.get(8)?,
                    text: row.get(9)?,
                    added_at: row.get(10)?,
                })
            })
            .optional()?;
        found.ok_or_else(|| no_such_report(key_or_id))
    }

    /// Keys of all reports in the order in which they were added, those after `after` and at most
    /// `limit` of them.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for `after`, and those of reading.
    pub fn report_keys(&self, after: Option<&str>, limit: usize) -> Result<Vec<String>> {
        let after = after.map_or(Ok(0), |key| number(&self.db, key))?;
        let mut select = self
            .db
            .prepare_cached("SELECT key FROM reports WHERE ?1 < report ORDER BY report LIMIT ?2")?;
        let keys = select.query_map(params![after, limit as i64], |row| row.get(0))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    /// Reports that hold words, the best match first; `words` is plain text, no query language.
    ///
    /// # Errors
    /// Those of reading.
    pub fn search_reports(&self, words: &str, limit: usize) -> Result<Vec<ReportRef>> {
        let Some(query) = words_query(words) else {
            return Ok(Vec::new());
        };
        let mut select = self.db.prepare_cached(
            "SELECT r.key, r.id, r.title, r.outlet, r.published, r.url, o.key
             FROM report_words w JOIN reports r ON r.report = w.rowid
                  LEFT JOIN reprints p ON p.report = r.report
                  LEFT JOIN reports o ON o.report = p.original
             WHERE report_words MATCH ?1 ORDER BY w.rank, r.report LIMIT ?2",
        )?;
        let found = select.query_map(params![query, limit as i64], report_ref)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether this version of the coder coded a report (by its key).
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn is_coded_by(&self, report_key: &str, coder_version: &str) -> Result<bool> {
        let report = number(&self.db, report_key)?;
        let mut select = self
            .db
            .prepare_cached("SELECT 1 FROM codings WHERE report = ?1 AND coder_version = ?2")?;
        Ok(select.exists(params![report, coder_version])?)
    }

    /// The coding of a report (by its key) that is in force: the last.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn coding(&self, report_key: &str) -> Result<Coding> {
        let mut codings = self.codings(report_key)?;
        let last = codings.pop().ok_or_else(|| no_such_report(report_key))?;
        Ok(last.record)
    }

    /// All codings of a report (by its key), the oldest first.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`], and those of reading.
    pub fn codings(&self, report_key: &str) -> Result<Vec<StoredCoding>> {
        let report = number(&self.db, report_key)?;
        let mut select = self.db.prepare_cached(
            "SELECT coding, coder_version, coded_at, record FROM codings
             WHERE report = ?1 ORDER BY coding",
        )?;
        let rows = select.query_map([report], |row| {
            let record: String = row.get(3)?;
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, record))
        })?;
        let mut codings = Vec::new();
        for row in rows {
            let (coding, coder_version, coded_at, record) = row?;
            codings.push(StoredCoding {
                coding,
                coder_version,
                coded_at,
                record: serde_json::from_str(&record)?,
            });
        }
        Ok(codings)
    }

    /// The coders whose codings are in force, sorted.
    ///
    /// # Errors
    /// Those of reading.
    pub fn coder_versions(&self) -> Result<Vec<String>> {
        let mut select = self.db.prepare_cached(
            "SELECT DISTINCT coder_version FROM codings c
             WHERE coding = (SELECT max(coding) FROM codings WHERE report = c.report) ORDER BY 1",
        )?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many reports are stored.
    ///
    /// # Errors
    /// Those of reading.
    pub fn n_reports(&self) -> Result<u64> {
        let n: i64 = self
            .db
            .query_row("SELECT count(*) FROM reports", [], |row| row.get(0))?;
        Ok(n.unsigned_abs())
    }
}

/// Words as a query of FTS5: each quoted, so that none acts as an operator.
pub(crate) fn words_query(words: &str) -> Option<String> {
    let quoted: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

fn no_such_report(id: &str) -> StoreError {
    StoreError::NoSuch {
        kind: "report",
        id: id.to_owned(),
    }
}

/// The row of a report's key.
pub(crate) fn number(db: &Connection, key: &str) -> Result<i64> {
    let found = db
        .prepare_cached("SELECT report FROM reports WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    found.ok_or_else(|| no_such_report(key))
}

/// Columns 0 to 6: key, id, title, outlet, published, url, key of the original.
pub(crate) fn report_ref(row: &Row<'_>) -> rusqlite::Result<ReportRef> {
    Ok(ReportRef {
        key: row.get(0)?,
        id: row.get(1)?,
        title: row.get(2)?,
        outlet: row.get(3)?,
        published: row.get(4)?,
        url: row.get(5)?,
        reprint_of: row.get(6)?,
    })
}

enum Inserted {
    New(i64, String),
    Known(String),
}

fn insert(
    db: &Connection,
    new: &NewReport,
    standing: &Standing,
    touched: &mut Touched,
    at: &str,
) -> Result<Inserted> {
    let about = &new.metadata;
    let sha256 = report_hash(about, &new.body);
    let key = report_key(&sha256);
    let n = db
        .prepare_cached(
            "INSERT INTO reports
                 (key, sha256, id, title, outlet, published, url, language, body, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (sha256) DO NOTHING",
        )?
        .execute(params![
            key,
            sha256,
            new.coding.report_id,
            about.title,
            about.outlet,
            about.published.map(|day| day.to_string()),
            about.url,
            about.language,
            new.body,
            at
        ])?;
    if n == 0 {
        return Ok(Inserted::Known(key));
    }
    let report = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO report_words (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![report, about.title, new.body])?;
    insert_coding(db, report, &new.coding, at)?;
    reprint::note(db, report, &new.body)?;
    touched.reports.extend(reprint::mark(db, report)?);
    anchor::update(db, report, &standing.decided, touched)?;
    Ok(Inserted::New(report, key))
}

fn insert_coding(db: &Connection, report: i64, coding: &Coding, at: &str) -> Result<bool> {
    let n = db
        .prepare_cached(
            "INSERT INTO codings (report, coder_version, coded_at, record)
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT (report, coder_version) DO NOTHING",
        )?
        .execute(params![
            report,
            coding.coder_version,
            at,
            serde_json::to_string(coding)?
        ])?;
    Ok(n == 1)
}

fn original(db: &Connection, report: i64) -> Result<Option<String>> {
    let found = db
        .prepare_cached(
            "SELECT o.key FROM reprints p JOIN reports o ON o.report = p.original
             WHERE p.report = ?1",
        )?
        .query_row([report], |row| row.get(0))
        .optional()?;
    Ok(found)
}
