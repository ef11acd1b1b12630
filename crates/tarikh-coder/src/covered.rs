//! Which tokens of a document lie in some of its ranges. Asked for every token of a report, so that a search through
//! the ranges would cost a long one its square.

use tarikh_syntax::{Tok, TokRange};

/// The tokens that some ranges hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Covered(Vec<bool>);

impl Covered {
    /// Of a document of `n_tokens`.
    pub(crate) fn by(n_tokens: usize, ranges: impl Iterator<Item = TokRange>) -> Self {
        let mut covered = vec![false; n_tokens];
        for t in ranges.flat_map(|range| range.iter()) {
            if let Some(slot) = covered.get_mut(t.idx()) {
                *slot = true;
            }
        }
        Self(covered)
    }

    /// Whether a range holds the token.
    pub(crate) fn has(&self, t: Tok) -> bool {
        self.0.get(t.idx()).copied().unwrap_or_default()
    }

    /// Whether a range holds one of these tokens.
    pub(crate) fn meets(&self, range: TokRange) -> bool {
        range.iter().any(|t| self.has(t))
    }
}
