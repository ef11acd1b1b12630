//! The gate: reports without any word of an act or of harm skip the expensive layers.

use tarikh_syntax::Doc;

use crate::knowledge::Knowledge;

/// Whether some word of the report can state an act or harm.
///
/// Works on forms, since lemmas are not known yet: a trigger lemma counts as present when a form
/// begins with its stem. It lets too much through and nothing relevant out.
pub(crate) fn opens(doc: &Doc, knowledge: &Knowledge) -> bool {
    doc.tokens()
        .any(|t| knowledge.stems.is_trigger(doc.lower(t)))
}
