//! `cargo xtask eval actors`: the two sides of an event in a sentence, and the entities of reports on
//! armed conflict. The inputs' ids name their set.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use tarikh_roles::spans::{SCHEMES, Spans};

use crate::eval::{self, Options};
use crate::train_spans::analyse;
use crate::workspace;

/// What the model is told of a text; its spans are only looked for, never read.
#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    spans: Option<serde::de::IgnoredAny>,
}

/// A line of predictions.
#[derive(Serialize)]
struct Prediction {
    id: String,
    spans: Vec<Span>,
}

/// A span of code points.
#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// Finds the spans of the inputs, or else of the development side of every set; writes predictions
/// and, where the inputs carry gold, prints the scorer's tables: exact spans, then overlapping ones.
///
/// # Errors
/// If inputs cannot be read or name no set, predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let spans = Spans::embedded();
    if options.inputs.is_some() {
        return find(&spans, options);
    }
    for set in ["cameo_ner", "re3d", "re3d_sents"] {
        eval::announce(set);
        let folder = workspace::shared().join("bench/actors");
        let out = workspace::root().join("out/eval");
        find(
            &spans,
            &Options {
                inputs: Some(folder.join(format!("{set}.dev.jsonl"))),
                out: Some(out.join(format!("actors.{set}.jsonl"))),
                ..options.clone()
            },
        )?;
    }
    Ok(())
}

fn find(spans: &Spans, options: &Options) -> anyhow::Result<()> {
    eval::run(
        "actors",
        options,
        |line: &Input| line.spans.is_some(),
        |lines| lines.iter().map(|line| predict(spans, line)).collect(),
        eval::gold_then_predictions,
    )
}

fn predict(spans: &Spans, input: &Input) -> anyhow::Result<Prediction> {
    let name = match input.id.split('-').next() {
        Some("cameoner") => "cameo_ner",
        Some("re3dsent") => "re3d_sents",
        Some("re3d") => "re3d",
        _ => "",
    };
    let scheme = |name: &str| SCHEMES.iter().position(|s| s.name == name);
    let first = scheme(name).with_context(|| format!("{}: of no known set", input.id))?;
    let (report, doc) = analyse(&input.text);
    let mut found = spans.find(first, &doc, &[]);
    if let Some(inside) = scheme(&format!("{name}_inside")) {
        let inner = spans.find(inside, &doc, &found);
        let new = inner.into_iter().filter(|i| !found.contains(i));
        let new: Vec<_> = new.collect();
        found.extend(new);
    }
    let span = |stretch: &tarikh_roles::spans::Stretch| {
        let place = report.locate(doc.range_span(stretch.tokens));
        Span {
            start: place.start as usize,
            end: place.end as usize,
            kind: SCHEMES[first].kinds[stretch.kind],
        }
    };
    Ok(Prediction {
        id: input.id.clone(),
        spans: found.iter().map(span).collect(),
    })
}
