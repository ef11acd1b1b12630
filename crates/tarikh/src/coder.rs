//! From arguments to a coder, and from a raw report to its coding.

use std::path::PathBuf;

use anyhow::Context;
use tarikh_coder::{ActorsFile, Coder, Options, Workspace};
use tarikh_io::{RawReport, Source};
use tarikh_record::Coding;
use tarikh_text::{Metadata, Report};

use crate::args::{AboutArgs, KnowledgeArgs};
use crate::diagnostics;
use crate::isolate::{Panic, isolate};

/// What the arguments say about reports that do not say it themselves.
pub(crate) fn defaults(about: &AboutArgs) -> Metadata {
    Metadata {
        id: String::new(),
        title: about.title.clone(),
        outlet: about.outlet.clone(),
        published: about.published,
        url: None,
        language: about.language.clone(),
    }
}

/// A coder with what a user's files add to its knowledge. Broken lines of a gazetteer are named on
/// standard error and left out.
///
/// # Errors
/// If a file cannot be read or is malformed; the message names file and line.
pub(crate) fn open(knowledge: &KnowledgeArgs) -> anyhow::Result<Coder> {
    let read = |path: &PathBuf| -> anyhow::Result<ActorsFile> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {name}"))?;
        Ok(ActorsFile { name, text })
    };
    let places = &knowledge.places;
    let options = Options {
        gazetteers: places.gazetteer.clone(),
        corrections: places.corrections.clone(),
        countries: places.countries.clone(),
        actors: knowledge
            .actors
            .iter()
            .map(read)
            .collect::<Result<_, _>>()?,
    };
    let (coder, reports) = Coder::with_options(&options)?;
    for report in &reports {
        warn_of(report);
    }
    Ok(coder)
}

/// Names the lines of a dump that could not be read.
pub(crate) fn warn_of(report: &tarikh_place::DumpReport) {
    for line in report.broken.iter().take(MAX_LINES) {
        diagnostics::print(&format!("warning: {line}\n"));
    }
    if MAX_LINES < report.n_broken {
        let n = report.n_broken - MAX_LINES;
        diagnostics::print(&format!("warning: {n} more lines could not be read\n"));
    }
}

/// Broken lines that are named one by one.
const MAX_LINES: usize = 5;

/// The source that a path argument names.
pub(crate) fn source(path: PathBuf) -> Source {
    if path.as_os_str() == "-" {
        Source::StandardInput
    } else {
        Source::Path(path)
    }
}

/// Codes one report; what was odd about reading it stands first among the warnings.
///
/// # Errors
/// [`Panic`] if the coder fails on it, with a fresh workspace for the next report.
pub(crate) fn code(
    coder: &Coder,
    raw: &RawReport,
    workspace: &mut Workspace,
) -> Result<Coding, Panic> {
    let coded = isolate(|| {
        let report = Report::new(raw.metadata.clone(), &raw.body);
        coder.code(&report, workspace)
    });
    match coded {
        Ok(mut coding) => {
            coding.warnings.splice(0..0, raw.warnings.iter().cloned());
            Ok(coding)
        }
        Err(panic) => {
            *workspace = Workspace::default();
            Err(panic)
        }
    }
}
