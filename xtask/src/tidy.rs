//! House rules that no compiler checks; CONTRIBUTING.md gives their reasons.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::workspace;

/// Longest Rust file, in lines: one file holds one idea.
const MAX_LINES: usize = 600;

/// Largest file of the repository in bytes: the packed gazetteer is the biggest by far.
const MAX_BYTES: u64 = 20_000_000;

/// Words that may stand in no text file: leftovers, and paths of one machine. Joined from two
/// parts, so that this file passes its own check.
const FORBIDDEN: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("TO", "DO"),
    concat!("<<<<", "<<< "),
    concat!(">>>>", ">>> "),
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
];

/// Endings of the files that are read as text.
const TEXT: &[&str] = &[
    "rs", "toml", "md", "txt", "json", "jsonl", "tsv", "csv", "yml", "html",
];

/// Checks every file that git knows or would add.
///
/// # Errors
/// If any rule is broken; each offence is printed with file and line.
pub(crate) fn check() -> anyhow::Result<()> {
    let mut offences = Vec::new();
    for path in files()? {
        let size = workspace::root().join(&path).metadata()?.len();
        if size > MAX_BYTES {
            offences.push(format!("{path}: {size} bytes, over {MAX_BYTES}"));
        }
    }
    for path in text_files()? {
        let text = workspace::read_to_string(&workspace::root().join(&path))?;
        check_text(&path, &text, &mut offences);
    }
    check_dependencies(&mut offences)?;
    for offence in &offences {
        eprintln!("{offence}");
    }
    if !offences.is_empty() {
        bail!("{} broken", offences.len());
    }
    Ok(())
}

/// The project's text files, relative to the root.
///
/// # Errors
/// If git cannot list the files.
pub(crate) fn text_files() -> anyhow::Result<Vec<String>> {
    let is_text = |path: &String| {
        let ending = Path::new(path)
            .extension()
            .and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| TEXT.contains(&ending))
    };
    Ok(files()?.into_iter().filter(is_text).collect())
}

fn check_text(path: &str, text: &str, offences: &mut Vec<String>) {
    for (i, line) in text.lines().enumerate() {
        if let Some(word) = FORBIDDEN.iter().find(|word| line.contains(**word)) {
            offences.push(format!("{path}:{}: holds {word:?}", i + 1));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        offences.push(format!("{path}: the last line does not end"));
    }
    if path.ends_with(".rs") {
        let n_lines = text.lines().count();
        if n_lines >= MAX_LINES {
            offences.push(format!("{path}: {n_lines} lines, {MAX_LINES} or more"));
        }
        if !text.starts_with("//!") {
            offences.push(format!("{path}:1: no module documentation"));
        }
    }
}

/// Each dependency of the workspace is used by a crate and explained in `docs/dependencies.md`.
fn check_dependencies(offences: &mut Vec<String>) -> anyhow::Result<()> {
    let read = |path: &str| workspace::read_to_string(&workspace::root().join(path));
    let (workspace, explained) = (read("Cargo.toml")?, read("docs/dependencies.md")?);
    let manifests = files()?
        .iter()
        .filter(|path| path.ends_with("/Cargo.toml"))
        .map(|path| read(path))
        .collect::<anyhow::Result<String>>()?;
    for name in workspace_dependencies(&workspace) {
        if !manifests.contains(&format!("\n{name}.workspace"))
            && !manifests.contains(&format!("\n{name} = {{ workspace"))
        {
            offences.push(format!("Cargo.toml: no crate uses {name}"));
        }
        let is_ours = name.starts_with("tarikh-");
        if !is_ours && !explained.contains(&format!("\n| `{name}` |")) {
            offences.push(format!("docs/dependencies.md: no line for {name}"));
        }
    }
    Ok(())
}

/// Names in the table `[workspace.dependencies]` of the root's manifest.
fn workspace_dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .filter(|name| !name.starts_with('#'))
}

/// Files that git tracks or would add, relative to the root.
fn files() -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args([
            // A clone that belongs to another user is read all the same.
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(workspace::root())
        .output()
        .context("cannot start git")?;
    if !output.status.success() {
        bail!(
            "git ls-files failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output
        .stdout
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        // Deleted, but not yet committed.
        .filter(|path| workspace::root().join(path).is_file())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offences(path: &str, text: &str) -> Vec<String> {
        let mut offences = Vec::new();
        check_text(path, text, &mut offences);
        offences
    }

    #[test]
    fn a_good_file_passes() {
        assert!(offences("a.rs", "//! What it holds.\n").is_empty());
        assert!(offences("a.md", "# Title\n").is_empty());
    }

    #[test]
    fn dependencies_are_read_from_their_table() {
        let manifest = "[package]\na = 1\n\n[workspace.dependencies]\n# why\nb = \"1\" # c = d\n\n[lints]\ne = 1\n";
        assert_eq!(workspace_dependencies(manifest).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn each_rule_finds_its_offence() {
        assert_eq!(
            offences("a.rs", "fn f() {}\n"),
            ["a.rs:1: no module documentation"]
        );
        assert_eq!(
            offences("a.md", "# Title"),
            ["a.md: the last line does not end"]
        );
        let long = format!("//! Doc.\n{}", "\n".repeat(MAX_LINES));
        assert_eq!(offences("a.rs", &long), ["a.rs: 601 lines, 600 or more"]);
        for word in FORBIDDEN {
            let found = offences("a.md", &format!("\n{word}\n"));
            assert_eq!(found, [format!("a.md:2: holds {word:?}")]);
        }
    }
}
