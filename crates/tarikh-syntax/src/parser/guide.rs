//! The parser from right to left, and what the parser from left to right takes from it.

use super::routine::Routine;
use super::state::{NONE, Node, State};
use super::{Input, parse};
use crate::labels::Deprel;
use crate::lexeme::Lexeme;
use crate::linear::Weights;

/// What the first parser says of a word.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// Head, [`NONE`] for the root.
    pub head: u16,
    /// Relation to the head.
    pub label: Deprel,
    /// Its last dependent to the right, or itself.
    pub last: u16,
}

/// Buffers of the two parsers.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    words: Vec<Lexeme>,
    tags: Vec<u8>,
    guide: Vec<Guide>,
}

impl Stack {
    /// Parses a sentence with both parsers into `state`; the routine is the second parser's.
    pub fn parse(
        &mut self,
        guide: &impl Weights,
        parser: &impl Weights,
        routine: Option<&Routine>,
        input: Input<'_>,
        state: &mut State,
    ) {
        self.guide(guide, input, state);
        let guide = &self.guide;
        parse(parser, routine, Input { guide, ..input }, state);
    }

    /// What the first parser says of a sentence.
    pub fn guide(
        &mut self,
        weights: &impl Weights,
        input: Input<'_>,
        state: &mut State,
    ) -> &[Guide] {
        reverse(input.words, &mut self.words);
        reverse(input.tags, &mut self.tags);
        let reversed = Input {
            words: &self.words,
            tags: &self.tags,
            guide: &[],
        };
        parse(weights, None, reversed, state);
        advice(&state.nodes, &mut self.guide);
        &self.guide
    }
}

/// The items from the last to the first.
pub fn reverse<T: Copy>(items: &[T], out: &mut Vec<T>) {
    out.clear();
    out.extend(items.iter().rev());
}

/// The tree of a reversed sentence as advice on the sentence.
pub fn advice(reversed: &[Node], out: &mut Vec<Guide>) {
    let mirrored = |i: u16| (reversed.len() - 1) as u16 - i;
    out.clear();
    out.extend(reversed.iter().rev().zip(0..).map(|(node, i)| Guide {
        head: if node.head == NONE {
            NONE
        } else {
            mirrored(node.head)
        },
        label: node.label,
        last: i,
    }));
    for i in 0..out.len() {
        let head = usize::from(out[i].head);
        if let Some(head) = out.get_mut(head) {
            head.last = head.last.max(i as u16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirrored_tree_is_turned_back() {
        // "police fled Corva" from its end: "Corva fled police".
        let mut state = State::default();
        state.start(3);
        for (i, head) in [(0, 1), (1, NONE), (2, 1)] {
            state.nodes[i].head = head;
        }
        let mut guide = Vec::new();
        advice(&state.nodes, &mut guide);
        let seen: Vec<_> = guide.iter().map(|g| (g.head, g.last)).collect();
        assert_eq!(seen, [(1, 0), (NONE, 2), (1, 2)]);
    }
}
