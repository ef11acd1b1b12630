//! What a desk is told when it is opened.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tarikh_io::RawReport;
use tarikh_record::Coding;

/// Codes a report that was handed in; the error says why it could not.
pub type Code = Arc<dyn Fn(&RawReport) -> Result<Coding, String> + Send + Sync>;

/// Takes a line on what went wrong, for whoever runs the server.
pub type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// How a desk is opened.
#[derive(Clone)]
pub struct Settings {
    /// The database; it must be there.
    pub db: PathBuf,
    /// Whether it can be reached from this machine alone: only then may it be used without users.
    pub is_local: bool,
    /// Whether browsers reach it through HTTPS, so that cookies may be kept to that.
    pub behind_https: bool,
    /// What a client may take.
    pub limits: Limits,
    /// The coder.
    pub code: Code,
    /// Where faults are told.
    pub log: Log,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("db", &self.db)
            .field("is_local", &self.is_local)
            .field("behind_https", &self.behind_https)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// How often something may be done: a bucket of `burst` tokens, filled again at `per_second`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// At once, after a rest.
    pub burst: f64,
    /// In the long run.
    pub per_second: f64,
}

/// What a client may take of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests of one user, or of one address that is signed in as nobody; only where there are
    /// users.
    pub requests: Rate,
    /// Failed sign-ins of one address and under one name.
    pub sign_ins: Rate,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Largest body of a report, in bytes.
    pub report_bytes: usize,
    /// Time for a client to send a request's head.
    pub head: Duration,
    /// Time to read a request and to answer it; streams may go on longer.
    pub request: Duration,
    /// Time that a stream waits for its reader.
    pub stream: Duration,
    /// Connections at the same time; further ones wait.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: Rate {
                burst: 200.0,
                per_second: 50.0,
            },
            sign_ins: Rate {
                burst: 10.0,
                per_second: 0.1,
            },
            body_bytes: 1 << 20,
            report_bytes: tarikh_io::limits::MAX_REPORT_BYTES + (64 << 10),
            head: Duration::from_secs(10),
            request: Duration::from_secs(30),
            stream: Duration::from_secs(30),
            connections: 512,
        }
    }
}
