//! Which rows of several layers count: a user's dump replaces what is embedded, corrections win over both.

use crate::gazetteer::{Entry, Gazetteer, Posting};
use crate::geo::distance_km;

/// A place that is kept by hand and one of a dump, of one name, are the same within this.
const SAME_KM: f64 = 10.0;

impl Gazetteer {
    /// Where corrections have a name, no other layer's reading of it counts.
    pub(crate) fn keep_corrected(&self, out: &mut Vec<Posting>, first: usize) {
        if self.corrections.is_none() || !out[first..].iter().any(|p| self.is_corrected(p.id)) {
            return;
        }
        retain_behind(out, first, |p| self.is_corrected(p.id));
    }

    /// A dump's row replaces the embedded row of the same GeoNames id, and one that is kept by hand, without an
    /// id, of the same name at the same spot.
    pub(crate) fn drop_repeated(&self, out: &mut Vec<Posting>, first: usize) {
        if self.layers.len() < 2 {
            return;
        }
        let is_added = |p: &Posting| self.locate(p.id).1 != p.id.0;
        let added: Vec<Entry<'_>> = out[first..]
            .iter()
            .filter(|p| is_added(p))
            .map(|p| self.entry(p.id))
            .filter(|e| e.class.is_point())
            .collect();
        let is_same = |a: &Entry<'_>, b: &Entry<'_>| {
            let km = distance_km((a.lat, a.lon), (b.lat, b.lon));
            a.class.is_point() && a.country == b.country && km < SAME_KM
        };
        let mut seen: Vec<u32> = Vec::new();
        retain_behind(out, first, |p| {
            let entry = self.entry(p.id);
            match entry.geonameid {
                Some(id) if seen.contains(&id) => false,
                Some(id) => {
                    seen.push(id);
                    true
                }
                None => is_added(p) || !added.iter().any(|other| is_same(&entry, other)),
            }
        });
    }
}

/// Keeps of the postings from `first` on those that `keep` says, and all before them.
pub(crate) fn retain_behind(
    postings: &mut Vec<Posting>,
    first: usize,
    mut keep: impl FnMut(&Posting) -> bool,
) {
    let mut kept = first;
    for at in first..postings.len() {
        if keep(&postings[at]) {
            postings.swap(kept, at);
            kept += 1;
        }
    }
    postings.truncate(kept);
}
