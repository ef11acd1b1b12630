//! Which lists of names a word would stand in, by its vector.
//!
//! The lists of `data/syntax/names.toml` and the gazetteer name some thousands of words. A network of
//! one hidden layer learns from them what the vectors of given names, of families, of towns … are
//! like, and says it of every word.

use std::collections::BTreeMap;

use tarikh_syntax::lexeme::MARKS;

use super::marks::{Marks, counts};
use super::random::Random;
use super::treebank::Treebank;
use super::vectors::{SIZE, Vector};

/// The lists, each of one or two marks; the last has words that the treebanks have and hardly as names.
const LISTS: usize = 10;
const NAMED: [&[&str]; LISTS - 1] = [
    &["given"],
    &["family"],
    &["title"],
    &["body"],
    &["organisation"],
    &["landmark"],
    &["time"],
    &["people"],
    &["place", "town"],
];
const COMMON: usize = LISTS - 1;

const HIDDEN: usize = 64;
const EPOCHS: usize = 10;
const SEED: u64 = 20_268;
/// Step of the learner (AdaGrad, Duchi, Hazan and Singer 2011), and what its divisors begin with.
const STEP: f32 = 0.05;
const FLOOR: f32 = 0.01;
/// Vectors of length one are made longer, so that the first layer need not be.
const LENGTH: f32 = 3.0;
/// From this probability on a word would stand in a second list too; below the other in none.
const SECOND: f32 = 0.4;
const NONE: f32 = 0.2;

/// Weights of a layer, each with the sum of squares of its gradients; the last row is for a constant.
struct Layer<const OUT: usize> {
    rows: Vec<[(f32, f32); OUT]>,
}

impl<const OUT: usize> Layer<OUT> {
    fn new(inputs: usize, spread: f32, random: &mut Random) -> Self {
        let mut any = || (random.next() >> 40) as f32 / (1u32 << 23) as f32 - 1.0;
        let mut row = || [0; OUT].map(|_| (any() * spread, FLOOR));
        Self {
            rows: (0..=inputs).map(|_| row()).collect(),
        }
    }

    fn forward(&self, inputs: &[f32]) -> [f32; OUT] {
        let mut out = [0.0; OUT];
        for (input, row) in inputs.iter().chain(&[1.0]).zip(&self.rows) {
            for (out, weight) in out.iter_mut().zip(row) {
                *out += input * weight.0;
            }
        }
        out
    }

    /// What the gradient of the output makes of that of the inputs.
    fn backward(&self, gradient: &[f32; OUT]) -> impl Iterator<Item = f32> {
        self.rows.iter().map(move |row| {
            let terms = row.iter().zip(gradient).map(|(w, g)| w.0 * g);
            terms.sum()
        })
    }

    fn step(&mut self, inputs: &[f32], gradient: &[f32; OUT]) {
        for (input, row) in inputs.iter().chain(&[1.0]).zip(&mut self.rows) {
            for ((weight, squares), gradient) in row.iter_mut().zip(gradient) {
                let slope = input * gradient;
                *squares += slope * slope;
                *weight -= STEP * slope / squares.sqrt();
            }
        }
    }
}

/// Says which lists a word would stand in.
pub(super) struct Guesser {
    first: Layer<HIDDEN>,
    second: Layer<LISTS>,
}

impl Guesser {
    /// Learns from the words that stand in lists.
    pub(super) fn train(words: &[(u32, Vector)], treebank: &Treebank, marks: &Marks) -> Self {
        let common = counts(treebank);
        let mut samples: Vec<(&Vector, [bool; LISTS])> = words
            .iter()
            .map(|(norm, vector)| (vector, lists(*norm, marks, &common)))
            .filter(|(_, lists)| lists.contains(&true))
            .collect();
        let size = |list: usize| samples.iter().filter(|s| s.1[list]).count().max(1) as f32;
        // Short lists count for more, within bounds.
        let weights: [f32; LISTS] = std::array::from_fn(|k| (3000.0 / size(k)).sqrt().min(4.0));
        let mut random = Random::new(SEED);
        let mut guesser = Self {
            first: Layer::new(SIZE, 0.3, &mut random),
            second: Layer::new(HIDDEN, 0.2, &mut random),
        };
        for _ in 0..EPOCHS {
            random.shuffle(&mut samples);
            for (vector, lists) in &samples {
                guesser.learn(vector, lists, &weights);
            }
        }
        guesser
    }

    fn learn(&mut self, vector: &Vector, lists: &[bool; LISTS], weights: &[f32; LISTS]) {
        let inputs = vector.map(|x| LENGTH * x);
        let hidden = self.hidden(&inputs);
        let guess = self.second.forward(&hidden).map(logistic);
        let gradient = std::array::from_fn(|k| match lists[k] {
            true => weights[k] * (guess[k] - 1.0),
            false => guess[k],
        });
        let mut below = [0.0; HIDDEN];
        for ((below, slope), &hidden) in below
            .iter_mut()
            .zip(self.second.backward(&gradient))
            .zip(&hidden)
        {
            *below = if hidden > 0.0 { slope } else { 0.0 };
        }
        self.second.step(&hidden, &gradient);
        self.first.step(&inputs, &below);
    }

    fn hidden(&self, inputs: &Vector) -> [f32; HIDDEN] {
        self.first.forward(inputs).map(|x| x.max(0.0))
    }

    /// The number of the likeliest list and, if it is likely too, the second: zero for none.
    pub(super) fn lists(&self, vector: &Vector) -> u16 {
        let hidden = self.hidden(&vector.map(|x| LENGTH * x));
        let guess = self.second.forward(&hidden).map(logistic);
        let likeliest = |but: Option<usize>| {
            let others = (0..LISTS).filter(|&k| Some(k) != but);
            others.max_by(|&a, &b| guess[a].total_cmp(&guess[b]))
        };
        let best = likeliest(None).unwrap_or(COMMON);
        let next = likeliest(Some(best)).unwrap_or(best);
        if guess[best] < NONE {
            return 0;
        }
        let second = if guess[next] > SECOND { next } else { best };
        (1 + best * LISTS + second) as u16
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The lists in which a word stands.
fn lists(norm: u32, marks: &Marks, counts: &BTreeMap<u32, [u32; 2]>) -> [bool; LISTS] {
    let marks = marks.get(&norm).copied().unwrap_or(0);
    let has = |name: &&str| {
        let bit = MARKS.iter().position(|m| m == name);
        bit.is_some_and(|bit| marks >> bit & 1 != 0)
    };
    let mut out = [false; LISTS];
    for (out, names) in out.iter_mut().zip(NAMED) {
        *out = names.iter().any(has);
    }
    let [all, names] = counts.get(&norm).copied().unwrap_or_default();
    out[COMMON] = !out.contains(&true) && all >= 2 && names * 5 < all;
    out
}
