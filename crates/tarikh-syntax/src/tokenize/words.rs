//! Words: a run without white space is cut into the tokens of the English treebanks.
//!
//! Clitics and possessives are words of their own ("do n't", "town 's"), hyphens part words except
//! after a few prefixes, numbers keep their commas, points, colons and slashes, abbreviations keep
//! their full stop. One pass from left to right; no token is looked at more than a few times.

use tarikh_text::Span;

use super::lists::Lists;

/// A token and how it hangs together with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// Whether it is written as one surface word with the token before ("do" + "n't").
    pub(crate) continues: bool,
}

/// Longest word, in bytes: longer runs are cut, so that no token is absurd.
const MAX_WORD: usize = 256;

/// Longest telephone number or date that is looked for behind a hyphen.
const MAX_NUMBER: usize = 24;

/// Cuts the text of `span` (of one paragraph) into words, appended to `out`.
pub(crate) fn split(text: &str, span: Span, lists: &Lists, out: &mut Vec<Word>) {
    let paragraph_end = span.end() as usize;
    let mut splitter = Splitter {
        text,
        lists,
        out,
        lower: String::new(),
        first: span.start() as usize,
    };
    let mut at = span.start() as usize;
    while at < paragraph_end {
        let rest = &text[at..paragraph_end];
        let lead = rest.len() - rest.trim_start().len();
        if lead == rest.len() {
            break;
        }
        let start = at + lead;
        let end = text[start..paragraph_end]
            .find(char::is_whitespace)
            .map_or(paragraph_end, |n| start + n);
        let next = text[end..paragraph_end]
            .chars()
            .find(|c| !c.is_whitespace());
        splitter.chunk(start, end, next);
        at = end;
    }
}

struct Splitter<'a> {
    text: &'a str,
    lists: &'a Lists,
    out: &'a mut Vec<Word>,
    /// Reused for lower-casing.
    lower: String,
    /// Where the paragraph begins.
    first: usize,
}

impl Splitter<'_> {
    fn emit(&mut self, start: usize, end: usize, continues: bool) {
        if start < end {
            self.out.push(Word {
                span: Span::new(start as u32, end as u32),
                continues,
            });
        }
    }

    fn lower(&mut self, start: usize, end: usize) -> &str {
        self.lower.clear();
        let word = &self.text[start..end];
        self.lower.extend(word.chars().flat_map(char::to_lowercase));
        &self.lower
    }

    /// A run without white space; `next` is the first character behind the white space after it.
    fn chunk(&mut self, start: usize, end: usize, next: Option<char>) {
        let bytes = self.text.as_bytes();
        if bytes[start..end].iter().all(u8::is_ascii_alphabetic) && end - start <= MAX_WORD {
            // The plain word: by far the commonest case.
            return self.word(start, end);
        }
        let mut at = start;
        while at < end {
            let address_end = address(&self.text[at..end]);
            if address_end > 0 {
                self.emit(at, at + address_end, false);
                at += address_end;
                continue;
            }
            let Some(c) = self.text[at..end].chars().next() else {
                break;
            };
            if is_wordy(c) || self.opens_elision(at, end) || self.is_signed_number(at, start, end) {
                at = self.compound(at, end, next);
            } else {
                let stop = at + symbol_len(&self.text[at..end]);
                self.emit(at, stop, false);
                at = stop;
            }
        }
    }

    /// "'em", "'70s": an apostrophe that stands for letters.
    fn opens_elision(&mut self, at: usize, end: usize) -> bool {
        let rest = &self.text.as_bytes()[at..end];
        rest[0] == b'\''
            && (rest.get(1).is_some_and(u8::is_ascii_digit)
                && rest.get(2).is_some_and(u8::is_ascii_digit)
                || rest[1..].eq_ignore_ascii_case(b"em")
                || rest[1..].eq_ignore_ascii_case(b"til"))
    }

    /// "+44", "-5" at the beginning of a run.
    fn is_signed_number(&self, at: usize, start: usize, end: usize) -> bool {
        let rest = &self.text.as_bytes()[at..end];
        at == start && matches!(rest[0], b'+') && rest.get(1).is_some_and(u8::is_ascii_digit)
    }

    /// A word with what may stand inside it; returns where it ends.
    fn compound(&mut self, start: usize, end: usize, next: Option<char>) -> usize {
        // `from` is where the part not yet emitted begins.
        let mut from = start;
        let mut at = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        while at < end {
            let Some(c) = self.text[at..end].chars().next() else {
                break;
            };
            let after = at + c.len_utf8();
            let follows = self.text[after..end].chars().next();
            if at - from >= MAX_WORD {
                break;
            }
            if is_wordy(c) {
                if let Some(split) = self.unit_after_number(from, at, end) {
                    self.emit(from, at, false);
                    self.emit(at, split, false);
                    return split;
                }
                at = after;
                continue;
            }
            let before = self.text[from..at].chars().next_back().unwrap_or(' ');
            let inside = follows.is_some_and(is_wordy);
            let digits = before.is_ascii_digit() && follows.is_some_and(|f| f.is_ascii_digit());
            let joined = match c {
                '.' => {
                    if inside && self.joins_at_point(from, at, before, follows) {
                        true
                    } else {
                        return self.point(from, at, end, follows, next);
                    }
                }
                ',' | ':' => digits,
                '/' => digits || self.is_slashed(from, end),
                '\'' => inside,
                '&' => before.is_uppercase() && follows.is_some_and(char::is_uppercase),
                '@' | '_' => inside,
                '$' => before.is_uppercase(),
                '-' if inside => {
                    if self.keeps_hyphen(from, at, end) {
                        true
                    } else {
                        self.word(from, at);
                        self.emit(at, after, false);
                        from = after;
                        true
                    }
                }
                _ => false,
            };
            if !joined {
                break;
            }
            at = after;
            if c == '$' {
                break;
            }
        }
        self.word(from, at);
        at
    }

    /// Whether a full stop at `at` stands inside a word: "1.5", "U.N", "p.m", "mali.org".
    fn joins_at_point(&self, from: usize, at: usize, before: char, follows: Option<char>) -> bool {
        let Some(f) = follows else { return false };
        if before.is_ascii_digit() || f.is_ascii_digit() {
            return before.is_ascii_digit() && f.is_ascii_digit();
        }
        let part = self.text[from..at].rsplit('.').next().unwrap_or_default();
        let single = part.chars().count() == 1;
        single || (before.is_lowercase() && f.is_lowercase())
    }

    /// A full stop behind a word: part of it (an abbreviation) or a token of its own.
    fn point(
        &mut self,
        from: usize,
        at: usize,
        end: usize,
        follows: Option<char>,
        next: Option<char>,
    ) -> usize {
        let after = at + 1;
        if follows == Some('.') {
            self.word(from, at);
            return at;
        }
        // What the next word begins with, seen through nothing but this very full stop.
        let upcoming = follows.or(next);
        let next_digit = upcoming.is_some_and(|c| c.is_ascii_digit());
        let next_lower = upcoming.is_some_and(|c| c.is_lowercase() || c == ',');
        let listed = from == self.first && upcoming.is_some() && after == end;
        let word = &self.text[from..at];
        let initials = word
            .split('.')
            .all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic));
        let numeral = word.bytes().all(|b| b.is_ascii_digit());
        let one_letter = word.chars().count() == 1;
        let lists = self.lists;
        let lower = self.lower(from, at);
        let keeps = if one_letter && initials {
            upcoming.is_some()
                && (word != "I" || next_digit)
                && (next_lower || word.chars().all(char::is_uppercase))
        } else {
            initials
                || (numeral && listed && at - from <= 2)
                || lists.before_names.contains(lower) && upcoming.is_some()
                || lists.others.contains(lower)
                || lists.before_numbers.contains(lower) && next_digit
                || lists.units.contains(lower) && next_lower
        };
        if keeps && !self.is_clitic_word(from, at) {
            self.emit(from, after, false);
            after
        } else {
            self.word(from, at);
            at
        }
    }

    fn is_clitic_word(&self, from: usize, at: usize) -> bool {
        self.text[from..at].contains('\'')
    }

    /// Where a unit ends that is written against a number ("5km", "10pm"), the unit starting at `at`.
    fn unit_after_number(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !bytes[at - 1].is_ascii_digit()
            || !bytes[at].is_ascii_alphabetic()
            || !bytes[from..at]
                .iter()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/'))
        {
            return None;
        }
        let len = bytes[at..end]
            .iter()
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let mut stop = at + len;
        let dotted = &bytes[stop..end];
        if len == 1
            && dotted.len() >= 2
            && dotted[0] == b'.'
            && dotted[1].eq_ignore_ascii_case(&b'm')
        {
            stop += 2 + usize::from(dotted.get(2) == Some(&b'.'));
        }
        let lists = self.lists;
        let is_unit = lists.units.contains(self.lower(at, stop));
        // "5-km road" is no unit with a clitic, but "20s" and "9th" are one word.
        is_unit.then_some(stop)
    }

    fn is_slashed(&mut self, from: usize, end: usize) -> bool {
        let lists = self.lists;
        end - from <= 6
            && lists.slashed.contains(
                self.lower(from, end)
                    .trim_end_matches(['.', ',', ';', ':', ')']),
            )
    }

    /// Whether the hyphen at `at` stays inside its word: prefixes, telephone numbers, dates.
    fn keeps_hyphen(&mut self, from: usize, at: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        if bytes[from..at].iter().all(u8::is_ascii_digit) || bytes[from..at].contains(&b'-') {
            let stop = at
                + 1
                + bytes[at + 1..end]
                    .iter()
                    .take(MAX_NUMBER)
                    .take_while(|b| b.is_ascii_digit() || **b == b'-')
                    .count();
            let run = &bytes[from..stop];
            let hyphens = run.iter().filter(|b| **b == b'-').count();
            if run.iter().all(|b| b.is_ascii_digit() || *b == b'-') {
                return hyphens >= 2 || (at - from == 3 && stop - at == 5);
            }
        }
        let lists = self.lists;
        let left = self.lower(from, at);
        lists.prefixes.contains(left)
    }

    /// A word without punctuation inside but an apostrophe: its clitics are split off.
    fn word(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        if end - start <= 9
            && let Some(&cut) = {
                let lists = self.lists;
                lists.contractions.get(self.lower(start, end))
            }
        {
            self.emit(start, start + cut, false);
            self.emit(start + cut, end, true);
            return;
        }
        let mut stops = [end; 4];
        let mut n = 0;
        let mut stop = end;
        while n < 3 {
            let cut = clitic(&self.text.as_bytes()[start..stop]);
            if cut == 0 {
                break;
            }
            n += 1;
            stop = start + cut;
            stops[n] = stop;
        }
        self.emit(start, stop, false);
        for i in (1..=n).rev() {
            self.emit(stops[i], stops[i - 1], true);
        }
    }
}

/// Where the last clitic of a word begins; 0 if it has none.
fn clitic(word: &[u8]) -> usize {
    let n = word.len();
    let ends = |tail: &[u8]| n > tail.len() && word[n - tail.len()..].eq_ignore_ascii_case(tail);
    if ends(b"n't") {
        return n - 3;
    }
    for tail in [b"'re".as_slice(), b"'ve", b"'ll"] {
        if ends(tail) {
            return n - 3;
        }
    }
    for tail in [b"'s".as_slice(), b"'m", b"'d"] {
        if ends(tail) {
            // "the 1980's" is one word, "2016's" is not.
            let decade = tail == b"'s"
                && word[n - 3] == b'0'
                && word[..n - 2].iter().all(u8::is_ascii_digit);
            return if decade { 0 } else { n - 2 };
        }
    }
    0
}

/// Length of an address (web or mail) that the text begins with; 0 if it does not.
fn address(text: &str) -> usize {
    let bytes = text.as_bytes();
    // A bound, so that a long run of symbols is not searched again from each of them.
    let near = &bytes[..bytes.len().min(MAX_WORD)];
    let web = bytes.len() > 4
        && [b"http://".as_slice(), b"https://", b"www."]
            .iter()
            .any(|p| bytes.len() > p.len() && bytes[..p.len()].eq_ignore_ascii_case(p));
    let mail = || {
        bytes[0].is_ascii_alphanumeric()
            && near.iter().position(|&b| b == b'@').is_some_and(|at| {
                bytes[..at]
                    .iter()
                    .all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b))
                    && near[at + 1..].contains(&b'.')
            })
    };
    if web || mail() {
        text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '>'])
            .len()
    } else {
        0
    }
}

/// Whether the character belongs to words (letters, digits, marks of other scripts).
fn is_wordy(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !(c.is_whitespace()
        || matches!(c, '\u{a1}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '\u{d7}' | '\u{f7}'
            | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ff0f}' | '\u{1f000}'..='\u{1ffff}'))
        || matches!(c, '\u{aa}' | '\u{b5}')
}

/// Length of the symbol token that the text begins with: runs of the same mark are one token, and
/// so are ``, '' and mixed runs of stops ("?!", "...").
fn symbol_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let first = text.chars().next().map_or(1, char::len_utf8);
    let run = |set: &[u8]| bytes.iter().take_while(|b| set.contains(b)).count();
    match bytes[0] {
        b'.' | b'!' | b'?' => run(b".!?"),
        b'-' => run(b"-"),
        b'*' | b'=' | b'_' | b'~' | b'+' | b'<' | b'>' | b'|' | b'^' => run(&[bytes[0]]),
        b'`' | b'\'' => run(&[bytes[0]]).min(2),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        split(
            text,
            Span::new(0, text.len() as u32),
            &Lists::embedded(),
            &mut out,
        );
        let words: Vec<_> = out.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn clitics() {
        check(
            "They don't know Corva's mayor.",
            "They do n't know Corva 's mayor .",
        );
        check(
            "We can't, won't and cannot.",
            "We ca n't , wo n't and can not .",
        );
        check("IT WASN'T THE REBELS' TOWN", "IT WAS N'T THE REBELS ' TOWN");
        check("in the 1980's and 2016's", "in the 1980's and 2016 's");
        check("O'Connor at 9 o'clock", "O'Connor at 9 o'clock");
    }

    #[test]
    fn abbreviations() {
        check(
            "Lt. Col. A. Sow of the U.N. said",
            "Lt. Col. A. Sow of the U.N. said",
        );
        check(
            "On Jan. 27, 2017, at 7.50 am.",
            "On Jan. 27 , 2017 , at 7.50 am .",
        );
        check(
            "He sat. No. He said No. 5.",
            "He sat . No . He said No. 5 .",
        );
        check("about 40 km. from Elsk", "about 40 km. from Elsk");
        check("10 km.", "10 km .");
        check("at 5 p.m. near", "at 5 p.m. near");
    }

    #[test]
    fn numbers_and_units() {
        check(
            "1,200 men, $5 million, 40%",
            "1,200 men , $ 5 million , 40 %",
        );
        check("10km away at 5:30pm", "10 km away at 5:30 pm");
        check(
            "the 9th, 20s, 3-4 men, 9/11",
            "the 9th , 20s , 3 - 4 men , 9/11",
        );
        check("call 555-123-4567 or +44", "call 555-123-4567 or +44");
        check("US$50", "US$ 50");
    }

    #[test]
    fn hyphens_slashes_dashes() {
        check("al-Qaeda-linked, AK-47", "al - Qaeda - linked , AK - 47");
        check("non-lethal ex-rebel e-mail", "non-lethal ex-rebel e-mail");
        check("and/or w/o it", "and / or w/o it");
        check("Corva--a town\u{2014}fell", "Corva -- a town \u{2014} fell");
    }

    #[test]
    fn quotes_and_marks() {
        check(
            "``Go,'' he said. \"Why?!\"",
            "`` Go , '' he said . \" Why ?! \"",
        );
        check("[FMLN] (a group)...", "[ FMLN ] ( a group ) ...");
        check(
            "see https://a.example/x?y=1.",
            "see https://a.example/x?y=1 .",
        );
        check("mail a.b@c.example, now", "mail a.b@c.example , now");
        check("AT&T", "AT&T");
    }

    #[test]
    fn strange_input() {
        check("", "");
        check(
            "\u{1f525}\u{1f525} مرحبا, 你好",
            "\u{1f525} \u{1f525} مرحبا , 你好",
        );
        let long = "x".repeat(1000) + "-" + &"y".repeat(3000);
        let mut out = Vec::new();
        split(
            &long,
            Span::new(0, long.len() as u32),
            &Lists::embedded(),
            &mut out,
        );
        assert!(out.iter().all(|w| w.span.len() <= MAX_WORD as u32 + 4));
    }
}
