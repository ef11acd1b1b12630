//! One name, one kind: what a report says of a name in one sentence holds in the others.
//!
//! The name finder sees a sentence at a time. A name that it takes now for a person, now for a
//! place is what all places in which it stands speak for; and where it was passed over, it is a name
//! too, once it has been found at least twice.

use std::cmp::Reverse;

use crate::doc::{Doc, Entity, EntityKind, Tok, TokRange};
use crate::hash;
use crate::names::KINDS;

/// How often a name has to be found before it is looked for elsewhere.
const OFTEN: u32 = 2;

/// How many other places a name heeds at most.
const HEEDED: i64 = 3;

/// A name as words, and what was said of it.
struct Name {
    key: Key,
    /// How often it was found.
    times: u32,
    /// The sums of the scores of each of [`KINDS`].
    sums: [i64; KINDS.len()],
}

/// The first word of a name, its number of words (the longest first), all of its words.
type Key = (u32, Reverse<u32>, u32);

impl Name {
    /// The kind that a name with these scores is; the first of equals.
    fn kind(&self, own: [i32; KINDS.len()]) -> EntityKind {
        let others = i64::from(self.times) - 1;
        let score = |k: usize| {
            let own = i64::from(own[k]);
            own + (self.sums[k] - own) * others.min(HEEDED) / others.max(1)
        };
        let best = (0..KINDS.len()).max_by_key(|&k| (score(k), Reverse(k)));
        KINDS[best.unwrap_or(0)]
    }

    /// The kind that all places speak for.
    fn usual(&self) -> EntityKind {
        let best = (0..KINDS.len()).max_by_key(|&k| (self.sums[k], Reverse(k)));
        KINDS[best.unwrap_or(0)]
    }
}

/// Makes the names of a document agree with each other.
pub(crate) fn agree(doc: &mut Doc) {
    let names = names(doc);
    let mut entities = std::mem::take(&mut doc.entities);
    for entity in &mut entities {
        let found = names.binary_search_by_key(&key(doc, entity.tokens), |n| n.key);
        if let Ok(at) = found {
            entity.kind = names[at].kind(entity.scores);
        }
    }
    let missed = missed(doc, &entities, &names);
    if !missed.is_empty() {
        entities.extend(missed);
        entities.sort_by_key(|e| (e.tokens.start, Reverse(e.tokens.end)));
    }
    doc.entities = entities;
}

/// All names, in order of their keys.
fn names(doc: &Doc) -> Vec<Name> {
    let mut found: Vec<(Key, [i32; KINDS.len()])> = doc
        .entities
        .iter()
        .map(|e| (key(doc, e.tokens), e.scores))
        .collect();
    found.sort_unstable();
    let same = found.chunk_by(|a, b| a.0 == b.0);
    same.map(|same| {
        let mut sums = [0; KINDS.len()];
        for (_, scores) in same {
            for (sum, score) in sums.iter_mut().zip(scores) {
                *sum += i64::from(*score);
            }
        }
        Name {
            key: same[0].0,
            times: same.len() as u32,
            sums,
        }
    })
    .collect()
}

/// Words with a capital outside of every name that are such a name elsewhere.
fn missed(doc: &Doc, entities: &[Entity], names: &[Name]) -> Vec<Entity> {
    let mut out = Vec::new();
    if names.iter().all(|n| n.times < OFTEN) {
        return out;
    }
    let mut next_entity = 0;
    let mut at = Tok(0);
    for sentence in doc.sentences.iter().filter(|s| s.analysed) {
        at = at.max(sentence.tokens.start);
        while at < sentence.tokens.end {
            while entities
                .get(next_entity)
                .is_some_and(|e| e.tokens.end <= at)
            {
                next_entity += 1;
            }
            // Up to the next name, which may begin here.
            let end = entities.get(next_entity).map_or(sentence.tokens.end, |e| {
                e.tokens.start.min(sentence.tokens.end)
            });
            match longest(doc, TokRange::new(at, end.max(at)), names) {
                Some(entity) => {
                    at = entity.tokens.end;
                    out.push(entity);
                }
                None => at = Tok(at.0 + 1),
            }
        }
    }
    out
}

/// The longest of the names that the words begin with.
fn longest(doc: &Doc, words: TokRange, names: &[Name]) -> Option<Entity> {
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    if words.is_empty() || !capital(words.start) {
        return None;
    }
    let first = word(doc, words.start);
    let from = names.partition_point(|n| n.key.0 < first);
    names[from..]
        .iter()
        .take_while(|n| n.key.0 == first)
        .filter(|n| n.times >= OFTEN)
        .find_map(|name| {
            let Reverse(length) = name.key.1;
            let tokens = TokRange::new(words.start, Tok(words.start.0 + length));
            let is_it = tokens.end <= words.end && key(doc, tokens) == name.key;
            is_it.then(|| Entity {
                tokens,
                kind: name.usual(),
                scores: [0; KINDS.len()],
            })
        })
}

fn key(doc: &Doc, tokens: TokRange) -> Key {
    let all = tokens.iter().fold(0, |sum, t| hash::mix(sum, word(doc, t)));
    (word(doc, tokens.start), Reverse(tokens.len() as u32), all)
}

fn word(doc: &Doc, t: Tok) -> u32 {
    hash::string(doc.lower(t).bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use tarikh_text::{Metadata, Report};

    /// Names found in a text of which only these were known: words and kind of each.
    fn agreed(text: &str, known: &[(u32, u32, EntityKind)]) -> Vec<(String, EntityKind)> {
        let mut doc = Analyzer::new().tokenize(&Report::new(Metadata::default(), text));
        doc.sentences.iter_mut().for_each(|s| s.analysed = true);
        let entity = |&(start, end, kind): &(u32, u32, EntityKind)| Entity {
            tokens: TokRange::new(Tok(start), Tok(end)),
            kind,
            scores: KINDS.map(|k| i32::from(k == kind)),
        };
        doc.entities = known.iter().map(entity).collect();
        agree(&mut doc);
        let words = |e: &Entity| {
            let words: Vec<_> = e.tokens.iter().map(|t| doc.word(t)).collect();
            (words.join(" "), e.kind)
        };
        doc.entities.iter().map(words).collect()
    }

    #[test]
    fn a_name_is_what_it_is_taken_for_most_often() {
        use EntityKind::{Organisation, Person};
        let text = "Salim Dree fled. Salim Dree hid. Salim Dree wrote.";
        let known = [(0, 2, Person), (4, 6, Organisation), (8, 10, Person)];
        let found = agreed(text, &known);
        assert_eq!(found.len(), 3);
        assert!(
            found
                .iter()
                .all(|(name, kind)| name == "Salim Dree" && *kind == Person)
        );
    }

    #[test]
    fn a_name_found_twice_is_found_again() {
        use EntityKind::Place;
        let text = "Corva fell. Troops left Corva. Later Corva burned.";
        let found = agreed(text, &[(0, 1, Place), (5, 6, Place)]);
        assert_eq!(found, vec![("Corva".to_owned(), Place); 3]);
        let once = agreed("Corva fell. Later Corva burned.", &[(0, 1, Place)]);
        assert_eq!(once.len(), 1, "once could be chance");
    }
}
