//! What can go wrong, worded for the person who must act.

use thiserror::Error;

/// The outcome of a call to the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A failed call. Whatever it says, the store is as it was before the call.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// E030: there is no such file.
    #[error("there is no database at {0}")]
    Missing(String),
    /// E031: a file that is something else.
    #[error("the file is not a database of tarikh")]
    NotAStore,
    /// E032: written by a newer program.
    #[error("the database was written by a newer version of tarikh (tables {found})")]
    Newer {
        /// Version of its tables.
        found: usize,
    },
    /// E033: another program is writing.
    #[error("another program is writing to the database")]
    Busy,
    /// E034: no room on the disk, or the file may not grow.
    #[error("the disk is full; nothing of this batch was stored")]
    Full,
    /// E035: the file is damaged.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// E036: the system refuses.
    #[error("the database cannot be opened or written: {0}")]
    Refused(String),
    /// E037: no incident or report of that id.
    #[error("there is no {kind} {id}")]
    NoSuch {
        /// `incident`, `report`, `mention` or `decision`.
        kind: &'static str,
        /// As asked for.
        id: String,
    },
    /// E038: several begin with what was given.
    #[error("several ids begin with {0}")]
    Ambiguous(String),
    /// E039: a decision that cannot be carried out.
    #[error("{0}")]
    Invalid(String),
    /// E040: our fault.
    #[error("the store failed: {0}")]
    Internal(String),
}

impl StoreError {
    /// The stable code (`E030`).
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "E030",
            Self::NotAStore => "E031",
            Self::Newer { .. } => "E032",
            Self::Busy => "E033",
            Self::Full => "E034",
            Self::Corrupt(_) => "E035",
            Self::Refused(_) => "E036",
            Self::NoSuch { .. } => "E037",
            Self::Ambiguous(_) => "E038",
            Self::Invalid(_) => "E039",
            Self::Internal(_) => "E040",
        }
    }

    /// What to do about it, where there is something to do.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing(_) => "make one with: tarikh add REPORTS --db FILE",
            Self::NotAStore => "name a file that tarikh add made, or a new name",
            Self::Newer { .. } => "use the version that wrote it, or a newer one",
            Self::Busy => "wait until it is done, then run the same command again",
            Self::Full => "make room, then run the same command again: what is stored is skipped",
            Self::Corrupt(_) => {
                "restore a copy, or save what can be read: tarikh rescue --db FILE --output NEW"
            }
            Self::Ambiguous(_) => "give more of its digits",
            Self::Refused(_) | Self::NoSuch { .. } | Self::Invalid(_) | Self::Internal(_) => {
                return None;
            }
        })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::NotADatabase) => Self::NotAStore,
            Some(Code::DatabaseCorrupt) => Self::Corrupt(error.to_string()),
            Some(
                Code::CannotOpen
                | Code::PermissionDenied
                | Code::ReadOnly
                | Code::SystemIoFailure
                | Code::FileLockingProtocolFailed,
            ) => Self::Refused(error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(format!("a record cannot be read: {error}"))
    }
}
