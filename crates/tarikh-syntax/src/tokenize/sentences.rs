//! Sentences: where the tokens of a paragraph are parted.

use tarikh_text::Span;

use super::lists::Lists;
use super::words::Word;

/// Longest sentence in tokens; longer ones (tables, lists without stops) are cut.
pub(crate) const MAX_SENTENCE: usize = 200;

/// Ends of the sentences of one paragraph, as indices one past the last word; the last is
/// `words.len()`. Empty for an empty paragraph.
pub(crate) fn ends(text: &str, words: &[Word], lists: &Lists, out: &mut Vec<usize>) {
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        let stop = Stop::of(words[at].span.of(text), lists);
        at += 1;
        if stop == Stop::None {
            continue;
        }
        let mut end = at;
        while end < words.len() && closes(text, words, end) {
            end += 1;
        }
        if end == words.len() || opens(text, words, end, stop, lists) {
            cut(text, words, start, end, out);
            start = end;
            at = end;
        }
    }
    if start < words.len() {
        cut(text, words, start, words.len(), out);
    }
}

/// What kind of stop a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    None,
    /// ".", "!", "?"
    Full,
    /// "..."
    Dots,
    /// An abbreviation that may end a sentence.
    Abbreviation,
}

impl Stop {
    fn of(word: &str, lists: &Lists) -> Self {
        let bytes = word.as_bytes();
        match bytes.last() {
            Some(b'.' | b'!' | b'?') => {}
            _ => return Self::None,
        }
        if bytes.iter().all(|b| b".!?".contains(b)) {
            return if bytes.len() > 1 && bytes.iter().all(|b| *b == b'.') {
                Self::Dots
            } else {
                Self::Full
            };
        }
        let stem = &word[..word.len() - 1];
        let lower = stem.to_lowercase();
        let numeral = bytes[..bytes.len() - 1].iter().all(u8::is_ascii_digit);
        if stem.chars().count() <= 1 || numeral || lists.before_names.contains(&lower) {
            Self::None
        } else {
            Self::Abbreviation
        }
    }
}

fn spaced(words: &[Word], i: usize) -> bool {
    i == 0 || words[i - 1].span.end() < words[i].span.start()
}

/// Whether word `i` closes what a stop before it ends: a bracket, or a quotation mark without a
/// space before it.
fn closes(text: &str, words: &[Word], i: usize) -> bool {
    match words[i].span.of(text) {
        ")" | "]" | "''" | "}" => true,
        "\"" | "'" => {
            !spaced(words, i)
                // A spaced-out copy (" . \" ") closes with a space, at the end of the paragraph.
                || i + 1 == words.len()
        }
        _ => false,
    }
}

/// Whether a sentence may begin at word `i` after this kind of stop.
fn opens(text: &str, words: &[Word], i: usize, stop: Stop, lists: &Lists) -> bool {
    let mut j = i;
    while j < words.len()
        && j < i + 3
        && matches!(
            words[j].span.of(text),
            "\"" | "'" | "``" | "(" | "[" | "-" | "--" | "*"
        )
    {
        j += 1;
    }
    let Some(first) = words.get(j).map(|w| w.span.of(text)) else {
        return true;
    };
    let c = first.chars().next().unwrap_or(' ');
    match stop {
        Stop::None => false,
        Stop::Full => !c.is_lowercase() && !matches!(c, ',' | ';' | ':'),
        Stop::Dots => c.is_uppercase(),
        Stop::Abbreviation => {
            j > i && c.is_uppercase()
                || c.is_uppercase() && lists.openers.words.contains(&first.to_lowercase())
        }
    }
}

/// Adds the sentence `start..end`, in pieces if it is too long; a piece ends behind a comma or a
/// semicolon where there is one in its second half.
fn cut(text: &str, words: &[Word], start: usize, end: usize, out: &mut Vec<usize>) {
    let mut start = start;
    while end - start > MAX_SENTENCE {
        let window = start + MAX_SENTENCE / 2..start + MAX_SENTENCE;
        let piece = window
            .rev()
            .find(|&i| matches!(words[i].span.of(text), "," | ";" | ":" | "|"))
            .map_or(start + MAX_SENTENCE, |i| i + 1);
        out.push(piece);
        start = piece;
    }
    out.push(end);
}

/// The words of a sentence in the text.
pub(crate) fn span(words: &[Word]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

#[cfg(test)]
mod tests {
    use super::super::words::split;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lists = Lists::embedded();
        let (mut words, mut stops) = (Vec::new(), Vec::new());
        split(text, Span::new(0, text.len() as u32), &lists, &mut words);
        ends(text, &words, &lists, &mut stops);
        let mut start = 0;
        let got: Vec<_> = stops
            .iter()
            .filter_map(|&end| span(&words[std::mem::replace(&mut start, end)..end]))
            .map(|s| s.of(text))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn stops_and_quotes() {
        check("Two died. Nine fled!", &["Two died.", "Nine fled!"]);
        check(
            "\"They came at dawn.\" He hid. \"We ran,\" she said.",
            &["\"They came at dawn.\"", "He hid.", "\"We ran,\" she said."],
        );
        check(
            "\"Why?\" he asked. (Nobody knew.) It ended.",
            &["\"Why?\" he asked.", "(Nobody knew.)", "It ended."],
        );
        check(
            "He waited... then left... Then",
            &["He waited... then left...", "Then"],
        );
    }

    #[test]
    fn abbreviations() {
        check(
            "Gen. Sow left the U.S. The rebels of St. Elsk, Inc. were with Mr. A. Traore on Jan. 5.",
            &[
                "Gen. Sow left the U.S.",
                "The rebels of St. Elsk, Inc. were with Mr. A. Traore on Jan. 5.",
            ],
        );
        check(
            "It began at 5 p.m. In Corva, U.N. Envoy Sow fled.",
            &["It began at 5 p.m.", "In Corva, U.N. Envoy Sow fled."],
        );
        check(
            "1. Leave the town. 2. Hide.",
            &["1. Leave the town.", "2.", "Hide."],
        );
    }

    #[test]
    fn capitals() {
        check(
            "THE ARMY OF ARBEL KILLED GEN. SOW.  IT WAS IN THE U.S. PRESS.",
            &[
                "THE ARMY OF ARBEL KILLED GEN. SOW.",
                "IT WAS IN THE U.S. PRESS.",
            ],
        );
    }

    #[test]
    fn long_runs_are_cut() {
        let text = "word ".repeat(5000) + "a, b";
        let lists = Lists::embedded();
        let (mut words, mut stops) = (Vec::new(), Vec::new());
        split(&text, Span::new(0, text.len() as u32), &lists, &mut words);
        ends(&text, &words, &lists, &mut stops);
        let mut start = 0;
        for end in stops {
            assert!(end > start && end - start <= MAX_SENTENCE);
            start = end;
        }
        assert_eq!(start, words.len());
    }
}
