//! Bytes and open time of the gazetteer, its memory, look-ups and fuzzy look-ups, and toponyms per second.
//!
//! `cargo bench -p tarikh-place --bench speed`

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tarikh_place::{Gazetteer, Hints, Resolver};
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};

/// News as the coder meets it, of several countries.
const NEWS: &[&str] = &[
    "Gunmen killed nine farmers in the village of Dunmarra, some 30 km north of Sevare in central Mali, on \
     Saturday, officials in Bamako said. The army sent troops from Mopti and Gao.",
    "Shelling hit two districts of Kharkiv and a bridge on the road from Izyum to Lyman on Monday, the \
     governor of the Donetsk region said. Moscow denied it; Washington and Berlin condemned it.",
    "A bomb went off near a mosque in the Karrada district of Baghdad, killing four. In Syria's Idlib \
     province, three people from Aleppo died when Turkish drones struck a camp close to the border.",
    "No group has claimed responsibility. Jordan Wells, who works for the Dunmar Post, said that he had \
     heard shooting; the road to Corva stayed closed to traffic.",
];

/// Look-ups between two looks at the clock.
const BATCH: u32 = 64;

/// How long each row is measured: many ticks of the system's clock.
const LONG_ENOUGH: Duration = Duration::from_millis(500);

fn main() {
    let bytes = include_bytes!("../../../data/gazetteer/world.gaz").len();
    println!("gazetteer: {:.1} MB", bytes as f64 / 1e6);
    let before = resident_kib();
    let started = Instant::now();
    let world = Gazetteer::embedded();
    println!("open: {:.1} us", started.elapsed().as_secs_f64() * 1e6);

    println!("{:>26} {:>12}", "look-up", "us each");
    for name in ["Gao", "Springfield", "Deir ez-Zor", "Nosuchplace"] {
        row(name, || black_box(world.lookup(black_box(name))).len());
    }
    let endless = "Bamako".repeat(834);
    for name in [
        "Boulkessy",
        "Maidugury",
        "Chasiv Yarr",
        "Dnipropetrovks",
        &endless,
    ] {
        let label = format!("fuzzy {}", &name[..name.len().min(16)]);
        row(&label, || {
            black_box(world.similar(black_box(name), 2)).len()
        });
    }

    let analyzer = Analyzer::new();
    let resolver = Resolver::new(&world);
    println!(
        "{:>10} {:>8} {:>10} {:>12} {:>12}",
        "text", "tokens", "toponyms", "toponyms/s", "MB of text/s"
    );
    for times in [1, 10, 100] {
        let doc = document(&analyzer, &NEWS.repeat(5 * times).join("\n\n"));
        let find = || black_box(resolver.find(black_box(&doc), &Hints::default())).len();
        let (seconds, n) = measure(find);
        println!(
            "{:>10} {:>8} {n:>10} {:>12.0} {:>12.1}",
            format!("news x{times}"),
            doc.len(),
            n as f64 / seconds,
            doc.text().len() as f64 / 1e6 / seconds
        );
    }
    if let (Some(before), Some(after)) = (before, resident_kib()) {
        println!(
            "memory, gazetteer pages touched and models included: {} MiB",
            after.saturating_sub(before) / 1024
        );
    }
}

fn row(name: &str, run: impl Fn() -> usize) {
    // Reading the time costs more than a look-up.
    let batch = || (1..BATCH).fold(run(), |_, _| run());
    let (seconds, n) = measure(batch);
    let seconds = seconds / f64::from(BATCH);
    println!("{name:>26} {:>12.2}   {n} found", seconds * 1e6);
}

/// Seconds of computing that one run takes, and what it gave.
fn measure(run: impl Fn() -> usize) -> (f64, usize) {
    let (started, mut n_runs) = (time_used(), 0u32);
    loop {
        let n = run();
        n_runs += 1;
        let used = time_used().saturating_sub(started);
        if used >= LONG_ENOUGH {
            return (used.as_secs_f64() / f64::from(n_runs), n);
        }
    }
}

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

fn document(analyzer: &Analyzer, text: &str) -> Doc {
    let report = Report::new(Metadata::default(), text);
    let mut doc = analyzer.tokenize(&report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    doc
}

/// Memory of this process, where the system tells it (Linux).
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
