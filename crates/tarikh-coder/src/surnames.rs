//! Surnames that read like names of places: "Peter Clark was hurt", then "Clark"; "said Hamid Safi",
//! then "Safi added".

use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

/// Whether a name is the last of a person's names, here or elsewhere in the report, and stands
/// behind no preposition.
pub(crate) fn is_one(doc: &Doc, name: TokRange) -> bool {
    let t = name.start;
    name.end.0 == t.0 + 1
        && !stands_behind_a_preposition(doc, t)
        && (ends_a_person(doc, t)
            || same_form(doc, t).any(|other| other != t && ends_a_person(doc, other)))
}

fn same_form(doc: &Doc, t: Tok) -> impl Iterator<Item = Tok> + '_ {
    doc.tokens()
        .filter(move |&other| doc.upos(other) == Upos::Propn && doc.lower(other) == doc.lower(t))
}

/// "in Clark", "of Clark": a preposition of its own or of the name that it ends.
fn stands_behind_a_preposition(doc: &Doc, t: Tok) -> bool {
    let case = |w: Tok| doc.child(w, Deprel::Case).is_some_and(|c| c < w);
    case(t) || doc.head(t).is_some_and(|h| is_name_part(doc, t) && case(h))
}

fn is_name_part(doc: &Doc, t: Tok) -> bool {
    matches!(doc.deprel(t), Deprel::Flat | Deprel::Compound)
}

/// The last word of two or more names that are a person's: an entity, or told of by an office
/// ("spokesman Hamid Safi").
fn ends_a_person(doc: &Doc, t: Tok) -> bool {
    let Some(before) = t.0.checked_sub(1).map(Tok) else {
        return false;
    };
    let first = doc.head(t).filter(|_| doc.deprel(t) == Deprel::Flat);
    let in_office = |n: Tok| {
        let office = |c: Tok| {
            matches!(doc.deprel(c), Deprel::NmodDesc | Deprel::Compound)
                && doc.upos(c) == Upos::Noun
                && c.0 + 1 == n.0
        };
        doc.children(n).any(office)
    };
    doc.upos(before) == Upos::Propn
        && (first.is_some_and(in_office)
            || doc.entities().iter().any(|e| {
                e.kind == tarikh_syntax::EntityKind::Person
                    && e.tokens.end.0 == t.0 + 1
                    && e.tokens.end.0 - e.tokens.start.0 >= 2
            }))
}
