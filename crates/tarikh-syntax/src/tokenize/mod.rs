//! From a report to tokens, sentences and quotations.

mod lists;
mod quotes;
mod sentences;
mod words;

use tarikh_text::{Report, Span, Zone};

use crate::doc::{Doc, Sentence, Tok, TokRange};
pub(crate) use lists::Lists;
use quotes::Quotes;

/// Splits the paragraphs of a report into sentences and tokens.
///
/// With `all`, every word of the report; else without boilerplate and bylines, and of the dateline
/// only its place, as a sentence of its own.
pub(crate) fn tokenize(report: &Report, lists: &Lists, all: bool) -> Doc {
    let text = report.text();
    let mut doc = Doc {
        text: report.shared_text(),
        ..Doc::default()
    };
    let (mut paragraph_words, mut ends) = (Vec::new(), Vec::new());
    let mut quotes = Quotes::default();
    let dateline = report.dateline();
    for (index, paragraph) in report.paragraphs().iter().enumerate() {
        if !all && matches!(paragraph.zone, Zone::Boilerplate | Zone::Byline) {
            continue;
        }
        let start = match dateline {
            Some(d) if !all && paragraph.span.contains(d.span) => {
                paragraph_words.clear();
                words::split(text, d.place, lists, &mut paragraph_words);
                if let Some(span) = sentences::span(&paragraph_words) {
                    push(&mut doc, &paragraph_words, span, index as u32);
                }
                d.span.end()
            }
            _ => paragraph.span.start(),
        };
        paragraph_words.clear();
        ends.clear();
        words::split(
            text,
            Span::new(start, paragraph.span.end()),
            lists,
            &mut paragraph_words,
        );
        sentences::ends(text, &paragraph_words, lists, &mut ends);
        quotes.paragraph(text, &paragraph_words);
        let mut from = 0;
        for &end in &ends {
            let sentence = &paragraph_words[from..end];
            from = end;
            let Some(span) = sentences::span(sentence) else {
                continue;
            };
            push(&mut doc, sentence, span, index as u32);
        }
    }
    doc.quotes = quotes.spans;
    doc
}

/// Appends a sentence of these words.
fn push(doc: &mut Doc, sentence: &[words::Word], span: Span, paragraph: u32) {
    let first = Tok(doc.len() as u32);
    for word in sentence {
        doc.push_token(word.span, word.continues);
    }
    doc.push_sentence(Sentence {
        tokens: TokRange::new(first, Tok(doc.len() as u32)),
        span,
        paragraph,
        analysed: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use tarikh_text::Metadata;

    fn doc(title: Option<&str>, body: &str) -> Doc {
        let metadata = Metadata {
            title: title.map(String::from),
            ..Metadata::default()
        };
        tokenize(&Report::new(metadata, body), &Lists::embedded(), false)
    }

    #[test]
    fn title_body_and_what_is_left_out() {
        let doc = doc(
            Some("Nine killed in Corva"),
            "By Awa Keita\n\nBAMAKO, Mali (AFP) \u{2014} Gunmen killed nine people. They fled.\n\nRead more: five things",
        );
        let sentences: Vec<_> = doc
            .sentences()
            .iter()
            .map(|s| s.span.of(doc.text()))
            .collect();
        assert_eq!(
            sentences,
            [
                "Nine killed in Corva",
                "BAMAKO, Mali",
                "Gunmen killed nine people.",
                "They fled."
            ]
        );
        assert_eq!(doc.sentences()[0].tokens.len(), 4);
        assert_eq!(doc.lower(Tok(7)), "gunmen");
        assert_eq!(doc.sentence_of(Tok(7)).0, 2);
    }

    #[test]
    fn a_word_and_its_clitic() {
        let doc = doc(None, "They don't.");
        assert!(doc.continues_word(Tok(2)) && !doc.continues_word(Tok(1)));
    }
}
