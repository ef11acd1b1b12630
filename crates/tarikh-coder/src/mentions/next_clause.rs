//! Where a list of people ends and the next clause begins.

use tarikh_syntax::{Deprel, Tok, Upos};

use super::parties::{Party, People};

/// Most words between a subject and its verb.
const LONGEST: u32 = 6;

impl People<'_> {
    /// "A blast killed two people, and gunmen with rifles shot a judge": those who act in the next clause.
    pub(super) fn opens_clause(&self, party: &Party, end: Tok) -> bool {
        let doc = self.doc;
        let subject = doc.deprel(party.head) == Deprel::Nsubj;
        let verb = doc.head(party.head).filter(|_| subject);
        let behind = |v: Tok| v > party.head && v < end && doc.upos(v) == Upos::Verb;
        // "gunmen with rifles shot": where the tree hangs them elsewhere, by the order of the words.
        let within = |t: &Tok| {
            matches!(
                doc.upos(*t),
                Upos::Adp | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det
            ) || matches!(doc.xpos(*t), "VBN" | "VBG")
        };
        let next = party.end();
        let mut words = (next.0..end.0.min(next.0 + LONGEST)).map(Tok);
        let past = words.find(|t| !within(t));
        let with = next < end && doc.lower(next) == "with";
        party.rule == "number:plural"
            && (verb.is_some_and(behind) || with && past.is_some_and(|t| doc.xpos(t) == "VBD"))
    }
}
