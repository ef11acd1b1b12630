//! Two coders compared.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tarikh_store::{Agreement, Store};
use utoipa::{IntoParams, ToSchema};

use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::Viewer;
use crate::params::Params;

/// Which coders are compared.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Coders {
    /// The one; the first by name if left out.
    a: Option<String>,
    /// The other; the second by name if left out.
    b: Option<String>,
}

/// How far two coders agree.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementView {
    /// Everybody who ever decided.
    coders: Vec<String>,
    /// The one; null where there are not two.
    a: Option<String>,
    /// The other.
    b: Option<String>,
    /// Incidents that both coded.
    n_incidents: usize,
    /// By field.
    fields: Vec<AgreedField>,
    /// Values to settle, by incident and field.
    disagreements: Vec<ToSettle>,
}

/// Agreement on a field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreedField {
    /// Path of the field.
    field: String,
    /// nominal (the same or not) or interval (numbers, days).
    level: String,
    /// Incidents on which both gave a value.
    n: usize,
    /// Those on which the values are the same.
    n_same: usize,
    /// Krippendorff's alpha: 1 for full agreement, 0 for chance; null where nothing varies.
    alpha: Option<f64>,
}

/// A value on which they differ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToSettle {
    /// Id of the incident.
    incident: String,
    /// Path of the field.
    field: String,
    /// The one's value.
    a: Value,
    /// The other's value.
    b: Value,
    /// Whether a person has set it since.
    settled: bool,
}

/// Compares two coders: Krippendorff's alpha by field, and the values to settle.
///
/// A blind coder sees what concerns incidents that he and both of them are done with.
#[utoipa::path(get, path = "/api/v1/agreement", tag = "review", params(Coders),
    responses((status = 200, body = AgreementView), (status = 401, body = ErrorBody)))]
pub(crate) async fn show_agreement(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Params(asked): Params<Coders>,
) -> Result<Json<AgreementView>, ApiError> {
    let blind = asker.blind().map(str::to_owned);
    let read = move |store: &Store| {
        let coders = store.coders()?;
        let mut names = coders.iter().cloned();
        let (a, b) = (
            asked.a.or_else(|| names.next()),
            asked.b.or_else(|| names.next()),
        );
        let compared = match (&a, &b) {
            (Some(a), Some(b)) => Some(store.agreement(a, b, blind.as_deref())?),
            _ => None,
        };
        Ok(view(coders, a, b, compared))
    };
    Ok(Json(desk.stores.read(read).await?))
}

fn view(
    coders: Vec<String>,
    a: Option<String>,
    b: Option<String>,
    compared: Option<Agreement>,
) -> AgreementView {
    let (n_incidents, fields, disagreements) = match compared {
        Some(found) => (found.n_incidents, found.fields, found.disagreements),
        None => (0, Vec::new(), Vec::new()),
    };
    let fields = fields.into_iter().map(|field| AgreedField {
        level: format!("{:?}", field.level).to_lowercase(),
        field: field.field,
        n: field.n,
        n_same: field.n_same,
        alpha: field.alpha,
    });
    let disagreements = disagreements.into_iter().map(|one| ToSettle {
        incident: one.incident,
        field: one.field,
        a: one.a,
        b: one.b,
        settled: one.settled,
    });
    AgreementView {
        coders,
        a,
        b,
        n_incidents,
        fields: fields.collect(),
        disagreements: disagreements.collect(),
    }
}
