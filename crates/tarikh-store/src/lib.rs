//! The dataset in one SQLite file.
//!
//! Four tables are only ever added to: reports (with a hash of text and metadata), codings (one per
//! report and coder version, as the coder wrote them), decisions of people, and changes of
//! incidents. Everything else follows from the first three and may be built again from them
//! ([`Store::rebuild`]): which reports reprint which, the mentions, the links, the incidents.
//!
//! A [`Store`] belongs to one thread at a time; open one per thread. Readers never wait, writers
//! wait for each other up to [`Access::wait`], then get [`StoreError::Busy`]. Each writing call is
//! one transaction: it is stored as a whole, on disk, or not at all.
//!
//! The store reads no clock: times of day come in as arguments.
//!
//! ```
//! use tarikh_store::{Access, Filter, NewReport, Page, Store};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let mut store = Store::open(&folder.path().join("incidents.db"), Access::create())?;
//! let now = "2026-03-01T08:00:00Z".parse()?;
//! store.add(&[], now)?;
//! let page = store.incidents(&Filter::default(), &Page::default())?;
//! assert!(page.rows.is_empty());
//! # Ok(())
//! # }
//! ```

mod agreement;
mod alpha;
mod anchor;
mod blindfold;
mod changes;
mod decide;
mod decision;
mod derive;
mod error;
mod filter;
mod incident;
mod keys;
mod list;
mod machine;
mod open;
mod rebuild;
mod report;
mod reprint;
mod rescue;
mod schema;
mod values;
mod write;

pub use agreement::{
    Agreement, CODED_FIELDS, Disagreement, FieldAgreement, Level, REJECTED, value_of,
};
pub use alpha::{alpha, interval, nominal};
pub use changes::{Change, ChangeKind, Release};
pub use decision::{Action, Decision, NewDecision};
pub use error::{Result, StoreError};
pub use filter::{Bounds, Filter, Harm, Order, Page};
pub use incident::Doubt;
pub use keys::{report_hash, report_key, sha256_hex};
pub use list::{Facet, IncidentPoint, IncidentRow, Rows};
pub use open::{Access, Store};
pub use rebuild::Rebuilt;
pub use report::{Added, NewReport, ReportText, StoredCoding};
pub use rescue::{Rescued, Saved};
pub use rusqlite;
