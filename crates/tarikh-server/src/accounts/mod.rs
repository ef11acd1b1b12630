//! Who may use a desk: users, their sessions and tokens, and a list of what they did.
//!
//! All of it lies in tables of the desk's own in the same file (`desk_…`), which no release, export
//! or rebuild touches. Passwords are kept as argon2id hashes, session ids and tokens as SHA-256.

mod audit;
mod passwords;
mod secrets;
mod sessions;
mod tokens;
mod users;

use std::fmt;

use serde::{Deserialize, Serialize};
use tarikh_store::{Result, Store};
use utoipa::ToSchema;

pub use audit::{AuditEntry, audit_log, note};
pub(crate) use sessions::SESSION_SECONDS;
pub use sessions::{begin_session, sign_out, who_has_password, who_has_session};
pub use tokens::{Token, list_tokens, make_token, revoke_token, who_has_token};
pub use users::{
    NewUser, User, add_user, has_users, list_users, remove_user, set_password, set_role, user,
};

/// What a user may do; each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads and exports.
    Viewer,
    /// Adds reports and decides.
    Coder,
    /// Also keeps users.
    Admin,
}

impl Role {
    /// The name as stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Coder => "coder",
            Self::Admin => "admin",
        }
    }

    /// The least role for a name that is none: the table's own check lets no other in.
    fn stored(name: &str) -> Self {
        match name {
            "admin" => Self::Admin,
            "coder" => Self::Coder,
            _ => Self::Viewer,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Makes the desk's tables where they are missing.
///
/// # Errors
/// Those of writing.
pub fn prepare(store: &Store) -> Result<()> {
    store
        .connection()
        .execute_batch(include_str!("tables.sql"))?;
    Ok(())
}
