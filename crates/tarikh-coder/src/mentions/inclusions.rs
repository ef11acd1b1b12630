//! People counted inside others: "including two children", "most of them women", "of whom three were policemen".

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use super::parties::{Party, People};

use crate::knowledge::words::words;

impl People<'_> {
    /// "Seven children among them,": the words look back, not ahead.
    pub(super) fn looks_back(&self, at: Tok, end: Tok) -> bool {
        let next = Tok(at.0 + 1);
        words().among.is(self.doc, at)
            && next < end
            && matches!(self.doc.lower(next), "them" | "whom")
            && self.closes(Tok(at.0 + 2), end)
    }

    /// Whether words of inclusion begin at the token ("including", "among them"), and how many.
    pub(super) fn inclusion(&self, at: Tok, end: Tok) -> Option<u32> {
        let doc = self.doc;
        let next = Tok(at.0 + 1);
        match doc.lower(at) {
            "including" => Some(1),
            // "the majority of them women"
            "the" if next < end && words().bulk.is(doc, next) => {
                self.inclusion(next, end).map(|n| n + 1)
            }
            "include" | "includes" | "included" => Some(1),
            // "18 people, most of them women and children"
            word if words().parts_of_many.has(word) && next < end && doc.lower(next) == "of" => {
                let them = Tok(next.0 + 1);
                (them < end && matches!(doc.lower(them), "them" | "whom")).then_some(3)
            }
            word if words().mainly.has(word) && at.0 > 0 && doc.word(Tok(at.0 - 1)) == "," => {
                Some(1)
            }
            // "31 people, of whom 19 were civilians"
            "of" if next < end && matches!(doc.lower(next), "whom" | "which") => {
                self.quantity_at(Tok(at.0 + 2)).map(|_| 2)
            }
            word if words().among.has(word) && next < end => match doc.lower(next) {
                // "seven children among them," looks back, not ahead.
                "them" | "whom" | "those" | "these" if !self.closes(Tok(at.0 + 2), end) => Some(2),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether nothing of a list follows at the token.
    fn closes(&self, t: Tok, end: Tok) -> bool {
        t >= end
            || matches!(
                self.doc.lower(t),
                "," | "." | ";" | "and" | "\"" | "\u{201d}"
            )
    }

    /// The people named behind the first inclusion in a range.
    pub(crate) fn included(
        &self,
        range: TokRange,
        stops: &dyn Fn(Tok) -> bool,
        out: &mut Vec<Party>,
    ) {
        let mut at = range.start;
        while at < range.end && !stops(at) {
            let looks_back = words().among.is(self.doc, at)
                && Tok(at.0 + 1) < range.end
                && matches!(self.doc.lower(Tok(at.0 + 1)), "them" | "whom");
            let words = self.inclusion(at, range.end).or(looks_back.then_some(2));
            let them = self.quantity_at(at).is_some_and(|q| q.of_them);
            if words.is_some() || them {
                let (parties, end) = self.list(at, range.end, stops);
                // "seven children among them": the number stands before.
                let before = parties.is_empty().then(|| self.ending_at(at)).flatten();
                let parties = parties.into_iter().chain(before);
                out.extend(parties.map(|p| Party {
                    included: true,
                    head: self.said_to_be(&p).unwrap_or(p.head),
                    ..p
                }));
                at = end.max(Tok(at.0 + 1));
            } else {
                at = Tok(at.0 + 1);
            }
        }
    }

    /// "Three of whom were policemen", "two of them foreigners": what those are.
    fn said_to_be(&self, party: &Party) -> Option<Tok> {
        let doc = self.doc;
        let behind = party.tokens.end;
        let is = |t: Tok| t.idx() < doc.len() && doc.upos(t) == Upos::Aux;
        let start = Tok(behind.0 + u32::from(is(behind)));
        let end = Tok(doc.len() as u32);
        let named = || self.phrase(start, end).map(|p| p.head);
        let whom = behind_whom(doc, party.tokens.start);
        ((party.of_them || whom) && start < end)
            .then(named)
            .flatten()
    }

    /// The party of a quantity whose noun ends right before the token.
    fn ending_at(&self, t: Tok) -> Option<Party> {
        let i = self.quantities.partition_point(|q| q.tokens.start < t);
        let q = self.quantities[..i].last()?;
        let party = Party::of(q, true);
        (party.end() == t && self.may_count_people(q)).then_some(party)
    }
}

/// "of whom 19": the number stands behind the pronoun.
fn behind_whom(doc: &Doc, number: Tok) -> bool {
    let word = |n: u32| number.0.checked_sub(n).map_or("", |t| doc.lower(Tok(t)));
    word(2) == "of" && matches!(word(1), "whom" | "which")
}
