//! Countries whose name a distant unit bears too ("Georgia").

use super::Solver;
use crate::class::PlaceClass;
use crate::evidence::far_namesake;
use crate::gazetteer::{Entry, EntryId};

/// A town of this size speaks for its unit.
const TOWN: u32 = 50_000;
/// Most names of a report that are looked at.
const MANY_SPOTS: usize = 128;

impl<'a> Solver<'a, '_> {
    /// "Georgia" in a report about the United States, where nothing else speaks of the Caucasus.
    pub(super) fn is_namesake_of_home(&self, country: EntryId, members: &[usize]) -> bool {
        let postings = self.spots.postings(&self.spots.list[members[0]]);
        if postings.len() < 2 || !far_namesake(self.gazetteer, postings) {
            return false;
        }
        let land = self.gazetteer.entry(country).country;
        let units = || {
            let others = postings.iter().skip(1).map(|p| self.gazetteer.entry(p.id));
            others.filter(|unit| unit.class == PlaceClass::Admin1)
        };
        let towns = self.units_of_towns(land);
        if units().any(|unit| towns.contains(&(unit.country, unit.name))) {
            return true;
        }
        self.evidence.leading().is_some_and(|(home, share)| {
            home != land
                && share > 2.0 * self.evidence.share(land)
                && units().any(|unit| unit.country == home)
        })
    }

    /// The units of the larger towns that the report names, if none of its towns lies in this country ("police in
    /// Atlanta" speak of the state of Georgia).
    fn units_of_towns(&self, land: &str) -> Vec<(&'a str, &'a str)> {
        let towns = self.spots.list.iter().take(MANY_SPOTS).filter_map(|spot| {
            let first = self.spots.postings(spot).first()?;
            let entry = self.gazetteer.entry(first.id);
            (entry.class == PlaceClass::City && entry.population >= TOWN).then_some(entry)
        });
        let towns: Vec<Entry<'a>> = towns.collect();
        if towns.iter().any(|town| town.country == land) {
            return Vec::new();
        }
        towns
            .iter()
            .filter_map(|town| Some((town.country, town.admin1?)))
            .collect()
    }
}
