//! Trees and tags that a stronger parser gave to raw text (`xtask/teacher`), kept without the
//! words: `data/treebank/silver.bin` names a sentence by the hash of its words, and the training sides
//! of the benchmarks have them.
//!
//! The fast models learn from them beside the treebanks (after Weiss et al. 2015).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rustc_hash::FxHashMap;
use tarikh_syntax::lexeme::{self, Lexeme};
use tarikh_syntax::parser::NONE;
use tarikh_syntax::tagger::{Tag, TagSet};
use tarikh_syntax::{Deprel, Doc, Feats, TokRange, Upos, XPOS};

use super::corpora;
use super::treebank::{Sentence, class};
use crate::workspace;

/// Lengths of the sentences that the teacher is asked about.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=60;

fn path() -> PathBuf {
    workspace::root().join("data/treebank/silver.bin")
}

/// Writes the sentences of the corpora under `data` for the teacher, each once, as CoNLL-U without
/// annotation; `sent_id` is the key of the sentence, `source` the file.
pub(crate) fn write_text(data: &Path, out: &Path) -> Result<()> {
    let (mut text, mut seen, mut words) = (String::new(), BTreeSet::new(), Vec::new());
    corpora::documents_of(&corpora::SILVER, data, &|_| (), &mut |file, doc| {
        for sentence in doc.sentences() {
            lexeme::read(doc, sentence.tokens, &mut words);
            if !LENGTHS.contains(&words.len()) || !seen.insert(key(&words)) {
                continue;
            }
            // Writing into a string does not fail.
            let _ = writeln!(text, "# sent_id = {:08x}\n# source = {file}", key(&words));
            for (t, id) in sentence.tokens.iter().zip(1..) {
                let word = doc.word(t);
                let _ = writeln!(text, "{id}\t{word}\t_\t_\t_\t_\t_\t_\t_\t_");
            }
            text.push('\n');
        }
    })?;
    fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

/// What names a sentence: a hash of its words.
fn key(words: &[Lexeme]) -> u32 {
    let length = words.len() as u32;
    words.iter().fold(length, |hash, word| {
        (hash.rotate_left(5) ^ word.norm).wrapping_mul(0x9e37_79b1)
    })
}

/// The annotation of a sentence.
#[derive(Default)]
struct Row {
    key: u32,
    tags: Vec<u8>,
    /// Each head's distance from its word, folded (0, -1, 1, -2 …); 0 for the root.
    heads: Vec<u8>,
    relations: Vec<u8>,
}

/// Packs what the teacher wrote into `data/treebank/silver.bin`.
pub(crate) fn pack(labelled: &Path) -> Result<()> {
    let text = fs::read_to_string(labelled)
        .with_context(|| format!("cannot read {}", labelled.display()))?;
    let mut tags: Vec<Tag> = Vec::new();
    let mut rows = text
        .split("\n\n")
        .filter(|s| !s.trim().is_empty())
        .map(|s| read_row(s, &mut tags))
        .collect::<Result<Vec<_>>>()?;
    rows.sort_by_key(|r| r.key);
    rows.dedup_by_key(|r| r.key);
    let column = |of: &dyn Fn(&Row) -> Vec<u8>| rows.iter().flat_map(of).collect::<Vec<u8>>();
    let columns = [
        TagSet::new(tags).encode(),
        Deprel::ALL
            .iter()
            .flat_map(|r| format!("{}\n", r.as_str()).into_bytes())
            .collect(),
        column(&|r| r.key.to_le_bytes().to_vec()),
        column(&|r| vec![r.tags.len() as u8]),
        column(&|r| r.tags.clone()),
        column(&|r| r.heads.clone()),
        column(&|r| r.relations.clone()),
    ];
    let mut out = Vec::new();
    for column in &columns {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(column)?;
        let packed = encoder.finish()?;
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend(packed);
    }
    fs::write(path(), out).context("cannot write silver.bin")
}

fn read_row(sentence: &str, tags: &mut Vec<Tag>) -> Result<Row> {
    let mut row = Row::default();
    for line in sentence.lines() {
        if let Some(key) = line.strip_prefix("# sent_id = ") {
            row.key = u32::from_str_radix(key, 16).with_context(|| format!("no key: {line}"))?;
        } else if !line.starts_with('#') {
            let cells: Vec<&str> = line.split('\t').collect();
            let [_, _, _, upos, xpos, feats, head, relation, ..] = cells[..] else {
                bail!("too few columns: {line}");
            };
            let malformed = || anyhow!("malformed: {line}");
            let tag = Tag {
                upos: Upos::parse(upos).ok_or_else(malformed)?,
                xpos: XPOS.iter().position(|x| *x == xpos).ok_or_else(malformed)? as u8,
                feats: Feats::parse(feats),
            };
            let at = tags.iter().position(|t| *t == tag).unwrap_or(tags.len());
            if at == tags.len() {
                tags.push(tag);
            }
            row.tags.push(at as u8);
            let head: i32 = head.parse().map_err(|_| malformed())?;
            let distance = if head == 0 {
                0
            } else {
                head - row.tags.len() as i32
            };
            row.heads.push(fold(distance));
            row.relations
                .push(Deprel::parse(relation).ok_or_else(malformed)? as u8);
        }
    }
    Ok(row)
}

fn fold(distance: i32) -> u8 {
    (distance << 1 ^ distance >> 31) as u8
}

fn unfold(folded: u8) -> i32 {
    let value = i32::from(folded);
    value >> 1 ^ -(value & 1)
}

/// The sentences of the corpora under `data` that have a silver tree; none without `silver.bin`.
pub(crate) fn read(data: &Path, tags: &TagSet, log: &dyn Fn(&str)) -> Result<Vec<Sentence>> {
    if !path().exists() {
        return Ok(Vec::new());
    }
    let bytes = fs::read(path()).context("cannot read silver.bin")?;
    let (silver_tags, rows) = unpack(&bytes).ok_or_else(|| anyhow!("silver.bin is malformed"))?;
    let mut rows: FxHashMap<u32, Row> = rows.into_iter().map(|r| (r.key, r)).collect();
    let classes: Vec<u8> = (0..silver_tags.len() as u8)
        .map(|c| class(tags, silver_tags.get(c)))
        .collect();
    let (mut out, mut words) = (Vec::new(), Vec::new());
    corpora::documents_of(&corpora::SILVER, data, log, &mut |_, doc| {
        for sentence in doc.sentences() {
            lexeme::read(doc, sentence.tokens, &mut words);
            // Each sentence once.
            if let Some(row) = rows.remove(&key(&words))
                && row.tags.len() == words.len()
            {
                let gold: Vec<u8> = row.tags.iter().map(|&t| classes[usize::from(t)]).collect();
                let is_name = |i: usize| silver_tags.get(row.tags[i]).upos == Upos::Propn;
                out.push(Sentence {
                    words: forms(doc, sentence.tokens, &words, is_name),
                    gold,
                    heads: row
                        .heads
                        .iter()
                        .zip(0..)
                        .map(|(&d, i)| head(d, i))
                        .collect(),
                    relations: row
                        .relations
                        .iter()
                        .map(|&r| Deprel::ALL[usize::from(r)])
                        .collect(),
                    document: String::new(),
                    first: 0,
                    is_silver: true,
                });
            }
        }
    })?;
    Ok(out)
}

fn head(distance: u8, at: i32) -> u16 {
    match unfold(distance) {
        0 => NONE,
        distance => (at + distance) as u16,
    }
}

fn unpack(bytes: &[u8]) -> Option<(TagSet, Vec<Row>)> {
    let mut rest = bytes;
    let mut column = || {
        let length = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let mut out = Vec::new();
        DeflateDecoder::new(rest.get(4..4 + length)?)
            .read_to_end(&mut out)
            .ok()?;
        rest = &rest[4 + length..];
        Some(out)
    };
    let tags = TagSet::decode(&column()?)?;
    // The numbers of relations as they were when the file was made.
    let relations: Vec<u8> = String::from_utf8(column()?)
        .ok()?
        .lines()
        .map(|line| Deprel::parse(line).map(|r| r as u8))
        .collect::<Option<_>>()?;
    let (keys, lengths) = (column()?, column()?);
    let [mut all_tags, mut heads, mut all_relations] =
        [column()?, column()?, column()?].map(Vec::into_iter);
    let mut rows = Vec::new();
    for (key, &length) in keys.chunks_exact(4).zip(&lengths) {
        let n = usize::from(length);
        rows.push(Row {
            key: u32::from_le_bytes(key.try_into().ok()?),
            tags: all_tags.by_ref().take(n).collect(),
            heads: heads.by_ref().take(n).collect(),
            relations: all_relations
                .by_ref()
                .take(n)
                .map(|r| relations.get(usize::from(r)).copied())
                .collect::<Option<_>>()?,
        });
    }
    Some((tags, rows))
}

/// The words as written, and as in a headline. What was in capitals throughout, or in small letters,
/// is written as it would be elsewhere, with a capital at the beginning of the sentence and of names.
fn forms(
    doc: &Doc,
    tokens: TokRange,
    words: &[Lexeme],
    is_name: impl Fn(usize) -> bool,
) -> [Vec<Lexeme>; 2] {
    let in_one_case = words
        .iter()
        .all(|w| matches!(w.case, 0 | lexeme::IN_CAPITALS));
    let mut out = [words.to_vec(), words.to_vec()];
    for (i, t) in tokens.iter().enumerate() {
        let (written, lower) = (doc.word(t), doc.lower(t));
        let titled = capitalised(lower);
        let plain = match in_one_case {
            true if i == 0 || is_name(i) => titled.clone(),
            true => lower.to_owned(),
            false => written.to_owned(),
        };
        let headline = if lower.len() > 3 && !lower.starts_with('\'') && plain == lower {
            titled
        } else {
            plain.clone()
        };
        lexeme::write_as(&plain, &mut out[0][i]);
        lexeme::write_as(&headline, &mut out[1][i]);
    }
    out
}

fn capitalised(lower: &str) -> String {
    let mut chars = lower.chars();
    chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(chars)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_folded_and_unfolded() {
        for distance in [-60, -1, 0, 1, 59] {
            assert_eq!(unfold(fold(distance)), distance);
        }
    }

    #[test]
    fn a_row_keeps_what_the_teacher_wrote() {
        let text = "# sent_id = 0000002a\n1\tin\t_\tADP\tIN\t_\t2\tcase\t_\t_\n\
            2\tPort\t_\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\t_\n\
            3\tCorva\t_\tPROPN\tNNP\tNumber=Sing\t2\tflat\t_\t_";
        let mut tags = Vec::new();
        let row = read_row(text, &mut tags).expect("well-formed");
        assert_eq!((row.key, tags.len()), (42, 2));
        let heads: Vec<u16> = row
            .heads
            .iter()
            .zip(0..)
            .map(|(&d, i)| head(d, i))
            .collect();
        assert_eq!(heads, [1, NONE, 1]);
    }
}
