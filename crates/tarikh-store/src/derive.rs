//! From mentions to incidents: what a change touches is linked and written again, no more.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use tarikh_link::{Edge, Policy, Profile, SAME, blocks_of, blocks_to_search, edge, group};

use crate::decision::Standing;
use crate::error::Result;
use crate::keys::incident_id;
use crate::{changes, write};

/// What has changed and what follows from it is not yet done.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Mentions that are new, changed, put to rest or waked.
    pub(crate) mentions: BTreeSet<String>,
    /// Reports that became reprints or originals.
    pub(crate) reports: BTreeSet<i64>,
}

/// Brings edges, incidents and the list of changes up to date with what was touched.
pub(crate) fn refresh(
    db: &Connection,
    touched: Touched,
    standing: &Standing,
    policy: Policy,
    at: &str,
) -> Result<()> {
    let mut seeds = touched.mentions.clone();
    for report in &touched.reports {
        let mut select = db.prepare_cached("SELECT key FROM mentions WHERE report = ?1")?;
        for key in select.query_map([report], |row| row.get(0))? {
            seeds.insert(key?);
        }
    }
    for key in &touched.mentions {
        seeds.extend(forget_links(db, key)?);
    }
    let profiles = live_profiles(db, touched.mentions.iter())?;
    for profile in profiles.values() {
        note_blocks(db, profile)?;
    }
    for profile in profiles.values() {
        find_edges(db, profile)?;
    }
    let reach = closure(db, seeds, standing)?;
    regroup(db, &reach, standing, policy, at)
}

/// Groups these mentions anew, and writes the incidents that come of it. They must be closed
/// under links, decisions and common incidents.
pub(crate) fn regroup(
    db: &Connection,
    reach: &BTreeSet<String>,
    standing: &Standing,
    policy: Policy,
    at: &str,
) -> Result<()> {
    if reach.is_empty() {
        return Ok(());
    }
    let profiles = live_profiles(db, reach.iter())?;
    let edges = edges_among(db, &profiles)?;
    let linking = group(&profiles, &edges, &standing.constraints);
    let mut founded = Vec::with_capacity(linking.groups.len());
    for members in linking.groups {
        founded.push((incident_id(&first(db, &members)?), members));
    }
    // In the order of their ids, whatever led here: so are rows and changes.
    founded.sort();
    let before = changes::Before::load(db, reach)?;
    write::clear_members(db, reach)?;
    let after = write::incidents(db, &founded, standing, policy)?;
    before.remove_gone(db, &after)?;
    before.record(db, &after, at)
}

/// Edges of mentions that are closed under them, sure enough to join.
pub(crate) fn edges_among(
    db: &Connection,
    profiles: &BTreeMap<String, Profile>,
) -> Result<Vec<Edge>> {
    let mut edges = Vec::new();
    // Each edge once: from its smaller key.
    let mut select =
        db.prepare_cached("SELECT b, score FROM edges WHERE a = ?1 AND ?2 <= score")?;
    for key in profiles.keys() {
        let rows = select.query_map(params![key, SAME], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (b, score): (String, f64) = row?;
            edges.push(Edge {
                a: key.clone(),
                b,
                score,
            });
        }
    }
    Ok(edges)
}

/// The mention that was there first: it names the incident.
pub(crate) fn first(db: &Connection, keys: &[String]) -> Result<String> {
    let mut select = db.prepare_cached("SELECT mention FROM mentions WHERE key = ?1")?;
    let mut first: Option<(i64, &String)> = None;
    for key in keys {
        let number: i64 = select.query_row([key], |row| row.get(0))?;
        if first.is_none_or(|(least, _)| number < least) {
            first = Some((number, key));
        }
    }
    Ok(first.map(|(_, key)| key.clone()).unwrap_or_default())
}

/// Deletes a mention's blocks and edges; returns those that it was linked with.
fn forget_links(db: &Connection, key: &str) -> Result<Vec<String>> {
    let linked = neighbours(db, key)?;
    db.prepare_cached("DELETE FROM edges WHERE a = ?1 OR b = ?1")?
        .execute([key])?;
    db.prepare_cached(
        "DELETE FROM blocks WHERE mention = (SELECT mention FROM mentions WHERE key = ?1)",
    )?
    .execute([key])?;
    Ok(linked)
}

fn neighbours(db: &Connection, key: &str) -> Result<Vec<String>> {
    let mut select = db.prepare_cached(
        "SELECT b FROM edges WHERE a = ?1 AND ?2 <= score
         UNION SELECT a FROM edges WHERE b = ?1 AND ?2 <= score",
    )?;
    let rows = select.query_map(params![key, SAME], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn live_profiles<'a>(
    db: &Connection,
    keys: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, Profile>> {
    let mut select =
        db.prepare_cached("SELECT profile FROM mentions WHERE key = ?1 AND live = 1")?;
    let mut profiles = BTreeMap::new();
    for key in keys {
        let mut rows = select.query([key])?;
        if let Some(row) = rows.next()? {
            let profile: String = row.get(0)?;
            profiles.insert(key.clone(), serde_json::from_str(&profile)?);
        }
    }
    Ok(profiles)
}

pub(crate) fn note_blocks(db: &Connection, profile: &Profile) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT OR IGNORE INTO blocks (block, mention)
         SELECT ?1, mention FROM mentions WHERE key = ?2",
    )?;
    for block in blocks_of(profile) {
        insert.execute([&block, &profile.key])?;
    }
    Ok(())
}

fn find_edges(db: &Connection, profile: &Profile) -> Result<()> {
    let mut select = db.prepare_cached("SELECT mention FROM blocks WHERE block = ?1")?;
    let mut candidates: BTreeSet<i64> = BTreeSet::new();
    for block in blocks_to_search(profile) {
        for mention in select.query_map([&block], |row| row.get(0))? {
            candidates.insert(mention?);
        }
    }
    let mut select = db.prepare_cached("SELECT profile FROM mentions WHERE mention = ?1")?;
    for candidate in candidates {
        let other: String = select.query_row([candidate], |row| row.get(0))?;
        if let Some(edge) = edge(profile, &serde_json::from_str(&other)?) {
            insert_edge(db, &edge)?;
        }
    }
    Ok(())
}

pub(crate) fn insert_edge(db: &Connection, edge: &Edge) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO edges (a, b, score) VALUES (?1, ?2, ?3)")?
        .execute(params![edge.a, edge.b, edge.score])?;
    Ok(())
}

/// All mentions that these are connected with.
pub(crate) fn closure(
    db: &Connection,
    seeds: BTreeSet<String>,
    standing: &Standing,
) -> Result<BTreeSet<String>> {
    let mut decided: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (a, b) in &standing.constraints.together {
        decided.entry(a).or_default().push(b);
        decided.entry(b).or_default().push(a);
    }
    let mut companions = db.prepare_cached(
        "SELECT mention FROM incident_mentions WHERE incident =
             (SELECT incident FROM incident_mentions WHERE mention = ?1)",
    )?;
    let mut open: Vec<String> = seeds.iter().cloned().collect();
    let mut reach = seeds;
    while let Some(key) = open.pop() {
        let mut near = neighbours(db, &key)?;
        for companion in companions.query_map([&key], |row| row.get(0))? {
            near.push(companion?);
        }
        let together = decided.get(key.as_str()).into_iter().flatten();
        near.extend(together.map(|other| (*other).to_owned()));
        for other in near {
            if reach.insert(other.clone()) {
                open.push(other);
            }
        }
    }
    Ok(reach)
}
