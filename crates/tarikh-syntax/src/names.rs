//! Named entities: a perceptron over the words, tags and trees, greedy from left to right.
//!
//! Each word begins a name, goes on in one, or is outside (Ramshaw and Marcus 1995), in two
//! layers: the outermost names, then the names inside those ("the [University of [Corva]]"). No
//! list of names is used: what a word is is told by its form and its place in the sentence.

use crate::doc::EntityKind;
use crate::hash::{feature, mix};
use crate::labels::Upos;
use crate::lexeme::Lexeme;
use crate::linear::Weights;
use crate::parser::{NONE, Node};
use crate::tagger::{Tag, best};

/// Kinds in the order of their classes.
pub const KINDS: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Other,
];

/// Outside of every name.
pub const OUTSIDE: u8 = 0;

/// Number of classes: outside, and each kind beginning or going on.
pub const CLASSES: usize = 1 + 2 * KINDS.len();

/// Number of features of a word.
pub const FEATURES: usize = 58;

/// The class of a word that begins a name of this kind, or goes on in one.
#[must_use]
pub fn class(kind: EntityKind, begins: bool) -> u8 {
    let index = KINDS
        .iter()
        .position(|k| *k == kind)
        .unwrap_or(KINDS.len() - 1);
    (if begins {
        1 + index
    } else {
        1 + KINDS.len() + index
    }) as u8
}

/// The kind of a class and whether it begins a name; `None` outside.
#[must_use]
pub fn kind(class: u8) -> Option<(EntityKind, bool)> {
    let index = usize::from(class.checked_sub(1)?);
    Some((*KINDS.get(index % KINDS.len())?, index < KINDS.len()))
}

/// A sentence as the name finder sees it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The words.
    pub words: &'a [Lexeme],
    /// Their tags.
    pub tags: &'a [Tag],
    /// Their places in the tree.
    pub nodes: &'a [Node],
    /// The classes of the layer outside this one; empty for the first.
    pub outer: &'a [u8],
}

/// The features of word `i`, given the classes of the words before it.
pub fn features(input: Input<'_>, i: usize, before: &[u8], out: &mut [u32; FEATURES]) {
    let at = |offset: isize| {
        i.checked_add_signed(offset)
            .and_then(|j| input.words.get(j))
            .unwrap_or(&Lexeme::EDGE)
    };
    let pos = |offset: isize| {
        i.checked_add_signed(offset)
            .and_then(|j| input.tags.get(j))
            .map_or(99, |t| u32::from(t.xpos) << 5 | t.upos as u32)
    };
    let label = |n: usize| u32::from(if i >= n { before[i - n] } else { u8::MAX });
    let (w, p1, p2, n1, n2) = (at(0), at(-1), at(-2), at(1), at(2));
    let (t, t1, t2, u1, u2) = (pos(0), pos(-1), pos(-2), pos(1), pos(2));
    let node = input.nodes.get(i);
    let relation = node.map_or(99, |n| n.label as u32);
    let head = node.map_or(NONE, |n| n.head);
    let head_word = input.words.get(usize::from(head)).map_or(1, |w| w.norm);
    let head_tag = input
        .tags
        .get(usize::from(head))
        .map_or(99, |t| t.upos as u32);
    // The preposition of the phrase: the first word under this one, or under its head.
    let first = |n: Option<&Node>| n.map_or(NONE, |n| n.left[0]);
    let case = |i: u16| input.words.get(usize::from(i)).map_or(1, |w| w.norm);
    let own_case = case(first(node));
    let head_case = case(first(input.nodes.get(usize::from(head))));
    let outer = input.outer.get(i).map_or(99, |c| u32::from(*c));
    let (l1, l2) = (label(1), label(2));
    let fine = |word: &Lexeme| word.clusters[0];
    let head_fine = input.words.get(usize::from(head)).map_or(1, fine);
    let is_name = |j: usize| {
        let tag = input.tags.get(j);
        tag.is_some_and(|t| t.upos == Upos::Propn)
    };
    let last = (i..i + 6).take_while(|&j| is_name(j)).last().unwrap_or(i);
    let last = &input.words[last];
    let shapes = p1.case << 8 | w.case << 4 | n1.case;
    let values: [u32; FEATURES] = [
        0,
        w.norm,
        w.suffix[1],
        w.suffix[2],
        w.suffix[3],
        w.prefix[1],
        w.prefix[2],
        w.shape,
        t,
        mix(t, w.shape),
        l1,
        l1 << 8 | l2,
        mix(l1, w.norm),
        mix(l1, t),
        mix(l1, mix(t, u1)),
        mix(l1, t1 << 12 | t),
        p1.norm,
        p2.norm,
        n1.norm,
        n2.norm,
        mix(p1.norm, w.norm),
        mix(w.norm, n1.norm),
        mix(p1.norm, l1),
        mix(n1.norm, l1),
        t1 << 12 | t,
        t << 12 | u1,
        mix(t1 << 12 | t, u1),
        mix(u1 << 12 | u2, t),
        mix(t2 << 12 | t1, t),
        shapes,
        mix(shapes, l1),
        n1.shape,
        p1.shape,
        mix(relation, t),
        mix(relation, head_word),
        mix(relation, head_tag),
        head_word,
        mix(own_case, t),
        mix(head_case, relation),
        mix(l1, head_word),
        n1.suffix[2],
        p1.suffix[2],
        // Words that are like these.
        fine(w),
        w.clusters[1],
        mix(fine(w), w.case),
        mix(fine(w), l1),
        mix(fine(w), t),
        fine(p1),
        fine(n1),
        mix(fine(p1), fine(w)),
        mix(fine(w), fine(n1)),
        mix(fine(n1), mix(l1, t)),
        mix(fine(p1), mix(l1, t)),
        mix(head_fine, relation),
        mix(l1, mix(w.suffix[2], t)),
        mix(l1, mix(w.shape, n1.shape)),
        // The last word of the noun that this word belongs to tells what the name names.
        mix(last.norm, l1),
        mix(last.clusters[0], l1),
    ];
    for (template, (slot, value)) in out.iter_mut().zip(values).enumerate() {
        *slot = feature(2000 + template as u32, mix(value, outer));
    }
}

/// Forbids going on in a name of another kind, or where no name is.
pub fn forbid(scores: &mut [i32], before: Option<u8>) {
    let current = before.and_then(kind).map(|k| k.0);
    for class in 1..CLASSES as u8 {
        if let Some((kind, false)) = kind(class)
            && current != Some(kind)
            && let Some(score) = scores.get_mut(usize::from(class))
        {
            *score = i32::MIN;
        }
    }
}

/// Finds the names of one layer: a class for each word. In the second layer only the words of
/// longer names are looked at.
pub fn find(weights: &impl Weights, input: Input<'_>, classes: &mut Vec<u8>) {
    classes.clear();
    let mut slots = [0u32; FEATURES];
    for i in 0..input.words.len() {
        if !worth_a_look(input, i, classes.last().copied()) {
            classes.push(OUTSIDE);
            continue;
        }
        let mut scores = [0i32; CLASSES];
        features(input, i, classes, &mut slots);
        weights.add_all(&slots, &mut scores);
        forbid(&mut scores, classes.last().copied());
        classes.push(best(&scores) as u8);
    }
}

/// Whether a word can be in a name of this layer: in the first, nearly every name begins with a
/// proper noun or a word with a capital; in the second, it lies in a name of several words.
#[must_use]
pub fn worth_a_look(input: Input<'_>, i: usize, before: Option<u8>) -> bool {
    if !input.outer.is_empty() {
        let inside = |j: usize| input.outer.get(j).copied().and_then(kind);
        return inside(i).is_some_and(|(_, begins)| !begins || inside(i + 1).is_some_and(|k| !k.1));
    }
    let goes_on = before.is_some_and(|b| b != OUTSIDE);
    let capital = input.words[i].case != 0;
    let noun = input
        .tags
        .get(i)
        .is_some_and(|t| matches!(t.upos, Upos::Propn));
    goes_on || capital || noun
}
