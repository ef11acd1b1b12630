//! Reports: their words and what was read from them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tarikh_io::{Problem, RawReport, Reports, Source};
use tarikh_record::{Coding, ReportRef};
use tarikh_store::{Added, Filter, NewReport, Page, ReportText, Store, report_hash, report_key};
use tarikh_text::Metadata;
use utoipa::{IntoParams, ToSchema};

use crate::desk::{Desk, now};
use crate::error::{ApiError, ErrorBody};
use crate::guard::Coder;
use crate::openapi as doc;
use crate::params::{Body, Named, Params, Raw};
use crate::query::day;
use crate::stores::blocking;

/// What a report is without its words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportMetadata {
    #[serde(flatten)]
    #[schema(value_type = doc::ReportRef)]
    report: ReportRef,
    /// SHA-256 of text and metadata.
    sha256: String,
    /// ISO 639-1 code, as given.
    language: Option<String>,
    /// When it was added, UTC (RFC 3339).
    added_at: String,
}

/// One version of a report's coding.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodingVersion {
    /// Its number; the greatest is in force.
    coding: i64,
    /// The coder.
    coder_version: String,
    /// When, UTC (RFC 3339).
    coded_at: String,
}

/// A report with its words and its coding.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    metadata: ReportMetadata,
    /// The words; offsets of records count code points in this text. Untrusted: never to be set
    /// as HTML.
    body: String,
    /// The coding in force.
    #[schema(value_type = Option<doc::Coding>)]
    coding: Option<Coding>,
    /// All versions, the oldest first.
    codings: Vec<CodingVersion>,
}

/// Shows a report, by key or by the id that its giver gave it.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reports",
    params(("id" = String, Path, description = "Key or id of a report")),
    responses((status = 200, body = ReportView), (status = 404, body = ErrorBody)))]
pub(crate) async fn show_report(
    State(desk): State<Desk>,
    Named(id): Named<String>,
) -> Result<Json<ReportView>, ApiError> {
    let read = move |store: &Store| {
        let found = store.report(&id)?;
        let mut codings = store.codings(&found.report.key)?;
        let versions = codings.iter().map(|coding| CodingVersion {
            coding: coding.coding,
            coder_version: coding.coder_version.clone(),
            coded_at: coding.coded_at.clone(),
        });
        Ok(ReportView {
            codings: versions.collect(),
            coding: codings.pop().map(|coding| coding.record),
            body: found.text.clone(),
            metadata: metadata(found),
        })
    };
    Ok(Json(desk.stores.read(read).await?))
}

fn metadata(found: ReportText) -> ReportMetadata {
    ReportMetadata {
        report: found.report,
        sha256: found.sha256,
        language: found.language,
        added_at: found.added_at,
    }
}

/// What reports are looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Words {
    /// Words that a report holds.
    q: String,
    /// Most reports: 1 to 1000, 50 if left out.
    limit: Option<usize>,
}

/// Reports found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// The reports, the best match first.
    #[schema(value_type = Vec<doc::ReportRef>)]
    items: Vec<ReportRef>,
}

/// Looks for reports by their words.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(Words),
    responses((status = 200, body = Found), (status = 400, body = ErrorBody)))]
pub(crate) async fn search_reports(
    State(desk): State<Desk>,
    Params(asked): Params<Words>,
) -> Result<Json<Found>, ApiError> {
    let limit = asked.limit.unwrap_or(50).clamp(1, 1000);
    let items = desk
        .stores
        .read(move |store| Ok(store.search_reports(&asked.q, limit)?))
        .await?;
    Ok(Json(Found { items }))
}

/// A report to be added.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReportToAdd {
    /// Its words, without the title.
    text: String,
    /// What its giver calls it.
    id: Option<String>,
    title: Option<String>,
    /// Day of publication (2026-03-01): without it, weekdays cannot be resolved.
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    /// ISO 639-1 code; detected if left out.
    language: Option<String>,
}

impl ReportToAdd {
    fn metadata(&self) -> Result<Metadata, ApiError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let published = day("published", self.published.as_deref())?;
        Ok(Metadata {
            id: self.id.clone().unwrap_or_default(),
            title: given(&self.title),
            outlet: given(&self.outlet),
            published: published.and_then(|day| day.parse().ok()),
            url: given(&self.url),
            language: given(&self.language),
        })
    }
}

/// What became of a report.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct AddedReport {
    /// Its key.
    report_key: String,
    /// added, known (the database had it) or reprint (it repeats another's text).
    #[schema(value_type = String)]
    status: &'static str,
    /// Incidents that it tells of.
    incidents: Vec<String>,
}

/// Adds a report and codes it.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = ReportToAdd,
    responses((status = 201, body = AddedReport), (status = 413, body = ErrorBody),
              (status = 422, body = ErrorBody)))]
pub(crate) async fn add_report(
    State(desk): State<Desk>,
    Coder(_asker): Coder,
    Body(new): Body<ReportToAdd>,
) -> Result<(StatusCode, Json<AddedReport>), ApiError> {
    if new.text.trim().is_empty() {
        return Err(ApiError::report("E011", "the report has no text"));
    }
    if tarikh_io::limits::MAX_REPORT_BYTES < new.text.len() {
        return Err(ApiError::too_large());
    }
    let metadata = new.metadata()?;
    let raw = RawReport::pasted(metadata, new.text);
    let added = add(&desk, vec![raw]).await?;
    let added = added.into_iter().next();
    let added =
        added.ok_or_else(|| ApiError::internal("a report was neither added nor refused"))?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// What is known of a file's reports that do not say it themselves.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileToAdd {
    /// Name of the file; its ending tells the format: txt, html, htm, json or jsonl.
    name: String,
    title: Option<String>,
    /// Day of publication.
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

/// What became of a file's reports.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedFile {
    /// Those added or known, in their order.
    reports: Vec<AddedReport>,
    /// Those that could not be read, each with its reason.
    refused: Vec<String>,
}

/// Adds the reports of a file, whose bytes are the body.
#[utoipa::path(post, path = "/api/v1/reports/file", tag = "reports", params(FileToAdd),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AddedFile), (status = 413, body = ErrorBody),
              (status = 422, body = ErrorBody)))]
pub(crate) async fn add_file(
    State(desk): State<Desk>,
    Coder(_asker): Coder,
    Params(about): Params<FileToAdd>,
    Raw(bytes): Raw,
) -> Result<(StatusCode, Json<AddedFile>), ApiError> {
    let defaults = ReportToAdd {
        title: about.title,
        published: about.published,
        outlet: about.outlet,
        url: about.url,
        language: about.language,
        ..ReportToAdd::default()
    };
    let defaults = defaults.metadata()?;
    let (raw, refused) = blocking(move || read_file(&about.name, &bytes, defaults)).await?;
    let reports = add(&desk, raw).await?;
    Ok((StatusCode::CREATED, Json(AddedFile { reports, refused })))
}

/// The reports of a file, and why others could not be read.
fn read_file(
    name: &str,
    bytes: &[u8],
    defaults: Metadata,
) -> Result<(Vec<RawReport>, Vec<String>), ApiError> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    if !["txt", "html", "htm", "json", "jsonl"].contains(&ending.as_str()) {
        let message = "the file's name ends in none of .txt, .html, .htm, .json, .jsonl";
        return Err(ApiError::report(Problem::EmptyFolder.code(), message));
    }
    // Readers work on files; of the name given only the ending is used.
    let failed = |error: std::io::Error| ApiError::internal(format!("a file to read: {error}"));
    let folder = tempfile::tempdir().map_err(failed)?;
    let path = folder.path().join(format!("report.{ending}"));
    std::fs::write(&path, bytes).map_err(failed)?;
    let (mut read, mut refused) = (Vec::new(), Vec::new());
    for found in Reports::new(&[Source::Path(path)], defaults) {
        match found {
            Ok(raw) => read.push(raw),
            Err(error) => {
                let line = error
                    .origin
                    .line
                    .map_or(String::new(), |line| format!("line {line}: "));
                refused.push(format!(
                    "{line}{} ({})",
                    error.problem,
                    error.problem.code()
                ));
            }
        }
    }
    match (read.is_empty(), refused.first()) {
        (true, Some(first)) => Err(ApiError::report("E010", first.clone())),
        _ => Ok((read, refused)),
    }
}

/// Codes reports and stores them.
async fn add(desk: &Desk, raw: Vec<RawReport>) -> Result<Vec<AddedReport>, ApiError> {
    let code = desk.code.clone();
    let coded = blocking(move || {
        let mut coded = Vec::with_capacity(raw.len());
        for raw in raw {
            let coding = code(&raw).map_err(|fault| {
                let message = "the program failed on this report; nothing was added";
                let mut refusal = ApiError::report("E020", message);
                refusal.fault = Some(fault);
                refusal
            })?;
            coded.push(NewReport {
                coding,
                metadata: raw.metadata,
                body: raw.body,
            });
        }
        Ok(coded)
    });
    let coded = coded.await?;
    let write = move |store: &mut Store| {
        let outcome = store.add(&coded, now())?;
        let keys = coded
            .iter()
            .map(|new| report_key(&report_hash(&new.metadata, &new.body)));
        let mut added = Vec::with_capacity(coded.len());
        for (key, outcome) in keys.zip(outcome) {
            added.push(AddedReport {
                incidents: incidents_of(store, &key)?,
                report_key: key,
                status: match outcome {
                    Added::New { .. } => "added",
                    Added::Reprint { .. } => "reprint",
                    Added::Known { .. } => "known",
                },
            });
        }
        Ok(added)
    };
    desk.stores.write(write).await
}

fn incidents_of(store: &Store, report: &str) -> Result<Vec<String>, ApiError> {
    let filter = Filter {
        report: Some(report.to_owned()),
        background: true,
        ..Filter::default()
    };
    let page = Page {
        limit: 1000,
        ..Page::default()
    };
    let rows = store.incidents(&filter, &page)?.rows;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
