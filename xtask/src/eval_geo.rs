//! `cargo xtask eval geo`: place names and their points against the public geoparsing sets.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tarikh_place::{Gazetteer, Hints, PlaceClass, PlaceMention, PlaceRole, Resolver};
use tarikh_syntax::{Analyzer, Sent, Workspace};
use tarikh_text::{Metadata, Report};

#[derive(Deserialize)]
struct Input {
    id: String,
    corpus: String,
    text: String,
    domain: Option<String>,
    /// Only there where the answers are.
    toponyms: Option<serde::de::IgnoredAny>,
}

#[derive(Serialize)]
struct Prediction<'a> {
    id: &'a str,
    toponyms: Vec<Toponym>,
}

#[derive(Serialize)]
struct Toponym {
    start: u32,
    end: u32,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Reads the inputs, writes the predictions (beside the build by default) and, where the answers
/// are among the inputs, runs the benchmark's own scorer for each corpus.
///
/// # Errors
/// If a file cannot be read or written, or the scorer fails.
pub(crate) fn run(inputs: &Path, out: Option<&Path>) -> Result<()> {
    let text =
        std::fs::read_to_string(inputs).with_context(|| format!("reading {}", inputs.display()))?;
    let documents: Vec<Input> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", inputs.display(), i + 1))
        })
        .collect::<Result<_>>()?;
    let default = Path::new("out/eval/geo.jsonl");
    let out = out.unwrap_or(default);
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)?;
    }

    let analyzer = Analyzer::new();
    let gazetteer = Gazetteer::embedded();
    let resolver = Resolver::new(&gazetteer);
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    let mut seconds = 0.0;
    let mut workspace = Workspace::default();
    for document in &documents {
        let report = Report::new(Metadata::default(), &document.text);
        let mut doc = analyzer.tokenize_all(&report);
        let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
        analyzer.analyse(&mut doc, &sentences, &mut workspace);
        let started = Instant::now();
        let hints = Hints {
            domain: document.domain.as_deref(),
            dateline: report.dateline().map(|d| d.place),
            ..Hints::default()
        };
        let mentions = resolver.find(&doc, &hints);
        seconds += started.elapsed().as_secs_f64();
        let toponyms = mentions
            .iter()
            .filter(|m| matches!(m.role, PlaceRole::Location | PlaceRole::Metonym))
            // "The village" is no name.
            .filter(|m| m.rule != "named before")
            .map(|m| {
                let at = report.locate(doc.range_span(m.tokens));
                let (lat, lon) = point(&gazetteer, m, &mentions).unzip();
                Toponym {
                    start: at.start,
                    end: at.end,
                    lat,
                    lon,
                }
            })
            .collect();
        let line = Prediction {
            id: &document.id,
            toponyms,
        };
        serde_json::to_writer(&mut file, &line)?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    eprintln!(
        "{} documents, {:.0} a second (places only), predictions in {}",
        documents.len(),
        documents.len() as f64 / seconds.max(1e-9),
        out.display()
    );
    if documents.iter().any(|d| d.toponyms.is_none()) {
        return Ok(());
    }
    score(inputs, out, &documents)
}

/// The sets score a point for countries and regions too: the gazetteer's.
fn point(
    gazetteer: &Gazetteer,
    mention: &PlaceMention,
    all: &[PlaceMention],
) -> Option<(f64, f64)> {
    let outer = mention
        .contained_in
        .first()
        .and_then(|&o| all.get(o)?.entry);
    let entry = gazetteer.entry(mention.entry.or(outer)?);
    // A people's word has no point of its own.
    let place = match entry.class {
        PlaceClass::Demonym => gazetteer.country(entry.country)?,
        _ => entry,
    };
    Some((place.lat, place.lon))
}

fn score(gold: &Path, predictions: &Path, documents: &[Input]) -> Result<()> {
    let scorer = gold.with_file_name("score.py");
    let mut corpora: Vec<&str> = documents.iter().map(|d| d.corpus.as_str()).collect();
    corpora.sort_unstable();
    corpora.dedup();
    for corpus in corpora {
        println!("== {corpus}");
        let status = Command::new("python3")
            .arg(&scorer)
            .args([gold, predictions])
            .args(["--corpus", corpus])
            .status()
            .context("starting python3")?;
        anyhow::ensure!(status.success(), "{} failed: {status}", scorer.display());
    }
    Ok(())
}
