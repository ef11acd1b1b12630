//! The tables, and how an older file becomes a newer one.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, StoreError};

/// Marks a file as ours ("trkh"), in the header of the database.
const APPLICATION_ID: i32 = 0x7472_6b68;

/// Steps from an empty file to today's tables. A step that was released never changes: what is
/// new comes as a further step.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/001.sql"),
    include_str!("schema/002.sql"),
];

/// Version of the tables that this program writes.
pub(crate) const VERSION: usize = MIGRATIONS.len();

/// Settings of a connection, not of the file.
pub(crate) fn configure(connection: &Connection, wait: std::time::Duration) -> Result<()> {
    connection.busy_timeout(wait)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", -64_000)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Brings a file that may be written to today's tables, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let version = check(connection)?;
    if version == VERSION {
        return Ok(());
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    let version = check(&step)?;
    for migration in &MIGRATIONS[version..] {
        step.execute_batch(migration)?;
    }
    step.pragma_update(None, "application_id", APPLICATION_ID)?;
    step.pragma_update(None, "user_version", VERSION as i64)?;
    step.commit()?;
    Ok(())
}

/// The version of a file's tables; 0 for an empty file.
pub(crate) fn check(connection: &Connection) -> Result<usize> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let n_tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| StoreError::NotAStore)?;
    match (id, n_tables) {
        (APPLICATION_ID, _) if VERSION < version => Err(StoreError::Newer { found: version }),
        (APPLICATION_ID, _) => Ok(version),
        (0, 0) => Ok(0),
        _ => Err(StoreError::NotAStore),
    }
}
