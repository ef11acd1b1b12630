//! `cargo xtask demo`: the main job on the sample reports.

use anyhow::Context;

use crate::web;
use crate::workspace::{self, cargo};

const REPORTS: &str = "examples/reports";

/// More of them, for the desk: three countries, six weeks, several reports on one incident.
const DESK_REPORTS: &str = "examples/desk";

/// The report that is explained, and its day of publication (`examples/README.md` has them all).
const EXPLAINED: (&str, &str) = ("examples/reports/ambush-niger.txt", "2018-05-16");

/// The database that the samples go into, and where its desk can be seen.
const DATABASE: &str = "out/demo.db";
const ADDRESS: &str = "127.0.0.1:7878";

/// Builds the program, codes every sample report as a table, and explains one of them; then fills
/// a database with all samples, and tells how to open its desk or opens it.
///
/// # Errors
/// If the build fails or the program refuses to run.
pub(crate) fn run(serve: bool) -> anyhow::Result<()> {
    build_screen();
    eprintln!("building the program (a few minutes the first time) ...");
    workspace::run(&mut cargo(["build", "--release", "--package", "tarikh"]))?;
    show(&["code", "--format", "table", REPORTS])?;
    let (report, published) = EXPLAINED;
    show(&["explain", "--published", published, report])?;

    workspace::create_folder_of(&workspace::root().join(DATABASE))?;
    let mut fill = vec!["add", REPORTS];
    fill.extend(
        workspace::root()
            .join(DESK_REPORTS)
            .is_dir()
            .then_some(DESK_REPORTS),
    );
    fill.extend(["--db", DATABASE]);
    show(&fill)?;
    if serve {
        return show(&["serve", "--db", DATABASE, "--listen", ADDRESS]);
    }
    eprintln!(
        "\nthe desk on these incidents: http://{ADDRESS}/ after\n  \
         cargo xtask demo --serve\nor\n  \
         target/release/tarikh serve --db {DATABASE} --listen {ADDRESS}"
    );
    Ok(())
}

/// Builds the screen where that has not been done; the demonstration goes on without it.
fn build_screen() {
    let is_built = workspace::root().join("web/dist/index.html").is_file();
    if is_built || !web::can_run() {
        return;
    }
    eprintln!("building the screen ...");
    if let Err(error) = web::run() {
        eprintln!("the screen could not be built, the rest goes on: {error:#}");
    }
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
