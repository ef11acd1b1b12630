//! What the statistical models see of a word: hashes of its form, affixes and shape.

use crate::doc::{Doc, TokRange};
use crate::hash;

/// [`Lexeme::case`] of every word of a sentence in capitals.
pub const IN_CAPITALS: u32 = 4;

/// Hashes of one word. Only [`Lexeme::shape`] depends on capitals, and it is blank in a sentence
/// that is in capitals throughout, so old wire copy looks to the models like any other text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexeme {
    /// The lower-cased form, digits as zeros.
    pub norm: u32,
    /// First one to three bytes of the lower-cased form.
    pub prefix: [u32; 3],
    /// Last one to five bytes of the lower-cased form.
    pub suffix: [u32; 5],
    /// Capitals, digits and hyphens of the form as written, runs shortened ("Xx", "X.X.", "00").
    pub shape: u32,
    /// Whether the form has a capital that tells something: 0 none, 1 first letter, 2 all, 3 some;
    /// [`IN_CAPITALS`] in a sentence of capitals.
    pub case: u32,
    /// Ambiguity class, zero if unknown: see [`crate::lexicon`].
    pub class: u32,
    /// Finer and coarser cluster, zero if unknown: see [`crate::lexicon`].
    pub clusters: [u32; 2],
    /// In which lists of names the word stands: a bit for each of [`MARKS`].
    pub marks: u32,
    /// Coarse, middle and fine class of words that are used alike, zero if unknown: see
    /// [`crate::classes`].
    pub alike: [u32; 3],
    /// What lists the word would stand in by how it is used, zero if unknown.
    pub lists: u32,
}

/// The lists of words that are often part of names, in the order of their bits; the last four are
/// drawn from the gazetteer, the others are in `data/syntax/names.toml`.
pub const MARKS: [&str; 13] = [
    "inside",
    "given",
    "family",
    "title",
    "body",
    "organisation",
    "landmark",
    "time",
    "people",
    "place",
    "town",
    "first of place",
    "in place",
];

/// The mark of small words that stand inside names.
pub const INSIDE: u32 = 1;

impl Lexeme {
    /// Whether the word is of small letters, two or more, and nothing else.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.shape == hash::string(b"xx".iter().copied())
    }

    /// What stands before and after a sentence.
    pub const EDGE: Self = Self {
        norm: 1,
        prefix: [1; 3],
        suffix: [1; 5],
        shape: 1,
        case: 5,
        class: 1 << 15,
        clusters: [1 << 15; 2],
        marks: 1 << 15,
        alike: [1 << 15; 3],
        lists: 1 << 15,
    };
}

/// Reads the words of a sentence.
pub fn read(doc: &Doc, tokens: TokRange, out: &mut Vec<Lexeme>) {
    out.clear();
    let capitals = is_in_capitals(doc, tokens);
    for t in tokens.iter() {
        let lower = doc.lower(t).as_bytes();
        let mut lexeme = Lexeme {
            norm: norm(doc.lower(t)),
            ..Lexeme::default()
        };
        for (n, slot) in lexeme.prefix.iter_mut().enumerate() {
            *slot = hash::string(lower.iter().take(n + 1).copied());
        }
        for (n, slot) in lexeme.suffix.iter_mut().enumerate() {
            *slot = hash::string(lower[lower.len().saturating_sub(n + 1)..].iter().copied());
        }
        (lexeme.shape, lexeme.case) = if capitals {
            (0, IN_CAPITALS)
        } else {
            shape(doc.word(t))
        };
        out.push(lexeme);
    }
}

/// Gives a word the shape and case of a form of it.
pub fn write_as(form: &str, word: &mut Lexeme) {
    (word.shape, word.case) = shape(form);
}

/// The [`Lexeme::norm`] of a lower-cased word.
#[must_use]
pub fn norm(lower: &str) -> u32 {
    let zero = |b: u8| if b.is_ascii_digit() { b'0' } else { b };
    hash::string(lower.bytes().map(zero))
}

/// Whether a sentence is in capitals throughout: nearly all of its letters, and more than one word.
pub fn is_in_capitals(doc: &Doc, tokens: TokRange) -> bool {
    let (mut upper, mut lower, mut words) = (0u32, 0u32, 0u32);
    for t in tokens.iter() {
        let before = upper;
        for c in doc.word(t).chars() {
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
        }
        words += u32::from(upper > before + 1);
    }
    words > 2 && upper > 8 * lower
}

fn shape(word: &str) -> (u32, u32) {
    let mut runs = [0u8; 8];
    let (mut n, mut length) = (0, 0u8);
    let (mut upper, mut lower) = (0u32, 0u32);
    for c in word.chars() {
        let kind = match c {
            'A'..='Z' => b'X',
            'a'..='z' => b'x',
            '0'..='9' => b'0',
            c if c.is_uppercase() => b'X',
            c if c.is_alphabetic() => b'x',
            c if c.is_ascii() => c as u8,
            _ => b'?',
        };
        upper += u32::from(kind == b'X');
        lower += u32::from(kind == b'x');
        if n > 0 && runs[n - 1] == kind {
            length = length.saturating_add(1);
            // "XX" tells from "X", "XXX" from neither.
            if length > 2 {
                continue;
            }
        } else {
            length = 1;
        }
        if n < runs.len() {
            runs[n] = kind;
            n += 1;
        }
    }
    let first = word.chars().next().is_some_and(char::is_uppercase);
    let case = match (upper, lower) {
        (0, _) => 0,
        (1, _) if first => 1,
        (_, 0) => 2,
        _ => 3,
    };
    (hash::string(runs[..n].iter().copied()), case)
}
