//! What the parser looks at: the templates of Zhang and Nivre (2011) for the arc-hybrid system,
//! and some of our own for prepositional attachment, passives and coordination.

use super::guide::Guide;
use super::state::{NONE, State};
use crate::hash::{feature, mix};
use crate::lexeme::Lexeme;

/// Most features of a state.
pub const FEATURES: usize = PARSER.len();
/// How many of the features of a state come first, because they tell most: where they leave no
/// doubt the others need not be asked.
pub const FIRST: usize = 40;

/// Templates of values of the state.
const BASE: usize = 81;
/// Templates of values that the guide gives.
const GUIDED: usize = 14;
/// The templates that the guide looks at, by their numbers, those first that moved its choice most
/// in raw text.
const GUIDE: [u8; 72] = [
    41, 0, 2, 40, 43, 42, 36, 61, 31, 44, 37, 69, 49, 1, 13, 71, 70, 50, 5, 3, 72, 45, 64, 74, 33,
    18, 75, 59, 47, 55, 76, 46, 32, 14, 58, 7, 54, 34, 80, 51, 30, 27, 63, 23, 48, 38, 52, 4, 6,
    53, 9, 79, 16, 65, 66, 39, 12, 56, 24, 77, 67, 78, 26, 73, 62, 8, 22, 17, 10, 15, 35, 25,
];
/// The templates that the guided parser looks at, in the same order.
const PARSER: [u8; 90] = [
    0, 41, 81, 10, 46, 2, 94, 40, 83, 51, 77, 92, 38, 19, 8, 73, 7, 37, 89, 9, 43, 32, 30, 27, 54,
    24, 87, 49, 82, 31, 5, 69, 64, 85, 63, 14, 70, 36, 74, 42, 20, 86, 72, 1, 18, 67, 93, 47, 79,
    60, 3, 66, 80, 55, 76, 84, 35, 62, 26, 68, 91, 12, 13, 28, 65, 61, 78, 58, 15, 16, 71, 88, 52,
    25, 33, 34, 29, 39, 11, 21, 56, 22, 17, 44, 75, 50, 45, 6, 90, 57,
];

/// The words of a sentence and the classes of their tags.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The words.
    pub words: &'a [Lexeme],
    /// Their tags, as classes of the tagger.
    pub tags: &'a [u8],
    /// What another parser says of them; empty if there is none.
    pub guide: &'a [Guide],
}

/// A word as the templates see it.
#[derive(Clone, Copy)]
struct View {
    w: u32,
    p: u32,
    wp: u32,
    label: u32,
    suffix: u32,
    fine: u32,
    coarse: u32,
}

const ABSENT: View = View {
    w: 2,
    p: 300,
    wp: 3,
    label: 99,
    suffix: 4,
    fine: 1000,
    coarse: 1000,
};
const ROOT: View = View {
    w: 5,
    p: 301,
    wp: 6,
    label: 98,
    suffix: 7,
    fine: 1001,
    coarse: 1001,
};

/// The features of a state; gives how many there are.
pub fn features(state: &State, input: Input<'_>, out: &mut [u32; FEATURES]) -> usize {
    let view = |i: u16| {
        let i = usize::from(i);
        match input.words.get(i) {
            Some(word) => {
                let p = u32::from(input.tags[i]);
                View {
                    w: word.norm,
                    p,
                    wp: mix(word.norm, p),
                    label: state.nodes[i].label as u32,
                    suffix: word.suffix[2],
                    fine: word.clusters[0],
                    coarse: word.clusters[1],
                }
            }
            None if i == input.words.len() => ROOT,
            None => ABSENT,
        }
    };
    let child = |i: u16, right: bool, n: usize| match state.nodes.get(usize::from(i)) {
        Some(node) if right => node.right[n],
        Some(node) => node.left[n],
        None => NONE,
    };
    let relations = |i: u16| {
        state
            .nodes
            .get(usize::from(i))
            .map_or(0, |n| mix(n.relations as u32, (n.relations >> 32) as u32))
    };
    let valency = |i: u16| {
        state.nodes.get(usize::from(i)).map_or(9, |n| {
            u32::from(n.valency[0].min(4)) * 5 + u32::from(n.valency[1].min(4))
        })
    };
    let (i0, i1, i2, b) = (
        state.stacked(0),
        state.stacked(1),
        state.stacked(2),
        state.next,
    );
    let offset = |n: u16| {
        if usize::from(b + n) <= input.words.len() {
            b + n
        } else {
            NONE
        }
    };
    let (s0, s1, s2) = (view(i0), view(i1), view(i2));
    let (b0, b1, b2) = (view(b), view(offset(1)), view(offset(2)));
    let (s0l, s0l2, s0r, s0r2) = (
        view(child(i0, false, 0)),
        view(child(i0, false, 1)),
        view(child(i0, true, 0)),
        view(child(i0, true, 1)),
    );
    let (s1l, s1r) = (view(child(i1, false, 0)), view(child(i1, true, 0)));
    let (b0l, b0l2) = (view(child(b, false, 0)), view(child(b, false, 1)));
    let near = distance(i0, b);
    let far = distance(i1, i0);
    let tags = |a: View, b: View| a.p << 9 | b.p;
    let three = |a: View, b: View, c: View| a.p << 18 | b.p << 9 | c.p;
    let case = |i: u16| view(state.nodes.get(usize::from(i)).map_or(NONE, |n| n.case)).w;
    let (case0, case_b) = (case(i0), case(b));
    let values: [u32; BASE] = [
        0,
        s0.w,
        s0.p,
        s0.wp,
        s1.w,
        s1.p,
        s1.wp,
        b0.w,
        b0.p,
        b0.wp,
        b1.p,
        b1.wp,
        b2.p,
        s2.w,
        s2.p,
        // Pairs around the buffer.
        mix(s0.wp, b0.p),
        mix(s0.p, b0.wp),
        mix(s0.w, b0.w),
        tags(s0, b0),
        tags(b0, b1),
        mix(b0.w, b1.p),
        mix(b0.p, b1.w),
        // Pairs on the stack.
        mix(s1.w, s0.w),
        tags(s1, s0),
        tags(s1, b0),
        mix(s1.w, b0.w),
        // Three in a row.
        three(b0, b1, b2),
        three(s0, b0, b1),
        mix(s0.w, tags(b0, b1)),
        mix(three(s1, s0, b0), b1.p),
        // With dependents.
        three(s0, s0l, b0),
        three(s0, s0r, b0),
        three(s0, b0, b0l),
        three(s1, s1r, s0),
        three(s1, s0, s0l),
        three(s1, s0, s0r),
        three(s0, s0l, s0l2),
        three(s0, s0r, s0r2),
        three(b0, b0l, b0l2),
        mix(three(s1, s1r, s0), b0.p),
        s0r.w,
        b0l.w,
        mix(s0l.label, s0.p),
        mix(s0r.label, s0.p),
        mix(s1r.label, s1.p),
        mix(s1l.label, s1.p),
        mix(b0l.label, b0.p),
        mix(s0r.label, s0.w),
        mix(s1r.label, s1.w),
        // What a word has already: its subject, its auxiliary, its object.
        mix(relations(i0), s0.p),
        mix(relations(i1), s1.p),
        mix(relations(b), b0.p),
        mix(relations(i0), tags(s1, s0)),
        mix(relations(i1), tags(s1, s0)),
        mix(relations(i0), tags(s0, b0)),
        mix(relations(i0), s0.w),
        mix(relations(i1), s1.w),
        // Prepositions and their nouns.
        mix(mix(s1.w, case0), s0.p),
        mix(mix(s1.p, case0), s0.p),
        mix(mix(s2.w, case0), s1.p),
        mix(mix(s0.w, case_b), b0.p),
        mix(mix(case(i1), case0), tags(s1, s0)),
        // Words that are like these.
        mix(s0.fine, b0.fine),
        mix(s0.fine, b0.p),
        mix(s0.p, b0.fine),
        mix(s1.p, s0.fine),
        mix(s1.coarse, mix(s0.coarse, b0.coarse)),
        mix(s0.coarse, mix(b0.coarse, b1.coarse)),
        mix(s0.fine, tags(b0, b1)),
        mix(relations(i0), s0.fine),
        // Distance and valency.
        mix(near, tags(s0, b0)),
        mix(far, tags(s1, s0)),
        mix(near, s0.w),
        mix(near, b0.w),
        mix(valency(i0), s0.p),
        mix(valency(i1), s1.p),
        mix(valency(i0), s0.w),
        mix(valency(b), b0.p),
        // Words not seen in training.
        mix(s0.suffix, s1.p),
        mix(s0.suffix, b0.p),
        mix(b0.suffix, s0.p),
    ];
    if input.guide.is_empty() {
        for (slot, template) in out.iter_mut().zip(GUIDE) {
            *slot = feature(1000 + u32::from(template), values[usize::from(template)]);
        }
        return GUIDE.len();
    }
    let advice = Advice {
        guide: input.guide,
        places: [i0, i1, b],
    };
    let (g0, g1, gb) = (advice.of(i0), advice.of(i1), advice.of(b));
    let head = |i: u16| view(advice.get(i).map_or(NONE, |g| g.head));
    let (h0, h1) = (head(i0), head(i1));
    let advised: [u32; GUIDED] = [
        g0,
        mix(g0, g1),
        mix(g0, gb),
        mix(mix(g0, g1), gb),
        mix(g0, tags(s1, s0)),
        mix(g0, tags(s0, b0)),
        mix(g0, s0.w),
        mix(g1, tags(s1, s0)),
        mix(gb, tags(s0, b0)),
        mix(mix(g0, g1), tags(s1, s0)),
        mix(mix(g0, gb), tags(s0, b0)),
        mix(g0, tags(s0, h0)),
        mix(g1, tags(s1, h1)),
        mix(g0, mix(near, far)),
    ];
    for (slot, template) in out.iter_mut().zip(PARSER) {
        let value = match values.get(usize::from(template)) {
            Some(&value) => value,
            None => advised[usize::from(template) - BASE],
        };
        *slot = feature(1000 + u32::from(template), value);
    }
    PARSER.len()
}

/// The guide, seen from a state.
pub(super) struct Advice<'a> {
    pub(super) guide: &'a [Guide],
    /// Top of the stack, the word below, the next word.
    pub(super) places: [u16; 3],
}

impl Advice<'_> {
    fn get(&self, i: u16) -> Option<&Guide> {
        self.guide.get(usize::from(i))
    }

    /// Relation of a word, where its head is, and whether dependents of it are still to come.
    pub(super) fn of(&self, i: u16) -> u32 {
        let Some(guide) = self.get(i) else {
            return 0;
        };
        let [top, below, next] = self.places;
        let place = match guide.head {
            NONE => 1,
            h if h == top => 2,
            h if h == below => 3,
            h if h == next => 4,
            h if h > next => 5,
            h if h > top => 6,
            h if h > below => 7,
            _ => 8,
        };
        let waits = u32::from(guide.last >= next && guide.last != i)
            + u32::from(guide.last > next && guide.last != i);
        (guide.label as u32) << 6 | place << 2 | waits
    }
}

/// Distance between two words, in classes: 1, 2, 3, 4, 5-6, 7-10, more.
fn distance(a: u16, b: u16) -> u32 {
    if a == NONE || b == NONE {
        return 0;
    }
    match b.saturating_sub(a) {
        n @ 0..=4 => u32::from(n),
        5 | 6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}
