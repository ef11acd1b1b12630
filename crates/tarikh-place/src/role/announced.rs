//! What announces a name as a place's: the head of an item, a list, an attack on it, a road.

use tarikh_syntax::{EntityKind, Tok, TokRange};

use crate::relation;
use crate::spot::Finder;
use crate::tokens::{Shape, Style};
use crate::words::Kind;

impl Finder<'_, '_> {
    /// "CORVA - Gunmen killed two", "* Corva: a mine killed one": the dateline of an item.
    pub(super) fn opens_item(&self, range: TokRange) -> bool {
        let tokens = self.tokens;
        // "North Corva: Elsk - Gunmen killed two"
        let behind_unit = tokens
            .before(range.start)
            .is_some_and(|b| tokens.is(b, ":") && self.last_place == Some(b));
        let starts = tokens
            .before(range.start)
            .is_none_or(|b| tokens.shape(b) == Shape::Mark && tokens.before(b).is_none());
        let closes = tokens.at(range.end).is_some_and(|t| {
            matches!(tokens.doc.lower(t), "--" | "\u{2013}" | "\u{2014}" | ":")
                || tokens.is(t, "-") && !tokens.is_tight(t)
        });
        let shouted = range.iter().all(|t| tokens.shape(t) != Shape::Capital);
        (starts && shouted || behind_unit) && closes && tokens.style(range.start) == Style::Prose
    }

    /// "between Corva and Elsk", "Corva, Dunmar and Elsk": the place before says that this is one.
    pub(super) fn is_listed(&self, range: TokRange) -> bool {
        let tokens = self.tokens;
        let Some(and) = tokens
            .before(range.start)
            .filter(|&b| matches!(tokens.doc.lower(b), "and" | "or" | "to" | "&"))
        else {
            return false;
        };
        let last = tokens
            .before(and)
            .filter(|&c| tokens.is(c, ","))
            .unwrap_or(and);
        let ends = tokens.at(range.end).is_none_or(|n| !tokens.is_capital(n));
        ends && self.last_place == Some(last)
    }

    /// "The Corva-Elsk road": both names are places.
    pub(super) fn is_end_of_road(&self, range: TokRange) -> bool {
        let tokens = self.tokens;
        let is_road = |t: Tok| relation::is_road(tokens.doc.lower(t));
        let is_link = |b: &Tok| matches!(tokens.doc.lower(*b), "-" | "\u{2013}" | "/" | "to");
        let second = tokens
            .before(range.start)
            .filter(is_link)
            .is_some_and(|link| self.last_place == Some(link));
        second && tokens.at(range.end).is_some_and(is_road)
            || relation::opens_road(tokens, range.end)
    }

    /// "An attack on Elsk", "attacked Elsk", "shelled Elsk".
    pub(super) fn is_assaulted(&self, range: TokRange) -> bool {
        let tokens = self.tokens;
        let Some(before) = tokens.before(range.start) else {
            return false;
        };
        let by_preposition = matches!(tokens.doc.lower(before), "on" | "against");
        let word = if by_preposition {
            tokens.before(before)
        } else {
            Some(before)
        };
        let person = matches!(tokens.entity(range), Some((EntityKind::Person, _)));
        word.filter(|&w| tokens.shape(w) == Shape::Lower)
            .is_some_and(|w| {
                let kind = tokens.kind(w);
                let on_ground = by_preposition && range.len() == 1;
                kind.any(Kind::OVERRUN) || kind.any(Kind::ASSAULT) && (on_ground || !person)
            })
    }
}
