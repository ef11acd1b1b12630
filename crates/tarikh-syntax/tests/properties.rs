//! Laws of the syntax layer that hold for any text.

use std::sync::LazyLock;

use proptest::prelude::*;
use tarikh_syntax::{Analyzer, Doc, Sent, Tok, Workspace, conllu};
use tarikh_text::{Metadata, Report};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

fn analyse(title: Option<String>, body: &str) -> Doc {
    let report = Report::new(
        Metadata {
            title,
            ..Metadata::default()
        },
        body,
    );
    let mut doc = ANALYZER.tokenize(&report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    ANALYZER.analyse(&mut doc, &sentences, &mut Workspace::default());
    doc
}

/// Spans slice and nest, sentences partition the tokens, trees are trees.
fn check(doc: &Doc) {
    let mut end = 0;
    for t in doc.tokens() {
        let span = doc.span(t);
        assert!(
            span.start() >= end && !span.is_empty(),
            "tokens overlap or are empty"
        );
        assert!(!doc.word(t).contains(char::is_whitespace) && !doc.lemma(t).is_empty());
        end = span.end();
    }
    let mut next = Tok(0);
    for (index, sentence) in doc.sentences().iter().enumerate() {
        assert_eq!(sentence.tokens.start, next);
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= 200);
        next = sentence.tokens.end;
        assert_eq!(doc.range_span(sentence.tokens), sentence.span);
        let roots = sentence
            .tokens
            .iter()
            .filter(|&t| doc.head(t).is_none())
            .count();
        assert_eq!(roots, 1, "not one root");
        for t in sentence.tokens.iter() {
            assert_eq!(doc.sentence_of(t), Sent(index as u32));
            let mut at = t;
            let mut steps = 0;
            while let Some(head) = doc.head(at) {
                assert!(
                    sentence.tokens.contains(head),
                    "a head outside the sentence"
                );
                at = head;
                steps += 1;
                assert!(steps <= sentence.tokens.len(), "a cycle");
            }
        }
        for mention in ANALYZER.mentions(doc, Sent(index as u32)) {
            let words = mention.tokens;
            assert!(words.contains(mention.head), "a phrase without its head");
            assert!(sentence.tokens.contains(words.start) && words.end <= sentence.tokens.end);
        }
    }
    assert_eq!(next.idx(), doc.len());
    let mut start = Tok(0);
    for entity in doc.entities() {
        assert!(!entity.tokens.is_empty() && entity.tokens.start >= start);
        start = entity.tokens.start;
        let sentence = doc.sentence(doc.sentence_of(start)).tokens;
        assert!(
            sentence.contains(Tok(entity.tokens.end.0 - 1)),
            "an entity over two sentences"
        );
    }
    for quote in doc.quotes() {
        assert!(!quote.of(doc.text()).is_empty());
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Gunmen"),
        Just("killed"),
        Just("nine"),
        Just("people"),
        Just("in"),
        Just("Corva"),
        Just("don't"),
        Just("U.N."),
        Just("\""),
        Just("''"),
        Just("'"),
        Just("."),
        Just("..."),
        Just("al-Dunmar's"),
        Just("5km"),
        Just("$5"),
        Just(","),
        Just("\n\n"),
        Just("\u{2014}"),
        Just("مرحبا"),
        Just("\u{1f525}"),
        Just("http://"),
        Just("a@b.c"),
        Just("-"),
        Just("Lt."),
    ];
    prop::collection::vec((word, prop_oneof![Just(" "), Just("")]), 0..60)
        .prop_map(|v| v.into_iter().flat_map(|(w, s)| [w, s]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text(body in "\\PC{0,300}", title in proptest::option::of("\\PC{0,60}")) {
        check(&analyse(title, &body));
    }

    #[test]
    fn any_characters(chars in prop::collection::vec(any::<char>(), 0..200)) {
        check(&analyse(None, &chars.into_iter().collect::<String>()));
    }

    #[test]
    fn anything_like_news(body in words()) {
        let doc = analyse(None, &body);
        check(&doc);
        prop_assert_eq!(format!("{doc:?}"), format!("{:?}", analyse(None, &body)));
    }

    #[test]
    fn conllu_is_read_back(body in words()) {
        let doc = analyse(None, &body);
        let mut text = String::new();
        conllu::write(&doc, |t| doc.word(t), |_| String::new(), &mut text).expect("a string takes all");
        let file = conllu::read(&text).expect("what is written can be read");
        prop_assert_eq!(file.doc.len(), doc.len());
        for t in doc.tokens() {
            prop_assert_eq!(file.doc.head(t), doc.head(t));
            prop_assert_eq!(file.doc.upos(t), doc.upos(t));
            prop_assert_eq!(file.doc.lemma(t), doc.lemma(t));
            prop_assert_eq!(file.doc.continues_word(t), doc.continues_word(t));
        }
    }

    #[test]
    fn any_conllu_is_refused_or_read(text in "\\PC{0,200}") {
        let _ = conllu::read(&text);
    }
}

#[test]
fn extremes() {
    for body in [
        "",
        "x",
        ".",
        "\"",
        "\u{0}\u{1}",
        "a\tb\tc\n1\t2\t3\n4\t5\t6",
    ] {
        check(&analyse(None, body));
    }
    check(&analyse(None, &"word ".repeat(5000)));
    check(&analyse(None, &"(".repeat(3000)));
    check(&analyse(None, &"x".repeat(100_000)));
    check(&analyse(None, &"'s".repeat(5000)));
    check(&analyse(None, &"a.b".repeat(5000)));
    check(&analyse(None, &"a-".repeat(20_000)));
    check(&analyse(None, &"قتل تسعة مزارعين ".repeat(2000)));
    check(&analyse(None, &"九名村民遇难。".repeat(2000)));
    check(&analyse(None, &"Corva\t9\t14\n".repeat(2000)));
    check(&analyse(
        None,
        &"\u{7f}\u{200b}\u{feff} killed ".repeat(500),
    ));
    check(&analyse(
        None,
        &"GUNMEN KILLED NINE FARMERS IN CORVA ".repeat(1000),
    ));
}
