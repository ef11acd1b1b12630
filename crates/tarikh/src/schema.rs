//! `tarikh schema`.

use std::io::Write;

use anyhow::Context;

use crate::Outcome;
use crate::args::SchemaArgs;
use crate::output::Output;

pub(crate) fn run(args: &SchemaArgs) -> anyhow::Result<Outcome> {
    let mut output = Output::open(args.output.as_deref())?;
    let schema = serde_json::to_string_pretty(&tarikh_record::schema())?;
    writeln!(output, "{schema}").with_context(|| output.error())?;
    output.commit()?;
    Ok(Outcome::Complete)
}
