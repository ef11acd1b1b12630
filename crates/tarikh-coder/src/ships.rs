//! Names of ships and cars that read like names of places: "the tanker Corva Star", "M/V Elsk", "a Toyota".

use tarikh_syntax::{Doc, Tok, Upos};

use crate::knowledge::lexicon::Lexicon;

/// Most names before one that still belong to it.
const LONGEST: usize = 4;

/// Whether a name is that of a ship: a word for one stands right before it, or before the names it goes on from.
pub(crate) fn names_one(doc: &Doc, lexicon: &Lexicon, name: Tok) -> bool {
    let first = doc.sentence(doc.sentence_of(name)).tokens.start;
    let mut before = (first.0..name.0).rev().map(Tok).take(LONGEST);
    let is_ship = |t: Tok| lexicon.is(doc, t, "ship");
    before
        .find(|&t| is_ship(t) || doc.upos(t) != Upos::Propn)
        .is_some_and(is_ship)
}

/// "A white Toyota van": a make of cars, unless the town is meant ("in Toyota").
pub(crate) fn is_make(doc: &Doc, lexicon: &Lexicon, name: Tok) -> bool {
    let before = name.0.checked_sub(1).map(Tok);
    let in_town = before.is_some_and(|b| matches!(doc.upos(b), Upos::Adp | Upos::Punct));
    lexicon.is(doc, name, "make") && !in_town
}
