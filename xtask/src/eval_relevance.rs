//! `cargo xtask eval relevance`: is a text about political violence, and of which kind.
//!
//! The inputs' ids name their set; a sentence carries the id of its document.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tarikh_roles::topics::{TOPICS, Topics};

use crate::eval::{self, Options};
use crate::workspace;

/// What the model is told of a text; its labels are only looked for, never read.
#[derive(Deserialize)]
struct Input {
    id: String,
    doc: Option<serde::de::IgnoredAny>,
    text: String,
    labels: Option<serde::de::IgnoredAny>,
}

/// A line of predictions.
#[derive(Serialize)]
struct Prediction {
    id: String,
    labels: Vec<&'static str>,
    scores: Map<String, Value>,
}

/// Labels the inputs, or else the development side of every set; writes predictions and, where the
/// inputs carry gold, prints the scorer's table.
///
/// # Errors
/// If inputs cannot be read or name no set, predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let topics = Topics::embedded();
    if options.inputs.is_some() {
        return label(&topics, options);
    }
    for topic in &TOPICS {
        let file = format!("{}.dev.jsonl", topic.name);
        let folder = workspace::shared().join("bench/relevance");
        let out = workspace::root().join("out/eval");
        eval::announce(topic.name);
        label(
            &topics,
            &Options {
                inputs: Some(folder.join(&file)),
                out: Some(out.join(format!("relevance.{}.jsonl", topic.name))),
                ..options.clone()
            },
        )?;
    }
    Ok(())
}

fn label(topics: &Topics, options: &Options) -> anyhow::Result<()> {
    eval::run(
        "relevance",
        options,
        |line: &Input| line.labels.is_some(),
        |lines| lines.iter().map(|line| predict(topics, line)).collect(),
        eval::gold_then_predictions,
    )
}

fn predict(topics: &Topics, input: &Input) -> anyhow::Result<Prediction> {
    let topic = topic_of(input).with_context(|| format!("{}: of no known set", input.id))?;
    let set = &TOPICS[topic];
    let scores = topics.score(topic, &input.text);
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let holds = |score: f32| {
        if set.is_exclusive {
            score >= best
        } else {
            score >= 0.0
        }
    };
    let labelled = set.labels.iter().zip(&scores);
    let labels: Vec<&str> = labelled
        .filter(|(_, score)| holds(**score))
        .map(|(label, _)| *label)
        .collect();
    let scores = set.labels.iter().zip(scores);
    Ok(Prediction {
        id: input.id.clone(),
        labels,
        scores: scores.map(|(l, s)| ((*l).to_owned(), json!(s))).collect(),
    })
}

/// The set of an input: its id begins with the name, but for the police articles, whose sentences
/// are told by their document.
fn topic_of(input: &Input) -> Option<usize> {
    let named = |name: &str| TOPICS.iter().position(|topic| topic.name == name);
    let prefix = input.id.split('-').next()?;
    match (prefix, &input.doc) {
        ("ipe", Some(_)) => named("ipe_sents"),
        ("ipe", None) => named("ipe_docs"),
        _ => named(prefix),
    }
}
