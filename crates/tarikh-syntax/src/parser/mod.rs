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

pub use features::{FEATURES, FIRST, Input, features};
pub use guide::{Guide, Stack, advice, reverse};
pub use routine::{KEYS, Routine, keys};
pub use state::{Allowed, NONE, Node, State, TRANSITIONS, Transition, costs};

use crate::labels::Deprel;
use crate::linear::Weights;

const LABELS: usize = Deprel::ALL.len();

/// How far, in steps of the weights, the best transition has to lead by the first features for the
/// others not to be asked: by the guide, and by the parser that it guides. Measured: a lower bound
/// costs more accuracy than the time is worth.
const SURE: [i32; 2] = [1700, 1300];

/// The best transition that the state allows. Never [`Deprel::Root`]: that is the root's own arc.
#[must_use]
pub fn best(scores: &[i32], allowed: Allowed) -> usize {
    lead(scores, allowed).0
}

/// The best transition, and by how much it leads.
fn lead(scores: &[i32], allowed: Allowed) -> (usize, i32) {
    let root = Deprel::Root as usize;
    let (mut best, mut top, mut second) = (0, i32::MIN, i32::MIN);
    if allowed.shift {
        top = scores[0];
    }
    for (ok, base) in [(allowed.left, 1), (allowed.right, 1 + LABELS)] {
        if ok {
            for (label, &score) in scores[base..base + LABELS].iter().enumerate() {
                if score > second && label != root {
                    if score > top {
                        (best, second, top) = (base + label, top, score);
                    } else {
                        second = score;
                    }
                }
            }
        }
    }
    (best, top.saturating_sub(second))
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
    let sure = SURE[usize::from(!input.guide.is_empty())];
    while !state.is_final() {
        let allowed = state.allowed();
        let class = if state.stack.is_empty() {
            0
        } else if let Some(known) = routine.and_then(|r| r.next(state, input, allowed)) {
            known
        } else {
            let n = features(state, input, &mut slots);
            let (first, others) = slots[..n].split_at(FIRST);
            scores.fill(0);
            weights.add_all(first, &mut scores);
            let (class, lead) = lead(&scores, allowed);
            if lead >= sure {
                class
            } else {
                weights.add_all(others, &mut scores);
                best(&scores, allowed)
            }
        };
        state.apply(Transition::of(class));
    }
    state.finish();
}
