//! What machines ask for: health and the description of the API.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::Value;
use tarikh_store::{Filter, Store};
use utoipa::ToSchema;

use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};

/// That the desk works.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
}

/// Answers `ok` if the database can be read.
#[utoipa::path(get, path = "/healthz", tag = "system",
    responses((status = 200, body = Health), (status = 500, body = ErrorBody)))]
pub(crate) async fn health(State(desk): State<Desk>) -> Result<Json<Health>, ApiError> {
    desk.stores.read(|store| Ok(store.last_change()?)).await?;
    Ok(Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    }))
}

/// The description of this API.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "system",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object)))]
pub(crate) async fn openapi() -> Json<Value> {
    Json(crate::openapi::document())
}

/// Counters for a Prometheus server.
#[utoipa::path(get, path = "/metrics", tag = "system",
    responses((status = 200, description = "Prometheus text format", body = String,
               content_type = "text/plain")))]
pub(crate) async fn show_metrics(State(desk): State<Desk>) -> Result<impl IntoResponse, ApiError> {
    let bytes = desk.stores.file_bytes();
    let read = move |store: &Store| {
        Ok([
            ("tarikh_reports", "Reports stored.", store.n_reports()?),
            (
                "tarikh_incidents",
                "Incidents, without background and rejected ones.",
                store.count(&Filter::default())?,
            ),
            (
                "tarikh_last_change",
                "Number of the last change of an incident.",
                store.last_change()?.unsigned_abs(),
            ),
            ("tarikh_database_bytes", "Size of the database file.", bytes),
        ])
    };
    let gauges = desk.stores.read(read).await?;
    let media_type = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok((media_type, desk.metrics.text(&gauges)))
}
