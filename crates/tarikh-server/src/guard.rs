//! Who asks, and whether he may: before any route runs.
//!
//! - A desk without users serves whoever reaches it, which is its own machine alone; but only by a
//!   name of that machine, so that no page of another site can reach it through a name of its own.
//! - A desk with users knows its askers by a session (cookie) or a token (`Authorization: Bearer`).
//! - What changes something must carry `X-Tarikh: 1`, which no page of another site can send, and
//!   come from the desk's own pages as far as the browser tells. Tokens need neither.
//! - What changes something is noted in the audit log, with its outcome.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::accounts::{self, AuditEntry, Role, User};
use crate::desk::{Desk, now};
use crate::error::ApiError;
use crate::listen::Client;

/// The cookie's name.
pub(crate) const COOKIE: &str = "tarikh_session";

/// The name that signs decisions on a desk without users, if the request gives none.
pub(crate) const NOBODY: &str = "desk";

/// The whole path that a client asked for.
#[derive(Clone, Debug)]
pub(crate) struct AskedPath(pub(crate) String);

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) enum Asker {
    /// Whoever sits at a desk without users.
    Anyone,
    /// A user; his session's secret if he has one.
    Known(User, Option<String>),
    /// Nobody who signed in.
    Stranger,
}

impl Asker {
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Known(user, _) => Some(&user.name),
            Self::Anyone | Self::Stranger => None,
        }
    }

    pub(crate) fn role(&self) -> Option<Role> {
        match self {
            Self::Anyone => Some(Role::Admin),
            Self::Known(user, _) => Some(user.role),
            Self::Stranger => None,
        }
    }

    /// The coder who must not see what others decided; `None` for whoever may.
    pub(crate) fn blind(&self) -> Option<&str> {
        match self {
            Self::Known(user, _) if user.blind => Some(&user.name),
            _ => None,
        }
    }

    fn at_least(&self, role: Role) -> Result<(), ApiError> {
        match self.role() {
            None => Err(ApiError::not_signed_in()),
            Some(has) if has < role => {
                Err(ApiError::not_allowed(format!("this needs the role {role}")))
            }
            Some(_) => Ok(()),
        }
    }
}

/// Finds out who asks, and refuses what no route should see.
pub(crate) async fn identify(
    State(desk): State<Desk>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = client(&desk, &request);
    if let Some(client) = client {
        request.extensions_mut().insert(Client(client));
    }
    let asker = match asker(&desk, request.headers()).await {
        Ok(asker) => asker,
        Err(error) => return error.into_response(),
    };
    if let Err(error) = admit(&desk, &asker, client, &request) {
        return error.into_response();
    }
    let changes = !is_reading(request.method());
    // Inside the API the address has lost its beginning.
    let path = request.extensions().get::<AskedPath>();
    let path = path.map_or_else(|| request.uri().path(), |path| &path.0);
    let what = format!("{} {path}", request.method());
    request.extensions_mut().insert(asker.clone());
    let response = next.run(request).await;
    let is_worth_noting = !matches!(asker, Asker::Stranger) || what.ends_with("/session");
    if changes && is_worth_noting {
        let entry = AuditEntry {
            entry: 0,
            at: now().to_string(),
            who: asker.name().map(str::to_owned),
            address: client.map(|client| client.to_string()),
            what,
            status: response.status().as_u16(),
        };
        let noted = desk
            .stores
            .write(move |store| Ok(accounts::note(store, &entry)?))
            .await;
        if let Err(error) = noted {
            (desk.log)(&format!(
                "the audit log cannot be written: {}",
                error.message
            ));
        }
    }
    response
}

/// The client's address: behind a proxy, the one that the proxy adds last to those it was told, so
/// that one client's failed sign-ins do not lock out all.
fn client(desk: &Desk, request: &Request) -> Option<IpAddr> {
    let mut told = request.headers().get_all("x-forwarded-for").into_iter();
    let last = told.next_back().filter(|_| desk.behind_https);
    let told = last
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|address| address.trim().parse().ok());
    told.or_else(|| request.extensions().get::<Client>().map(|client| client.0))
}

async fn asker(desk: &Desk, headers: &HeaderMap) -> Result<Asker, ApiError> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(|token| token.trim().to_owned());
    let cookie = cookie(headers);
    let is_local = desk.is_local;
    let read = move |store: &tarikh_store::Store| {
        if !accounts::has_users(store)? {
            // The last user may be removed while others can reach the desk.
            return Ok(if is_local {
                Asker::Anyone
            } else {
                Asker::Stranger
            });
        }
        if let Some(token) = bearer {
            let user = accounts::who_has_token(store, &token)?;
            return Ok(user.map_or(Asker::Stranger, |user| Asker::Known(user, None)));
        }
        let Some(secret) = cookie else {
            return Ok(Asker::Stranger);
        };
        let user = accounts::who_has_session(store, &secret, Timestamp::now())?;
        Ok(user.map_or(Asker::Stranger, |user| Asker::Known(user, Some(secret))))
    };
    desk.stores.read(read).await
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter();
    let pairs = all.filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, secret)| secret.to_owned())
}

/// Refuses what is too frequent, comes by a foreign name, or may be another site's doing.
fn admit(
    desk: &Desk,
    asker: &Asker,
    client: Option<IpAddr>,
    request: &Request,
) -> Result<(), ApiError> {
    let headers = request.headers();
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    match asker {
        Asker::Anyone if !is_loopback_name(host) || is_passed_on(headers) => {
            let message = "this desk has no users and answers to localhost alone";
            return Err(ApiError::foreign(message));
        }
        Asker::Anyone => {}
        _ => {
            let key = match asker.name() {
                Some(name) => format!("user {name}"),
                None => client.map_or_else(String::new, |client| client.to_string()),
            };
            if !desk.requests.take(&key, Instant::now()) {
                return Err(ApiError::too_often());
            }
        }
    }
    let has_token = matches!(asker, Asker::Known(_, None));
    if is_reading(request.method()) || has_token {
        return Ok(());
    }
    let ours = |origin: &str| {
        origin
            .split_once("://")
            .is_some_and(|(_, name)| name == host)
    };
    let is_foreign = text(header::ORIGIN).is_some_and(|origin| !ours(origin))
        || headers
            .get("sec-fetch-site")
            .is_some_and(|site| site != "same-origin" && site != "none");
    if is_foreign {
        return Err(ApiError::foreign(
            "a page of another site may change nothing",
        ));
    }
    if headers.get("x-tarikh").is_none_or(|value| value != "1") {
        return Err(ApiError::foreign(
            "what changes something carries X-Tarikh: 1",
        ));
    }
    Ok(())
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a proxy asks, for somebody who may be anywhere.
fn is_passed_on(headers: &HeaderMap) -> bool {
    let marks = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    marks.iter().any(|mark| headers.contains_key(*mark))
}

/// Whether a Host header names this machine as only itself can.
fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split_once(']').map_or("", |(address, _)| address),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    let is_address = name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    is_address || name.eq_ignore_ascii_case("localhost")
}

/// Lets nobody further who has not signed in.
pub(crate) async fn members_only(request: Request, next: Next) -> Response {
    let asker = request.extensions().get::<Asker>();
    match asker.map_or(Err(ApiError::not_signed_in()), |a| a.at_least(Role::Viewer)) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

macro_rules! extractors {
    ($($(#[$about:meta])* $name:ident at least $role:expr),+ $(,)?) => {$(
        $(#[$about])*
        pub(crate) struct $name(pub(crate) Asker);

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
                let asker = parts.extensions.get::<Asker>().cloned();
                let asker = asker.ok_or_else(ApiError::not_signed_in)?;
                asker.at_least($role)?;
                Ok(Self(asker))
            }
        }
    )+};
}

extractors! {
    /// Somebody who may read.
    Viewer at least Role::Viewer,
    /// Somebody who may decide.
    Coder at least Role::Coder,
    /// Somebody who may keep users.
    Admin at least Role::Admin,
}

/// Whoever asks, signed in or not.
pub(crate) struct Whoever(pub(crate) Asker);

impl<S: Sync> FromRequestParts<S> for Whoever {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let asker = parts.extensions.get::<Asker>().cloned();
        Ok(Self(asker.unwrap_or(Asker::Stranger)))
    }
}

#[cfg(test)]
mod tests {
    use super::is_loopback_name;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for host in [
            "localhost",
            "localhost:7878",
            "127.0.0.1:7878",
            "[::1]:7878",
            "LocalHost:1",
        ] {
            assert!(is_loopback_name(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:7878",
            "10.0.0.1",
            "[::2]:1",
        ] {
            assert!(!is_loopback_name(host), "{host}");
        }
    }
}
