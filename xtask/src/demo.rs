//! `cargo xtask demo`: the main job on the sample reports.

use anyhow::Context;

use crate::workspace::{self, cargo};

const REPORTS: &str = "examples/reports";

/// The report that is explained, and its day of publication (`examples/README.md` has them all).
const EXPLAINED: (&str, &str) = ("examples/reports/ambush-niger.txt", "2018-05-16");

/// Builds the program, codes every sample report as a table, and explains one of them.
///
/// # Errors
/// If the build fails or the program refuses to run.
pub(crate) fn run() -> anyhow::Result<()> {
    eprintln!("building the program (a few minutes the first time) ...");
    workspace::run(&mut cargo(["build", "--release", "--package", "tarikh"]))?;
    show(&["code", "--format", "table", REPORTS])?;
    let (report, published) = EXPLAINED;
    show(&["explain", "--published", published, report])
}

/// Runs the program that was just built and shows the command above its output.
fn show(arguments: &[&str]) -> anyhow::Result<()> {
    eprintln!("\n$ tarikh {}\n", arguments.join(" "));
    let mut command = cargo(["run", "--quiet", "--release", "--package", "tarikh", "--"]);
    let status = command
        .args(arguments)
        .status()
        .context("cannot start cargo")?;
    // 1 says that a report was refused, as one in French is among the samples.
    anyhow::ensure!(
        matches!(status.code(), Some(0 | 1)),
        "tarikh {} failed ({status})",
        arguments.join(" ")
    );
    Ok(())
}
