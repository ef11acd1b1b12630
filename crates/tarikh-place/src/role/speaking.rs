//! Names that speak: "Washington said", "Egypt and Qatar called for restraint".

use tarikh_syntax::Tok;

use super::Seen;
use crate::spot::Finder;
use crate::tokens::Shape;
use crate::words::Kind;

/// Most words of a row of names before the verb that they share.
const ROW: u32 = 10;

impl Finder<'_, '_> {
    /// A verb of speech stands behind the name or right before it.
    pub(super) fn speaks(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let is_verb = |t: Tok| tokens.kind(t).any(Kind::SPEECH) && tokens.shape(t) == Shape::Lower;
        let behind = seen.after.is_some_and(|a| {
            let verb = match tokens.doc.lower(a) {
                "has" | "have" | "had" | "also" => tokens.at(Tok(seen.range.end.0 + 1)),
                _ => Some(a),
            };
            verb.is_some_and(is_verb)
        });
        behind
            || seen.is_large() && self.opens_row_that_speaks(seen.range.end)
            || seen
                .before
                .is_some_and(|b| tokens.kind(b).any(Kind::INVERTED))
    }

    /// "Egypt and Qatar called for restraint": a row of names, and a verb of speech behind the last.
    fn opens_row_that_speaks(&self, end: Tok) -> bool {
        let tokens = self.tokens;
        let joins = |t: Tok| matches!(tokens.doc.lower(t), "," | "and" | "the");
        let row = |t: Tok| joins(t) || tokens.is_capital(t);
        let mut at = Some(end).filter(|&t| tokens.at(t).is_some_and(joins));
        let mut ends_in_name = false;
        for _ in 0..ROW {
            match at.and_then(|t| tokens.at(t)) {
                Some(t) if row(t) => {
                    ends_in_name = tokens.is_capital(t);
                    at = Some(Tok(t.0 + 1));
                }
                Some(t) => {
                    return ends_in_name
                        && tokens.kind(t).any(Kind::SPEECH)
                        && tokens.shape(t) == Shape::Lower;
                }
                None => return false,
            }
        }
        false
    }
}
