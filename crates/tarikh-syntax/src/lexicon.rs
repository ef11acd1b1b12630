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
            (e.norm, vec![pair(e.class), pair(fine), (coarse as u8, 0)])
        };
        Linear::encode(0, entries.iter().map(row).collect())
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.table.size()
    }

    /// Whether a lower-cased word is known.
    #[must_use]
    pub fn knows(&self, lower: &str) -> bool {
        self.table.row(lexeme::norm(lower)).is_some()
    }

    /// Gives each word what is known of it; zeros if nothing is.
    pub fn look_up(&self, words: &mut [Lexeme]) {
        for word in words {
            let known = self.table.row(word.norm);
            (word.class, word.clusters) = match known {
                Some((_, &[c0, c1, f0, f1, coarse, _])) => (
                    u32::from(u16::from_le_bytes([c0, c1])),
                    [u32::from(u16::from_le_bytes([f0, f1])), u32::from(coarse)],
                ),
                _ => (0, [0; 2]),
            };
        }
    }
}
