//! The words behind a name that tell where it is by another: "Dumna, some 35 km south of Corva",
//! "Dumna, a farming settlement outside Corva".

use tarikh_syntax::{Tok, TokRange, Upos};

use crate::relation::{self, Found, Relation};
use crate::spot::Spots;
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// Most words between a name and the place that it is told from.
const REACH: u32 = 18;

/// By which spot a place is told, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    pub(crate) spot: usize,
    pub(crate) found: Found,
}

/// What the words behind spot `i` tell it by, if only words that describe it stand between.
pub(crate) fn behind(tokens: &Tokens<'_>, spots: &Spots, i: usize) -> Option<Told> {
    let name = spots.list[i].tokens;
    let told = |j: usize| {
        let spot = spots.list.get(j)?;
        let near = tokens.sentence(name.start).contains(spot.tokens.start)
            && spot.tokens.start.0 <= name.end.0 + REACH;
        let found = relation::read(tokens, spot.tokens).filter(|_| near)?;
        // Between the two only what describes the place, its district included.
        let district = (j == i + 2).then(|| spots.list[i + 1].tokens);
        let gap = TokRange::new(name.end, found.tokens.start.max(name.end));
        let in_district = |t: Tok| district.is_some_and(|d| d.contains(t));
        let measured = matches!(found.relation, Relation::Offset { .. });
        let close = matches!(found.relation, Relation::Near | Relation::Outskirts);
        let described = name.end <= found.tokens.start
            && gap
                .iter()
                .all(|t| in_district(t) || describes(tokens, t, measured));
        let apposed = gap.is_empty() || tokens.is(gap.start, ",");
        (described && (measured || close && apposed)).then_some(Told { spot: j, found })
    };
    told(i + 1).or_else(|| told(i + 2))
}

/// "a farming settlement", "located"; a distance may stand further from the name than "near" does.
fn describes(tokens: &Tokens<'_>, t: Tok, measured: bool) -> bool {
    let upos = tokens.doc.upos(t);
    let act =
        matches!(upos, Upos::Verb | Upos::Aux | Upos::Cconj) || !measured && upos == Upos::Adp;
    tokens.kind(t).any(Kind::UNIT)
        || tokens.kind(t).any(Kind::DIRECTION)
        || tokens.shape(t) == Shape::Lower && !act
        || matches!(
            tokens.doc.lower(t),
            "," | "(" | "located" | "situated" | "lying"
        )
}
