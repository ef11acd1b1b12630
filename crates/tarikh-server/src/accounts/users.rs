//! Users.

use jiff::Timestamp;
use serde::Serialize;
use tarikh_store::rusqlite::{OptionalExtension, Row, params};
use tarikh_store::{Result, Store, StoreError};
use utoipa::ToSchema;

use super::{Role, passwords};

/// Most characters of a name.
const MAX_NAME: usize = 64;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct User {
    /// The name under which decisions are signed.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// Whether he codes blind: he sees no decision of others before his own.
    pub blind: bool,
    /// When he was added, UTC (RFC 3339).
    pub created_at: String,
}

/// A user to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Letters, digits and `._-@`, 1 to 64.
    pub name: String,
    /// 10 to 256 characters.
    pub password: String,
    /// What he may do.
    pub role: Role,
    /// Whether he codes blind.
    pub blind: bool,
}

/// Whether a desk has users: then nobody uses it without signing in.
///
/// # Errors
/// Those of reading.
pub fn has_users(store: &Store) -> Result<bool> {
    let mut select = store
        .connection()
        .prepare_cached("SELECT 1 FROM desk_users LIMIT 1")?;
    Ok(select.exists([])?)
}

/// Adds a user. The first must be an admin, else nobody could add a second.
///
/// # Errors
/// [`StoreError::Invalid`] for a name that is taken or none, or an unfit password.
pub fn add_user(store: &Store, new: &NewUser, at: Timestamp) -> Result<User> {
    let fits = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    if !(1..=MAX_NAME).contains(&new.name.chars().count()) || !new.name.chars().all(fits) {
        return Err(invalid("a name has 1 to 64 letters, digits or . _ - @"));
    }
    if new.role != Role::Admin && !has_users(store)? {
        return Err(invalid("the first user must be an admin"));
    }
    if new.role == Role::Admin && new.blind {
        return Err(invalid("an admin sees everything and cannot code blind"));
    }
    let password = passwords::hash(&new.password)?;
    let n = store.connection().execute(
        "INSERT OR IGNORE INTO desk_users (name, password, role, blind, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            new.name,
            password,
            new.role.as_str(),
            new.blind,
            at.to_string()
        ],
    )?;
    if n == 0 {
        return Err(invalid(&format!("there is a user {} already", new.name)));
    }
    user(store, &new.name)
}

/// All users, by name.
///
/// # Errors
/// Those of reading.
pub fn list_users(store: &Store) -> Result<Vec<User>> {
    let mut select = store
        .connection()
        .prepare_cached("SELECT name, role, blind, created_at FROM desk_users ORDER BY name")?;
    let users = select.query_map([], read)?;
    Ok(users.collect::<tarikh_store::rusqlite::Result<_>>()?)
}

/// One user.
///
/// # Errors
/// [`StoreError::NoSuch`], and those of reading.
pub fn user(store: &Store, name: &str) -> Result<User> {
    let found = store
        .connection()
        .prepare_cached("SELECT name, role, blind, created_at FROM desk_users WHERE name = ?1")?
        .query_row([name], read)
        .optional()?;
    found.ok_or_else(|| no_such(name))
}

/// Gives a user another role. His sessions stay, with the new role; tokens never exceed it.
///
/// # Errors
/// [`StoreError::NoSuch`], and [`StoreError::Invalid`] for the last admin.
pub fn set_role(store: &Store, name: &str, role: Role, blind: bool) -> Result<User> {
    if role == Role::Admin && blind {
        return Err(invalid("an admin sees everything and cannot code blind"));
    }
    let before = user(store, name)?;
    if before.role == Role::Admin && role != Role::Admin {
        keep_an_admin(store)?;
    }
    store.connection().execute(
        "UPDATE desk_users SET role = ?2, blind = ?3 WHERE name = ?1",
        params![name, role.as_str(), blind],
    )?;
    user(store, name)
}

/// Gives a user another password. His sessions and tokens end: whoever knew the old one has nothing left.
///
/// # Errors
/// [`StoreError::NoSuch`], and [`StoreError::Invalid`] for an unfit password.
pub fn set_password(store: &Store, name: &str, password: &str) -> Result<()> {
    user(store, name)?;
    let password = passwords::hash(password)?;
    let db = store.connection();
    db.execute(
        "UPDATE desk_users SET password = ?2 WHERE name = ?1",
        params![name, password],
    )?;
    db.execute("DELETE FROM desk_sessions WHERE name = ?1", [name])?;
    db.execute("DELETE FROM desk_tokens WHERE name = ?1", [name])?;
    Ok(())
}

/// Removes a user, with sessions and tokens. His decisions stay.
///
/// # Errors
/// [`StoreError::NoSuch`], and [`StoreError::Invalid`] for the last admin while there are others.
pub fn remove_user(store: &Store, name: &str) -> Result<()> {
    let is_admin = user(store, name)?.role == Role::Admin;
    if is_admin && 1 < list_users(store)?.len() {
        keep_an_admin(store)?;
    }
    store
        .connection()
        .execute("DELETE FROM desk_users WHERE name = ?1", [name])?;
    Ok(())
}

fn keep_an_admin(store: &Store) -> Result<()> {
    let admins = list_users(store)?;
    if admins
        .iter()
        .filter(|user| user.role == Role::Admin)
        .count()
        < 2
    {
        return Err(invalid("this is the last admin"));
    }
    Ok(())
}

fn read(row: &Row<'_>) -> tarikh_store::rusqlite::Result<User> {
    let role: String = row.get(1)?;
    Ok(User {
        name: row.get(0)?,
        role: Role::stored(&role),
        blind: row.get(2)?,
        created_at: row.get(3)?,
    })
}

fn invalid(message: &str) -> StoreError {
    StoreError::Invalid(message.to_owned())
}

pub(super) fn no_such(name: &str) -> StoreError {
    StoreError::NoSuch {
        kind: "user",
        id: name.to_owned(),
    }
}
