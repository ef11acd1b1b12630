//! `tarikh recode`: codes the stored reports with this version; machine values only.

use rayon::prelude::*;
use tarikh_coder::{Coder, Workspace};
use tarikh_io::{Origin, Progress, RawReport};
use tarikh_record::Coding;
use tarikh_store::{Access, ReportText};

use crate::code::Refused;
use crate::desk_args::RecodeArgs;
use crate::progress::Bar;
use crate::{Outcome, coder, database, diagnostics};

/// Reports of a batch: what a run holds in memory, and loses when it is killed.
const BATCH: usize = 256;

pub(crate) fn run(args: &RecodeArgs) -> anyhow::Result<Outcome> {
    let mut store = database::open(&args.db, Access::write())?;
    let threads = database::threads(args.threads)?;
    let coder = Coder::new();
    let total = store.n_reports()?;
    let (mut n_all, mut n_new, mut n_failed) = (0, 0, 0);
    let mut bar = Bar::default();
    let mut after: Option<String> = None;
    loop {
        let keys = store.report_keys(after.as_deref(), BATCH)?;
        let Some(last) = keys.last() else { break };
        after = Some(last.clone());
        n_all += keys.len();
        let mut reports = Vec::with_capacity(keys.len());
        for key in keys {
            let done = store.is_coded_by(&key, Coder::version())?;
            if !done {
                reports.push(store.report(&key)?);
            }
        }
        let code = |workspace: &mut Workspace, report| code_one(&coder, workspace, report);
        let coded: Vec<_> = threads.install(|| {
            let reports = reports.into_par_iter();
            reports.map_init(Workspace::default, code).collect()
        });
        let mut batch = Vec::with_capacity(coded.len());
        for result in coded {
            match result {
                Ok(coding) => batch.push(coding),
                Err(refused) => {
                    n_failed += 1;
                    bar.print(&refused.message());
                }
            }
        }
        n_new += store.recode(&batch, database::now())?;
        let progress = Progress {
            read: n_all as u64,
            total: Some(total),
        };
        bar.update(progress, n_all);
    }
    bar.finish();
    let others = match n_all - n_new - n_failed {
        0 => "",
        _ => "; the others were coded by this version",
    };
    diagnostics::print(&format!("coded {n_new} of {n_all} reports again{others}\n"));
    Ok(if n_failed == 0 {
        Outcome::Complete
    } else {
        Outcome::Refused
    })
}

fn code_one(
    coder: &Coder,
    workspace: &mut Workspace,
    report: ReportText,
) -> Result<(String, Coding), Refused> {
    let key = report.report.key.clone();
    let raw = RawReport {
        metadata: report.metadata(),
        body: report.text,
        origin: Origin {
            path: key.clone().into(),
            line: None,
        },
        warnings: Vec::new(),
    };
    match coder::code(coder, &raw, workspace) {
        Ok(coding) => Ok((key, coding)),
        Err(panic) => Err(Refused::Failed(raw.origin, panic)),
    }
}
