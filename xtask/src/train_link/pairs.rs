//! Pairs of accounts that linking would compare, and whether they tell of one incident.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use serde_json::Value;
use tarikh_link::{Profile, Sign, blocks_of, blocks_to_search, signs};

use crate::eval_link::groups::{self, Account, LEARNED};
use crate::{eval, eval_link, eval_news};

/// Two accounts compared.
pub(super) struct Pair {
    pub(super) signs: Vec<&'static str>,
    pub(super) is_same: bool,
    /// Whether the two were moved to one time.
    pub(super) is_moved: bool,
    /// The groups that the two come from.
    pub(super) groups: [String; 2],
}

/// Pairs of the fictional groups as coded, of the gold records of the news reports, and of
/// accounts of different groups as if they were of one time: incidents of one country and week.
pub(super) fn load(data: &Path) -> Result<Vec<Pair>> {
    let mut parts: Vec<Vec<Account>> = vec![gold(data)?];
    for part in LEARNED {
        parts.push(groups::accounts(part)?);
    }
    let mut pairs = Vec::new();
    for part in &parts {
        pairs.extend(beside_each_other(part));
    }
    let all: Vec<&Account> = parts.iter().flatten().collect();
    for (i, a) in all.iter().enumerate() {
        pairs.extend(all[..i].iter().filter_map(|b| moved(a, b)));
    }
    Ok(pairs)
}

/// Pairs that share a block, and those of one incident that do not.
fn beside_each_other(part: &[Account]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (i, a) in part.iter().enumerate() {
        for b in &part[..i] {
            let is_same = a.label == b.label;
            if is_same || are_near(&a.profile, &b.profile) {
                pairs.extend(pair(&a.profile, &b.profile, is_same, [a, b]));
            }
        }
    }
    pairs
}

/// Two accounts of different groups, the one moved to the day on which the other was published.
fn moved(a: &Account, b: &Account) -> Option<Pair> {
    if a.group == b.group {
        return None;
    }
    let days = a.profile.published? - b.profile.published?;
    let mut other = b.profile.clone();
    other.published = a.profile.published;
    other.days = other.days.map(|(start, end)| (start + days, end + days));
    // Numbers of reports are those of their part.
    other.report = format!("{} of {}", other.report, b.group);
    if !are_near(&a.profile, &other) {
        return None;
    }
    let pair = pair(&a.profile, &other, false, [a, b])?;
    Some(Pair {
        is_moved: true,
        ..pair
    })
}

/// A pair that nothing bars.
fn pair(a: &Profile, b: &Profile, is_same: bool, accounts: [&Account; 2]) -> Option<Pair> {
    let found = signs(a, b);
    if found.iter().any(Sign::is_bar) {
        return None;
    }
    Some(Pair {
        signs: found.iter().map(|sign| sign.name).collect(),
        is_same,
        is_moved: false,
        groups: accounts.map(|account| account.group.clone()),
    })
}

fn are_near(a: &Profile, b: &Profile) -> bool {
    let searched: BTreeSet<String> = blocks_to_search(a).into_iter().collect();
    blocks_of(b).iter().any(|block| searched.contains(block))
}

/// The gold records of the news reports, with their clusters.
fn gold(data: &Path) -> Result<Vec<Account>> {
    let lines: Vec<Value> = eval::read_lines(&data.join("news/dev.jsonl"))?;
    let clusters: Vec<Value> = eval::read_lines(&data.join("news/clusters.jsonl"))?;
    let codings = eval_link::codings(&lines)?;
    let mut labels: BTreeMap<(String, u64), String> = BTreeMap::new();
    for cluster in &clusters {
        let name = cluster["cluster"].as_str().unwrap_or_default();
        for member in cluster["members"].as_array().into_iter().flatten() {
            let report = member[0].as_str().unwrap_or_default().to_owned();
            labels.insert(
                (report, member[1].as_u64().unwrap_or_default()),
                name.to_owned(),
            );
        }
    }
    let profiles = eval_news::profiles(&codings, &eval_link::words(&lines));
    let mut places = codings.iter().flat_map(|coding| {
        let n = coding.incidents.len() as u64;
        (0..n).map(|j| (coding.report_id.clone(), j))
    });
    let accounts = profiles.into_iter().map_while(|profile| {
        let place = places.next()?;
        let known = labels.get(&place).cloned();
        let label = known.unwrap_or_else(|| format!("{} {}", place.0, place.1));
        Some(Account {
            profile,
            label: format!("gold {label}"),
            group: "gold".to_owned(),
        })
    });
    Ok(accounts.collect())
}
