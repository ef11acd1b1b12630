//! A new password: one's own, or a user's who forgot his, from an admin.

use std::time::Instant;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use tarikh_store::Store;
use utoipa::ToSchema;

use super::accounts::cookie;
use crate::accounts::{self, Role};
use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::{Asker, Viewer};
use crate::params::{Body, Named};

/// A password to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// 10 to 256 characters.
    password: String,
    /// The password until now, to change one's own; an admin resets that of another without it.
    current: Option<String>,
}

/// Sets a password. Sessions and tokens of the user end; one who changed his own gets a new session.
#[utoipa::path(put, path = "/api/v1/users/{name}/password", tag = "accounts",
    params(("name" = String, Path, description = "Oneself, or any user for an admin")),
    request_body = NewPassword,
    responses((status = 204), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
              (status = 422, body = ErrorBody), (status = 429, body = ErrorBody)))]
pub(crate) async fn set_password(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Named(name): Named<String>,
    Body(new): Body<NewPassword>,
) -> Result<Response, ApiError> {
    if matches!(asker, Asker::Known(_, None)) {
        let message = "passwords are set after signing in, not with a token";
        return Err(ApiError::not_allowed(message));
    }
    let is_own = asker.name() == Some(name.as_str());
    if !is_own && asker.role() != Some(Role::Admin) {
        return Err(ApiError::not_allowed(
            "an admin resets the passwords of others",
        ));
    }
    if is_own {
        let current = new.current.unwrap_or_default();
        demand(&desk, &name, current).await?;
    }
    let set = move |store: &mut Store| {
        accounts::set_password(store, &name, &new.password)?;
        let session = is_own.then(|| accounts::begin_session(store, &name, Timestamp::now()));
        Ok(session.transpose()?)
    };
    Ok(match desk.stores.write(set).await? {
        Some(secret) => {
            let cookie = cookie(&desk, &secret, accounts::SESSION_SECONDS);
            (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Who sits at a desk that was left open does not know the password; guessing it is slowed down as
/// at the door.
async fn demand(desk: &Desk, name: &str, current: String) -> Result<(), ApiError> {
    let key = format!("name {name}");
    if !desk.sign_ins.has(&key, Instant::now()) {
        return Err(ApiError::too_often());
    }
    let checking = desk.password_checks.acquire().await;
    let who = name.to_owned();
    let check =
        move |store: &Store| Ok(accounts::who_has_password(store, &who, &current)?.is_some());
    let is_right = desk.stores.read(check).await?;
    drop(checking);
    if is_right {
        return Ok(());
    }
    desk.sign_ins.take(&key, Instant::now());
    Err(ApiError::not_allowed("the current password is another"))
}
