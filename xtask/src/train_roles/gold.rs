//! The training side: reports with their templates, as answers to the model's questions.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Deserialize;
use tarikh_roles::Role;
use tarikh_roles::candidates::{Candidate, candidates, normal};
use tarikh_roles::features::Context;
use tarikh_roles::labels::{ACTS, VALUES};
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};

/// A report of the benchmark with its templates.
#[derive(Deserialize)]
pub(super) struct Line {
    text: String,
    templates: Vec<Template>,
}

/// A template; a slot that does not apply is null.
#[derive(Deserialize)]
struct Template {
    #[serde(flatten)]
    slots: BTreeMap<String, serde_json::Value>,
}

/// A fill: strings of which each is right, and what it is about.
#[derive(Deserialize)]
struct Fill {
    any: Vec<String>,
    #[serde(rename = "ref")]
    about: Option<Vec<String>>,
}

/// A report as the model sees it, with the right answers.
pub(super) struct Example {
    pub(super) doc: Doc,
    pub(super) candidates: Vec<Candidate>,
    pub(super) features: Vec<Vec<u32>>,
    /// The features of the whole report: one list, so that it counts as a document of one row.
    pub(super) bag: [Vec<u32>; 1],
    /// What the whole report tells of, as bits: an incident, and each act.
    pub(super) report: u64,
    /// The parties in each role, each as the strings that name it.
    pub(super) parties: Vec<Vec<BTreeSet<String>>>,
    /// Roles and acts of each candidate, as bits.
    pub(super) roles: Vec<u64>,
    /// Values asked of each candidate and those answered yes, as bits.
    pub(super) values: Vec<(u64, u64)>,
}

/// Reads all reports.
pub(super) fn read(lines: &[Line]) -> Vec<Example> {
    let analyzer = Analyzer::new();
    lines
        .par_iter()
        .map_init(Workspace::default, |workspace, line| {
            example(&analyzer, workspace, line)
        })
        .collect()
}

fn example(analyzer: &Analyzer, workspace: &mut Workspace, line: &Line) -> Example {
    let metadata = Metadata {
        language: Some("en".into()),
        ..Metadata::default()
    };
    let mut doc = analyzer.tokenize(&Report::new(metadata, &line.text));
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, workspace);
    let candidates = candidates(&doc);
    let context = Context::new(&doc, &candidates);
    let features = candidates.iter().map(|c| context.features(c)).collect();
    let bag = [context.bag()];
    let mut example = Example {
        features,
        bag,
        report: u64::from(!line.templates.is_empty()),
        parties: vec![Vec::new(); Role::ALL.len()],
        roles: vec![0; candidates.len()],
        values: vec![(0, 0); candidates.len()],
        doc,
        candidates,
    };
    for template in &line.templates {
        example.learn(template);
    }
    example
}

impl Template {
    fn fills(&self, slot: &str) -> Vec<Fill> {
        let value = self.slots.get(slot).cloned().unwrap_or_default();
        serde_json::from_value(value).unwrap_or_default()
    }

    /// The first acceptable value of a slot.
    fn value(&self, slot: &str) -> Option<String> {
        let fills = self.fills(slot);
        fills.first().and_then(|fill| fill.any.first().cloned())
    }
}

impl Example {
    fn learn(&mut self, template: &Template) {
        let act = template.value("incident_type");
        let act = ACTS.iter().position(|a| Some(*a) == act.as_deref());
        if let Some(act) = act {
            self.report |= 2 << act;
        }
        for (index, role) in Role::ALL.into_iter().enumerate() {
            for fill in template.fills(role.slot()) {
                let party: BTreeSet<String> = strings(&fill.any);
                let mut bits = 1 << index;
                if let Some(act) = act {
                    bits |= 1 << (Role::ALL.len() + act);
                }
                let (asked, yes) = values(template, role, &party);
                for i in self.named(&party) {
                    self.roles[i] |= bits;
                    self.values[i].0 |= asked;
                    self.values[i].1 |= yes;
                }
                add(&mut self.parties[index], party);
            }
        }
    }

    /// The candidates that the strings name.
    fn named(&self, party: &BTreeSet<String>) -> Vec<usize> {
        (0..self.candidates.len())
            .filter(|&i| party.contains(&self.candidates[i].key))
            .collect()
    }
}

/// The questions of value that a template answers about a party, and those answered yes.
fn values(template: &Template, role: Role, party: &BTreeSet<String>) -> (u64, u64) {
    let (mut asked, mut yes) = (0, 0);
    let mut bit = 0;
    for (slot, values) in VALUES {
        let mut right: Vec<String> = Vec::new();
        if is_asked_of(slot, role) {
            for fill in template.fills(slot) {
                let about = strings(fill.about.as_deref().unwrap_or_default());
                if about.is_empty() || !about.is_disjoint(party) {
                    right.extend(fill.any);
                }
            }
        }
        for value in values {
            asked |= u64::from(!right.is_empty()) << bit;
            yes |= u64::from(right.iter().any(|r| r == value)) << bit;
            bit += 1;
        }
    }
    (asked, yes)
}

/// Whether a slot tells something of parties in this role.
fn is_asked_of(slot: &str, role: Role) -> bool {
    match slot {
        "hum_type" | "hum_effect" => {
            matches!(role, Role::VictimName | Role::VictimDescription)
        }
        "phys_type" | "phys_effect" => role == Role::PhysicalTarget,
        "instrument_type" => role == Role::Weapon,
        "perp_org_confidence" => role == Role::PerpetratorOrganisation,
        _ => true,
    }
}

fn strings(fills: &[String]) -> BTreeSet<String> {
    let strings = fills.iter().map(|s| normal(s));
    strings.filter(|s| !s.is_empty()).collect()
}

/// Adds a party unless it is known; one that another template words more fully replaces it.
fn add(parties: &mut Vec<BTreeSet<String>>, party: BTreeSet<String>) {
    if party.is_empty() || parties.iter().any(|other| party.is_subset(other)) {
        return;
    }
    parties.retain(|other| !other.is_subset(&party));
    parties.push(party);
}
