//! `eval ud`, `eval ner`: annotates benchmark inputs and runs the benchmark's own scorer on them.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use tarikh_syntax::models::{FILES, Models};
use tarikh_syntax::{Analyzer, Doc, EntityKind, MentionKind, Sent, Workspace, conllu};
use tarikh_text::{Metadata, Report};

/// Tags and parses `inputs` into `out`: the given words of a `.conllu` file, whose annotation is
/// passed over, or the raw text of a `.txt` file. Where gold stands beside the input (the same name
/// with `.conllu`) and a `score.py` too, the score is printed. `models` is a directory of models to
/// use instead of the embedded ones.
///
/// # Errors
/// When a file cannot be read, written or understood, or the scorer fails.
pub(crate) fn ud(inputs: &Path, out: &Path, models: Option<&Path>) -> Result<()> {
    let text = read(inputs)?;
    let analyzer = analyzer(models)?;
    let raw = match inputs.extension().and_then(|e| e.to_str()) {
        Some("conllu") => false,
        Some("txt") => true,
        _ => bail!("{}: expected a .conllu or a .txt file", inputs.display()),
    };
    let mut written = String::new();
    if raw {
        let report = Report::new(Metadata::default(), &text);
        let started = Instant::now();
        let mut doc = analyzer.tokenize_all(&report);
        analyse(&analyzer, &mut doc);
        say(&speed("tokens to trees", doc.len(), started));
        conllu::write(
            &doc,
            |t| report.quote(doc.span(t)),
            |_| String::new(),
            &mut written,
        )?;
    } else {
        let mut file = conllu::read(&text).map_err(|e| anyhow!("{}: {e}", inputs.display()))?;
        file.doc.clear_annotation();
        let started = Instant::now();
        analyse(&analyzer, &mut file.doc);
        say(&speed("tags to trees", file.doc.len(), started));
        let comments = |s: usize| file.comments[s].clone();
        conllu::write(&file.doc, |t| &file.forms[t.idx()], comments, &mut written)?;
    }
    fs::write(out, written).with_context(|| format!("cannot write {}", out.display()))?;
    let gold = inputs.with_extension("conllu");
    let extra: &[&str] = if raw { &["--raw"] } else { &[] };
    score(inputs, &gold, out, extra)
}

/// A document of the entity benchmark, as far as it is needed.
#[derive(Deserialize)]
struct NerDocument {
    id: String,
    text: String,
}

/// Finds the named entities of a JSONL file of documents (`id`, `text`) and writes them to `out`;
/// where the input has mentions and a `score.py` beside it, the score is printed.
///
/// # Errors
/// When a file cannot be read, written or understood, or the scorer fails.
pub(crate) fn ner(inputs: &Path, out: &Path, models: Option<&Path>) -> Result<()> {
    let text = read(inputs)?;
    let analyzer = analyzer(models)?;
    let mut written = String::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let document: NerDocument = serde_json::from_str(line)
            .with_context(|| format!("{}:{}", inputs.display(), at + 1))?;
        let report = Report::new(Metadata::default(), &document.text);
        let mut doc = analyzer.tokenize_all(&report);
        analyse(&analyzer, &mut doc);
        let mentions = mentions(&analyzer, &doc, &report);
        written += &json!({"id": document.id, "mentions": mentions}).to_string();
        written.push('\n');
    }
    fs::write(out, written).with_context(|| format!("cannot write {}", out.display()))?;
    if text.contains("\"mentions\"") {
        score(inputs, inputs, out, &[])
    } else {
        Ok(())
    }
}

/// Names and noun phrases as the benchmark has them: a phrase whose head lies in a name is named.
fn mentions(analyzer: &Analyzer, doc: &Doc, report: &Report) -> Vec<Value> {
    let place = |tokens| report.locate(doc.range_span(tokens));
    let mut loose: Vec<bool> = vec![true; doc.entities().len()];
    let mut out = Vec::new();
    for phrase in (0..doc.sentences().len() as u32).flat_map(|s| analyzer.mentions(doc, Sent(s))) {
        let span = place(phrase.tokens);
        // Of names that hold the head, the innermost stands last.
        let first = doc
            .entities()
            .partition_point(|e| e.tokens.start < phrase.tokens.start);
        let name = (first..doc.entities().len())
            .take_while(|&e| doc.entities()[e].tokens.start <= phrase.head)
            .filter(|&e| doc.entities()[e].tokens.contains(phrase.head) && loose[e])
            .find(|&e| doc.entities()[e].tokens.end <= phrase.tokens.end);
        let mut mention = json!({"start": span.start, "end": span.end,
            "type": phrase.kind.as_str(), "named": name.is_some()});
        if let Some(e) = name {
            loose[e] = false;
            let entity = doc.entities()[e];
            let name = place(entity.tokens);
            mention["name"] = json!([name.start, name.end]);
            let is_other = !matches!(
                phrase.kind,
                MentionKind::Person | MentionKind::Place | MentionKind::Organization
            );
            match entity.kind {
                EntityKind::Other if is_other => {}
                EntityKind::Other => mention["type"] = MentionKind::Abstract.as_str().into(),
                named => mention["type"] = kind(named).into(),
            }
        }
        out.push(mention);
    }
    for entity in doc
        .entities()
        .iter()
        .zip(loose)
        .filter(|(_, loose)| *loose)
        .map(|(e, _)| e)
    {
        let name = place(entity.tokens);
        out.push(
            json!({"start": name.start, "end": name.end, "type": kind(entity.kind),
            "named": true}),
        );
    }
    out
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The analyzer with the models of a directory, else with the embedded ones.
fn analyzer(models: Option<&Path>) -> Result<Analyzer> {
    let Some(dir) = models else {
        return Ok(Analyzer::new());
    };
    let mut files = FILES.map(|_| Cow::Borrowed(&[][..]));
    for (file, name) in files.iter_mut().zip(FILES) {
        let path = dir.join(name);
        *file = fs::read(&path)
            .with_context(|| format!("cannot read {}", path.display()))?
            .into();
    }
    let models =
        Models::open(files).map_err(|name| anyhow!("{}: not a model", dir.join(name).display()))?;
    Ok(Analyzer::with_models(models))
}

fn analyse(analyzer: &Analyzer, doc: &mut Doc) {
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(doc, &sentences, &mut Workspace::default());
}

fn speed(what: &str, words: usize, started: Instant) -> String {
    let seconds = started.elapsed().as_secs_f64();
    format!(
        "{what}: {words} words in {seconds:.2} s, {:.0} words/s",
        words as f64 / seconds
    )
}

/// Runs the scorer beside the input, if there is one and gold to compare with.
fn score(inputs: &Path, gold: &Path, out: &Path, extra: &[&str]) -> Result<()> {
    let scorer = inputs.with_file_name("score.py");
    if !scorer.exists() || !gold.exists() {
        say("no gold and scorer beside the input: nothing is scored");
        return Ok(());
    }
    let status = Command::new("python3")
        .arg(&scorer)
        .args([gold, out])
        .args(extra)
        .status()
        .with_context(|| format!("cannot run {}", scorer.display()))?;
    if !status.success() {
        bail!("{} failed", scorer.display());
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "progress of a command")]
fn say(line: &str) {
    eprintln!("{line}");
}
