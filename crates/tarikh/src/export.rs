//! `tarikh export`: the incidents of a database in one format.

use anyhow::Context;
use tarikh_io::write::{RowFormat, RowWriter};
use tarikh_link::Policy;
use tarikh_server::Publisher;
use tarikh_store::Access;

use crate::desk_args::{ExportArgs, RowFormatArg};
use crate::output::{Output, WriteError};
use crate::publish;
use crate::{Outcome, database, diagnostics};

impl From<RowFormatArg> for RowFormat {
    fn from(format: RowFormatArg) -> Self {
        match format {
            RowFormatArg::Ucdp => Self::Ucdp,
            RowFormatArg::Acled => Self::Acled,
            RowFormatArg::Hxl => Self::Hxl,
            RowFormatArg::Plover => Self::Plover,
            RowFormatArg::Geojson => Self::Geojson,
            RowFormatArg::Records => Self::Records,
            RowFormatArg::Parquet => Self::Parquet,
            RowFormatArg::Jsonl => Self::Jsonl,
        }
    }
}

/// The policy of the codebook that a format belongs to.
pub(crate) const fn policy(format: RowFormat) -> Policy {
    match format {
        RowFormat::Acled => Policy::Acled,
        _ => Policy::Ucdp,
    }
}

pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<Outcome> {
    let store = database::open(&args.db, Access::read())?;
    let filter = publish::filter(&args.selection)?;
    let publisher = Publisher::new(&store, filter, publish::publication(&args.publication)?)?;
    let format = RowFormat::from(args.format);
    let policy = args.policy.map_or(policy(format), Policy::from);
    let name = match &args.output {
        Some(path) => path.display().to_string(),
        None => "standard output".to_owned(),
    };
    let mut writer = RowWriter::new(Output::open(args.output.as_deref())?, format);
    publisher.each(policy, |linked| {
        writer.write(&linked).with_context(|| WriteError::to(&name))
    })?;
    let (n_written, n_left_out) = (writer.n_written(), writer.n_left_out());
    let output = writer.finish().with_context(|| WriteError::to(&name))?;
    output.commit()?;
    let left_out = match n_left_out {
        0 => String::new(),
        n => format!("; {n} left out, which have no day or no type in this format"),
    };
    if n_written == 0 || 0 < n_left_out || args.output.is_some() {
        diagnostics::print(&format!("wrote {n_written} incidents{left_out}\n"));
    }
    Ok(Outcome::Complete)
}
