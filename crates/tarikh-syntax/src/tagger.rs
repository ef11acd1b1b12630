//! Part-of-speech tagging: an averaged perceptron (Collins 2002), greedy from left to right.
//!
//! A tag is a triple of UPOS, XPOS and features; the set is learned and stored beside the weights.

use crate::hash::{feature, mix};
use crate::labels::{Feats, Upos, XPOS};
use crate::lexeme::Lexeme;
use crate::linear::Weights;

/// One tag: a triple that the treebanks have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// Index into [`XPOS`].
    pub xpos: u8,
    /// Features of [`Feats::TAGGED`]; person and number of finite verbs come from the subject, not
    /// from here.
    pub feats: Feats,
}

/// The tags of a model, by class.
#[derive(Clone, Debug, Default)]
pub struct TagSet {
    tags: Vec<Tag>,
}

impl TagSet {
    /// Makes a set; at most 256 tags.
    #[must_use]
    pub fn new(tags: Vec<Tag>) -> Self {
        Self { tags }
    }

    /// Ten bytes a tag: UPOS, XPOS, features (little-endian).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.tags
            .iter()
            .flat_map(|t| {
                [t.upos as u8, t.xpos]
                    .into_iter()
                    .chain(t.feats.0.to_le_bytes())
            })
            .collect()
    }

    /// Reads what [`TagSet::encode`] wrote; `None` if a label is unknown.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let tags = bytes.chunks_exact(10).map(|t| {
            Some(Tag {
                upos: *Upos::ALL.get(usize::from(t[0]))?,
                xpos: (usize::from(t[1]) < XPOS.len()).then_some(t[1])?,
                feats: Feats(u64::from_le_bytes(t[2..].try_into().ok()?)),
            })
        });
        Some(Self {
            tags: tags.collect::<Option<_>>()?,
        })
    }

    /// Number of tags.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there is no tag.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// The tag of a class; the unknown tag outside the set.
    #[must_use]
    pub fn get(&self, class: u8) -> Tag {
        self.tags.get(usize::from(class)).copied().unwrap_or(Tag {
            upos: Upos::X,
            xpos: 0,
            feats: Feats::default(),
        })
    }

    /// The class of a tag.
    #[must_use]
    pub fn class(&self, tag: Tag) -> Option<u8> {
        self.tags.iter().position(|t| *t == tag).map(|i| i as u8)
    }
}

/// Number of features of a word.
pub const FEATURES: usize = 54;

/// How many of the features of a word come first, because they tell most: where they leave no
/// doubt the others need not be asked.
const FIRST: usize = 24;

/// How far, in steps of the weights, the best class has to lead by the first features. Measured.
const SURE: i32 = 650;

/// The templates, those first that moved the choice most in raw text.
const ORDER: [u8; FEATURES] = [
    34, 42, 3, 2, 10, 5, 4, 6, 35, 46, 38, 1, 45, 9, 30, 36, 12, 7, 17, 8, 50, 41, 47, 43, 28, 48,
    18, 16, 13, 14, 37, 52, 21, 40, 51, 22, 25, 39, 44, 49, 19, 24, 53, 15, 26, 33, 31, 29, 23, 20,
    32, 11, 0, 27,
];

/// Class of the places before a sentence.
pub const START: u8 = u8::MAX;

/// The features of word `i`, given the classes of the words before it.
#[inline]
pub fn features(words: &[Lexeme], i: usize, classes: &[u8], out: &mut [u32; FEATURES]) {
    let at = |offset: isize| {
        i.checked_add_signed(offset)
            .and_then(|j| words.get(j))
            .unwrap_or(&Lexeme::EDGE)
    };
    let before = |n: usize| u32::from(if i >= n { classes[i - n] } else { START });
    let (w, p1, p2, n1, n2) = (at(0), at(-1), at(-2), at(1), at(2));
    let (t1, t2) = (before(1), before(2));
    let tags = t1 << 8 | t2;
    let first = u32::from(i == 0);
    let fine = |word: &Lexeme| word.clusters[0];
    let coarse = |word: &Lexeme| word.clusters[1];
    let values: [u32; FEATURES] = [
        0,
        w.norm,
        w.suffix[0],
        w.suffix[1],
        w.suffix[2],
        w.suffix[3],
        w.suffix[4],
        w.prefix[0],
        w.prefix[1],
        w.prefix[2],
        w.shape,
        w.case << 1 | first,
        t1,
        tags,
        mix(t1, w.norm),
        mix(tags, w.norm),
        mix(t1, w.suffix[2]),
        mix(t1, w.case << 1 | first),
        p1.norm,
        mix(p1.norm, w.norm),
        p2.norm,
        n1.norm,
        mix(n1.norm, w.norm),
        n2.norm,
        mix(n1.norm, t1),
        n1.suffix[2],
        n1.suffix[1],
        mix(n1.case, w.case << 1 | first),
        p1.suffix[2],
        mix(n1.norm, n2.norm),
        mix(w.case << 1 | first, w.suffix[2]),
        mix(n1.suffix[2], mix(w.suffix[2], t1)),
        n2.suffix[2],
        mix(p1.norm, n1.norm),
        w.class,
        mix(t1, w.class),
        n1.class,
        mix(t1, n1.class),
        mix(w.class, n1.class),
        mix(t1, mix(w.class, n1.class)),
        mix(w.class, mix(n1.class, n2.class)),
        mix(w.norm, n1.class),
        // Words that are like these.
        fine(w),
        mix(t1, fine(w)),
        mix(t1, mix(fine(w), coarse(n1))),
        mix(fine(w), w.case << 1 | first),
        mix(fine(w), w.suffix[2]),
        fine(n1),
        mix(fine(w), fine(n1)),
        mix(t1, fine(n1)),
        fine(p1),
        mix(fine(p1), fine(w)),
        mix(coarse(p1), mix(coarse(w), coarse(n1))),
        mix(tags, mix(coarse(w), coarse(n1))),
    ];
    for (slot, template) in out.iter_mut().zip(ORDER) {
        *slot = feature(u32::from(template), values[usize::from(template)]);
    }
}

/// The best class; the lowest of equals.
#[inline]
#[must_use]
pub fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

/// The best class, and by how much it leads.
fn lead(scores: &[i32]) -> (usize, i32) {
    let (mut best, mut top, mut second) = (0, i32::MIN, i32::MIN);
    for (class, &score) in scores.iter().enumerate() {
        if score > top {
            (best, second, top) = (class, top, score);
        } else if score > second {
            second = score;
        }
    }
    (best, top.saturating_sub(second))
}

/// Tags a sentence: one class a word.
pub fn tag(weights: &impl Weights, n_classes: usize, words: &[Lexeme], classes: &mut Vec<u8>) {
    classes.clear();
    let mut scores = [0i32; 256];
    let mut slots = [0u32; FEATURES];
    for i in 0..words.len() {
        features(words, i, classes, &mut slots);
        let scores = &mut scores[..n_classes.min(256)];
        scores.fill(0);
        let (first, others) = slots.split_at(FIRST);
        weights.add_all(first, scores);
        let (mut class, lead) = lead(scores);
        if lead < SURE {
            weights.add_all(others, scores);
            class = best(scores);
        }
        classes.push(class as u8);
    }
}
