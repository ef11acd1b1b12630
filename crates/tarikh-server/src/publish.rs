//! The incidents of a database as they are written out: tolls by policy, and what is withheld.

use std::collections::BTreeSet;

use tarikh_io::write::{Publication, Redactor};
use tarikh_link::Policy;
use tarikh_record::LinkedIncident;
use tarikh_store::{Filter, Store};

use crate::error::ApiError;

/// Passes incidents on, without what may not be published.
pub(crate) struct Publisher<'a> {
    store: &'a Store,
    filter: Filter,
    /// What is withheld, and all names that are; `None` for everything told.
    public: Option<(Publication, Redactor)>,
}

impl<'a> Publisher<'a> {
    /// Prepares to write. For a publication it reads all incidents once, since what is withheld of
    /// one must not stand in another.
    pub(crate) fn new(
        store: &'a Store,
        filter: Filter,
        publication: Option<Publication>,
    ) -> Result<Self, ApiError> {
        let mut publisher = Self {
            store,
            filter,
            public: None,
        };
        if let Some(publication) = publication {
            let mut withheld = BTreeSet::new();
            publisher.each(Policy::Ucdp, |mut linked| {
                withheld.extend(publication.strip(&mut linked));
                Ok(())
            })?;
            let redactor = Redactor::new(&withheld).map_err(ApiError::internal)?;
            publisher.public = Some((publication, redactor));
        }
        Ok(publisher)
    }

    /// Passes each incident on, by day and id.
    pub(crate) fn each(
        &self,
        policy: Policy,
        mut pass: impl FnMut(LinkedIncident) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        self.store.for_each_incident(&self.filter, |row| {
            let mut linked = self.store.incident_by(&row.id, policy)?;
            if let Some((publication, redactor)) = &self.public {
                publication.strip(&mut linked);
                let mut json = serde_json::to_value(&linked)?;
                redactor.redact(&mut json);
                linked = serde_json::from_value(json)?;
            }
            pass(linked)
        })
    }
}
