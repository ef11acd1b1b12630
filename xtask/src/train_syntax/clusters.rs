//! Word classes learned from raw text: words that stand between the same neighbours.
//!
//! The exchange algorithm (Martin, Liermann and Ney 1998) for the predictive bigram model
//! (Uszkoreit and Brants 2008), with the neighbours of both sides: each word moves to the class
//! that makes the text likeliest, until a few rounds are over.

use rustc_hash::FxHashMap;

/// Numbers of the finer and the coarser classes.
const CLASSES: [usize; 2] = [320, 48];
const ROUNDS: usize = 8;
/// Rarest word that has a class.
const MIN_COUNT: u32 = 3;
/// Neighbours that are told apart: the commonest words; the others count as one.
const NEIGHBOURS: usize = 6_000;
/// The neighbour at the border of a sentence.
const BORDER: u32 = 0;
/// The neighbour that is a rare word.
const RARE: u32 = 1;

/// A word with its finer and coarser class, counted from one.
pub(crate) type Clustered = (u32, [u16; 2]);

/// The vocabulary of a text with the neighbours of each word.
struct Vocabulary {
    /// Commonest first.
    words: Vec<(u32, u32)>,
    /// Neighbours of each word to the left and right, with how often they were.
    sides: [Vec<Vec<(u32, u32)>>; 2],
}

/// Learns the classes of the words of sentences; the words are given as `Lexeme::norm`. Sorted by
/// word.
pub(crate) fn learn(sentences: &[Vec<u32>]) -> Vec<Clustered> {
    let vocabulary = Vocabulary::count(sentences);
    let [fine, coarse] = CLASSES.map(|n| exchange(&vocabulary, n));
    let mut out: Vec<Clustered> = vocabulary
        .words
        .iter()
        .zip(fine.iter().zip(&coarse))
        .map(|(&(word, _), (&f, &c))| (word, [f as u16 + 1, c as u16 + 1]))
        .collect();
    out.sort_unstable();
    out
}

impl Vocabulary {
    fn count(sentences: &[Vec<u32>]) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for &word in sentences.iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut words: Vec<(u32, u32)> = counts.into_iter().filter(|c| c.1 >= MIN_COUNT).collect();
        words.sort_unstable_by_key(|&(word, n)| (std::cmp::Reverse(n), word));
        let index: FxHashMap<u32, u32> = words.iter().map(|w| w.0).zip(0..).collect();
        let neighbour = |word: Option<&u32>| match word.map(|w| index.get(w)) {
            None => BORDER,
            Some(Some(&i)) if (i as usize) < NEIGHBOURS => i + 2,
            Some(_) => RARE,
        };
        let mut sides = [vec![Vec::new(); words.len()], vec![Vec::new(); words.len()]];
        for sentence in sentences {
            for (at, word) in sentence.iter().enumerate() {
                if let Some(&i) = index.get(word) {
                    let before = at.checked_sub(1).and_then(|b| sentence.get(b));
                    sides[0][i as usize].push((neighbour(before), 1));
                    sides[1][i as usize].push((neighbour(sentence.get(at + 1)), 1));
                }
            }
        }
        for neighbours in sides.iter_mut().flatten() {
            neighbours.sort_unstable();
            neighbours.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0 };
                same
            });
        }
        Self { words, sides }
    }
}

/// The class of each word.
fn exchange(vocabulary: &Vocabulary, classes: usize) -> Vec<usize> {
    let words = &vocabulary.words;
    let entropy = Entropy::new();
    let mut class_of: Vec<usize> = (0..words.len()).map(|i| i % classes).collect();
    let mut sizes = vec![0u32; classes];
    // How often each neighbour stood by a word of each class.
    let mut tables = [0, 1].map(|_| vec![0u32; (NEIGHBOURS + 2) * classes]);
    for (word, &class) in class_of.iter().enumerate() {
        sizes[class] += words[word].1;
        for (table, side) in tables.iter_mut().zip(&vocabulary.sides) {
            for &(neighbour, n) in &side[word] {
                table[neighbour as usize * classes + class] += n;
            }
        }
    }
    let mut gains = vec![0f32; classes];
    for _ in 0..ROUNDS {
        for (word, class) in class_of.iter_mut().enumerate() {
            let count = words[word].1;
            sizes[*class] -= count;
            for (gain, &size) in gains.iter_mut().zip(&sizes) {
                *gain = -2.0 * entropy.gain(size, count);
            }
            for (table, side) in tables.iter_mut().zip(&vocabulary.sides) {
                for &(neighbour, n) in &side[word] {
                    let row = &mut table[neighbour as usize * classes..][..classes];
                    row[*class] -= n;
                    for (gain, &together) in gains.iter_mut().zip(&*row) {
                        *gain += entropy.gain(together, n);
                    }
                }
            }
            let mut best = 0;
            for (c, gain) in gains.iter().enumerate() {
                if *gain > gains[best] {
                    best = c;
                }
            }
            *class = best;
            sizes[best] += count;
            for (table, side) in tables.iter_mut().zip(&vocabulary.sides) {
                for &(neighbour, n) in &side[word] {
                    table[neighbour as usize * classes + best] += n;
                }
            }
        }
    }
    class_of
}

/// `n ln n` of small numbers, looked up.
struct Entropy {
    known: Vec<f32>,
}

impl Entropy {
    fn new() -> Self {
        Self {
            known: (0..1 << 14).map(Self::of).collect(),
        }
    }

    fn of(n: u32) -> f32 {
        let n = f64::from(n);
        if n > 0.0 { (n * n.ln()) as f32 } else { 0.0 }
    }

    fn at(&self, n: u32) -> f32 {
        self.known
            .get(n as usize)
            .copied()
            .unwrap_or_else(|| Self::of(n))
    }

    /// What the addition of `more` to `n` is worth.
    fn gain(&self, n: u32, more: u32) -> f32 {
        self.at(n + more) - self.at(n)
    }
}
