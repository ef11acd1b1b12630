//! `train roles`: the models of the layer of learned roles, from the training side of the
//! benchmark `muc4`.
//!
//! The second look learns from scores of the first on reports that the first did not learn from:
//! the reports are dealt into folds. The thresholds are those that do best on the folds.
//! Everything is deterministic: fixed seeds, sorted output.

mod gold;

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use tarikh_roles::acts::{Taker, numbers};
use tarikh_roles::choice::{Field, Row, choose};
use tarikh_roles::labels::{ACTS, QUESTIONS, REPORT_QUESTIONS, value_questions};
use tarikh_roles::trees::{self, Forest};
use tarikh_roles::{FILES, Role};

use self::gold::Example;
use crate::learn::boost;
use crate::learn::logistic::{self, Index, Logistic};
use crate::{eval, workspace};

const FOLDS: usize = 4;

const WORDS: logistic::Settings = logistic::Settings {
    epochs: 5,
    rate: 0.05,
    decay: 0.0,
};

const REPORT: logistic::Settings = logistic::Settings {
    epochs: 8,
    rate: 0.03,
    decay: 0.0,
};

const VALUES: logistic::Settings = logistic::Settings {
    epochs: 12,
    rate: 0.1,
    decay: 0.0,
};

const CHOICE: boost::Settings = boost::Settings {
    trees: 150,
    rate: 0.05,
    least: 8.0,
};

/// Weights below this are not written.
const LEAST: f32 = 0.02;

/// Trains all models from `muc4/train.jsonl` under `data` and writes them into `out`. How well the
/// folds went goes to standard error.
///
/// # Errors
/// When the file is missing or malformed, or a model cannot be written.
pub(crate) fn run(data: &Path, out: &Path) -> Result<()> {
    let examples = gold::read(&eval::read_lines(&data.join("muc4/train.jsonl"))?);
    let all: Vec<&Example> = examples.iter().collect();
    let looks = on_other_folds(&all);
    let forests: Vec<Choice> = (0..Role::ALL.len())
        .into_par_iter()
        .map(|role| choice(&all, &looks, role))
        .collect();
    for (role, choice) in Role::ALL.iter().zip(&forests) {
        report(&format!("{:18} {}", role.slot(), choice.tally));
    }
    let parts = forests.iter().map(|f| f.tally);
    let micro = parts.take(5).fold(Tally::default(), Tally::with);
    report(&format!("{:18} {micro}", "first five"));
    let acts = acts(&all, &looks, &forests);
    let forests: Vec<Forest> = forests.into_iter().map(|f| f.forest).collect();
    let first = FirstLook::train(&all);
    let models = [
        first.words.encode(&first.index, LEAST),
        first.report.encode(&first.report_index, LEAST),
        trees::encode(&forests),
        values(&all),
        trees::encode(&[acts]),
    ];
    for (name, bytes) in FILES.iter().zip(models) {
        report(&format!("{name}: {} bytes", bytes.len()));
        workspace::write_bytes(&out.join(name), &bytes)?;
    }
    Ok(())
}

/// Scores of the first look on a report: of each candidate, and of the whole.
type Look = (Vec<Vec<f32>>, Vec<f32>);

/// The model of the first look.
struct FirstLook {
    index: Index,
    words: Logistic,
    report_index: Index,
    report: Logistic,
}

impl FirstLook {
    fn train(examples: &[&Example]) -> Self {
        let index = Index::new(examples.iter().map(|e| e.features.as_slice()), 2);
        let answers = examples
            .iter()
            .flat_map(|e| e.features.iter().zip(&e.roles))
            .map(|(features, roles)| (index.ids(features), u64::MAX, *roles));
        let words = Logistic::train(index.len(), QUESTIONS, &answers.collect::<Vec<_>>(), WORDS);
        let report_index = Index::new(examples.iter().map(|e| e.bag.as_slice()), 3);
        let answers = examples.iter().map(|e| {
            let ids = report_index.ids(&e.bag[0]);
            (ids, u64::MAX, e.report)
        });
        let report = Logistic::train(
            report_index.len(),
            REPORT_QUESTIONS,
            &answers.collect::<Vec<_>>(),
            REPORT,
        );
        Self {
            index,
            words,
            report_index,
            report,
        }
    }

    fn look(&self, example: &Example) -> Look {
        let features = example.features.iter();
        let scores = features.map(|f| self.words.scores(&self.index.ids(f)));
        let report = self.report.scores(&self.report_index.ids(&example.bag[0]));
        (scores.collect(), report)
    }
}

/// Neighbouring reports are often about one event: ten at a time go into a fold.
const fn fold(report: usize) -> usize {
    report / 10 % FOLDS
}

/// The first look at each report by a model that has not seen its fold.
fn on_other_folds(examples: &[&Example]) -> Vec<Look> {
    let models: Vec<FirstLook> = (0..FOLDS)
        .into_par_iter()
        .map(|f| FirstLook::train(&others(examples, f)))
        .collect();
    let reports = examples.iter().enumerate();
    reports.map(|(i, e)| models[fold(i)].look(e)).collect()
}

fn others<'a>(examples: &[&'a Example], without: usize) -> Vec<&'a Example> {
    let kept = examples.iter().enumerate();
    kept.filter(|(i, _)| fold(*i) != without)
        .map(|(_, e)| *e)
        .collect()
}

/// The second look for one role, and what it did on the folds.
struct Choice {
    /// Its bias makes the best threshold zero.
    forest: Forest,
    tally: Tally,
    /// For each report the candidates chosen, with their scores.
    chosen: Vec<Vec<(usize, f32)>>,
}

/// Trains the second look for one role.
fn choice(examples: &[&Example], looks: &[Look], role: usize) -> Choice {
    let rows: Vec<Vec<Row>> = examples
        .iter()
        .zip(looks)
        .map(|(e, (scores, report))| Field::new(&e.doc, &e.candidates, scores, report).rows(role))
        .collect();
    let fit = |keep: &dyn Fn(usize) -> bool| {
        let kept = (0..examples.len()).filter(|&i| keep(i));
        let (numbers, answers): (Vec<&[f32]>, Vec<bool>) = kept
            .flat_map(|i| rows[i].iter().zip(answers(examples[i], role, &rows[i])))
            .map(|(row, answer)| (row.numbers.as_slice(), answer))
            .unzip();
        boost::train(&numbers, &answers, CHOICE)
    };
    let forests: Vec<Forest> = (0..FOLDS).map(|f| fit(&|i| fold(i) != f)).collect();
    let scored: Vec<Vec<(usize, f32)>> = rows
        .iter()
        .enumerate()
        .map(|(i, rows)| {
            let score = |row: &Row| (row.candidate, forests[fold(i)].score(&row.numbers));
            rows.iter().map(score).collect()
        })
        .collect();
    let (threshold, tally) = best_threshold(examples, &scored, role);
    let mut forest = fit(&|_| true);
    forest.bias -= threshold;
    let chosen = examples.iter().zip(&scored);
    let chosen = chosen
        .map(|(e, scored)| {
            let chosen = choose(&e.candidates, scored, threshold).into_iter();
            chosen.map(|(i, score)| (i, score - threshold)).collect()
        })
        .collect();
    Choice {
        forest,
        tally,
        chosen,
    }
}

/// Trains the question which acts a report tells of.
fn acts(examples: &[&Example], looks: &[Look], choices: &[Choice]) -> Forest {
    let mut rows = Vec::new();
    let mut answers = Vec::new();
    for (i, (example, (scores, report))) in examples.iter().zip(looks).enumerate() {
        let takers: Vec<Taker<'_>> = choices
            .iter()
            .enumerate()
            .flat_map(|(role, choice)| choice.chosen[i].iter().map(move |c| (role, c)))
            .map(|(role, &(candidate, score))| Taker {
                role,
                score,
                acts: &scores[candidate][Role::ALL.len()..],
            })
            .collect();
        for act in 0..ACTS.len() {
            rows.push(numbers(act, report, &takers));
            answers.push(example.report >> (1 + act) & 1 == 1);
        }
    }
    let fold_of = |row: usize| fold(row / ACTS.len());
    let fit = |keep: &dyn Fn(usize) -> bool| {
        let kept = (0..rows.len()).filter(|&i| keep(i));
        let (rows, answers): (Vec<&[f32]>, Vec<bool>) =
            kept.map(|i| (rows[i].as_slice(), answers[i])).unzip();
        boost::train(&rows, &answers, CHOICE)
    };
    let forests: Vec<Forest> = (0..FOLDS).map(|f| fit(&|i| fold_of(i) != f)).collect();
    let scores: Vec<f32> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| forests[fold_of(i)].score(row))
        .collect();
    let tally = |threshold: f32| {
        let mut tally = Tally::default();
        for (score, answer) in scores.iter().zip(&answers) {
            let is_found = *score >= threshold;
            tally.right += usize::from(is_found && *answer);
            tally.found += usize::from(is_found);
            tally.gold += usize::from(*answer);
        }
        (threshold, tally)
    };
    let tallies = (-24..12).map(|step| tally(step as f32 / 8.0));
    let (threshold, tally) = tallies.fold((0.0, Tally::default()), |a, b| {
        if b.1.f1() > a.1.f1() { b } else { a }
    });
    report(&format!("{:18} {tally}", "acts"));
    let mut forest = fit(&|_| true);
    forest.bias -= threshold;
    forest
}

/// Whether each row is the best that names its party: a second name of a party earns nothing.
fn answers(example: &Example, role: usize, rows: &[Row]) -> Vec<bool> {
    let parties = &example.parties[role];
    let mut found = vec![false; parties.len()];
    rows.iter()
        .map(|row| {
            let key = &example.candidates[row.candidate].key;
            let party = (0..parties.len()).find(|&p| !found[p] && parties[p].contains(key));
            party.inspect(|&p| found[p] = true).is_some()
        })
        .collect()
}

fn best_threshold(
    examples: &[&Example],
    scored: &[Vec<(usize, f32)>],
    role: usize,
) -> (f32, Tally) {
    let mut best = (0.0, Tally::default());
    for step in -24..12 {
        let threshold = step as f32 / 8.0;
        let mut tally = Tally::default();
        for (example, scored) in examples.iter().zip(scored) {
            tally.count(
                example,
                role,
                &choose(&example.candidates, scored, threshold),
            );
        }
        if tally.f1() > best.1.f1() {
            best = (threshold, tally);
        }
    }
    best
}

/// Parties found.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn count(&mut self, example: &Example, role: usize, chosen: &[(usize, f32)]) {
        let parties = &example.parties[role];
        let mut found = vec![false; parties.len()];
        for (i, _) in chosen {
            let key = &example.candidates[*i].key;
            if let Some(p) = (0..parties.len()).find(|&p| !found[p] && parties[p].contains(key)) {
                found[p] = true;
                self.right += 1;
            }
        }
        self.found += chosen.len();
        self.gold += parties.len();
    }

    fn with(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            found: self.found + other.found,
            gold: self.gold + other.gold,
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        write!(
            f,
            "P {:.1} R {:.1} F1 {:.1}",
            percent(self.right, self.found),
            percent(self.right, self.gold),
            100.0 * self.f1()
        )
    }
}

/// The model of the values, learned from right parties alone.
fn values(examples: &[&Example]) -> Vec<u8> {
    let index = Index::new(examples.iter().map(|e| e.features.as_slice()), 3);
    let answers: Vec<logistic::Example> = examples
        .iter()
        .flat_map(|e| e.features.iter().zip(&e.values))
        .filter(|(_, (asked, _))| *asked != 0)
        .map(|(features, (asked, yes))| (index.ids(features), *asked, *yes))
        .collect();
    Logistic::train(index.len(), value_questions(), &answers, VALUES).encode(&index, 2.0 * LEAST)
}

#[expect(clippy::print_stderr, reason = "progress of a command")]
fn report(line: &str) {
    eprintln!("{line}");
}
