//! Houses, models and bodies of people that are named after a place, and say nothing of where something happened.

use tarikh_syntax::Tok;

use super::{HOUSE_LIST, LARGE_TOWN, Seen};
use crate::mention::PlaceRole;
use crate::spot::Finder;
use crate::tokens::Shape;
use crate::words::Kind;

impl Finder<'_, '_> {
    /// "the Dunmar-1 hit its target": a number behind a hyphen makes the name that of a model.
    pub(super) fn is_numbered_make(&self, seen: &Seen, after: Tok) -> bool {
        let tokens = self.tokens;
        let number = tokens.at(Tok(after.0 + 1)).is_some_and(|n| {
            let word = tokens.key(n);
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
        });
        let hyphen = tokens.is(after, "-") && tokens.is_tight(after);
        seen.class.is_point() && !seen.introduced && hyphen && number
    }

    /// "the Dunmar group", "the Dunmar militia": those who bear the name, and not where something was.
    pub(super) fn is_named_group(&self, seen: &Seen, after: Tok) -> Option<PlaceRole> {
        let tokens = self.tokens;
        let article = seen.before.is_some_and(|b| tokens.is(b, "the"));
        let group = tokens.kind(after).any(Kind::GROUP) && tokens.shape(after) == Shape::Lower;
        let known = seen.population >= LARGE_TOWN || seen.capital;
        let role = if known {
            PlaceRole::Metonym
        } else {
            PlaceRole::InName
        };
        (article && group && seen.class.is_point()).then_some(role)
    }

    /// "the Dunmar hotel", "the Corva, Elsk Grand and Dunmar hotels": a house of that name, which says
    /// nothing of where it stands; "a Baghdad hotel" does.
    pub(super) fn is_house(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let mut at = seen.range.end;
        let mut listed = seen.before.is_some_and(|b| tokens.is(b, "and"));
        for _ in 0..HOUSE_LIST {
            let Some(here) = tokens.at(at) else {
                return false;
            };
            if tokens.shape(here) == Shape::Lower && !tokens.is(here, "and") {
                let nouns = [Some(here), tokens.at(Tok(here.0 + 1))];
                let house = tokens.kind(here).any(Kind::HOUSE);
                let plural = nouns
                    .into_iter()
                    .flatten()
                    .any(|n| tokens.doc.lower(n).ends_with('s'));
                let article = seen.before.is_some_and(|b| tokens.is(b, "the"));
                return house
                    && if listed {
                        plural
                    } else {
                        article && !seen.known
                    };
            }
            if !tokens.is_capital(here) && !tokens.is(here, ",") && !tokens.is(here, "and") {
                return false;
            }
            listed |= !tokens.is_capital(here);
            at = Tok(here.0 + 1);
        }
        false
    }
}
