//! Connections to the database: several that read, one that writes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tarikh_store::{Access, Store};
use tokio::sync::Semaphore;

use crate::accounts;
use crate::error::ApiError;

/// Most readers at the same time; a query is short, and more than this share the disk anyway.
const MAX_READERS: usize = 8;

/// Pages that a reader keeps, in KiB: the system keeps the rest of the file.
const CACHE_KIB: i64 = 16_000;

/// The open connections of a desk. SQLite blocks, so all work is done on threads that may.
#[derive(Debug)]
pub(crate) struct Stores {
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    slots: Semaphore,
    writer: Arc<tokio::sync::Mutex<Store>>,
}

impl Stores {
    /// Opens the database, which must be there.
    pub(crate) fn open(path: PathBuf) -> tarikh_store::Result<Self> {
        let writer = Store::open(&path, Access::write())?;
        accounts::prepare(&writer)?;
        let reader = open_reader(&path)?;
        Ok(Self {
            path,
            idle: Mutex::new(vec![reader]),
            slots: Semaphore::new(MAX_READERS),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
        })
    }

    /// Reads from the database.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Store) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let _slot = self.slots.acquire().await;
        let this = Arc::clone(self);
        blocking(move || {
            let store = match this.take_idle() {
                Some(store) => store,
                None => this.open_reader()?,
            };
            let outcome = work(&store);
            this.put_back(store);
            outcome
        })
        .await
    }

    /// Writes to the database, one request after another.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let mut store = Arc::clone(&self.writer).lock_owned().await;
        blocking(move || work(&mut store)).await
    }

    /// A connection of its own, for what takes long.
    pub(crate) fn open_reader(&self) -> Result<Store, ApiError> {
        Ok(open_reader(&self.path)?)
    }

    /// Bytes of the database file.
    pub(crate) fn file_bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |about| about.len())
    }

    fn take_idle(&self) -> Option<Store> {
        // A thread that panicked left the list whole: it only pushes and pops.
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop()
    }

    fn put_back(&self, store: Store) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(store);
    }
}

fn open_reader(path: &Path) -> tarikh_store::Result<Store> {
    let store = Store::open(path, Access::read())?;
    let db = store.connection();
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    Ok(store)
}

/// Runs what blocks; a panic becomes an error of this request alone.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(ApiError::internal(format!("a request panicked: {error}"))),
    }
}
