//! Logistic regression over sparse features, for several yes-or-no questions at once, by stochastic
//! gradient steps with a rate of its own for each weight (Duchi, Hazan and Singer 2011).

use rustc_hash::FxHashMap;
use tarikh_roles::STEPS;
use tarikh_syntax::linear::Linear;

use crate::train_syntax::random::Random;

/// A sparse example: its features by dense id, and bits for the questions asked and those answered
/// yes.
pub(crate) type Example = (Vec<u32>, u64, u64);

/// A feature's weights as they are written: pairs of question and steps.
pub(crate) type Row = (u32, Vec<(u8, i32)>);

/// How hard to learn.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// Pull of every weight towards zero at each step that moves it.
    pub(crate) decay: f32,
}

/// Numbers the features that occur in several documents.
pub(crate) struct Index(FxHashMap<u32, u32>);

impl Index {
    /// Keeps the features that occur in at least `least` documents.
    pub(crate) fn new<'a>(documents: impl Iterator<Item = &'a [Vec<u32>]>, least: u32) -> Self {
        let mut seen: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for (number, document) in (1..).zip(documents) {
            for &feature in document.iter().flatten() {
                let (count, last) = seen.entry(feature).or_default();
                if *last != number {
                    (*count, *last) = (*count + 1, number);
                }
            }
        }
        let mut kept: Vec<u32> = seen
            .into_iter()
            .filter(|(_, (count, _))| *count >= least)
            .map(|(feature, _)| feature)
            .collect();
        kept.sort_unstable();
        Self(kept.into_iter().zip(0..).collect())
    }

    pub(crate) fn ids(&self, features: &[u32]) -> Vec<u32> {
        let ids = features.iter().filter_map(|f| self.0.get(f));
        ids.copied().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Weights in training, `questions` for each feature.
pub(crate) struct Logistic {
    questions: usize,
    weights: Vec<f32>,
    /// Sums of the squared slopes so far.
    slopes: Vec<f32>,
}

impl Logistic {
    /// Learns from the examples, in an order that the seed gives.
    pub(crate) fn train(
        features: usize,
        questions: usize,
        examples: &[Example],
        settings: Settings,
    ) -> Self {
        let mut model = Self {
            questions,
            weights: vec![0.0; features * questions],
            slopes: vec![0.0; features * questions],
        };
        let mut order: Vec<u32> = (0..examples.len() as u32).collect();
        let mut random = Random::new(7);
        let mut sum = vec![0.0; features * questions];
        let mut sums = 0.0;
        for epoch in 0..settings.epochs {
            random.shuffle(&mut order);
            for &i in &order {
                model.step(&examples[i as usize], settings);
            }
            if 2 * epoch >= settings.epochs {
                sum.iter_mut()
                    .zip(&model.weights)
                    .for_each(|(s, w)| *s += w);
                sums += 1.0;
            }
        }
        if sums > 0.0 {
            model.weights = sum.into_iter().map(|s| s / sums).collect();
        }
        model
    }

    /// The log-odds of each question.
    pub(crate) fn scores(&self, features: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.questions];
        for &feature in features {
            let at = feature as usize * self.questions;
            let weights = &self.weights[at..at + self.questions];
            scores.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
        }
        scores
    }

    fn step(&mut self, example: &Example, settings: Settings) {
        let (features, asked, yes) = example;
        let scores = self.scores(features);
        for (question, score) in scores.iter().enumerate() {
            if asked >> question & 1 == 0 {
                continue;
            }
            let answer = (yes >> question & 1) as f32;
            let miss = answer - 1.0 / (1.0 + (-score).exp());
            if miss.abs() < 0.01 {
                continue;
            }
            for &feature in features {
                let at = feature as usize * self.questions + question;
                let slope = miss - settings.decay * self.weights[at];
                self.slopes[at] += slope * slope;
                self.weights[at] += settings.rate * slope / (1.0 + self.slopes[at]).sqrt();
            }
        }
    }

    /// The model as it is written: weights below `least` are left out.
    pub(crate) fn encode(&self, index: &Index, least: f32) -> Vec<u8> {
        Linear::encode(self.questions, self.rows(index, least))
    }

    /// Its rows, by feature: pairs of question and weight in steps.
    pub(crate) fn rows(&self, index: &Index, least: f32) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        #[expect(
            clippy::iter_over_hash_type,
            reason = "the rows are sorted when they are written"
        )]
        for (&feature, &id) in &index.0 {
            let at = id as usize * self.questions;
            let weights = self.weights[at..at + self.questions].iter();
            let pairs: Vec<(u8, i32)> = (0..)
                .zip(weights)
                .filter(|(_, weight)| weight.abs() >= least)
                .map(|(question, weight)| (question, (weight * STEPS).round() as i32))
                .collect();
            if !pairs.is_empty() {
                rows.push((feature, pairs));
            }
        }
        rows.sort_unstable();
        rows
    }
}
