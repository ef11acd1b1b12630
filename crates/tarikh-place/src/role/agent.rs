//! Countries that act: "a strike by Elskan near Corva" happens near Corva.

use tarikh_syntax::{Tok, TokRange};

use super::Seen;
use crate::class::PlaceClass;
use crate::spot::Finder;
use crate::tokens::Shape;
use crate::words::Kind;

impl Finder<'_, '_> {
    /// "by the UAE": who did it. "By Elskan's border" says where.
    pub(super) fn is_agent(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let article = seen.before.filter(|&b| tokens.is(b, "the"));
        let by = match article {
            Some(the) => tokens.before(the),
            None => seen.before,
        };
        let names_spot = seen.after.is_some_and(|a| {
            tokens.kind(a).any(Kind::UNIT)
                || tokens.kind(a).any(Kind::NAME_TAIL)
                || tokens.kind(a).any(Kind::EDGE)
                || matches!(tokens.doc.lower(a), "'s" | "'" | "-")
        });
        seen.class == PlaceClass::Country && by.is_some_and(|b| tokens.is(b, "by")) && !names_spot
    }

    /// "Jordan Dunmar, an aid worker": a given name that is a country's as well, where the finder sees a person.
    pub(super) fn opens_person(&self, seen: &Seen, person: TokRange) -> bool {
        let tokens = self.tokens;
        let given = tokens.kind(seen.range.start).any(Kind::GIVEN);
        let surname = tokens.at(seen.range.end);
        given
            && person.start == seen.range.start
            && surname.is_some_and(|t| person.contains(t) && tokens.shape(t) == Shape::Capital)
            && person.end <= Tok(seen.range.end.0 + LONGEST_REST)
    }
}

/// Most words of a name behind the given one.
const LONGEST_REST: u32 = 3;
