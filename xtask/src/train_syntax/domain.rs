//! The news treebank of `data/treebank` and its variants: words of one slot swapped for others, so
//! that a tree is seen with many verbs, names and numbers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use super::random::Random;

const SEED: u64 = 20_264;
/// Variants of each sentence, itself among them: its weight in training.
pub(crate) const VARIANTS: usize = 8;
/// Words that are swapped, in a hundred slots of a variant.
const SWAPPED: u64 = 80;
/// Every so many variants one is in capitals throughout, as old wire copy.
const CAPITALS: usize = 5;

/// Columns of CoNLL-U.
const FORM: usize = 1;
const LEMMA: usize = 2;
const XPOS: usize = 4;
const MISC: usize = 9;

/// The words of a slot: for each row the forms, lemma first.
#[derive(Deserialize)]
struct Slot {
    /// Penn tags of the forms of a row, by their place.
    tags: Vec<String>,
    words: Vec<String>,
}

impl Slot {
    /// Lemma and form of a row under a tag.
    fn word(&self, row: usize, xpos: &str) -> Option<(&str, &str)> {
        let column = self
            .tags
            .iter()
            .position(|tags| tags.split(' ').any(|t| t == xpos))?;
        let mut forms = self.words.get(row)?.split(' ');
        let lemma = forms.clone().next()?;
        Some((lemma, forms.nth(column)?))
    }
}

/// The treebank of a folder as one CoNLL-U text, each sentence followed by its variants.
///
/// # Errors
/// When a file cannot be read, or a slot is not in `slots.toml`.
pub(crate) fn read(folder: &Path, variants: usize) -> Result<String> {
    let slots = slots(&folder.join("slots.toml"))?;
    let mut random = Random::new(SEED);
    let mut out = String::new();
    for path in files(folder)? {
        let name = path.display();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        out += &format!("# newdoc id = {}\n", stem(&path));
        for sentence in text.split("\n\n").filter(|s| !s.trim().is_empty()) {
            let rows = rows(sentence);
            write(&rows, &mut out);
            for variant in 1..variants {
                let mut swapped = swap(&rows, &slots, &mut random)
                    .with_context(|| format!("{name}: {}", comment(sentence)))?;
                if variant % CAPITALS == 0 {
                    for row in &mut swapped {
                        row[FORM] = row[FORM].to_uppercase();
                    }
                }
                write(&swapped, &mut out);
            }
        }
    }
    Ok(out)
}

/// The treebank's files, by name.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let unread = || format!("cannot read {}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(unread)? {
        let path = entry.with_context(unread)?.path();
        if path.extension().is_some_and(|e| e == "conllu") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("treebank-{stem}")
}

fn slots(path: &Path) -> Result<BTreeMap<String, Slot>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is malformed", path.display()))
}

/// The first comment of a sentence, to name it by.
fn comment(sentence: &str) -> &str {
    sentence.lines().next().unwrap_or_default()
}

fn rows(sentence: &str) -> Vec<Vec<String>> {
    sentence
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

fn write(rows: &[Vec<String>], out: &mut String) {
    for row in rows {
        *out += &row.join("\t");
        out.push('\n');
    }
    out.push('\n');
}

/// A variant of a sentence.
fn swap(
    rows: &[Vec<String>],
    slots: &BTreeMap<String, Slot>,
    random: &mut Random,
) -> Result<Vec<Vec<String>>> {
    let mut out = rows.to_vec();
    for i in 0..out.len() {
        let Some(name) = slot(&out[i]) else {
            continue;
        };
        let slot = slots
            .get(name)
            .ok_or_else(|| anyhow!("no slot {name} in slots.toml"))?;
        let row = random.below(slot.words.len());
        if !random.percent(SWAPPED) {
            continue;
        }
        let (lemma, form) = slot
            .word(row, &out[i][XPOS])
            .ok_or_else(|| anyhow!("slot {name}, row {row}: no {}", out[i][XPOS]))?;
        let (lemma, form) = (lemma.to_owned(), like(form, &out[i][FORM]));
        if i > 0 {
            agree(&mut out[i - 1][FORM], &form);
        }
        out[i][FORM] = form;
        out[i][LEMMA] = lemma;
    }
    Ok(out)
}

/// The slot of a row, where MISC gives one.
fn slot(row: &[String]) -> Option<&str> {
    row.get(MISC)?
        .split('|')
        .find_map(|m| m.strip_prefix("Slot="))
}

/// A form with a capital where the word in its place has one.
fn like(form: &str, place: &str) -> String {
    let mut chars = form.chars();
    match chars.next() {
        Some(first) if place.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => form.to_owned(),
    }
}

/// "a" or "an", as the next word wants it.
fn agree(article: &mut String, next: &str) {
    let vowel = next.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let right = match (article.as_str(), vowel) {
        ("a", true) => "an",
        ("an", false) => "a",
        ("A", true) => "An",
        ("An", false) => "A",
        _ => return,
    };
    right.clone_into(article);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::workspace;

    fn folder() -> std::path::PathBuf {
        workspace::root().join("data/treebank")
    }

    fn sentences() -> Vec<(String, Vec<Vec<String>>)> {
        let mut out = Vec::new();
        for path in files(&folder()).expect("the folder") {
            let text = fs::read_to_string(&path).expect("a file");
            for sentence in text.split("\n\n").filter(|s| !s.trim().is_empty()) {
                out.push((comment(sentence).to_owned(), rows(sentence)));
            }
        }
        out
    }

    #[test]
    fn a_variant_keeps_the_tree_and_mends_the_article() {
        let row = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let sentence = vec![
            row("1 A a DET DT _ 2 det _ _"),
            row("2 convoy convoy NOUN NN _ 0 root _ Slot=Target"),
        ];
        let slot = Slot {
            tags: vec!["NN".into(), "NNS".into()],
            words: vec!["outpost outposts".into()],
        };
        let slots = BTreeMap::from([("Target".to_owned(), slot)]);
        let mut random = Random::new(SEED);
        let swapped = (0..9)
            .map(|_| swap(&sentence, &slots, &mut random).expect("a variant"))
            .find(|v| v[1][FORM] == "outpost")
            .expect("a swapped word");
        assert_eq!(swapped[0][FORM], "An");
        assert_eq!(swapped[1][6..8], sentence[1][6..8]);
    }

    #[test]
    fn every_slot_has_a_form_for_every_tag_it_is_used_with() {
        let slots = slots(&folder().join("slots.toml")).expect("the slots");
        for (name, rows) in sentences() {
            for row in rows {
                let Some(slot) = slot(&row) else { continue };
                let slot = slots.get(slot).expect(slot);
                for i in 0..slot.words.len() {
                    assert!(slot.word(i, &row[XPOS]).is_some(), "{name}: {row:?}, {i}");
                }
            }
        }
    }

    #[test]
    fn every_sentence_is_a_projective_tree_with_one_root() {
        for (name, rows) in sentences() {
            let heads: Vec<usize> = rows
                .iter()
                .map(|r| r[6].parse().expect("a number"))
                .collect();
            assert_eq!(heads.iter().filter(|h| **h == 0).count(), 1, "{name}");
            for (i, &head) in heads.iter().enumerate() {
                assert_eq!(rows[i][0], (i + 1).to_string(), "{name}");
                assert_eq!(head == 0, rows[i][7] == "root", "{name}: {:?}", rows[i]);
                // From every word the root can be reached, and what lies between a word and its
                // head hangs from the head.
                for between in (i + 1).min(head) + 1..(i + 1).max(head) {
                    let up = climb(&heads, between);
                    assert!(
                        head == 0 || up.contains(&head),
                        "{name}: {:?} over {between}",
                        rows[i]
                    );
                }
                assert!(climb(&heads, i + 1).contains(&0), "{name}: a circle");
            }
        }
    }

    fn climb(heads: &[usize], from: usize) -> BTreeSet<usize> {
        let (mut seen, mut at) = (BTreeSet::new(), from);
        while seen.insert(at) && at > 0 {
            at = heads[at - 1];
        }
        seen
    }

    #[test]
    fn tags_and_relations_are_of_the_sets_and_agree() {
        for (name, rows) in sentences() {
            for row in rows {
                let (upos, xpos, relation) = (row[3].as_str(), row[4].as_str(), row[7].as_str());
                assert!(tarikh_syntax::XPOS.contains(&xpos), "{name}: {row:?}");
                assert!(
                    tarikh_syntax::Deprel::parse(relation).is_some(),
                    "{name}: {row:?}"
                );
                let right: &[&str] = match xpos {
                    "NN" => &["NOUN", "PRON"],
                    "NNS" => &["NOUN"],
                    "NNP" | "NNPS" => &["PROPN"],
                    "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" => &["VERB", "AUX"],
                    "MD" => &["AUX"],
                    "JJ" | "JJR" | "JJS" => &["ADJ"],
                    "RB" | "RBR" | "RBS" => &["ADV", "PART"],
                    "CD" => &["NUM"],
                    "IN" => &["ADP", "SCONJ", "ADV"],
                    "CC" => &["CCONJ"],
                    "TO" => &["PART"],
                    "DT" | "WDT" => &["DET", "PRON"],
                    "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" => &["PUNCT"],
                    _ => continue,
                };
                assert!(right.contains(&upos), "{name}: {row:?}");
                assert_eq!(upos == "PUNCT", relation == "punct", "{name}: {row:?}");
            }
        }
    }

    #[test]
    fn the_whole_treebank_reads_as_conllu() {
        let text = read(&folder(), VARIANTS).expect("the treebank");
        let file = tarikh_syntax::conllu::read(&text).expect("CoNLL-U");
        assert_eq!(file.doc.sentences().len(), sentences().len() * VARIANTS);
    }
}
