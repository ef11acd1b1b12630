//! Trains the finder of noun phrases on the mentions of GUM (Zeldes 2017).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::linear::Weights;
use tarikh_syntax::mentions::{
    CLASSES, Dependents, FEATURES, Input, MentionKind, features, worth_a_look,
};
use tarikh_syntax::parser::State;
use tarikh_syntax::tagger::best;

use super::parser::Read;
use super::perceptron::Perceptron;
use super::random::Random;

const EPOCHS: usize = 8;
/// Largest size of the model.
const BYTES: usize = 250_000;
/// Mistakes that a feature must take part in before it counts.
const MIN_UPDATES: u32 = 2;
const SEED: u64 = 20_264;

#[derive(Deserialize)]
struct Document {
    id: String,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    #[serde(rename = "type")]
    kind: String,
    /// Number of its head word in the document.
    head: usize,
}

/// Trains on `gum-train.jsonl`.
pub(crate) fn train(ner: &Path, read: &Read<'_>) -> Result<Vec<u8>> {
    let mentions = mentions(&ner.join("gum-train.jsonl"))?;
    let treebank = read.treebank;
    let mut samples: Vec<usize> = (0..treebank.sentences.len())
        .filter(|&i| mentions.contains_key(&treebank.sentences[i].document))
        .collect();
    let mut model = Perceptron::new(MIN_UPDATES);
    let mut random = Random::new(SEED);
    let (mut state, mut dependents) = (State::default(), Dependents::default());
    let mut words = Vec::new();
    for _ in 0..EPOCHS {
        random.shuffle(&mut samples);
        for &index in &samples {
            let sentence = &treebank.sentences[index];
            sentence.sample(&mut random, &mut words);
            read.parse(index, &words, &mut state);
            let tags: Vec<_> = read.tags[index]
                .iter()
                .map(|&c| treebank.tags.get(c))
                .collect();
            let heads: Vec<u16> = state.nodes.iter().map(|n| n.head).collect();
            let relations: Vec<_> = state.nodes.iter().map(|n| n.label).collect();
            let input = Input {
                words: &words,
                tags: &tags,
                heads: &heads,
                relations: &relations,
            };
            dependents.read(input);
            let gold = &mentions[&sentence.document];
            for i in (0..words.len()).filter(|&i| worth_a_look(tags[i])) {
                let right = gold.get(&(sentence.first + i)).copied().unwrap_or(0);
                learn(&mut model, input, &dependents, i, right);
            }
        }
    }
    Ok(model.encode(CLASSES, BYTES))
}

fn learn(model: &mut Perceptron, input: Input<'_>, of: &Dependents, i: usize, right: usize) {
    let mut slots = [0u32; FEATURES];
    let mut scores = [0i32; CLASSES];
    features(input, of, i, &mut slots);
    model.add_all(&slots, &mut scores);
    let guess = best(&scores);
    model.tick();
    if guess != right {
        model.update(&slots, right, guess);
    }
}

/// Of each document, the class of each word that heads a mention.
fn mentions(path: &Path) -> Result<FxHashMap<String, FxHashMap<usize, usize>>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = FxHashMap::default();
    for (at, line) in text.lines().enumerate() {
        let document: Document =
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1))?;
        let class = |m: &Mention| {
            let kind = MentionKind::ALL.iter().position(|k| k.1 == m.kind)?;
            Some((m.head, 1 + kind))
        };
        out.insert(
            document.id,
            document.mentions.iter().filter_map(class).collect(),
        );
    }
    Ok(out)
}
