//! Signing in, users, tokens, the audit log.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tarikh_store::Store;
use utoipa::{IntoParams, ToSchema};

use crate::accounts::{self, AuditEntry, NewUser, Role, Token, User};
use crate::desk::{Desk, now};
use crate::error::{ApiError, ErrorBody};
use crate::guard::{Admin, Asker, COOKIE, Viewer, Whoever};
use crate::listen::Client;
use crate::params::{Body, Named, Params};

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// The user; null on a desk without users, and for strangers.
    user: Option<String>,
    /// What he may do; null for strangers.
    role: Option<Role>,
    /// Whether he codes blind.
    blind: bool,
    /// Whether nothing is shown before signing in.
    needs_login: bool,
}

impl From<&Asker> for SessionView {
    fn from(asker: &Asker) -> Self {
        Self {
            user: asker.name().map(str::to_owned),
            role: asker.role(),
            blind: asker.blind().is_some(),
            needs_login: matches!(asker, Asker::Stranger),
        }
    }
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "accounts",
    responses((status = 200, body = SessionView)))]
pub(crate) async fn show_session(Whoever(asker): Whoever) -> Json<SessionView> {
    Json(SessionView::from(&asker))
}

/// Name and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    name: String,
    password: String,
}

/// Signs in: the answer sets a cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "accounts", request_body = Credentials,
    responses((status = 200, body = SessionView), (status = 401, body = ErrorBody),
              (status = 429, body = ErrorBody)))]
pub(crate) async fn begin_session(
    State(desk): State<Desk>,
    client: Option<axum::Extension<Client>>,
    Body(credentials): Body<Credentials>,
) -> Result<Response, ApiError> {
    let address = client.map_or_else(String::new, |client| client.0.0.to_string());
    let keys = [
        format!("address {address}"),
        format!("name {}", credentials.name),
    ];
    if !keys
        .iter()
        .all(|key| desk.sign_ins.has(key, Instant::now()))
    {
        return Err(ApiError::too_often());
    }
    // Passwords are slow to check on purpose: a few at a time.
    let checking = desk.password_checks.acquire().await;
    let check = move |store: &Store| {
        let Credentials { name, password } = credentials;
        Ok(accounts::who_has_password(store, &name, &password)?)
    };
    let user = desk.stores.read(check).await?;
    drop(checking);
    let Some(user) = user else {
        for key in &keys {
            desk.sign_ins.take(key, Instant::now());
        }
        return Err(ApiError::wrong_password());
    };
    let name = user.name.clone();
    let begin =
        move |store: &mut Store| Ok(accounts::begin_session(store, &name, Timestamp::now())?);
    let secret = desk.stores.write(begin).await?;
    let cookie = cookie(&desk, &secret, accounts::SESSION_SECONDS);
    let view = SessionView::from(&Asker::Known(user, None));
    Ok(([(header::SET_COOKIE, cookie)], Json(view)).into_response())
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "accounts", responses((status = 204)))]
pub(crate) async fn end_session(
    State(desk): State<Desk>,
    Whoever(asker): Whoever,
) -> Result<Response, ApiError> {
    if let Asker::Known(_, Some(secret)) = asker {
        let end = move |store: &mut Store| Ok(accounts::sign_out(store, &secret)?);
        desk.stores.write(end).await?;
    }
    let cookie = cookie(&desk, "", 0);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

pub(super) fn cookie(desk: &Desk, secret: &str, seconds: i64) -> HeaderValue {
    let secure = if desk.behind_https { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}

/// All users.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Users {
    /// By name.
    items: Vec<User>,
}

/// Lists users.
#[utoipa::path(get, path = "/api/v1/users", tag = "accounts",
    responses((status = 200, body = Users), (status = 403, body = ErrorBody)))]
pub(crate) async fn list_users(
    State(desk): State<Desk>,
    Admin(_asker): Admin,
) -> Result<Json<Users>, ApiError> {
    let items = desk
        .stores
        .read(|store| Ok(accounts::list_users(store)?))
        .await?;
    Ok(Json(Users { items }))
}

/// A user to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserToAdd {
    /// 1 to 64 letters, digits or . _ - @
    name: String,
    /// 10 to 256 characters.
    password: String,
    role: Role,
    /// Whether he codes blind: he sees no decision of others before his own.
    #[serde(default)]
    blind: bool,
}

/// Adds a user. From the first on, nobody uses the desk without signing in.
#[utoipa::path(post, path = "/api/v1/users", tag = "accounts", request_body = UserToAdd,
    responses((status = 201, body = User), (status = 403, body = ErrorBody),
              (status = 422, body = ErrorBody)))]
pub(crate) async fn add_user(
    State(desk): State<Desk>,
    Admin(_asker): Admin,
    Body(new): Body<UserToAdd>,
) -> Result<(StatusCode, Json<User>), ApiError> {
    let new = NewUser {
        name: new.name,
        password: new.password,
        role: new.role,
        blind: new.blind,
    };
    let add = move |store: &mut Store| Ok(accounts::add_user(store, &new, now())?);
    Ok((StatusCode::CREATED, Json(desk.stores.write(add).await?)))
}

/// Removes a user. His decisions stay.
#[utoipa::path(delete, path = "/api/v1/users/{name}", tag = "accounts",
    params(("name" = String, Path, description = "A user")),
    responses((status = 204), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(crate) async fn remove_user(
    State(desk): State<Desk>,
    Admin(_asker): Admin,
    Named(name): Named<String>,
) -> Result<StatusCode, ApiError> {
    let remove = move |store: &mut Store| Ok(accounts::remove_user(store, &name)?);
    desk.stores.write(remove).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The asker's tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// The oldest first.
    items: Vec<Token>,
}

/// Lists one's own tokens, without their secrets.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "accounts",
    responses((status = 200, body = Tokens), (status = 401, body = ErrorBody)))]
pub(crate) async fn list_tokens(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
) -> Result<Json<Tokens>, ApiError> {
    let name = owner(&asker)?;
    let read = move |store: &Store| Ok(accounts::list_tokens(store, &name)?);
    let items = desk.stores.read(read).await?;
    Ok(Json(Tokens { items }))
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenToMake {
    /// What it is for.
    label: String,
    /// What may be done with it: viewer if left out.
    role: Option<Role>,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeToken {
    #[serde(flatten)]
    token: Token,
    /// To be sent as `Authorization: Bearer SECRET`. It is told this once.
    secret: String,
}

/// Makes a token for programs.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "accounts", request_body = TokenToMake,
    responses((status = 201, body = MadeToken), (status = 401, body = ErrorBody)))]
pub(crate) async fn make_token(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Body(new): Body<TokenToMake>,
) -> Result<(StatusCode, Json<MadeToken>), ApiError> {
    let name = owner(&asker)?;
    // A token may make no further tokens that outlive it.
    if matches!(asker, Asker::Known(_, None)) {
        return Err(ApiError::not_allowed(
            "tokens are made after signing in, not with a token",
        ));
    }
    let label: String = new
        .label
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    let role = new.role.unwrap_or(Role::Viewer);
    let make =
        move |store: &mut Store| Ok(accounts::make_token(store, &name, &label, role, now())?);
    let (token, secret) = desk.stores.write(make).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token, secret })))
}

/// Revokes one of one's own tokens.
#[utoipa::path(delete, path = "/api/v1/tokens/{token}", tag = "accounts",
    params(("token" = i64, Path, description = "Its number")),
    responses((status = 204), (status = 404, body = ErrorBody)))]
pub(crate) async fn revoke_token(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Named(token): Named<i64>,
) -> Result<StatusCode, ApiError> {
    let name = owner(&asker)?;
    let revoke = move |store: &mut Store| Ok(accounts::revoke_token(store, &name, token)?);
    desk.stores.write(revoke).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn owner(asker: &Asker) -> Result<String, ApiError> {
    asker
        .name()
        .map(str::to_owned)
        .ok_or_else(|| ApiError::not_allowed("a desk without users has no tokens; it needs none"))
}

/// Which entries are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Entries {
    /// Only entries before the one of this number.
    before: Option<i64>,
    /// Most entries: 1 to 1000, 100 if left out.
    limit: Option<usize>,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditLog {
    /// The latest first.
    items: Vec<AuditEntry>,
}

/// Lists what was done: every request that changes something, and every sign-in that was tried.
#[utoipa::path(get, path = "/api/v1/audit", tag = "accounts", params(Entries),
    responses((status = 200, body = AuditLog), (status = 403, body = ErrorBody)))]
pub(crate) async fn show_audit_log(
    State(desk): State<Desk>,
    Admin(_asker): Admin,
    Params(asked): Params<Entries>,
) -> Result<Json<AuditLog>, ApiError> {
    let limit = asked.limit.unwrap_or(100).clamp(1, 1000);
    let read = move |store: &Store| Ok(accounts::audit_log(store, asked.before, limit)?);
    let items = desk.stores.read(read).await?;
    Ok(Json(AuditLog { items }))
}
