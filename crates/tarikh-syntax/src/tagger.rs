//! Part-of-speech tagging: an averaged perceptron (Collins 2002), greedy from left to right.
//!
//! A tag is a triple of UPOS, XPOS and features; the set is learned and stored beside the weights.

use crate::hash::{feature, mix};
use crate::labels::{Feats, Upos, XPOS};
use crate::lexeme::{IN_CAPITALS, Lexeme};
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
pub const FEATURES: usize = 70;

/// How many of the features of a word come first, because they tell most: where they leave no
/// doubt the others need not be asked.
const FIRST: usize = 24;

/// How far, in steps of the weights, the best class has to lead by the first features. Measured.
const SURE: i32 = 1500;

/// The templates, those first that moved the choice most in raw text.
const ORDER: [u8; FEATURES] = [
    28, 60, 2, 10, 65, 0, 30, 3, 32, 7, 36, 4, 43, 46, 8, 29, 62, 5, 9, 51, 12, 50, 18, 6, 25, 39,
    49, 57, 1, 23, 38, 27, 53, 40, 59, 26, 16, 13, 56, 58, 17, 52, 55, 11, 31, 67, 24, 54, 20, 69,
    22, 35, 64, 68, 34, 63, 61, 47, 48, 37, 66, 41, 15, 19, 44, 33, 45, 42, 14, 21,
];

/// Class of the places before a sentence.
pub const START: u8 = u8::MAX;

/// How a sentence writes its words: a capital tells less where most words have one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// No capital behind the first word.
    Small,
    /// Fewer capitals than small letters.
    Mixed,
    /// More capitals than small letters.
    Titled,
    /// A capital at every word that is long enough, as in headlines.
    Headline,
    /// All is in capitals.
    Capitals,
}

impl Style {
    /// The style of a sentence. Words of up to three letters do not count: headlines leave them small.
    #[must_use]
    pub fn of(words: &[Lexeme]) -> Self {
        let (mut small, mut capital) = (0, 0);
        for (i, word) in words.iter().enumerate() {
            if word.case == IN_CAPITALS {
                return Self::Capitals;
            }
            if word.suffix[2] != word.suffix[3] {
                small += usize::from(word.is_small());
                capital += usize::from(i > 0 && word.case == 1);
            }
        }
        match (small, capital) {
            (_, 0) => Self::Small,
            (0, _) => Self::Headline,
            _ if capital > small => Self::Titled,
            _ => Self::Mixed,
        }
    }
}

/// The features of word `i`, given the classes of the words before it and the style of the sentence.
#[inline]
pub fn features(
    words: &[Lexeme],
    i: usize,
    classes: &[u8],
    style: Style,
    out: &mut [u32; FEATURES],
) {
    let at = |offset: isize| {
        i.checked_add_signed(offset)
            .and_then(|j| words.get(j))
            .unwrap_or(&Lexeme::EDGE)
    };
    let before = |n: usize| u32::from(if i >= n { classes[i - n] } else { START });
    let (w, p1, p2, n1, n2) = (at(0), at(-1), at(-2), at(1), at(2));
    let (t1, t2) = (before(1), before(2));
    let tags = t1 << 8 | t2;
    let case = w.case << 1 | u32::from(i == 0);
    let styled = mix(style as u32, case);
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
        case,
        t1,
        tags,
        mix(t1, w.norm),
        mix(t1, w.suffix[2]),
        mix(t1, case),
        p1.norm,
        p2.norm,
        n1.norm,
        n2.norm,
        mix(n1.norm, t1),
        n1.suffix[2],
        n1.suffix[1],
        mix(n1.case, case),
        p1.suffix[2],
        mix(case, w.suffix[2]),
        n2.suffix[2],
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
        mix(fine(w), case),
        mix(fine(w), w.suffix[2]),
        fine(n1),
        mix(fine(w), fine(n1)),
        mix(t1, fine(n1)),
        fine(p1),
        mix(fine(p1), fine(w)),
        mix(coarse(p1), mix(coarse(w), coarse(n1))),
        // Words that are used alike: they know many more.
        w.alike[2],
        mix(t1, w.alike[2]),
        mix(w.alike[1], case),
        mix(w.alike[2], w.suffix[2]),
        n1.alike[2],
        p1.alike[2],
        mix(p1.alike[1], w.alike[1]),
        mix(w.alike[1], n1.alike[1]),
        mix(p1.alike[0], mix(w.alike[0], n1.alike[0])),
        mix(w.lists, case),
        mix(t1, w.lists),
        n1.lists,
        mix(w.lists, n1.lists),
        mix(w.marks, case),
        mix(w.class, w.alike[1]),
        mix(tags, w.alike[0]),
        mix(w.alike[1], w.prefix[1]),
        // What a capital tells.
        mix(p1.case, mix(case, n1.case)),
        styled,
        mix(styled, w.class),
        mix(styled, w.alike[1]),
        mix(styled, t1),
        mix(styled, w.suffix[2]),
        mix(styled, mix(p1.case, n1.case)),
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
    let style = Style::of(words);
    for i in 0..words.len() {
        features(words, i, classes, style, &mut slots);
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
