//! Decisions: what people do with incidents.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tarikh_store::{Action, Decision, NewDecision, Store};
use utoipa::{IntoParams, ToSchema};

use crate::blindfold;
use crate::desk::{Desk, now};
use crate::error::{ApiError, ErrorBody};
use crate::guard::{Asker, Coder, NOBODY, Viewer};
use crate::openapi as doc;
use crate::params::{Body, Params};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Accepts the incident as it stands.
    Accept,
    /// Sets `field` to `value`.
    Change,
    /// Makes the accounts of `reports` (or `mentions`) another incident.
    Split,
    /// Joins `other` with it.
    Merge,
    /// Says whether it is told as background only: `value`, true if left out.
    Background,
    /// Says that it is no incident.
    Reject,
    /// Takes back `decision`.
    Undo,
    /// Notes the coder's own value of `field`, without effect on the incident.
    Judge,
    /// Says that `other` is not the same.
    KeepApart,
}

/// A decision to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionToMake {
    kind: Kind,
    /// Id of the incident; not needed to undo.
    #[serde(default)]
    incident: String,
    /// Path of a field of the record (`killed.best`), to change or judge.
    field: Option<String>,
    /// Its value; null for unknown.
    #[serde(default)]
    value: Option<Value>,
    /// Id of another incident, to merge or keep apart.
    other: Option<String>,
    /// Keys of reports whose accounts are split off.
    #[serde(default)]
    reports: Vec<String>,
    /// Keys of single accounts (mentions) that are split off.
    #[serde(default)]
    mentions: Vec<String>,
    /// Number of the decision to undo.
    decision: Option<i64>,
    /// Why, in words.
    reason: Option<String>,
    /// Who decides, on a desk without users; ignored where somebody is signed in.
    who: Option<String>,
}

impl DecisionToMake {
    fn action(&self, store: &Store) -> Result<Action, ApiError> {
        let missing = |name: &str| ApiError::unreadable(format!("this kind needs {name}"));
        let field = || self.field.clone().ok_or_else(|| missing("field"));
        let other = || self.other.clone().ok_or_else(|| missing("other"));
        let value = self.value.clone().unwrap_or(Value::Null);
        Ok(match self.kind {
            Kind::Accept => Action::Accept,
            Kind::Reject => Action::Reject,
            Kind::Change => Action::Change {
                field: field()?,
                value,
            },
            Kind::Judge => Action::Judge {
                field: field()?,
                value,
            },
            Kind::Split => Action::Split {
                mentions: self.accounts(store)?,
            },
            Kind::Merge => Action::Merge {
                other: other()?,
                mentions: Vec::new(),
            },
            Kind::KeepApart => Action::KeepApart {
                other: other()?,
                mentions: Vec::new(),
            },
            Kind::Background => Action::Background {
                is_background: value.as_bool().unwrap_or(true),
            },
            Kind::Undo => Action::Undo {
                decision: self.decision.ok_or_else(|| missing("decision"))?,
            },
        })
    }

    /// The mentions that are named, and those of the reports that are.
    fn accounts(&self, store: &Store) -> Result<Vec<String>, ApiError> {
        let mut mentions = self.mentions.clone();
        if !self.reports.is_empty() {
            let members = store.incident(&self.incident)?.members.into_iter();
            let named = members.filter(|member| self.reports.contains(&member.report.key));
            mentions.extend(named.map(|member| member.mention));
        }
        Ok(mentions)
    }
}

/// A decision that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// Its number.
    id: i64,
    /// The incident that it was made on, by its id now; null if a merge took it back.
    incident: Option<String>,
    /// All incidents that hold the accounts concerned now: two after a split.
    incidents: Vec<String>,
}

/// Makes a decision. A blind coder's is kept as a note of his own values (`judge`).
#[utoipa::path(post, path = "/api/v1/decisions", tag = "review", request_body = DecisionToMake,
    responses((status = 201, body = Decided), (status = 403, body = ErrorBody),
              (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub(crate) async fn decide(
    State(desk): State<Desk>,
    Coder(asker): Coder,
    Body(asked): Body<DecisionToMake>,
) -> Result<(StatusCode, Json<Decided>), ApiError> {
    let who = signature(&asker, asked.who.as_deref());
    let is_blind = asker.blind().is_some();
    let decide = move |store: &mut Store| {
        let new = NewDecision {
            action: asked.action(store)?,
            incident: asked.incident,
            who,
            why: asked.reason.filter(|reason| !reason.trim().is_empty()),
        };
        let id = if is_blind {
            blindfold::decide(store, new)?
        } else {
            store.decide(&new, now())?
        };
        outcome(store, id)
    };
    Ok((StatusCode::CREATED, Json(desk.stores.write(decide).await?)))
}

/// The name that signs: the user's, or on a desk without users the one that he gives.
fn signature(asker: &Asker, given: Option<&str>) -> String {
    let given = given.map(str::trim).filter(|name| !name.is_empty());
    asker.name().or(given).unwrap_or(NOBODY).to_owned()
}

fn outcome(store: &Store, id: i64) -> Result<Decided, ApiError> {
    let decision = store.decision(id)?;
    let mut incidents = BTreeSet::new();
    for mention in decision.mentions.iter().chain(decision.action.others()) {
        // A mention at rest is in no incident.
        incidents.extend(store.resolve(mention).ok());
    }
    Ok(Decided {
        id,
        incident: store.resolve(&decision.incident).ok(),
        incidents: incidents.into_iter().collect(),
    })
}

/// Whose decisions are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Decisions {
    /// Only those on the incident of this id.
    incident: Option<String>,
    /// Only those of this coder.
    who: Option<String>,
}

/// Decisions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionList {
    /// In their order, those undone marked.
    #[schema(value_type = Vec<doc::Decision>)]
    items: Vec<Decision>,
}

/// Lists decisions.
#[utoipa::path(get, path = "/api/v1/decisions", tag = "review", params(Decisions),
    responses((status = 200, body = DecisionList), (status = 404, body = ErrorBody)))]
pub(crate) async fn list_decisions(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(asked): Params<Decisions>,
) -> Result<Json<DecisionList>, ApiError> {
    let blind = asker.blind().map(str::to_owned);
    let read = move |store: &Store| {
        let mut items = store.decisions(asked.incident.as_deref())?;
        if let Some(who) = &asked.who {
            items.retain(|decision| decision.who == *who);
        }
        Ok(DecisionList { items })
    };
    let seen = move |store: &Store| blindfold::read(store, blind.as_deref(), read);
    Ok(Json(desk.stores.read(seen).await?))
}
