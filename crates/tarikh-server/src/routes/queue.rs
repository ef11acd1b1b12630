//! The queue of review: what a person should look at, the deadly and the doubtful first.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use tarikh_record::{ReviewState, Status};
use tarikh_store::{Doubt, Filter, IncidentRow, Order, Page, Store};
use utoipa::{IntoParams, ToSchema};

use crate::blindfold;
use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::Viewer;
use crate::openapi as doc;
use crate::params::Params;
use crate::routes::incidents::slim;

/// Confidence below which a record is called doubtful.
const LOW_CONFIDENCE: f64 = 0.6;

const EVERY_STATE: &[ReviewState] = &[
    ReviewState::Unreviewed,
    ReviewState::Accepted,
    ReviewState::Changed,
    ReviewState::Rejected,
];

/// Which part of the queue is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct QueueOf {
    /// Leaves out incidents that this coder is done with. A blind coder's own name stands here
    /// always.
    coder: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Most incidents: 1 to 200, 50 if left out.
    limit: Option<usize>,
}

/// Part of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Queue {
    /// The most urgent first.
    items: Vec<QueueItem>,
    /// Cursor of the next part; null if this is the last.
    next: Option<String>,
    /// Incidents in the whole queue.
    total: u64,
}

/// An incident that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueItem {
    #[schema(value_type = doc::IncidentRow)]
    incident: IncidentRow,
    /// Why it waits, in words.
    why: Vec<String>,
    /// Incidents that may be the same.
    #[schema(value_type = Vec<doc::Doubt>)]
    doubts: Vec<Doubt>,
}

/// Lists what waits for review: unreviewed incidents, and accepted ones of which more is known now.
#[utoipa::path(get, path = "/api/v1/queue", tag = "review", params(QueueOf),
    responses((status = 200, body = Queue), (status = 400, body = ErrorBody)))]
pub(crate) async fn show_queue(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(asked): Params<QueueOf>,
) -> Result<Json<Queue>, ApiError> {
    // A blind coder codes what is not yet his, whatever others made of it.
    let blind = asker.blind().map(str::to_owned);
    let seer = blind.clone();
    let coder = blind.clone().or(asked.coder);
    let read = move |store: &Store| {
        let filter = Filter {
            to_review: blind.is_none(),
            review: if blind.is_some() {
                EVERY_STATE.to_vec()
            } else {
                Vec::new()
            },
            except: match coder.as_deref() {
                Some(coder) => store.done_by(coder)?.into_iter().collect(),
                None => Vec::new(),
            },
            ..Filter::default()
        };
        let page = Page {
            order: Order::Priority,
            after: asked.cursor,
            limit: asked.limit.unwrap_or(50).clamp(1, 200),
        };
        let found = store.incidents(&filter, &page)?;
        let ids: Vec<String> = found.rows.iter().map(|row| row.id.clone()).collect();
        let mut doubts = store.doubts_of_all(&ids)?;
        let items = found.rows.into_iter().map(|row| {
            let doubts = doubts.remove(&row.id).unwrap_or_default();
            QueueItem {
                why: reasons(&row, &doubts),
                incident: slim(row),
                doubts,
            }
        });
        Ok(Queue {
            items: items.collect(),
            next: found.next,
            total: store.count(&filter)?,
        })
    };
    let seen = move |store: &Store| blindfold::read(store, seer.as_deref(), read);
    Ok(Json(desk.stores.read(seen).await?))
}

fn reasons(row: &IncidentRow, doubts: &[Doubt]) -> Vec<String> {
    let incident = &row.incident;
    let mut why = Vec::new();
    if let Some(n) = incident
        .killed
        .best
        .or(incident.killed.low)
        .filter(|n| 0 < *n)
    {
        why.push(format!("{n} killed"));
    }
    match incident.status {
        Status::Confirmed => {}
        Status::Claimed => why.push("rests on the word of a party".to_owned()),
        Status::Alleged => why.push("alleged".to_owned()),
        Status::Denied => why.push("denied".to_owned()),
    }
    if incident.confidence < LOW_CONFIDENCE {
        why.push(format!("confidence {:.2}", incident.confidence));
    }
    if incident.place.lat.is_none() {
        why.push("no place on the map".to_owned());
    }
    if incident.date_start.is_none() {
        why.push("no date".to_owned());
    }
    match doubts.len() {
        0 => {}
        1 => why.push("may be the same as another".to_owned()),
        n => why.push(format!("may be the same as {n} others")),
    }
    if row.is_stale {
        why.push("more is known since it was accepted".to_owned());
    }
    why
}
