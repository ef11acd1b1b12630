//! `tarikh parse`.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Context;
use tarikh_io::Reports;
use tarikh_syntax::{Analyzer, Doc, Sent, Tok, Workspace, conllu};
use tarikh_text::Report;

use crate::args::ParseArgs;
use crate::code::Tally;
use crate::isolate::isolate;
use crate::output::Output;
use crate::{Outcome, coder, diagnostics};

pub(crate) fn run(args: ParseArgs) -> anyhow::Result<Outcome> {
    let reports = Reports::new(&[coder::source(args.path)], coder::defaults(&args.about));
    let analyzer = Analyzer::new();
    let mut output = Output::open(None)?;
    let mut tally = Tally::default();
    for found in reports {
        let raw = match found {
            Ok(raw) => raw,
            Err(error) => {
                tally.refuse(&error);
                diagnostics::print(&diagnostics::refusal(&error));
                continue;
            }
        };
        let parsed = isolate(|| {
            let report = Report::new(raw.metadata.clone(), &raw.body);
            parse(&analyzer, &report, args.tree)
        });
        match parsed {
            Ok(parsed) => {
                tally.n_coded += 1;
                write!(output, "{parsed}").with_context(|| output.error())?;
            }
            Err(panic) => {
                tally.n_refused += 1;
                diagnostics::print(&diagnostics::failed_report(&raw.origin, &panic));
            }
        }
    }
    output.commit()?;
    Ok(tally.outcome())
}

/// A report's sentences as CoNLL-U or as drawings.
fn parse(analyzer: &Analyzer, report: &Report, draws: bool) -> String {
    let mut doc = analyzer.tokenize_all(report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    let mut out = String::new();
    if draws {
        for &sentence in &sentences {
            draw(&doc, sentence, &mut out);
        }
        return out;
    }
    let id = &report.metadata().id;
    let form = |t: Tok| report.quote(doc.span(t));
    let comments = |s: usize| comments(analyzer, &doc, id, Sent(s as u32));
    // A string takes whatever is written to it.
    let _ = conllu::write(&doc, form, comments, &mut out);
    out
}

/// The lines before a sentence: its text, its names, its noun phrases. Words are counted from one.
fn comments(analyzer: &Analyzer, doc: &Doc, id: &str, sentence: Sent) -> String {
    let info = doc.sentence(sentence);
    let first = info.tokens.start;
    let place = |start: Tok, end: Tok| {
        let (start, last) = (start.0 - first.0 + 1, end.0 - first.0);
        if start == last {
            start.to_string()
        } else {
            format!("{start}-{last}")
        }
    };
    let names: Vec<String> = doc
        .entities()
        .iter()
        .filter(|e| info.tokens.contains(e.tokens.start))
        .map(|e| format!("{}:{:?}", place(e.tokens.start, e.tokens.end), e.kind).to_lowercase())
        .collect();
    let phrases: Vec<String> = analyzer
        .mentions(doc, sentence)
        .iter()
        .map(|m| {
            format!(
                "{}:{}",
                place(m.tokens.start, m.tokens.end),
                m.kind.as_str()
            )
        })
        .collect();
    let mut out = String::new();
    if sentence == Sent(0) {
        let _ = writeln!(out, "# newdoc id = {}", one_line(id));
    }
    let _ = writeln!(out, "# sent_id = {}", sentence.0 + 1);
    let _ = writeln!(out, "# text = {}", one_line(info.span.of(doc.text())));
    for (what, list) in [("names", names), ("phrases", phrases)] {
        if !list.is_empty() {
            let _ = writeln!(out, "# {what} = {}", list.join(" "));
        }
    }
    out
}

/// A text on one line, without control characters.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Draws the tree of a sentence, each word below its head.
fn draw(doc: &Doc, sentence: Sent, out: &mut String) {
    let info = doc.sentence(sentence);
    let tokens = info.tokens;
    let _ = writeln!(out, "{}", one_line(info.span.of(doc.text())));
    let mut below: Vec<Vec<Tok>> = vec![Vec::new(); tokens.len()];
    let place = |t: Tok| (t.0 - tokens.start.0) as usize;
    // Words still to be drawn, the next one last, with the lines that lead to them.
    let mut open: Vec<(Tok, String, String)> = Vec::new();
    for t in tokens.iter() {
        match doc.head(t) {
            Some(head) => below[place(head)].push(t),
            None => open.push((t, String::new(), String::new())),
        }
    }
    open.reverse();
    while let Some((t, branch, margin)) = open.pop() {
        let _ = writeln!(
            out,
            "{branch}{} {} {} {}",
            one_line(doc.word(t)),
            doc.upos(t).as_str(),
            doc.lemma(t),
            doc.head(t).map_or("root", |_| doc.deprel(t).as_str())
        );
        let children = below[place(t)].iter().rev().enumerate();
        open.extend(children.map(|(n, &child)| {
            // The last child comes first.
            let (turn, line) = if n == 0 {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            (child, format!("{margin}{turn}"), format!("{margin}{line}"))
        }));
    }
    out.push('\n');
}
