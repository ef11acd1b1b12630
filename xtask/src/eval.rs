//! What all evaluations share: inputs, predictions, the benchmark's own scorer.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tarikh_coder::{Coder, Workspace};
use tarikh_record::Coding;
use tarikh_text::Report;

use crate::workspace;

/// What the user chose.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// File of inputs; the benchmark's development side if `None`.
    pub(crate) inputs: Option<PathBuf>,
    /// File for predictions; under `out/eval/` if `None`.
    pub(crate) out: Option<PathBuf>,
    /// Whether single errors are printed, where the scorer can.
    pub(crate) errors: bool,
}

/// Evaluates on one benchmark: reads its lines, writes a prediction for each, and, where a line
/// carries gold, prints the scorer's table. `arguments` gives the scorer its gold and predictions.
///
/// # Errors
/// If the inputs cannot be read, the predictions not be made or written, or the scorer fails.
pub(crate) fn run<Line: DeserializeOwned, Prediction: Serialize>(
    name: &str,
    options: &Options,
    has_gold: impl Fn(&Line) -> bool,
    predict: impl FnOnce(&[Line]) -> anyhow::Result<Vec<Prediction>>,
    arguments: impl FnOnce(&mut Command, &Path, &Path),
) -> anyhow::Result<()> {
    let inputs = options.inputs(name, "dev.jsonl")?;
    let out = options.out(&format!("{name}.jsonl"))?;
    let lines: Vec<Line> = read_lines(&inputs)?;
    write_lines(&out, &predict(&lines)?)?;
    if !lines.iter().any(has_gold) {
        eprintln!("the inputs carry no gold: nothing to score");
        return Ok(());
    }
    let mut scorer = scorer(name, &inputs)?;
    arguments(&mut scorer, &inputs, &out);
    workspace::run(&mut scorer)
}

impl Options {
    /// The inputs: as given, or the file of that name in the folder of the benchmark.
    ///
    /// # Errors
    /// If there is no such file.
    pub(crate) fn inputs(&self, benchmark: &str, file: &str) -> anyhow::Result<PathBuf> {
        let path = match &self.inputs {
            Some(path) => path.clone(),
            None => folder(benchmark).join(file),
        };
        if !path.is_file() {
            bail!(
                "no inputs at {}: name a file of that form with --inputs",
                path.display()
            );
        }
        Ok(path)
    }

    /// Where predictions go: as given, or the file of that name under `out/eval`. Its folder is
    /// made if it is missing.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub(crate) fn out(&self, file: &str) -> anyhow::Result<PathBuf> {
        let path = match &self.out {
            Some(path) => path.clone(),
            None => workspace::root().join("out/eval").join(file),
        };
        workspace::create_folder_of(&path)?;
        Ok(path)
    }
}

/// The folder of a benchmark beside the workspace.
fn folder(benchmark: &str) -> PathBuf {
    workspace::shared().join("bench").join(benchmark)
}

/// Reads a file of JSON lines; empty lines are passed over.
///
/// # Errors
/// If the file cannot be read or a line is not of that form; the error names the line.
pub(crate) fn read_lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = workspace::read_to_string(path)?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), i + 1))
        })
        .collect()
}

/// Writes rows as JSON lines.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn write_lines<T: Serialize>(path: &Path, rows: &[T]) -> anyhow::Result<()> {
    let mut text = String::new();
    for row in rows {
        text.push_str(&serde_json::to_string(row)?);
        text.push('\n');
    }
    workspace::write(path, &text)?;
    eprintln!("wrote {} predictions to {}", rows.len(), path.display());
    Ok(())
}

/// Codes reports on all cores; codings come in the reports' order.
pub(crate) fn code(reports: &[Report]) -> Vec<Coding> {
    let coder = Coder::new();
    let start = Instant::now();
    let codings = reports
        .par_iter()
        .map_init(Workspace::default, |workspace, report| {
            coder.code(report, workspace)
        })
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "coded {} reports in {seconds:.2} s ({:.0} a second)",
        reports.len(),
        reports.len() as f64 / seconds
    );
    codings
}

/// The scorer that lies beside the inputs, or else in the benchmark's own folder.
fn scorer(name: &str, inputs: &Path) -> anyhow::Result<Command> {
    let candidates = [
        inputs.with_file_name("score.py"),
        folder(name).join("score.py"),
    ];
    let Some(scorer) = candidates.into_iter().find(|path| path.is_file()) else {
        bail!(
            "predictions are not scored: no score.py beside {}",
            inputs.display()
        );
    };
    let mut command = Command::new("python3");
    command.arg(scorer);
    Ok(command)
}

/// Says which part of a benchmark comes next.
pub(crate) fn announce(part: &str) {
    eprintln!("\n{part}");
}

/// The arguments of most scorers: gold, then predictions.
pub(crate) fn gold_then_predictions(scorer: &mut Command, gold: &Path, predictions: &Path) {
    scorer.args([gold, predictions]);
}
