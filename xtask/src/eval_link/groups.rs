//! Linking on coded reports: the fictional groups under `examples/groups`.
//!
//! Each report says which incidents it tells of, and with which words. A coded record whose evidence
//! lies in these words is that incident. What the coder misses counts against recall, and what it
//! codes besides, against precision where it is joined to something.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tarikh_link::Profile;
use tarikh_record::{Coding, Incident, Zone};
use tarikh_text::{Metadata, Report};

use crate::eval;
use crate::eval_news::{Words, clusters, key, profiles};
use crate::workspace;

/// The groups that linking was developed on, those that its weights were learned on as well, and
/// those that were kept aside.
pub(super) const PARTS: [&str; 3] = ["develop", "learn", "check"];

/// The parts that weights are learned on.
pub(crate) const LEARNED: [&str; 2] = ["develop", "learn"];

/// A coded incident as linking sees it, and what it is.
pub(crate) struct Account {
    pub(crate) profile: Profile,
    /// The incident that it tells of: the same of all that do.
    pub(crate) label: String,
    /// The group that it belongs to.
    pub(crate) group: String,
}

/// A report and what it tells.
#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    title: String,
    outlet: String,
    published: jiff::civil::Date,
    language: String,
    text: String,
    /// For each incident, by its name in the group, the words that tell of it.
    pub(super) tells: BTreeMap<String, Vec<String>>,
}

/// What came of one part.
#[derive(Debug, Default)]
pub(super) struct Figures {
    n_reports: usize,
    n_told: usize,
    n_found: usize,
    n_pairs: usize,
    n_joined: usize,
    n_right: usize,
    b_cubed: (f64, f64),
}

impl Figures {
    /// Precision, recall and F1 of pairs.
    pub(super) fn pairs(&self) -> (f64, f64, f64) {
        let precision = share(self.n_right, self.n_joined);
        let recall = share(self.n_right, self.n_pairs);
        (precision, recall, f1(precision, recall))
    }

    /// F1 by B-cubed.
    pub(super) fn b_cubed(&self) -> f64 {
        f1(self.b_cubed.0, self.b_cubed.1)
    }

    /// The figures as lines of a table.
    pub(super) fn lines(&self, part: &str) -> String {
        let (precision, recall, f1) = self.pairs();
        let (cubed_precision, cubed_recall) = self.b_cubed;
        format!(
            "groups, {part}: {} reports tell {} incidents, {} of them coded\n  \
             pairs     P {precision:.3}  R {recall:.3}  F1 {f1:.3}  ({} right of {} joined, {} told)\n  \
             b-cubed   P {cubed_precision:.3}  R {cubed_recall:.3}  F1 {:.3}",
            self.n_reports,
            self.n_told,
            self.n_found,
            self.n_right,
            self.n_joined,
            self.n_pairs,
            self.b_cubed(),
        )
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn f1(precision: f64, recall: f64) -> f64 {
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}

/// Codes and links one part of the groups.
///
/// # Errors
/// If its file cannot be read, or quotes words that its text does not have.
pub(super) fn measure(part: &str) -> anyhow::Result<Figures> {
    let lines = read(part)?;
    let codings = code(&lines);
    let joined = clusters(&codings, &words(&lines));
    Ok(figures(&lines, &codings, &joined))
}

/// Codes one part of the groups.
///
/// # Errors
/// As [`measure`].
pub(crate) fn accounts(part: &str) -> anyhow::Result<Vec<Account>> {
    let lines = read(part)?;
    let codings = code(&lines);
    let (meant, _) = meant(&lines, &codings);
    let profiles = profiles(&codings, &words(&lines)).into_iter();
    let accounts = profiles.map(|profile| {
        let report: usize = profile.report.parse().unwrap_or_default();
        Account {
            label: format!("{part} {}", meant[&profile.key]),
            group: group(&lines[report]).to_owned(),
            profile,
        }
    });
    Ok(accounts.collect())
}

pub(super) fn read(part: &str) -> anyhow::Result<Vec<Line>> {
    let path = workspace::root().join(format!("examples/groups/{part}.jsonl"));
    let lines: Vec<Line> = eval::read_lines(&path)?;
    for line in &lines {
        for words in line.tells.values().flatten() {
            anyhow::ensure!(line.text.contains(words), "{}: no {words:?}", line.id);
        }
    }
    Ok(lines)
}

pub(super) fn code(lines: &[Line]) -> Vec<Coding> {
    let reports: Vec<Report> = lines.iter().map(report).collect();
    eval::code(&reports)
}

pub(super) fn words(lines: &[Line]) -> Vec<Words<'_>> {
    let words = lines
        .iter()
        .map(|line| (Some(line.title.as_str()), line.text.as_str()));
    words.collect()
}

fn report(line: &Line) -> Report {
    let metadata = Metadata {
        id: line.id.clone(),
        title: Some(line.title.clone()),
        outlet: Some(line.outlet.clone()),
        published: Some(line.published),
        url: None,
        language: Some(line.language.clone()),
    };
    Report::new(metadata, &line.text)
}

/// Which incident each coded record is, one that is none of those told its own; and how many of those
/// told were coded.
pub(super) fn meant(lines: &[Line], codings: &[Coding]) -> (BTreeMap<String, String>, usize) {
    let mut meant: BTreeMap<String, String> = BTreeMap::new();
    let mut n_found = 0;
    for (i, (line, coding)) in lines.iter().zip(codings).enumerate() {
        let mut found = BTreeSet::new();
        for (j, incident) in coding.incidents.iter().enumerate() {
            let name = told_by(line, incident).filter(|name| found.insert(*name));
            let label = name.map_or_else(|| key(i, j), |name| in_group(line, name));
            meant.insert(key(i, j), label);
        }
        n_found += found.len();
    }
    (meant, n_found)
}

fn figures(lines: &[Line], codings: &[Coding], joined: &BTreeMap<String, String>) -> Figures {
    let (meant, n_found) = meant(lines, codings);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines {
        for name in line.tells.keys() {
            *told.entry(in_group(line, name)).or_default() += 1;
        }
    }
    let mut figures = Figures {
        n_reports: lines.len(),
        n_found,
        ..Figures::default()
    };
    let sizes = |labels: &mut dyn Iterator<Item = &String>| {
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for label in labels {
            *sizes.entry(label.clone()).or_default() += 1;
        }
        sizes
    };
    let groups = sizes(&mut joined.values());
    let both: BTreeMap<String, (String, String)> = meant
        .iter()
        .map(|(key, label)| (key.clone(), (joined[key].clone(), label.clone())))
        .collect();
    let mut shared: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in both.values() {
        *shared.entry(pair.clone()).or_default() += 1;
    }
    let n_pairs = |n: &usize| n * (n - 1) / 2;
    figures.n_told = told.values().sum();
    figures.n_pairs = told.values().map(n_pairs).sum();
    figures.n_joined = groups.values().map(n_pairs).sum();
    figures.n_right = shared.values().map(n_pairs).sum();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (group, label) in both.values() {
        let n = shared[&(group.clone(), label.clone())];
        precision += share(n, groups[group]) / meant.len() as f64;
        if let Some(n_told) = told.get(label) {
            recall += share(n, *n_told) / figures.n_told as f64;
        }
    }
    figures.b_cubed = (precision, recall);
    figures
}

/// An incident's name beside those of other groups.
pub(super) fn in_group(line: &Line, name: &str) -> String {
    format!("{} {name}", group(line))
}

/// The report `lg-07-2` is of the group `lg-07`.
fn group(line: &Line) -> &str {
    line.id.rsplit_once('-').map_or("", |(group, _)| group)
}

/// The incident in whose words most of the evidence lies.
fn told_by<'a>(line: &'a Line, incident: &Incident) -> Option<&'a str> {
    let mut best: Option<(u32, &str)> = None;
    for (name, quotes) in &line.tells {
        for words in quotes {
            let n = common(&line.text, words, incident);
            if best.map_or(0, |(most, _)| most) < n {
                best = Some((n, name));
            }
        }
    }
    best.map(|(_, name)| name)
}

/// Code points of the evidence that lie in these words.
fn common(text: &str, words: &str, incident: &Incident) -> u32 {
    let Some(at) = text.find(words) else {
        return 0;
    };
    let start = text[..at].chars().count() as u32;
    let end = start + words.chars().count() as u32;
    let evidence = std::iter::once(&incident.evidence).chain(&incident.evidence_also);
    evidence
        .filter(|evidence| evidence.zone == Zone::Text)
        .map(|e| e.end.min(end).saturating_sub(e.start.max(start)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when coding or linking falls behind what it reached: precision and F1 of pairs, F1 by B-cubed.
    fn check(part: &str, floors: (f64, f64, f64)) {
        let figures = measure(part).expect("the groups are coded");
        let (precision, _, f1) = figures.pairs();
        let holds = floors.0 <= precision && floors.1 <= f1 && floors.2 <= figures.b_cubed();
        assert!(holds, "expected {floors:?}, found\n{}", figures.lines(part));
    }

    #[test]
    fn coded_groups_link_where_linking_was_developed() {
        check("develop", (0.93, 0.87, 0.92));
    }

    #[test]
    fn coded_groups_link_where_they_were_kept_aside() {
        check("check", (0.78, 0.62, 0.78));
    }
}
