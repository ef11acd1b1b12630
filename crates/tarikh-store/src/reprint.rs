//! Agency copy printed in ten papers is one source: near duplicates are found and marked.
//!
//! A text is cut into runs of five words; MinHash (Broder 1997) over these runs puts likely
//! duplicates into a common band, and the share of common runs decides.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use crate::error::Result;

/// Words in a run.
const RUN: usize = 5;

/// Bands of a signature, and hashes in a band. Texts that share 80 % of their runs meet in some
/// band all but surely, those that share 30 % seldom.
const BANDS: usize = 16;
const ROWS: usize = 4;

/// Share of common runs among all runs, or in the shorter text, from which a text repeats another.
const ALIKE: f64 = 0.7;
const CONTAINED: f64 = 0.9;

/// Most texts that one is compared with, those first that share the most bands: phrases that every
/// report has must not make a store slow.
const MAX_CANDIDATES: usize = 64;

/// Fewest runs of which the share in the shorter text says anything.
const MIN_RUNS: usize = 30;

/// Notes a report's bands, and the pairs that it makes with reports stored before.
pub(crate) fn note(db: &Connection, report: i64, body: &str) -> Result<()> {
    let runs = runs(body);
    let mut n_shared: BTreeMap<i64, usize> = BTreeMap::new();
    {
        let mut select = db.prepare_cached("SELECT report FROM bands WHERE band = ?1")?;
        let mut insert =
            db.prepare_cached("INSERT OR IGNORE INTO bands (band, report) VALUES (?1, ?2)")?;
        for band in bands(&runs) {
            let found = select.query_map([band], |row| row.get::<_, i64>(0))?;
            for other in found {
                *n_shared.entry(other?).or_default() += 1;
            }
            insert.execute([band, report])?;
        }
    }
    n_shared.remove(&report);
    let mut candidates: Vec<(i64, usize)> = n_shared.into_iter().collect();
    candidates.sort_by_key(|(other, n)| (std::cmp::Reverse(*n), *other));
    for (other, _) in candidates.into_iter().take(MAX_CANDIDATES) {
        let other_body: String = db
            .prepare_cached("SELECT body FROM reports WHERE report = ?1")?
            .query_row([other], |row| row.get(0))?;
        if repeats(&runs, &self::runs(&other_body)) {
            db.prepare_cached("INSERT OR IGNORE INTO near_duplicates (a, b) VALUES (?1, ?2)")?
                .execute([report.min(other), report.max(other)])?;
        }
    }
    Ok(())
}

/// Marks all but the first published of the reports that repeat each other, `report` among them.
/// Returns these reports, `report` alone if it repeats none.
pub(crate) fn mark(db: &Connection, report: i64) -> Result<Vec<i64>> {
    let group = group(db, report)?;
    if group.len() < 2 {
        return Ok(group);
    }
    let mut by_age = BTreeMap::new();
    for member in &group {
        let age: (bool, Option<String>, String) = db
            .prepare_cached(
                "SELECT published IS NULL, published, key FROM reports WHERE report = ?1",
            )?
            .query_row([member], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        by_age.insert(age, *member);
    }
    let original = by_age.first_entry().map(|first| *first.get());
    for member in &group {
        db.prepare_cached("DELETE FROM reprints WHERE report = ?1")?
            .execute([member])?;
        if original != Some(*member) {
            db.prepare_cached("INSERT INTO reprints (report, original) VALUES (?1, ?2)")?
                .execute(params![member, original])?;
        }
    }
    Ok(group)
}

fn group(db: &Connection, report: i64) -> Result<Vec<i64>> {
    let mut found = BTreeSet::from([report]);
    let mut open = vec![report];
    let mut select = db.prepare_cached(
        "SELECT b FROM near_duplicates WHERE a = ?1 UNION SELECT a FROM near_duplicates WHERE b = ?1",
    )?;
    while let Some(next) = open.pop() {
        for other in select.query_map([next], |row| row.get::<_, i64>(0))? {
            let other = other?;
            if found.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Hashes of all runs of words; of the whole text if it is shorter than one.
fn runs(body: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = body
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| fnv(word.to_lowercase().bytes()))
        .collect();
    if words.len() < RUN {
        return BTreeSet::from([combine(&words)]);
    }
    words.windows(RUN).map(combine).collect()
}

fn combine(words: &[u64]) -> u64 {
    fnv(words.iter().flat_map(|word| word.to_le_bytes()))
}

/// FNV-1a, 64 bits.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One number for each band of the signature.
fn bands(runs: &BTreeSet<u64>) -> Vec<i64> {
    let least = |seed: usize| {
        let hashes = runs.iter().map(|run| mix(run ^ mix(seed as u64 + 1)));
        hashes.min().unwrap_or_default()
    };
    (0..BANDS)
        .map(|band| {
            let rows: Vec<u64> = (0..ROWS).map(|row| least(band * ROWS + row)).collect();
            // The database's integers have a sign; the bits stay.
            (combine(&rows) ^ mix(band as u64)).cast_signed()
        })
        .collect()
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn repeats(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let n_common = a.intersection(b).count() as f64;
    let n_all = a.union(b).count() as f64;
    let shorter = a.len().min(b.len());
    ALIKE <= n_common / n_all || (MIN_RUNS <= shorter && CONTAINED <= n_common / shorter as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Gunmen on motorcycles attacked the market of Corva on Monday morning and \
        killed nine traders before they fled towards the hills, the mayor of the town said. Two \
        of the wounded were taken to the hospital of Elsk, where doctors fought for their lives \
        through the night while relatives waited outside in the rain for news of them.";

    fn check(a: &str, b: &str, expected: bool) {
        let (a, b) = (runs(a), runs(b));
        assert_eq!(repeats(&a, &b), expected);
        let shared = bands(&a).iter().any(|band| bands(&b).contains(band));
        assert!(shared || !expected, "duplicates share a band");
    }

    #[test]
    fn copies_and_cut_copies_repeat() {
        check(TEXT, &TEXT.to_uppercase(), true);
        check(TEXT, &format!("CORVA (Elsk Post) - {TEXT}"), true);
        check(TEXT, TEXT.split_once(" Two").map_or("", |cut| cut.0), false);
    }

    #[test]
    fn another_report_does_not_repeat() {
        let other = "Protesters gathered on Tuesday in front of the parliament of Dunmar, where \
            they asked for lower prices of bread and for the release of two of their leaders.";
        check(TEXT, other, false);
        check("", "Fire.", false);
    }
}
