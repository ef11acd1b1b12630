//! No words of a benchmark may stand in the project: its texts belong to others, and a rule or a test
//! made from them would fit the exam. Twelve words in a row that also stand in a benchmark are
//! taken for a copy.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rustc_hash::FxHashMap;

use crate::{tidy, workspace};

/// Long enough that phrases of the trade and names do not meet by chance: the longest names of armed
/// groups have ten words.
const N_WORDS: usize = 12;

/// Files that are not prose; generated or packed files above this size, in bytes, are not either.
const MAX_BYTES: u64 = 500_000;

/// Folders and files of the shared folder that hold texts.
const SOURCES: &[&str] = &[
    "bench/news",
    "bench/muc4",
    "bench/timeml",
    "bench/geo",
    "bench/eventcoding",
    "seed/report.txt",
];

/// Checks all text files of the project against the benchmarks, where these are at hand.
///
/// # Errors
/// If words are copied; each place is printed with file and line.
pub(crate) fn check() -> anyhow::Result<()> {
    let sources = sources()?;
    if sources.is_empty() {
        eprintln!("   skipped: no benchmarks beside the project");
        return Ok(());
    }
    let ours = project_runs()?;
    let mut copied: Vec<&Place> = Vec::new();
    for source in &sources {
        for text in texts(source)? {
            copied.extend(runs(&text).filter_map(|(run, _)| ours.get(&run)));
        }
    }
    copied.sort_unstable();
    copied.dedup();
    for (path, line) in &copied {
        eprintln!("{path}:{line}: {N_WORDS} words that also stand in a benchmark");
    }
    if !copied.is_empty() {
        bail!("{} copied", copied.len());
    }
    Ok(())
}

/// A file of the project and a line in it, from 1.
type Place = (String, usize);

/// Every run of words in the project and where it begins.
fn project_runs() -> anyhow::Result<FxHashMap<u64, Place>> {
    let mut ours = FxHashMap::default();
    for path in tidy::text_files()? {
        let full = workspace::root().join(&path);
        if full
            .metadata()
            .is_ok_and(|metadata| metadata.len() <= MAX_BYTES)
        {
            let text = workspace::read_to_string(&full)?;
            for (run, start) in runs(&text) {
                let line = 1 + text[..start].matches('\n').count();
                ours.entry(run).or_insert_with(|| (path.clone(), line));
            }
        }
    }
    Ok(ours)
}

fn sources() -> anyhow::Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for name in SOURCES {
        let path = workspace::shared().join(name);
        if path.is_file() {
            sources.push(path);
        } else if path.is_dir() {
            let entries = std::fs::read_dir(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
            sources.extend(files.filter(|file| file.extension().is_some_and(|e| e == "jsonl")));
        }
    }
    sources.sort();
    Ok(sources)
}

/// The reports of a benchmark's file: the titles and texts of JSON lines, or a plain text as a whole.
fn texts(path: &Path) -> anyhow::Result<Vec<String>> {
    let content = workspace::read_to_string(path)?;
    if path.extension().is_none_or(|ending| ending != "jsonl") {
        return Ok(vec![content]);
    }
    let mut texts = Vec::new();
    for line in content.lines() {
        let report: serde_json::Value =
            serde_json::from_str(line).with_context(|| format!("reading {}", path.display()))?;
        let fields = ["title", "text"]
            .iter()
            .filter_map(|field| report[*field].as_str());
        texts.extend(fields.map(str::to_owned));
    }
    Ok(texts)
}

/// Hashes of all runs of [`N_WORDS`] words, with the byte where each begins. Case and punctuation do
/// not count.
fn runs(text: &str) -> impl Iterator<Item = (u64, usize)> {
    let words: Vec<(u64, usize)> = words(text).collect();
    let n_runs = (words.len() + 1).saturating_sub(N_WORDS);
    (0..n_runs).map(move |i| {
        let hashes = words[i..i + N_WORDS].iter().map(|(hash, _)| *hash);
        (hashes.fold(0, combine), words[i].1)
    })
}

fn words(text: &str) -> impl Iterator<Item = (u64, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let word = &rest[start..];
        let len = word
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(word.len());
        let at = text.len() - word.len();
        rest = &word[len..];
        let letters = word[..len].chars().flat_map(char::to_lowercase);
        Some((letters.map(u64::from).fold(0, combine), at))
    })
}

/// One step of a polynomial hash.
const fn combine(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        runs(text).map(|(hash, _)| hash).collect()
    }

    #[test]
    fn case_and_punctuation_do_not_hide_a_copy() {
        let one = "One two three, four five six seven eight nine ten eleven twelve.";
        let same = "x\n\"ONE two\nthree four; five six seven eight nine — ten, eleven twelve";
        assert_eq!(hashes(one).len(), 1);
        assert!(hashes(same).contains(&hashes(one)[0]));
        assert_eq!(
            runs(same).nth(1).map(|(_, start)| &same[start..start + 3]),
            Some("ONE")
        );
    }

    #[test]
    fn order_counts_and_short_texts_have_no_runs() {
        let one = "one two three four five six seven eight nine ten eleven twelve";
        let other = "two one three four five six seven eight nine ten eleven twelve";
        assert_ne!(hashes(one), hashes(other));
        assert!(hashes("one two three").is_empty());
        assert!(hashes("").is_empty());
    }
}
