//! Named entities: every stretch of words that could be a name is judged as a whole.
//!
//! A stretch begins and ends with a word that could be part of a name and may have small words such
//! as "of" between. A perceptron says of what kind of name it is, or that it is none, by its words,
//! its surroundings, its place in the tree and what lists of names say of its words
//! ([`crate::lexeme::MARKS`]). Of names that cross, the surer one stays; names may lie inside names
//! ("the [University of [Corva]]"). A finder that went from word to word and said where a name begins
//! broke more names apart.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::doc::EntityKind;
use crate::hash::{feature, mix};
use crate::labels::{Deprel, Upos};
use crate::lexeme::{self, Lexeme};
use crate::linear::Weights;
use crate::parser::{NONE, Node};
use crate::tagger::Tag;

/// Kinds in the order of their classes; class zero is no name.
pub const KINDS: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Other,
];

/// Number of classes: no name, and each kind.
pub const CLASSES: usize = 1 + KINDS.len();

/// Longest name in words.
const LONGEST: usize = 12;
/// Small words in a row inside a name.
const GAP: usize = 2;
/// Features of a stretch, those of its single words apart.
const WHOLE: usize = 142;
/// Features of a word of a stretch.
const WORD: usize = 7;
/// Most features of a stretch.
pub const FEATURES: usize = WHOLE + WORD * LONGEST;
/// How far, in steps of the weights, a name may trail behind no name: most mistakes are names missed.
const LEANING: i32 = 300;

/// A sentence as the name finder sees it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The words.
    pub words: &'a [Lexeme],
    /// Their tags.
    pub tags: &'a [Tag],
    /// Their places in the tree.
    pub nodes: &'a [Node],
}

/// A name in a sentence: first word and one past the last, with the scores of [`KINDS`], above
/// that of no name, in steps of the weights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Scores of the kinds.
    pub scores: [i32; KINDS.len()],
}

impl Found {
    fn lead(&self) -> i32 {
        self.scores.into_iter().max().unwrap_or(i32::MIN)
    }

    /// Whether a stretch overlaps with this one and neither lies inside the other.
    fn crosses(&self, (start, end): (usize, usize)) -> bool {
        let apart = self.end <= start || end <= self.start;
        let inside = start <= self.start && self.end <= end;
        let outside = self.start <= start && end <= self.end;
        !apart && !inside && !outside
    }
}

impl Input<'_> {
    /// The word at a place; what stands around a sentence outside of it.
    fn word(&self, at: usize) -> &Lexeme {
        self.words.get(at).unwrap_or(&Lexeme::EDGE)
    }

    fn upos(&self, at: usize) -> Option<Upos> {
        self.tags.get(at).map(|t| t.upos)
    }

    fn tag(&self, at: usize) -> u32 {
        let tag = self.tags.get(at);
        tag.map_or(99, |t| u32::from(t.xpos) << 5 | t.upos as u32)
    }

    /// Whether a name can begin or end with a word: a proper noun, or a word with a capital.
    fn is_core(&self, at: usize) -> bool {
        use Upos::{Adp, Aux, Cconj, Det, Pron, Propn, Punct, Sconj};
        let capital = matches!(self.word(at).case, 1..=3);
        match self.upos(at) {
            Some(Propn) => true,
            Some(Pron | Aux | Cconj | Sconj | Punct | Adp | Det) | None => false,
            Some(_) => capital,
        }
    }

    fn is_small(&self, at: usize) -> bool {
        self.word(at).marks & lexeme::INSIDE != 0
    }

    /// Calls `each` with every stretch that could be a name: first word, one past the last.
    pub fn stretches(&self, mut each: impl FnMut(usize, usize)) {
        for start in (0..self.words.len()).filter(|&i| self.is_core(i)) {
            let mut gap = 0;
            for at in start..self.words.len().min(start + LONGEST) {
                if self.is_core(at) {
                    gap = 0;
                    each(start, at + 1);
                } else if gap < GAP && self.is_small(at) {
                    gap += 1;
                } else {
                    break;
                }
            }
        }
    }
}

/// A stretch's place in the tree.
struct Place {
    /// How many of its words have their head outside, at most three.
    heads: u32,
    /// The last noun among those, else the last of them.
    head: usize,
    /// Its preposition and determiner: the words outside that hang on the stretch so.
    case: u32,
    det: u32,
    /// Relations of the words beside it that hang on it.
    left: u32,
    right: u32,
    /// What possessors have to do with it.
    possessive: u32,
}

fn place(input: Input<'_>, start: usize, end: usize) -> Place {
    let is_inside = |i: u16| (start..end).contains(&usize::from(i));
    let outward = |i: &usize| input.nodes.get(*i).is_some_and(|n| !is_inside(n.head));
    let is_noun = |i: &usize| matches!(input.upos(*i), Some(Upos::Propn | Upos::Noun));
    let heads = (start..end).filter(outward).count();
    let nouns = (start..end).rev().filter(outward).find(is_noun);
    let mut place = Place {
        heads: heads.min(3) as u32,
        head: nouns.or((start..end).rev().find(outward)).unwrap_or(start),
        case: 1,
        det: 1,
        left: 0,
        right: 0,
        possessive: 1,
    };
    // Function words stand near.
    for i in start.saturating_sub(8)..(end + 8).min(input.nodes.len()) {
        let node = &input.nodes[i];
        if (start..end).contains(&i) || !is_inside(node.head) {
            continue;
        }
        if i < start {
            match node.label {
                Deprel::Case => place.case = input.words[i].norm,
                Deprel::Det => place.det = input.words[i].norm,
                Deprel::NmodPoss => place.possessive = 2,
                _ => {}
            }
            if i + 1 == start {
                place.left = 1 + node.label as u32;
            }
        } else {
            match node.label {
                Deprel::Case => place.possessive = 3,
                Deprel::Appos => place.right |= 1 << 8,
                _ => {}
            }
            if i == end {
                place.right |= 1 + node.label as u32;
            }
        }
    }
    place
}

/// The features of the words from `start` to before `end` as a name; gives how many there are.
pub fn features(input: Input<'_>, start: usize, end: usize, out: &mut [u32; FEATURES]) -> usize {
    let at = |i: usize| input.word(i);
    let before = |n: usize| start.wrapping_sub(n);
    let (f, l) = (at(start), at(end - 1));
    let (p1, p2, n1, n2) = (at(before(1)), at(before(2)), at(end), at(end + 1));
    let fold =
        |n: usize, of: &dyn Fn(usize) -> u32| (start..end).take(n).fold(7, |h, i| mix(h, of(i)));
    let upos = |i: usize| input.upos(i).map_or(99, |u| u as u32);
    let full = fold(LONGEST, &|i| at(i).norm);
    let cases = fold(6, &|i| at(i).case);
    let tags = fold(6, &upos);
    let marks = fold(5, &|i| at(i).marks);
    let any = (start..end).fold(0, |sum, i| sum | at(i).marks);
    let length = (end - start).min(6) as u32;
    let tree = place(input, start, end);
    let node = &input.nodes[tree.head];
    let relation = node.label as u32;
    let above = usize::from(node.head);
    let (h, above_tag) = (at(above), input.tag(above));
    let side = match node.head {
        NONE => 0,
        head if usize::from(head) < start => 1,
        _ => 2,
    };
    // Whether it could go on to either side, at once or over a small word.
    let edge = u32::from(input.is_core(before(1)))
        | u32::from(input.is_core(end)) << 1
        | u32::from(input.is_small(before(1)) && input.is_core(before(2))) << 2
        | u32::from(input.is_small(end) && input.is_core(end + 1)) << 3;
    let (t, last_tag) = (input.tag(start), input.tag(end - 1));
    let (before_tag, after_tag) = (input.tag(before(1)), input.tag(end));
    let first = u32::from(start == 0) << 4 | f.case;
    let fine = |word: &Lexeme| word.clusters[0];
    let coarse = |word: &Lexeme| word.clusters[1];
    let head = at(tree.head);
    let [coarsest, middle, finest] = [0, 1, 2].map(|n| move |word: &Lexeme| word.alike[n]);
    let lists = fold(4, &|i| at(i).lists);
    let values: [u32; WHOLE] = [
        0,
        full,
        f.norm,
        l.norm,
        length,
        mix(length, cases),
        mix(tags, length),
        mix(tags, edge),
        edge,
        l.suffix[1],
        l.suffix[2],
        l.suffix[3],
        l.suffix[4],
        f.suffix[2],
        f.prefix[1],
        f.prefix[2],
        l.prefix[2],
        f.suffix[3],
        fine(f),
        fine(l),
        coarse(f),
        coarse(l),
        mix(fine(f), fine(l)),
        f.shape,
        l.shape,
        mix(f.shape, length),
        // Beside it.
        p1.norm,
        p2.norm,
        n1.norm,
        n2.norm,
        mix(p1.norm, p2.norm),
        mix(n1.norm, n2.norm),
        mix(p1.norm, n1.norm),
        mix(before_tag, after_tag),
        fine(p1),
        fine(n1),
        mix(fine(p1), fine(n1)),
        mix(coarse(p1), mix(coarse(n1), length)),
        mix(before_tag, mix(t, p1.case)),
        mix(last_tag, mix(after_tag, n1.case)),
        mix(before_tag, edge),
        mix(after_tag, edge),
        mix(p1.norm, t),
        mix(n1.norm, last_tag),
        mix(p1.norm, edge),
        mix(n1.norm, edge),
        mix(p1.norm, f.norm),
        mix(n1.norm, l.norm),
        // In the tree.
        mix(relation, tree.heads),
        mix(relation, h.norm),
        mix(relation, fine(h)),
        h.norm,
        mix(relation, mix(above_tag, edge)),
        mix(side, mix(relation, above_tag)),
        mix(tree.case, tree.heads),
        mix(tree.case, mix(relation, length)),
        mix(tree.case, h.norm),
        mix(tree.case, fine(h)),
        mix(tree.det, edge),
        mix(tree.det, l.norm),
        mix(tree.left, edge),
        mix(tree.right, edge),
        mix(tree.left, tree.right),
        mix(tree.possessive, relation),
        mix(input.tag(tree.head), tree.heads),
        mix(u32::from(tree.head + 1 == end), tree.heads),
        mix(tree.heads, mix(edge, tags)),
        mix(tree.left, f.norm),
        mix(tree.right, l.norm),
        mix(fine(l), relation),
        mix(fine(l), tree.case),
        mix(l.suffix[2], tree.case),
        // Its words and whether it is all of a name.
        mix(l.suffix[2], length),
        mix(fine(l), edge),
        mix(fine(f), edge),
        mix(l.norm, edge),
        mix(f.norm, edge),
        mix(u32::from(f.case == lexeme::IN_CAPITALS), mix(length, edge)),
        first,
        mix(first, t),
        mix(l.norm, length),
        mix(f.norm, length),
        mix(fine(p1), length),
        mix(fine(n1), length),
        // What lists of names say.
        f.marks,
        l.marks,
        mix(f.marks, l.marks),
        marks,
        mix(l.marks, length),
        mix(f.marks, length),
        mix(marks, edge),
        p1.marks,
        n1.marks,
        mix(p1.marks, f.marks),
        mix(l.marks, n1.marks),
        mix(any, length),
        mix(l.marks, p1.norm),
        mix(l.marks, mix(tree.case, length)),
        mix(marks, f.case),
        mix(f.marks, mix(l.marks, edge)),
        mix(l.marks, mix(tree.heads, relation)),
        mix(p1.marks, mix(edge, f.marks)),
        mix(n1.marks, mix(edge, l.marks)),
        mix(l.marks, n1.norm),
        // Words that are used alike.
        coarsest(f),
        middle(f),
        finest(f),
        coarsest(l),
        middle(l),
        finest(l),
        middle(head),
        mix(middle(l), length),
        mix(middle(f), length),
        mix(middle(l), edge),
        mix(middle(f), edge),
        mix(middle(f), middle(l)),
        mix(middle(l), tree.case),
        mix(middle(l), relation),
        mix(coarsest(p1), mix(coarsest(f), edge)),
        mix(coarsest(n1), mix(coarsest(l), edge)),
        finest(p1),
        finest(n1),
        mix(relation, middle(h)),
        mix(relation, mix(coarsest(h), coarsest(head))),
        mix(tree.case, middle(h)),
        mix(l.marks, coarsest(l)),
        mix(f.marks, coarsest(f)),
        mix(coarsest(l), mix(length, l.case)),
        // Lists that its words would stand in.
        f.lists,
        l.lists,
        head.lists,
        lists,
        mix(lists, edge),
        mix(lists, length),
        mix(lists, relation),
        mix(lists, tree.case),
        mix(l.lists, mix(length, edge)),
        mix(l.lists, mix(tree.case, length)),
        mix(p1.lists, mix(lists, edge)),
        mix(n1.lists, mix(lists, edge)),
        mix(l.lists, l.marks),
        mix(f.lists, f.marks),
    ];
    for (template, (slot, value)) in out.iter_mut().zip(values).enumerate() {
        *slot = feature(2000 + template as u32, value);
    }
    let mut n = WHOLE;
    for i in start..end.min(start + LONGEST) {
        let word = at(i);
        let is_between = start < i && i + 1 < end;
        let small = if input.upos(i) == Some(Upos::Propn) {
            0
        } else {
            word.norm
        };
        let values = [
            word.norm,
            fine(word),
            if is_between { word.norm } else { 0 },
            if is_between { mix(upos(i), small) } else { 0 },
            middle(word),
            finest(word),
            word.lists,
        ];
        let rest = out.iter_mut().skip(n);
        for (template, (slot, value)) in rest.zip(values).enumerate() {
            *slot = feature(2200 + template as u32, value);
        }
        n += WORD;
    }
    n
}

/// Finds the names of a sentence, in order of their first word, the longer first.
pub fn find(weights: &impl Weights, input: Input<'_>, found: &mut Vec<Found>) {
    found.clear();
    let mut slots = [0u32; FEATURES];
    input.stretches(|start, end| {
        let mut scores = [0i32; CLASSES];
        let n = features(input, start, end, &mut slots);
        weights.add_all(&slots[..n], &mut scores);
        let [none, kinds @ ..] = scores;
        let stretch = Found {
            start,
            end,
            scores: kinds.map(|s| s.saturating_sub(none)),
        };
        if stretch.lead() > -LEANING {
            found.push(stretch);
        }
    });
    found.sort_by_key(|f| (Reverse(f.lead()), f.start, Reverse(f.end)));
    let mut kept = BTreeSet::new();
    found.retain(|name| {
        // No name that begins farther away reaches this one.
        let near = (name.start.saturating_sub(LONGEST), 0)..(name.end, 0);
        let is_clear = !kept.range(near).any(|&other| name.crosses(other));
        if is_clear {
            kept.insert((name.start, name.end));
        }
        is_clear
    });
    found.sort_by_key(|f| (f.start, Reverse(f.end)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_lie_inside_each_other_and_not_across() {
        let name = |start, end| Found {
            start,
            end,
            scores: [0; KINDS.len()],
        };
        assert!(!name(0, 4).crosses((2, 4)), "inside");
        assert!(!name(0, 2).crosses((2, 4)), "beside");
        assert!(name(0, 3).crosses((2, 4)));
    }
}
