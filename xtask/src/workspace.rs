//! Where the project lies, and how other programs are run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The workspace's root folder.
pub(crate) fn root() -> PathBuf {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut root = PathBuf::from(manifest);
    root.pop();
    root
}

/// The folder of benchmarks beside the workspace; it may be absent.
pub(crate) fn shared() -> PathBuf {
    root().with_file_name("shared")
}

/// A cargo command in the workspace's root.
pub(crate) fn cargo<I: IntoIterator<Item = A>, A: Into<OsString>>(arguments: I) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments.into_iter().map(Into::into))
        .current_dir(root());
    command
}

/// Runs a command to its end, its output passed through.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = name(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// A command as a person would call it: the program and its first argument.
fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name();
    program
        .into_iter()
        .chain(command.get_args().next())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs this very task again from a release build, in the same folder.
///
/// # Errors
/// If the build or the task fails; the task has then said why.
pub(crate) fn run_again_in_release() -> anyhow::Result<()> {
    let mut command = cargo(["run", "--quiet", "--release", "--package", "xtask", "--"]);
    command
        .args(std::env::args_os().skip(1))
        .current_dir(std::env::current_dir()?);
    let status = command.status().context("cannot start cargo")?;
    std::process::exit(status.code().unwrap_or(1));
}

/// The text of a file.
///
/// # Errors
/// If it cannot be read as UTF-8; the file is named.
pub(crate) fn read_to_string(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, and its folder if that is missing.
///
/// # Errors
/// If either cannot be written.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    write_bytes(path, text.as_bytes())
}

/// Writes a file that is not text, and its folder if that is missing.
///
/// # Errors
/// If either cannot be written.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    create_folder_of(path)?;
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes the folder of a file that is to be written.
///
/// # Errors
/// If it cannot be made.
pub(crate) fn create_folder_of(path: &Path) -> anyhow::Result<()> {
    match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display())),
        None => Ok(()),
    }
}
