//! The examples of the data files, run as tests (their format is told in the data file).

use std::collections::BTreeMap;

use jiff::civil::Date;
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};

use crate::{Context, Interval, Recognizer, Timex};

const TRAPS: &str = include_str!("../../../data/time/en.traps.toml");

/// The day of publication where an example names none.
const PUBLISHED: &str = "2020-11-18";

/// What a bracketed expression should be: words, value, interval (`None`: not checked).
struct Expected {
    words: String,
    value: String,
    interval: Option<String>,
}

struct Example {
    published: Option<Date>,
    country: Option<[u8; 2]>,
    text: String,
    expected: Vec<Expected>,
}

fn parse(example: &str) -> Example {
    let (day, rest) = match example.strip_prefix('@') {
        Some(rest) => rest.split_once(' ').expect("a day and a sentence"),
        None => (PUBLISHED, example),
    };
    let (day, country) = match day.split_once('/') {
        Some((day, country)) => (day, Some(country)),
        None => (day, None),
    };
    let (marked, values) = rest.split_once("=>").expect("=> parts sentence and values");
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    for c in marked.trim().chars() {
        match c {
            '[' => {
                inside = true;
                words.push(String::new());
            }
            ']' => inside = false,
            c if inside => words.last_mut().expect("a bracket is open").push(c),
            _ => {}
        }
    }
    let values: Vec<&str> = values
        .split(';')
        .map(str::trim)
        .filter(|v| !v.is_empty())
        .collect();
    assert_eq!(
        words.len(),
        values.len(),
        "as many values as brackets: {example}"
    );
    let expected = words.into_iter().zip(values).map(|(words, value)| {
        let (value, interval) = match value.split_once(" / ") {
            Some((value, interval)) => (value, Some(interval.to_owned())),
            None => (value, None),
        };
        Expected {
            words,
            value: value.to_owned(),
            interval,
        }
    });
    Example {
        published: (day != "none").then(|| day.parse().expect("a date")),
        country: country.map(|code| code.as_bytes().try_into().expect("two letters")),
        text: marked.trim().replace(['[', ']'], ""),
        expected: expected.collect(),
    }
}

fn interval_words(timex: &Timex) -> String {
    let days = |i: Interval| match i.start == i.end {
        true => format!("{} p{}", i.start, i.precision),
        false => format!("{}..{} p{}", i.start, i.end, i.precision),
    };
    timex.interval.map_or_else(|| "none".to_owned(), days)
}

/// The text with its tags, as the coder has it.
fn analysed(analyzer: &Analyzer, text: &str) -> Doc {
    let report = Report::new(Metadata::default(), text);
    let mut doc = analyzer.tokenize(&report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    doc
}

/// What is wrong with an example, empty if nothing.
fn check(recognizer: &Recognizer, analyzer: &Analyzer, example: &str) -> Vec<String> {
    let parsed = parse(example);
    let doc = analysed(analyzer, &parsed.text);
    let context = Context {
        published: parsed.published,
        country: parsed.country,
        dateline: None,
    };
    let found = recognizer.find(&doc, &context);
    let words: Vec<&str> = found.iter().map(|t| t.span.of(doc.text())).collect();
    let wanted: Vec<&str> = parsed.expected.iter().map(|e| e.words.as_str()).collect();
    if words != wanted {
        return vec![format!("{example}\n    found {words:?}")];
    }
    let mut wrong = Vec::new();
    for (timex, expected) in found.iter().zip(&parsed.expected) {
        let got = interval_words(timex);
        if timex.value != expected.value || expected.interval.as_ref().is_some_and(|i| *i != got) {
            wrong.push(format!(
                "{example}\n    found {} / {got} by {}",
                timex.value, timex.rule
            ));
        }
    }
    wrong
}

#[test]
fn the_traps_hold() {
    let traps: BTreeMap<String, Vec<String>> =
        toml::from_str(TRAPS).expect("the traps are lists of sentences");
    let recognizer = Recognizer::new();
    let analyzer = Analyzer::new();
    let wrong: Vec<String> = traps
        .iter()
        .flat_map(|(group, list)| list.iter().map(move |example| (group, example)))
        .flat_map(|(group, example)| {
            let wrong = check(&recognizer, &analyzer, example);
            wrong.into_iter().map(move |w| format!("{group}: {w}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_examples_of_the_rules_hold() {
    let analyzer = Analyzer::new();
    let mut wrong = Vec::new();
    for language in Recognizer::languages() {
        let recognizer = Recognizer::for_language(language).expect("it is one of them");
        for rule in &recognizer.rules().rules {
            for example in &rule.examples {
                let found = check(&recognizer, &analyzer, example);
                wrong.extend(found.iter().map(|w| format!("{}: {w}", rule.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
