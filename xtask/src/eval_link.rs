//! `cargo xtask eval link`: linking alone, on the gold records of the news benchmark.
//!
//! What the coder misses cannot be linked, so `eval news` tells little of the linking. Here the
//! records are right, and the scorer's linking lines are about linking only. Then linking is measured on
//! coded records again, on groups of reports of our own.

mod errors;
pub(crate) mod groups;

use anyhow::Context;
use serde_json::{Map, Value, json};
use tarikh_record::{Coding, Incident};

use crate::eval::{self, Options};
use crate::eval_news::{Words, clusters, key};

/// Links the gold incidents, writes them with their clusters, and prints the scorer's table; then
/// codes and links the groups of `examples/groups`, and prints what came of it.
///
/// # Errors
/// If the inputs cannot be read, the predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let options = Options {
        out: Some(options.out("link.jsonl")?),
        ..options.clone()
    };
    eval::run(
        "news",
        &options,
        |line: &Value| line.get("incidents").is_some(),
        predict,
        |scorer, gold, predictions| {
            scorer
                .arg("--gold")
                .arg(gold)
                .arg("--pred")
                .arg(predictions);
        },
    )?;
    for part in groups::PARTS {
        println!("{}", groups::measure(part)?.lines(part));
    }
    if options.errors {
        for part in groups::LEARNED {
            errors::print(part)?;
        }
    }
    Ok(())
}

fn predict(lines: &[Value]) -> anyhow::Result<Vec<Value>> {
    let codings = codings(lines)?;
    let clusters = clusters(&codings, &words(lines));
    let mut predictions = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let mut incidents = incidents(line);
        for (j, incident) in incidents.iter_mut().enumerate() {
            if let Some(fields) = incident.as_object_mut() {
                fields.insert("cluster".into(), json!(clusters.get(&key(i, j))));
            }
        }
        predictions.push(json!({"id": line["id"], "incidents": incidents}));
    }
    Ok(predictions)
}

/// The gold of all reports as if it had been coded.
///
/// # Errors
/// If a record lacks what the gold must have.
pub(crate) fn codings(lines: &[Value]) -> anyhow::Result<Vec<Coding>> {
    lines.iter().map(coding).collect()
}

/// Titles and texts.
pub(crate) fn words(lines: &[Value]) -> Vec<Words<'_>> {
    let words = lines.iter().map(|line| {
        let text = line["text"].as_str().unwrap_or_default();
        (line["title"].as_str(), text)
    });
    words.collect()
}

fn incidents(line: &Value) -> Vec<Value> {
    line["incidents"].as_array().cloned().unwrap_or_default()
}

/// The gold as if it had been coded.
fn coding(line: &Value) -> anyhow::Result<Coding> {
    let text = |name: &str| line[name].as_str().map(str::to_owned);
    let id = text("id").unwrap_or_default();
    let incidents = incidents(line).into_iter().map(record);
    let incidents = incidents.collect::<anyhow::Result<_>>();
    Ok(Coding {
        incidents: incidents.with_context(|| id.clone())?,
        report_id: id,
        coder_version: String::new(),
        language: text("language"),
        published: text("published"),
        dateline: None,
        context: Vec::new(),
        warnings: Vec::new(),
    })
}

/// A gold incident with what the record has besides.
fn record(gold: Value) -> anyhow::Result<Incident> {
    let mut fields: Map<String, Value> = serde_json::from_value(json!({
        "id": "", "flag": null, "ucdp_type": null, "plover_type": null, "plover_mode": null,
        "date_text": null, "timex": null, "time_of_day": null, "actors": [],
        "sources": [], "claims": [], "shared_toll": false, "confidence": 1.0,
        "evidence_also": [], "provenance": [],
    }))?;
    let mut place = json!({
        "text": null, "name": null, "geonameid": null, "admin1": null, "admin2": null,
        "country": null, "lat": null, "lon": null, "radius_km": null, "geometry": null,
        "precision": null, "relation": null,
    });
    let mut evidence = json!({"quote": "", "start": 0, "end": 0, "zone": "text"});
    for name in ["quote", "start", "end"] {
        if let Some(value) = gold["evidence"].get(name) {
            evidence[name] = value.clone();
        }
    }
    if let (Some(to), Some(from)) = (place.as_object_mut(), gold["place"].as_object()) {
        let known: Vec<String> = to.keys().cloned().collect();
        for (name, value) in from.iter().filter(|(name, _)| known.contains(name)) {
            to.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in gold.as_object().into_iter().flatten() {
        if !matches!(
            name.as_str(),
            "place" | "sources" | "evidence" | "evidence_also"
        ) {
            fields.insert(name.clone(), value.clone());
        }
    }
    fields.insert("place".into(), place);
    fields.insert("evidence".into(), evidence);
    Ok(serde_json::from_value(Value::Object(fields))?)
}
