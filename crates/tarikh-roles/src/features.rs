//! What the model sees of a candidate: its words, its neighbours, its place in the trees and in the
//! report.

use std::collections::BTreeMap;

use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use crate::candidates::{Candidate, Mention};
use crate::hash::{mix, string};

/// What several candidates of a report share.
#[derive(Debug)]
pub struct Context<'a> {
    doc: &'a Doc,
    /// Hash of each token's lemma.
    lemma: Vec<u32>,
    /// Lemmas of each sentence's content words, sorted, once each.
    content: Vec<Vec<u32>>,
    /// Mentions of one word by their key: "GALVIS" for "PEDRO GALVIS".
    short: BTreeMap<&'a str, &'a [Mention]>,
}

/// Stands for a word beyond the edge of the sentence.
const EDGE: u32 = 1;

impl<'a> Context<'a> {
    /// Reads a report whose sentences were analysed.
    #[must_use]
    pub fn new(doc: &'a Doc, candidates: &'a [Candidate]) -> Self {
        let lemma: Vec<u32> = doc.tokens().map(|t| lemma_hash(doc, t)).collect();
        let content = doc
            .sentences()
            .iter()
            .map(|sentence| {
                let words = sentence.tokens.iter().filter(|&t| is_content(doc, t));
                let mut words: Vec<u32> = words.map(|t| lemma[t.idx()]).collect();
                words.sort_unstable();
                words.dedup();
                words
            })
            .collect();
        let short = candidates
            .iter()
            .filter(|c| !c.key.contains(' '))
            .map(|c| (c.key.as_str(), c.mentions.as_slice()))
            .collect();
        Self {
            doc,
            lemma,
            content,
            short,
        }
    }

    /// The features of a candidate, sorted, once each.
    #[must_use]
    pub fn features(&self, candidate: &Candidate) -> Vec<u32> {
        let mut out = Features::default();
        self.words(candidate, &mut out);
        for mention in &candidate.mentions {
            self.neighbours(*mention, &mut out);
            self.tree(*mention, &mut out);
            self.sentence(*mention, &mut out);
            self.names(mention.tokens, &mut out);
        }
        out.series = 100;
        for mention in self.namesakes(candidate) {
            self.tree(mention, &mut out);
        }
        out.series = 0;
        self.place(candidate, &mut out);
        out.list.sort_unstable();
        out.list.dedup();
        out.list
    }

    /// The words of the report's content, for the question whether it tells of an incident.
    #[must_use]
    pub fn bag(&self) -> Vec<u32> {
        let mut out = Features::default();
        for sentence in self.doc.sentences() {
            let mut before = EDGE;
            for t in sentence.tokens.iter().filter(|&t| is_content(self.doc, t)) {
                let word = self.lemma[t.idx()];
                out.push(90, word);
                out.push(91, mix(before, word));
                before = word;
            }
        }
        if let Some(first) = self.content.first() {
            for &word in first {
                out.push(92, word);
            }
        }
        out.list.sort_unstable();
        out.list.dedup();
        out.list
    }

    fn words(&self, candidate: &Candidate, out: &mut Features) {
        let mention = candidate.mentions[0];
        let range = mention.tokens;
        let head = self.lemma[mention.head.idx()];
        let first = self.lemma[range.start.idx()];
        let last = self.lemma[range.end.idx() - 1];
        let tags = self.tags(range);
        out.push(0, 0);
        out.push(1, string(&candidate.key));
        out.push(2, head);
        out.push(3, mix(head, first));
        out.push(4, first);
        out.push(5, mix(head, last));
        out.push(6, tags);
        out.push(7, mix(tags, head));
        out.push(8, range.len() as u32);
        out.push(9, mix(self.tag(mention.head), range.len() as u32));
        let lower = self.doc.lower(mention.head);
        for n in [3, 4] {
            if let Some((at, _)) = lower.char_indices().rev().nth(n - 1) {
                out.push(10, string(&lower[at..]));
            }
        }
        for t in range.iter() {
            out.push(11, self.lemma[t.idx()]);
            if t < mention.head {
                out.push(12, mix(head, self.lemma[t.idx()]));
            }
        }
        for t in range.iter().skip(1) {
            out.push(13, mix(self.lemma[t.idx() - 1], self.lemma[t.idx()]));
        }
    }

    fn neighbours(&self, mention: Mention, out: &mut Features) {
        let sentence = self.doc.sentence(self.doc.sentence_of(mention.head)).tokens;
        let range = mention.tokens;
        let at = |t: i64| -> (u32, u32) {
            let inside = i64::from(sentence.start.0) <= t && t < i64::from(sentence.end.0);
            if inside {
                let t = Tok(t as u32);
                (self.lemma[t.idx()], self.tag(t))
            } else {
                (EDGE, EDGE)
            }
        };
        let (start, end) = (i64::from(range.start.0), i64::from(range.end.0));
        let (p1, p2, n1, n2) = (at(start - 1), at(start - 2), at(end), at(end + 1));
        let head = self.lemma[mention.head.idx()];
        let tag = self.tag(mention.head);
        let first = self.tag(range.start);
        let last = self.tag(Tok(range.end.0 - 1));
        out.push(20, p1.0);
        out.push(21, n1.0);
        out.push(22, mix(p2.0, p1.0));
        out.push(23, mix(n1.0, n2.0));
        out.push(24, mix(p1.1, first));
        out.push(25, mix(last, n1.1));
        out.push(26, mix(mix(p1.1, n1.1), mix(tag, first)));
        out.push(27, mix(head, p1.1));
        out.push(28, mix(head, n1.1));
        out.push(29, mix(p2.1, p1.1));
        out.push(30, mix(mix(p1.1, n1.1), range.len() as u32));
        out.push(31, mix(p1.0, head));
        out.push(32, mix(n1.0, head));
        for step in 1..=5 {
            out.push(33, mix(at(start - step).0, tag));
            out.push(34, mix(at(end + step - 1).0, tag));
        }
    }

    fn tree(&self, mention: Mention, out: &mut Features) {
        let doc = self.doc;
        let (top, relation) = self.relation(mention);
        let head = self.lemma[mention.head.idx()];
        let tag = self.tag(mention.head);
        let case = doc
            .child(top, Deprel::Case)
            .map_or(EDGE, |c| self.lemma[c.idx()]);
        out.push(40, relation);
        out.push(41, mix(relation, case));
        out.push(42, mix(relation, head));
        let Some(governor) = doc.head(top) else {
            return;
        };
        let word = self.lemma[governor.idx()];
        let voice = u32::from(self.is_passive(governor));
        let link = mix(relation, mix(case, voice));
        out.push(43, mix(link, word));
        out.push(44, mix(mix(link, word), tag));
        out.push(45, mix(word, tag));
        out.push(46, mix(word, head));
        out.push(47, mix(link, tag));
        for c in doc.children(governor).filter(|&c| c != top) {
            if matches!(
                doc.deprel(c),
                Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod
            ) {
                let other = mix(doc.deprel(c) as u32, self.lemma[c.idx()]);
                out.push(48, mix(relation, other));
                out.push(49, mix(mix(relation, word), other));
            }
        }
        if let Some(above) = doc.head(governor) {
            let path = mix(doc.deprel(governor) as u32, self.lemma[above.idx()]);
            out.push(50, mix(relation, path));
            out.push(51, mix(mix(relation, word), path));
        }
        for c in doc.children(mention.head) {
            out.push(52, mix(doc.deprel(c) as u32, self.lemma[c.idx()]));
        }
    }

    /// The word whose relation is that of the phrase (through coordinations and appositions), and
    /// the relation.
    fn relation(&self, mention: Mention) -> (Tok, u32) {
        let doc = self.doc;
        let mut top = mention.head;
        let mut through = 0;
        for _ in 0..8 {
            let step = match doc.deprel(top) {
                Deprel::Conj => 1,
                Deprel::Appos => 2,
                Deprel::Flat | Deprel::Compound | Deprel::Fixed => 3,
                _ => break,
            };
            let Some(head) = doc.head(top) else {
                break;
            };
            // A conjunct of a verb is a clause, not a party.
            if doc.upos(head) == Upos::Verb {
                break;
            }
            if !mention.tokens.contains(head) {
                through = step;
            }
            top = head;
        }
        (top, mix(doc.deprel(top) as u32, through))
    }

    fn sentence(&self, mention: Mention, out: &mut Features) {
        let sentence = self.doc.sentence_of(mention.head);
        let tag = self.tag(mention.head);
        for &word in &self.content[sentence.0 as usize] {
            out.push(60, mix(word, tag));
        }
        out.push(61, mix(sentence.0.min(6), tag));
        out.push(62, sentence.0.min(12));
    }

    /// How the words stand to the names that the syntax layer found.
    fn names(&self, range: TokRange, out: &mut Features) {
        let names = self.doc.entities();
        let to = names.partition_point(|name| name.tokens.start < range.end);
        // Names lie in order of their first word; longer ones reach back a few entries at most.
        for name in names[..to].iter().rev().take(8) {
            let kind = name.kind as u32;
            let how = if name.tokens == range {
                0
            } else if !name.tokens.overlaps(range) {
                continue;
            } else if name.tokens.start <= range.start && range.end <= name.tokens.end {
                1
            } else if name.tokens.end == range.end {
                2
            } else if name.tokens.start == range.start {
                3
            } else {
                4
            };
            out.push(65, mix(kind, how));
        }
    }

    /// Where the last word of a name stands alone for the whole.
    fn namesakes(&self, candidate: &Candidate) -> Vec<Mention> {
        let Some((_, last)) = candidate.key.rsplit_once(' ') else {
            return Vec::new();
        };
        if self.doc.upos(candidate.mentions[0].head) != Upos::Propn {
            return Vec::new();
        }
        let short = self.short.get(last).copied().unwrap_or_default();
        let whole = &candidate.mentions;
        let alone = |m: &&Mention| !whole.iter().any(|w| w.tokens.overlaps(m.tokens));
        short.iter().filter(alone).copied().collect()
    }

    fn place(&self, candidate: &Candidate, out: &mut Features) {
        let tag = self.tag(candidate.mentions[0].head);
        let times = candidate.mentions.len().min(6) as u32;
        out.push(70, mix(times, tag));
        let length = (self.doc.sentences().len() as u32).min(40) / 4;
        out.push(71, mix(length, tag));
    }

    fn tag(&self, t: Tok) -> u32 {
        string(self.doc.xpos(t))
    }

    fn tags(&self, range: TokRange) -> u32 {
        let tags = range.iter().map(|t| self.doc.upos(t) as u32);
        tags.fold(7, mix)
    }

    fn is_passive(&self, verb: Tok) -> bool {
        let mut children = self.doc.children(verb);
        children.any(|c| {
            matches!(
                self.doc.deprel(c),
                Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent
            )
        })
    }
}

#[derive(Default)]
struct Features {
    list: Vec<u32>,
    /// Added to the number of every template: features of other words are of another kind.
    series: u32,
}

impl Features {
    fn push(&mut self, template: u32, value: u32) {
        let template = (template + self.series).wrapping_mul(0x9e37_79b9);
        self.list.push(mix(template, value));
    }
}

fn is_content(doc: &Doc, t: Tok) -> bool {
    matches!(
        doc.upos(t),
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::X
    )
}

/// Names and common nouns look alike in capitals, so case is folded; digits become zeros.
fn lemma_hash(doc: &Doc, t: Tok) -> u32 {
    let lemma = doc.lemma(t);
    let fold = |c: char| if c.is_ascii_digit() { '0' } else { c };
    string(
        &lemma
            .chars()
            .flat_map(char::to_lowercase)
            .map(fold)
            .collect::<String>(),
    )
}
