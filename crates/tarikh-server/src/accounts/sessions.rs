//! Sessions: what a browser is given for a password.

use jiff::Timestamp;
use tarikh_store::rusqlite::{OptionalExtension, params};
use tarikh_store::{Result, Store};

use super::users::{User, user};
use super::{passwords, secrets};

/// How long a session lasts: a long day's work.
pub(crate) const SESSION_SECONDS: i64 = 12 * 60 * 60;

/// The user of that name and password; `None` if they do not belong together. Takes some 50 ms.
///
/// # Errors
/// Those of reading.
pub fn who_has_password(store: &Store, name: &str, password: &str) -> Result<Option<User>> {
    let stored: Option<String> = store
        .connection()
        .prepare_cached("SELECT password FROM desk_users WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if !passwords::is_right(password, stored.as_deref()) {
        return Ok(None);
    }
    user(store, name).map(Some)
}

/// Begins a session of a user; returns what the browser keeps, which is stored nowhere else.
///
/// # Errors
/// Those of writing.
pub fn begin_session(store: &Store, name: &str, now: Timestamp) -> Result<String> {
    let secret = secrets::random()?;
    let db = store.connection();
    db.execute(
        "DELETE FROM desk_sessions WHERE expires <= ?1",
        [now.as_second()],
    )?;
    db.execute(
        "INSERT INTO desk_sessions (hash, name, expires) VALUES (?1, ?2, ?3)",
        params![
            secrets::hash(&secret),
            name,
            now.as_second() + SESSION_SECONDS
        ],
    )?;
    Ok(secret)
}

/// The user of a session that has not ended.
///
/// # Errors
/// Those of reading.
pub fn who_has_session(store: &Store, secret: &str, now: Timestamp) -> Result<Option<User>> {
    let name: Option<String> = store
        .connection()
        .prepare_cached("SELECT name FROM desk_sessions WHERE hash = ?1 AND ?2 < expires")?
        .query_row(params![secrets::hash(secret), now.as_second()], |row| {
            row.get(0)
        })
        .optional()?;
    name.map(|name| user(store, &name)).transpose()
}

/// Ends a session.
///
/// # Errors
/// Those of writing.
pub fn sign_out(store: &Store, secret: &str) -> Result<()> {
    store.connection().execute(
        "DELETE FROM desk_sessions WHERE hash = ?1",
        [secrets::hash(secret)],
    )?;
    Ok(())
}
