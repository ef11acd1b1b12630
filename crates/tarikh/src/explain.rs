//! `tarikh explain`.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use tarikh_coder::Workspace;
use tarikh_io::Reports;
use tarikh_io::write::explain::{Style, explain};

use crate::args::ExplainArgs;
use crate::code::{Tally, terminal_width};
use crate::output::Output;
use crate::{Outcome, coder, diagnostics};

pub(crate) fn run(args: ExplainArgs) -> anyhow::Result<Outcome> {
    let style = Style {
        colour: std::io::stdout().is_terminal() && !is_set("NO_COLOR"),
        width: terminal_width(),
    };
    let reports = Reports::new(&[coder::source(args.path)], coder::defaults(&args.about));
    let coder = coder::open(&args.knowledge)?;
    let mut workspace = Workspace::default();
    let mut output = Output::open(None)?;
    let mut tally = Tally::default();
    for found in reports {
        let raw = match found {
            Ok(raw) => raw,
            Err(error) => {
                tally.refuse(&error);
                diagnostics::print(&diagnostics::refusal(&error));
                continue;
            }
        };
        match coder::code(&coder, &raw, &mut workspace) {
            Ok(coding) => {
                let separator = if 0 < tally.n_coded { "\n" } else { "" };
                tally.n_coded += 1;
                let explained = explain(&raw, &coding, style);
                write!(output, "{separator}{explained}").with_context(|| output.error())?;
            }
            Err(panic) => {
                tally.n_refused += 1;
                diagnostics::print(&diagnostics::failed_report(&raw.origin, &panic));
            }
        }
    }
    output.commit()?;
    Ok(tally.outcome())
}

/// Whether a variable of the environment is there and not empty (<https://no-color.org>).
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}
