//! From the database to what is written: selection, tolls by policy, and what is withheld.

use std::collections::BTreeSet;

use anyhow::Context;
use tarikh_io::write::{Places, Publication, Redactor};
use tarikh_link::Policy;
use tarikh_record::LinkedIncident;
use tarikh_store::{Filter, Store, StoreError};

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

/// The incidents of a database as they are written out.
pub(crate) struct Publisher<'a> {
    store: &'a Store,
    filter: Filter,
    /// What is withheld, and all names that are; `None` for everything told.
    public: Option<(Publication, Redactor)>,
}

impl<'a> Publisher<'a> {
    /// Prepares to write; for the public profile it reads all incidents once, since what is
    /// withheld of one must not stand in another.
    pub(crate) fn new(
        store: &'a Store,
        filter: Filter,
        args: &PublicationArgs,
    ) -> anyhow::Result<Self> {
        let mut publisher = Self {
            store,
            filter,
            public: None,
        };
        if args.profile == ProfileArg::Public {
            let publication = Publication {
                places: match args.places {
                    PlacesArg::Exact => Places::Exact,
                    PlacesArg::Admin2 => Places::Admin2,
                    PlacesArg::Admin1 => Places::Admin1,
                },
            };
            let mut withheld = BTreeSet::new();
            publisher.each(Policy::Ucdp, |mut linked| {
                withheld.extend(publication.strip(&mut linked));
                Ok(())
            })?;
            let redactor = Redactor::new(&withheld).map_err(anyhow::Error::msg)?;
            publisher.public = Some((publication, redactor));
        }
        Ok(publisher)
    }

    /// Passes each incident on, by day and id.
    pub(crate) fn each(
        &self,
        policy: Policy,
        mut pass: impl FnMut(LinkedIncident) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.store.for_each_incident(&self.filter, |row| {
            let mut linked = self.store.incident_by(&row.id, policy)?;
            if let Some((publication, redactor)) = &self.public {
                publication.strip(&mut linked);
                let mut json = serde_json::to_value(&linked)?;
                redactor.redact(&mut json);
                linked = serde_json::from_value(json).context("taking names out of a record")?;
            }
            pass(linked)
        })
    }

    /// Takes withheld names out of anything else that is written.
    pub(crate) fn redact(&self, json: &mut serde_json::Value) {
        if let Some((_, redactor)) = &self.public {
            redactor.redact(json);
        }
    }
}
