//! What was given and decided, brought out of a damaged file.
//!
//! Damage lies in some pages of a file; rows on other pages can still be read one by one. Everything
//! derived is built again, so only what was given has to be found.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params_from_iter};
use tarikh_record::Coding;
use tarikh_text::Metadata;

use crate::decision::Action;
use crate::error::{Result, StoreError};
use crate::keys::report_hash;
use crate::open::{Access, Store};
use crate::schema;

/// How many rows of a table were brought over, and how many were lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Rows in the new file.
    pub kept: u64,
    /// Rows that could not be read, or were not what had been written.
    pub lost: u64,
}

/// What [`Store::rescue`] brought over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Reports whose hash is right.
    pub reports: Saved,
    /// Codings of these reports.
    pub codings: Saved,
    /// Decisions.
    pub decisions: Saved,
    /// The list of changes.
    pub changes: Saved,
    /// Incidents that follow from it.
    pub n_incidents: u64,
}

/// A table of what was given.
struct Table {
    name: &'static str,
    /// Its numbered key, then the other columns.
    columns: &'static [&'static str],
    /// Whether a row is as it was written.
    is_sound: fn(&[Value]) -> bool,
}

const REPORTS: Table = Table {
    name: "reports",
    columns: &[
        "report",
        "key",
        "sha256",
        "id",
        "title",
        "outlet",
        "published",
        "url",
        "language",
        "body",
        "added_at",
    ],
    is_sound: is_report,
};

const CODINGS: Table = Table {
    name: "codings",
    columns: &["coding", "report", "coder_version", "coded_at", "record"],
    is_sound: |row| text(&row[4]).is_some_and(is_json::<Coding>),
};

const DECISIONS: Table = Table {
    name: "decisions",
    columns: &[
        "decision", "at", "who", "why", "incident", "action", "mentions", "record",
    ],
    is_sound: |row| {
        text(&row[5]).is_some_and(is_json::<Action>)
            && text(&row[6]).is_some_and(is_json::<Vec<String>>)
    },
};

const CHANGES: Table = Table {
    name: "changes",
    columns: &["change", "at", "kind", "incident", "other"],
    is_sound: |_| true,
};

impl Store {
    /// Writes a new database with all that can be read of a damaged one. Users and their sessions
    /// are not brought over.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] if the new file is there already, [`StoreError::Corrupt`] if not even
    /// the list of tables can be read, and those of opening and writing.
    pub fn rescue(from: &Path, to: &Path, at: Timestamp) -> Result<Rescued> {
        if !from.exists() {
            return Err(StoreError::Missing(from.display().to_string()));
        }
        if to.exists() {
            let message = format!("there is a file {} already", to.display());
            return Err(StoreError::Invalid(message));
        }
        let old = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        if schema::check(&old)? == 0 {
            return Err(StoreError::NotAStore);
        }
        // A row takes more than a byte.
        let most = from
            .metadata()
            .map_or(i64::MAX / 2, |file| file.len() as i64);
        let mut new = Self::open(to, Access::create())?;
        let step = new.begin()?;
        let mut rescued = Rescued {
            reports: copy(&old, &step, &REPORTS, most)?,
            codings: copy(&old, &step, &CODINGS, most)?,
            decisions: copy(&old, &step, &DECISIONS, most)?,
            changes: copy(&old, &step, &CHANGES, most)?,
            n_incidents: 0,
        };
        copy_releases(&old, &step)?;
        step.commit()?;
        rescued.n_incidents = new.rebuild_quietly(at)?;
        Ok(rescued)
    }

    /// Builds all incidents, and tells as changes only what the list of changes does not end with.
    fn rebuild_quietly(&mut self, at: Timestamp) -> Result<u64> {
        self.db.execute_batch(
            "CREATE TEMP TRIGGER quiet BEFORE INSERT ON main.changes BEGIN SELECT RAISE(IGNORE); END;",
        )?;
        let rebuilt = self.rebuild(at);
        self.db.execute_batch("DROP TRIGGER temp.quiet;")?;
        let n_incidents = rebuilt?.n_incidents;
        let last = "SELECT incident, kind, max(change) FROM changes GROUP BY incident";
        let gone = "('merged', 'withdrawn')";
        let missing = format!(
            "INSERT INTO changes (at, kind, incident)
             SELECT ?1, 'new', id FROM incidents WHERE id NOT IN
                 (SELECT incident FROM ({last}) WHERE kind NOT IN {gone}) AND review <> 'rejected'
             ORDER BY id"
        );
        self.db.execute(&missing, [at.to_string()])?;
        let lost = format!(
            "INSERT INTO changes (at, kind, incident)
             SELECT ?1, 'withdrawn', incident FROM ({last})
             WHERE kind NOT IN {gone} AND incident NOT IN (SELECT id FROM incidents)
             ORDER BY incident"
        );
        self.db.execute(&lost, [at.to_string()])?;
        Ok(n_incidents)
    }
}

/// Copies what can be read of a table, row by row.
///
/// `most` bounds the numbers that are tried: what a damaged page gives for the last one can be any number.
fn copy(old: &Connection, new: &Connection, table: &Table, most: i64) -> Result<Saved> {
    /// Numbers that are tried beyond the last that is known to have been given.
    const BEYOND: i64 = 10_000;
    let columns = table.columns.join(", ");
    let (name, key) = (table.name, table.columns[0]);
    let mut select = old.prepare(&format!("SELECT {columns} FROM {name} WHERE {key} = ?1"))?;
    let places = vec!["?"; table.columns.len()].join(", ");
    let mut insert = new.prepare(&format!(
        "INSERT OR IGNORE INTO {name} ({columns}) VALUES ({places})"
    ))?;
    let mut last = last_given(old, table).min(most);
    let mut saved = Saved::default();
    let mut number = 0;
    while number < last + BEYOND {
        number += 1;
        let found = select.query_row([number], |row| {
            let values = (0..table.columns.len()).map(|i| row.get(i));
            values.collect::<rusqlite::Result<Vec<Value>>>()
        });
        // Whatever hinders one row need not hinder the next.
        let Ok(row) = found else { continue };
        last = last.max(number);
        if (table.is_sound)(&row) && belongs(new, table, &row)? {
            saved.kept += insert.execute(params_from_iter(row))? as u64;
        }
    }
    saved.lost = last.unsigned_abs().saturating_sub(saved.kept);
    Ok(saved)
}

/// The last number that a table gave, as far as anything in the file tells.
fn last_given(old: &Connection, table: &Table) -> i64 {
    let (name, key) = (table.name, table.columns[0]);
    let mut questions = vec![
        format!("SELECT max({key}) FROM {name}"),
        format!("SELECT seq FROM sqlite_sequence WHERE name = '{name}'"),
    ];
    if name == REPORTS.name {
        questions.push("SELECT max(report) FROM codings".to_owned());
    }
    let answers = questions.iter().filter_map(|question| {
        let answer = old.query_row(question, [], |row| row.get::<_, Option<i64>>(0));
        answer.optional().ok().flatten().flatten()
    });
    answers.max().unwrap_or(0)
}

/// Whether the report of a coding was brought over.
fn belongs(new: &Connection, table: &Table, row: &[Value]) -> Result<bool> {
    if table.name != CODINGS.name {
        return Ok(true);
    }
    let mut select = new.prepare_cached("SELECT 1 FROM reports WHERE report = ?1")?;
    Ok(select.exists([&row[1]])?)
}

/// Releases are few, and have names for numbers.
fn copy_releases(old: &Connection, new: &Connection) -> Result<()> {
    let columns = "version, at, change, profile, sha256";
    let mut insert = new.prepare(&format!(
        "INSERT OR IGNORE INTO releases ({columns}) VALUES (?, ?, ?, ?, ?)"
    ))?;
    let mut select = old.prepare(&format!("SELECT {columns} FROM releases"))?;
    let mut rows = select.query([])?;
    while let Ok(Some(row)) = rows.next() {
        let values: Vec<Value> = (0..5)
            .map(|i| row.get(i))
            .collect::<rusqlite::Result<_>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

/// Whether a report's text and metadata have the hash that they had.
fn is_report(row: &[Value]) -> bool {
    let owned = |value: &Value| text(value).map(str::to_owned);
    let published = text(&row[6]).map(str::parse).transpose();
    let (Some(id), Some(body), Ok(published)) = (text(&row[3]), text(&row[9]), published) else {
        return false;
    };
    let named = Metadata {
        id: id.to_owned(),
        title: owned(&row[4]),
        outlet: owned(&row[5]),
        published,
        url: owned(&row[7]),
        language: owned(&row[8]),
    };
    // Where its giver had no name for it, one was made; the hash is older than that.
    let unnamed = Metadata {
        id: String::new(),
        ..named.clone()
    };
    let hash = text(&row[2]);
    [named, unnamed]
        .iter()
        .any(|metadata| hash == Some(report_hash(metadata, body).as_str()))
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn is_json<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    serde_json::from_str::<T>(text).is_ok()
}
