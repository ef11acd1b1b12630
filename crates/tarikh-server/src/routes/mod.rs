//! All routes. Each module holds those of one thing.

mod accounts;
mod agreement;
mod decisions;
mod events;
mod export;
mod incidents;
mod password;
mod queue;
mod reports;
mod system;

use std::any::Any;
use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::desk::Desk;
use crate::error::ApiError;
use crate::{assets, guard, headers};

pub(crate) use accounts::*;
pub(crate) use agreement::*;
pub(crate) use decisions::*;
pub(crate) use events::*;
pub(crate) use export::*;
pub(crate) use incidents::*;
pub(crate) use password::*;
pub(crate) use queue::*;
pub(crate) use reports::*;
pub(crate) use system::*;

/// The whole desk: API, screen and what machines ask for.
pub(crate) fn router(desk: &Desk) -> Router {
    let report_size = DefaultBodyLimit::max(desk.limits.report_bytes);
    let members = Router::new()
        .route("/incidents", get(list_incidents))
        .route("/incidents/{id}", get(show_incident))
        .route("/incidents/{a}/compare/{b}", get(compare_incidents))
        .route("/points", get(list_points))
        .route("/facets", get(count_facets))
        .route(
            "/reports",
            get(search_reports).post(add_report).layer(report_size),
        )
        .route("/reports/file", post(add_file).layer(report_size))
        .route("/reports/{id}", get(show_report))
        .route("/decisions", get(list_decisions).post(decide))
        .route("/queue", get(show_queue))
        .route("/agreement", get(show_agreement))
        .route("/changes", get(list_changes))
        .route("/releases", get(list_releases))
        .route("/events", get(follow_changes))
        .route("/export/{name}", get(export))
        .route("/users", get(list_users).post(add_user))
        .route("/users/{name}", delete(remove_user))
        .route("/users/{name}/password", put(set_password))
        .route("/tokens", get(list_tokens).post(make_token))
        .route("/tokens/{token}", delete(revoke_token))
        .route("/audit", get(show_audit_log))
        .layer(from_fn(guard::members_only));
    let api = members
        .route(
            "/session",
            get(show_session).post(begin_session).delete(end_session),
        )
        .route("/openapi.json", get(openapi))
        .layer(from_fn_with_state(desk.clone(), guard::identify));
    let metrics = Router::new()
        .route("/metrics", get(show_metrics))
        .layer(from_fn(guard::members_only))
        .layer(from_fn_with_state(desk.clone(), guard::identify));
    Router::new()
        .nest("/api/v1", api)
        .merge(metrics)
        .route("/healthz", get(health))
        .fallback(get(assets::serve))
        .method_not_allowed_fallback(async || ApiError::wrong_method())
        .layer(DefaultBodyLimit::max(desk.limits.body_bytes))
        .layer(from_fn_with_state(desk.clone(), in_time))
        // Four megabytes of points are sooner sent than well compressed.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(desk.clone(), observe))
        .layer(from_fn(headers::secure))
        .with_state(desk.clone())
}

/// A panic is a fault of ours, and costs one request.
fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    let message = format!("a request panicked: {}", text.unwrap_or_default());
    ApiError::internal(message).into_response()
}

/// A client that sends its request too slowly, or asks for what takes too long, is told so. A
/// stream has begun by then and goes on.
async fn in_time(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(desk.limits.request, next.run(request));
    answer
        .await
        .unwrap_or_else(|_| ApiError::too_slow().into_response())
}

/// Counts requests, and tells the server's keeper what clients are not told.
async fn observe(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let path = guard::AskedPath(request.uri().path().to_owned());
    request.extensions_mut().insert(path);
    let response = next.run(request).await;
    if let Some(error) = response.extensions().get::<ApiError>()
        && let Some(fault) = &error.fault
    {
        (desk.log)(&format!("{method} {route}: {fault}"));
    }
    desk.metrics
        .count(&method, &route, response.status(), begun.elapsed());
    response
}
