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
    unresolved.into_iter().chain(impossible).collect()
}
