//! Phrases found in text whatever their hyphens, apostrophes and full stops.
//!
//! A text is read as *atoms*: runs of letters and digits in lower case. "al-Shabaab", "Al Shabaab"
//! and "Al-Shabaab's" share the atoms `al shabaab`, so one entry finds them all.

use rustc_hash::FxHashMap;
use tarikh_syntax::{Doc, Tok, TokRange};

/// How the words of an entry must be written in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// As it may.
    Any,
    /// With a capital first letter ("Taliban").
    Capital,
    /// In capitals ("RSF").
    Upper,
}

#[derive(Debug)]
struct Entry {
    /// Atoms behind the first one.
    rest: Vec<Box<str>>,
    case: Case,
    payload: u32,
}

/// A map from phrases to payloads, searched longest first.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: FxHashMap<Box<str>, Vec<Entry>>,
}

/// The atoms of a text, each with the token that it lies in.
#[derive(Debug, Default)]
pub(crate) struct Atoms {
    buffer: String,
    /// End of each atom in the buffer, and its token.
    ends: Vec<(u32, Tok)>,
}

impl Atoms {
    /// Reads the atoms of a whole report.
    pub(crate) fn read(doc: &Doc) -> Self {
        let mut out = Self::default();
        for t in doc.tokens() {
            out.push(doc.lower(t), t);
        }
        out
    }

    fn push(&mut self, lower: &str, t: Tok) {
        let start = self.buffer.len();
        for c in lower.chars() {
            if c.is_alphanumeric() {
                self.buffer.push(c);
            } else if c != '.' && c != '\'' {
                self.close(start, t);
            }
        }
        self.close(start, t);
    }

    fn close(&mut self, token_start: usize, t: Tok) {
        let start = self
            .ends
            .last()
            .map_or(0, |&(e, _)| e as usize)
            .max(token_start);
        if self.buffer.len() > start {
            self.ends.push((self.buffer.len() as u32, t));
        }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, i: usize) -> Option<(&str, Tok)> {
        let &(end, t) = self.ends.get(i)?;
        let start = i.checked_sub(1).map_or(0, |j| self.ends[j].0);
        Some((&self.buffer[start as usize..end as usize], t))
    }
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) tokens: TokRange,
    pub(crate) payload: u32,
}

impl Phrases {
    /// Adds a phrase; one without letters or digits is ignored.
    pub(crate) fn insert(&mut self, phrase: &str, payload: u32) {
        let mut atoms = atoms_of(phrase);
        if atoms.is_empty() {
            return;
        }
        let letters = || phrase.chars().filter(|c| c.is_alphabetic());
        let case = if letters().count() > 1 && letters().all(char::is_uppercase) {
            Case::Upper
        } else if phrase.chars().any(char::is_uppercase) {
            Case::Capital
        } else {
            Case::Any
        };
        let first = atoms.remove(0);
        let list = self.by_first.entry(first).or_default();
        let at = list.partition_point(|e| e.rest.len() >= atoms.len());
        list.insert(
            at,
            Entry {
                rest: atoms,
                case,
                payload,
            },
        );
    }

    /// Finds the phrases of a text; those that overlap an earlier or longer one are left out.
    pub(crate) fn find(&self, doc: &Doc, atoms: &Atoms, out: &mut Vec<Match>) {
        let mut i = 0;
        while let Some((first, start)) = atoms.get(i) {
            let found = self.by_first.get(first).and_then(|list| {
                list.iter().find(|e| {
                    let n = e.rest.len();
                    i + n < atoms.len()
                        && e.rest.iter().enumerate().all(|(k, atom)| {
                            atoms.get(i + 1 + k).is_some_and(|(a, _)| a == &**atom)
                        })
                        && atoms.get(i + n).is_some_and(|(_, end)| {
                            case_fits(doc, e.case, start, end)
                                && doc.sentence_of(start) == doc.sentence_of(end)
                                && !is_broken(doc, start, end)
                        })
                })
            });
            match found {
                Some(e) => {
                    let end = atoms.get(i + e.rest.len()).map_or(start, |(_, t)| t);
                    out.push(Match {
                        tokens: TokRange::new(start, Tok(end.0 + 1)),
                        payload: e.payload,
                    });
                    i += e.rest.len() + 1;
                }
                None => i += 1,
            }
        }
    }

    /// The payload of a phrase that is exactly these words.
    pub(crate) fn get(&self, phrase: &str) -> Option<u32> {
        let mut atoms = atoms_of(phrase);
        if atoms.is_empty() {
            return None;
        }
        let first = atoms.remove(0);
        self.by_first
            .get(&first)?
            .iter()
            .find(|e| e.rest == atoms)
            .map(|e| e.payload)
    }
}

/// A possessive is an atom of its own, as it is a token of its own in a text.
fn atoms_of(phrase: &str) -> Vec<Box<str>> {
    let spaced = format!("{} ", phrase.to_lowercase().replace('\u{2019}', "'"));
    let lower: String = spaced
        .replace("'s ", " s ")
        .chars()
        .filter(|c| !matches!(c, '.' | '\''))
        .collect();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|a| !a.is_empty())
        .map(Box::from)
        .collect()
}

/// "in Elsk State, police said": a comma parts two phrases.
fn is_broken(doc: &Doc, start: Tok, end: Tok) -> bool {
    let mut between = (start.0 + 1..end.0).map(Tok);
    between.any(|t| matches!(doc.word(t), "," | ";" | ":" | "("))
}

fn case_fits(doc: &Doc, case: Case, start: Tok, end: Tok) -> bool {
    let mut words = TokRange::new(start, Tok(end.0 + 1))
        .iter()
        .map(|t| doc.word(t));
    match case {
        Case::Any => true,
        Case::Capital => words.any(|w| w.contains(char::is_uppercase)),
        // In copy that is all in capitals the shortest abbreviations are words ("IS", "AA").
        Case::Upper => {
            words.all(|w| !w.contains(char::is_lowercase) || w == "s" || w.starts_with('\''))
                && (doc.span(start).cover(doc.span(end)).len() > 2
                    || doc
                        .sentence(doc.sentence_of(start))
                        .span
                        .of(doc.text())
                        .contains(char::is_lowercase))
        }
    }
}
