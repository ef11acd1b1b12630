//! `tarikh rescue`: saves what can be read of a damaged database.

use anyhow::Context;
use tarikh_store::{Saved, Store, StoreError};

use crate::desk_args::RescueArgs;
use crate::{Outcome, database, diagnostics};

pub(crate) fn run(args: &RescueArgs) -> anyhow::Result<Outcome> {
    let rescued = match Store::rescue(&args.db, &args.output, database::now()) {
        Err(StoreError::Corrupt(why)) => {
            // The usual hint would send people here again.
            diagnostics::print(&format!(
                "error[E035]: {}: not even the list of its tables can be read ({why})\n  \
                 hint: restore a copy, or add the reports to a new database\n",
                args.db.display()
            ));
            return Ok(Outcome::Refused);
        }
        rescued => rescued.with_context(|| args.db.display().to_string())?,
    };
    let parts = [
        ("reports", rescued.reports),
        ("codings", rescued.codings),
        ("decisions", rescued.decisions),
        ("changes", rescued.changes),
    ];
    let lines = parts.map(|(name, saved)| line(name, saved)).concat();
    let n = rescued.n_incidents;
    let path = args.output.display();
    diagnostics::print(&format!(
        "saved in {path}\n{lines}built {n} incidents of them\n"
    ));
    let is_whole = parts.iter().all(|(_, saved)| saved.lost == 0);
    Ok(if is_whole {
        Outcome::Complete
    } else {
        diagnostics::print(
            "reports that were lost can be added again, their codings with tarikh recode\n",
        );
        Outcome::Refused
    })
}

fn line(name: &str, saved: Saved) -> String {
    let lost = match saved.lost {
        0 => String::new(),
        n => format!(", {n} lost"),
    };
    format!("  {name:<10} {}{lost}\n", saved.kept)
}
