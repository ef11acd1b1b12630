//! `cargo xtask eval news`: whole incident records on modern news reports.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tarikh_link::{Constraints, Profile, ReportContext, link};
use tarikh_record::{Coding, Incident, Zone};
use tarikh_text::{Metadata, Report};

use crate::eval::{self, Options};
use crate::workspace;

/// A line of the benchmark; what is not needed for coding is passed over.
#[derive(Deserialize)]
struct Line {
    id: String,
    title: Option<String>,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
    /// The gold, of which only the presence matters here.
    incidents: Option<serde::de::IgnoredAny>,
}

/// A line of predictions.
#[derive(Serialize)]
struct Prediction {
    id: String,
    incidents: Vec<serde_json::Value>,
}

/// Codes the inputs, writes predictions and, where the inputs carry gold, prints the scorer's table.
///
/// # Errors
/// If the inputs cannot be read, the predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    eval::run(
        "news",
        options,
        |line: &Line| line.incidents.is_some(),
        |lines| {
            let reports: Vec<Report> = lines.iter().map(report).collect();
            let codings = eval::code(&reports);
            let texts: Vec<Words<'_>> = lines
                .iter()
                .map(|line| (line.title.as_deref(), line.text.as_str()))
                .collect();
            let clusters = clusters(&codings, &texts);
            let numbered = codings.into_iter().enumerate();
            numbered
                .map(|(i, coding)| prediction(i, coding, &clusters))
                .collect()
        },
        |scorer, gold, predictions| {
            scorer
                .arg("--gold")
                .arg(gold)
                .arg("--pred")
                .arg(predictions);
            if options.errors {
                scorer.arg("--errors");
            }
        },
    )
}

/// The codings of a file of the benchmark's form.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn codings(inputs: &Path) -> anyhow::Result<Vec<Coding>> {
    let lines: Vec<Line> = eval::read_lines(inputs)?;
    let reports: Vec<Report> = lines.iter().map(report).collect();
    Ok(eval::code(&reports))
}

/// Writes codings as the scorer reads them, without links between reports.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn write_predictions(codings: &[Coding], out: &Path) -> anyhow::Result<()> {
    let none = BTreeMap::new();
    let numbered = codings.iter().cloned().enumerate();
    let rows: Vec<Prediction> = numbered
        .map(|(i, coding)| prediction(i, coding, &none))
        .collect::<anyhow::Result<_>>()?;
    workspace::create_folder_of(out)?;
    eval::write_lines(out, &rows)
}

fn report(line: &Line) -> Report {
    let published = line.published.as_deref().and_then(|date| {
        date.parse()
            .inspect_err(|error| eprintln!("warning: {}: published: {error}", line.id))
            .ok()
    });
    let metadata = Metadata {
        id: line.id.clone(),
        title: line.title.clone(),
        outlet: line.outlet.clone(),
        published,
        url: line.url.clone(),
        language: line.language.clone(),
    };
    Report::new(metadata, &line.text)
}

/// A report's title and text as given.
pub(crate) type Words<'a> = (Option<&'a str>, &'a str);

/// For each incident, known by the numbers of its report and of its own, the first of those that
/// are the same. `texts` are the reports' words, in the order of the codings.
pub(crate) fn clusters(codings: &[Coding], texts: &[Words<'_>]) -> BTreeMap<String, String> {
    let linking = link(&profiles(codings, texts), &Constraints::default());
    let groups = linking.groups.into_iter();
    let members = groups.flat_map(|group| {
        let first = group[0].clone();
        group.into_iter().map(move |key| (key, first.clone()))
    });
    members.collect()
}

/// Every incident as linking sees it, in the order of the codings.
pub(crate) fn profiles(codings: &[Coding], texts: &[Words<'_>]) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (i, (coding, (title, text))) in codings.iter().zip(texts).enumerate() {
        let report = ReportContext::new(*title, text, &coding.incidents);
        for (j, incident) in coding.incidents.iter().enumerate() {
            let published = coding.published.as_deref();
            let profile = Profile::new(&key(i, j), &i.to_string(), published, incident);
            profiles.push(profile.in_report(&report, incident));
        }
    }
    profiles
}

pub(crate) fn key(report: usize, incident: usize) -> String {
    format!("{report:06}-{incident:03}")
}

fn prediction(
    number: usize,
    coding: Coding,
    clusters: &BTreeMap<String, String>,
) -> anyhow::Result<Prediction> {
    let mut incidents = Vec::with_capacity(coding.incidents.len());
    for (j, incident) in coding.incidents.iter().enumerate() {
        incidents.push(record(incident, clusters.get(&key(number, j)))?);
    }
    Ok(Prediction {
        id: coding.report_id,
        incidents,
    })
}

/// The record as the benchmark wants it: evidence is a list of spans of the text, as the
/// benchmark's offsets do not reach into titles. Incidents of one cluster are the same.
fn record(incident: &Incident, cluster: Option<&String>) -> anyhow::Result<serde_json::Value> {
    let evidence: Vec<_> = std::iter::once(&incident.evidence)
        .chain(&incident.evidence_also)
        .filter(|evidence| evidence.zone == Zone::Text)
        .collect();
    let evidence = serde_json::to_value(evidence)?;
    let mut record = serde_json::to_value(incident)?;
    if let Some(fields) = record.as_object_mut() {
        fields.insert("evidence".into(), evidence);
        fields.remove("evidence_also");
        fields.insert("cluster".into(), serde_json::to_value(cluster)?);
    }
    Ok(record)
}
