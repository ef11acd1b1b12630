//! The nouns beside a name that say what kind of place it is.

use tarikh_syntax::Tok;

use crate::phrases::phrases;
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// The kind of unit that the words behind a name say it is: "Helmand province", "the Belgorod border
/// region", "Corva local government area", "Homs and Tartus provinces".
pub(crate) fn unit_noun(tokens: &Tokens<'_>, end: Tok) -> Option<Kind> {
    let after = tokens.at(end)?;
    let kind = tokens.kind(after);
    if opens_next_name(tokens, after) {
        return None;
    }
    if kind.any(Kind::UNIT) {
        return Some(kind);
    }
    // "sub-county"
    if tokens.is(after, "sub") {
        let hyphen = tokens.at(Tok(after.0 + 1)).filter(|&t| tokens.is(t, "-"))?;
        let noun = tokens.at(Tok(hyphen.0 + 1)).map(|n| tokens.kind(n))?;
        return noun.any(Kind::UNIT).then_some(Kind::ADMIN2);
    }
    if tokens
        .phrase_at(after, &["local", "government", "area"])
        .is_some()
        || tokens
            .phrase_at(after, &["local", "government", "areas"])
            .is_some()
        || tokens.is(after, "lga")
    {
        return Some(Kind::ADMIN2);
    }
    if phrases().of_edges.contains(tokens.doc.lower(after)) {
        return unit_noun(tokens, Tok(after.0 + 1)).filter(|k| k.any(Kind::ADMIN1));
    }
    shared_noun(tokens, after)
}

/// "The Corva town of Elsk": the noun is of the name behind it.
pub(crate) fn opens_next_name(tokens: &Tokens<'_>, noun: Tok) -> bool {
    let of = tokens.at(Tok(noun.0 + 1));
    let name = tokens.at(Tok(noun.0 + 2));
    phrases().naming.contains(tokens.doc.lower(noun))
        && tokens.shape(noun) == Shape::Lower
        && of.is_some_and(|t| tokens.is(t, "of"))
        && name.is_some_and(|t| tokens.is_capital(t) && !is_called_unit(tokens, t))
}

/// "Dumna village of Corva district": the name behind is the larger one.
fn is_called_unit(tokens: &Tokens<'_>, name: Tok) -> bool {
    const LONGEST: u32 = 4;
    let mut behind = (name.0 + 1..=name.0 + LONGEST).map_while(|t| tokens.at(Tok(t)));
    behind
        .find(|&t| !tokens.is_capital(t) && !tokens.is(t, "-"))
        .map(|t| tokens.kind(t))
        .is_some_and(|k| k.any(Kind::ADMIN1) || k.any(Kind::ADMIN2))
}

/// The plural noun behind the second of two names.
fn shared_noun(tokens: &Tokens<'_>, and: Tok) -> Option<Kind> {
    if !tokens.is(and, "and") {
        return None;
    }
    let mut at = tokens.at(Tok(and.0 + 1))?;
    for _ in 0..3 {
        if !tokens.is_capital(at) {
            break;
        }
        at = tokens.at(Tok(at.0 + 1))?;
    }
    let second = at.0 > and.0 + 1;
    let plural = tokens.shape(at) == Shape::Lower && tokens.doc.lower(at).ends_with('s');
    let kind = match tokens.phrase_at(at, &["local", "government", "areas"]) {
        Some(_) => return second.then_some(Kind::ADMIN2),
        None => tokens.kind(at),
    };
    (second && plural && (kind.any(Kind::ADMIN1) || kind.any(Kind::ADMIN2))).then_some(kind)
}

/// "province of X", "district of X".
pub(crate) fn unit_before(tokens: &Tokens<'_>, start: Tok) -> Option<Kind> {
    let of = tokens.before(start).filter(|&b| tokens.is(b, "of"))?;
    let kind = tokens.kind(tokens.before(of)?);
    kind.any(Kind::UNIT).then_some(kind)
}
