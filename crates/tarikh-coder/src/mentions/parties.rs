//! Lists of people as reports count them: "a soldier, two civilians and the driver, including a child".
//!
//! A list is read off the order of the words. Trees of such lists often err; the words do not.

use tarikh_syntax::{Doc, EntityKind, Feats, Tok, TokRange, Upos};

use super::actors::{ActorClass, Actors};
use super::quantities::{Count, Quantity};
use crate::knowledge::Knowledge;
use crate::tree;

/// People counted together: "31 soldiers", "three auxiliaries".
#[derive(Clone, Copy, Debug)]
pub(crate) struct Party {
    /// The noun or, for a bare number, the number.
    pub(crate) head: Tok,
    pub(crate) count: Count,
    /// The words of the number, for provenance.
    pub(crate) tokens: TokRange,
    pub(crate) rule: &'static str,
    /// Counted already in the party before ("including two children").
    pub(crate) included: bool,
    /// On top of those counted before ("two others").
    pub(crate) further: bool,
    /// The number that ACLED takes for a word of many or few.
    pub(crate) acled: Option<u32>,
}

impl Party {
    pub(crate) fn of(q: &Quantity, included: bool) -> Self {
        Self {
            head: q.head,
            count: q.count,
            tokens: q.tokens,
            rule: q.rule,
            included: included || q.of_them,
            further: q.further,
            acled: q.acled,
        }
    }

    /// The end of its words.
    fn end(&self) -> Tok {
        self.tokens.end.max(Tok(self.head.0 + 1))
    }
}

/// Words that lead from one item of a list to the next.
const JOINS: &[&str] = &[
    ",", "and", "&", "or", "plus", "but", "also", "as", "well", "then",
];
/// Words that add people by a preposition ("along with 40 others").
const ADDS: &[&str] = &["along", "together", "besides", "alongside"];
/// Farthest that a list goes on behind a phrase between its items, in tokens.
const GAP: u32 = 12;
/// Longest noun phrase read, in tokens.
const PHRASE: u32 = 9;

/// What is needed to tell people from things.
pub(crate) struct People<'a> {
    pub(crate) doc: &'a Doc,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) actors: &'a Actors,
    pub(crate) quantities: &'a [Quantity],
}

impl People<'_> {
    /// The quantity whose words begin at the token.
    pub(crate) fn quantity_at(&self, t: Tok) -> Option<&Quantity> {
        let i = self.quantities.partition_point(|q| q.tokens.start < t);
        self.quantities.get(i).filter(|q| q.tokens.start == t)
    }

    /// The quantities that begin in a range, in order.
    pub(crate) fn quantities_in(&self, range: TokRange) -> &[Quantity] {
        let first = self
            .quantities
            .partition_point(|q| q.tokens.start < range.start);
        let last = self
            .quantities
            .partition_point(|q| q.tokens.start < range.end);
        &self.quantities[first..last.max(first)]
    }

    /// Whether the word is known to stand for people.
    pub(crate) fn is_person(&self, t: Tok) -> bool {
        self.actors
            .at(t)
            .is_some_and(|a| a.class != ActorClass::Government)
            || self.knowledge.lexicon.is(self.doc, t, "person-noun")
            || self.knowledge.lexicon.is(self.doc, t, "captive")
            || self.knowledge.harms.is_person(self.doc.lemma(t))
            || self.is_name(t)
    }

    /// Whether the word is part of a person's name.
    fn is_name(&self, t: Tok) -> bool {
        let entities = self.doc.entities();
        let i = entities.partition_point(|e| e.tokens.end <= t);
        entities
            .get(i)
            .is_some_and(|e| e.kind == EntityKind::Person && e.tokens.contains(t))
    }

    /// Whether what the quantity counts is known to be people.
    pub(crate) fn counts_people(&self, q: &Quantity) -> bool {
        q.tokens.contains(q.head) && !self.is_thing(q.head)
            || self.doc.upos(q.head) == Upos::Pron
            || self.is_person(q.head)
            || self.knowledge.numbers.is_collective(self.doc.lemma(q.head))
            || q.of_noun.is_some_and(|n| self.says_harm(n))
    }

    /// "The wounded", "the dead": a word of harm that stands for people.
    fn says_harm(&self, t: Tok) -> bool {
        !self.knowledge.harms.of(self.doc.lower(t)).is_empty()
    }

    /// Whether what the quantity counts can be people.
    pub(crate) fn may_count_people(&self, q: &Quantity) -> bool {
        self.counts_people(q)
            || matches!(
                self.doc.upos(q.head),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb
            ) && !self.is_thing(q.head)
    }

    /// Whether the word names a vehicle, a place, a weapon or an act.
    fn is_thing(&self, t: Tok) -> bool {
        const CLASSES: [&str; 11] = [
            "vehicle",
            "military-site",
            "missile",
            "gun",
            "bomb-weapon",
            "settlement",
            "building",
            "event",
            "weapon",
            "explosive",
            "aircraft",
        ];
        CLASSES
            .iter()
            .any(|c| self.knowledge.lexicon.is(self.doc, t, c))
            || self.knowledge.frames.is_event_noun(self.doc.lemma(t))
    }

    /// One person or people without a number, in the phrase that begins at `start`: "a soldier",
    /// "the mayor", a name, "civilians".
    fn phrase(&self, start: Tok, end: Tok) -> Option<Party> {
        let doc = self.doc;
        let mut head = None;
        for i in start.0..end.0.min(start.0 + PHRASE) {
            let t = Tok(i);
            let goes_on = match doc.upos(t) {
                Upos::Noun | Upos::Propn => {
                    // Two names that only stand side by side are not one phrase.
                    head = Some(t);
                    true
                }
                Upos::Det | Upos::Pron if head.is_none() => {
                    doc.upos(t) == Upos::Det || doc.xpos(t) == "PRP$"
                }
                Upos::Adj | Upos::Num | Upos::X => true,
                Upos::Punct => doc.lower(t) == "-",
                Upos::Verb => head.is_none() && doc.feats(t).has(Feats::PARTICIPLE),
                _ => false,
            };
            if !goes_on {
                break;
            }
        }
        // "photojournalist Awa Keita": a name that the word before it makes a person.
        let known = |h: Tok| {
            self.is_person(h)
                || doc.upos(h) == Upos::Propn
                    && (start.0..h.0)
                        .map(Tok)
                        .any(|t| doc.upos(t) == Upos::Noun && self.is_person(t))
        };
        let head = head.filter(|&h| known(h))?;
        Some(self.single(head, TokRange::new(start, Tok(head.0 + 1))))
    }

    /// The party of a noun that has no number.
    pub(crate) fn single(&self, head: Tok, tokens: TokRange) -> Party {
        let doc = self.doc;
        let name = doc.upos(head) == Upos::Propn;
        let several = doc.feats(head).has(Feats::PLURAL)
            || matches!(doc.xpos(head), "NNS" | "NNPS")
            || self.knowledge.numbers.is_many(doc.lemma(head))
            || self.actors.at(head).is_some_and(|a| a.id.is_some())
            || doc.upos(head) == Upos::Pron
                && !matches!(doc.lower(head), "he" | "she" | "him" | "her" | "one");
        let (count, rule) = match (several, name) {
            (true, _) => (Count::VAGUE, "number:plural"),
            (false, true) => (Count::exact(1), "number:one-named"),
            (false, false) => (Count::exact(1), "number:one"),
        };
        Party {
            head,
            count,
            tokens: if several {
                TokRange::new(head, Tok(head.0 + 1))
            } else {
                tokens
            },
            rule,
            included: false,
            further: doc.lower(tokens.start) == "another",
            acled: None,
        }
    }

    /// The item of a list that begins at the token, with the words before its number ("the two",
    /// "their three").
    fn item(&self, at: Tok, end: Tok, included: bool) -> Option<Party> {
        let doc = self.doc;
        let leads = |t: Tok| {
            matches!(doc.upos(t), Upos::Det | Upos::Adj)
                || matches!(doc.xpos(t), "PRP$" | "DT" | "PDT")
        };
        let mut start = at;
        for _ in 0..3 {
            if let Some(q) = self.quantity_at(start) {
                let fits = q.tokens.end <= end && q.head < end && self.may_count_people(q);
                return fits.then(|| Party::of(q, included));
            }
            if start.0 + 1 >= end.0 || !leads(start) {
                break;
            }
            start = Tok(start.0 + 1);
        }
        self.phrase(at, end).map(|p| Party { included, ..p })
    }

    /// Whether people without a number behind a comma or "and" go on a list, and are not the
    /// subject of what comes next ("nine dead, police said").
    fn goes_on(&self, party: &Party, at: Tok, end: Tok) -> bool {
        let doc = self.doc;
        let mut next = party.end();
        // Before its own verb the list has only auxiliaries behind it.
        let between = |t: Tok| matches!(doc.upos(t), Upos::Aux | Upos::Adv | Upos::Part);
        if TokRange::new(next, end.max(next)).iter().all(between) {
            return true;
        }
        if doc.upos(next) == Upos::Adv {
            next = Tok(next.0 + 1).min(Tok(end.0 - 1));
        }
        let finite = matches!(doc.upos(next), Upos::Aux)
            || doc.upos(next) == Upos::Verb
                && matches!(doc.xpos(next), "VBD" | "VBZ" | "VBP" | "MD");
        if finite {
            return false;
        }
        let comma =
            at.0.checked_sub(1)
                .is_some_and(|i| doc.lower(Tok(i)) == ",");
        self.quantity_at(party.tokens.start).is_some()
            || !comma
            || matches!(
                doc.lower(next),
                "," | "and" | "or" | "&" | "as" | "including"
            )
    }

    /// The list of people that begins at `start`, and where it ends. `stops` tells the words that
    /// no list goes beyond.
    pub(crate) fn list(
        &self,
        start: Tok,
        end: Tok,
        stops: &dyn Fn(Tok) -> bool,
    ) -> (Vec<Party>, Tok) {
        let doc = self.doc;
        let mut out: Vec<Party> = Vec::new();
        let (mut at, mut included, mut gap, mut joined) = (start, false, false, true);
        let mut stop = start;
        while at < end && !stops(at) {
            let lower = doc.lower(at);
            if let Some(n) = self.inclusion(at, end) {
                (included, at, gap, joined) = (true, Tok(at.0 + n), false, true);
                continue;
            }
            let item = self
                .item(at, end, included)
                .filter(|p| joined && (!gap || self.has_number(p)));
            if !out.is_empty() && item.is_some_and(|p| !self.goes_on(&p, at, end)) {
                break;
            }
            if let Some(party) = item {
                let next = party.end();
                // "the mayor, Awa Keita", "Awa Keita, a teacher": the second names the first again.
                let again = out
                    .last()
                    .is_some_and(|p| self.is_apposition(p, &party, at));
                if !again {
                    out.push(party);
                }
                (at, stop, gap, joined) = (next, next, false, false);
                continue;
            }
            if out.is_empty() && !included {
                // Words before the first item: "also", an adverb, a bound without a number.
                if matches!(doc.upos(at), Upos::Adv | Upos::Punct)
                    && at.0 < start.0 + 2
                    && doc.lower(at) != ","
                {
                    at = Tok(at.0 + 1);
                    continue;
                }
                break;
            }
            if lower == "and" || lower == "," {
                (gap, joined) = (gap && lower == ",", true);
            } else if ADDS.contains(&lower) || matches!(lower, "as" | "or" | "plus") {
                joined = true;
            } else if lower == "with" && joined && !gap {
                // "along with"
            } else if !JOINS.contains(&lower) && !ADDS.contains(&lower) {
                // A phrase between two items: "three guards at the gate and another two inside".
                let passes = !matches!(doc.upos(at), Upos::Verb | Upos::Aux | Upos::Sconj)
                    && !matches!(lower, ";" | ":" | "." | "\u{2014}" | "--");
                if !passes || at.0 - stop.0 > GAP {
                    break;
                }
                gap = true;
            }
            at = Tok(at.0 + 1);
        }
        (out, stop)
    }

    fn has_number(&self, party: &Party) -> bool {
        !party.rule.starts_with("number:one") && party.rule != "number:plural"
            || self.doc.upos(party.tokens.start) == Upos::Det
                && self.doc.lower(party.tokens.start).starts_with('a')
    }

    /// Whether the second item only names the first one again, behind a comma.
    fn is_apposition(&self, first: &Party, second: &Party, at: Tok) -> bool {
        let one = |p: &Party| p.rule.starts_with("number:one");
        let comma =
            at.0.checked_sub(1)
                .is_some_and(|i| self.doc.lower(Tok(i)) == ",");
        one(first)
            && one(second)
            && comma
            && (first.rule == "number:one-named") != (second.rule == "number:one-named")
    }

    /// Whether words of inclusion begin at the token ("including", "among them"), and how many.
    fn inclusion(&self, at: Tok, end: Tok) -> Option<u32> {
        let doc = self.doc;
        let next = Tok(at.0 + 1);
        match doc.lower(at) {
            "including" => Some(1),
            "include" | "includes" | "included" => Some(1),
            "among" | "amongst" if next < end => match doc.lower(next) {
                // "seven children among them," looks back, not ahead.
                "them" | "whom" | "those" | "these" if !self.closes(Tok(at.0 + 2), end) => Some(2),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether nothing of a list follows at the token.
    fn closes(&self, t: Tok, end: Tok) -> bool {
        t >= end
            || matches!(
                self.doc.lower(t),
                "," | "." | ";" | "and" | "\"" | "\u{201d}"
            )
    }

    /// The people named behind the first inclusion in a range.
    pub(crate) fn included(
        &self,
        range: TokRange,
        stops: &dyn Fn(Tok) -> bool,
        out: &mut Vec<Party>,
    ) {
        let mut at = range.start;
        while at < range.end && !stops(at) {
            let looks_back = matches!(self.doc.lower(at), "among" | "amongst")
                && Tok(at.0 + 1) < range.end
                && matches!(self.doc.lower(Tok(at.0 + 1)), "them" | "whom");
            let words = self.inclusion(at, range.end).or(looks_back.then_some(2));
            let them = self.quantity_at(at).is_some_and(|q| q.of_them);
            if words.is_some() || them {
                let (parties, end) = self.list(at, range.end, stops);
                // "seven children among them": the number stands before.
                let before = parties.is_empty().then(|| self.ending_at(at)).flatten();
                let parties = parties.into_iter().chain(before);
                out.extend(parties.map(|p| Party {
                    included: true,
                    ..p
                }));
                at = end.max(Tok(at.0 + 1));
            } else {
                at = Tok(at.0 + 1);
            }
        }
    }

    /// The party of a quantity whose noun ends right before the token.
    fn ending_at(&self, t: Tok) -> Option<Party> {
        let i = self.quantities.partition_point(|q| q.tokens.start < t);
        let q = self.quantities[..i].last()?;
        let party = Party::of(q, true);
        (party.end() == t && self.may_count_people(q)).then_some(party)
    }

    /// The list of people that stands before a word: the subject of "were killed". It is the one
    /// that holds the last people counted before it; a list further left belongs to another verb.
    pub(crate) fn list_before(&self, clause: TokRange, stops: &dyn Fn(Tok) -> bool) -> Vec<Party> {
        let start = clause
            .iter()
            .rev()
            .find(|&t| stops(t))
            .map_or(clause.start, |t| Tok(t.0 + 1));
        let mut last = Vec::new();
        let mut at = start;
        while at < clause.end {
            let starts_item = self
                .quantity_at(at)
                .map_or_else(|| self.starts_phrase(at, start), |q| self.counts_people(q));
            if starts_item {
                let (parties, end) = self.list(at, clause.end, stops);
                if !parties.is_empty() {
                    last = parties;
                    at = end.max(Tok(at.0 + 1));
                    continue;
                }
            }
            at = Tok(at.0 + 1);
        }
        last
    }

    /// Whether a phrase of people can begin here: not in the middle of one.
    fn starts_phrase(&self, at: Tok, start: Tok) -> bool {
        let doc = self.doc;
        let before = at.0.checked_sub(1).map(Tok).filter(|&b| b >= start);
        let inside = before.is_some_and(|b| {
            matches!(
                doc.upos(b),
                Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det | Upos::Num
            )
        });
        !inside
            && matches!(
                doc.upos(at),
                Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron | Upos::Verb
            )
    }

    /// The party of a word in the tree: its number, or itself if it is a person.
    pub(crate) fn at_head(&self, head: Tok) -> Option<Party> {
        let sentence = self.doc.sentence(self.doc.sentence_of(head)).tokens;
        let near = TokRange::new(
            Tok(head.0.saturating_sub(8).max(sentence.start.0)),
            Tok(head.0 + 1),
        );
        let counted = self
            .quantities_in(near)
            .iter()
            .rev()
            .find(|q| q.head == head || q.tokens.contains(head));
        match counted {
            Some(q) => self.may_count_people(q).then(|| Party::of(q, false)),
            None => {
                let pronoun = matches!(
                    self.doc.lower(head),
                    "he" | "she" | "him" | "her" | "they" | "them" | "others"
                );
                (pronoun || self.is_person(head))
                    .then(|| self.single(head, tree::noun_phrase(self.doc, head)))
            }
        }
    }
}
