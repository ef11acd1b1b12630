//! Trains the name finder on the named mentions of GUM (Zeldes 2017).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::EntityKind;
use tarikh_syntax::lexeme::Lexeme;
use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::names::{
    CLASSES, FEATURES, Input, OUTSIDE, class, features, forbid, kind, worth_a_look,
};
use tarikh_syntax::parser::{self, State};
use tarikh_syntax::tagger::best;

use super::parser::Trained;
use super::perceptron::Perceptron;
use super::random::Random;
use super::treebank::Treebank;

const EPOCHS: usize = 12;
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
    let mut samples: Vec<usize> = (0..treebank.sentences.len())
        .filter(|&i| names.contains_key(&treebank.sentences[i].document))
        .collect();
    let mut model = Perceptron::new(MIN_UPDATES);
    let mut random = Random::new(SEED);
    let mut state = State::default();
    let mut words: Vec<Lexeme> = Vec::new();
    for _ in 0..EPOCHS {
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
            let [outer, inner] = layers(&names[&sentence.document], sentence.first, words.len());
            let mut input = Input {
                words: &words,
                tags: &tags,
                nodes: &state.nodes,
                outer: &[],
            };
            learn(&mut model, input, &outer);
            input.outer = &outer;
            learn(&mut model, input, &inner);
        }
    }
    Ok(model.encode(CLASSES, BYTES))
}

fn learn(model: &mut Perceptron, input: Input<'_>, gold: &[u8]) {
    let mut slots = [0u32; FEATURES];
    let mut before: Vec<u8> = Vec::with_capacity(gold.len());
    for (i, &right) in gold.iter().enumerate() {
        if !worth_a_look(input, i, before.last().copied()) {
            before.push(OUTSIDE);
            continue;
        }
        let mut scores = [0i32; CLASSES];
        features(input, i, &before, &mut slots);
        model.add_all(&slots, &mut scores);
        forbid(&mut scores, before.last().copied());
        let guess = best(&scores);
        let right = possible(right, &scores);
        model.tick();
        if guess != right {
            model.update(&slots, right, guess);
        }
        before.push(guess as u8);
    }
}

/// The class to learn: where the finder has missed the beginning of a name, it cannot go on in it,
/// and begins it here.
fn possible(right: u8, scores: &[i32]) -> usize {
    match kind(right) {
        Some((kind, _)) if scores[usize::from(right)] == i32::MIN => class(kind, true).into(),
        _ => right.into(),
    }
}

/// The classes of a sentence's words in the outer and the inner layer.
fn layers(names: &[Name], first: usize, n: usize) -> [Vec<u8>; 2] {
    let mut out = [vec![OUTSIDE; n], vec![OUTSIDE; n]];
    // Longest first, so that a name finds the names around it already there.
    for &(start, end, kind) in names {
        if start < first || end > first + n {
            continue;
        }
        let (start, end) = (start - first, end - first);
        let layer = usize::from(out[0][start..end].iter().any(|c| *c != OUTSIDE));
        if out[layer][start..end].iter().all(|c| *c == OUTSIDE) {
            for (i, slot) in out[layer][start..end].iter_mut().enumerate() {
                *slot = class(kind, i == 0);
            }
        }
    }
    out
}

/// The names of each document, longest first.
fn read(path: &Path) -> Result<FxHashMap<String, Vec<Name>>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = FxHashMap::default();
    for (at, line) in text.lines().enumerate() {
        let document: Document =
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1))?;
        let mut names: Vec<Name> = document
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
        names.sort_by_key(|&(start, end, _)| (std::cmp::Reverse(end - start), start));
        out.insert(document.id, names);
    }
    Ok(out)
}
