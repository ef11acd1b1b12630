//! Sparse linear models: hashed features, one row of small weights per feature.
//!
//! The layout is read in place, without parsing. Little-endian: magic `TKL1`, number of classes
//! (`u32`), logarithm of the number of buckets (`u32`), then for each bucket and the end the
//! position of its first row (`u32`), then the rows. A feature's bucket is its upper bits; a row
//! is a `u16`, a count (`u8`) and that many pairs of class (`u8`) and weight (`i8`). Where many
//! classes have a weight the count is 255, and one weight for each class follows. The `u16` has
//! the feature's lower 14 bits above two bits for the row's scale: its weights count 1, 4, 16 or 64
//! steps, because frequent features have large weights and rare ones need fine ones. An unseen
//! feature almost never finds a row. The longest row of a bucket comes first, because features with
//! many weights are met most often.

use std::borrow::Cow;
use std::cmp::Reverse;

const MAGIC: &[u8; 4] = b"TKL1";
const HEADER: usize = 12;
/// The count of a row that has a weight for every class.
const DENSE: u8 = u8::MAX;

/// Something that gives each feature's weights: a model, or weights in training.
pub trait Weights {
    /// Adds the weights of a feature to the scores of the classes.
    fn add(&self, feature: u32, scores: &mut [i32]);

    /// Adds the weights of several features, at most 256, to the scores of the classes.
    fn add_all(&self, features: &[u32], scores: &mut [i32]) {
        for &feature in features {
            self.add(feature, scores);
        }
    }
}

/// A trained model.
#[derive(Clone, Debug)]
pub struct Linear {
    bytes: Cow<'static, [u8]>,
    classes: usize,
    bits: u32,
}

impl Linear {
    /// Opens a model; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let (classes, bits) = (word(4)? as usize, word(8)?);
        let valid = bytes.starts_with(MAGIC)
            && classes <= 256
            && (1..=24).contains(&bits)
            && bytes.len() >= rows_start(bits);
        valid.then_some(Self {
            bytes,
            classes,
            bits,
        })
    }

    /// Number of classes.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Writes a model in this layout. `rows` are `(feature, [(class, steps)])`, each feature once.
    #[must_use]
    pub fn encode(classes: usize, mut rows: Vec<(u32, Vec<(u8, i32)>)>) -> Vec<u8> {
        // Two rows a bucket: the index stays small and a bucket within a cache line or two.
        let bits = (rows.len() / 2).max(2).ilog2();
        let bucket = |feature: u32| feature >> (32 - bits);
        rows.sort_unstable_by_key(|r| (bucket(r.0), Reverse(r.1.len()), r.0));
        let mut index = Vec::with_capacity((4 << bits) + 4);
        let mut data = Vec::new();
        let mut rows = rows.into_iter().peekable();
        for number in 0..=1 << bits {
            index.extend((data.len() as u32).to_le_bytes());
            while let Some(row) = rows.next_if(|r| bucket(r.0) == number) {
                encode_row(row.0, &row.1, classes, &mut data);
            }
        }
        let mut out = MAGIC.to_vec();
        out.extend((classes as u32).to_le_bytes());
        out.extend(bits.to_le_bytes());
        out.extend(index);
        out.extend(data);
        out
    }
}

/// Where the rows begin.
const fn rows_start(bits: u32) -> usize {
    HEADER + (4 << if bits < 24 { bits } else { 24 }) + 4
}

fn encode_row(feature: u32, pairs: &[(u8, i32)], classes: usize, data: &mut Vec<u8>) {
    let largest = pairs.iter().map(|p| p.1.abs()).max().unwrap_or(0);
    let scale = (0..3u32).find(|s| largest <= 127 << (2 * s)).unwrap_or(3);
    let unit = 1 << (2 * scale);
    let round = |steps: i32| ((steps + steps.signum() * unit / 2) / unit).clamp(-127, 127) as i8;
    data.extend(((feature as u16) << 2 | scale as u16).to_le_bytes());
    // In long rows adding a weight to every class in order takes less time than picking some.
    let is_dense = classes >= 32 && 3 * pairs.len() >= classes;
    if is_dense {
        data.push(DENSE);
        let start = data.len();
        data.resize(start + classes, 0);
        for &(class, steps) in pairs {
            data[start + usize::from(class)] = round(steps) as u8;
        }
    } else {
        let count = pairs.len().min(usize::from(DENSE) - 1);
        data.push(count as u8);
        data.extend(
            pairs[..count]
                .iter()
                .flat_map(|&(class, steps)| [class, round(steps) as u8]),
        );
    }
}

/// The weights of a feature, as they lie in the file.
#[derive(Clone, Copy)]
struct Row<'a> {
    /// Logarithm of the step.
    scale: u32,
    /// Whether there is one weight for each class; otherwise pairs of class and weight.
    is_dense: bool,
    weights: &'a [u8],
}

impl Row<'_> {
    #[inline]
    fn add_to(self, scores: &mut [i32; 256]) {
        if self.is_dense {
            for (score, &weight) in scores.iter_mut().zip(self.weights) {
                *score += i32::from(weight as i8) << self.scale;
            }
        } else {
            // A class is a byte, so scores of that many need no check.
            for pair in self.weights.chunks_exact(2) {
                scores[usize::from(pair[0])] += i32::from(pair[1] as i8) << self.scale;
            }
        }
    }
}

impl Linear {
    /// The bucket of a feature: where it begins and ends among the bytes.
    #[inline]
    fn bucket(&self, feature: u32) -> (u32, u32) {
        let index = HEADER + 4 * (feature >> (32 - self.bits)) as usize;
        let rows = rows_start(self.bits) as u32;
        match self.bytes.get(index..index + 8) {
            Some(&[a0, a1, a2, a3, b0, b1, b2, b3]) => (
                rows.saturating_add(u32::from_le_bytes([a0, a1, a2, a3])),
                rows.saturating_add(u32::from_le_bytes([b0, b1, b2, b3])),
            ),
            _ => (0, 0),
        }
    }

    /// The row of a feature in its bucket.
    #[inline]
    fn row_in(&self, feature: u32, (start, end): (u32, u32)) -> Option<Row<'_>> {
        let mut bucket = self.bytes.get(start as usize..end as usize)?;
        let check = (feature as u16) << 2;
        while let [k0, k1, n, rest @ ..] = bucket {
            let is_dense = *n == DENSE;
            let length = if is_dense {
                self.classes
            } else {
                2 * usize::from(*n)
            };
            let (weights, others) = rest.split_at_checked(length)?;
            let key = u16::from_le_bytes([*k0, *k1]);
            if key & !3 == check {
                return Some(Row {
                    scale: 2 * u32::from(key & 3),
                    is_dense,
                    weights,
                });
            }
            bucket = others;
        }
        None
    }

    /// The pairs of a feature in a table of few weights a feature, two bytes each.
    #[inline]
    #[must_use]
    pub fn pairs(&self, feature: u32) -> Option<&[u8]> {
        let row = self.row_in(feature, self.bucket(feature))?;
        (!row.is_dense).then_some(row.weights)
    }
}

/// Most features that are looked up at once.
const BATCH: usize = 128;

impl Weights for Linear {
    #[inline]
    fn add(&self, feature: u32, scores: &mut [i32]) {
        self.add_all(&[feature], scores);
    }

    /// In two steps, so that the memory that the features lie in is fetched for all at once.
    #[inline]
    fn add_all(&self, features: &[u32], scores: &mut [i32]) {
        let mut sums = [0i32; 256];
        let mut buckets = [(0u32, 0u32); BATCH];
        for features in features.chunks(BATCH) {
            let mut touched = 0u8;
            for (bucket, &feature) in buckets.iter_mut().zip(features) {
                *bucket = self.bucket(feature);
            }
            for &(start, _) in &buckets[..features.len()] {
                touched ^= self.bytes.get(start as usize).copied().unwrap_or(0);
            }
            std::hint::black_box(touched);
            for (&bucket, &feature) in buckets.iter().zip(features) {
                if let Some(row) = self.row_in(feature, bucket) {
                    row.add_to(&mut sums);
                }
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let pairs = |i: i32| vec![((i % 6) as u8, i % 100 - 50), (6, (i % 3) * 1600)];
        let rows: Vec<_> = (0..1000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761), pairs(i as i32)))
            .collect();
        let model = Linear::open(Linear::encode(7, rows.clone())).expect("a model");
        for (feature, pairs) in rows {
            let mut scores = [0; 7];
            model.add(feature, &mut scores);
            let mut expected = [0i32; 7];
            pairs.iter().for_each(|p| expected[usize::from(p.0)] += p.1);
            for (score, expected) in scores.iter().zip(expected) {
                assert!((score - expected).abs() <= 32, "{score} {expected}");
            }
        }
        let mut scores = [0; 7];
        model.add(12345, &mut scores);
        assert_eq!(scores, [0; 7]);
    }

    #[test]
    fn rows_of_any_length_add_up() {
        const CLASSES: usize = 60;
        let feature = |n: usize| (n as u32).wrapping_mul(2_654_435_761);
        let weight = |n: usize, class: usize| ((n * 7 + class * 13) % 127) as i32 - 63;
        let row = |n: usize| (0..n).map(|c| (c as u8, weight(n, c))).collect();
        let rows = (1..=CLASSES).map(|n| (feature(n), row(n))).collect();
        let model = Linear::open(Linear::encode(CLASSES, rows)).expect("a model");
        let all: Vec<u32> = (1..=CLASSES).cycle().take(300).map(feature).collect();
        let mut scores = [1; CLASSES];
        model.add_all(&all, &mut scores);
        for (class, score) in scores.into_iter().enumerate() {
            let rows = (class + 1..=CLASSES).map(|n| weight(n, class));
            assert_eq!(score, 1 + 5 * rows.sum::<i32>(), "class {class}");
        }
    }

    #[test]
    fn refuses_other_bytes() {
        assert!(Linear::open(&b"TKL1"[..]).is_none());
        assert!(Linear::open(&[0u8; 64][..]).is_none());
    }
}
