//! `cargo xtask demo`: the main job on the sample reports.

use anyhow::Context;

use crate::web;
use crate::workspace::{self, cargo};

const REPORTS: &str = "examples/reports";

/// More of them, for the desk: three countries, six weeks, several reports on one incident.
const DESK_REPORTS: &str = "examples/desk";

/// The days on which the plain texts came out, which they do not say themselves (`examples/README.md`).
/// The first of them is explained.
const PUBLISHED: &[(&str, &str)] = &[
    ("ambush-niger.txt", "2018-05-16"),
    ("helicopter-crash-mozambique.txt", "2022-08-21"),
    ("air-strike-sudan.txt", "2023-11-07"),
    ("roadside-bomb-kenya.txt", "2020-10-16"),
    ("protest-peru.txt", "2018-09-03"),
    ("ceasefire-chad.txt", "2021-02-26"),
    ("market-bomb-somalia-1.txt", "2023-08-20"),
    ("market-bomb-somalia-2.txt", "2023-08-22"),
    ("background-burundi.txt", "2018-04-07"),
];

/// Samples that bring their day along.
const DATED: &[&str] = &["abduction-nigeria.html", "wire.jsonl"];

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
    let (report, published) = PUBLISHED[0];
    show(&["explain", "--published", published, &sample(report)])?;

    workspace::create_folder_of(&workspace::root().join(DATABASE))?;
    fill()?;
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

/// Adds all samples to the database, each with its day, so that map and timeline have something to show.
fn fill() -> anyhow::Result<()> {
    for (report, published) in PUBLISHED {
        let path = sample(report);
        show(&["add", "--published", published, &path, "--db", DATABASE])?;
    }
    let dated: Vec<String> = DATED.iter().map(|report| sample(report)).collect();
    let mut rest = vec!["add", DESK_REPORTS, "--db", DATABASE];
    rest.extend(dated.iter().map(String::as_str));
    show(&rest)
}

fn sample(report: &str) -> String {
    format!("{REPORTS}/{report}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_in_a_language_that_is_read_has_its_day() {
        let folder = workspace::root().join(REPORTS);
        let files = std::fs::read_dir(folder).expect("the samples are there");
        let mut known: Vec<&str> = PUBLISHED.iter().map(|(report, _)| *report).collect();
        known.extend(DATED);
        for file in files {
            let name = file.expect("a file").file_name();
            let name = name.to_string_lossy();
            let is_read = !name.starts_with("french");
            assert_eq!(known.contains(&&*name), is_read, "{name}");
        }
    }
}
