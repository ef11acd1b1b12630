//! `tarikh link`: why incidents were joined or kept apart.

use std::io::Write;

use anyhow::Context;
use tarikh_io::write::printable;
use tarikh_link::{Comparison, DOUBTFUL, SAME, Verdict};
use tarikh_record::Incident;
use tarikh_store::Access;

use crate::desk_args::{DbArgs, LinkArgs, LinkCommand};
use crate::output::Output;
use crate::{Outcome, database};

pub(crate) fn run(args: LinkArgs) -> anyhow::Result<Outcome> {
    let text = match args.command {
        LinkCommand::Explain { a, b, db } => explain(&a, &b, &db)?,
        LinkCommand::Doubts { db, limit } => doubts(&db, limit)?,
    };
    let mut output = Output::open(None)?;
    write!(output, "{text}").with_context(|| output.error())?;
    output.commit()?;
    Ok(Outcome::Complete)
}

fn explain(a: &str, b: &str, db: &DbArgs) -> anyhow::Result<String> {
    let store = database::open(db, Access::read())?;
    let (p, q, comparison) = store.compare(a, b)?;
    let joined = match (store.resolve(&p), store.resolve(&q)) {
        (Ok(one), Ok(other)) if one == other => format!("They are one incident: {one}\n"),
        (Ok(one), Ok(other)) => format!("They are two incidents: {one} and {other}\n"),
        _ => String::new(),
    };
    Ok(format!(
        "{p} and {q}\n\n{}\n{joined}",
        features(&comparison)
    ))
}

/// The features with their weights, and what follows.
fn features(comparison: &Comparison) -> String {
    let mut text = String::new();
    for feature in &comparison.features {
        let (weight, name, note) = (feature.weight, feature.name, &feature.note);
        text += &format!("  {weight:+5.1}  {name:<9} {note}\n");
    }
    let sum: f64 = comparison.features.iter().map(|f| f.weight).sum();
    let bias = comparison.score - sum;
    let verdict = match comparison.verdict {
        Verdict::Same => format!("the same ({SAME} or more)"),
        Verdict::Doubtful => format!("doubtful ({DOUBTFUL} to {SAME}): offered to review"),
        Verdict::Different => format!("different (under {DOUBTFUL})"),
    };
    text += &format!("  {bias:+5.1}  {:<9} against any two accounts\n", "start");
    text += &format!("  {:+5.1}  {:<9} {verdict}\n", comparison.score, "sum");
    text
}

fn doubts(db: &DbArgs, limit: usize) -> anyhow::Result<String> {
    let store = database::open(db, Access::read())?;
    let doubts = store.doubts(limit)?;
    if doubts.is_empty() {
        return Ok("no pair is in doubt\n".to_owned());
    }
    let mut text = String::new();
    for doubt in &doubts {
        text += &format!("score {:.1}\n", doubt.score);
        for id in [&doubt.a, &doubt.b] {
            let incident = store.incident(id)?.incident;
            text += &format!("  {id}  {}\n", printable(&in_brief(&incident)));
        }
    }
    Ok(text + "look closer with: tarikh link explain A B\n")
}

/// Day, act, place and dead of an incident.
fn in_brief(incident: &Incident) -> String {
    let place = &incident.place;
    let killed = incident.killed.best.or(incident.killed.low);
    let parts = [
        Some(incident.date_start.clone().unwrap_or("undated".to_owned())),
        Some(incident.sub_event_type.to_string()),
        place.name.clone().or_else(|| place.country.clone()),
        killed.map(|n| format!("{n} killed")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
