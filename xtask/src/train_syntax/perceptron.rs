//! The averaged perceptron (Freund and Schapire 1999, Collins 2002) over hashed features.

use tarikh_syntax::linear::{Linear, Weights};

/// What the average of a weight needs.
#[derive(Clone, Copy)]
struct History {
    /// Sum of the weight over all examples until `since`.
    total: i64,
    since: u32,
}

/// The weights of one feature. What scoring needs lies apart, close together.
#[derive(Default)]
struct Row {
    /// Each a weight above the eight bits of its class.
    weights: Vec<i32>,
    histories: Vec<History>,
    /// How often the feature took part in a mistake.
    updates: u32,
}

impl Row {
    fn shift(&mut self, class: u8, by: i32, now: u32) {
        match self.weights.iter().position(|w| *w as u8 == class) {
            Some(i) => {
                let history = &mut self.histories[i];
                history.total += i64::from(self.weights[i] >> 8) * i64::from(now - history.since);
                history.since = now;
                self.weights[i] += by << 8;
            }
            None => {
                self.weights.push(by << 8 | i32::from(class));
                self.histories.push(History {
                    total: 0,
                    since: now,
                });
            }
        }
    }

    /// Forgets the averages so far.
    fn start(&mut self, now: u32) {
        self.histories.fill(History {
            total: 0,
            since: now,
        });
    }

    /// Classes with the sums of their weights over the examples until now.
    fn totals(&self, now: u32) -> impl Iterator<Item = (u8, i64)> {
        self.weights.iter().zip(&self.histories).map(move |(w, h)| {
            let since = i64::from(now - h.since);
            (*w as u8, h.total + i64::from(w >> 8) * since)
        })
    }
}

/// Weights in training.
///
/// A feature counts only once it has taken part in a few mistakes (Goldberg and Elhadad 2011):
/// the model stays small, and chance regularities of the treebank stay out of it.
pub(crate) struct Perceptron {
    index: Index,
    rows: Vec<Row>,
    /// Number of examples seen.
    now: u32,
    min_updates: u32,
}

impl Weights for Perceptron {
    #[inline]
    fn add(&self, feature: u32, scores: &mut [i32]) {
        self.add_row(self.index.get(feature), scores);
    }

    #[inline]
    fn add_all(&self, features: &[u32], scores: &mut [i32]) {
        let mut found = [0; 256];
        for (slot, &feature) in found.iter_mut().zip(features) {
            *slot = self.index.get(feature);
        }
        for &slot in &found[..features.len().min(256)] {
            self.add_row(slot, scores);
        }
    }
}

impl Perceptron {
    /// Starts with no weights; features count from this many updates on.
    pub(crate) fn new(min_updates: u32) -> Self {
        Self {
            index: Index::new(),
            rows: Vec::new(),
            now: 0,
            min_updates,
        }
    }

    #[inline]
    fn add_row(&self, slot: u32, scores: &mut [i32]) {
        if slot & COUNTS != 0 {
            for &weight in &self.rows[(slot & !COUNTS) as usize].weights {
                scores[usize::from(weight as u8)] += weight >> 8;
            }
        }
    }

    /// Counts an example: call once for each, right or wrong.
    pub(crate) fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of these features from the class that was guessed to the right one.
    pub(crate) fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let slot = self.index.get_or_insert(feature, self.rows.len() as u32);
            if (*slot & !COUNTS) as usize == self.rows.len() {
                self.rows.push(Row::default());
            }
            let row = &mut self.rows[(*slot & !COUNTS) as usize];
            row.updates += 1;
            if row.updates == self.min_updates {
                *slot |= COUNTS;
                row.start(self.now);
            }
            row.shift(right as u8, 1, self.now);
            row.shift(wrong as u8, -1, self.now);
        }
    }

    /// The average of each weight over all examples seen.
    pub(crate) fn averages(&self) -> Averages {
        let n = f64::from(self.now.max(1));
        let mut weights = Vec::new();
        for &(feature, slot) in &self.index.entries {
            if slot & COUNTS != 0 {
                let row = &self.rows[(slot & !COUNTS) as usize];
                let averages = row.totals(self.now).map(|(c, t)| (c, t as f64 / n));
                // What is far below any weight that can be kept only takes room.
                let kept = averages.filter(|(_, w)| w.abs() >= LEAST / 4.0);
                weights.extend(kept.map(|(class, w)| (feature, class, w as f32)));
            }
        }
        Averages::new(weights)
    }

    /// The averaged model: see [`Averages::encode`].
    pub(crate) fn encode(&self, classes: usize, bytes: usize) -> Vec<u8> {
        self.averages().encode(classes, bytes)
    }
}

/// Averaged weights: feature, class and weight, sorted.
pub(crate) struct Averages(Vec<(u32, u8, f32)>);

impl Averages {
    pub(crate) fn new(mut weights: Vec<(u32, u8, f32)>) -> Self {
        weights.sort_unstable_by_key(|&(feature, class, _)| (feature, class));
        Self(weights)
    }

    /// The mean of several models that learned the same from other orders of the examples: what only one order
    /// taught fades (McDonald, Hall and Mann 2010, parameter mixing).
    pub(crate) fn mean(models: Vec<Self>) -> Self {
        let n = models.len().max(1) as f32;
        let mut all: Vec<_> = models.into_iter().flat_map(|m| m.0).collect();
        all.sort_by_key(|&(feature, class, _)| (feature, class));
        all.dedup_by(|next, kept| {
            let is_same = (next.0, next.1) == (kept.0, kept.1);
            if is_same {
                kept.2 += next.2;
            }
            is_same
        });
        all.iter_mut().for_each(|w| w.2 /= n);
        Self(all)
    }

    /// The model in steps of [`STEP`]. The smallest weights are left out until it has no more than so many bytes.
    pub(crate) fn encode(&self, classes: usize, bytes: usize) -> Vec<u8> {
        let mut least = LEAST;
        loop {
            let model = Linear::encode(classes, self.rows(least));
            if model.len() <= bytes {
                return model;
            }
            least *= 1.04;
        }
    }

    /// The weights that are not below `least`, by feature, in steps.
    fn rows(&self, least: f64) -> Vec<(u32, Vec<(u8, i32)>)> {
        let of_feature = self.0.chunk_by(|a, b| a.0 == b.0);
        let rows = of_feature.map(|weights| {
            let kept = weights.iter().filter(|w| f64::from(w.2.abs()) >= least);
            let steps = kept.map(|&(_, class, w)| (class, (f64::from(w) / STEP).round() as i32));
            (weights[0].0, steps.collect::<Vec<_>>())
        });
        rows.filter(|(_, pairs)| !pairs.is_empty()).collect()
    }
}

/// The smallest average weight that is kept.
const LEAST: f64 = 0.2;
/// The smallest difference between two weights of a model.
const STEP: f64 = 1.0 / 16.0;

/// Marks the number of a row whose feature counts.
const COUNTS: u32 = 1 << 31;
/// The number of no row.
const EMPTY: u32 = !COUNTS;

/// Where the row of a feature is: a table with open addresses. Features are hashes already.
struct Index {
    /// Features with the numbers of their rows.
    entries: Vec<(u32, u32)>,
    len: usize,
}

impl Index {
    fn new() -> Self {
        Self {
            entries: vec![(0, EMPTY); 1 << 16],
            len: 0,
        }
    }

    /// Where a feature is or would be.
    #[inline]
    fn place(&self, feature: u32) -> usize {
        let mask = self.entries.len() - 1;
        let mut at = feature as usize & mask;
        while self.entries[at].1 != EMPTY && self.entries[at].0 != feature {
            at = (at + 1) & mask;
        }
        at
    }

    /// The number of the row; [`EMPTY`] if there is none.
    #[inline]
    fn get(&self, feature: u32) -> u32 {
        self.entries[self.place(feature)].1
    }

    fn get_or_insert(&mut self, feature: u32, new: u32) -> &mut u32 {
        if self.len * 2 > self.entries.len() {
            let larger = vec![(0, EMPTY); self.entries.len() * 2];
            for entry in std::mem::replace(&mut self.entries, larger) {
                if entry.1 != EMPTY {
                    let at = self.place(entry.0);
                    self.entries[at] = entry;
                }
            }
        }
        let at = self.place(feature);
        if self.entries[at].1 == EMPTY {
            self.entries[at] = (feature, new);
            self.len += 1;
        }
        &mut self.entries[at].1
    }
}
