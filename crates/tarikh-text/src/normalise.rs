//! Text made uniform, with a map back to the text as given.
//!
//! Typographic quotes, apostrophes and hyphens become ASCII, all white space but line ends becomes
//! a space, invisible characters go, and the rest is composed (NFC). Nothing else changes: what a
//! report says is never touched, and every position leads back to the code points it came from.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A run of the normalised text and the run of the original that it stands for.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// First byte in the normalised text.
    at: u32,
    /// First byte in the original.
    original: u32,
    /// First code point in the original.
    char: u32,
    /// Whether the two runs are equal byte for byte (else the run maps as a whole).
    identical: bool,
}

/// Longest run of equal bytes in one segment: bounds the cost of counting code points.
const MAX_RUN: u32 = 256;

/// A normalised text and its map.
#[derive(Clone, Debug, Default)]
pub struct Normalised {
    text: String,
    segments: Vec<Segment>,
    original_len: u32,
    original_chars: u32,
}

impl Normalised {
    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that the normalised bytes `start..end` stand for.
    #[must_use]
    pub fn original_bytes(&self, start: u32, end: u32) -> (usize, usize) {
        let ((a, _), (b, _)) = (self.begin(start), self.finish(start, end));
        (a as usize, b.max(a) as usize)
    }

    /// The code points of the original that the normalised bytes `start..end` stand for.
    #[must_use]
    pub fn original_chars(&self, start: u32, end: u32) -> (u32, u32) {
        let ((_, a), (_, b)) = (self.begin(start), self.finish(start, end));
        (a, b.max(a))
    }

    /// Original byte and code point at which the normalised byte `at` begins.
    fn begin(&self, at: u32) -> (u32, u32) {
        let i = self.segments.partition_point(|s| s.at <= at);
        let Some(segment) = i.checked_sub(1).map(|i| self.segments[i]) else {
            return (0, 0);
        };
        if at as usize >= self.text.len() {
            return (self.original_len, self.original_chars);
        }
        self.inside(segment, at)
    }

    /// Original byte and code point at which the normalised range `start..end` ends.
    fn finish(&self, start: u32, end: u32) -> (u32, u32) {
        if end <= start {
            return self.begin(start);
        }
        // The segment of the last byte, not of the one behind it: what was removed after the
        // range does not belong to it.
        let i = self.segments.partition_point(|s| s.at < end);
        let Some(segment) = i.checked_sub(1).map(|i| self.segments[i]) else {
            return (0, 0);
        };
        if segment.identical {
            return self.inside(segment, end);
        }
        match self.segments.get(i) {
            Some(next) => (next.original, next.char),
            None => (self.original_len, self.original_chars),
        }
    }

    fn inside(&self, segment: Segment, at: u32) -> (u32, u32) {
        if !segment.identical {
            return (segment.original, segment.char);
        }
        let run = &self.text[segment.at as usize..at as usize];
        (
            segment.original + run.len() as u32,
            segment.char + run.chars().count() as u32,
        )
    }
}

/// Normalises a text.
#[must_use]
pub fn normalise(original: &str) -> Normalised {
    let mut out = Normalised {
        text: String::with_capacity(original.len()),
        original_len: original.len() as u32,
        ..Normalised::default()
    };
    let mut chars = original.char_indices().peekable();
    let mut n_chars = 0u32;
    // Whether the last segment may still grow, and where it began.
    let mut open: Option<u32> = None;
    while let Some((byte, c)) = chars.next() {
        let first_char = n_chars;
        n_chars += 1;
        let mut cluster_end = byte + c.len_utf8();
        while let Some(&(at, mark)) = chars.peek() {
            let joins = (c == '\r' && mark == '\n' && cluster_end == byte + 1)
                || (canonical_combining_class(mark) != 0 && cluster_end - byte < 64);
            if !joins {
                break;
            }
            chars.next();
            n_chars += 1;
            cluster_end = at + mark.len_utf8();
        }
        let at = out.text.len() as u32;
        let before = at as usize;
        if cluster_end == byte + c.len_utf8() {
            push_char(&mut out.text, c);
        } else if c == '\r' {
            out.text.push('\n');
        } else {
            out.text.extend(original[byte..cluster_end].nfc());
        }
        let identical = out.text[before..] == original[byte..cluster_end];
        if identical && open.is_some_and(|start| at - start < MAX_RUN) {
            continue;
        }
        open = identical.then_some(at);
        out.segments.push(Segment {
            at,
            original: byte as u32,
            char: first_char,
            identical,
        });
    }
    out.original_chars = n_chars;
    out
}

fn push_char(text: &mut String, c: char) {
    match c {
        '\n' | ' '..='~' => text.push(c),
        '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => text.push('\n'),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{02bc}' | '\u{02bb}'
        | '\u{ff07}' => text.push('\''),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '«' | '»' | '\u{ff02}' =>
        {
            text.push('"');
        }
        '\u{2010}' | '\u{2011}' | '\u{2212}' => text.push('-'),
        '\u{2026}' => text.push_str("..."),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => {}
        c if c.is_control() || c.is_whitespace() => text.push(' '),
        c => text.extend(std::iter::once(c).nfc()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(original: &str, expected: &str, word: &str, back: &str) {
        let n = normalise(original);
        assert_eq!(n.text(), expected);
        let start = n
            .text()
            .find(word)
            .expect("the word is in the normalised text");
        let (a, b) = n.original_bytes(start as u32, (start + word.len()) as u32);
        assert_eq!(&original[a..b], back);
        let (a, b) = n.original_chars(start as u32, (start + word.len()) as u32);
        let chars: String = original
            .chars()
            .skip(a as usize)
            .take((b - a) as usize)
            .collect();
        assert_eq!(chars, back);
    }

    #[test]
    fn quotes_and_ligatures_lead_back() {
        check(
            "“S\u{e9}vare\u{301}” fell",
            "\"S\u{e9}var\u{e9}\" fell",
            "S\u{e9}var\u{e9}",
            "S\u{e9}vare\u{301}",
        );
        check("it’s\r\nover", "it's\nover", "over", "over");
        check("zero\u{200b}width", "zerowidth", "width", "width");
        check("a\u{200b}b", "ab", "a", "a");
        check("wait… now", "wait... now", "...", "…");
    }

    #[test]
    fn long_runs_are_cut_but_lead_back() {
        let text = "é".repeat(1000) + "end";
        check(&text, &text, "end", "end");
    }

    #[test]
    fn empty_text() {
        let n = normalise("");
        assert_eq!(n.original_bytes(0, 0), (0, 0));
        assert_eq!(n.original_chars(0, 0), (0, 0));
    }
}
