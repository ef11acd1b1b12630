//! What a text is about: linear models over words and pairs of words, one for each public set of
//! labelled texts. They need no syntax, so they can stand before it.

use std::borrow::Cow;

use tarikh_syntax::linear::{Linear, Weights};

use crate::hash::{mix, string};
use crate::model::STEPS;

/// A set of labels that texts were given.
#[derive(Debug)]
pub struct Topic {
    /// Name of the set.
    pub name: &'static str,
    /// Its labels.
    pub labels: &'static [&'static str],
    /// Whether every text has exactly one.
    pub is_exclusive: bool,
}

const POLICE: &[&str] = &["KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION"];

/// The sets, in the order of the model's questions: what police did in an article and in a sentence
/// (IndiaPoliceEvents), kinds of attack (SATP), organised crime (InSight Crime), politics (BBC),
/// and the five classes of CAMEO.
pub const TOPICS: [Topic; 6] = [
    Topic {
        name: "ipe_docs",
        labels: POLICE,
        is_exclusive: false,
    },
    Topic {
        name: "ipe_sents",
        labels: POLICE,
        is_exclusive: false,
    },
    Topic {
        name: "satp",
        labels: &["armed_assault", "bombing_explosion", "kidnapping", "other"],
        is_exclusive: false,
    },
    Topic {
        name: "insightcrime",
        labels: &[
            "drugs",
            "corruption",
            "law_enforcement",
            "homicide_violence",
            "extortion_kidnap_fraud",
            "environmental",
            "contraband_arms_migrants",
        ],
        is_exclusive: false,
    },
    Topic {
        name: "bbc",
        labels: &["politics"],
        is_exclusive: false,
    },
    Topic {
        name: "cameo_class",
        labels: &[
            "statement",
            "verbal_cooperation",
            "material_cooperation",
            "verbal_conflict",
            "material_conflict",
        ],
        is_exclusive: true,
    },
];

/// The feature that every text of a set has: its weights are the thresholds.
#[must_use]
pub const fn bias(topic: usize) -> u32 {
    mix(0x7091, topic as u32)
}

/// The features of a text in a set, sorted, once each.
#[must_use]
pub fn features(topic: usize, text: &str) -> Vec<u32> {
    let words: Vec<u32> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| string(&word.to_lowercase()))
        .collect();
    let stems = text
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.char_indices().nth(5).map(|(at, _)| &word[..at]))
        .map(|stem| mix(3, string(&stem.to_lowercase())));
    let mut out = vec![bias(topic)];
    let pairs = words.windows(2).map(|w| mix(w[0], w[1]));
    let apart = words.windows(3).map(|w| mix(mix(2, w[0]), w[2]));
    let all = words.iter().copied().chain(stems).chain(pairs).chain(apart);
    out.extend(all.map(|feature| mix(topic as u32, feature)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Labels texts.
#[derive(Clone, Debug)]
pub struct Topics {
    model: Linear,
}

impl Topics {
    /// Opens a model; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let model = Linear::open(bytes)?;
        (model.classes() == questions()).then_some(Self { model })
    }

    /// Opens the embedded model.
    #[must_use]
    pub fn embedded() -> Self {
        let bytes: &'static [u8] = include_bytes!("../../../models/topics.bin");
        // The file is part of the program and a test opens it: this cannot fail for a user.
        Self::open(bytes).expect("the embedded model is well-formed")
    }

    /// Log-odds of each label of a set for a text, zero being the threshold; empty if there is no
    /// such set.
    #[must_use]
    pub fn score(&self, topic: usize, text: &str) -> Vec<f32> {
        let Some(set) = TOPICS.get(topic) else {
            return Vec::new();
        };
        let mut scores = vec![0i32; self.model.classes()];
        for feature in features(topic, text) {
            self.model.add(feature, &mut scores);
        }
        let scores = scores.iter().skip(first_question(topic));
        let scores = scores.take(set.labels.len());
        scores.map(|s| *s as f32 / STEPS).collect()
    }
}

/// The number of a set's first question.
#[must_use]
pub fn first_question(topic: usize) -> usize {
    TOPICS[..topic].iter().map(|t| t.labels.len()).sum()
}

/// Number of all questions.
#[must_use]
pub fn questions() -> usize {
    first_question(TOPICS.len())
}
