//! Text with line numbers, its coded words coloured or marked from below.

use std::cmp::Reverse;

use super::{CodedSpan, Kind, Style};
use crate::write::columns::{char_width, printable_char};

/// A text and, for each of its code points, what it was read for.
pub(super) struct Marked {
    chars: Vec<char>,
    kinds: Vec<Option<Kind>>,
    /// First code point of each line.
    line_starts: Vec<usize>,
}

impl Marked {
    /// Marks the spans; where two overlap the shorter one is seen.
    pub(super) fn new(text: &str, mut spans: Vec<CodedSpan>) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut kinds = vec![None; chars.len()];
        spans.sort_by_key(|&(start, end, _)| (Reverse(end.saturating_sub(start)), start));
        for (start, end, kind) in spans {
            // Offsets are another layer's; one that lies outside marks nothing.
            if let Some(run) = kinds.get_mut(start as usize..end as usize) {
                run.fill(Some(kind));
            }
        }
        let after_breaks = chars
            .iter()
            .enumerate()
            .filter(|&(_, &c)| c == '\n')
            .map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self {
            chars,
            kinds,
            line_starts,
        }
    }

    /// One-based line and column of a code point.
    pub(super) fn line_and_column(&self, at: u32) -> (usize, usize) {
        let at = at as usize;
        let line = self.line_starts.partition_point(|&start| start <= at);
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        (line, at.saturating_sub(start) + 1)
    }

    /// The lines of the text behind their numbers (or behind `label`), long ones wrapped, each
    /// followed by its marks where there are no colours.
    pub(super) fn lines<'a>(
        &'a self,
        style: Style,
        label: Option<&'a str>,
    ) -> impl Iterator<Item = String> + 'a {
        let gutter = match label {
            Some(label) => label.len(),
            None => self.line_starts.len().to_string().len().max(3),
        };
        let columns = style.width.saturating_sub(gutter + 3).max(20);
        let ends = self
            .line_starts
            .iter()
            .skip(1)
            .map(|next| next - 1)
            .chain([self.chars.len()]);
        let lines = self.line_starts.iter().copied().zip(ends).enumerate();
        lines.flat_map(move |(i, (start, end))| {
            let number = label.map_or_else(|| (i + 1).to_string(), str::to_owned);
            let mut shown = Vec::new();
            for (n, (from, to)) in self.wrapped(start, end, columns).into_iter().enumerate() {
                let head = if n == 0 { number.as_str() } else { "" };
                shown.push(format!("{head:>gutter$} | {}", self.words(from, to, style)));
                let marks = self.marks(from, to);
                if !style.colour && !marks.is_empty() {
                    shown.push(format!("{:>gutter$} | {marks}", ""));
                }
            }
            shown
        })
    }

    /// Cuts a line at spaces into runs of at most `columns`; a longer word is cut inside.
    fn wrapped(&self, start: usize, end: usize, columns: usize) -> Vec<(usize, usize)> {
        let mut runs = Vec::new();
        let mut from = start;
        let mut used = 0;
        let mut last_space = None;
        for at in start..end {
            used += char_width(printable_char(self.chars[at]));
            if columns < used && from < at {
                let to = last_space.map_or(at, |space: usize| space + 1);
                runs.push((from, to));
                from = to;
                used = self.chars[to..=at]
                    .iter()
                    .map(|&c| char_width(printable_char(c)))
                    .sum();
                last_space = None;
            }
            if self.chars[at] == ' ' {
                last_space = Some(at);
            }
        }
        runs.push((from, end));
        runs
    }

    fn words(&self, from: usize, to: usize, style: Style) -> String {
        let mut out = String::new();
        let mut at = from;
        while at < to {
            let kind = self.kinds[at];
            let run = self.kinds[at..to]
                .iter()
                .take_while(|&&k| k == kind)
                .count();
            let words: String = self.chars[at..at + run]
                .iter()
                .copied()
                .map(printable_char)
                .collect();
            match kind {
                Some(kind) => out.push_str(&style.paint(kind, &words)),
                None => out.push_str(&words),
            }
            at += run;
        }
        out
    }

    /// The marks under a run, without trailing blanks.
    fn marks(&self, from: usize, to: usize) -> String {
        let mut marks = String::new();
        for at in from..to {
            let mark = self.kinds[at].map_or(' ', Kind::mark);
            let columns = char_width(printable_char(self.chars[at]));
            marks.extend(std::iter::repeat_n(mark, columns));
        }
        marks.truncate(marks.trim_end().len());
        marks
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Style = Style {
        colour: false,
        width: 26,
    };

    fn shown(text: &str, spans: Vec<CodedSpan>) -> String {
        Marked::new(text, spans)
            .lines(PLAIN, None)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn marks_stand_under_their_words() {
        assert_eq!(
            shown(
                "Men took Corva.\n東京 fell",
                vec![
                    (0, 15, Kind::Act),
                    (9, 14, Kind::Place),
                    (16, 18, Kind::Place)
                ]
            ),
            "  1 | Men took Corva.\n    | ^^^^^^^^^=====^\n  2 | 東京 fell\n    | ===="
        );
    }

    #[test]
    fn long_lines_wrap_with_their_marks() {
        assert_eq!(
            shown(
                "Nine farmers were killed on Monday",
                vec![(28, 34, Kind::Time)]
            ),
            "  1 | Nine farmers were \n    | killed on Monday\n    |           ~~~~~~"
        );
    }

    #[test]
    fn spans_outside_mark_nothing() {
        assert_eq!(
            shown("Corva", vec![(3, 99, Kind::Place), (4, 2, Kind::Act)]),
            "  1 | Corva"
        );
    }

    proptest! {
        /// Any text and any spans: nothing is lost between the lines, nothing panics.
        #[test]
        fn all_words_are_shown(text in "[a-z \u{e9}東\n\t]{0,200}", spans in prop::collection::vec((0u32..250, 0u32..250), 0..8)) {
            let spans = spans.into_iter().map(|(a, b)| (a, b, Kind::Act)).collect();
            let words: String = Marked::new(&text, spans)
                .lines(PLAIN, None)
                .map(|line| line.split_once(" | ").map(|(_, words)| words.to_owned()).unwrap_or_default())
                .filter(|line| !line.chars().all(|c| c == '^' || c == ' '))
                .collect();
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&words).replace('^', ""), letters(&text));
        }
    }
}
