//! Multinomial logistic regression over hashed features, learned with AdaGrad (Duchi, Hazan and
//! Singer 2011). It needs more room than the perceptron and overfits less where examples are few.

use rustc_hash::FxHashMap;

use super::perceptron::Averages;

/// Step of the learner, and what its divisors begin with.
const STEP: f32 = 0.01;
const FLOOR: f32 = 0.01;
/// An example whose probabilities are all wrong by less teaches nothing.
const CLEAR: f32 = 0.01;
/// A weight of a model in these units has the size that [`Averages`] expects.
const UNITS: f32 = 16.0;
/// Weights below are left out.
const LEAST: f32 = 0.01;

#[derive(Clone, Copy)]
struct Row<const CLASSES: usize> {
    weights: [f32; CLASSES],
    /// Sums of the squares of the gradients.
    squares: [f32; CLASSES],
    /// Sums of the weights at each call of [`Logistic::remember`].
    sums: [f32; CLASSES],
}

/// Weights in training.
pub(crate) struct Logistic<const CLASSES: usize> {
    index: FxHashMap<u32, u32>,
    rows: Vec<Row<CLASSES>>,
    remembered: f32,
    /// Numbers of the rows of an example.
    found: Vec<u32>,
}

impl<const CLASSES: usize> Logistic<CLASSES> {
    /// Starts with no weights; only these features will have any.
    pub(crate) fn new(features: impl Iterator<Item = u32>) -> Self {
        let index: FxHashMap<u32, u32> = features.zip(0..).collect();
        let row = Row {
            weights: [0.0; CLASSES],
            squares: [FLOOR; CLASSES],
            sums: [0.0; CLASSES],
        };
        Self {
            rows: vec![row; index.len()],
            index,
            remembered: 0.0,
            found: Vec::new(),
        }
    }

    /// Learns that an example with these features is of this class.
    pub(crate) fn learn(&mut self, features: &[u32], right: usize) {
        self.found.clear();
        let rows = features.iter().filter_map(|f| self.index.get(f));
        self.found.extend(rows);
        let mut slopes = self.probabilities();
        slopes[right] -= 1.0;
        if slopes.iter().all(|s| s.abs() < CLEAR) {
            return;
        }
        for &row in &self.found {
            let row = &mut self.rows[row as usize];
            for (k, slope) in slopes.into_iter().enumerate() {
                row.squares[k] += slope * slope;
                row.weights[k] -= STEP * slope / row.squares[k].sqrt();
            }
        }
    }

    /// Of each class, for the example whose rows were found.
    fn probabilities(&self) -> [f32; CLASSES] {
        let mut scores = [0.0; CLASSES];
        for &row in &self.found {
            let weights = self.rows[row as usize].weights;
            scores.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
        }
        let most = scores.into_iter().fold(f32::MIN, f32::max);
        let powers = scores.map(|s| (s - most).exp());
        let sum: f32 = powers.iter().sum();
        powers.map(|p| p / sum)
    }

    /// Takes the weights as they are into the average.
    pub(crate) fn remember(&mut self) {
        self.remembered += 1.0;
        for row in &mut self.rows {
            let sums = row.sums.iter_mut().zip(row.weights);
            sums.for_each(|(sum, weight)| *sum += weight);
        }
    }

    /// The averages of what was remembered.
    pub(crate) fn averages(&self) -> Averages {
        let mut out = Vec::new();
        let mut index: Vec<_> = self.index.iter().map(|(&f, &row)| (f, row)).collect();
        index.sort_unstable();
        for (feature, row) in index {
            let weights = self.rows[row as usize].sums.map(|s| s / self.remembered);
            // Only differences count, so that the middle one can be zero and need not be kept.
            let mut sorted = weights;
            sorted.sort_by(f32::total_cmp);
            let scaled = weights.map(|w| (w - sorted[CLASSES / 2]) * UNITS);
            let kept = scaled.into_iter().zip(0u8..);
            out.extend(kept.filter_map(|(w, k)| (w.abs() > LEAST).then_some((feature, k, w))));
        }
        Averages::new(out)
    }
}

#[cfg(test)]
mod tests {
    use tarikh_syntax::linear::{Linear, Weights};

    use super::*;

    #[test]
    fn learns_which_feature_means_which_class() {
        let mut model = Logistic::<3>::new(0..4);
        for _ in 0..300 {
            for class in 0..3u32 {
                model.learn(&[class, 3, 99], class as usize);
            }
        }
        model.remember();
        let model = Linear::open(model.averages().encode(3, 10_000)).expect("a model");
        for class in 0..3 {
            let mut scores = [0; 3];
            model.add_all(&[class, 3], &mut scores);
            let best = (0..3).max_by_key(|&k| scores[k]);
            assert_eq!(best, Some(class as usize), "{scores:?}");
        }
    }
}
