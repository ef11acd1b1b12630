//! What the arguments say of what is written: the selection, and what is withheld.

use tarikh_io::write::{Places, Publication};
use tarikh_store::{Filter, StoreError};

use crate::desk_args::{PlacesArg, ProfileArg, PublicationArgs, SelectionArgs};

/// The filter that the arguments describe.
///
/// # Errors
/// [`StoreError::Invalid`] for a type that is none of ACLED's.
pub(crate) fn filter(selection: &SelectionArgs) -> anyhow::Result<Filter> {
    let mut filter = Filter {
        since: selection.since.map(|day| day.to_string()),
        until: selection.until.map(|day| day.to_string()),
        countries: selection
            .country
            .iter()
            .map(|code| code.to_uppercase())
            .collect(),
        background: selection.background,
        ..Filter::default()
    };
    for name in &selection.kind {
        let quoted = serde_json::Value::from(name.as_str());
        if let Ok(kind) = serde_json::from_value(quoted.clone()) {
            filter.event_types.push(kind);
        } else if let Ok(kind) = serde_json::from_value(quoted) {
            filter.sub_event_types.push(kind);
        } else {
            let message = format!("\"{name}\" is no event or sub-event type of ACLED");
            return Err(StoreError::Invalid(message).into());
        }
    }
    Ok(filter)
}

/// What is withheld by the arguments; `None` for everything told.
pub(crate) fn publication(args: &PublicationArgs) -> Option<Publication> {
    let places = match args.places {
        PlacesArg::Exact => Places::Exact,
        PlacesArg::Admin2 => Places::Admin2,
        PlacesArg::Admin1 => Places::Admin1,
    };
    (args.profile == ProfileArg::Public).then_some(Publication { places })
}
