//! Marks of words that are often part of names: from `data/syntax/names.toml` and the gazetteer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, anyhow};
use tarikh_place::{Gazetteer, PlaceClass};
use tarikh_syntax::Upos;
use tarikh_syntax::lexeme::{self, MARKS};

use super::treebank::Treebank;
use crate::workspace;

/// Marks by `Lexeme::norm`, a bit for each of [`MARKS`].
pub(crate) type Marks = BTreeMap<u32, u16>;

/// Inhabitants of a town whose name is marked, and of a city.
const TOWN: u32 = 20_000;
const CITY: u32 = 100_000;
/// A word that the treebanks have so often, and as a proper noun less than once in so many times,
/// is no mark of a town.
const COMMON: u32 = 3;
const SELDOM: u32 = 5;

/// Reads the lists; the treebank tells which names of towns are common words.
pub(crate) fn read(treebank: &Treebank) -> Result<Marks> {
    let path = workspace::root().join("data/syntax/names.toml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let lists: BTreeMap<String, String> =
        toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let mut marks = Marks::new();
    for (name, words) in &lists {
        let bit = bit(name).ok_or_else(|| anyhow!("{}: no mark {name}", path.display()))?;
        for word in words.split_whitespace() {
            mark(&mut marks, word, bit);
        }
    }
    places(treebank, &mut marks);
    Ok(marks)
}

fn bit(name: &str) -> Option<u16> {
    let at = MARKS.iter().position(|m| *m == name)?;
    Some(1 << at)
}

fn mark(marks: &mut Marks, word: &str, bit: u16) {
    *marks.entry(norm(word)).or_default() |= bit;
}

fn norm(word: &str) -> u32 {
    lexeme::norm(&word.to_lowercase())
}

/// Marks the words of the gazetteer's names.
fn places(treebank: &Treebank, marks: &mut Marks) {
    let common = common(treebank);
    let [people, place, town, first, inside] =
        ["people", "place", "town", "first of place", "in place"].map(|m| bit(m).unwrap_or(0));
    let gazetteer = Gazetteer::embedded();
    for entry in gazetteer.entries() {
        let words: Vec<&str> = entry.name.split(' ').collect();
        let is_large = match entry.class {
            PlaceClass::Demonym => {
                words.iter().for_each(|w| mark(marks, w, people));
                continue;
            }
            PlaceClass::City
            | PlaceClass::Quarter
            | PlaceClass::Admin2
            | PlaceClass::Site
            | PlaceClass::Camp => entry.population >= CITY,
            _ => true,
        };
        match words[..] {
            [name] if common.contains(&norm(name)) => {}
            [name] if is_large => mark(marks, name, place),
            [name] if entry.population >= TOWN => mark(marks, name, town),
            [_] => {}
            _ if is_large => {
                for (i, word) in words.iter().enumerate() {
                    if word.starts_with(char::is_uppercase) {
                        mark(marks, word, if i == 0 { first } else { inside });
                    }
                }
            }
            _ => {}
        }
    }
}

/// How often the treebank has each word, and how often as a proper noun.
pub(super) fn counts(treebank: &Treebank) -> BTreeMap<u32, [u32; 2]> {
    let mut counts: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    for sentence in &treebank.sentences {
        for (word, &gold) in sentence.plain().iter().zip(&sentence.gold) {
            let count = counts.entry(word.norm).or_default();
            count[0] += 1;
            count[1] += u32::from(treebank.tags.get(gold).upos == Upos::Propn);
        }
    }
    counts
}

/// Words that the treebank has often, and seldom as names.
fn common(treebank: &Treebank) -> BTreeSet<u32> {
    counts(treebank)
        .into_iter()
        .filter(|(_, [all, names])| *all >= COMMON && names * SELDOM < *all)
        .map(|(norm, _)| norm)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_names_is_a_mark() {
        let path = workspace::root().join("data/syntax/names.toml");
        let text = fs::read_to_string(path).expect("the lists");
        let lists: BTreeMap<String, String> = toml::from_str(&text).expect("strings by name");
        assert_eq!(lists.len(), 8);
        for (name, word) in [("given", "Carlos"), ("title", "Gen"), ("landmark", "River")] {
            assert!(bit(name).is_some(), "{name}");
            assert!(lists[name].split_whitespace().any(|w| w == word), "{word}");
        }
    }
}
