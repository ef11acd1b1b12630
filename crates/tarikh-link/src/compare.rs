//! For and against two accounts telling of one incident.
//!
//! Each sign has a weight in log odds; their sum with a bias is the score. The weights were learned
//! on pairs of accounts (`models/link.md` says how).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::Profile;
use crate::signs::{Sign, signs};

/// Score from which two accounts are taken for the same incident: seven such pairs in ten are.
pub const SAME: f64 = 0.9;

/// Score from which a pair is offered to review: one such pair in eight is the same.
pub const DOUBTFUL: f64 = -2.0;

/// What keeps two accounts apart whatever else agrees: more than all other weights together.
const APART: f64 = -20.0;

/// The name of the bias among the weights.
const BIAS: &str = "bias";

/// One thing that speaks for or against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// Name of the feature (`day`, `place`, `type`, `actors`, `killed`, ...).
    pub name: &'static str,
    /// For (positive) or against (negative), in log odds.
    pub weight: f64,
    /// What was found, for people.
    pub note: String,
}

/// What follows from a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Joined, unless something forbids it.
    Same,
    /// Offered to review.
    Doubtful,
    /// Kept apart.
    Different,
}

/// Two accounts compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Sum of the weights and the bias.
    pub score: f64,
    /// What follows.
    pub verdict: Verdict,
    /// The features that spoke, the bias left out.
    pub features: Vec<Feature>,
}

/// Weight of each sign, by its name.
static WEIGHTS: LazyLock<BTreeMap<String, f64>> =
    LazyLock::new(|| weights(include_str!("../../../models/link.toml")));

/// Reads weights as they are written: a bias, and for each thing looked at a table of what was seen.
fn weights(text: &str) -> BTreeMap<String, f64> {
    #[derive(serde::Deserialize)]
    struct File {
        bias: f64,
        #[serde(flatten)]
        groups: BTreeMap<String, BTreeMap<String, f64>>,
    }
    let file: File = toml::from_str(text).expect("the weights are tested");
    let mut weights = BTreeMap::from([(BIAS.to_owned(), file.bias)]);
    for (group, seen) in file.groups {
        weights.extend(
            seen.into_iter()
                .map(|(name, w)| (format!("{group}.{name}"), w)),
        );
    }
    weights
}

/// Compares two accounts. The order does not matter.
#[must_use]
pub fn compare(a: &Profile, b: &Profile) -> Comparison {
    let features: Vec<Feature> = signs(a, b).into_iter().map(feature).collect();
    let bias = WEIGHTS.get(BIAS).copied().unwrap_or_default();
    let sum: f64 = features.iter().map(|f| f.weight).sum::<f64>() + bias;
    // Two decimals, so that a score means the same after it was written and read.
    let score = (sum * 100.0).round() / 100.0;
    Comparison {
        score,
        verdict: verdict(score),
        features,
    }
}

fn feature(sign: Sign) -> Feature {
    let weight = match sign.is_bar() {
        true => APART,
        // One that was never seen where weights were learned says nothing.
        false => WEIGHTS.get(sign.name).copied().unwrap_or_default(),
    };
    Feature {
        name: sign.group(),
        weight,
        note: sign.note,
    }
}

fn verdict(score: f64) -> Verdict {
    if SAME <= score {
        Verdict::Same
    } else if DOUBTFUL <= score {
        Verdict::Doubtful
    } else {
        Verdict::Different
    }
}
