//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011).
//!
//! The root stands behind the last word of the buffer (Ballesteros and Nivre 2013) and takes one
//! dependent, when nothing else is left: every derivation ends in a tree with a single root.

use crate::labels::Deprel;

/// No word.
pub const NONE: u16 = u16::MAX;

const LABELS: usize = Deprel::ALL.len();

/// Number of transitions.
pub const TRANSITIONS: usize = 1 + 2 * LABELS;

/// A transition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transition {
    /// Moves the next word onto the stack.
    Shift,
    /// The next word (or the root) takes the top of the stack as its dependent.
    Left(Deprel),
    /// The word below the top takes the top as its dependent.
    Right(Deprel),
}

impl Transition {
    /// Its class in the model.
    #[must_use]
    pub const fn class(self) -> usize {
        match self {
            Self::Shift => 0,
            Self::Left(rel) => 1 + rel as usize,
            Self::Right(rel) => 1 + LABELS + rel as usize,
        }
    }

    /// The transition of a class below [`TRANSITIONS`].
    #[must_use]
    pub fn of(class: usize) -> Self {
        match class {
            0 => Self::Shift,
            c if c <= LABELS => Self::Left(Deprel::ALL[c - 1]),
            c => Self::Right(Deprel::ALL[c - 1 - LABELS]),
        }
    }
}

/// Which transitions a state allows, labels apart.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// The next word can be shifted.
    pub shift: bool,
    /// The next word can take the top of the stack.
    pub left: bool,
    /// The word below the top can take it.
    pub right: bool,
}

/// What a word has collected so far.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Head, [`NONE`] if it has none yet or is the root.
    pub head: u16,
    /// Relation to the head.
    pub label: Deprel,
    /// The two outermost dependents to the left, outermost first.
    pub left: [u16; 2],
    /// The two outermost dependents to the right, outermost first.
    pub right: [u16; 2],
    /// Number of dependents to the left and right.
    pub valency: [u8; 2],
    /// The relations of all dependents, as a bit set.
    pub relations: u64,
    /// Its outermost preposition or other case marker.
    pub case: u16,
}

const EMPTY: Node = Node {
    head: NONE,
    label: Deprel::Dep,
    left: [NONE; 2],
    right: [NONE; 2],
    valency: [0; 2],
    relations: 0,
    case: NONE,
};

/// A state: stack, buffer, and the arcs made so far. Words are counted from zero.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Words without a head so far, the top last.
    pub stack: Vec<u16>,
    /// The next word; the number of words when only the root is left.
    pub next: u16,
    /// The words.
    pub nodes: Vec<Node>,
}

impl State {
    /// Starts a sentence of `n` words.
    pub fn start(&mut self, n: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(n, EMPTY);
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The word at depth `n` of the stack.
    #[must_use]
    pub fn stacked(&self, n: usize) -> u16 {
        self.stack
            .len()
            .checked_sub(n + 1)
            .map_or(NONE, |i| self.stack[i])
    }

    /// What can be done.
    #[must_use]
    pub fn allowed(&self) -> Allowed {
        let words_left = usize::from(self.next) < self.len();
        Allowed {
            shift: words_left,
            left: !self.stack.is_empty() && words_left,
            right: self.stack.len() > 1,
        }
    }

    /// Whether only the root's arc is missing (the sentence is then done).
    #[must_use]
    pub fn is_final(&self) -> bool {
        usize::from(self.next) >= self.len() && self.stack.len() <= 1
    }

    /// Gives the last word on the stack to the root; call once the state is final.
    pub fn finish(&mut self) {
        if let Some(root) = self.stack.pop() {
            self.nodes[usize::from(root)].label = Deprel::Root;
        }
    }

    /// Applies a transition that is allowed.
    pub fn apply(&mut self, transition: Transition) {
        match transition {
            Transition::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Transition::Left(rel) => {
                if let Some(dependent) = self.stack.pop() {
                    self.attach(self.next, dependent, rel);
                }
            }
            Transition::Right(rel) => {
                if let Some(dependent) = self.stack.pop()
                    && let Some(&head) = self.stack.last()
                {
                    self.attach(head, dependent, rel);
                }
            }
        }
    }

    fn attach(&mut self, head: u16, dependent: u16, rel: Deprel) {
        let node = &mut self.nodes[usize::from(dependent)];
        node.head = head;
        node.label = rel;
        let node = &mut self.nodes[usize::from(head)];
        let side = usize::from(dependent > head);
        let outer = if side == 0 {
            &mut node.left
        } else {
            &mut node.right
        };
        outer[1] = outer[0];
        outer[0] = dependent;
        node.valency[side] = node.valency[side].saturating_add(1);
        node.relations |= 1 << (rel as u64);
        if rel == Deprel::Case {
            node.case = dependent;
        }
    }
}

/// Cost of each kind of transition: how many gold arcs it puts out of reach
/// (Goldberg and Nivre 2013). `gold[w]` is the head of `w`, [`NONE`] for the root.
///
/// Gives the costs of shift, left and right, whether allowed or not.
#[must_use]
pub fn costs(state: &State, gold: &[u16]) -> [u32; 3] {
    let top = state.stacked(0);
    let below = state.stacked(1);
    let next = state.next;
    let head = |w: u16| gold[usize::from(w)];
    let mut shift = 0;
    if usize::from(next) < state.len() {
        // Heads and dependents of the next word that lie on the stack; the top may still take it.
        for &w in &state.stack {
            shift += u32::from(head(w) == next);
            shift += u32::from(head(next) == w && w != top);
        }
    }
    let (mut left, mut right) = (0, 0);
    if top != NONE {
        let waiting = (next..state.len() as u16)
            .filter(|&w| head(w) == top)
            .count() as u32;
        let h = head(top);
        // The root's arc is out of reach too once the word has another head.
        let ahead = h == NONE || h > next;
        left = waiting + u32::from(ahead || (h == below && below != NONE));
        right = waiting + u32::from(h == NONE || h >= next);
    }
    [shift, left, right]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows zero-cost transitions; a projective tree must come out whole.
    #[test]
    fn the_oracle_rebuilds_projective_trees() {
        let trees: [&[u16]; 4] = [
            &[1, NONE, 1],
            &[NONE],
            &[NONE, 0, 1, 2, 0],
            &[1, 3, 1, NONE, 6, 6, 3],
        ];
        for gold in trees {
            let mut state = State::default();
            state.start(gold.len());
            while !state.is_final() {
                let allowed = state.allowed();
                let [shift, left, right] = costs(&state, gold);
                let transition = if allowed.left && left == 0 {
                    Transition::Left(Deprel::Dep)
                } else if allowed.right && right == 0 {
                    Transition::Right(Deprel::Dep)
                } else {
                    assert!(
                        allowed.shift && shift == 0,
                        "no transition without cost in {state:?}"
                    );
                    Transition::Shift
                };
                state.apply(transition);
            }
            state.finish();
            let heads: Vec<u16> = state.nodes.iter().map(|n| n.head).collect();
            assert_eq!(heads, gold);
        }
    }

    #[test]
    fn classes_lead_back() {
        for class in 0..TRANSITIONS {
            assert_eq!(Transition::of(class).class(), class);
        }
    }
}
