//! States in which the guided parser always does the same.
//!
//! Much of what it does is plain from a few tags and the guide's advice: an adjective before a noun
//! is the noun's, where the guide says so too. A table, learned by watching the parser on text,
//! says what it does in such states, so that its features need not be read there. The guide has no
//! such table: its rare mistakes would mislead the parser.

use std::borrow::Cow;

use super::features::{Advice, Input};
use super::state::{Allowed, State, Transition};
use crate::hash::mix;
use crate::linear::Linear;

/// Number of keys of a state.
pub const KEYS: usize = 3;

/// What the parser does in states that it meets often.
#[derive(Clone, Debug)]
pub struct Routine {
    table: Linear,
}

impl Routine {
    /// Opens a table; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        Some(Self {
            table: Linear::open(bytes)?,
        })
    }

    /// Writes a table: keys of states with the class of the transition; each key once.
    #[must_use]
    pub fn encode(states: &[(u32, u8)]) -> Vec<u8> {
        let row = |&(key, class): &(u32, u8)| (key, vec![(class, 0)]);
        Linear::encode(0, states.iter().map(row).collect())
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.table.size()
    }

    /// The transition that the parser would choose; `None` if it has to be asked.
    pub(super) fn next(&self, state: &State, input: Input<'_>, allowed: Allowed) -> Option<usize> {
        let class = keys(state, input).into_iter().find_map(|key| {
            let pairs = self.table.pairs(key)?;
            pairs.first().map(|class| usize::from(*class))
        })?;
        let can = match Transition::of(class) {
            Transition::Shift => allowed.shift,
            Transition::Left(_) => allowed.left,
            Transition::Right(_) => allowed.right,
        };
        can.then_some(class)
    }
}

/// The keys of a state, by which it is like others: tags around the place where the parser is,
/// with advice on the top of the stack, with the next tag, with all advice.
#[must_use]
pub fn keys(state: &State, input: Input<'_>) -> [u32; KEYS] {
    let tag = |i: u16| {
        input
            .tags
            .get(usize::from(i))
            .map_or(511, |t| u32::from(*t))
    };
    let (top, below, next) = (state.stacked(0), state.stacked(1), state.next);
    let three = tag(below) << 18 | tag(top) << 9 | tag(next);
    let advice = Advice {
        guide: input.guide,
        places: [top, below, next],
    };
    let [of_top, of_below, of_next] = advice.places.map(|i| advice.of(i));
    [
        mix(1 << 28, mix(three, of_top)),
        mix(2 << 28, mix(three, tag(next.saturating_add(1)))),
        mix(3 << 28, mix(three, of_top << 22 ^ of_below << 11 ^ of_next)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Deprel;
    use crate::lexeme::Lexeme;

    #[test]
    fn only_a_known_state_has_an_answer_and_only_what_is_allowed_is_one() {
        let words = [Lexeme::default(); 2];
        let input = Input {
            words: &words,
            tags: &[1, 2],
            guide: &[],
        };
        let mut state = State::default();
        state.start(2);
        state.apply(Transition::Shift);
        let known = keys(&state, input)[1];
        let open = |class: usize| Routine::open(Routine::encode(&[(known, class as u8)]).into());
        let det = Transition::Left(Deprel::Det).class();
        let routine = open(det).expect("a table");
        assert_eq!(routine.next(&state, input, state.allowed()), Some(det));
        let right = open(Transition::Right(Deprel::Obj).class()).expect("a table");
        let answer = right.next(&state, input, state.allowed());
        assert_eq!(answer, None, "nothing lies below the top");
        state.apply(Transition::Shift);
        assert_eq!(
            routine.next(&state, input, state.allowed()),
            None,
            "another state"
        );
    }
}
