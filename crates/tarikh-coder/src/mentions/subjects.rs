//! The people before a word of harm: "nine guards and their driver were killed".

use tarikh_syntax::{Deprel, Tok, TokRange, Upos};

use super::harmed::Reader;
use super::parties::Party;
use super::quantities::Quantity;
use crate::tree;

impl Reader<'_, '_> {
    /// "Eight died on the spot and three more in hospital": the verb is not said again.
    fn more_elsewhere(&self, t: Tok) -> Option<Party> {
        const REACH: u32 = 9;
        let (people, doc) = (self.people, self.people.doc);
        let behind = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + REACH)));
        let q = people.quantities_in(behind).first()?;
        let between = TokRange::new(Tok(t.0 + 1), q.tokens.start);
        let same_clause = between.iter().all(|x| {
            !matches!(
                doc.upos(x),
                Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Punct
            )
        });
        let next = Tok(q.tokens.end.0.max(q.head.0 + 1)
            + u32::from(doc.lower(q.tokens.end.min(Tok(self.range.end.0 - 1))) == "more"));
        let elsewhere = self.range.contains(next) && doc.upos(next) == Upos::Adp;
        // "and sixteen others from the same unit were wounded"
        let own_verb = (q.tokens.end.0..self.range.end.0)
            .map(Tok)
            .take_while(|&x| !matches!(doc.lower(x), "," | ";"))
            .any(|x| self.is_verb_trigger(x));
        let adds = q.further && !own_verb && self.word_before(q.tokens.start) == "and";
        (adds && same_clause && elsewhere && people.counts_people(q)).then(|| Party {
            further: false,
            ..Party::of(q, false)
        })
    }

    /// The people before the verb: its subject in the tree if that has a number, else the list
    /// that stands closest; with those added behind it ("he was killed along with 40 others").
    pub(super) fn subject(&self, t: Tok) -> Vec<Party> {
        let mut list = self.before(t);
        // "shot dead with his wife"
        let dead = Tok(t.0 + 1);
        let second = self.range.contains(dead) && self.people.doc.lower(dead) == "dead";
        let mut behind = Tok(t.0 + 1 + u32::from(second));
        let adds = |x: Tok| matches!(self.people.doc.lower(x), "along" | "together" | "with");
        if self.range.contains(behind) && adds(behind) {
            behind = Tok(behind.0 + 1 + u32::from(self.people.doc.lower(behind) != "with"));
            list.extend(self.list_from(behind));
        } else if !list.is_empty() {
            list.extend(self.more_elsewhere(t));
        }
        list.extend(self.likewise(t));
        // "five of whom died": nobody else counts them.
        if let Some(first) = list.first_mut() {
            first.included = false;
        }
        list
    }

    /// "Two guards were killed, as were three of the attackers": the verb is not said again.
    fn likewise(&self, t: Tok) -> Vec<Party> {
        let doc = self.people.doc;
        let again = |x: Tok| matches!(doc.lower(x), "was" | "were" | "did");
        let as_were = (t.0 + 1..self.range.end.0.saturating_sub(1))
            .map(Tok)
            .take_while(|&x| !self.is_verb_trigger(x))
            .find(|&x| doc.lower(x) == "as" && again(Tok(x.0 + 1)));
        as_were.map_or_else(Vec::new, |x| self.list_from(Tok(x.0 + 2)))
    }

    /// "The guards, five of whom died": a part of those named before, by the order of the words.
    fn part_of_whom(&self, t: Tok) -> Option<Party> {
        let (people, doc) = (self.people, self.people.doc);
        let before = TokRange::new(self.range.start, t);
        let q = people.quantities_in(before).last().filter(|q| q.of_them)?;
        let whom = Tok(q.tokens.end.0.saturating_sub(1));
        let between = TokRange::new(q.tokens.end.min(t), t);
        let fits = matches!(doc.lower(whom), "whom" | "which")
            && between
                .iter()
                .all(|x| matches!(doc.upos(x), Upos::Aux | Upos::Adv));
        const REACH: usize = 8;
        let named = (self.range.start.0..q.tokens.start.0)
            .rev()
            .map(Tok)
            .take(REACH)
            .find(|&x| matches!(doc.upos(x), Upos::Noun | Upos::Propn) && people.is_person(x))
            .filter(|_| fits)?;
        Some(Party {
            head: named,
            included: false,
            ..Party::of(q, false)
        })
    }

    fn before(&self, t: Tok) -> Vec<Party> {
        let (people, doc) = (self.people, self.people.doc);
        if let Some(part) = self.part_of_whom(t) {
            return vec![part];
        }
        let head = tree::subject(doc, t).filter(|&s| self.range.contains(s) && s < t);
        let of_tree = head.and_then(|s| people.at_head(s)).filter(|p| p.head < t);
        let stops = |x: Tok| self.ends_clause(x);
        let list = people.list_before(TokRange::new(self.range.start, t), &stops);
        let Some(party) = of_tree else {
            return list;
        };
        if list.iter().any(|p| p.head == party.head) {
            return list;
        }
        let pronoun = doc.upos(party.head) == Upos::Pron;
        let tells_more = |x: Tok| self.is_in_clause_of(x, party.head);
        let other_clause = TokRange::new(party.head, t)
            .iter()
            .any(|x| self.ends_clause(x) && !tells_more(x));
        // "teachers abducted by gunmen were found dead": the people of the clause between are others.
        let of_clause = |p: &Party| {
            let before = p.tokens.start.0.checked_sub(1).map(Tok);
            tells_more(p.head) && before.is_some_and(|b| doc.upos(b) == Upos::Adp)
        };
        if !other_clause && !tells_more(t) && !list.is_empty() && list.iter().all(of_clause) {
            return vec![party];
        }
        // "three citizens fell as martyrs and ten others were injured"
        let of_own_verb = list.first().filter(|p| !of_clause(p)).is_some_and(|p| {
            let mut between = TokRange::new(party.head, p.tokens.start.max(party.head)).iter();
            between.any(|x| self.is_verb_trigger(x))
        });
        if of_own_verb {
            return list;
        }
        if people.quantity_at(party.tokens.start).is_some() && (!other_clause || list.is_empty()) {
            let (own, _) = people.list(party.tokens.start, t, &stops);
            return if own.is_empty() { vec![party] } else { own };
        }
        let close = t.0 - party.head.0 <= 4;
        if pronoun && close || list.is_empty() {
            vec![party]
        } else {
            list
        }
    }

    /// "seized a tanker with 14 crew on board", "hijacked a bus carrying 30 passengers": those in what was taken.
    pub(super) fn aboard(&self, t: Tok) -> Option<Party> {
        const REACH: u32 = 22;
        let (people, doc) = (self.people, self.people.doc);
        let lexicon = &people.knowledge.lexicon;
        let window = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + REACH)));
        let taken = window
            .iter()
            .take_while(|&x| !matches!(doc.lower(x), "with" | "carrying" | "and"))
            .find(|&x| lexicon.is(doc, x, "vehicle"))?;
        let behind = TokRange::new(Tok(taken.0 + 1), window.end);
        let on_board = |q: &&Quantity| {
            let near = (1..=4)
                .filter_map(|n| q.tokens.start.0.checked_sub(n))
                .map(Tok);
            let mut near = near.filter(|x| behind.contains(*x));
            near.any(|x| matches!(doc.lower(x), "with" | "carrying" | "and" | "its"))
                && (lexicon.is(doc, q.head, "captive") || self.word_before(q.tokens.start) == "of")
        };
        let held = people.quantities_in(behind).iter().find(on_board);
        held.map(|q| Party::of(q, false))
    }

    /// Whether a word is in a clause that only tells more of a noun ("teachers abducted by gunmen").
    fn is_in_clause_of(&self, word: Tok, noun: Tok) -> bool {
        const DEEPEST: usize = 8;
        let doc = self.people.doc;
        let mut at = word;
        for _ in 0..DEEPEST {
            let relation = doc.deprel(at);
            match doc.head(at) {
                Some(head) if head == noun => {
                    return matches!(relation, Deprel::Acl | Deprel::AclRelcl);
                }
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }
}
