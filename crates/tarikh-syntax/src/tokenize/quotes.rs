//! Quotation spans: what stands between quotation marks.

use tarikh_text::Span;

use super::words::Word;

/// Finds the quotations of a report, paragraph by paragraph.
///
/// A mark opens with a space before it and none after, and closes otherwise. A quotation that is
/// still open when its paragraph ends goes on in the next if that begins with a mark too, as
/// newspapers print speech over several paragraphs; each paragraph gives a span of its own.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    pub(crate) spans: Vec<Span>,
}

impl Quotes {
    /// Reads one paragraph.
    pub(crate) fn paragraph(&mut self, text: &str, words: &[Word]) {
        let first = self.spans.len();
        let mut double: Option<usize> = None;
        let mut single: Option<usize> = None;
        for (i, word) in words.iter().enumerate() {
            let before = i == 0
                || words[i - 1].span.end() < word.span.start()
                || is_opener(words[i - 1].span.of(text));
            let after = words
                .get(i + 1)
                .is_none_or(|w| w.span.start() > word.span.end());
            match word.span.of(text) {
                "``" => double = Some(i + 1),
                "''" => self.close(words, &mut double, i),
                "\"" => match double {
                    Some(_) if !before || after || i == 0 => self.close(words, &mut double, i),
                    // A second opener: the first was never closed, and this one counts.
                    Some(_) => double = Some(i + 1),
                    None if after && !before => {}
                    None => double = Some(i + 1),
                },
                "'" if single.is_none() && before && !after => single = Some(i + 1),
                "'" if single.is_some() && i > 0 && !before => {
                    // "the rebels' town" inside a quotation closes nothing; a stop or comma does.
                    let stopped = words[i - 1].span.of(text).ends_with(['.', ',', '!', '?']);
                    let possessive = words[i - 1].span.of(text).ends_with('s')
                        && words
                            .get(i + 1)
                            .is_some_and(|w| w.span.of(text).starts_with(char::is_alphabetic));
                    if stopped || !possessive {
                        self.close(words, &mut single, i);
                    }
                }
                _ => {}
            }
        }
        // Open to the end of the paragraph: speech that goes on in the next one.
        if let Some(from) = double
            && from < words.len()
        {
            self.spans
                .push(words[from].span.cover(words[words.len() - 1].span));
        }
        self.spans[first..].sort_unstable();
    }

    fn close(&mut self, words: &[Word], open: &mut Option<usize>, at: usize) {
        if let Some(from) = open.take()
            && from < at
        {
            self.spans.push(words[from].span.cover(words[at - 1].span));
        }
    }
}

fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "(" | "[" | "--" | "\u{2014}" | "\u{2013}" | "\"" | "'"
    )
}

#[cfg(test)]
mod tests {
    use super::super::lists::Lists;
    use super::super::words::split;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut quotes = Quotes::default();
        for line in text.split_inclusive('\n') {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            let mut words = Vec::new();
            split(
                text,
                Span::new(start as u32, (start + line.len()) as u32),
                &Lists::embedded(),
                &mut words,
            );
            quotes.paragraph(text, &words);
        }
        let got: Vec<_> = quotes.spans.iter().map(|s| s.of(text)).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn pairs() {
        check(
            "\"They came,\" he said, \"at dawn.\"",
            &["They came,", "at dawn."],
        );
        check("``They came,'' he said.", &["They came,"]);
        check(
            "He called it 'an act of war', officials said.",
            &["an act of war"],
        );
        check("the rebels' town and the army's men", &[]);
    }

    #[test]
    fn speech_over_paragraphs() {
        check(
            "\"They came.\n\"We hid,\" he said.",
            &["They came.", "We hid,"],
        );
        check("a stray\" mark", &[]);
    }
}
