//! Words that tell one incident from another.
//!
//! The coded fields tell two bombs in one town apart only by their tolls, and tolls move. The words
//! around them ("market", "mosque", the name of a quarter) stay, and so do those of a title.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::profile::fold;

/// Words that every report on violence has (`data/link/common.toml`), folded, a plural's ending cut.
static COMMON: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../../data/link/common.toml"))
            .expect("the list of common words is tested");
    lists
        .into_values()
        .flatten()
        .map(|word| stem(&word))
        .collect()
});

/// How rare a word is among reports on violence (`models/link-words.txt`).
static RARITY: LazyLock<BTreeMap<&str, f64>> = LazyLock::new(|| {
    let lines = include_str!("../../../models/link-words.txt").lines();
    let words = lines.filter_map(|line| line.split_once(' '));
    words
        .filter_map(|(word, rarity)| Some((word, rarity.parse().ok()?)))
        .collect()
});

/// Fewest letters of a word.
const MIN_LETTERS: usize = 4;

/// How rare a word is, from 0 (every report has it) to 1.
pub(crate) fn rarity(word: &str) -> f64 {
    RARITY.get(word).copied().unwrap_or(1.0)
}

/// Whether all reports on violence have a word.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// Words of four letters and more, folded, a plural's ending cut.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(' ');
    words
        .filter(|word| MIN_LETTERS <= word.chars().count())
        .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(stem)
        .collect()
}

fn stem(word: &str) -> String {
    word.trim_end_matches('s').to_owned()
}

/// Whether two names may be two spellings of one: "Burane" and "Buurane".
pub(crate) fn is_alike(a: &str, b: &str) -> bool {
    /// Letters of a name for each of which may be written differently.
    const LETTERS_A_SLIP: usize = 5;
    let (a, b) = (spelt(a), spelt(b));
    let n_slips = a.len().min(b.len()) / LETTERS_A_SLIP;
    0 < n_slips && distance(&a, &b) <= n_slips
}

/// Letters without gaps, those that are written twice once.
fn spelt(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.dedup();
    letters
}

/// Letters to be changed, added or left out (Levenshtein 1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_report_are_common() {
        for word in ["killed", "Gunmen", "Tuesday", "according"] {
            assert!(words(word).iter().all(|word| is_common(word)), "{word}");
        }
        assert!(words("monastery").iter().all(|word| !is_common(word)));
    }

    #[test]
    fn the_rarer_a_word_the_more_it_tells() {
        assert!(rarity("market") < rarity("mosque"));
        assert!(rarity("mosque") < rarity("seminary"));
    }

    #[test]
    fn names_are_spelt_in_two_ways() {
        for (a, b) in [
            ("buurane", "burane"),
            ("druzhkivka", "druzhkovka"),
            ("ain al fil", "ain alfil"),
        ] {
            assert!(is_alike(a, b), "{a}, {b}");
        }
        for (a, b) in [
            ("arbel", "corva"),
            ("hama", "homs"),
            ("dunmar", "dunbar road"),
        ] {
            assert!(!is_alike(a, b), "{a}, {b}");
        }
    }
}
