//! Opening the database, and what all commands on it share.

use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tarikh_store::{Access, Store};

use crate::desk_args::DbArgs;

/// Stack of a coding thread; sentences of any nesting must fit.
pub(crate) const STACK_BYTES: usize = 16 << 20;

/// Opens the database that the arguments name.
///
/// # Errors
/// [`tarikh_store::StoreError`], with the path.
pub(crate) fn open(args: &DbArgs, access: Access) -> anyhow::Result<Store> {
    let access = Access {
        wait: Duration::from_secs(args.wait),
        ..access
    };
    Store::open(&args.db, access).with_context(|| args.db.display().to_string())
}

/// The time of day, to the second: what stands in the database's history.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Threads to code on; 0 for one per core.
///
/// # Errors
/// If the system gives none.
pub(crate) fn threads(n: Option<std::num::NonZeroUsize>) -> anyhow::Result<ThreadPool> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(n.map_or(0, usize::from))
        .stack_size(STACK_BYTES);
    pool.build().context("starting the threads")
}
