//! What is known of words apart from their sentence: which tags they can have, and which words
//! they are like.
//!
//! The ambiguity class of the next word tells a tagger that reads from left to right what is
//! coming (Giménez and Màrquez 2004). Clusters learned from raw text stand in for words that the
//! treebanks lack (Koo, Carreras and Collins 2008).

use std::borrow::Cow;

use crate::lexeme::{self, Lexeme};
use crate::linear::Linear;

/// What is known of one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// `Lexeme::norm` of the word.
    pub norm: u32,
    /// Ambiguity class, zero if the treebanks do not have the word often enough.
    pub class: u16,
    /// Finer and coarser cluster, zero if the word is rare in raw text. The coarser is below 256.
    pub clusters: [u16; 2],
    /// In which lists of names the word stands: a bit for each of [`lexeme::MARKS`].
    pub marks: u16,
}

/// The known words.
#[derive(Clone, Debug)]
pub struct Lexicon {
    table: Linear,
}

impl Lexicon {
    /// Opens a lexicon; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        Some(Self {
            table: Linear::open(bytes)?,
        })
    }

    /// Writes a lexicon; each word once.
    #[must_use]
    pub fn encode(entries: &[Entry]) -> Vec<u8> {
        let pair = |value: u16| {
            let [low, high] = value.to_le_bytes();
            (low, i32::from(high as i8))
        };
        let row = |e: &Entry| {
            let [fine, coarse] = e.clusters;
            (
                e.norm,
                vec![pair(e.class), pair(fine), pair(coarse), pair(e.marks)],
            )
        };
        Linear::encode(0, entries.iter().map(row).collect())
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.table.size()
    }

    /// Whether the treebanks or raw text have a lower-cased word; lists of names are not asked.
    #[must_use]
    pub fn knows(&self, lower: &str) -> bool {
        let known = self.entry(lexeme::norm(lower));
        known.class != 0 || known.clusters != [0; 2]
    }

    /// Gives each word what is known of it; zeros if nothing is.
    pub fn look_up(&self, words: &mut [Lexeme]) {
        for word in words {
            let known = self.entry(word.norm);
            word.class = known.class.into();
            word.clusters = known.clusters.map(u32::from);
            word.marks = known.marks.into();
        }
    }

    fn entry(&self, norm: u32) -> Entry {
        let pair = |low, high| u16::from_le_bytes([low, high]);
        match self.table.pairs(norm) {
            Some(&[c0, c1, f0, f1, g0, g1, m0, m1]) => Entry {
                norm,
                class: pair(c0, c1),
                clusters: [pair(f0, f1), pair(g0, g1)],
                marks: pair(m0, m1),
            },
            _ => Entry::default(),
        }
    }
}
