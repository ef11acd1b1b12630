//! `train topics`: the model that labels texts, from the training sides of the benchmark
//! `relevance`.
//!
//! Thresholds are those that do best on folds that the model did not learn from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use serde::Deserialize;
use tarikh_roles::topics::{TOPICS, bias, features, first_question, questions};
use tarikh_syntax::linear::Linear;

use crate::learn::logistic::{Example, Index, Logistic, Row, Settings};
use crate::{eval, workspace};

const FOLDS: usize = 5;

const SETTINGS: Settings = Settings {
    epochs: 10,
    rate: 0.05,
    decay: 0.0,
};

/// Weights below this are not written.
const LEAST: f32 = 0.06;

/// A labelled text. Sentences of one document go into one fold.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    doc: String,
    text: String,
    labels: Vec<String>,
}

/// Trains the model from the files of `relevance` under `data` and writes it into `out`.
///
/// # Errors
/// When a file is missing or malformed, or the model cannot be written.
pub(crate) fn run(data: &Path, out: &Path) -> Result<()> {
    let texts: Vec<Vec<Line>> = TOPICS
        .iter()
        .map(|t| eval::read_lines(&data.join(format!("relevance/{}.train.jsonl", t.name))))
        .collect::<Result<_>>()?;
    let trained: Vec<Vec<Row>> = texts
        .par_iter()
        .enumerate()
        .map(|(topic, lines)| train(topic, lines))
        .collect();
    let rows = trained.into_iter().flatten().collect();
    let bytes = Linear::encode(questions(), rows);
    report(&format!("topics.bin: {} bytes", bytes.len()));
    workspace::write_bytes(&out.join("topics.bin"), &bytes)
}

/// The rows of one set, its thresholds in the row of its bias.
fn train(topic: usize, lines: &[Line]) -> Vec<Row> {
    let texts: Vec<[Vec<u32>; 1]> = lines.iter().map(|l| [features(topic, &l.text)]).collect();
    let answers: Vec<u64> = lines.iter().map(|l| answers(topic, &l.labels)).collect();
    let folds = folds(lines);
    let labels = TOPICS[topic].labels.len();
    let fit = |keep: &dyn Fn(usize) -> bool| {
        let kept: Vec<usize> = (0..lines.len()).filter(|&i| keep(i)).collect();
        let index = Index::new(kept.iter().map(|&i| texts[i].as_slice()), 2);
        let examples: Vec<Example> = kept
            .iter()
            .map(|&i| (index.ids(&texts[i][0]), u64::MAX, answers[i]))
            .collect();
        let model = Logistic::train(index.len(), labels, &examples, SETTINGS);
        (index, model)
    };
    let mut scores = vec![Vec::new(); lines.len()];
    for fold in 0..FOLDS {
        let (index, model) = fit(&|i| folds[i] != fold);
        for i in (0..lines.len()).filter(|&i| folds[i] == fold) {
            scores[i] = model.scores(&index.ids(&texts[i][0]));
        }
    }
    let (index, model) = fit(&|_| true);
    let mut rows = model.rows(&index, LEAST);
    if !TOPICS[topic].is_exclusive {
        let thresholds: Vec<i32> = (0..labels)
            .map(|label| best_threshold(topic, label, &scores, &answers))
            .collect();
        lower(&mut rows, bias(topic), &thresholds);
    }
    let first = first_question(topic) as u8;
    for pair in rows.iter_mut().flat_map(|row| &mut row.1) {
        pair.0 += first;
    }
    rows
}

fn answers(topic: usize, labels: &[String]) -> u64 {
    let known = TOPICS[topic].labels.iter().enumerate();
    known
        .filter(|(_, label)| labels.iter().any(|l| l == *label))
        .fold(0, |bits, (i, _)| bits | 1 << i)
}

/// Sentences of a document share a fold; other texts are dealt in order.
fn folds(lines: &[Line]) -> Vec<usize> {
    let mut documents: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let next = documents.len();
        out.push(if line.doc.is_empty() {
            i % FOLDS
        } else {
            *documents.entry(&line.doc).or_insert(next) % FOLDS
        });
    }
    out
}

/// The threshold with the best F1 for a label, in steps of the written weights.
fn best_threshold(topic: usize, label: usize, scores: &[Vec<f32>], answers: &[u64]) -> i32 {
    let mut best = (-1.0, 0);
    for threshold in -96..32 {
        let (mut right, mut found, mut gold) = (0, 0, 0);
        for (scores, answers) in scores.iter().zip(answers) {
            let is_found = scores[label] * tarikh_roles::STEPS >= threshold as f32;
            let is_gold = answers >> label & 1 == 1;
            right += u32::from(is_found && is_gold);
            found += u32::from(is_found);
            gold += u32::from(is_gold);
        }
        let f1 = 2.0 * f64::from(right) / f64::from((found + gold).max(1));
        if f1 > best.0 {
            best = (f1, threshold);
        }
    }
    let name = TOPICS[topic].labels[label];
    report(&format!("{} {name}: F1 {:.3}", TOPICS[topic].name, best.0));
    best.1
}

/// Takes the thresholds off the weights of the bias.
fn lower(rows: &mut Vec<Row>, bias: u32, thresholds: &[i32]) {
    let at = match rows.iter().position(|row| row.0 == bias) {
        Some(at) => at,
        None => {
            rows.push((bias, Vec::new()));
            rows.len() - 1
        }
    };
    let row = &mut rows[at].1;
    for (label, threshold) in (0..).zip(thresholds) {
        match row.iter_mut().find(|pair| pair.0 == label) {
            Some(pair) => pair.1 -= threshold,
            None => row.push((label, -threshold)),
        }
    }
    row.sort_unstable();
}

#[expect(clippy::print_stderr, reason = "progress of a command")]
fn report(line: &str) {
    eprintln!("{line}");
}
