//! Lemmas of irregular verbs, from `data/syntax/verbs.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../data/syntax/verbs.toml");

/// Irregular forms, lower-case, with their lemmas.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    forms: FxHashMap<String, String>,
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
