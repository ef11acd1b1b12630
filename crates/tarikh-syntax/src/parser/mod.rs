//! Dependency parsing: greedy, arc-hybrid, with a perceptron trained by a dynamic oracle
//! (Goldberg and Nivre 2012, 2013).
//!
//! Two parsers are stacked (Nivre and McDonald 2008): the first reads the sentence from right to
//! left, and its tree guides the second, which reads from left to right. So the second knows
//! something of the words that it has not come to, which a greedy parser lacks most.

mod features;
mod guide;
mod routine;
mod state;

pub use features::{FEATURES, Input, features};
pub use guide::{Guide, Stack, advice, reverse};
pub use routine::{KEYS, Routine, keys};
pub use state::{Allowed, NONE, Node, State, TRANSITIONS, Transition, costs};

use crate::labels::Deprel;
use crate::linear::Weights;

const LABELS: usize = Deprel::ALL.len();

/// The best transition that the state allows. Never [`Deprel::Root`]: that is the root's own arc.
#[must_use]
pub fn best(scores: &[i32], allowed: Allowed) -> usize {
    let root = Deprel::Root as usize;
    let (mut best, mut top) = (0, if allowed.shift { scores[0] } else { i32::MIN });
    for (ok, base) in [(allowed.left, 1), (allowed.right, 1 + LABELS)] {
        if ok {
            for (label, &score) in scores[base..base + LABELS].iter().enumerate() {
                if score > top && label != root {
                    (best, top) = (base + label, score);
                }
            }
        }
    }
    best
}

/// Parses a sentence into `state`: afterwards every node has its head and relation. Where there is
/// a routine, it comes first.
pub fn parse(
    weights: &impl Weights,
    routine: Option<&Routine>,
    input: Input<'_>,
    state: &mut State,
) {
    state.start(input.words.len());
    let mut slots = [0u32; FEATURES];
    let mut scores = [0i32; TRANSITIONS];
    while !state.is_final() {
        let allowed = state.allowed();
        let class = if state.stack.is_empty() {
            0
        } else if let Some(known) = routine.and_then(|r| r.next(state, input, allowed)) {
            known
        } else {
            let n = features(state, input, &mut slots);
            scores.fill(0);
            weights.add_all(&slots[..n], &mut scores);
            best(&scores, allowed)
        };
        state.apply(Transition::of(class));
    }
    state.finish();
}
