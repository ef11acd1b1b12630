//! `cargo xtask web`: builds the screen, which the program then embeds.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, bail};

use crate::workspace::{self, cargo};

/// Oldest major version of Node that the bundler runs on.
const MIN_NODE: u32 = 20;

/// Installs the screen's tools and builds `web/dist`.
///
/// # Errors
/// If Node is missing or too old, or the build fails.
pub(crate) fn run() -> anyhow::Result<()> {
    let web = workspace::root().join("web");
    if !web.join("package.json").is_file() {
        bail!("there is no screen to build: web/package.json is missing");
    }
    check_node()?;
    npm(&web, &["ci", "--no-audit", "--no-fund"])?;
    npm(&web, &["run", "build"])?;
    // Files of new names are found when the crate that embeds them is compiled again.
    let embeds = workspace::root().join("crates/tarikh-server/src/assets.rs");
    let file = File::options().append(true).open(&embeds);
    let touched = file.and_then(|file| file.set_modified(SystemTime::now()));
    touched.with_context(|| format!("touching {}", embeds.display()))
}

/// Builds the screen, checks its types and drives it in a browser; says what is missing where that
/// cannot be done. Its browser tests skip themselves, with a line, where there is no Chromium.
///
/// # Errors
/// If the build or a check fails.
pub(crate) fn check() -> anyhow::Result<()> {
    if let Err(missing) = check_node() {
        eprintln!("   screen: skipped: {missing}");
        return Ok(());
    }
    run()?;
    let web = workspace::root().join("web");
    npm(&web, &["run", "check"])?;
    workspace::run(&mut cargo(["build", "--quiet", "--package", "tarikh"]))?;
    npm(&web, &["test"])
}

/// Whether the screen can be built here.
pub(crate) fn can_run() -> bool {
    workspace::root().join("web/package.json").is_file() && check_node().is_ok()
}

fn check_node() -> anyhow::Result<()> {
    let missing = format!(
        "the screen is built with Node {MIN_NODE} or newer and its npm, and they are not here\n  \
         hint: install them (Debian: apt-get install nodejs npm), or build the program without the screen"
    );
    let version = Command::new("node").arg("--version").output();
    let npm = Command::new("npm")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    let (Ok(version), Ok(_)) = (version, npm) else {
        bail!(missing);
    };
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next();
    let major: u32 = major.and_then(|major| major.parse().ok()).unwrap_or(0);
    if major < MIN_NODE {
        bail!("{missing}\n  found: node {version}");
    }
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    workspace::run(Command::new("npm").args(arguments).current_dir(folder))
}
