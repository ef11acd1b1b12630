//! The list of what was done, which is only added to.

use serde::Serialize;
use tarikh_store::rusqlite::params;
use tarikh_store::{Result, Store};
use utoipa::ToSchema;

/// Something that was done, or tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its number; later ones are greater.
    pub entry: i64,
    /// When, UTC (RFC 3339).
    pub at: String,
    /// Who; null where nobody was signed in.
    pub who: Option<String>,
    /// Address of the client.
    pub address: Option<String>,
    /// Method and path.
    pub what: String,
    /// Status of the answer.
    pub status: u16,
}

/// Notes an entry; its number is given by the table.
///
/// # Errors
/// Those of writing.
pub fn note(store: &Store, entry: &AuditEntry) -> Result<()> {
    let mut insert = store.connection().prepare_cached(
        "INSERT INTO desk_audit (at, who, address, what, status) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    insert.execute(params![
        entry.at,
        entry.who,
        entry.address,
        entry.what,
        entry.status
    ])?;
    Ok(())
}

/// Entries before the one of that number (all if `None`), the latest first.
///
/// # Errors
/// Those of reading.
pub fn audit_log(store: &Store, before: Option<i64>, limit: usize) -> Result<Vec<AuditEntry>> {
    let mut select = store.connection().prepare_cached(
        "SELECT entry, at, who, address, what, status FROM desk_audit
         WHERE entry < ?1 ORDER BY entry DESC LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let entries = select.query_map(params![before.unwrap_or(i64::MAX), limit], |row| {
        Ok(AuditEntry {
            entry: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            address: row.get(3)?,
            what: row.get(4)?,
            status: row.get(5)?,
        })
    })?;
    Ok(entries.collect::<tarikh_store::rusqlite::Result<_>>()?)
}
