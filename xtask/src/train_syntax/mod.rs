//! `train syntax`: the models of the syntax layer, from the treebanks of Universal Dependencies.
//!
//! Everything is deterministic: one fixed seed, one thread, sorted output.

mod clusters;
mod corpora;
mod domain;
mod endings;
mod forms;
mod marks;
mod mentions;
mod names;
mod parser;
pub(crate) mod perceptron;
pub(crate) mod random;
mod routine;
pub(crate) mod silver;
mod tagger;
mod treebank;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

/// Trains all models from the treebanks under `data_dir` (`ud/`, `ner/`) and writes them into
/// `out_dir`. Scores on the development sides go to standard error.
///
/// # Errors
/// When a file is missing or malformed, or cannot be written.
pub(crate) fn run(data_dir: &Path, out_dir: &Path) -> Result<()> {
    let started = Instant::now();
    let log = |what: &str| progress(&format!("{:6.1}s  {what}", started.elapsed().as_secs_f32()));
    let (mut train, mut dev) = treebank::load(&data_dir.join("ud"))?;
    log(&format!(
        "read {} sentences, {} words",
        train.sentences.len(),
        train.sentences.iter().map(|s| s.gold.len()).sum::<usize>()
    ));
    fs::create_dir_all(out_dir).with_context(|| format!("cannot make {}", out_dir.display()))?;
    let write = |name: &str, bytes: &[u8]| {
        log(&format!("{name}: {} bytes", bytes.len()));
        let path = out_dir.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    write("tags.bin", &train.tags.encode())?;
    let forms = forms::read()?;
    write("lemmas.bin", &endings::lemmas(&train.examples, &forms))?;
    write("morphology.bin", &endings::morphology(&train.examples))?;
    let mut text = corpora::read(data_dir, &log)?;
    text.extend(
        train
            .sentences
            .iter()
            .map(|s| s.plain().iter().map(|w| w.norm).collect()),
    );
    log(&format!(
        "read {} sentences of raw text, {} words",
        text.len(),
        text.iter().map(Vec::len).sum::<usize>()
    ));
    let clusters = clusters::learn(&text);
    let silver = silver::read(data_dir, &train.tags, &|_| ())?;
    log(&format!("silver trees of {} sentences", silver.len()));
    train.sentences.extend(silver);
    log(&format!("clusters of {} words", clusters.len()));
    let marks = marks::read(&train)?;
    log(&format!("marks of {} words", marks.len()));
    let words = tagger::Words {
        clusters: &clusters,
        marks: &marks,
        forms: &forms::tags(&forms),
    };
    let tagger = tagger::train(&train, &words)?;
    write("lexicon.bin", &tagger.lexicon)?;
    write("tagger.bin", &tagger.weights)?;
    log(&tagger::report(&tagger, &dev, &train.tags)?);
    let predicted = tagger::jackknife(&train, &words)?;
    log("tags for the parser");
    let (lexicon, _) = tagger.open()?;
    train.look_up(&lexicon);
    for (_, treebank) in &mut dev {
        treebank.look_up(&lexicon);
    }
    let dev_tags = tagger::predict_all(&tagger, &dev)?;
    let parsers = parser::train(&train, &predicted, &dev, &dev_tags, &log)?;
    write("guide.bin", &parsers.guide)?;
    write("parser.bin", &parsers.parser)?;
    write(
        "names.bin",
        &names::train(&data_dir.join("ner"), &train, &predicted, &parsers)?,
    )?;
    log("names");
    write(
        "mentions.bin",
        &mentions::train(&data_dir.join("ner"), &train, &predicted, &parsers)?,
    )?;
    log("noun phrases");
    let bytes = routine::learn(data_dir, out_dir, &mut train)?;
    write("routine.bin", &bytes)
}

/// Learns again what the parser in `out_dir` always does, and nothing else.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_routine(data_dir: &Path, out_dir: &Path) -> Result<()> {
    let (mut train, _) = treebank::load(&data_dir.join("ud"))?;
    let bytes = routine::learn(data_dir, out_dir, &mut train)?;
    progress(&format!("routine.bin: {} bytes", bytes.len()));
    fs::write(out_dir.join("routine.bin"), bytes).context("cannot write routine.bin")
}

#[expect(clippy::print_stderr, reason = "progress of a command")]
fn progress(line: &str) {
    eprintln!("{line}");
}
