//! `train link`: how rare words are, and what signs of one incident weigh.
//!
//! Weights are drawn to what people believe of them (`data/link/prior.toml`); pairs of accounts move
//! them. Pairs were moved to one time to have enough that are not the same, and count less.

mod pairs;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use tarikh_link::{DOUBTFUL, SAME};

use crate::learn::newton::{Belief, Cases, case_loss, fit, gather};
use crate::workspace;
use pairs::Pair;

/// How firmly beliefs hold, in observations; that in the bias hardly does.
const FIRMNESS: f64 = 4.0;
const FIRMNESS_OF_BIAS: f64 = 0.1;

/// What a pair counts that was moved to one time.
const MOVED: f64 = 0.1;

/// Parts that the groups fall into when weights are judged by pairs that they have not seen.
const FOLDS: usize = 10;

const BIAS: &str = "bias";

/// Learns on the groups of `examples/groups` and on `news/dev.jsonl` under `data`, prints how well it
/// did on groups that were left out, and writes `link.toml` and `link-words.txt` into `out`.
///
/// # Errors
/// If the data cannot be read or the files not be written.
pub(crate) fn run(data: &Path, out: &Path) -> Result<()> {
    words::write(data, out)?;
    let pairs = pairs::load(data)?;
    let beliefs = Beliefs::read()?;
    println!("{}", judged(&pairs, &beliefs));
    let weights = fit(&cases(&pairs, &beliefs)?, &beliefs.all);
    workspace::write(&out.join("link.toml"), &written(&beliefs.names, &weights))
}

/// The signs in the order of the file, the bias first, and what is believed of each.
struct Beliefs {
    names: Vec<String>,
    all: Vec<Belief>,
}

impl Beliefs {
    fn read() -> Result<Self> {
        let path = workspace::root().join("data/link/prior.toml");
        let table: toml::Table = workspace::read_to_string(&path)?
            .parse()
            .with_context(|| path.display().to_string())?;
        let bias = table.get(BIAS).and_then(toml::Value::as_float);
        let mut beliefs = Self {
            names: vec![BIAS.to_owned()],
            all: vec![Belief {
                weight: bias.context("no bias is believed")?,
                firmness: FIRMNESS_OF_BIAS,
            }],
        };
        for (group, seen) in &table {
            for (name, weight) in seen.as_table().into_iter().flatten() {
                beliefs.names.push(format!("{group}.{name}"));
                beliefs.all.push(Belief {
                    weight: weight.as_float().context("a weight is a number")?,
                    firmness: FIRMNESS,
                });
            }
        }
        Ok(beliefs)
    }
}

fn cases<'p>(pairs: impl IntoIterator<Item = &'p Pair>, beliefs: &Beliefs) -> Result<Vec<Cases>> {
    let places = beliefs.names.iter().map(String::as_str).zip(0..);
    let index: BTreeMap<&str, usize> = places.collect();
    let mut all = Vec::new();
    for pair in pairs {
        let mut signs = vec![0];
        for sign in &pair.signs {
            let known = index.get(sign).copied();
            signs.push(known.with_context(|| format!("{sign}: nothing is believed of it"))?);
        }
        all.push(Cases {
            signs,
            is_yes: pair.is_same,
            weight: if pair.is_moved { MOVED } else { 1.0 },
        });
    }
    Ok(gather(all.into_iter()))
}

/// How well pairs are told whose groups were left out.
fn judged(pairs: &[Pair], beliefs: &Beliefs) -> String {
    let names: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|p| p.groups.iter())
        .map(String::as_str)
        .collect();
    let fold_of: BTreeMap<&str, usize> = names.into_iter().zip((0..FOLDS).cycle()).collect();
    let is_in = |pair: &Pair, fold: usize| pair.groups.iter().any(|g| fold_of[g.as_str()] == fold);
    let (mut loss, mut loss_of_belief, mut n) = (0.0, 0.0, 0.0);
    let mut told: Vec<(f64, bool, f64)> = Vec::new();
    let believed: Vec<f64> = beliefs.all.iter().map(|belief| belief.weight).collect();
    for fold in 0..FOLDS {
        let Ok(seen) = cases(pairs.iter().filter(|p| !is_in(p, fold)), beliefs) else {
            continue;
        };
        let weights = fit(&seen, &beliefs.all);
        // Each pair is judged once: by the first of its folds.
        let judged = pairs
            .iter()
            .filter(|p| p.groups.iter().map(|g| fold_of[g.as_str()]).min() == Some(fold));
        for case in cases(judged, beliefs).unwrap_or_default() {
            loss += case_loss(&case, &weights);
            loss_of_belief += case_loss(&case, &believed);
            n += case.weight;
            let score: f64 = case.signs.iter().map(|&i| weights[i]).sum();
            told.push((score, case.is_yes, case.weight));
        }
    }
    let sum = |keep: &dyn Fn(&(f64, bool, f64)) -> bool| -> f64 {
        told.iter().filter(|t| keep(t)).map(|t| t.2).sum()
    };
    let mut text = format!(
        "{} pairs, {:.0} the same; log loss {:.3} (as believed {:.3})",
        pairs.len(),
        sum(&|t| t.1),
        loss / n,
        loss_of_belief / n
    );
    for bound in [DOUBTFUL, -1.0, 0.0, SAME, 1.0, 2.0] {
        let right = sum(&|t| t.1 && bound <= t.0);
        let precision = right / sum(&|t| bound <= t.0);
        let recall = right / sum(&|t| t.1);
        text += &format!("\n  from {bound:4.1}: precision {precision:.3}, recall {recall:.3}");
    }
    text
}

fn written(names: &[String], weights: &[f64]) -> String {
    let mut text = String::from(
        "# What signs of one incident weigh (crates/tarikh-link), in log odds. Made by `cargo xtask train link`; do\n\
         # not edit. See link.md.\n\n",
    );
    let mut last = "";
    for (name, weight) in names.iter().zip(weights) {
        let (group, seen) = name.split_once('.').unwrap_or(("", name));
        if group != last {
            text += &format!("\n[{group}]\n");
            last = group;
        }
        // No negative zero.
        text += &format!("{seen} = {:.2}\n", weight + 0.0);
    }
    text
}
