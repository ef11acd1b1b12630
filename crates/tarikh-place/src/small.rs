//! Texts without any capital: their well-known place names are read as if they had one.

use tarikh_syntax::{Tok, Upos};

use crate::class::PlaceClass;
use crate::gazetteer::{Gazetteer, Posting};
use crate::normalise::name_key;
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// Fewest words that show a text to be written small.
const MIN_WORDS: usize = 5;
/// Most words of a name that is looked for.
const MAX_WORDS: u32 = 4;
/// A town of this size is known without a word that introduces it.
const GREAT_TOWN: u32 = 400_000;
/// The same behind "in", "near" and the like.
const TOWN: u32 = 20_000;

/// Gives a capital to what names a well-known place, where the text has no capital at all.
pub(crate) fn give_capitals(gazetteer: &Gazetteer, tokens: &mut Tokens<'_>) {
    let is_small = |t: Tok| tokens.shape(t) == Shape::Lower;
    let mut all = (0..tokens.len()).map(Tok);
    let n = all.clone().filter(|&t| is_small(t)).count();
    if n < MIN_WORDS || all.any(|t| tokens.is_capital(t)) {
        return;
    }
    let mut t = 0;
    while t < tokens.len() {
        let end = name_at(gazetteer, tokens, Tok(t));
        for word in t..end.unwrap_or(t) {
            tokens.give_capital(Tok(word));
        }
        t = end.unwrap_or(t).max(t + 1);
    }
}

/// One past the longest well-known name that begins at a token.
fn name_at(gazetteer: &Gazetteer, tokens: &Tokens<'_>, t: Tok) -> Option<u32> {
    if tokens.shape(t) != Shape::Lower {
        return None;
    }
    let before = tokens.before(t);
    // A name given before leads on to its country: "mogadishu, somalia".
    let introduced = before.is_some_and(|b| {
        tokens.kind(b).any(Kind::PREPOSITION)
            || tokens.is(b, ",") && tokens.before(b).is_some_and(|p| tokens.is_capital(p))
            || tokens.is(b, "of")
                && tokens
                    .before(b)
                    .is_some_and(|p| tokens.kind(p).any(Kind::UNIT))
    });
    let sentence = tokens.sentence(t);
    let longest = (t.0 + MAX_WORDS).min(sentence.end.0);
    (t.0 + 1..=longest).rev().find(|&end| {
        let last = Tok(end - 1);
        tokens.shape(last) == Shape::Lower
            && (t.0 + 1 < end || !is_other_word(tokens, t))
            && is_known(gazetteer, tokens, (t, Tok(end)), introduced)
    })
}

/// A word that is other things more often than a place.
fn is_other_word(tokens: &Tokens<'_>, t: Tok) -> bool {
    let kind = tokens.kind(t);
    let common = [
        Kind::ORDINARY,
        Kind::ORGANISATION,
        Kind::UNIT,
        Kind::CALENDAR,
        Kind::DIRECTION,
        Kind::PREPOSITION,
        Kind::GIVEN,
        Kind::SURNAME,
        Kind::TITLE,
        Kind::SPEECH,
        Kind::MAKE,
        Kind::HOUSE,
    ];
    common.into_iter().any(|k| kind.any(k))
        || !matches!(
            tokens.doc.upos(t),
            Upos::Noun | Upos::Propn | Upos::X | Upos::Adj
        )
}

fn is_known(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    (start, end): (Tok, Tok),
    introduced: bool,
) -> bool {
    let range = tarikh_syntax::TokRange::new(start, end);
    let words = tokens.doc.range_span(range).of(tokens.doc.text());
    let mut postings: Vec<Posting> = Vec::new();
    gazetteer.postings(&name_key(words), &mut postings);
    postings.iter().take(8).any(|p| {
        let entry = gazetteer.entry(p.id);
        match entry.class {
            PlaceClass::Country | PlaceClass::Demonym => words.len() > 3,
            PlaceClass::Admin1 | PlaceClass::Area => introduced,
            PlaceClass::City => {
                entry.population >= GREAT_TOWN || introduced && entry.population >= TOWN
            }
            _ => false,
        }
    })
}
