//! Boosted decision trees over a few dense numbers: sums of small complete trees.
//!
//! The layout, little-endian: magic `TKT1`, number of forests (`u32`), then for each forest its
//! bias (`f32`) and number of trees (`u32`), then its trees. A tree is [`NODES`] tests (feature
//! `u32`, threshold `f32`) in the order of a heap, then [`LEAVES`] values (`f32`).

/// Depth of every tree.
pub const DEPTH: usize = 4;

/// Tests of a tree.
pub const NODES: usize = (1 << DEPTH) - 1;

/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH;

const MAGIC: &[u8; 4] = b"TKT1";

/// A complete tree. A row goes left where its feature is at most the threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Feature and threshold of each test; the children of test `i` are `2 i + 1` and `2 i + 2`.
    pub tests: [(u32, f32); NODES],
    /// What each leaf adds to the score.
    pub leaves: [f32; LEAVES],
}

impl Tree {
    /// The leaf of a row.
    #[must_use]
    pub fn leaf(&self, row: &[f32]) -> usize {
        let mut at = 0;
        for _ in 0..DEPTH {
            let (feature, threshold) = self.tests[at];
            let value = row.get(feature as usize).copied().unwrap_or(0.0);
            at = 2 * at + if value <= threshold { 1 } else { 2 };
        }
        at - NODES
    }
}

/// The trees of one decision; their sum is the log-odds of "yes".
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Forest {
    /// The log-odds before any test.
    pub bias: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Forest {
    /// The log-odds of a row.
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        let leaves = self.trees.iter().map(|tree| tree.leaves[tree.leaf(row)]);
        self.bias + leaves.sum::<f32>()
    }
}

/// Writes forests in this layout.
#[must_use]
pub fn encode(forests: &[Forest]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((forests.len() as u32).to_le_bytes());
    for forest in forests {
        out.extend(forest.bias.to_le_bytes());
        out.extend((forest.trees.len() as u32).to_le_bytes());
        for tree in &forest.trees {
            for (feature, threshold) in tree.tests {
                out.extend(feature.to_le_bytes());
                out.extend(threshold.to_le_bytes());
            }
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
    }
    out
}

/// Reads forests; `None` if the bytes are not in this layout.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<Forest>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut word = || {
        let (word, others) = rest.split_first_chunk::<4>()?;
        rest = others;
        Some(*word)
    };
    let count = u32::from_le_bytes(word()?);
    let mut forests = Vec::new();
    for _ in 0..count {
        let bias = f32::from_le_bytes(word()?);
        let trees = u32::from_le_bytes(word()?);
        let mut forest = Forest {
            bias,
            trees: Vec::new(),
        };
        for _ in 0..trees {
            let mut tree = Tree {
                tests: [(0, 0.0); NODES],
                leaves: [0.0; LEAVES],
            };
            for test in &mut tree.tests {
                *test = (u32::from_le_bytes(word()?), f32::from_le_bytes(word()?));
            }
            for leaf in &mut tree.leaves {
                *leaf = f32::from_le_bytes(word()?);
            }
            forest.trees.push(tree);
        }
        forests.push(forest);
    }
    Some(forests)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stump() -> Forest {
        let mut tree = Tree {
            tests: [(1, f32::MAX); NODES],
            leaves: [0.0; LEAVES],
        };
        tree.tests[0] = (1, 0.5);
        tree.leaves[0] = -1.0;
        tree.leaves[LEAVES / 2] = 2.0;
        Forest {
            bias: 0.25,
            trees: vec![tree],
        }
    }

    #[test]
    fn a_row_goes_left_up_to_the_threshold() {
        assert_eq!(stump().score(&[9.0, 0.5]), -0.75);
        assert_eq!(stump().score(&[9.0, 0.6]), 2.25);
        assert_eq!(stump().score(&[]), -0.75);
    }

    #[test]
    fn reads_what_it_writes_and_refuses_other_bytes() {
        let forests = vec![stump(), Forest::default()];
        let bytes = encode(&forests);
        assert_eq!(decode(&bytes), Some(forests));
        assert_eq!(decode(&bytes[..bytes.len() - 1]), None);
        assert_eq!(decode(b"TKT"), None);
    }
}
