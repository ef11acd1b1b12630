//! Candidates: stretches of words that may name a party to an incident.
//!
//! Trees of old wire copy are unsure, so candidates come from parts of speech alone: a stretch
//! begins and ends with a word of a noun phrase and holds no verb, pronoun or comma. Which of the
//! many nested stretches is meant is left to the model.

use std::collections::BTreeMap;

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

/// Longest candidate, in tokens.
const LONGEST: usize = 11;

/// Most prepositions inside a candidate.
const MOST_PREPOSITIONS: usize = 2;

/// One place in the report where a candidate's words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub tokens: TokRange,
    /// The last word before the first preposition: the head of the phrase.
    pub head: Tok,
}

/// A string of words with all its places in the report.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Lower-cased, without punctuation and articles, single spaces.
    pub key: String,
    /// Where it stands, in order; never empty.
    pub mentions: Vec<Mention>,
}

/// Finds the candidates of a report, in the order of their keys.
#[must_use]
pub fn candidates(doc: &Doc) -> Vec<Candidate> {
    let mut by_key: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for sentence in doc.sentences() {
        for start in sentence.tokens.iter().filter(|&t| may_begin(doc, t)) {
            grow(doc, start, sentence.tokens.end, &mut |mention| {
                let key = key(doc, mention.tokens);
                if !key.is_empty() {
                    by_key.entry(key).or_default().push(mention);
                }
            });
        }
    }
    let candidates = by_key.into_iter();
    candidates
        .map(|(key, mentions)| Candidate { key, mentions })
        .collect()
}

/// Hands over every candidate that begins at `start`.
fn grow(doc: &Doc, start: Tok, end: Tok, found: &mut impl FnMut(Mention)) {
    let mut prepositions = 0;
    let mut head = None;
    for t in TokRange::new(start, end).iter().take(LONGEST) {
        if t != start && !may_stand_inside(doc, t) {
            return;
        }
        if doc.upos(t) == Upos::Adp && t != start {
            prepositions += 1;
            if prepositions > MOST_PREPOSITIONS {
                return;
            }
        }
        if !may_end(doc, t) {
            continue;
        }
        if prepositions == 0 {
            head = Some(t);
        }
        if let Some(head) = head {
            found(Mention {
                tokens: TokRange::new(start, Tok(t.0 + 1)),
                head,
            });
        }
    }
}

fn may_begin(doc: &Doc, t: Tok) -> bool {
    match doc.upos(t) {
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X => has_letter(doc, t),
        Upos::Verb => matches!(doc.xpos(t), "VBN" | "VBG"),
        _ => false,
    }
}

fn may_end(doc: &Doc, t: Tok) -> bool {
    match doc.upos(t) {
        Upos::Noun | Upos::Propn | Upos::X => has_letter(doc, t),
        Upos::Adj | Upos::Num => true,
        _ => false,
    }
}

fn may_stand_inside(doc: &Doc, t: Tok) -> bool {
    match doc.upos(t) {
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X | Upos::Adp | Upos::Det => true,
        Upos::Part => doc.lower(t).starts_with('\'') || doc.lower(t) == "s",
        Upos::Verb => matches!(doc.xpos(t), "VBN" | "VBG"),
        Upos::Punct | Upos::Sym => matches!(doc.word(t), "\"" | "-" | "'" | "." | "/"),
        _ => false,
    }
}

fn has_letter(doc: &Doc, t: Tok) -> bool {
    doc.word(t).contains(|c: char| c.is_alphanumeric())
}

/// The words lower-cased, without punctuation and articles.
#[must_use]
pub fn key(doc: &Doc, tokens: TokRange) -> String {
    normal(doc.range_span(tokens).of(doc.text()))
}

/// A text lower-cased, without punctuation and articles, with single spaces.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        let letters = word.chars().filter(|c| !c.is_ascii_punctuation());
        out.extend(letters.flat_map(char::to_lowercase));
        if matches!(out[start..].trim_start(), "" | "a" | "an" | "the") {
            out.truncate(start);
        }
    }
    out
}
