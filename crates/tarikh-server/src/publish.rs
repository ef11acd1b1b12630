//! The incidents of a database as they are written out: tolls by policy, and what is withheld. The
//! program's exports and releases use it too.

use std::collections::BTreeSet;

use tarikh_io::write::{Publication, Redactor};
use tarikh_link::Policy;
use tarikh_record::LinkedIncident;
use tarikh_store::{Filter, Store, StoreError};

/// Passes incidents on, without what may not be published.
#[derive(Debug)]
pub struct Publisher<'a> {
    store: &'a Store,
    filter: Filter,
    /// What is withheld, and all names that are; `None` for everything told.
    public: Option<(Publication, Redactor)>,
}

impl<'a> Publisher<'a> {
    /// Prepares to write. For a publication it reads all incidents once, since what is withheld of
    /// one must not stand in another.
    ///
    /// # Errors
    /// Those of reading the database.
    pub fn new(
        store: &'a Store,
        filter: Filter,
        publication: Option<Publication>,
    ) -> Result<Self, StoreError> {
        let mut publisher = Self {
            store,
            filter,
            public: None,
        };
        if let Some(publication) = publication {
            let mut withheld = BTreeSet::new();
            publisher.each(Policy::Ucdp, |mut linked| {
                withheld.extend(publication.strip(&mut linked));
                Ok::<(), StoreError>(())
            })?;
            let redactor = Redactor::new(&withheld).map_err(StoreError::Invalid)?;
            publisher.public = Some((publication, redactor));
        }
        Ok(publisher)
    }

    /// Passes each incident on, by day and id.
    ///
    /// # Errors
    /// Those of reading the database, and those of `pass`.
    pub fn each<E: From<StoreError>>(
        &self,
        policy: Policy,
        mut pass: impl FnMut(LinkedIncident) -> Result<(), E>,
    ) -> Result<(), E> {
        self.store.for_each_incident(&self.filter, |row| {
            let mut linked = self.store.incident_by(&row.id, policy)?;
            if let Some((publication, redactor)) = &self.public {
                publication.strip(&mut linked);
                linked = redacted(redactor, &linked).map_err(StoreError::from)?;
            }
            pass(linked)
        })
    }

    /// Takes withheld names out of anything else that is written.
    pub fn redact(&self, json: &mut serde_json::Value) {
        if let Some((_, redactor)) = &self.public {
            redactor.redact(json);
        }
    }
}

fn redacted(
    redactor: &Redactor,
    linked: &LinkedIncident,
) -> Result<LinkedIncident, serde_json::Error> {
    let mut json = serde_json::to_value(linked)?;
    redactor.redact(&mut json);
    serde_json::from_value(json)
}
