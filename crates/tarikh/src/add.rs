//! `tarikh add`: reads reports, codes those that are new, and stores them a batch at a time.

use std::path::Path;

use rayon::prelude::*;
use tarikh_coder::{Coder, Workspace};
use tarikh_io::{RawReport, ReadError, Reports};
use tarikh_store::{Access, Added, NewReport, Store, report_hash};

use crate::code::{Refused, Tally, next_batch};
use crate::desk_args::AddArgs;
use crate::progress::Bar;
use crate::{Outcome, coder, database, diagnostics};

/// Reports counted by what became of them.
#[derive(Default)]
struct Count {
    n_new: usize,
    n_reprints: usize,
    n_known: usize,
    /// New reports without a day of publication, and those in a language that is not read.
    n_undated: usize,
    n_foreign: usize,
}

impl Count {
    fn note(&mut self, report: &NewReport) {
        let has = |code| report.coding.warnings.iter().any(|w| w.code == code);
        self.n_undated += usize::from(has("W001"));
        self.n_foreign += usize::from(has("W002"));
    }
}

pub(crate) fn run(args: AddArgs) -> anyhow::Result<Outcome> {
    if args.paths.iter().all(|path| is_missing(path)) {
        return Ok(tell_missing(args));
    }
    let mut store = database::open(&args.db, Access::create())?;
    let threads = database::threads(args.threads)?;
    let coder = Coder::new();
    let sources: Vec<_> = args.paths.into_iter().map(coder::source).collect();
    let mut reports = Reports::new(&sources, coder::defaults(&args.about));
    let mut tally = Tally::default();
    let mut count = Count::default();
    let mut bar = Bar::default();
    loop {
        let batch = next_batch(&mut reports);
        if batch.is_empty() {
            break;
        }
        let unknown = skip_known(&store, batch, &mut tally, &mut count)?;
        let code = |workspace: &mut Workspace, found| code_one(&coder, workspace, found);
        let coded: Vec<_> = threads.install(|| {
            let reports = unknown.into_par_iter();
            reports.map_init(Workspace::default, code).collect()
        });
        let mut new = Vec::with_capacity(coded.len());
        for result in coded {
            match result {
                Ok(report) => {
                    count.note(&report);
                    new.push(report);
                }
                Err(refused) => {
                    refused.count(&mut tally);
                    bar.print(&refused.message());
                }
            }
        }
        tally.n_coded += new.len();
        for added in store.add(&new, database::now())? {
            match added {
                Added::New { .. } => count.n_new += 1,
                Added::Reprint { .. } => count.n_reprints += 1,
                Added::Known { .. } => count.n_known += 1,
            }
        }
        bar.update(reports.progress(), tally.n_coded);
    }
    bar.finish();
    if tally.outcome() != Outcome::NothingToRead {
        diagnostics::print(&summary(&count, &tally, &store)?);
    }
    Ok(tally.outcome())
}

fn is_missing(path: &Path) -> bool {
    path != Path::new("-") && !path.exists()
}

/// A misspelt path makes no database.
fn tell_missing(args: AddArgs) -> Outcome {
    let sources: Vec<_> = args.paths.into_iter().map(coder::source).collect();
    for error in Reports::new(&sources, coder::defaults(&args.about)).filter_map(Result::err) {
        diagnostics::print(&diagnostics::refusal(&error));
    }
    Outcome::NothingToRead
}

/// What the store has need not be coded again.
fn skip_known(
    store: &Store,
    batch: Vec<Result<RawReport, ReadError>>,
    tally: &mut Tally,
    count: &mut Count,
) -> anyhow::Result<Vec<Result<RawReport, ReadError>>> {
    let mut unknown = Vec::with_capacity(batch.len());
    for found in batch {
        if let Ok(raw) = &found
            && store.has(&report_hash(&raw.metadata, &raw.body))?
        {
            tally.n_coded += 1;
            count.n_known += 1;
        } else {
            unknown.push(found);
        }
    }
    Ok(unknown)
}

fn code_one(
    coder: &Coder,
    workspace: &mut Workspace,
    found: Result<RawReport, ReadError>,
) -> Result<NewReport, Refused> {
    let raw = found.map_err(Refused::Unread)?;
    match coder::code(coder, &raw, workspace) {
        Ok(coding) => Ok(NewReport {
            coding,
            metadata: raw.metadata,
            body: raw.body,
        }),
        Err(panic) => Err(Refused::Failed(raw.origin, panic)),
    }
}

fn summary(count: &Count, tally: &Tally, store: &Store) -> anyhow::Result<String> {
    let mut parts = vec![format!("added {}", count.n_new + count.n_reprints)];
    if 0 < count.n_reprints {
        parts.push(format!("{} of them reprints", count.n_reprints));
    }
    if 0 < count.n_known {
        parts.push(format!("{} known before", count.n_known));
    }
    if 0 < tally.n_refused {
        parts.push(format!("{} refused", tally.n_refused));
    }
    let all = store.count(&tarikh_store::Filter::default())?;
    let reports = store.n_reports()?;
    Ok(format!(
        "{}; the database holds {reports} reports and {all} incidents\n{}",
        parts.join(", "),
        warnings(count)
    ))
}

/// What was coded only in part, and why: nobody looks into the codings of a thousand reports.
fn warnings(count: &Count) -> String {
    let mut text = String::new();
    if 0 < count.n_undated {
        text += &format!(
            "warning[W001]: {} have no day of publication: \"on Saturday\" in them has no date\n  \
             hint: give the day with --published, or a field \"published\" in JSON\n",
            reports(count.n_undated)
        );
    }
    if 0 < count.n_foreign {
        text += &format!(
            "warning[W002]: {} in another language than English, and nothing was coded of them\n",
            reports(count.n_foreign)
        );
    }
    text
}

fn reports(n: usize) -> String {
    match n {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    }
}
