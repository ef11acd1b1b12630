//! The desk over HTTP: lists, incidents, review, exports and users of one database, and the screen
//! that works with them.
//!
//! Routes are thin: what is asked is read into the store's own terms ([`tarikh_store::Filter`],
//! [`tarikh_store::Action`]), the store does the work on a thread that may block, and its structs
//! go out as JSON. `docs/api.md` describes the routes, `openapi.json` beside this crate is generated
//! from them.
//!
//! Without users the desk answers only to its own machine, and whoever sits there may do all. With
//! users all but signing in, the screen's own files and the health of the server asks for a session
//! or a token.

pub mod accounts;
mod assets;
mod blindfold;
mod desk;
mod error;
mod guard;
mod headers;
mod limit;
mod listen;
mod memory;
mod metrics;
mod openapi;
mod params;
mod publish;
mod query;
mod routes;
mod settings;
mod stores;

pub use desk::Desk;
pub use error::ApiError;
pub use listen::serve;
pub use openapi::document;
pub use publish::Publisher;
pub use settings::{Code, Limits, Log, Rate, Settings};
