//! Trains the name finder on the named mentions of GUM (Zeldes 2017).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::EntityKind;
use tarikh_syntax::lexeme::Lexeme;
use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::names::{CLASSES, FEATURES, Input, KINDS, features};
use tarikh_syntax::parser::{self, State};
use tarikh_syntax::tagger::best;

use super::parser::Trained;
use super::perceptron::Perceptron;
use super::random::Random;
use super::treebank::Treebank;

const EPOCHS: usize = 8;
/// Largest size of the model.
const BYTES: usize = 900_000;
/// Mistakes that a feature must take part in before it counts.
const MIN_UPDATES: u32 = 1;
const SEED: u64 = 20_263;

#[derive(Deserialize)]
struct Document {
    id: String,
    tokens: Vec<(usize, usize)>,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    #[serde(rename = "type")]
    kind: String,
    named: bool,
    name: Option<(usize, usize)>,
}

/// A name: its words in the document, first to one past the last.
type Name = (usize, usize, EntityKind);

/// Trains on `gum-train.jsonl`; `tags` are the predicted tags of the training sentences.
pub(crate) fn train(
    ner: &Path,
    treebank: &Treebank,
    tags: &[Vec<u8>],
    parsers: &Trained,
) -> Result<Vec<u8>> {
    let names = read(&ner.join("gum-train.jsonl"))?;
    let parser =
        Linear::open(parsers.parser.clone()).ok_or_else(|| anyhow!("the parser is malformed"))?;
    let annotated: Vec<usize> = (0..treebank.sentences.len())
        .filter(|&i| names.contains_key(&treebank.sentences[i].document))
        .collect();
    let mut model = Perceptron::new(MIN_UPDATES);
    let mut random = Random::new(SEED);
    let mut state = State::default();
    let mut words: Vec<Lexeme> = Vec::new();
    for _ in 0..EPOCHS {
        let mut samples = annotated.clone();
        random.shuffle(&mut samples);
        for &index in &samples {
            let sentence = &treebank.sentences[index];
            sentence.sample(&mut random, &mut words);
            let classes = &tags[index];
            parser::parse(
                &parser,
                None,
                parser::Input {
                    words: &words,
                    tags: classes,
                    guide: &parsers.guides[index],
                },
                &mut state,
            );
            let tags: Vec<_> = classes.iter().map(|&c| treebank.tags.get(c)).collect();
            let input = Input {
                words: &words,
                tags: &tags,
                nodes: &state.nodes,
            };
            learn(
                &mut model,
                input,
                &names[&sentence.document],
                sentence.first,
            );
        }
    }
    Ok(model.encode(CLASSES, BYTES))
}

/// Learns from every stretch of a sentence, whose first word has the number `first` in the document.
fn learn(model: &mut Perceptron, input: Input<'_>, names: &[Name], first: usize) {
    let mut slots = [0u32; FEATURES];
    input.stretches(|start, end| {
        let is_it = |n: &&Name| (n.0, n.1) == (first + start, first + end);
        let kind = names.iter().find(is_it).map(|n| n.2);
        let right = kind
            .and_then(|kind| KINDS.iter().position(|k| *k == kind))
            .map_or(0, |k| 1 + k);
        let mut scores = [0i32; CLASSES];
        let n = features(input, start, end, &mut slots);
        model.add_all(&slots[..n], &mut scores);
        let guess = best(&scores);
        model.tick();
        if guess != right {
            model.update(&slots[..n], right, guess);
        }
    });
}

/// The names of each document.
fn read(path: &Path) -> Result<FxHashMap<String, Vec<Name>>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = FxHashMap::default();
    for (at, line) in text.lines().enumerate() {
        let document: Document =
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1))?;
        let names: Vec<Name> = document
            .mentions
            .iter()
            .filter(|m| m.named)
            .filter_map(|m| {
                let (from, to) = m.name?;
                let start = document.tokens.partition_point(|t| t.1 <= from);
                let end = document.tokens.partition_point(|t| t.0 < to);
                let kind = match m.kind.as_str() {
                    "person" => EntityKind::Person,
                    "organization" => EntityKind::Organisation,
                    "place" => EntityKind::Place,
                    _ => EntityKind::Other,
                };
                (start < end).then_some((start, end, kind))
            })
            .collect();
        out.insert(document.id, names);
    }
    Ok(out)
}
