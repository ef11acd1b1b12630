//! `cargo bench -p tarikh`: how fast the program codes, how much memory it takes and how soon it
//! starts.
//!
//! Measured is the program itself, from the command line to its exit, on 10,000 reports: the news
//! benchmark's development side repeated, or the sample reports where that is absent. The table is
//! Markdown, to be appended to `results.md` beside this file.
#![expect(clippy::print_stdout, reason = "the table is the output")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};

/// Reports in the large run.
const N_REPORTS: usize = 10_000;

/// Starts that the median is taken of.
const N_STARTS: usize = 21;

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (source, reports) = reports(&root)?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let many = folder.join("bench-reports.jsonl");
    let one = folder.join("bench-report.jsonl");
    let n_bytes = write_repeated(&many, &reports, N_REPORTS)?;
    write_repeated(&one, &reports, 1)?;
    let megabytes = n_bytes as f64 / 1e6;

    println!("\n{} on {}", commit(&root), machine());
    println!("{N_REPORTS} reports of {source}, {megabytes:.1} MB of text\n");
    println!("| measure | time | reports a second | MB a second | peak memory |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let n_cores = std::thread::available_parallelism()?.get();
    for n_threads in if n_cores == 1 {
        vec![1]
    } else {
        vec![1, n_cores]
    } {
        let (time, peak) = run(&many, N_REPORTS, n_threads)?;
        let seconds = time.as_secs_f64();
        println!(
            "| {n_threads} thread{} | {seconds:.2} s | {:.0} | {:.1} | {} |",
            if n_threads == 1 { "" } else { "s" },
            N_REPORTS as f64 / seconds,
            megabytes / seconds,
            peak.map_or("unknown".into(), |kilobytes| format!(
                "{} MB",
                kilobytes / 1024
            )),
        );
    }
    let mut starts = (0..N_STARTS)
        .map(|_| run(&one, 1, 1).map(|(time, _)| time))
        .collect::<anyhow::Result<Vec<_>>>()?;
    starts.sort_unstable();
    println!(
        "| start to first coded report, median of {N_STARTS} | {:.0} ms | | | |",
        starts[N_STARTS / 2].as_secs_f64() * 1e3
    );
    Ok(())
}

/// What is coded, in words, and the reports as the program reads them.
fn reports(root: &Path) -> anyhow::Result<(&'static str, Vec<Value>)> {
    let news = root.join("../shared/bench/news/dev.jsonl");
    if let Ok(lines) = fs::read_to_string(news) {
        let mut reports = lines
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<Value>, _>>()?;
        for report in reports.iter_mut().filter_map(Value::as_object_mut) {
            report.remove("incidents"); // the gold is no part of the input
        }
        return Ok(("the news benchmark's development side", reports));
    }
    let mut paths = fs::read_dir(root.join("examples/reports"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let reports = paths
        .iter()
        .map(|path| Ok(json!({"published": "2026-11-23", "text": fs::read_to_string(path)?})))
        .collect::<std::io::Result<_>>()?;
    Ok(("the sample reports", reports))
}

/// Writes `n` reports, each with an id of its own, and gives the bytes of their texts.
fn write_repeated(path: &Path, reports: &[Value], n: usize) -> anyhow::Result<usize> {
    let (mut lines, mut n_bytes) = (String::new(), 0);
    for (i, report) in reports.iter().cycle().take(n).enumerate() {
        let mut report = report.clone();
        report["id"] = json!(format!("bench-{i}"));
        n_bytes += report["text"].as_str().map_or(0, str::len);
        writeln!(lines, "{report}")?;
    }
    fs::write(path, lines).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(n_bytes)
}

/// Codes a file of `n` reports: wall time, and peak resident memory in kilobytes where the system
/// tells it.
fn run(reports: &Path, n: usize, n_threads: usize) -> anyhow::Result<(Duration, Option<u64>)> {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tarikh"))
        .args(["code", "--format", "jsonl", "--threads"])
        .arg(n_threads.to_string())
        .arg(reports)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take().context("the output is piped")?;
    let n_records = std::thread::spawn(move || BufReader::new(output).split(b'\n').count());
    // The high-water mark only rises, so the last reading before the end is the peak, but for
    // what was allocated in the last millisecond.
    let mut peak = None;
    let status = loop {
        peak = peak.max(high_water_mark(&child));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let time = start.elapsed();
    let n_records = n_records.join().unwrap_or_default();
    if !status.success() || n_records != n {
        bail!("tarikh wrote {n_records} records for {n} reports ({status})");
    }
    Ok((time, peak))
}

/// `VmHWM` of the process in kilobytes; `None` where there is no `/proc`.
fn high_water_mark(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn commit(root: &Path) -> String {
    let output = Command::new("git")
        .args(["describe", "--always", "--dirty"])
        .current_dir(root)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            format!("Commit {}", String::from_utf8_lossy(&output.stdout).trim())
        }
        _ => "Unknown commit".into(),
    }
}

/// Processor and number of cores, in words.
fn machine() -> String {
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| {
            rest.trim_start_matches([' ', '\t', ':'])
        });
    format!("{n_cores} cores of {model}, {}", std::env::consts::OS)
}
