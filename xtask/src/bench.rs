//! `cargo xtask bench`: the program's speed, memory and start-up time.

use crate::workspace::{self, cargo};

/// Runs `cargo bench` of the program and prints its table.
///
/// # Errors
/// If the build or a measurement fails.
pub(crate) fn run() -> anyhow::Result<()> {
    let arguments = [
        "bench",
        "--quiet",
        "--package",
        "tarikh",
        "--bench",
        "coding",
    ];
    workspace::run(&mut cargo(arguments))
}
