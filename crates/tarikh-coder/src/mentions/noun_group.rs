//! The noun groups around a speaker: where one begins and ends, which noun governs it, and what
//! stands beside it between commas.

use tarikh_record::SourceKind;
use tarikh_syntax::{Tok, TokRange, Upos};

use super::speaker::Reader;
use crate::knowledge::lexicon::has;
use crate::knowledge::speakers::Part;

/// Longest apposition in tokens.
const LONGEST_APPOSITION: u32 = 16;
/// Words in brackets behind a name.
const LONGEST_BRACKET: usize = 6;

impl Reader<'_> {
    /// The last noun of the group that ends before `end`, over "of" phrases and appositions.
    pub(crate) fn before(&self, end: Tok) -> Option<Tok> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(end)).tokens.start;
        let mut at = end.0;
        let mut commas = 0;
        while at > first.0 {
            at -= 1;
            let t = Tok(at);
            if self.is_part(t, Part::Name) {
                return Some(self.group_head(t));
            }
            match doc.upos(t) {
                Upos::Adv | Upos::Aux | Upos::Part | Upos::Adp if !doc.continues_word(t) => {}
                // "the Corva Front (CF)"
                Upos::Punct if doc.word(t) == ")" => {
                    let mut inside = (first.0..at).rev().take(LONGEST_BRACKET);
                    at = inside.find(|&i| doc.word(Tok(i)) == "(")?;
                }
                Upos::Punct if doc.word(t) == "," && commas == 0 => {
                    // "Awa Keita, the mayor, said": what stands between the commas is skipped.
                    commas += 1;
                    let from = (first.0..at)
                        .rev()
                        .take(LONGEST_APPOSITION as usize)
                        .find(|&i| doc.word(Tok(i)) == ",")?;
                    at = from;
                }
                _ if (self.skip)(t) => {}
                Upos::Noun | Upos::Propn => return Some(self.group_head(t)),
                _ => return None,
            }
        }
        None
    }

    /// The first noun group at or behind `start` that can speak: its head.
    pub(crate) fn after(&self, start: Tok, reach: u32) -> Option<Tok> {
        let doc = self.doc;
        if doc.len() <= start.idx() {
            return None;
        }
        let end = doc.sentence(doc.sentence_of(start)).tokens.end.0;
        let mut last = None;
        for t in (start.0..end.min(start.0 + reach)).map(Tok) {
            match doc.upos(t) {
                Upos::Noun | Upos::Propn => last = Some(t),
                Upos::Det | Upos::Adj | Upos::Num | Upos::Adv if last.is_none() => {}
                Upos::Part | Upos::Punct if last.is_some() && self.joins(t) => {}
                _ => break,
            }
        }
        last.filter(|&t| self.can_be_subject(t))
    }

    /// The speakers that a list names before its last one, in order: "police" of "police and local
    /// sources". The list opens the sentence or a clause.
    pub(crate) fn listed_before(&self, last: Tok) -> Vec<Tok> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(last)).tokens.start;
        let back = |t: Tok| t.0.checked_sub(1).map(Tok).filter(|&p| p >= first);
        let before = |head: Tok| {
            let start = self.grow_left(head);
            match back(start) {
                Some(t) if self.is_determiner(t) => (t, back(t)),
                other => (start, other),
            }
        };
        let mut out = Vec::new();
        let mut at = last;
        // "took 42 pupils and two teachers, police and parents said": an "and" before the comma closes another list.
        let closes_list = |noun: Tok| before(noun).1.is_some_and(|t| doc.lower(t) == "and");
        while let (_, Some(link)) = before(at) {
            let joins = doc.lower(link) == "and" || !out.is_empty() && doc.word(link) == ",";
            let Some(noun) = back(link).filter(|_| joins && out.len() < 3) else {
                break;
            };
            let office = doc.upos(noun) == Upos::Adj && self.office_at(noun).is_some();
            let speaks = (office || matches!(doc.upos(noun), Upos::Noun | Upos::Propn))
                && self.can_speak(noun)
                && (self.office_at(noun).is_some()
                    || doc.word(link) != "," && self.actors.at(noun).is_some());
            if !speaks {
                break;
            }
            let head = self.group_head(noun);
            if doc.word(link) == "," && closes_list(head) {
                break;
            }
            at = head;
            out.insert(0, at);
        }
        let opens = before(at)
            .1
            .is_none_or(|t| doc.upos(t) == Upos::Punct && doc.word(t) != "-");
        if opens { out } else { Vec::new() }
    }

    /// "a medic at the hospital and a relative of the judge said": those joined to a speaker before the verb by
    /// "and" with an article of their own.
    pub(crate) fn listed_behind(&self, speaker: Tok, verb: Tok) -> Vec<Tok> {
        let doc = self.doc;
        let opens = |t: Tok| {
            doc.lower(t) == "and" && matches!(doc.lower(Tok(t.0 + 1)), "a" | "an" | "another")
        };
        let between = (speaker.0 + 1..verb.0.saturating_sub(2)).map(Tok);
        let heads = between
            .filter(|&t| opens(t))
            .filter_map(|t| self.after(Tok(t.0 + 2), verb.0.saturating_sub(t.0 + 2)));
        heads.filter(|&t| self.office_at(t).is_some()).collect()
    }

    /// "the", "his".
    pub(super) fn is_determiner(&self, t: Tok) -> bool {
        self.doc.upos(t) == Upos::Det || self.doc.xpos(t) == "PRP$"
    }

    /// Where the noun group of a head begins, without its article.
    pub(crate) fn group_start(&self, head: Tok) -> Tok {
        self.grow_left(head)
    }

    pub(super) fn grow_left(&self, head: Tok) -> Tok {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(head)).tokens.start;
        let mut start = head;
        while start > first {
            let t = Tok(start.0 - 1);
            let inside = match doc.upos(t) {
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num => !(self.skip)(t),
                // "witness Awa Keita": an office that looks like a verb.
                Upos::Verb if doc.xpos(t) != "VBN" => {
                    doc.upos(start) == Upos::Propn && self.office_at(t).is_some()
                }
                // "injured police officer", "internationally recognised government"
                Upos::Verb => {
                    matches!(doc.xpos(t), "VBN")
                        && t > first
                        && matches!(doc.upos(Tok(t.0 - 1)), Upos::Det | Upos::Adv | Upos::Adj)
                }
                _ => self.joins(t) && start > first && t > first,
            };
            if !inside {
                break;
            }
            start = t;
        }
        while start < head && matches!(doc.upos(start), Upos::Part | Upos::Punct) {
            start = Tok(start.0 + 1);
        }
        start
    }

    pub(super) fn grow_right(&self, from: Tok) -> Tok {
        let doc = self.doc;
        let last = doc.sentence(doc.sentence_of(from)).tokens.end;
        let mut end = Tok(from.0 + 1);
        while end < last {
            let next = Tok(end.0 + 1);
            let inside = match doc.upos(end) {
                Upos::Noun | Upos::Propn => !(self.skip)(end),
                _ if has(&self.knowledge.speech.particles, doc.lower(end)) => {
                    next < last && doc.upos(next) == Upos::Propn
                }
                _ => {
                    self.joins(end)
                        && next < last
                        && matches!(doc.upos(next), Upos::Noun | Upos::Propn)
                        && !(doc.word(end) == "." && doc.word(Tok(end.0 - 1)).len() > 5)
                }
            };
            if !inside {
                break;
            }
            end = next;
        }
        end
    }

    /// The noun group of a head with the phrases behind it that say whose or where, and the end of
    /// its first part.
    pub(super) fn main(&self, head: Tok) -> (TokRange, Tok) {
        let doc = self.doc;
        let start = self.grow_left(head);
        let group_end = self.grow_right(head);
        let last = doc.sentence(doc.sentence_of(head)).tokens.end;
        let mut end = group_end;
        for _ in 0..3 {
            if end.0 + 1 >= last.0 {
                break;
            }
            let place_like = has(&self.knowledge.speech.places, doc.lower(end));
            if !(has(&self.knowledge.speech.links, doc.lower(end)) || place_like) {
                break;
            }
            let mut noun = Tok(end.0 + 1);
            while noun.0 + 1 < last.0
                && matches!(
                    doc.upos(noun),
                    Upos::Det | Upos::Adj | Upos::Num | Upos::Adv | Upos::Verb | Upos::Pron
                )
                && noun.0 < end.0 + 5
            {
                noun = Tok(noun.0 + 1);
            }
            let named = doc.upos(noun) == Upos::Propn;
            let behind = self.grow_right(noun);
            // "an official at the town's hospital"
            let of_a_ward = || {
                let mut words = TokRange::new(noun, behind).iter();
                words.any(|t| self.office(t) == Some(SourceKind::Medical))
            };
            let fits = matches!(doc.upos(noun), Upos::Noun | Upos::Propn)
                && !(self.skip)(noun)
                && !self.is_paper(noun)
                && (!place_like || named || of_a_ward());
            if !fits {
                break;
            }
            end = behind;
        }
        (TokRange::new(start, end), group_end)
    }

    /// An apposition behind a phrase: "..., the mayor of Bessan,".
    pub(super) fn apposition(&self, end: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let last = doc
            .sentence(doc.sentence_of(Tok(end.0.saturating_sub(1))))
            .tokens
            .end;
        if end >= last || doc.word(end) != "," {
            return None;
        }
        let start = Tok(end.0 + 1);
        let stop = (start.0..last.0.min(start.0 + LONGEST_APPOSITION))
            .map(Tok)
            .find(|&t| {
                matches!(doc.word(t), "," | "." | ";" | "-" | "\"" | ":" | "”")
                    && !(doc.word(t) == "-" && self.is_glued(t))
                    || doc.upos(t) == Upos::Verb && matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP")
                    || doc.upos(t) == Upos::Aux
                    || doc.upos(t) == Upos::Pron
            })
            .unwrap_or(last);
        let range = TokRange::new(start, stop);
        let of_body = !range.is_empty() && has(&self.knowledge.speech.links, doc.lower(start));
        let opens = !range.is_empty()
            && (of_body
                || matches!(
                    doc.upos(start),
                    Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj
                ));
        let closed = stop >= last || doc.upos(stop) == Upos::Punct;
        let tells = range.iter().any(|t| {
            self.office_at(t).is_some()
                || has(&self.knowledge.speech.people, doc.lemma(t))
                || doc.upos(t) == Upos::Propn
        }) && !range
            .iter()
            .any(|t| doc.upos(t) == Upos::Cconj && doc.upos(start) != Upos::Det);
        (opens && closed && tells).then_some(range)
    }

    /// A noun group before a name: "the mayor of Bessan, Awa Keita".
    pub(super) fn apposition_before(&self, start: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(start)).tokens.start;
        if start.0 < first.0 + 2 || doc.word(Tok(start.0 - 1)) != "," {
            return None;
        }
        let noun = Tok(start.0 - 2);
        if !matches!(doc.upos(noun), Upos::Noun | Upos::Propn) {
            return None;
        }
        let head = self.group_head(noun);
        let (range, _) = self.main(head);
        (self.office_at(head).is_some() || has(&self.knowledge.speech.people, doc.lemma(head)))
            .then(|| TokRange::new(range.start, Tok(start.0 - 1)))
    }

    /// The noun that governs `t` through "of" and "for": "spokesman" of "spokesman for the army".
    fn group_head(&self, t: Tok) -> Tok {
        let doc = self.doc;
        let start = self.grow_left(t);
        let Some(adp) = start.0.checked_sub(1).map(Tok) else {
            return t;
        };
        let before = match doc.upos(adp) {
            Upos::Det => adp.0.checked_sub(1).map(Tok),
            _ => Some(adp),
        };
        let speech = &self.knowledge.speech;
        // "the ministry in Ankara": not the town speaks.
        let sits = |a: Tok| (self.is_place)(t) && has(&speech.places, doc.lower(a));
        let Some(adp) = before.filter(|&a| has(&speech.links, doc.lower(a)) || sits(a)) else {
            return t;
        };
        match adp.0.checked_sub(1).map(Tok) {
            Some(n) if self.can_speak(n) && doc.sentence_of(n) == doc.sentence_of(t) => {
                self.group_head(n)
            }
            _ => t,
        }
    }

    /// Whether no space stands before the token.
    fn is_glued(&self, t: Tok) -> bool {
        t.0 > 0 && self.doc.span(Tok(t.0 - 1)).end() == self.doc.span(t).start()
    }

    /// Marks inside a name: a hyphen, a full stop, a possessive.
    fn joins(&self, t: Tok) -> bool {
        matches!(self.doc.lower(t), "-" | "." | "'s" | "'" | "’")
    }
}
