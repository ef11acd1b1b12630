//! `train spans`: the model of stretches, from the training sides of the benchmark `actors`.
//!
//! Everything is deterministic: one fixed seed, one thread, sorted output.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use tarikh_roles::spans::{CLASSES, OUTSIDE, SCHEMES, Stretch, Words, best, classes, forbid};
use tarikh_syntax::linear::Weights;
use tarikh_syntax::{Analyzer, Doc, Tok, TokRange, Workspace};
use tarikh_text::{Metadata, Report};

use crate::train_syntax::perceptron::Perceptron;
use crate::train_syntax::random::Random;
use crate::{eval, workspace};

const EPOCHS: usize = 8;

/// Largest size of the model; the smallest weights are left out until it fits.
const BYTES: usize = 600_000;

/// Mistakes that a feature must take part in before it counts.
const MIN_UPDATES: u32 = 2;

/// Mark of the licences under which a text may not teach what is given away.
const NON_COMMERCIAL: &str = "-NC";

const SEED: u64 = 20_264;

/// A text with its spans.
#[derive(Deserialize)]
struct Line {
    id: String,
    /// The report of a sentence.
    #[serde(default)]
    doc: String,
    #[serde(default)]
    licence: String,
    text: String,
    spans: Vec<Span>,
}

/// A span of code points.
#[derive(Deserialize)]
struct Span {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: String,
}

/// An analysed text with the right class of each word in one scheme.
struct Sample {
    scheme: usize,
    doc: Doc,
    outer: Vec<u8>,
    right: Vec<u8>,
}

/// Trains the model from the files of `actors` under `data` and writes it into `out`.
///
/// # Errors
/// When a file is missing or malformed, or the model cannot be written.
pub(crate) fn run(data: &Path, out: &Path) -> Result<()> {
    let mut samples = Vec::new();
    let mut closed: BTreeSet<String> = BTreeSet::new();
    for file in ["cameo_ner", "re3d", "re3d_sents"] {
        let lines: Vec<Line> = eval::read_lines(&data.join(format!("actors/{file}.train.jsonl")))?;
        let restricted = lines.iter().filter(|l| l.licence.contains(NON_COMMERCIAL));
        closed.extend(restricted.map(|l| l.id.clone()));
        let open = lines.iter();
        let open = open.filter(|l| !closed.contains(&l.id) && !closed.contains(&l.doc));
        samples.extend(open.flat_map(|line| read(file, line)));
    }
    let bytes = train(&samples);
    workspace::write_bytes(&out.join("spans.bin"), &bytes)
}

fn train(samples: &[Sample]) -> Vec<u8> {
    let words: Vec<Words<'_>> = samples.iter().map(|s| Words::new(&s.doc)).collect();
    let mut model = Perceptron::new(MIN_UPDATES);
    let mut random = Random::new(SEED);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for &i in &order {
            learn(&mut model, &samples[i], &words[i]);
        }
    }
    model.encode(CLASSES, BYTES)
}

fn learn(model: &mut Perceptron, sample: &Sample, words: &Words<'_>) {
    for sentence in sample.doc.sentences() {
        let mut before = OUTSIDE;
        for t in sentence.tokens.iter() {
            let features = words.features(sample.scheme, t, before, sample.outer[t.idx()]);
            let mut scores = [0i32; CLASSES];
            for &feature in &features {
                model.add(feature, &mut scores);
            }
            forbid(&mut scores, sample.scheme, before);
            let guess = best(&scores);
            let right = usize::from(sample.right[t.idx()]);
            model.tick();
            // After a wrong guess the right class may be forbidden: nothing to learn from that.
            if guess != right && scores[right] != i32::MIN {
                model.update(&features, right, guess);
            }
            before = guess as u8;
        }
    }
}

/// The samples of a text: one, or two where spans lie in one another.
fn read(file: &str, line: &Line) -> Vec<Sample> {
    let analyzed = |scheme: &str, outer: &[Stretch], inner: &[Stretch], doc: &Doc| {
        let scheme = SCHEMES.iter().position(|s| s.name == scheme)?;
        Some(Sample {
            scheme,
            outer: classes(doc, outer),
            right: classes(doc, inner),
            doc: doc.clone(),
        })
    };
    let (report, doc) = analyse(&line.text);
    let Some(scheme) = SCHEMES.iter().position(|s| s.name == file) else {
        return Vec::new();
    };
    let (outer, inner) = layers(stretches(scheme, &report, &doc, &line.spans));
    let first = analyzed(file, &[], &outer, &doc);
    let second = analyzed(&format!("{file}_inside"), &outer, &inner, &doc);
    first.into_iter().chain(second).collect()
}

/// Reads a text whole.
pub(crate) fn analyse(text: &str) -> (Report, Doc) {
    thread_local! {
        static ANALYZER: Analyzer = Analyzer::new();
    }
    let metadata = Metadata {
        language: Some("en".into()),
        ..Metadata::default()
    };
    let report = Report::new(metadata, text);
    let doc = ANALYZER.with(|analyzer| {
        let mut doc = analyzer.tokenize_all(&report);
        let sentences: Vec<_> = (0..doc.sentences().len() as u32)
            .map(tarikh_syntax::Sent)
            .collect();
        analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
        doc
    });
    (report, doc)
}

/// The gold stretches, longest first.
fn stretches(scheme: usize, report: &Report, doc: &Doc, spans: &[Span]) -> Vec<Stretch> {
    let places: Vec<(u32, u32)> = doc
        .tokens()
        .map(|t| report.locate(doc.span(t)))
        .map(|place| (place.start, place.end))
        .collect();
    let mut out: Vec<Stretch> = spans
        .iter()
        .filter_map(|span| {
            let kinds = SCHEMES[scheme].kinds;
            let kind = kinds.iter().position(|kind| *kind == span.kind)?;
            let start = places.partition_point(|place| place.1 <= span.start);
            let end = places.partition_point(|place| place.0 < span.end);
            let tokens = TokRange::new(Tok(start as u32), Tok(end as u32));
            (!tokens.is_empty()).then_some(Stretch { tokens, kind })
        })
        .collect();
    out.sort_by_key(|s| (std::cmp::Reverse(s.tokens.len()), s.tokens.start));
    out
}

/// The outermost stretches, and those that lie in them without overlap.
fn layers(stretches: Vec<Stretch>) -> (Vec<Stretch>, Vec<Stretch>) {
    let (mut outer, mut inner): (Vec<Stretch>, Vec<Stretch>) = (Vec::new(), Vec::new());
    for stretch in stretches {
        let is_apart =
            |others: &[Stretch]| !others.iter().any(|o| o.tokens.overlaps(stretch.tokens));
        if is_apart(&outer) {
            outer.push(stretch);
        } else if is_apart(&inner) {
            inner.push(stretch);
        }
    }
    (outer, inner)
}
