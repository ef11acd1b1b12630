//! What a blind coder sees: the machine's values, until he has coded the incident himself.
//!
//! He is done with an incident when he accepted or rejected it; on a blind coder's desk both only
//! note his own values ([`Action::Judge`]), so that the second coder finds the incident as the
//! first did.

use std::collections::BTreeSet;

use serde_json::Value;
use tarikh_store::{Action, CODED_FIELDS, NewDecision, REJECTED, Store, value_of};

use crate::desk::now;
use crate::error::ApiError;

/// Reads for an asker: a blind coder sees neither values nor states that others gave, nor lists that
/// are filtered, ordered or counted by them.
pub(crate) fn read<T>(
    store: &Store,
    blind: Option<&str>,
    read: impl FnOnce(&Store) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    match blind {
        Some(coder) => store.seen_blind(coder, read),
        None => read(store),
    }
}

/// Carries out a blind coder's decision as a note of his own values; returns the last one's number.
pub(crate) fn decide(store: &mut Store, mut new: NewDecision) -> Result<i64, ApiError> {
    if !matches!(new.action, Action::Undo { .. }) {
        // What he sees as one incident, others may have merged with another.
        let seen = |store: &Store| Ok::<_, ApiError>(store.resolve(&new.incident)?);
        new.incident = store.seen_blind(&new.who, seen)?;
    }
    let mut judged: Vec<(String, Value)> = Vec::new();
    match &new.action {
        Action::Judge { field, value } | Action::Change { field, value } => {
            judged.push((field.clone(), value.clone()));
        }
        Action::Background { is_background } => {
            judged.push(("is_background".to_owned(), (*is_background).into()));
        }
        Action::Reject => judged.push((REJECTED.to_owned(), true.into())),
        Action::Accept => {
            judged = store.seen_blind(&new.who, |store| as_it_stands(store, &new))?;
            judged.push((REJECTED.to_owned(), false.into()));
        }
        Action::Undo { decision } => {
            if store.decision(*decision)?.who != new.who {
                let message = "a blind coder undoes his own decisions alone";
                return Err(ApiError::not_allowed(message));
            }
            return Ok(store.decide(&new, now())?);
        }
        _ => {
            let message = "a blind coder gives values; what is one incident is settled afterwards";
            return Err(ApiError::not_allowed(message));
        }
    }
    let mut last = 0;
    for (field, value) in judged {
        let judge = NewDecision {
            action: Action::Judge { field, value },
            ..new.clone()
        };
        last = store.decide(&judge, now())?;
    }
    Ok(last)
}

/// The machine's values of the fields that the coder has not judged yet.
fn as_it_stands(store: &Store, new: &NewDecision) -> Result<Vec<(String, Value)>, ApiError> {
    let own: BTreeSet<String> = store
        .decisions(Some(&new.incident))?
        .into_iter()
        .filter(|decision| decision.who == new.who && !decision.undone)
        .filter_map(|decision| match decision.action {
            Action::Judge { field, .. } => Some(field),
            _ => None,
        })
        .collect();
    let machine = serde_json::to_value(store.incident_undecided(&new.incident)?.incident)?;
    let open = CODED_FIELDS.iter().filter(|field| !own.contains(**field));
    Ok(open
        .map(|field| ((*field).to_owned(), value_of(&machine, field)))
        .collect())
}
