//! Trains the name finder on the named mentions of GUM (Zeldes 2017).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::lexeme::Lexeme;
use tarikh_syntax::names::{CLASSES, FEATURES, Input, KINDS, features};
use tarikh_syntax::parser::{Node, State};
use tarikh_syntax::tagger::Tag;
use tarikh_syntax::{EntityKind, Upos};

use super::logistic::Logistic;
use super::parser::Read;
use super::perceptron::Averages;
use super::random::Random;
use super::treebank::Sentence;

const EPOCHS: usize = 8;
/// Largest size of the model.
const BYTES: usize = 740_000;
/// How often a feature must be met before it counts.
const MIN_COUNT: u32 = 2;
/// Of a hundred words that could be names, how many are made unknown, and of a hundred of those, of how
/// many not even the classes are known.
const FORGOTTEN: u64 = 30;
const UNKNOWN: u64 = 20;
/// Orders of the sentences whose models are averaged.
const SEEDS: [u64; 3] = [20_263, 20_264, 20_265];

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

/// A sentence as the finder sees it, and its names.
struct Lesson<'a> {
    sentence: &'a Sentence,
    tags: Vec<Tag>,
    nodes: Vec<Node>,
    names: &'a [Name],
}

/// Trains on `gum-train.jsonl`: the mean of several orders of the sentences.
pub(crate) fn train(ner: &Path, read: &Read<'_>) -> Result<Vec<u8>> {
    let names = names(&ner.join("gum-train.jsonl"))?;
    let lessons = lessons(read, &names);
    let models = SEEDS.map(|seed| course(&lessons, seed));
    Ok(Averages::mean(models.into()).encode(CLASSES, BYTES))
}

fn lessons<'a>(read: &Read<'a>, names: &'a FxHashMap<String, Vec<Name>>) -> Vec<Lesson<'a>> {
    let mut state = State::default();
    let mut out = Vec::new();
    for (at, sentence) in read.treebank.sentences.iter().enumerate() {
        let Some(names) = names.get(&sentence.document) else {
            continue;
        };
        read.parse(at, sentence.plain(), &mut state);
        let tags = read.tags[at].iter();
        out.push(Lesson {
            sentence,
            tags: tags.map(|&c| read.treebank.tags.get(c)).collect(),
            nodes: state.nodes.clone(),
            names,
        });
    }
    out
}

/// The averaged weights of one course over the sentences.
fn course(lessons: &[Lesson<'_>], seed: u64) -> Averages {
    let mut model = Logistic::<CLASSES>::new(often(lessons).into_iter());
    let mut random = Random::new(seed);
    let mut words: Vec<Lexeme> = Vec::new();
    for epoch in 0..EPOCHS {
        let mut order: Vec<&Lesson<'_>> = lessons.iter().collect();
        random.shuffle(&mut order);
        for lesson in order {
            lesson.sentence.sample(&mut random, &mut words);
            forget(&mut words, &lesson.tags, &mut random);
            lesson.stretches(&words, |features, right| model.learn(features, right));
        }
        if epoch >= EPOCHS / 2 {
            model.remember();
        }
    }
    model.averages()
}

impl Lesson<'_> {
    /// Calls `each` with the features and the class of every stretch of the sentence.
    fn stretches(&self, words: &[Lexeme], mut each: impl FnMut(&[u32], usize)) {
        let input = Input {
            words,
            tags: &self.tags,
            nodes: &self.nodes,
        };
        let first = self.sentence.first;
        let mut slots = [0u32; FEATURES];
        input.stretches(|start, end| {
            let is_it = |n: &&Name| (n.0, n.1) == (first + start, first + end);
            let kind = self.names.iter().find(is_it).map(|n| n.2);
            let right = kind
                .and_then(|kind| KINDS.iter().position(|k| *k == kind))
                .map_or(0, |k| 1 + k);
            let n = features(input, start, end, &mut slots);
            each(&slots[..n], right);
        });
    }
}

/// The features that are met often enough, in order.
fn often(lessons: &[Lesson<'_>]) -> Vec<u32> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for lesson in lessons {
        lesson.stretches(lesson.sentence.plain(), |features, _| {
            for &feature in features {
                *counts.entry(feature).or_default() += 1;
            }
        });
    }
    let mut out: Vec<u32> = counts
        .into_iter()
        .filter(|c| c.1 >= MIN_COUNT)
        .map(|c| c.0)
        .collect();
    out.sort_unstable();
    out
}

/// Makes words that could be names unknown ones now and then, since most names are: their form is gone,
/// what they are used like stays but for some.
fn forget(words: &mut [Lexeme], tags: &[Tag], random: &mut Random) {
    for (word, tag) in words.iter_mut().zip(tags) {
        let could_be = tag.upos == Upos::Propn || matches!(word.case, 1..=3);
        if !could_be || !random.percent(FORGOTTEN) {
            continue;
        }
        word.norm = random.next() as u32;
        word.clusters = [0; 2];
        word.prefix[2] = word.norm ^ 1;
        word.suffix[3] = word.norm ^ 2;
        word.suffix[4] = word.norm ^ 3;
        if random.percent(UNKNOWN) {
            (word.alike, word.lists) = ([0; 3], 0);
        }
    }
}

/// The names of each document.
fn names(path: &Path) -> Result<FxHashMap<String, Vec<Name>>> {
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
