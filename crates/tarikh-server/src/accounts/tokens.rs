//! Tokens: what a program shows instead of a password.

use jiff::Timestamp;
use serde::Serialize;
use tarikh_store::rusqlite::{OptionalExtension, params};
use tarikh_store::{Result, Store, StoreError};
use utoipa::ToSchema;

use super::users::{User, user};
use super::{Role, secrets};

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Token {
    /// Its number.
    pub token: i64,
    /// Whose it is.
    pub name: String,
    /// What it is for, in its maker's words.
    pub label: String,
    /// What may be done with it, as long as its owner may.
    pub role: Role,
    /// When it was made, UTC (RFC 3339).
    pub created_at: String,
}

/// Makes a token for a user; the secret is told this once.
///
/// # Errors
/// [`StoreError::NoSuch`] for the user, [`StoreError::Invalid`] for more than he may himself.
pub fn make_token(
    store: &Store,
    name: &str,
    label: &str,
    role: Role,
    now: Timestamp,
) -> Result<(Token, String)> {
    if user(store, name)?.role < role {
        let message = "a token may not do more than its owner".to_owned();
        return Err(StoreError::Invalid(message));
    }
    let secret = format!("tarikh_{}", secrets::random()?);
    let db = store.connection();
    db.execute(
        "INSERT INTO desk_tokens (hash, name, label, role, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            secrets::hash(&secret),
            name,
            label,
            role.as_str(),
            now.to_string()
        ],
    )?;
    let token = Token {
        token: db.last_insert_rowid(),
        name: name.to_owned(),
        label: label.to_owned(),
        role,
        created_at: now.to_string(),
    };
    Ok((token, secret))
}

/// The user whose token it is, with the lesser of both roles.
///
/// # Errors
/// Those of reading.
pub fn who_has_token(store: &Store, secret: &str) -> Result<Option<User>> {
    let found: Option<(String, String)> = store
        .connection()
        .prepare_cached("SELECT name, role FROM desk_tokens WHERE hash = ?1")?
        .query_row([secrets::hash(secret)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((name, role)) = found else {
        return Ok(None);
    };
    let owner = user(store, &name)?;
    Ok(Some(User {
        role: owner.role.min(Role::stored(&role)),
        ..owner
    }))
}

/// The tokens of a user, the oldest first.
///
/// # Errors
/// Those of reading.
pub fn list_tokens(store: &Store, name: &str) -> Result<Vec<Token>> {
    let mut select = store.connection().prepare_cached(
        "SELECT token, name, label, role, created_at FROM desk_tokens
         WHERE name = ?1 ORDER BY token",
    )?;
    let tokens = select.query_map([name], |row| {
        let role: String = row.get(3)?;
        Ok(Token {
            token: row.get(0)?,
            name: row.get(1)?,
            label: row.get(2)?,
            role: Role::stored(&role),
            created_at: row.get(4)?,
        })
    })?;
    Ok(tokens.collect::<tarikh_store::rusqlite::Result<_>>()?)
}

/// Revokes a token of a user.
///
/// # Errors
/// [`StoreError::NoSuch`] if he has none of that number.
pub fn revoke_token(store: &Store, name: &str, token: i64) -> Result<()> {
    let n = store.connection().execute(
        "DELETE FROM desk_tokens WHERE token = ?1 AND name = ?2",
        params![token, name],
    )?;
    if n == 0 {
        return Err(StoreError::NoSuch {
            kind: "token",
            id: token.to_string(),
        });
    }
    Ok(())
}
