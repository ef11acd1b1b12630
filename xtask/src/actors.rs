//! `cargo xtask actors`: whether the actor files hold every actor that UCDP names.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use toml::Value;

use crate::workspace;

/// Compares `data/actors` with `../shared/data/ucdp/actors.tsv` and prints the coverage; without
/// that file there is nothing to compare.
///
/// # Errors
/// If a file cannot be read, or an actor is in none of ours.
pub(crate) fn run() -> anyhow::Result<()> {
    let list = workspace::shared().join("data/ucdp/actors.tsv");
    let Ok(text) = std::fs::read_to_string(&list) else {
        println!("skipped: {} is not there", list.display());
        return Ok(());
    };
    let known = known()?;
    let actors: Vec<&str> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .filter(|name| *name != "Civilians")
        .collect();
    let missing: Vec<&&str> = actors.iter().filter(|a| !is_known(a, &known)).collect();
    for name in &missing {
        println!("missing: {name}");
    }
    println!(
        "{} of {} actors of UCDP are in data/actors",
        actors.len() - missing.len(),
        actors.len()
    );
    ensure!(missing.is_empty(), "{} actors are missing", missing.len());
    Ok(())
}

/// All names of the files, folded.
fn known() -> anyhow::Result<BTreeSet<String>> {
    let data = workspace::root().join("data");
    let mut files = vec![data.join("countries.toml")];
    for entry in std::fs::read_dir(data.join("actors")).context("reading data/actors")? {
        files.push(entry?.path());
    }
    let mut out = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path)?;
        let file: toml::Table =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        let entries = ["group", "named", "mission", "country"]
            .iter()
            .filter_map(|table| file.get(*table)?.as_array())
            .flatten();
        for entry in entries {
            for field in ["name", "ucdp", "aliases"] {
                match entry.get(field) {
                    Some(Value::String(name)) => drop(out.insert(fold(name))),
                    Some(Value::Array(names)) => {
                        out.extend(names.iter().filter_map(Value::as_str).map(fold));
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(out)
}

/// Whether a name is known; a government by its country, an alliance by each of its members.
fn is_known(name: &str, known: &BTreeSet<String>) -> bool {
    if let Some(country) = name.strip_prefix("Government of ") {
        let bare = country.split('(').next().unwrap_or(country);
        return known.contains(&fold(country)) || known.contains(&fold(bare));
    }
    known.contains(&fold(name)) || name.split(", ").all(|part| known.contains(&fold(part)))
}

/// A name without case, marks and apostrophes; hyphens are spaces.
fn fold(name: &str) -> String {
    let bare: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .collect();
    let words: Vec<&str> = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ")
}
