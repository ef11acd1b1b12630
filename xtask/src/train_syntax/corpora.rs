//! The raw text that word classes are learned from: training sides of the benchmarks.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use tarikh_syntax::{Doc, Tokenizer, lexeme};
use tarikh_text::{Metadata, Report};

/// Files under the folder of benchmarks: one JSON object with a `text` a line.
const FILES: [&str; 7] = [
    "muc4/train.jsonl",
    "relevance/bbc.train.jsonl",
    "relevance/insightcrime.train.jsonl",
    "relevance/ipe_docs.train.jsonl",
    "relevance/satp.train.jsonl",
    "timeml/train.jsonl",
    "actors/re3d.train.jsonl",
];

/// The files whose sentences a teacher has parsed: see [`super::silver`].
pub(crate) const SILVER: [&str; 6] = [
    "muc4/train.jsonl",
    "relevance/cameo_class.train.jsonl",
    "relevance/insightcrime.train.jsonl",
    "relevance/ipe_sents.train.jsonl",
    "relevance/satp.train.jsonl",
    "timeml/train.jsonl",
];

#[derive(Deserialize)]
struct Line {
    text: String,
}

/// The sentences of the corpora under `data`, each word as its `Lexeme::norm`. A file that is not
/// there is passed over, and named by `log`.
pub(crate) fn read(data: &Path, log: &dyn Fn(&str)) -> Result<Vec<Vec<u32>>> {
    let mut out = Vec::new();
    let mut words = Vec::new();
    documents(data, log, &mut |doc| {
        for sentence in doc.sentences() {
            lexeme::read(doc, sentence.tokens, &mut words);
            out.push(words.iter().map(|w| w.norm).collect());
        }
    })?;
    Ok(out)
}

/// The documents of the corpora, in tokens. A file that is not there is passed over.
pub(crate) fn documents(data: &Path, log: &dyn Fn(&str), each: &mut dyn FnMut(&Doc)) -> Result<()> {
    documents_of(&FILES, data, log, &mut |_, doc| each(doc))
}

/// The documents of some files, each with the name of its file.
pub(crate) fn documents_of(
    files: &[&str],
    data: &Path,
    log: &dyn Fn(&str),
    each: &mut dyn FnMut(&str, &Doc),
) -> Result<()> {
    let tokenizer = Tokenizer::new();
    for name in files {
        let path = data.join(name);
        if !path.exists() {
            log(&format!("no {name}: nothing is learned from it"));
            continue;
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (at, line) in text.lines().enumerate() {
            let line: Line = serde_json::from_str(line)
                .with_context(|| format!("{}:{}", path.display(), at + 1))?;
            let report = Report::new(Metadata::default(), &line.text);
            each(name, &tokenizer.tokenize_all(&report));
        }
    }
    Ok(())
}
