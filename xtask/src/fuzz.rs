//! `cargo xtask fuzz`: libFuzzer on the stable compiler.
//!
//! Coverage comes from LLVM's own pass, which stable rustc accepts; only sanitizers would need a
//! nightly compiler. A crash is written to `fuzz/artifacts/TARGET/`; keep it as a test.

use std::path::Path;

use anyhow::{Context, bail};

use crate::workspace::{self, cargo};

/// The flags of `cargo fuzz run --sanitizer none`, with overflow and debug assertions on.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks --cfg fuzzing";

/// Runs one target, or each in turn, for `seconds`.
///
/// # Errors
/// If there is no such target, the build fails, or an input breaks a property.
pub(crate) fn run(target: Option<&str>, seconds: u32) -> anyhow::Result<()> {
    let targets = targets()?;
    match target {
        None => targets.iter().try_for_each(|name| fuzz(name, seconds)),
        Some(name) if targets.iter().any(|known| known == name) => fuzz(name, seconds),
        Some(name) => bail!("no fuzz target {name}: there are {}", targets.join(", ")),
    }
}

fn fuzz(target: &str, seconds: u32) -> anyhow::Result<()> {
    let folder = workspace::root().join("fuzz");
    let corpus = folder.join("corpus").join(target);
    let artifacts = folder.join("artifacts").join(target);
    for path in [&corpus, &artifacts] {
        std::fs::create_dir_all(path)
            .with_context(|| format!("cannot create {}", path.display()))?;
    }
    let mut command = cargo([
        "run",
        "--release",
        "--bin",
        target,
        "--target",
        &host()?,
        "--",
    ]);
    command
        .current_dir(&folder)
        .env("RUSTFLAGS", FLAGS)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-timeout=20", "-max_len=16384", "-print_final_stats=1"])
        .arg(&corpus);
    // The sample reports are seeds: folders after the first are only read.
    let seeds = workspace::root().join("examples/reports");
    if seeds.is_dir() {
        command.arg(seeds);
    }
    workspace::run(&mut command).with_context(|| format!("fuzzing {target}"))
}

fn targets() -> anyhow::Result<Vec<String>> {
    let folder = workspace::root().join("fuzz/fuzz_targets");
    let mut names = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| stem(&entry.ok()?.path()))
        .collect::<Vec<_>>();
    names.sort();
    Ok(names)
}

fn stem(path: &Path) -> Option<String> {
    (path.extension()? == "rs").then(|| path.file_stem()?.to_str().map(str::to_owned))?
}

/// The compiler's own platform. Named, so that the flags reach the target and not build scripts.
fn host() -> anyhow::Result<String> {
    let output = std::process::Command::new("rustc")
        .arg("-vV")
        .output()
        .context("cannot start rustc")?;
    String::from_utf8(output.stdout)?
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .context("rustc -vV names no host")
}
