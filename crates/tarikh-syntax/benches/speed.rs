//! Words per second of each step, whether the time grows in line with the text, and peak memory.
//!
//! `cargo bench -p tarikh-syntax --bench speed`

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use tarikh_syntax::parser::{Input, Stack, State};
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace, lexeme, names, tagger};
use tarikh_text::{Metadata, Report};

const PARAGRAPHS: &[&str] = &[
    "Gunmen on motorcycles killed at least nine farmers in the village of Bessan late on Saturday, \
     local officials said. The attackers, who were believed to belong to a group allied with the \
     Corva Liberation Front, set fire to dozens of houses and stole cattle before the army arrived.",
    "\"We heard shooting and ran into the fields,\" said Awa Keita, a 34-year-old teacher who fled \
     with her two children. \"They didn't stop until dawn.\" Lt. Col. A. Sow, a spokesman for the \
     joint force, told reporters in Dunmar that three soldiers had been wounded by a roadside bomb.",
    "No group has claimed responsibility for the attack, the third of its kind since Jan. 12. The \
     U.N. mission condemned the killings and called on the authorities of Elsk to investigate; an \
     earlier toll of 14, given by a hospital source on condition of anonymity, couldn't be verified.",
];

fn main() {
    let started = Instant::now();
    let analyzer = Analyzer::new();
    println!(
        "open the models: {:.2} ms",
        started.elapsed().as_secs_f64() * 1e3
    );
    println!(
        "{:>9} {:>16} {:>16} {:>16}",
        "words", "tokens words/s", "trees words/s", "all words/s"
    );
    for times in [1, 10, 100] {
        let report = report(times);
        let mut workspace = Workspace::default();
        let (mut tokens, mut trees, mut words) = (Duration::MAX, Duration::MAX, 0);
        for _ in 0..1 + 20 / times {
            let started = Instant::now();
            let mut doc = analyzer.tokenize(&report);
            tokens = tokens.min(started.elapsed());
            let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
            let started = Instant::now();
            analyzer.analyse(&mut doc, &sentences, &mut workspace);
            trees = trees.min(started.elapsed());
            words = black_box(&doc).len();
        }
        let rate = |time: Duration| words as f64 / time.as_secs_f64();
        println!(
            "{words:>9} {:>16.0} {:>16.0} {:>16.0}",
            rate(tokens),
            rate(trees),
            rate(tokens + trees)
        );
    }
    steps(&analyzer, &analyzer.tokenize(&report(10)));
    println!("models: {} bytes", analyzer.models().size());
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        println!("peak memory: {}", peak.unwrap_or_default());
    }
}

fn report(times: usize) -> Report {
    let body = PARAGRAPHS.repeat(4 * times).join("\n\n");
    Report::new(Metadata::default(), &body)
}

/// Words per second of the steps within a sentence.
fn steps(analyzer: &Analyzer, doc: &Doc) {
    const STEPS: [&str; 5] = ["words", "tags", "guide", "trees", "names"];
    let models = analyzer.models();
    let mut best = [Duration::MAX; STEPS.len()];
    let (mut words, mut classes) = (Vec::new(), Vec::new());
    let (mut stack, mut state) = (Stack::default(), State::default());
    let mut found = Vec::new();
    for _ in 0..5 {
        let mut times = [Duration::ZERO; STEPS.len()];
        for sentence in doc.sentences() {
            let mut started = Instant::now();
            let mut lap = |step: usize| {
                times[step] += started.elapsed();
                started = Instant::now();
            };
            lexeme::read(doc, sentence.tokens, &mut words);
            models.lexicon.look_up(&mut words);
            models.classes.look_up(&mut words);
            lap(0);
            let n = models.tagger.classes();
            tagger::tag(&models.tagger, n, &words, &mut classes);
            lap(1);
            let input = Input {
                words: &words,
                tags: &classes,
                guide: &[],
            };
            let guide = stack.guide(&models.guide, input, &mut state).to_vec();
            lap(2);
            let guided = Input {
                guide: &guide,
                ..input
            };
            tarikh_syntax::parser::parse(
                &models.parser,
                models.routine.as_ref(),
                guided,
                &mut state,
            );
            lap(3);
            let tags: Vec<_> = classes.iter().map(|&c| models.tags.get(c)).collect();
            let input = names::Input {
                words: &words,
                tags: &tags,
                nodes: &state.nodes,
            };
            names::find(&models.names, input, &mut found);
            lap(4);
        }
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    for (step, time) in STEPS.iter().zip(best) {
        let rate = doc.len() as f64 / time.as_secs_f64();
        println!("{step:>9} {rate:>16.0} words/s");
    }
}
