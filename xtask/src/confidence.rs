//! `train confidence` and `eval confidence`: how sure a value is, learned from what the coder gets
//! right on the news reports.
//!
//! Few weights on few reports: one logistic regression for each group of values, its weights held
//! near zero. The table of `eval` judges by models that have not seen the report, nor another one of
//! the same cluster.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde::Deserialize;
use tarikh_coder::confidence::{BIAS, Group, Weights, probability, signs};
use tarikh_record::Coding;

use crate::eval::Options;
use crate::{eval_news, workspace};

/// How strongly weights are drawn to zero, in observations; the bias is left free.
const RIDGE: f64 = 2.0;
const RIDGE_OF_BIAS: f64 = 1e-3;

/// Newton's method is done long before.
const MAX_STEPS: usize = 50;

/// Upper ends of the table's classes of probability.
const CLASSES: [f64; 5] = [0.5, 0.7, 0.8, 0.9, 1.0];

/// What the judge says of one predicted incident.
#[derive(Deserialize)]
struct Verdict {
    report: String,
    fold: String,
    incident: usize,
    /// Whether the gold has it.
    found: bool,
    right: BTreeMap<Group, bool>,
}

/// One judged group of values.
struct Example {
    fold: String,
    signs: Vec<&'static str>,
    is_right: bool,
}

type Examples = BTreeMap<Group, Vec<Example>>;

/// Learns the weights on `news/dev.jsonl` under `data` and writes `confidence.toml` into `out`.
///
/// # Errors
/// If the benchmark is not there, cannot be judged, or the file cannot be written.
pub(crate) fn train(data: &Path, out: &Path) -> anyhow::Result<()> {
    let examples = examples(&data.join("news/dev.jsonl"))?;
    let weights: Weights = examples
        .iter()
        .map(|(group, examples)| (*group, fit(examples.iter())))
        .collect();
    let mut text = String::from(
        "# Weights of the signs by which confidence is told (crates/tarikh-coder, module `confidence`), in\n\
         # log odds. Made by `cargo xtask train confidence`; do not edit. See confidence.md.\n",
    );
    for (group, weights) in &weights {
        text += &format!("\n[{}]\n", group.as_str());
        // What would be written as nothing is left out.
        for (sign, weight) in weights.iter().filter(|(_, weight)| 0.005 <= weight.abs()) {
            text += &format!("{sign} = {weight:.2}\n");
        }
    }
    workspace::write(&out.join("confidence.toml"), &text)
}

/// Prints how well the probabilities keep their word, by models that have not seen the report.
///
/// # Errors
/// If the benchmark is not there or cannot be judged.
pub(crate) fn eval(options: &Options) -> anyhow::Result<()> {
    let examples = examples(&options.inputs("news", "dev.jsonl")?)?;
    println!(
        "{:<11} {:>4} {:>6}  {:>7} {:>7}  {:>7} {:>7}  told / right (number) by class of probability",
        "group", "n", "right", "Brier", "base", "logloss", "base"
    );
    for (group, examples) in &examples {
        println!("{:<11} {}", group.as_str(), table_row(examples));
    }
    Ok(())
}

/// Codes the reports and has the benchmark's scorer judge each value.
fn examples(inputs: &Path) -> anyhow::Result<Examples> {
    let codings = eval_news::codings(inputs)?;
    let by_report: BTreeMap<&str, &Coding> = codings
        .iter()
        .map(|coding| (coding.report_id.as_str(), coding))
        .collect();
    let mut out = Examples::new();
    for verdict in verdicts(inputs, &codings)? {
        let coding = by_report.get(verdict.report.as_str());
        let incident = coding.and_then(|coding| coding.incidents.get(verdict.incident));
        let incident = incident.context("the judge names an incident that was not predicted")?;
        let judged = verdict.right.into_iter();
        for (group, is_right) in judged.chain([(Group::Found, verdict.found)]) {
            if let Some(signs) = signs(group, incident, verdict.incident) {
                out.entry(group).or_default().push(Example {
                    fold: verdict.fold.clone(),
                    signs,
                    is_right,
                });
            }
        }
    }
    Ok(out)
}

fn verdicts(inputs: &Path, codings: &[Coding]) -> anyhow::Result<Vec<Verdict>> {
    let predictions = workspace::root().join("out/eval/confidence.jsonl");
    eval_news::write_predictions(codings, &predictions)?;
    let folder: PathBuf = inputs
        .parent()
        .context("the inputs lie in no folder")?
        .into();
    let mut judge = Command::new("python3");
    judge
        .arg("-B")
        .arg(workspace::root().join("xtask/judge/news.py"))
        .args([&folder, &predictions]);
    let output = judge.output().context("cannot start python3")?;
    if !output.status.success() {
        bail!(
            "the judge failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = String::from_utf8(output.stdout).context("the judge prints UTF-8")?;
    text.lines()
        .map(|line| serde_json::from_str(line).context("the judge prints JSON"))
        .collect()
}

/// Logistic regression by Newton's method: the weight of the bias and of each sign.
fn fit<'e>(examples: impl Iterator<Item = &'e Example> + Clone) -> BTreeMap<String, f64> {
    let seen: BTreeSet<&str> = examples
        .clone()
        .flat_map(|e| e.signs.iter().copied())
        .collect();
    let names: Vec<&str> = std::iter::once(BIAS).chain(seen).collect();
    let n = names.len();
    let mut weights = vec![0.0; n];
    for _ in 0..MAX_STEPS {
        let mut gradient = vec![0.0; n];
        let mut curvature = vec![vec![0.0; n]; n];
        for i in 0..n {
            let ridge = if i == 0 { RIDGE_OF_BIAS } else { RIDGE };
            gradient[i] = ridge * weights[i];
            curvature[i][i] = ridge;
        }
        for example in examples.clone() {
            let holds = |i: &usize| *i == 0 || example.signs.contains(&names[*i]);
            let held: Vec<usize> = (0..n).filter(holds).collect();
            let sum: f64 = held.iter().map(|&i| weights[i]).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            for &i in &held {
                gradient[i] += p - f64::from(u8::from(example.is_right));
                for &j in &held {
                    curvature[i][j] += p * (1.0 - p);
                }
            }
        }
        let step = solve(curvature, gradient);
        let longest = step.iter().fold(0.0_f64, |longest, s| longest.max(s.abs()));
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight -= step;
        }
        if longest < 1e-9 {
            break;
        }
    }
    names.into_iter().map(str::to_owned).zip(weights).collect()
}

/// Solves a symmetric positive definite system by elimination.
pub(crate) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for j in i + 1..n {
            let factor = matrix[j][i] / matrix[i][i];
            let (above, below) = matrix.split_at_mut(j);
            for (cell, pivot) in below[0].iter_mut().zip(&above[i]).skip(i) {
                *cell -= factor * pivot;
            }
            right[j] -= factor * right[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

/// Number, share right, Brier score and log loss beside those of the bare share, and the classes.
fn table_row(examples: &[Example]) -> String {
    let folds: BTreeSet<&str> = examples.iter().map(|e| e.fold.as_str()).collect();
    // Told, by the bare share of the other folds, and the truth.
    let mut told: Vec<(f64, f64, f64)> = Vec::new();
    for fold in folds {
        let others = examples.iter().filter(|e| e.fold != fold);
        let (n, n_right) = others.clone().fold((0.0, 0.0), |(n, right), e| {
            (n + 1.0, right + f64::from(u8::from(e.is_right)))
        });
        let weights = fit(others);
        for example in examples.iter().filter(|e| e.fold == fold) {
            let truth = f64::from(u8::from(example.is_right));
            told.push((probability(&weights, &example.signs), n_right / n, truth));
        }
    }
    let n = told.len() as f64;
    let mean = |value: &dyn Fn(&(f64, f64, f64)) -> f64| told.iter().map(value).sum::<f64>() / n;
    let loss = |p: f64, truth: f64| -(truth * p.ln() + (1.0 - truth) * (1.0 - p).ln());
    let mut row = format!(
        "{:>4} {:>6.3}  {:>7.3} {:>7.3}  {:>7.3} {:>7.3} ",
        told.len(),
        mean(&|t| t.2),
        mean(&|t| (t.0 - t.2).powi(2)),
        mean(&|t| (t.1 - t.2).powi(2)),
        mean(&|t| loss(t.0, t.2)),
        mean(&|t| loss(t.1, t.2)),
    );
    let mut low = 0.0;
    for high in CLASSES {
        let class: Vec<_> = told.iter().filter(|t| low <= t.0 && t.0 < high).collect();
        low = high;
        let n = class.len() as f64;
        let of =
            |value: &dyn Fn(&&(f64, f64, f64)) -> f64| class.iter().map(value).sum::<f64>() / n;
        row += &match class.len() {
            0 => format!(" {:>15}", "-"),
            count => format!(" {:.2}/{:.2} ({count:>3})", of(&|t| t.0), of(&|t| t.2)),
        };
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(n: usize, n_right: usize, signs: &[&'static str]) -> Vec<Example> {
        let example = |i| Example {
            fold: format!("{i}"),
            signs: signs.to_vec(),
            is_right: i < n_right,
        };
        (0..n).map(example).collect()
    }

    #[test]
    fn without_signs_the_probability_is_the_share() {
        let weights = fit(examples(50, 40, &[]).iter());
        assert!((probability(&weights, &[]) - 0.8).abs() < 0.01);
    }

    #[test]
    fn a_sign_of_error_lowers_the_probability_but_few_cases_move_it_little() {
        let mut many = examples(100, 90, &[]);
        many.extend(examples(40, 10, &["bad"]));
        let mut few = examples(100, 90, &[]);
        few.extend(examples(2, 0, &["bad"]));
        let (many, few) = (fit(many.iter()), fit(few.iter()));
        assert!(probability(&many, &["bad"]) < 0.4);
        assert!(probability(&few, &["bad"]) > 0.5);
    }

    #[test]
    fn a_system_is_solved() {
        let solved = solve(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![9.0, 5.0]);
        assert!((solved[0] - 2.0).abs() < 1e-12 && (solved[1] - 1.0).abs() < 1e-12);
    }
}
