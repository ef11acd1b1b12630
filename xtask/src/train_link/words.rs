//! How rare words are among reports on violence, counted on the training sides of the benchmarks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

use crate::{eval, workspace};

/// Reports on violence in Latin America, South Asia and elsewhere.
const SOURCES: &[&str] = &[
    "muc4/train.jsonl",
    "relevance/satp.train.jsonl",
    "relevance/insightcrime.train.jsonl",
    "relevance/ipe_docs.train.jsonl",
];

/// A word that one report in so many has is as rare as any.
const RAREST: f64 = 1000.0;

/// Words above this are not written: they count as rare.
const RARE: f64 = 0.85;

#[derive(Deserialize)]
struct Line {
    title: Option<String>,
    text: String,
}

/// Counts words and writes `link-words.txt` into `out`.
pub(super) fn write(data: &Path, out: &Path) -> Result<()> {
    let mut n_reports = 0.0;
    let mut n_with: BTreeMap<String, f64> = BTreeMap::new();
    for source in SOURCES {
        let lines: Vec<Line> = eval::read_lines(&data.join(source))?;
        for line in lines {
            n_reports += 1.0;
            let text = format!("{}\n{}", line.title.unwrap_or_default(), line.text);
            let words: BTreeSet<String> = tarikh_link::words(&text).into_iter().collect();
            for word in words {
                *n_with.entry(word).or_default() += 1.0;
            }
        }
    }
    let mut text = String::new();
    for (word, n) in n_with {
        let rarity = ((n_reports / n).ln() / RAREST.ln()).clamp(0.0, 1.0);
        if rarity <= RARE && word.chars().all(|c| c.is_ascii_lowercase()) {
            text += &format!("{word} {rarity:.2}\n");
        }
    }
    workspace::write(&out.join("link-words.txt"), &text)
}
