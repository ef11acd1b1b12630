//! Kinds of reports without incidents (`data/topics.toml`).

use serde::Deserialize;
use tarikh_syntax::Doc;

use super::phrases::{Atoms, Phrases};

/// What follows from a report's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Effect {
    /// Nothing is coded unless people came to harm.
    None,
    /// What is coded is background.
    Past,
    /// Nothing is coded unless somebody armed did it.
    Private,
    /// Acted out: nothing is coded but an aircraft that crashed.
    Staged,
    /// What blew up or burned did so by itself: no violence is coded unless a party did it.
    Accident,
    /// The business of thieves and smugglers: nothing is coded unless a group or a force fought.
    Crime,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    #[serde(rename = "id")]
    _id: String,
    effect: Effect,
    needs: usize,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    topic: Vec<Topic>,
}

/// The kinds of reports.
#[derive(Debug)]
pub(crate) struct Topics {
    all: Vec<Topic>,
    /// Payloads are indices of words, counted over all topics.
    phrases: Phrases,
    /// First word index of each topic.
    first: Vec<usize>,
}

impl Topics {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse("topics.toml", include_str!("../../../../data/topics.toml"));
        let mut phrases = Phrases::default();
        let mut first = Vec::new();
        let mut n = 0;
        for topic in &file.topic {
            first.push(n);
            for word in &topic.words {
                phrases.insert(word, n as u32);
                n += 1;
            }
        }
        Self {
            all: file.topic,
            phrases,
            first,
        }
    }

    /// The effects of the kinds that the report is of.
    pub(crate) fn of(&self, doc: &Doc) -> Vec<Effect> {
        let mut found = Vec::new();
        self.phrases.find(doc, &Atoms::read(doc), &mut found);
        let mut words: Vec<usize> = found.iter().map(|m| m.payload as usize).collect();
        words.sort_unstable();
        words.dedup();
        self.all
            .iter()
            .zip(&self.first)
            .filter_map(|(topic, &first)| {
                let hits = words
                    .iter()
                    .filter(|w| (first..first + topic.words.len()).contains(*w))
                    .count();
                (hits >= topic.needs).then_some(topic.effect)
            })
            .collect()
    }
}
