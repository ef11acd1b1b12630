//! The trained model: a first look at each candidate alone, a second beside its rivals, and the
//! values that the chosen ones give to the rest of a template.

use std::borrow::Cow;

use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::{Doc, TokRange};

use crate::acts::{Taker, numbers};
use crate::candidates::{Candidate, candidates};
use crate::choice::{Field, choose};
use crate::features::Context;
use crate::labels::{ACTS, QUESTIONS, REPORT_QUESTIONS, Role, VALUES, value_questions};
use crate::trees::{self, Forest};

/// Steps of the written weights that make one unit of log-odds.
pub const STEPS: f32 = 32.0;

/// File names of the models, in the order that [`Roles::open`] takes their contents.
pub const FILES: [&str; 5] = [
    "roles-words.bin",
    "roles-report.bin",
    "roles-choice.bin",
    "roles-values.bin",
    "roles-acts.bin",
];

/// Reads the parties to incidents in analysed reports; built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct Roles {
    words: Linear,
    report: Linear,
    /// One forest for each role. Its bias is set so that a score of zero is the threshold.
    choice: Vec<Forest>,
    values: Linear,
    /// Its score of zero is the threshold, too.
    acts: Forest,
}

/// A party to an incident, as the report words it.
#[derive(Clone, Debug)]
pub struct Party {
    /// What it is to the incident.
    pub role: Role,
    /// Everywhere that these words stand, in order; never empty.
    pub mentions: Vec<TokRange>,
    /// Log-odds above the threshold of its role; at least zero.
    pub score: f32,
    /// Log-odds of each of [`ACTS`].
    pub acts: Vec<f32>,
    /// For each slot of [`VALUES`] the likeliest value and its log-odds.
    pub values: [(&'static str, f32); VALUES.len()],
}

/// What the model finds in a report.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Log-odds that the report tells of an incident.
    pub relevance: f32,
    /// Log-odds, above the threshold, that it tells of each of [`ACTS`].
    pub acts: Vec<f32>,
    /// The parties, by role, the surest first.
    pub parties: Vec<Party>,
}

impl Roles {
    /// Opens models from the contents of [`FILES`].
    ///
    /// # Errors
    /// The name of the first file that is malformed.
    pub fn open(files: [Cow<'static, [u8]>; 5]) -> Result<Self, &'static str> {
        let [words, report, choice, values, acts] = files;
        let acts = trees::decode(&acts).and_then(|mut forests| forests.pop());
        let choice = trees::decode(&choice).filter(|f| f.len() == Role::ALL.len());
        Ok(Self {
            words: open(words, QUESTIONS).ok_or(FILES[0])?,
            report: open(report, REPORT_QUESTIONS).ok_or(FILES[1])?,
            choice: choice.ok_or(FILES[2])?,
            values: open(values, value_questions()).ok_or(FILES[3])?,
            acts: acts.ok_or(FILES[4])?,
        })
    }

    /// Opens the embedded models.
    #[must_use]
    pub fn embedded() -> Self {
        let files: [&'static [u8]; 5] = [
            include_bytes!("../../../models/roles-words.bin"),
            include_bytes!("../../../models/roles-report.bin"),
            include_bytes!("../../../models/roles-choice.bin"),
            include_bytes!("../../../models/roles-values.bin"),
            include_bytes!("../../../models/roles-acts.bin"),
        ];
        // The files are part of the program and a test opens them: this cannot fail for a user.
        Self::open(files.map(Cow::Borrowed)).expect("the embedded models are well-formed")
    }

    /// Finds the parties in a report whose sentences were all analysed.
    #[must_use]
    pub fn read(&self, doc: &Doc) -> Reading {
        let candidates = candidates(doc);
        let context = Context::new(doc, &candidates);
        let report = log_odds(&self.report, &context.bag());
        let features: Vec<Vec<u32>> = candidates.iter().map(|c| context.features(c)).collect();
        let scores: Vec<Vec<f32>> = features.iter().map(|f| log_odds(&self.words, f)).collect();
        let field = Field::new(doc, &candidates, &scores, &report);
        let mut parties = Vec::new();
        for (index, (role, forest)) in Role::ALL.into_iter().zip(&self.choice).enumerate() {
            let rows = field.rows(index);
            let scored: Vec<(usize, f32)> = rows
                .iter()
                .map(|row| (row.candidate, forest.score(&row.numbers)))
                .collect();
            for (i, score) in choose(&candidates, &scored, 0.0) {
                parties.push(Party {
                    role,
                    mentions: places(&candidates[i]),
                    score,
                    acts: scores[i][Role::ALL.len()..].to_vec(),
                    values: self.values(&features[i]),
                });
            }
        }
        Reading {
            relevance: report[0],
            acts: self.acts(&report, &parties),
            parties,
        }
    }

    fn acts(&self, report: &[f32], parties: &[Party]) -> Vec<f32> {
        let takers: Vec<Taker<'_>> = parties.iter().map(Party::taker).collect();
        (0..ACTS.len())
            .map(|act| self.acts.score(&numbers(act, report, &takers)))
            .collect()
    }

    fn values(&self, features: &[u32]) -> [(&'static str, f32); VALUES.len()] {
        let scores = log_odds(&self.values, features);
        let mut rest = scores.as_slice();
        VALUES.map(|(_, values)| {
            let (these, others) = rest.split_at(values.len());
            rest = others;
            let best = values.iter().copied().zip(these.iter().copied());
            best.fold(("", f32::MIN), |a, b| if b.1 > a.1 { b } else { a })
        })
    }
}

impl Party {
    fn taker(&self) -> Taker<'_> {
        let role = Role::ALL.iter().position(|role| *role == self.role);
        Taker {
            role: role.unwrap_or_default(),
            score: self.score,
            acts: &self.acts,
        }
    }
}

fn places(candidate: &Candidate) -> Vec<TokRange> {
    candidate.mentions.iter().map(|m| m.tokens).collect()
}

fn open(bytes: Cow<'static, [u8]>, questions: usize) -> Option<Linear> {
    Linear::open(bytes).filter(|model| model.classes() == questions)
}

/// The log-odds of each question of a model.
fn log_odds(model: &Linear, features: &[u32]) -> Vec<f32> {
    let mut scores = vec![0i32; model.classes()];
    for &feature in features {
        model.add(feature, &mut scores);
    }
    scores.into_iter().map(|s| s as f32 / STEPS).collect()
}
