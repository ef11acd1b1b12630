//! Which act a word of its sentence hangs on, by the tree.

use tarikh_syntax::{Deprel, Tok};

use crate::reading::Reading;
use crate::tree;

/// Whether the word hangs on the trigger's clause and not on another one between them.
pub(crate) fn governor(reading: &Reading<'_>, word: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let mut at = word;
    for _ in 0..10 {
        let Some(head) = doc.head(at) else {
            return false;
        };
        if head == trigger {
            return true;
        }
        // "a bombing claimed by the group in March", "an attack on a convoy that killed eight in May":
        // the clause only adds to the noun.
        if adds_to(reading, head, trigger) {
            return true;
        }
        if tree::is_verbal(doc, head) {
            if reading.knowledge.speech.is_said(doc, head) && !tree::calls_in(doc, head) {
                return false;
            }
            // "The attack took place on Monday", "was carried out in Corva", "died when gunmen raided".
            return is_argument(reading, trigger, head);
        }
        if reading.event_at(head).is_some() {
            return is_argument(reading, trigger, head) || is_argument(reading, head, trigger);
        }
        at = head;
    }
    false
}

/// Whether a verb heads a clause about the trigger or about a noun that hangs on it.
fn adds_to(reading: &Reading<'_>, verb: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let is_clause = matches!(doc.deprel(verb), Deprel::Acl | Deprel::AclRelcl);
    let Some(noun) = doc.head(verb).filter(|_| is_clause) else {
        return false;
    };
    let hangs = doc.deprel(noun) == Deprel::Nmod && doc.deprel(verb) == Deprel::AclRelcl;
    noun == trigger || hangs && doc.head(noun) == Some(trigger)
}

/// Whether the trigger depends on the verb without another clause of its own time between.
fn is_argument(reading: &Reading<'_>, trigger: Tok, verb: Tok) -> bool {
    let doc = reading.doc;
    let mut at = trigger;
    for _ in 0..5 {
        match doc.head(at) {
            Some(h) if h == verb => {
                return !matches!(doc.deprel(at), Deprel::Ccomp | Deprel::Parataxis);
            }
            Some(h)
                if matches!(
                    doc.deprel(at),
                    Deprel::Acl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis
                ) && h != verb =>
            {
                return false;
            }
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// Number of steps between two words in the tree; 20 when they do not meet.
pub(super) fn tree_distance(reading: &Reading<'_>, a: Tok, b: Tok) -> u32 {
    let doc = reading.doc;
    let path = |mut t: Tok| {
        let mut out = vec![t];
        while let Some(h) = doc.head(t) {
            out.push(h);
            t = h;
            if out.len() > 20 {
                break;
            }
        }
        out
    };
    let (p, q) = (path(a), path(b));
    p.iter()
        .enumerate()
        .find_map(|(i, x)| q.iter().position(|y| y == x).map(|j| (i + j) as u32))
        .unwrap_or(20)
}
