//! `cargo xtask eval timeml`: time expressions against TimeML gold (the README beside the benchmark
//! has format and scorer).

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use tarikh_syntax::{Analyzer, Sent, Workspace};
use tarikh_text::{Metadata, Report};
use tarikh_time::{Context, Recognizer};

use crate::eval::{self, Options};

/// What the recogniser is told of a document; gold expressions are only looked for, never read.
#[derive(Deserialize)]
struct Input {
    id: String,
    /// Creation time: `YYYY-MM-DD`, with or without `THH:MM[:SS]`.
    dct: Option<String>,
    text: String,
    timexes: Option<IgnoredAny>,
}

/// Finds the expressions, writes predictions and, where the inputs carry gold, prints the scorer's
/// table.
///
/// # Errors
/// If the inputs cannot be read, the predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let recognizer = Recognizer::new();
    let analyzer = Analyzer::new();
    eval::run(
        "timeml",
        options,
        |line: &Input| line.timexes.is_some(),
        |lines| {
            lines
                .iter()
                .map(|line| predict(&recognizer, &analyzer, line))
                .collect()
        },
        eval::gold_then_predictions,
    )
}

fn predict(recognizer: &Recognizer, analyzer: &Analyzer, input: &Input) -> anyhow::Result<Value> {
    let report = Report::new(Metadata::default(), &input.text);
    // With tags, as the coder reads times.
    let mut doc = analyzer.tokenize(&report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    let published = match input.dct.as_deref().and_then(|dct| dct.get(..10)) {
        Some(day) => Some(
            day.parse()
                .with_context(|| format!("{}: dct {day:?}", input.id))?,
        ),
        None => None,
    };
    let context = Context {
        published,
        ..Context::default()
    };
    let timexes: Vec<Value> = recognizer
        .find(&doc, &context)
        .iter()
        .map(|timex| {
            let place = report.locate(timex.span);
            json!({
                "start": place.start,
                "end": place.end,
                "type": timex.kind.as_str(),
                "value": timex.value,
                "mod": timex.modifier,
            })
        })
        .collect();
    Ok(json!({ "id": input.id, "timexes": timexes }))
}
