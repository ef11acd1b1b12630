//! Changes as they happen, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tarikh_store::{Change, ChangeKind, Store};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::Viewer;

/// How often the database is asked: other programs write to it too.
const PAUSE: Duration = Duration::from_millis(500);

/// Most changes sent at once.
const BATCH: usize = 100;

/// Follows the changes from now on, or from the one that `Last-Event-ID` names.
///
/// Each event is named after the kind of change (`new`, `revised`, `merged`, `split`,
/// `withdrawn`; to a blind coder `new` alone), its id is the number of the change, its data the change as in `/changes`.
#[utoipa::path(get, path = "/api/v1/events", tag = "incidents",
    responses((status = 200, description = "Server-sent events", content_type = "text/event-stream",
               body = String), (status = 429, body = ErrorBody)))]
pub(crate) async fn follow_changes(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let is_blind = asker.blind().is_some();
    let slot = desk.event_streams.clone().try_acquire_owned();
    let slot = slot.map_err(|_| ApiError::too_often())?;
    let asked = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let mut last = match asked {
        Some(last) => last,
        None => desk.stores.read(|store| Ok(store.last_change()?)).await?,
    };
    let (sender, receiver) = mpsc::channel::<Result<Event, Infallible>>(BATCH);
    tokio::spawn(async move {
        let _slot = slot;
        loop {
            let read = move |store: &Store| Ok(store.changes(last, BATCH)?);
            let Ok(changes) = desk.stores.read(read).await else {
                return;
            };
            for change in changes {
                last = change.change;
                // All else may follow from what others decide.
                if is_blind && change.kind != ChangeKind::New {
                    continue;
                }
                if sender.send(Ok(event(&change))).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = sender.closed() => return,
                () = desk.until_stopped() => return,
            }
        }
    });
    let events = Sse::new(ReceiverStream::new(receiver));
    Ok(events.keep_alive(KeepAlive::default()).into_response())
}

fn event(change: &Change) -> Event {
    let kind = serde_json::to_value(change.kind).unwrap_or_default();
    let data = serde_json::to_string(change).unwrap_or_default();
    Event::default()
        .id(change.change.to_string())
        .event(kind.as_str().unwrap_or("revised"))
        .data(data)
}
