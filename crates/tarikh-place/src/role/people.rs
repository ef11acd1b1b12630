//! Surnames and names of bodies: what a report says of them elsewhere decides what they are.

use rustc_hash::FxHashSet;
use tarikh_syntax::{Tok, TokRange};

use super::Seen;
use crate::class::PlaceClass;
use crate::gazetteer::Posting;
use crate::mention::PlaceRole;
use crate::spot::{Finder, Spot, Spots};
use crate::tokens::Shape;
use crate::words::Kind;

impl Finder<'_, '_> {
    /// "Wadi al-Karga", "San Dunmar": the first word of a name that the gazetteer lacks.
    pub(super) fn opens_longer(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        seen.after.is_some_and(|a| {
            let article = tokens.kind(a).any(Kind::ARTICLE.with(Kind::PERSONAL))
                && tokens.shape(a) == Shape::Lower;
            let kind = tokens.kind(a);
            tokens.is_capital(a) && !kind.any(Kind::UNIT) && !kind.any(Kind::CALENDAR) || article
        })
    }

    /// "in Nelson", "Nelson, Elskan", "Nelson County": the words say that a surname is a place here.
    pub(super) fn is_placed(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let behind = seen
            .before
            .is_some_and(|b| tokens.kind(b).any(Kind::PLACING));
        let next = seen.after.filter(|&a| tokens.is(a, ","));
        let state = next
            .and_then(|comma| tokens.at(Tok(comma.0 + 1)))
            .is_some_and(|t| tokens.is_capital(t) && self.is_name_of_place(t));
        let unit = seen.after.is_some_and(|a| {
            let kind = tokens.kind(a);
            kind.any(Kind::UNIT) && !kind.any(Kind::ORGANISATION)
        });
        let dateline = seen.before.is_none() && tokens.shape(seen.range.start) == Shape::Capitals;
        behind || state || unit || dateline
    }

    /// An unknown capitalised word behind a title or a given name is a surname from here on.
    pub(crate) fn note_person(&mut self, t: Tok) {
        if let Some(b) = self.tokens.before(t)
            && self.tokens.is_capital(b)
            && (self.tokens.kind(b).any(Kind::GIVEN) || self.tokens.kind(b).any(Kind::TITLE))
        {
            self.people.insert(self.tokens.key(t));
        }
    }

    pub(super) fn remember(&mut self, range: TokRange) {
        let last = Tok(range.end.0 - 1);
        self.people.insert(self.tokens.key(last));
    }

    /// Surnames that stood with a given name somewhere are surnames where they stand alone.
    pub(crate) fn drop_people(&self, spots: &mut Spots) {
        if self.people.is_empty() {
            return;
        }
        for spot in &mut spots.list {
            let t = spot.tokens.start;
            if spot.role == PlaceRole::Location
                && spot.tokens.len() == 1
                && self.people.contains(self.tokens.key(t))
                && !self.is_country(spot.postings.start, spots.pool.as_slice())
                && !self.tokens.before(t).is_some_and(|b| {
                    self.tokens.kind(b).any(Kind::PREPOSITION) || self.tokens.is(b, ",")
                })
            {
                spot.role = PlaceRole::InName;
            }
        }
    }

    /// "The Corva Museum" in a report from Corva: the town is meant, if not as a place of event.
    pub(crate) fn lend_to_bodies(&self, spots: &mut Spots) {
        let first = |s: &Spot| spots.pool.get(s.postings.start as usize).map(|p| p.id);
        let towns: FxHashSet<_> = spots
            .list
            .iter()
            .filter(|s| s.role == PlaceRole::Location)
            .filter_map(first)
            .collect();
        let lent: Vec<usize> = (0..spots.list.len())
            .filter(|&i| {
                let spot = &spots.list[i];
                spot.role == PlaceRole::InName
                    && self.houses.contains(&spot.tokens)
                    && first(spot).is_some_and(|id| towns.contains(&id))
            })
            .collect();
        for i in lent {
            spots.list[i].role = PlaceRole::Metonym;
        }
    }

    fn is_country(&self, posting: u32, pool: &[Posting]) -> bool {
        pool.get(posting as usize)
            .is_some_and(|p| self.gazetteer.class(p.id) == PlaceClass::Country)
    }
}
