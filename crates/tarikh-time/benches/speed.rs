//! Time expressions per second, nanoseconds per token, memory, and whether the time grows in line
//! with the text.
//!
//! `cargo bench -p tarikh-time --bench speed`

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};
use tarikh_time::{Context, Recognizer};

/// News as the coder meets it, some of it full of times and some without any.
const NEWS: &[&str] = &[
    "Gunmen on motorcycles killed at least nine farmers in the village of Bessan late on Saturday, \
     local officials said on Monday. Two days earlier the same group had burned a market near Elsk, \
     and in the past three weeks 40 people have died in the district.",
    "\"We heard shooting and ran into the fields,\" said Awa Keita, a 34-year-old teacher who fled \
     with her two children. \"They didn't stop.\" A spokesman for the joint force told reporters in \
     Dunmar that three soldiers had been wounded by a roadside bomb and that 1,200 rounds were found.",
    "The attack began at around 4 a.m. local time on 14 November and went on until dawn. It was the \
     third since Jan. 12, and the deadliest since the night of 3 to 4 May 2019. Talks will be held \
     between 2 and 4 December, the mission said, or in the first week of January.",
    "No group has claimed responsibility. The mission condemned the killings and called on the \
     authorities of Elsk to investigate; a toll of 14, given by a hospital source on condition of \
     anonymity, couldn't be verified. The road to Corva stayed closed to traffic.",
];

fn main() {
    let before = resident_kib();
    let started = Instant::now();
    let recognizer = Recognizer::new();
    let opened = started.elapsed();
    let after = resident_kib();
    println!("open the rules: {:.2} ms", opened.as_secs_f64() * 1e3);
    if let (Some(before), Some(after)) = (before, after) {
        println!("memory of the rules: {} KiB", after.saturating_sub(before));
    }
    println!(
        "{:>14} {:>9} {:>12} {:>11} {:>14} {:>16}",
        "text", "tokens", "expressions", "ns/token", "MB of text/s", "expressions/s"
    );
    let analyzer = Analyzer::new();
    for times in [1, 10, 100] {
        let news = document(&analyzer, &NEWS.repeat(5 * times).join("\n\n"));
        row(&format!("news x{times}"), &recognizer, &news);
    }
    for times in [1, 10, 100] {
        let digits = document(&analyzer, &"1234567890 ".repeat(10_000 * times));
        row(&format!("digits x{times}"), &recognizer, &digits);
    }
    let words = document(&analyzer, &"twenty Monday to early 3 - ".repeat(20_000));
    row("time words", &recognizer, &words);
}

/// Prints how fast the document is read.
fn row(name: &str, recognizer: &Recognizer, doc: &Doc) {
    let context = Context {
        published: "2020-11-18".parse().ok(),
        ..Context::default()
    };
    let (started, mut n_runs) = (time_used(), 0u32);
    let (used, n_expressions) = loop {
        let n_expressions = black_box(recognizer.find(black_box(doc), &context)).len();
        n_runs += 1;
        let used = time_used().saturating_sub(started);
        if used >= LONG_ENOUGH {
            break (used, n_expressions);
        }
    };
    let seconds = used.as_secs_f64() / f64::from(n_runs);
    let n_tokens = doc.len().max(1);
    println!(
        "{name:>14} {n_tokens:>9} {n_expressions:>12} {:>11.0} {:>14.1} {:>16.0}",
        seconds * 1e9 / n_tokens as f64,
        doc.text().len() as f64 / 1e6 / seconds,
        n_expressions as f64 / seconds
    );
}

fn document(analyzer: &Analyzer, text: &str) -> Doc {
    let report = Report::new(Metadata::default(), text);
    let mut doc = analyzer.tokenize(&report);
    // Tags of what is read as news; the rest is read without.
    if text.starts_with(NEWS[0]) {
        let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
        analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    }
    doc
}

/// How long each row is measured: many ticks of the system's clock.
const LONG_ENOUGH: Duration = Duration::from_millis(400);

/// Time that this thread has spent computing, where the system tells it (Linux): other programs on
/// the machine don't count. Elsewhere the time on the clock.
fn time_used() -> Duration {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let computing = || {
        let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        line.split_whitespace().next()?.parse().ok()
    };
    computing().map_or_else(|| STARTED.elapsed(), Duration::from_nanos)
}

/// Memory of this process, where the system tells it (Linux).
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
