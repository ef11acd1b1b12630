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
    /// Payloads are indices into `kinds`.
    phrases: Phrases,
    /// For each word the indices of the topics that list it.
    kinds: Vec<Vec<usize>>,
}

impl Topics {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse("topics.toml", include_str!("../../../../data/topics.toml"));
        let mut phrases = Phrases::default();
        let mut kinds: Vec<Vec<usize>> = Vec::new();
        for (index, topic) in file.topic.iter().enumerate() {
            for word in &topic.words {
                if let Some(known) = phrases.get(word) {
                    kinds[known as usize].push(index);
                } else {
                    phrases.insert(word, kinds.len() as u32);
                    kinds.push(vec![index]);
                }
            }
        }
        Self {
            all: file.topic,
            phrases,
            kinds,
        }
    }

    /// The effects of the kinds that the report is of.
    pub(crate) fn of(&self, doc: &Doc) -> Vec<Effect> {
        let mut found = Vec::new();
        self.phrases.find(doc, &Atoms::read(doc), &mut found);
        let mut words: Vec<usize> = found.iter().map(|m| m.payload as usize).collect();
        words.sort_unstable();
        words.dedup();
        let mut hits = vec![0; self.all.len()];
        for &topic in words.iter().flat_map(|&w| &self.kinds[w]) {
            hits[topic] += 1;
        }
        let told = self.all.iter().zip(hits);
        told.filter(|(topic, hits)| *hits >= topic.needs)
            .map(|(topic, _)| topic.effect)
            .collect()
    }
}
