//! Irregular verbs, from `data/syntax/verbs.toml`: their lemmas, and past forms that look like nouns.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::doc::{Doc, TokRange};
use crate::labels::{Upos, XPOS};
use crate::tagger::TagSet;

const SOURCE: &str = include_str!("../../../data/syntax/verbs.toml");

/// Irregular forms, lower-case, with their lemmas.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    forms: FxHashMap<String, String>,
    /// Past forms that are singular nouns too.
    like_nouns: Vec<String>,
    /// Sentences that run as tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests read the examples"))]
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "only tests read the examples"))]
struct Example {
    text: String,
    word: String,
    lemma: String,
}

impl Verbs {
    /// Reads the embedded file.
    pub(crate) fn embedded() -> Self {
        // The file is part of the program and a test reads it: an error cannot reach a user.
        toml::from_str(SOURCE).expect("data/syntax/verbs.toml is well-formed")
    }

    /// The lemma of an irregular form.
    pub(crate) fn lemma(&self, lower: &str) -> Option<&str> {
        self.forms.get(lower).map(String::as_str)
    }

    /// "Two bakers rose as martyrs": a plural noun before and a preposition behind, so what was tagged as a
    /// singular noun is a past tense.
    pub(crate) fn past(&self, doc: &Doc, tokens: TokRange, tags: &TagSet, classes: &mut [u8]) {
        let is = |class: u8, xpos: &str| XPOS[usize::from(tags.get(class).xpos)] == xpos;
        for (i, t) in tokens.iter().enumerate().skip(1) {
            let is_alike = is(classes[i], "NN")
                && is(classes[i - 1], "NNS")
                && classes.get(i + 1).is_some_and(|&next| is(next, "IN"))
                && self.like_nouns.iter().any(|form| form == doc.lower(t));
            let past = |&class: &u8| is(class, "VBD") && tags.get(class).upos == Upos::Verb;
            if is_alike && let Some(past) = (0..tags.len() as u8).find(past) {
                classes[i] = past;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Sent, Workspace};
    use tarikh_text::{Metadata, Report};

    #[test]
    fn the_examples_of_the_file_hold() {
        let analyzer = Analyzer::new();
        for example in Verbs::embedded().examples {
            let report = Report::new(Metadata::default(), &example.text);
            let mut doc = analyzer.tokenize(&report);
            analyzer.analyse(&mut doc, &[Sent(0)], &mut Workspace::default());
            let found = doc.tokens().find(|&t| doc.word(t) == example.word);
            let lemma = found.map(|t| doc.lemma(t));
            assert_eq!(lemma, Some(&*example.lemma), "{}", example.text);
        }
    }
}
