//! From pairs to groups.
//!
//! Pairs are joined from the surest down. Two groups become one unless a pair across them is kept
//! apart: two accounts of one report, a person's decision, or a score that speaks plainly against.
//! Since scores and keys decide the order, the groups do not depend on the order of the input.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{DOUBTFUL, SAME, compare};
use crate::near::are_far;
use crate::{Profile, blocks_of, blocks_to_search};

/// Score under which a pair across two groups keeps these apart.
const APART: f64 = -2.5;

/// Lead in score that the best candidate of a report needs over its second best.
const MARGIN: f64 = 0.3;

/// Two mentions that are the same or may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Key of the one; the smaller of the two.
    pub a: String,
    /// Key of the other.
    pub b: String,
    /// Score of the comparison, [`DOUBTFUL`] or more.
    pub score: f64,
}

/// What people decided about pairs; these win over any score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Pairs that are one incident.
    pub together: BTreeSet<(String, String)>,
    /// Pairs that are not, the smaller key first.
    pub apart: BTreeSet<(String, String)>,
}

impl Constraints {
    /// Notes that two mentions are not the same, whatever was noted of them before.
    pub fn keep_apart(&mut self, a: &str, b: &str) {
        self.together.remove(&ordered(a, b));
        self.apart.insert(ordered(a, b));
    }

    /// Notes that two mentions are the same, whatever was noted of them before.
    pub fn join(&mut self, a: &str, b: &str) {
        self.apart.remove(&ordered(a, b));
        self.together.insert(ordered(a, b));
    }

    fn forbids(&self, a: &str, b: &str) -> bool {
        self.apart.contains(&ordered(a, b))
    }

    fn demands(&self, a: &str, b: &str) -> bool {
        self.together.contains(&ordered(a, b))
    }
}

/// Groups of mentions, and the pairs that people should look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linking {
    /// Keys of the mentions of each incident, sorted; the groups sorted by their first key.
    pub groups: Vec<Vec<String>>,
    /// Pairs in different groups that may be the same.
    pub doubtful: Vec<Edge>,
}

/// Links mentions from nothing.
#[must_use]
pub fn link(profiles: &[Profile], constraints: &Constraints) -> Linking {
    let by_key = profiles
        .iter()
        .map(|p| (p.key.clone(), p.clone()))
        .collect();
    group(&by_key, &edges(profiles), constraints)
}

/// All pairs that are the same or may be, in the order of their keys.
#[must_use]
pub fn edges(profiles: &[Profile]) -> Vec<Edge> {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, profile) in profiles.iter().enumerate() {
        for block in blocks_of(profile) {
            blocks.entry(block).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        let searched = blocks_to_search(profile);
        let near = searched
            .iter()
            .filter_map(|block| blocks.get(block))
            .flatten();
        // The other half of each pair finds this one too.
        let others: BTreeSet<usize> = near.copied().filter(|j| *j < i).collect();
        found.extend(others.iter().filter_map(|j| edge(profile, &profiles[*j])));
    }
    found.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    found
}

/// The edge of a pair, if the two are the same or may be.
#[must_use]
pub fn edge(a: &Profile, b: &Profile) -> Option<Edge> {
    if a.key == b.key || are_far(a, b) {
        return None;
    }
    let score = compare(a, b).score;
    if score < DOUBTFUL {
        return None;
    }
    let (a, b) = ordered(&a.key, &b.key);
    Some(Edge { a, b, score })
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = if b < a { (b, a) } else { (a, b) };
    (a.to_owned(), b.to_owned())
}

/// Groups the mentions of `profiles` along `edges`. What is not connected with them, through edges
/// or decisions, does not matter: a part of a dataset may be grouped alone.
#[must_use]
pub fn group(
    profiles: &BTreeMap<String, Profile>,
    edges: &[Edge],
    constraints: &Constraints,
) -> Linking {
    let mut groups = Groups::new(profiles);
    for (a, b) in &constraints.together {
        groups.join(a, b);
    }
    let mut surest: Vec<&Edge> = edges.iter().filter(|edge| SAME <= edge.score).collect();
    surest.sort_by(|x, y| {
        let by_score = y.score.total_cmp(&x.score);
        by_score.then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    let rivals = Rivals::new(profiles, &surest);
    for edge in surest {
        if !rivals.is_ambiguous(edge) && groups.may_join(edge, profiles, constraints) {
            groups.join(&edge.a, &edge.b);
        }
    }
    let mut doubtful: Vec<Edge> = edges.to_vec();
    doubtful
        .retain(|edge| !groups.are_one(&edge.a, &edge.b) && !constraints.forbids(&edge.a, &edge.b));
    Linking {
        groups: groups.into_lists(),
        doubtful,
    }
}

/// For each mention and other report, the two best candidates: where they are as good as each
/// other, neither is taken.
struct Rivals<'a> {
    scores: BTreeMap<(&'a str, &'a str), [f64; 2]>,
    report_of: BTreeMap<&'a str, &'a str>,
}

impl<'a> Rivals<'a> {
    fn new(profiles: &'a BTreeMap<String, Profile>, edges: &[&'a Edge]) -> Self {
        let report_of: BTreeMap<&str, &str> = profiles
            .iter()
            .map(|(key, profile)| (key.as_str(), profile.report.as_str()))
            .collect();
        let mut scores: BTreeMap<(&str, &str), [f64; 2]> = BTreeMap::new();
        for edge in edges {
            for (here, there) in [(&edge.a, &edge.b), (&edge.b, &edge.a)] {
                let Some(report) = report_of.get(there.as_str()) else {
                    continue;
                };
                let best = scores
                    .entry((here, report))
                    .or_insert([f64::NEG_INFINITY; 2]);
                if best[0] < edge.score {
                    *best = [edge.score, best[0]];
                } else if best[1] < edge.score {
                    best[1] = edge.score;
                }
            }
        }
        Self { scores, report_of }
    }

    fn is_ambiguous(&self, edge: &Edge) -> bool {
        [(&edge.a, &edge.b), (&edge.b, &edge.a)]
            .into_iter()
            .any(|(here, there)| {
                let report = self.report_of.get(there.as_str());
                let best = report.and_then(|report| self.scores.get(&(here.as_str(), *report)));
                best.is_some_and(|[first, second]| first - second < MARGIN)
            })
    }
}

/// Disjoint sets of mentions, each known by one of its keys.
struct Groups<'a> {
    leader_of: BTreeMap<&'a str, &'a str>,
    members: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Groups<'a> {
    fn new(profiles: &'a BTreeMap<String, Profile>) -> Self {
        let keys = || profiles.keys().map(String::as_str);
        Self {
            leader_of: keys().map(|key| (key, key)).collect(),
            members: keys().map(|key| (key, vec![key])).collect(),
        }
    }

    fn leader(&self, key: &str) -> Option<&'a str> {
        self.leader_of.get(key).copied()
    }

    fn are_one(&self, a: &str, b: &str) -> bool {
        self.leader(a).is_some() && self.leader(a) == self.leader(b)
    }

    fn may_join(
        &self,
        edge: &Edge,
        profiles: &BTreeMap<String, Profile>,
        constraints: &Constraints,
    ) -> bool {
        let (Some(a), Some(b)) = (self.leader(&edge.a), self.leader(&edge.b)) else {
            return false;
        };
        a != b
            && self.members[a].iter().all(|x| {
                self.members[b].iter().all(|y| {
                    if constraints.demands(x, y) {
                        return true;
                    }
                    !constraints.forbids(x, y)
                        && APART <= compare(&profiles[*x], &profiles[*y]).score
                })
            })
    }

    fn join(&mut self, a: &str, b: &str) {
        let (Some(a), Some(b)) = (self.leader(a), self.leader(b)) else {
            return;
        };
        if a == b {
            return;
        }
        let (kept, dissolved) = (a.min(b), a.max(b));
        let moved = self.members.remove(dissolved).unwrap_or_default();
        for key in &moved {
            self.leader_of.insert(key, kept);
        }
        self.members.entry(kept).or_default().extend(moved);
    }

    fn into_lists(self) -> Vec<Vec<String>> {
        let lists = self.members.into_values().map(|mut keys| {
            keys.sort_unstable();
            keys.into_iter().map(str::to_owned).collect()
        });
        lists.collect()
    }
}
