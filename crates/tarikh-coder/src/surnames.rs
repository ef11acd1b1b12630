//! Surnames that read like names of places: "Peter Clark was hurt", then "Clark"; "said Hamid Safi",
//! then "Safi added".

use rustc_hash::FxHashSet;
use tarikh_syntax::{Deprel, Doc, EntityKind, Tok, TokRange, Upos};

/// The surnames of a report's people.
pub(crate) struct Surnames<'d> {
    doc: &'d Doc,
    /// The last words of people's names, in small letters.
    known: FxHashSet<&'d str>,
    /// The ends of people's names of two words and more, one past the last word.
    ends: FxHashSet<Tok>,
}

impl<'d> Surnames<'d> {
    pub(crate) fn of(doc: &'d Doc) -> Self {
        let long = |e: &&tarikh_syntax::Entity| {
            e.kind == EntityKind::Person && e.tokens.end.0 - e.tokens.start.0 >= 2
        };
        let people = doc.entities().iter().filter(long);
        let mut surnames = Self {
            doc,
            known: FxHashSet::default(),
            ends: people.map(|e| e.tokens.end).collect(),
        };
        let propn = doc.tokens().filter(|&t| doc.upos(t) == Upos::Propn);
        surnames.known = propn
            .filter(|&t| surnames.ends_a_person(t))
            .map(|t| doc.lower(t))
            .collect();
        surnames
    }

    /// Whether a name is the last of a person's names, here or elsewhere in the report, and stands
    /// behind no preposition.
    pub(crate) fn has(&self, name: TokRange) -> bool {
        let t = name.start;
        name.end.0 == t.0 + 1
            && !stands_behind_a_preposition(self.doc, t)
            && (self.ends_a_person(t) || self.known.contains(self.doc.lower(t)))
    }

    /// The last word of two or more names that are a person's: an entity, or told of by an office
    /// ("spokesman Hamid Safi").
    fn ends_a_person(&self, t: Tok) -> bool {
        let doc = self.doc;
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
            && (first.is_some_and(in_office) || self.ends.contains(&Tok(t.0 + 1)))
    }
}

/// "Two brothers, Ali and Hassan": names in apposition to people.
pub(crate) fn tells_of_people(doc: &Doc, name: TokRange, is_person: &dyn Fn(Tok) -> bool) -> bool {
    let t = name.start;
    let first = doc.head(t).filter(|_| doc.deprel(t) == Deprel::Conj);
    let first = first.unwrap_or(t);
    let noun = doc
        .head(first)
        .filter(|_| doc.deprel(first) == Deprel::Appos);
    let named = |t: Tok| {
        let mut entities = doc.entities().iter();
        entities.any(|e| e.kind == EntityKind::Person && e.tokens.contains(t))
    };
    name.len() == 1
        && named(t)
        && noun.is_some_and(|n| n < t && doc.upos(n) == Upos::Noun && is_person(n))
}

/// "in Clark", "of Clark": a preposition of its own or of the name that it ends.
fn stands_behind_a_preposition(doc: &Doc, t: Tok) -> bool {
    // "according to Clark" is said by him.
    let said = |c: Tok| c.0 > 0 && doc.lower(Tok(c.0 - 1)) == "according";
    let case = |w: Tok| {
        let of = doc.child(w, Deprel::Case);
        of.is_some_and(|c| c < w && doc.lower(c) != "according" && !said(c))
    };
    case(t) || doc.head(t).is_some_and(|h| is_name_part(doc, t) && case(h))
}

fn is_name_part(doc: &Doc, t: Tok) -> bool {
    matches!(doc.deprel(t), Deprel::Flat | Deprel::Compound)
}

/// "A guard, Sunday Yakubu, who": a day of the week that is somebody's first name, as in Nigeria: alone, before a name
/// that ends at a comma or an opening clause, behind a comma and a noun.
pub(crate) fn is_given(doc: &Doc, day: TokRange) -> bool {
    let first = day.start;
    let last = Tok(first.0 + 1);
    let (Some(comma), true) = (first.0.checked_sub(1).map(Tok), day.len() == 1) else {
        return false;
    };
    let Some(role) = comma.0.checked_sub(1).map(Tok) else {
        return false;
    };
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    if last.idx() + 1 >= doc.len() || !capital(last) || doc.xpos(last) != "NNP" {
        return false;
    }
    let behind = Tok(last.0 + 1);
    let closes = matches!(doc.lower(behind), "," | "(" | "who" | "and" | ".");
    let told = doc.word(comma) == "," && matches!(doc.upos(role), Upos::Noun | Upos::Propn);
    closes && told
}
