//! The capitals of countries and of their first-order units.

use crate::class::Seat;
use crate::gazetteer::{EntryId, Gazetteer};

impl Gazetteer {
    /// The capital of a country, if the embedded gazetteer has it.
    pub(crate) fn capital(&self, iso2: &str) -> Option<EntryId> {
        let is_capital =
            |&id: &EntryId| self.seat(id) == Seat::Capital && self.entry(id).country == iso2;
        self.seats().iter().copied().find(is_capital)
    }

    /// The seat of a first-order unit, if the embedded gazetteer has it; the largest if it has several.
    pub(crate) fn seat_of(&self, iso2: &str, unit: &str) -> Option<EntryId> {
        self.seats()
            .iter()
            .copied()
            .filter(|&id| {
                let entry = self.entry(id);
                entry.country == iso2 && entry.admin1 == Some(unit)
            })
            .max_by_key(|&id| (self.entry(id).population, std::cmp::Reverse(id)))
    }

    fn seats(&self) -> &[EntryId] {
        self.seats.get_or_init(|| {
            self.embedded_ids()
                .filter(|&id| self.seat(id) >= Seat::Admin1)
                .collect()
        })
    }
}
