//! Opening the file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tarikh_link::Policy;

use crate::error::{Result, StoreError};
use crate::schema;

/// How a file is opened.
#[derive(Clone, Copy, Debug)]
pub struct Access {
    /// Whether it may be written to.
    pub write: bool,
    /// Whether it is made if it is missing.
    pub create: bool,
    /// How long a writer waits for another.
    pub wait: Duration,
    /// How incidents' tolls are made of claims.
    pub policy: Policy,
}

impl Access {
    /// Reads only; the file must be there.
    #[must_use]
    pub const fn read() -> Self {
        Self {
            write: false,
            create: false,
            wait: Duration::from_secs(10),
            policy: Policy::Ucdp,
        }
    }

    /// Reads and writes; the file must be there.
    #[must_use]
    pub const fn write() -> Self {
        Self {
            write: true,
            ..Self::read()
        }
    }

    /// Reads and writes, and makes the file if it is missing.
    #[must_use]
    pub const fn create() -> Self {
        Self {
            create: true,
            ..Self::write()
        }
    }
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) policy: Policy,
    path: PathBuf,
}

impl Store {
    /// Opens a database, and brings one of an older version to today's tables if it may write.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::Newer`],
    /// [`StoreError::Corrupt`] or [`StoreError::Refused`]; a reader also gets
    /// [`StoreError::Refused`] for a file of an older version, and [`StoreError::NotAStore`] for an
    /// empty one.
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        if !access.create && !path.exists() {
            return Err(StoreError::Missing(path.display().to_string()));
        }
        let mode = match (access.write, access.create) {
            (_, true) => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            (true, false) => OpenFlags::SQLITE_OPEN_READ_WRITE,
            (false, false) => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let mut db = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        schema::configure(&db, access.wait)?;
        if access.write {
            schema::migrate(&mut db)?;
        } else {
            match schema::check(&db)? {
                0 => return Err(StoreError::NotAStore),
                schema::VERSION => {}
                _ => {
                    let message = "it has the tables of an older version; run once: tarikh rebuild";
                    return Err(StoreError::Refused(message.to_owned()));
                }
            }
        }
        Ok(Self {
            db,
            policy: access.policy,
            path: path.to_path_buf(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for crates that keep tables of their own in the file (users, sessions).
    /// The store's own tables are to be written through the store alone.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.db
    }

    /// The same, where a transaction is needed.
    pub const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.db
    }

    /// Looks for damage, as SQLite finds it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with the first damage found.
    pub fn check(&self) -> Result<()> {
        let found: String = self
            .db
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found == "ok" {
            return Ok(());
        }
        Err(StoreError::Corrupt(found))
    }

    /// A transaction that writes; it takes the lock at once, so that it cannot fail for it later.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>> {
        let begun = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate);
        Ok(begun?)
    }
}
