//! "Arrested a man over the blast that killed six": the arrest, and the act that it is for.

use tarikh_syntax::{Deprel, Tok};

use super::scene::Family;
use crate::knowledge::frames::Act;
use crate::reading::Reading;
use crate::tree;

/// Whether of two events one is an arrest for the other, an act of violence that came before.
pub(super) fn is_for(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    is_below(reading, a, b) || is_below(reading, b, a)
}

fn is_below(reading: &Reading<'_>, arrest: usize, act: usize) -> bool {
    let doc = reading.doc;
    let (arrest, act) = (&reading.events[arrest], &reading.events[act]);
    if arrest.act != Act::Arrest || Family::of(act.act) != Family::Violence {
        return false;
    }
    let path: Vec<Tok> = std::iter::once(act.trigger)
        .chain(tree::ancestors(doc, act.trigger))
        .take_while(|&t| t != arrest.trigger)
        .collect();
    let argument = path
        .last()
        .copied()
        .filter(|&t| doc.head(t) == Some(arrest.trigger));
    argument.is_some_and(|t| match doc.deprel(t) {
        // "the man who killed nine"
        Deprel::Obj | Deprel::NsubjPass => path
            .iter()
            .any(|&t| matches!(doc.deprel(t), Deprel::Acl | Deprel::AclRelcl)),
        Deprel::Obl | Deprel::Advcl | Deprel::Nmod => is_reason(reading, t),
        _ => false,
    })
}

/// "over", "for", "on suspicion of", "in connection with", "after"
fn is_reason(reading: &Reading<'_>, phrase: Tok) -> bool {
    let doc = reading.doc;
    let noun = matches!(
        doc.lemma(phrase),
        "suspicion" | "charge" | "connection" | "role" | "part"
    );
    let link = |c: Tok| {
        matches!(doc.deprel(c), Deprel::Case | Deprel::Mark)
            && matches!(doc.lower(c), "over" | "for" | "after" | "following")
    };
    noun || doc.children(phrase).any(link)
}
