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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_first_tables_becomes_one_of_todays() {
        let mut db = Connection::open_in_memory().expect("memory can be opened");
        db.execute_batch(MIGRATIONS[0])
            .expect("the first tables are sound");
        db.pragma_update(None, "application_id", APPLICATION_ID)
            .expect("it can be set");
        db.pragma_update(None, "user_version", 1)
            .expect("it can be set");
        db.execute_batch(
            r#"INSERT INTO incidents (id, record, taken_from, decided, review, stale, priority,
                   n_reports, n_sources, event_type, sub_event_type, status, is_background, confidence)
               VALUES ('inc-1', '{"place": {"radius_km": 7.5, "precision": 2}, "abducted": 3}',
                   '[]', '[]', 'unreviewed', 0, 1.0, 1, 1, 'Battles', 'Armed clash', 'confirmed', 0, 0.5)"#,
        )
        .expect("a row of the first tables");
        migrate(&mut db).expect("it can be brought to today's tables");
        let row = db.query_row(
            "SELECT radius_km, where_prec, abducted, arrested FROM incidents",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        );
        let expected: (f64, u8, u32, Option<u32>) = (7.5, 2, 3, None);
        assert_eq!(row.expect("the row is there"), expected);
        assert_eq!(check(&db).expect("it is ours"), VERSION);
    }

    #[test]
    fn lists_are_counted_without_reading_records() {
        let mut db = Connection::open_in_memory().expect("memory can be opened");
        migrate(&mut db).expect("an empty file becomes one of today's");
        let filter = crate::filter::Filter {
            countries: vec!["ML".to_owned()],
            min_killed: Some(2),
            ..crate::filter::Filter::default()
        };
        let wanted = crate::filter::Where::new(&filter);
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM incidents i WHERE {}",
            wanted.sql
        );
        let mut select = db.prepare(&sql).expect("the query is sound");
        let plan = select.query_map(rusqlite::params_from_iter(&wanted.values), |row| row.get(3));
        let plan: Vec<String> = plan.expect("it can be planned").flatten().collect();
        assert!(
            plan.iter().any(|step| step.contains("COVERING INDEX")),
            "{plan:?}"
        );
    }
}
