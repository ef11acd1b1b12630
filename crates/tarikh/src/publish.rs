//! What the arguments say of what is written: the selection, and what is withheld.

use tarikh_io::write::{Places, Publication};
use tarikh_store::{Filter, StoreError};

use crate::desk_args::{PlacesArg, ProfileArg, PublicationArgs, SelectionArgs};

/// The filter that the arguments describe.
///
/// # Errors
/// [`StoreError::Invalid`] for a type that is none of ACLED's, or what is no code of a country.
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
    for code in &filter.countries {
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
            let message = format!("\"{code}\" is no code of a country: two letters, as ML");
            return Err(StoreError::Invalid(message).into());
        }
    }
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
///
/// # Errors
/// [`StoreError::Invalid`] for coarse places without the profile that makes them so: whoever asks
/// for them must not get exact ones.
pub(crate) fn publication(args: &PublicationArgs) -> anyhow::Result<Option<Publication>> {
    if args.profile != ProfileArg::Public && !matches!(args.places, PlacesArg::Exact) {
        let message = "--places needs --profile public, which makes places coarser".to_owned();
        return Err(StoreError::Invalid(message).into());
    }
    let places = match args.places {
        PlacesArg::Exact => Places::Exact,
        PlacesArg::Admin2 => Places::Admin2,
        PlacesArg::Admin1 => Places::Admin1,
    };
    Ok((args.profile == ProfileArg::Public).then_some(Publication { places }))
}
