//! The weapons that the sentences of an incident name.

use tarikh_syntax::{Tok, TokRange, Upos};

use super::Parts;
use super::notes::Notes;

pub(super) fn weapons(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) -> Vec<String> {
    let r = p.reading;
    let mut out: Vec<String> = Vec::new();
    for &s in &p.draft.scenes {
        let range = r.doc.sentence(p.scenes[s].sentence).tokens;
        for t in range.iter() {
            let Some((n_before, _)) = r.knowledge.lexicon.weapon(r.doc, t) else {
                continue;
            };
            // A longer weapon that goes on behind this word takes it in ("car bomb attack" has one).
            if r.doc.upos(t) == Upos::Verb
                || t.0 + 1 < range.end.0
                    && r.knowledge
                        .lexicon
                        .weapon(r.doc, Tok(t.0 + 1))
                        .is_some_and(|(n, _)| n > 0)
            {
                continue;
            }
            let tokens = TokRange::new(Tok(t.0 - n_before as u32), Tok(t.0 + 1));
            let words = r.report.quote(r.doc.range_span(tokens)).to_owned();
            if !out.iter().any(|w| w.eq_ignore_ascii_case(&words)) {
                notes.tokens(&format!("weapons[{}]", out.len()), tokens, "lexicon:weapon");
                out.push(words);
            }
        }
    }
    out
}
