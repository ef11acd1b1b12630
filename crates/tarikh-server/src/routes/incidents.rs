//! Incidents: lists, points, counts, one with all that is known, two compared.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tarikh_link::{Comparison, Policy};
use tarikh_record::LinkedIncident;
use tarikh_store::{
    Change, Decision, Doubt, Facet, Filter, IncidentPoint, IncidentRow, Page, Release, Store,
};
use utoipa::{IntoParams, ToSchema};

use crate::blindfold;
use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::{Asker, Viewer};
use crate::memory::{self, Asked};
use crate::openapi as doc;
use crate::params::{Named, Params};
use crate::query::{PagedSelection, Selection, day, policy};

/// Most values of a facet; there are more days than that in no list that a screen can draw.
const MAX_VALUES: usize = 5000;

/// Rows that the screen asks for at first.
const SCREEN_ROWS: usize = 100;

/// A page of incidents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentPage {
    /// The rows. Their records lack `provenance`, `claims` and `evidence_also`, which the incident
    /// itself has.
    #[schema(value_type = Vec<doc::IncidentRow>)]
    items: Vec<IncidentRow>,
    /// Cursor of the next page; null if this is the last.
    next: Option<String>,
    /// Incidents on all pages.
    total: u64,
}

/// Lists incidents, a page at a time.
#[utoipa::path(get, path = "/api/v1/incidents", tag = "incidents", params(PagedSelection),
    responses((status = 200, body = IncidentPage), (status = 400, body = ErrorBody)))]
pub(crate) async fn list_incidents(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(selected): Params<PagedSelection>,
    asked: Asked,
) -> Result<Response, ApiError> {
    let (filter, page) = (selected.filter()?, selected.page()?);
    let list = move |store: &Store| page_of(store, &filter, &page);
    answer(&desk, asked, &asker, list).await
}

fn page_of(store: &Store, filter: &Filter, page: &Page) -> Result<IncidentPage, ApiError> {
    let found = store.incidents(filter, page)?;
    let is_whole = page.after.is_none() && found.next.is_none();
    let total = if is_whole {
        found.rows.len() as u64
    } else {
        store.count(filter)?
    };
    Ok(IncidentPage {
        items: found.rows.into_iter().map(slim).collect(),
        next: found.next,
        total,
    })
}

/// Reads what the screen asks for first, so that its first visitor does not wait for it.
pub(crate) async fn warm(desk: &Desk) -> Result<(), ApiError> {
    let first = Page {
        limit: SCREEN_ROWS,
        ..Page::default()
    };
    let rows = Asked::at(&format!("/incidents?limit={SCREEN_ROWS}"));
    memory::answer(desk, rows, move |store| {
        page_of(store, &Filter::default(), &first)
    })
    .await?;
    memory::answer(desk, Asked::at("/points"), |store| {
        points_of(store, &Filter::default())
    })
    .await?;
    memory::answer(desk, Asked::at("/facets"), |store| {
        facets_of(store, &Filter::default())
    })
    .await?;
    Ok(())
}

/// Answers with what the asker may see. What a blind coder sees is his alone, and is not kept.
async fn answer<T: Serialize + Send + 'static>(
    desk: &Desk,
    asked: Asked,
    asker: &Asker,
    read: impl FnOnce(&Store) -> Result<T, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let Some(coder) = asker.blind().map(str::to_owned) else {
        return memory::answer(desk, asked, read).await;
    };
    let seen = move |store: &Store| blindfold::read(store, Some(&coder), read);
    Ok(Json(desk.stores.read(seen).await?).into_response())
}

/// A row without what only the incident's own page shows.
pub(crate) fn slim(mut row: IncidentRow) -> IncidentRow {
    row.incident.provenance.clear();
    row.incident.claims.clear();
    row.incident.evidence_also.clear();
    row
}

/// Incidents as columns: the n-th of each belongs to the n-th incident.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Points {
    /// Ids.
    id: Vec<String>,
    /// Degrees east; null where no point is known.
    lon: Vec<Option<f64>>,
    /// Degrees north.
    lat: Vec<Option<f64>>,
    /// How far around the point it may have been.
    radius_km: Vec<Option<f64>>,
    /// UCDP `where_prec`: what the point stands for; from 3 on an area, whose middle it is.
    precision: Vec<Option<u8>>,
    /// First possible day.
    date: Vec<Option<String>>,
    /// From the first to the last possible day: 0 where it is one day.
    days: Vec<Option<u32>>,
    /// Killed: best, else low.
    killed: Vec<Option<u32>>,
    /// ACLED event type.
    event_type: Vec<String>,
}

/// Every incident of a set with its point, for maps and timelines.
#[utoipa::path(get, path = "/api/v1/points", tag = "incidents", params(Selection),
    responses((status = 200, body = Points), (status = 400, body = ErrorBody)))]
pub(crate) async fn list_points(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(selected): Params<Selection>,
    asked: Asked,
) -> Result<Response, ApiError> {
    let filter = selected.filter()?;
    let read = move |store: &Store| points_of(store, &filter);
    answer(&desk, asked, &asker, read).await
}

fn points_of(store: &Store, filter: &Filter) -> Result<Points, ApiError> {
    let mut points = Points::default();
    for point in store.points(filter)? {
        points.days.push(days_of(&point));
        points.id.push(point.id);
        points.lon.push(point.lon);
        points.lat.push(point.lat);
        points.radius_km.push(point.radius_km);
        points.precision.push(point.precision);
        points.date.push(point.date_start);
        points.killed.push(point.killed);
        points.event_type.push(point.event_type);
    }
    Ok(points)
}

fn days_of(point: &IncidentPoint) -> Option<u32> {
    let start = point.date_start.as_deref()?;
    let Some(end) = point.date_end.as_deref().filter(|end| *end != start) else {
        return Some(0);
    };
    let (start, end): (Date, Date) = (start.parse().ok()?, end.parse().ok()?);
    u32::try_from((end - start).get_days()).ok()
}

/// A value and how many incidents have it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Counted {
    /// The value; null where it is unknown.
    value: Option<String>,
    /// Incidents.
    count: u64,
}

/// Counts by several values. Each ignores the condition on itself, so that one sees what else
/// could be chosen: `country` counts all countries even where `country=ML` is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    /// By country code.
    country: Vec<Counted>,
    /// By ACLED event type.
    event_type: Vec<Counted>,
    /// By ACLED sub-event type.
    sub_event_type: Vec<Counted>,
    /// By actor; the 100 most frequent. An incident counts for each of its actors.
    actor: Vec<Counted>,
    /// By state of review.
    state: Vec<Counted>,
    /// By first possible day, in order.
    day: Vec<Counted>,
}

/// Counts the incidents of a set.
#[utoipa::path(get, path = "/api/v1/facets", tag = "incidents", params(Selection),
    responses((status = 200, body = Facets), (status = 400, body = ErrorBody)))]
pub(crate) async fn count_facets(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(selected): Params<Selection>,
    asked: Asked,
) -> Result<Response, ApiError> {
    let filter = selected.filter()?;
    let read = move |store: &Store| facets_of(store, &filter);
    answer(&desk, asked, &asker, read).await
}

fn facets_of(store: &Store, filter: &Filter) -> Result<Facets, ApiError> {
    let count = |by: Facet, forget: fn(&mut Filter), limit: usize| {
        let mut others = filter.clone();
        forget(&mut others);
        let counted = store.counts(&others, by, limit)?.into_iter();
        Ok::<_, ApiError>(
            counted
                .map(|(value, count)| Counted { value, count })
                .collect(),
        )
    };
    Ok(Facets {
        country: count(Facet::Country, |f| f.countries.clear(), MAX_VALUES)?,
        event_type: count(Facet::EventType, |f| f.event_types.clear(), MAX_VALUES)?,
        sub_event_type: count(
            Facet::SubEventType,
            |f| f.sub_event_types.clear(),
            MAX_VALUES,
        )?,
        actor: count(Facet::Actor, |f| f.actor = None, 100)?,
        state: count(Facet::Review, |f| f.review.clear(), MAX_VALUES)?,
        day: count(
            Facet::Day,
            |f| {
                f.since = None;
                f.until = None;
            },
            MAX_VALUES,
        )?,
    })
}

/// How an incident is shown.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct View {
    /// ucdp (the default), acled or cautious: how the toll is made of claims.
    policy: Option<String>,
    /// What was known at the end of this day, without decisions of people.
    as_of: Option<String>,
}

/// An incident with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentView {
    #[serde(flatten)]
    #[schema(value_type = doc::LinkedIncident)]
    linked: LinkedIncident,
    /// Incidents that may be the same, the likeliest first.
    #[schema(value_type = Vec<doc::Doubt>)]
    doubts: Vec<Doubt>,
    /// Decisions on it, those undone included, in their order.
    #[schema(value_type = Vec<doc::Decision>)]
    decisions: Vec<Decision>,
}

/// Shows an incident: values, reports, ledger, doubts, decisions.
///
/// The id may be that of an incident merged into another, or the beginning of an id.
#[utoipa::path(get, path = "/api/v1/incidents/{id}", tag = "incidents",
    params(("id" = String, Path, description = "Id of an incident"), View),
    responses((status = 200, body = IncidentView), (status = 404, body = ErrorBody)))]
pub(crate) async fn show_incident(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Named(id): Named<String>,
    Params(view): Params<View>,
) -> Result<Json<IncidentView>, ApiError> {
    let policy = policy(view.policy.as_deref())?.unwrap_or(Policy::Ucdp);
    let as_of = day("as_of", view.as_of.as_deref())?;
    let blind = asker.blind().map(str::to_owned);
    let read = move |store: &Store| {
        let linked = match as_of.as_deref().and_then(|day| day.parse().ok()) {
            Some(day) => store.incident_as_of(&id, day)?,
            None => Some(store.incident_by(&id, policy)?),
        };
        let linked = linked.ok_or_else(|| {
            ApiError::unknown("no report of that day or before tells of this incident")
        })?;
        Ok(IncidentView {
            doubts: store.doubts_of(&linked.id)?,
            decisions: store.decisions(Some(&linked.id))?,
            linked,
        })
    };
    let seen = move |store: &Store| blindfold::read(store, blind.as_deref(), read);
    Ok(Json(desk.stores.read(seen).await?))
}

/// What speaks for and against two incidents being the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Compared {
    /// Mention of the one that was compared.
    a: String,
    /// Mention of the other.
    b: String,
    /// Sum of the features' weights.
    score: f64,
    /// same, doubtful or different.
    verdict: String,
    /// The features.
    features: Vec<Speaks>,
}

/// One feature.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Speaks {
    /// What was compared (`date`, `place`, `toll`).
    name: String,
    /// Above zero for, below zero against.
    weight: f64,
    /// What was found, in words.
    note: String,
}

/// Compares two incidents, or two mentions.
#[utoipa::path(get, path = "/api/v1/incidents/{a}/compare/{b}", tag = "incidents",
    params(("a" = String, Path, description = "An incident or a mention"),
           ("b" = String, Path, description = "Another")),
    responses((status = 200, body = Compared), (status = 404, body = ErrorBody)))]
pub(crate) async fn compare_incidents(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Named((a, b)): Named<(String, String)>,
) -> Result<Json<Compared>, ApiError> {
    let blind = asker.blind().map(str::to_owned);
    let read = move |store: &Store| Ok(store.compare(&a, &b)?);
    let seen = move |store: &Store| blindfold::read(store, blind.as_deref(), read);
    let (a, b, found): (String, String, Comparison) = desk.stores.read(seen).await?;
    let features = found.features.into_iter().map(|feature| Speaks {
        name: feature.name.to_owned(),
        weight: feature.weight,
        note: feature.note,
    });
    Ok(Json(Compared {
        a,
        b,
        score: found.score,
        verdict: format!("{:?}", found.verdict).to_lowercase(),
        features: features.collect(),
    }))
}

/// Which changes are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Since {
    /// Number of the last change that is known; 0, or left out, for all.
    since: i64,
    /// Instead of a number: the name of a release, for what became of incidents since it was made.
    release: Option<String>,
    /// Most changes: 1 to 10000, 1000 if left out.
    limit: Option<usize>,
}

/// What became of incidents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// The changes, the oldest first.
    #[schema(value_type = Vec<doc::Change>)]
    items: Vec<Change>,
    /// Ask again with this number as `since`.
    last: i64,
}

/// Lists what became of incidents after a change: new, revised, merged, split, withdrawn.
#[utoipa::path(get, path = "/api/v1/changes", tag = "incidents", params(Since),
    responses((status = 200, body = Changes), (status = 400, body = ErrorBody),
              (status = 403, body = ErrorBody)))]
pub(crate) async fn list_changes(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(asked): Params<Since>,
) -> Result<Json<Changes>, ApiError> {
    if asker.blind().is_some() {
        let message = "the changes tell what others decide; a blind coder sees them afterwards";
        return Err(ApiError::not_allowed(message));
    }
    if asked.release.is_some() && 0 < asked.since {
        let message = "since and release are two ways to say the same: give one of them";
        return Err(ApiError::unreadable(message));
    }
    let limit = asked.limit.unwrap_or(1000).clamp(1, 10_000);
    let read = move |store: &Store| {
        let since = match &asked.release {
            Some(version) => last_change_of(store, version)?,
            None => asked.since,
        };
        let items = store.changes(since, limit)?;
        let last = items.last().map_or(since, |change| change.change);
        Ok(Changes { items, last })
    };
    Ok(Json(desk.stores.read(read).await?))
}

/// The last change that a release holds.
fn last_change_of(store: &Store, version: &str) -> Result<i64, ApiError> {
    let releases = store.releases()?;
    let found = releases.iter().find(|release| release.version == version);
    let found = found.ok_or_else(|| ApiError::unknown("there is no release of that name"))?;
    Ok(found.change)
}

/// The releases that were made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Releases {
    /// The oldest first.
    #[schema(value_type = Vec<doc::Release>)]
    items: Vec<Release>,
}

/// Lists the releases made of this database.
#[utoipa::path(get, path = "/api/v1/releases", tag = "incidents",
    responses((status = 200, body = Releases)))]
pub(crate) async fn list_releases(
    State(desk): State<Desk>,
    Viewer(_asker): Viewer,
) -> Result<Json<Releases>, ApiError> {
    let read = |store: &Store| Ok(store.releases()?);
    let items = desk.stores.read(read).await?;
    Ok(Json(Releases { items }))
}
