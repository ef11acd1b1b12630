//! The open desk: what all routes share, and the routes themselves.

use std::sync::Arc;

use axum::Router;
use jiff::Timestamp;
use tokio::sync::{Semaphore, watch};

use crate::error::ApiError;
use crate::limit::Limiter;
use crate::memory::Memory;
use crate::metrics::Metrics;
use crate::routes;
use crate::settings::{Code, Limits, Log, Settings};
use crate::stores::Stores;

/// Passwords checked at the same time: each takes a core and 19 MiB.
const PASSWORD_CHECKS: usize = 2;

/// Exports written at the same time: each holds a connection and a thread.
const EXPORTS: usize = 4;

/// Screens that follow the changes at the same time.
const EVENT_STREAMS: usize = 128;

/// The time of day, to the second, as the program's commands write it into the same history.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// A desk over one database. Cloning it is cheap.
#[derive(Clone)]
pub struct Desk {
    pub(crate) stores: Arc<Stores>,
    pub(crate) code: Code,
    pub(crate) log: Log,
    pub(crate) limits: Limits,
    pub(crate) is_local: bool,
    pub(crate) behind_https: bool,
    /// How often each client asks.
    pub(crate) requests: Arc<Limiter>,
    /// How often signing in failed, by address and name.
    pub(crate) sign_ins: Arc<Limiter>,
    pub(crate) password_checks: Arc<Semaphore>,
    /// Exports and event streams that may be open.
    pub(crate) exports: Arc<Semaphore>,
    pub(crate) event_streams: Arc<Semaphore>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) memory: Arc<Memory>,
    pub(crate) stopped: Arc<watch::Sender<bool>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Desk {
    /// Opens a desk.
    ///
    /// # Errors
    /// Those of opening the database.
    pub fn open(settings: Settings) -> tarikh_store::Result<Self> {
        Ok(Self {
            stores: Arc::new(Stores::open(settings.db)?),
            code: settings.code,
            log: settings.log,
            is_local: settings.is_local,
            behind_https: settings.behind_https,
            requests: Arc::new(Limiter::new(settings.limits.requests)),
            sign_ins: Arc::new(Limiter::new(settings.limits.sign_ins)),
            password_checks: Arc::new(Semaphore::new(PASSWORD_CHECKS)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            event_streams: Arc::new(Semaphore::new(EVENT_STREAMS)),
            metrics: Arc::default(),
            memory: Arc::default(),
            stopped: Arc::new(watch::Sender::new(false)),
            limits: settings.limits,
        })
    }

    /// All routes, with their guards.
    pub fn router(&self) -> Router {
        routes::router(self)
    }

    /// Tells [`serve`](crate::serve) to end: no further connection is taken, event streams close,
    /// and what is being answered gets a few seconds.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Waits until the desk is told to end.
    pub(crate) async fn until_stopped(&self) {
        let mut stopped = self.stopped.subscribe();
        // The sender lives as long as the desk: this ends when it is told to and not before.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    }

    /// Whether nobody may use the desk without signing in.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn has_users(&self) -> Result<bool, ApiError> {
        let read = |store: &tarikh_store::Store| Ok(crate::accounts::has_users(store)?);
        self.stores.read(read).await
    }
}
