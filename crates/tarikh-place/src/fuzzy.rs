//! Names that are nearly spelt like one in the gazetteer: "Boulkessy" for "Boulkessi".
//!
//! A walk over the name map that keeps one row of the Levenshtein table and leaves a branch as soon
//! as every cell of the row is over the limit. The walk is bounded by a number of steps, so that
//! no name costs more than about a millisecond, whatever its length.

use fst::raw::Fst;

use crate::normalise::MAX_KEY;

/// Most transitions that one search follows in one layer.
const MAX_STEPS: usize = 60_000;
/// Keys shorter than this have too many neighbours to mean one of them.
pub(crate) const MIN_KEY: usize = 5;

/// The number of edits that a key of this length may be away.
pub(crate) const fn limit(length: usize) -> u8 {
    match length {
        0..MIN_KEY => 0,
        MIN_KEY..9 => 1,
        _ => 2,
    }
}

/// A key near the one looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Near {
    pub(crate) key: String,
    pub(crate) value: u64,
    /// Insertions, deletions and replacements of a byte.
    pub(crate) edits: u8,
}

/// Appends the values of all keys within `edits` of `key` that share its first byte.
pub(crate) fn search<D: AsRef<[u8]>>(fst: &Fst<D>, key: &str, edits: u8, out: &mut Vec<Near>) {
    let key = key.as_bytes();
    if key.len() < MIN_KEY || key.len() > MAX_KEY || edits == 0 {
        return;
    }
    let root = fst.root();
    let Some(first) = root.find_input(key[0]) else {
        return;
    };
    let mut walk = Walk {
        fst,
        key,
        edits,
        steps: MAX_STEPS,
        path: Vec::with_capacity(MAX_KEY),
        out,
    };
    let row: Vec<u8> = (0..=key.len()).map(|i| i.min(255) as u8).collect();
    let step = root.transition(first);
    walk.down(step.addr, step.out.value(), &row, key[0], 1);
}

struct Walk<'a, D> {
    fst: &'a Fst<D>,
    key: &'a [u8],
    edits: u8,
    steps: usize,
    /// Bytes of the branch.
    path: Vec<u8>,
    out: &'a mut Vec<Near>,
}

impl<D: AsRef<[u8]>> Walk<'_, D> {
    /// Follows the transition that reads `byte` from a node with the row `above`.
    fn down(
        &mut self,
        to: fst::raw::CompiledAddr,
        value: u64,
        above: &[u8],
        byte: u8,
        depth: usize,
    ) {
        if self.steps == 0 || depth > self.key.len() + self.edits as usize {
            return;
        }
        self.steps -= 1;
        let mut row = Vec::with_capacity(above.len());
        row.push(above[0].saturating_add(1));
        for (i, &wanted) in self.key.iter().enumerate() {
            let replaced = above[i] + u8::from(wanted != byte);
            let best = replaced
                .min(above[i + 1].saturating_add(1))
                .min(row[i].saturating_add(1));
            row.push(best);
        }
        if row.iter().all(|&cell| cell > self.edits) {
            return;
        }
        self.path.truncate(depth - 1);
        self.path.push(byte);
        let node = self.fst.node(to);
        let distance = row[self.key.len()];
        if node.is_final() && distance <= self.edits {
            self.out.push(Near {
                key: String::from_utf8_lossy(&self.path).into_owned(),
                value: value + node.final_output().value(),
                edits: distance,
            });
        }
        for step in node.transitions() {
            self.down(
                step.addr,
                value + step.out.value(),
                &row,
                step.inp,
                depth + 1,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(names: &[&str], key: &str, edits: u8) -> Vec<(u64, u8)> {
        let mut build = fst::raw::Builder::memory();
        for (i, name) in names.iter().enumerate() {
            build.insert(name, i as u64).expect("names are in order");
        }
        let fst = Fst::new(build.into_inner().expect("memory")).expect("just built");
        let mut out = Vec::new();
        search(&fst, key, edits, &mut out);
        out.iter().map(|n| (n.value, n.edits)).collect()
    }

    #[test]
    fn finds_spellings_within_the_limit_only() {
        let names = ["boulikessi", "boulkessi", "boulkossa", "goulkessi"];
        assert_eq!(near(&names, "boulkessy", 1), [(1, 1)]);
        assert_eq!(near(&names, "boulkessy", 2), [(0, 2), (1, 1), (2, 2)]);
    }

    #[test]
    fn short_and_endless_names_have_no_neighbours() {
        assert_eq!(near(&["gao", "gaoi"], "gaou", 1), []);
        assert_eq!(near(&["gaogao"], &"gao".repeat(2000), 2), []);
    }
}
