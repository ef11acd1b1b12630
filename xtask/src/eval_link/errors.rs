//! What linking on coded groups lost: incidents told and not coded, pairs kept apart, pairs joined
//! that are two. Not printed for the groups kept aside.

use std::collections::{BTreeMap, BTreeSet};

use tarikh_link::{Profile, compare};

use super::groups::{Line, code, in_group, meant, read, words};
use crate::eval_news::{clusters, profiles};

/// Prints what one part lost.
///
/// # Errors
/// If its file cannot be read.
pub(super) fn print(part: &str) -> anyhow::Result<()> {
    let lines = read(part)?;
    let codings = code(&lines);
    let (meant, _) = meant(&lines, &codings);
    let joined = clusters(&codings, &words(&lines));
    let profiles = profiles(&codings, &words(&lines));
    print_not_coded(&lines, &meant);
    for (i, a) in profiles.iter().enumerate() {
        for b in &profiles[i + 1..] {
            let are_one = meant[&a.key] == meant[&b.key];
            let are_joined = joined[&a.key] == joined[&b.key];
            if are_one != are_joined {
                let what = if are_one { "apart" } else { "joined" };
                print_pair(what, &lines, a, b);
            }
        }
    }
    Ok(())
}

fn print_not_coded(lines: &[Line], meant: &BTreeMap<String, String>) {
    for (i, line) in lines.iter().enumerate() {
        let report = format!("{i:06}-");
        let of_report = meant.iter().filter(|(key, _)| key.starts_with(&report));
        let coded: BTreeSet<&String> = of_report.map(|(_, label)| label).collect();
        for (name, quotes) in &line.tells {
            if !coded.contains(&in_group(line, name)) {
                println!("{} not coded: {name}: {quotes:?}", line.id);
            }
        }
    }
}

/// The pair, its score, and what spoke for and against.
fn print_pair(what: &str, lines: &[Line], a: &Profile, b: &Profile) {
    let id = |p: &Profile| {
        let report = p.report.parse().ok().and_then(|i: usize| lines.get(i));
        report.map_or("", |line| line.id.as_str()).to_owned()
    };
    let comparison = compare(a, b);
    let signs = comparison.features.iter();
    let signs: Vec<String> = signs
        .map(|f| format!("{} {:+.2} ({})", f.name, f.weight, f.note))
        .collect();
    println!(
        "{what}: {} {} | {} {} | {:.2}: {}",
        id(a),
        a.key,
        id(b),
        b.key,
        comparison.score,
        signs.join(", ")
    );
}
