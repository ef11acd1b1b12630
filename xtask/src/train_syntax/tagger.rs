//! Trains the tagger.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use tarikh_syntax::lexicon::{Entry, Lexicon};
use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::tagger::{FEATURES, Style, TagSet, best, features, tag};

use super::clusters::Clustered;
use super::marks::Marks;
use super::perceptron::{Averages, Perceptron};
use super::random::Random;
use super::treebank::{Sentence, Treebank, in_capitals};

const EPOCHS: usize = 6;
/// Largest sizes of the model, and of those of the parts.
const BYTES: [usize; 2] = [3_000_000, 2_600_000];
/// Mistakes that a feature must take part in before it counts.
const MIN_UPDATES: u32 = 2;
/// Orders of the examples whose models are averaged.
const SEEDS: [u64; 3] = [20_261, 20_263, 20_265];
/// Parts of the treebank, each tagged by a tagger trained on the others.
const FOLDS: usize = 4;

/// What is known of words besides the treebank.
pub(crate) struct Words<'a> {
    pub(crate) clusters: &'a [Clustered],
    pub(crate) marks: &'a Marks,
    /// Penn tags that words can have which the treebanks lack.
    pub(crate) forms: &'a BTreeMap<u32, BTreeSet<u8>>,
}

/// Trains on the whole treebank.
pub(crate) fn train(treebank: &Treebank, words: &Words<'_>) -> Result<Trained> {
    train_on(treebank, words, |_| true, BYTES[0], &SEEDS)
}

/// Trains on the sentences that `take` picks by their number.
///
/// Gives the lexicon and the weights.
fn train_on(
    treebank: &Treebank,
    known: &Words<'_>,
    take: impl Fn(usize) -> bool,
    bytes: usize,
    seeds: &[u64],
) -> Result<Trained> {
    let lexicon = lexicon(treebank, known, &take);
    let look_up =
        Lexicon::open(lexicon.clone().into()).ok_or_else(|| anyhow!("the lexicon is malformed"))?;
    let courses = seeds
        .iter()
        .map(|&seed| course(treebank, &look_up, &take, seed));
    let models = courses.collect();
    Ok(Trained {
        lexicon,
        weights: Averages::mean(models).encode(treebank.tags.len(), bytes),
    })
}

/// The averaged weights of one course over the sentences.
fn course(
    treebank: &Treebank,
    look_up: &Lexicon,
    take: &impl Fn(usize) -> bool,
    seed: u64,
) -> Averages {
    let mut model = Perceptron::new(MIN_UPDATES);
    let mut random = Random::new(seed);
    let (mut words, mut classes) = (Vec::new(), Vec::new());
    let mut slots = [0u32; FEATURES];
    let mut scores = vec![0i32; treebank.tags.len()];
    for epoch in 0..EPOCHS {
        let mut order = treebank.round(epoch, take);
        random.shuffle(&mut order);
        for &index in &order {
            let sentence = &treebank.sentences[index];
            sentence.sample(&mut random, &mut words);
            look_up.look_up(&mut words);
            classes.clear();
            let style = Style::of(&words);
            for (i, &gold) in sentence.gold.iter().enumerate() {
                features(&words, i, &classes, style, &mut slots);
                scores.fill(0);
                model.add_all(&slots, &mut scores);
                let guess = best(&scores);
                model.tick();
                if guess != usize::from(gold) {
                    model.update(&slots, usize::from(gold), guess);
                }
                // The next words see what the tagger would have said.
                classes.push(guess as u8);
            }
        }
    }
    model.averages()
}

/// The lexicon of the whole treebank, as [`train`] gives it.
pub(crate) fn whole_lexicon(treebank: &Treebank, words: &Words<'_>) -> Vec<u8> {
    lexicon(treebank, words, &|_| true)
}

/// Rarest word whose tags are taken as known.
const MIN_COUNT: usize = 3;

/// The lexicon of the sentences that `take` picks: words with the same set of frequent tags have
/// the same class.
fn lexicon(treebank: &Treebank, known: &Words<'_>, take: &impl Fn(usize) -> bool) -> Vec<u8> {
    let mut counts: BTreeMap<u32, BTreeMap<u8, usize>> = BTreeMap::new();
    for (_, sentence) in treebank
        .sentences
        .iter()
        .enumerate()
        .filter(|(i, _)| take(*i))
    {
        for (word, &gold) in sentence.plain().iter().zip(&sentence.gold) {
            *counts
                .entry(word.norm)
                .or_default()
                .entry(treebank.tags.get(gold).xpos)
                .or_default() += 1;
        }
    }
    let mut sets: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    for &(norm, clusters) in known.clusters {
        let entry = Entry {
            norm,
            clusters,
            ..Entry::default()
        };
        entries.insert(norm, entry);
    }
    for (&norm, &marks) in known.marks {
        let entry = entries.entry(norm).or_default();
        (entry.norm, entry.marks) = (norm, marks);
    }
    let mut put = |norm: u32, tags: Vec<u8>| {
        let next = sets.len() as u16 + 1;
        let entry = entries.entry(norm).or_default();
        entry.norm = norm;
        entry.class = *sets.entry(tags).or_insert(next);
    };
    let count = |norm: u32| {
        counts
            .get(&norm)
            .map_or(0, |tags| tags.values().sum::<usize>())
    };
    for (&norm, tags) in &counts {
        let n = count(norm);
        if n >= MIN_COUNT {
            let frequent = tags.iter().filter(|(_, m)| **m * 10 >= n);
            put(norm, frequent.map(|(t, _)| *t).collect());
        }
    }
    for (&norm, tags) in known.forms {
        if count(norm) < MIN_COUNT {
            put(norm, tags.iter().copied().collect());
        }
    }
    Lexicon::encode(&entries.into_values().collect::<Vec<_>>())
}

/// A tagger: the contents of its files.
pub(crate) struct Trained {
    pub(crate) lexicon: Vec<u8>,
    pub(crate) weights: Vec<u8>,
}

impl Trained {
    /// Opens what was trained.
    pub(crate) fn open(&self) -> Result<(Lexicon, Linear)> {
        let lexicon = Lexicon::open(self.lexicon.clone().into());
        let weights = Linear::open(self.weights.clone());
        lexicon
            .zip(weights)
            .ok_or_else(|| anyhow!("the tagger is malformed"))
    }
}

/// Tags of the training sentences as the tagger would give them to unseen text.
pub(crate) fn jackknife(treebank: &Treebank, known: &Words<'_>) -> Result<Vec<Vec<u8>>> {
    jackknife_on(treebank, known, |_| true, &SEEDS)
}

/// The same without the silver sentences and on one order only: nearly as good, in a tenth of the time.
pub(crate) fn fast_jackknife(treebank: &Treebank, known: &Words<'_>) -> Result<Vec<Vec<u8>>> {
    let is_gold = |i: usize| !treebank.sentences[i].is_silver;
    jackknife_on(treebank, known, is_gold, &SEEDS[..1])
}

fn jackknife_on(
    treebank: &Treebank,
    known: &Words<'_>,
    take: impl Fn(usize) -> bool,
    seeds: &[u64],
) -> Result<Vec<Vec<u8>>> {
    let mut out = vec![Vec::new(); treebank.sentences.len()];
    for fold in 0..FOLDS {
        // Blocks of sentences, so that most documents lie in one part.
        let part = |i: usize| (i / 50) % FOLDS == fold;
        let (lexicon, model) =
            train_on(treebank, known, |i| take(i) && !part(i), BYTES[1], seeds)?.open()?;
        let due = |i: usize| take(i) && part(i);
        for (i, tags) in out.iter_mut().enumerate().filter(|(i, _)| due(*i)) {
            let mut words = treebank.sentences[i].plain().to_vec();
            lexicon.look_up(&mut words);
            tag(&model, model.classes(), &words, tags);
        }
    }
    Ok(out)
}

/// Tags of the development sentences.
pub(crate) fn predict_all(
    model: &Trained,
    dev: &[(&'static str, Treebank)],
) -> Result<Vec<Vec<Vec<u8>>>> {
    let (lexicon, model) = model.open()?;
    let predict = |s: &Sentence| {
        let (mut tags, mut words) = (Vec::new(), s.plain().to_vec());
        lexicon.look_up(&mut words);
        tag(&model, model.classes(), &words, &mut tags);
        tags
    };
    Ok(dev
        .iter()
        .map(|(_, t)| t.sentences.iter().map(predict).collect())
        .collect())
}

/// Accuracy on the development sides, as written and in capitals.
pub(crate) fn report(
    model: &Trained,
    dev: &[(&'static str, Treebank)],
    tags: &TagSet,
) -> Result<String> {
    let (lexicon, model) = model.open()?;
    let mut out = String::new();
    for (name, treebank) in dev {
        for capitals in [false, true] {
            let (mut n, mut upos, mut xpos) = (0, 0, 0);
            let mut guess = Vec::new();
            for sentence in &treebank.sentences {
                let mut words = sentence.plain().to_vec();
                if capitals {
                    in_capitals(&mut words);
                }
                lexicon.look_up(&mut words);
                tag(&model, model.classes(), &words, &mut guess);
                for (&g, &p) in sentence.gold.iter().zip(&guess) {
                    let (g, p) = (tags.get(g), tags.get(p));
                    n += 1;
                    upos += usize::from(g.upos == p.upos);
                    xpos += usize::from(g.xpos == p.xpos);
                }
            }
            let share = |x: usize| 100.0 * x as f64 / f64::from(n.max(1));
            let how = if capitals { " in capitals" } else { "" };
            out += &format!(
                "{name}{how}: UPOS {:.2} XPOS {:.2}; ",
                share(upos),
                share(xpos)
            );
        }
    }
    Ok(out)
}
