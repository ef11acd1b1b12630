//! What the reader of a record should know about its reading: the warnings of `docs/warnings.md`.

use tarikh_record::{Incident, Warning};

use crate::incidents;
use crate::reading::Reading;

/// A warning about the whole report.
pub(crate) fn warning(code: &str, message: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        message: message.to_owned(),
        evidence: None,
    }
}

/// What could not be told of the days that the report names.
pub(crate) fn of_dates(reading: &Reading<'_>, incidents: &[Incident]) -> Vec<Warning> {
    let open = |i: &Incident| i.date_text.is_some() && i.date_start.is_none();
    let undated = reading.report.metadata().published.is_none() && incidents.iter().any(open);
    let unresolved = undated.then(|| {
        warning(
            "W001",
            "no publication date is known, so relative dates stay open; --published DATE would resolve them",
        )
    });
    let untold = (reading.report.metadata().published.is_some())
        .then(|| incidents.iter().filter(|i| open(i)))
        .into_iter()
        .flatten()
        .filter(|i| !is_impossible(reading, i))
        .map(|i| {
            let words = i.date_text.as_deref().unwrap_or_default();
            warning(
                "W005",
                &format!("the day of {words:?} cannot be told; the date stays open"),
            )
        });
    let impossible = reading.times.iter().filter(|t| t.impossible).map(|timex| {
        let read_as = match timex.interval {
            Some(_) => format!("it is read as {}", timex.value),
            None => "it is left open".to_owned(),
        };
        Warning {
            evidence: Some(incidents::evidence(reading, timex.span)),
            ..warning("W004", &format!("no such day exists; {read_as}"))
        }
    });
    unresolved
        .into_iter()
        .chain(untold)
        .chain(impossible)
        .collect()
}

/// Whether an incident's date is one that does not exist, which has a warning of its own.
fn is_impossible(reading: &Reading<'_>, incident: &Incident) -> bool {
    let words = incident.date_text.as_deref();
    let mut none = reading.times.iter().filter(|t| t.impossible);
    none.any(|t| Some(reading.report.quote(t.span)) == words)
}
