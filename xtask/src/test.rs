//! `cargo xtask test`: every check that a change must pass, cheap ones first.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::bail;

use crate::workspace::{self, cargo};
use crate::{copied, schema, tidy, web};

/// Runs all checks, also after one has failed, and names those that did.
///
/// # Errors
/// If any check failed; each has printed its reasons by then.
pub(crate) fn run(fast: bool) -> anyhow::Result<()> {
    let mut failed = Vec::new();
    let mut step = |name: &'static str, check: &dyn Fn() -> anyhow::Result<()>| {
        eprintln!("── {name}");
        let start = Instant::now();
        match check() {
            Ok(()) => eprintln!("   {name}: ok in {:.1} s", start.elapsed().as_secs_f64()),
            Err(error) => {
                eprintln!("   {name}: {error:#}");
                failed.push(name);
            }
        }
    };
    step("format", &|| {
        workspace::run(&mut cargo(["fmt", "--all", "--", "--check", "-l"]))
    });
    step("house rules", &tidy::check);
    step("no copied text", &copied::check);
    step("schema", &schema::check);
    if !fast {
        step("clippy", &clippy);
    }
    step("tests", &tests);
    if !fast {
        step("doc tests", &|| {
            workspace::run(&mut cargo(["test", "--workspace", "--doc", "--quiet"]))
        });
    }
    if !fast {
        step("screen", &web::check);
    }
    if failed.is_empty() {
        eprintln!("all checks passed");
        Ok(())
    } else {
        bail!("failed: {}", failed.join(", "))
    }
}

fn clippy() -> anyhow::Result<()> {
    let arguments = [
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    workspace::run(&mut cargo(arguments))
}

/// The unit and integration tests, by nextest where it is installed.
fn tests() -> anyhow::Result<()> {
    if has_nextest() {
        workspace::run(&mut cargo([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
        ]))
    } else {
        let arguments = [
            "test",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
            "--no-fail-fast",
            "--quiet",
        ];
        workspace::run(&mut cargo(arguments))
    }
}

fn has_nextest() -> bool {
    let mut probe: Command = cargo(["nextest", "--version"]);
    probe.stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
