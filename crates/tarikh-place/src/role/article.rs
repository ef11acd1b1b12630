//! Names with an article: towns have none ("the Garri", "the Badr", "the Red Cross").

use tarikh_syntax::Upos;

use super::Seen;
use crate::spot::Finder;
use crate::tokens::Shape;
use crate::words::Kind;

impl Finder<'_, '_> {
    /// "Elders of the Borana and the Garri": a town's name behind "the" that no noun follows is that of a people,
    /// a group or a house.
    pub(super) fn is_behind_article(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let article = seen.before.is_some_and(|b| tokens.is(b, "the"));
        // "the Corva road", "the Elsk and Dunmar camps": the town of what follows.
        let next = seen.after;
        let noun = |t| {
            matches!(tokens.doc.upos(t), Upos::Noun | Upos::Propn | Upos::Adj)
                || tokens.kind(t).any(Kind::UNIT)
        };
        let modifies = next
            .is_some_and(|t| noun(t) || matches!(tokens.doc.lower(t), "and" | "-" | "/" | "or"));
        // A plural may be of hills or islands, and words in lower case describe.
        let plural = seen.range.iter().any(|t| tokens.shape(t) == Shape::Lower)
            || tokens.doc.xpos(last(seen)).ends_with('S');
        article && seen.class.is_point() && !modifies && !plural
    }
}

fn last(seen: &Seen) -> tarikh_syntax::Tok {
    tarikh_syntax::Tok(seen.range.end.0.saturating_sub(1))
}
