//! Gradient boosting of small trees (Friedman 2001) for one yes-or-no decision.

use tarikh_roles::trees::{DEPTH, Forest, LEAVES, NODES, Tree};

/// How hard to learn.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) trees: usize,
    /// Share of each tree's step that is taken.
    pub(crate) rate: f32,
    /// Least sum of second derivatives in a leaf.
    pub(crate) least: f32,
}

/// Thresholds tried for each feature, at quantiles of its values.
const BINS: usize = 32;

/// Learns from rows of equal length and their answers.
pub(crate) fn train(rows: &[&[f32]], answers: &[bool], settings: Settings) -> Forest {
    let yes = answers.iter().filter(|a| **a).count() as f32;
    let no = answers.len() as f32 - yes;
    let mut forest = Forest {
        bias: ((yes + 1.0) / (no + 1.0)).ln(),
        trees: Vec::new(),
    };
    if rows.is_empty() {
        return forest;
    }
    let cuts = cuts(rows);
    let bins: Vec<Vec<u8>> = rows.iter().map(|row| bin(row, &cuts)).collect();
    let mut scores = vec![forest.bias; rows.len()];
    for _ in 0..settings.trees {
        let slopes: Vec<(f32, f32)> = scores
            .iter()
            .zip(answers)
            .map(|(score, answer)| {
                let p = 1.0 / (1.0 + (-score).exp());
                (f32::from(u8::from(*answer)) - p, p * (1.0 - p))
            })
            .collect();
        let tree = grow(&bins, &cuts, &slopes, settings);
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += tree.leaves[tree.leaf(row)];
        }
        forest.trees.push(tree);
    }
    forest
}

/// Thresholds of each feature, rising.
fn cuts(rows: &[&[f32]]) -> Vec<Vec<f32>> {
    (0..rows[0].len())
        .map(|feature| {
            let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut cuts: Vec<f32> = (1..BINS)
                .map(|i| values[i * (values.len() - 1) / BINS])
                .collect();
            cuts.dedup();
            cuts
        })
        .collect()
}

fn bin(row: &[f32], cuts: &[Vec<f32>]) -> Vec<u8> {
    let values = row.iter().zip(cuts);
    values
        .map(|(value, cuts)| cuts.partition_point(|cut| cut < value) as u8)
        .collect()
}

fn grow(bins: &[Vec<u8>], cuts: &[Vec<f32>], slopes: &[(f32, f32)], settings: Settings) -> Tree {
    let mut tree = Tree {
        tests: [(0, f32::MAX); NODES],
        leaves: [0.0; LEAVES],
    };
    // Where each row stands in the heap of tests.
    let mut place = vec![0usize; bins.len()];
    for level in 0..DEPTH {
        let first = (1 << level) - 1;
        let splits: Vec<Option<(usize, usize)>> =
            best_splits(bins, cuts, slopes, &place, first, 1 << level, settings);
        for (i, split) in splits.iter().enumerate() {
            if let Some((feature, cut)) = *split {
                tree.tests[first + i] = (feature as u32, cuts[feature][cut]);
            }
        }
        for (place, row) in place.iter_mut().zip(bins) {
            let left = match splits[*place - first] {
                Some((feature, cut)) => usize::from(row[feature]) <= cut,
                None => true,
            };
            *place = 2 * *place + if left { 1 } else { 2 };
        }
    }
    let mut sums = [(0.0f32, 0.0f32); LEAVES];
    for (place, slope) in place.iter().zip(slopes) {
        let sum = &mut sums[place - NODES];
        *sum = (sum.0 + slope.0, sum.1 + slope.1);
    }
    for (leaf, (gradient, curvature)) in tree.leaves.iter_mut().zip(sums) {
        *leaf = settings.rate * gradient / (curvature + 1.0);
    }
    tree
}

/// The feature and the index of the threshold that split each node of a level best.
fn best_splits(
    bins: &[Vec<u8>],
    cuts: &[Vec<f32>],
    slopes: &[(f32, f32)],
    place: &[usize],
    first: usize,
    nodes: usize,
    settings: Settings,
) -> Vec<Option<(usize, usize)>> {
    let mut best = vec![(1e-3f32, None); nodes];
    for feature in 0..cuts.len() {
        let mut sums = vec![[(0.0f32, 0.0f32); BINS]; nodes];
        for ((row, slope), place) in bins.iter().zip(slopes).zip(place) {
            let sum = &mut sums[place - first][usize::from(row[feature])];
            *sum = (sum.0 + slope.0, sum.1 + slope.1);
        }
        for (sums, best) in sums.iter().zip(&mut best) {
            let all = sums.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            let mut left = (0.0, 0.0);
            for (cut, sum) in sums.iter().enumerate().take(cuts[feature].len()) {
                left = (left.0 + sum.0, left.1 + sum.1);
                let right = (all.0 - left.0, all.1 - left.1);
                if left.1 < settings.least || right.1 < settings.least {
                    continue;
                }
                let worth = |s: (f32, f32)| s.0 * s.0 / (s.1 + 1.0);
                let gain = worth(left) + worth(right) - worth(all);
                if gain > best.0 {
                    *best = (gain, Some((feature, cut)));
                }
            }
        }
    }
    best.into_iter().map(|b| b.1).collect()
}
