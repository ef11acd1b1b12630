//! `tarikh rebuild`: builds what is derived again, and tells whether it is the same.

use tarikh_store::Access;

use crate::desk_args::RebuildArgs;
use crate::{Outcome, database, diagnostics};

pub(crate) fn run(args: &RebuildArgs) -> anyhow::Result<Outcome> {
    let mut store = database::open(&args.db, Access::write())?;
    let rebuilt = store.rebuild(database::now())?;
    let outcome = if rebuilt.before == rebuilt.after {
        "the same as before"
    } else {
        "not the same as before: the rules have changed, or the file was edited by other means"
    };
    diagnostics::print(&format!(
        "built {} incidents, {outcome}\nsha256 {}\n",
        rebuilt.n_incidents, rebuilt.after
    ));
    Ok(Outcome::Complete)
}
