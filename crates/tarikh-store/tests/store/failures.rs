//! A full disk, two writers, foreign and damaged files.

use std::time::Duration;

use tarikh_store::{Access, Store, StoreError};

use crate::support::{CORVA, Desk, change, now, report};

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let mut desk = Desk::new();
    desk.add(&[report("a", "2023-05-01", &[CORVA])]);
    let pages: i64 = desk
        .store
        .connection()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("read");
    desk.store
        .connection()
        .pragma_update(None, "max_page_count", pages + 2)
        .expect("set");
    let many: Vec<_> = (0..200)
        .map(|i| report(&format!("r{i}"), "2023-05-02", &[CORVA]))
        .collect();
    let failed = desk.store.add(&many, now());
    assert!(matches!(failed, Err(StoreError::Full)), "{failed:?}");
    assert_eq!(desk.store.n_reports().expect("counted"), 1);
    desk.store
        .connection()
        .pragma_update(None, "max_page_count", 1_000_000)
        .expect("set");
    desk.add(&many);
    desk.assert_rebuilds();
}

#[test]
fn a_second_writer_waits_and_then_is_told() {
    let mut desk = Desk::new();
    let mut access = Access::write();
    access.wait = Duration::from_millis(50);
    let mut second = Store::open(&desk.path(), access).expect("opens");
    desk.store
        .connection()
        .execute_batch("BEGIN IMMEDIATE")
        .expect("locks");
    let refused = second.add(&[report("a", "2023-05-01", &[CORVA])], now());
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    let reader = Store::open(&desk.path(), Access::read()).expect("readers do not wait");
    assert_eq!(reader.n_reports().expect("counted"), 0);
    desk.store
        .connection()
        .execute_batch("COMMIT")
        .expect("unlocks");
    second
        .add(&[report("a", "2023-05-01", &[CORVA])], now())
        .expect("added");
    desk.add(&[report("b", "2023-05-01", &[CORVA])]);
    desk.assert_rebuilds();
}

#[test]
fn other_files_are_refused_and_not_touched() {
    let desk = Desk::new();
    let path = desk.path().with_file_name("notes.txt");
    std::fs::write(
        &path,
        "Notes on the market of Corva, no database at all. ".repeat(40),
    )
    .expect("written");
    let opened = Store::open(&path, Access::create());
    assert!(matches!(opened, Err(StoreError::NotAStore)), "{opened:?}");
    let missing = Store::open(&path.with_file_name("none.db"), Access::write());
    assert!(matches!(missing, Err(StoreError::Missing(_))));
    let foreign = path.with_file_name("foreign.db");
    rusqlite_of(&foreign, "CREATE TABLE t (x)");
    assert!(matches!(
        Store::open(&foreign, Access::create()),
        Err(StoreError::NotAStore)
    ));
    let newer = path.with_file_name("newer.db");
    drop(Store::open(&newer, Access::create()).expect("opens"));
    rusqlite_of(&newer, "PRAGMA user_version = 900");
    assert!(matches!(
        Store::open(&newer, Access::write()),
        Err(StoreError::Newer { found: 900 })
    ));
}

fn rusqlite_of(path: &std::path::Path, sql: &str) {
    let db = tarikh_store::rusqlite::Connection::open(path).expect("opens");
    db.execute_batch(sql).expect("runs");
}

#[test]
fn a_damaged_file_is_told() {
    let mut desk = Desk::new();
    let many: Vec<_> = (0..50)
        .map(|i| report(&format!("r{i}"), "2023-05-02", &[CORVA]))
        .collect();
    desk.add(&many);
    desk.store
        .connection()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("written");
    let path = desk.path();
    let mut bytes = std::fs::read(&path).expect("read");
    for byte in &mut bytes[4096 * 3..4096 * 40] {
        *byte = 0xA5;
    }
    let damaged = path.with_file_name("damaged.db");
    std::fs::write(&damaged, bytes).expect("written");
    let told = Store::open(&damaged, Access::write()).and_then(|store| store.check());
    assert!(matches!(told, Err(StoreError::Corrupt(_))), "{told:?}");
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_saved() {
    let mut desk = Desk::new();
    let mut many: Vec<_> = (0..50)
        .map(|i| report(&format!("r{i}"), "2023-05-02", &[CORVA]))
        .collect();
    many[7].metadata.id.clear();
    desk.add(&many);
    let id = desk.ids()[0].clone();
    desk.decide(&id, change("killed.best", 7));
    let last = desk.store.last_change().expect("read");
    desk.store
        .connection()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("written");
    let saved = desk.path().with_file_name("saved.db");
    let whole = Store::rescue(&desk.path(), &saved, now()).expect("a sound file is read whole");
    assert_eq!((whole.reports.kept, whole.reports.lost), (50, 0));
    assert_eq!((whole.decisions.kept, whole.changes.lost), (1, 0));
    let copy = Store::open(&saved, Access::read()).expect("opens");
    assert_eq!(copy.derived_hash().ok(), desk.store.derived_hash().ok());
    assert_eq!(copy.last_change().ok(), Some(last), "nothing became of it");
    let again = Store::rescue(&desk.path(), &saved, now());
    assert!(matches!(again, Err(StoreError::Invalid(_))), "{again:?}");

    // One page of the reports themselves.
    let root: i64 = desk
        .store
        .connection()
        .query_row(
            "SELECT max(pageno) FROM dbstat WHERE name = 'reports' AND pagetype = 'leaf'",
            [],
            |row| row.get(0),
        )
        .expect("read");
    let mut bytes = std::fs::read(desk.path()).expect("read");
    let page = (root as usize - 1) * 4096;
    bytes[page..page + 4096].fill(0xA5);
    let damaged = desk.path().with_file_name("damaged.db");
    std::fs::write(&damaged, bytes).expect("written");
    let part = Store::rescue(&damaged, &desk.path().with_file_name("part.db"), now());
    let part = part.expect("the rest is read");
    assert_eq!(part.reports.kept + part.reports.lost, 50);
    assert!(0 < part.reports.lost && part.reports.lost < 50, "{part:?}");
    assert_eq!(part.reports.kept, part.codings.kept);
    assert_eq!(part.decisions.kept, 1);
}

#[test]
fn what_was_given_cannot_be_changed() {
    let mut desk = Desk::new();
    desk.add(&[report("a", "2023-05-01", &[CORVA])]);
    let db = desk.store.connection();
    for sql in [
        "UPDATE reports SET body = 'other'",
        "DELETE FROM reports",
        "UPDATE codings SET record = '{}'",
        "DELETE FROM codings",
        "DELETE FROM changes",
    ] {
        assert!(db.execute_batch(sql).is_err(), "{sql}");
    }
}
