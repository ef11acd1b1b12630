//! Who was harmed: the people that a word of harm is said of.
//!
//! The order of the words comes first, the tree second: a number right behind "killed" is the number
//! of the dead, whatever the parser made of the sentence.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};

use super::harm::{Harm, Stage};
use super::lists::{DOER, ORDINAL, number_of};
use super::parties::{Party, People};
use super::quantities::{Count, Quantity};
use crate::knowledge::harm::{HarmWord, Pattern};
use crate::knowledge::words::words;
use crate::tree;

/// Reads the statements of one sentence.
pub(super) struct Reader<'r, 'a> {
    pub(super) people: &'r People<'a>,
    pub(super) range: TokRange,
    pub(super) triggers: &'r [(Tok, &'r HarmWord)],
}

impl Reader<'_, '_> {
    pub(super) fn statement(&self, t: Tok, word: &HarmWord, sentence: Sent) -> Option<Harm> {
        if self.is_partitive(t) || self.is_of_speaker(t, word) {
            return None;
        }
        let mut parties = self.parties(t, word);
        if word.measure == Measure::Injured {
            parties.retain(|p| !self.is_dead_body(p));
        }
        parties.retain(|p| !self.is_cited(p));
        parties
            .iter_mut()
            .for_each(|p| p.included |= self.is_of_those(p, word.measure));
        // "An eighth victim, a woman, died"
        let nth = match (&parties[..], word.measure) {
            ([one] | [one, _], Measure::Killed) => self.is_of_ordinal(one),
            _ => None,
        };
        if let Some(n) = nth {
            parties.truncate(1);
            parties[0] = Party {
                count: Count::exact(n),
                rule: ORDINAL,
                further: false,
                ..parties[0]
            };
        }
        if word.open {
            parties.iter_mut().for_each(|p| p.count = p.count.at_most());
        }
        if let Some(first) = parties.first_mut()
            && self.word_before(t) == "also"
        {
            first.further = true;
        }
        if self.is_suicide(&parties) {
            return None;
        }
        let bare_verb = matches!(
            word.pattern,
            Pattern::Transitive | Pattern::Intransitive | Pattern::Phrase
        );
        if parties.is_empty() && !bare_verb {
            return None;
        }
        let zero = parties.iter().any(|p| p.count.best == Some(0));
        if zero && self.is_open(t, &parties)
            || !zero && self.is_denied(t) && word.pattern != Pattern::Toll
        {
            return None;
        }
        Some(Harm {
            measure: word.measure,
            trigger: t,
            sentence,
            stage: match nth {
                Some(_) => Stage::Raised,
                None => self.stage(t, word, &parties),
            },
            parties,
        })
    }

    /// The people that the word says were harmed.
    fn parties(&self, t: Tok, word: &HarmWord) -> Vec<Party> {
        let mut out = match word.pattern {
            Pattern::Transitive => self.acted_upon(t),
            Pattern::Counted => self.counted(t),
            Pattern::Intransitive => self.subject(t),
            Pattern::Phrase => self.of_phrase(t, word),
            Pattern::State => self.in_state_or_acted_upon(t),
            Pattern::Noun => self.of_noun(t),
            Pattern::Toll if self.opens_list(t) => self.list_from(Tok(t.0 + 2)),
            Pattern::Toll => self.toll(t, word).into_iter().collect(),
            Pattern::None => self.none(t).into_iter().collect(),
        };
        if out.is_empty() && word.measure == Measure::Abducted {
            out.extend(self.aboard(t));
        }
        if !out.is_empty() && word.pattern != Pattern::Toll {
            self.add_included(t, &mut out);
            self.add_breakdown(t, &mut out);
        }
        out
    }

    /// "We were killed by the heat", "I have died a thousand deaths": who says so lives.
    fn is_of_speaker(&self, t: Tok, word: &HarmWord) -> bool {
        let doc = self.people.doc;
        let subject = match word.pattern {
            Pattern::Transitive => Deprel::NsubjPass,
            Pattern::Intransitive => Deprel::Nsubj,
            _ => return false,
        };
        let says = |s: Tok| matches!(doc.lower(s), "i" | "we");
        word.measure == Measure::Killed && doc.child(t, subject).is_some_and(says)
    }

    /// "A soldier killed himself": no act against others, where nothing explodes.
    fn is_suicide(&self, parties: &[Party]) -> bool {
        let (doc, lexicon) = (self.people.doc, &self.people.knowledge.lexicon);
        let bombs = |t: Tok| {
            let classes = ["explosive", "bomb-weapon", "suicide-bomber"];
            classes.iter().any(|c| lexicon.is(doc, t, c))
        };
        !parties.is_empty()
            && parties.iter().all(|p| p.rule == DOER)
            && !self.range.iter().any(bombs)
    }

    /// "The dead: four policemen and a child"
    fn opens_list(&self, t: Tok) -> bool {
        let next = Tok(t.0 + 1);
        self.range.contains(next) && self.people.doc.lower(next) == ":"
    }

    /// "26 people were killed on Sunday: 14 soldiers and 12 civilians": those behind a colon who
    /// add up to the whole are the whole.
    fn add_breakdown(&self, t: Tok, out: &mut Vec<Party>) {
        let doc = self.people.doc;
        let [whole] = out[..] else { return };
        let opens = |x: &Tok| {
            matches!(
                doc.lower(*x),
                ":" | "(" | "\u{2014}" | "\u{2013}" | "--" | "-"
            )
        };
        let behind = (t.0 + 1..self.range.end.0).map(Tok);
        for mark in behind.filter(opens) {
            let list = self.list_from(Tok(mark.0 + 1));
            let sum = number_of(&list);
            if list.len() > 1 && sum.is_some() && sum == whole.count.best {
                let parts = list.into_iter();
                out.extend(parts.map(|p| Party {
                    included: true,
                    ..p
                }));
                return;
            }
        }
    }

    /// "The bodies were taken to hospital" hurts nobody.
    fn is_dead_body(&self, party: &Party) -> bool {
        let words = self
            .people
            .knowledge
            .harms
            .of(self.people.doc.lemma(party.head));
        let body = |w: &HarmWord| w.measure == Measure::Killed && w.pattern == Pattern::Noun;
        words.iter().any(body)
    }

    /// Whether a list must not go on over the word: it says harm itself.
    fn is_trigger(&self, t: Tok) -> bool {
        self.triggers.binary_search_by_key(&t, |x| x.0).is_ok()
    }

    /// Whether a clause ends at the word, seen from the right.
    pub(super) fn ends_clause(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        // "two suspects in a shooting in which a driver was killed"
        let in_which = doc.lower(t) == "which" && matches!(self.word_before(t), "in" | "during");
        self.is_verb_trigger(t)
            || in_which
            || matches!(
                doc.lower(t),
                ";" | ":"
                    | "when"
                    | "while"
                    | "after"
                    | "before"
                    | "as"
                    | "that"
                    | "because"
                    | "but"
            )
    }

    pub(super) fn is_verb_trigger(&self, t: Tok) -> bool {
        self.triggers
            .binary_search_by_key(&t, |x| x.0)
            .is_ok_and(|i| !matches!(self.triggers[i].1.pattern, Pattern::Noun | Pattern::None))
            && !self.modifies(t)
    }

    /// "two of the wounded": says nothing by itself.
    fn is_partitive(&self, t: Tok) -> bool {
        let near = TokRange::new(Tok(t.0.saturating_sub(6).max(self.range.start.0)), t);
        self.people
            .quantities_in(near)
            .iter()
            .any(|q| q.of_noun == Some(t))
    }

    /// "three wounded soldiers", "two of the wounded": the word only describes people.
    pub(super) fn modifies(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        let near = TokRange::new(Tok(t.0.saturating_sub(6).max(self.range.start.0)), t);
        self.people
            .quantities_in(near)
            .iter()
            .any(|q| q.head > t && q.tokens.end <= t || q.of_noun == Some(t))
            || doc.deprel(t) == Deprel::Amod && doc.head(t).is_some_and(|h| h.0 == t.0 + 1)
    }

    /// Those whom a verb with an object harmed.
    pub(super) fn acted_upon(&self, t: Tok) -> Vec<Party> {
        if self.modifies(t) && self.people.doc.upos(t) != Upos::Verb {
            return self.in_state(t);
        }
        // "visited the injured", "among the killed were two guards"
        if matches!(self.word_before(t), "the" | "those") && !self.object_follows(t) {
            return self.behind_copula(t);
        }
        if let Some(all) = self.among(t) {
            let mut some = self.subject(t);
            some.iter_mut().for_each(|p| p.included = true);
            return std::iter::once(all).chain(some).collect();
        }
        if self.is_passive(t) {
            let behind = self.behind_copula(t);
            return if behind.is_empty() {
                self.subject(t)
            } else {
                behind
            };
        }
        let next = self.behind_verb(t);
        let list = self.list_from(next);
        if !list.is_empty() {
            return list;
        }
        if self.range.contains(next) && self.is_object_pronoun(next) {
            let mut list: Vec<Party> = self.people.at_head(next).into_iter().collect();
            // "killed him and two guards"
            let and = Tok(next.0 + 1);
            if self.range.contains(and) && matches!(self.people.doc.lower(and), "and" | "plus") {
                list.extend(self.list_from(Tok(and.0 + 1)));
            }
            return list;
        }
        // "shot dead three": the people stand behind the second word of the verb.
        if self.is_trigger(Tok(t.0 + 1)) {
            let list = self.split_object(t);
            if !list.is_empty() {
                return list;
            }
        }
        let object = tree::patient(self.people.doc, t).filter(|&o| self.range.contains(o));
        let list: Vec<Party> = object
            .and_then(|o| self.people.at_head(o))
            .into_iter()
            .collect();
        if list.is_empty() && self.has_own_subject(t) {
            // "the bomb that killed": nobody is named.
            return list;
        }
        if list.is_empty() {
            self.split_object(t)
        } else {
            list
        }
    }

    /// "Two children were among seven wounded": all of them.
    fn among(&self, t: Tok) -> Option<Party> {
        const NEAR: u32 = 3;
        let near = TokRange::new(Tok(t.0.saturating_sub(NEAR).max(self.range.start.0)), t);
        let mut counted = self.people.quantities_in(near).iter();
        let all =
            counted.find(|q| q.tokens.end == t && self.word_before(q.tokens.start) == "among")?;
        Some(Party::of(all, false))
    }

    /// "shot dead three": the object stands behind the second word of the verb, or the tree hides it.
    fn split_object(&self, t: Tok) -> Vec<Party> {
        let second = Tok(t.0 + 2);
        if self.range.contains(second) {
            self.list_from(second)
        } else {
            Vec::new()
        }
    }

    /// Where the object of a verb begins: behind all its words ("hacked to death 11 people").
    fn behind_verb(&self, t: Tok) -> Tok {
        let doc = self.people.doc;
        let next = Tok(t.0 + 1);
        let trigger = self.triggers.binary_search_by_key(&t, |x| x.0);
        let rest = trigger.map_or(&[][..], |i| self.triggers[i].1.rest.as_slice());
        let mut words = (next.0..self.range.end.0).map(Tok);
        let whole = rest
            .iter()
            .all(|w| words.next().is_some_and(|x| doc.lower(x) == w));
        Tok(next.0 + if whole { rest.len() as u32 } else { 0 })
    }

    fn has_own_subject(&self, t: Tok) -> bool {
        self.people.doc.child(t, Deprel::Nsubj).is_some()
    }

    /// By the words beside the verb: a form of "be" before it, or no people behind a participle.
    fn is_passive(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        if doc.lower(t).ends_with("ing") {
            return false;
        }
        for i in (self.range.start.0..t.0).rev().take(4) {
            let word = Tok(i);
            match doc.lower(word) {
                "was" | "were" | "been" | "being" | "be" | "is" | "are" | "got" | "get" => {
                    return true;
                }
                "had" | "has" | "have" | "having" | "to" => return false,
                _ if matches!(doc.upos(word), Upos::Adv | Upos::Part) => {}
                // "were killed and wounded": the auxiliary stands before the first verb.
                "and" | "or" if i > self.range.start.0 && self.is_trigger(Tok(i - 1)) => {
                    return self.is_passive(Tok(i - 1));
                }
                _ => break,
            }
        }
        let form = doc.lower(t);
        let finite = form.ends_with("ed") || doc.xpos(t) == "VBN" || doc.xpos(t) == "VBD";
        // "The two bowlers strangled the middle order"
        let object = doc.child(t, Deprel::Obj).filter(|&o| o > t);
        let active = doc.xpos(t) == "VBD" && doc.child(t, Deprel::Nsubj).is_some();
        finite && !self.object_follows(t) && !(active && object.is_some())
    }

    /// "police shot him dead"
    fn is_object_pronoun(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        doc.xpos(t) == "PRP" && matches!(doc.lower(t), "him" | "her" | "them")
    }

    /// Whether the people harmed stand right behind the verb.
    fn object_follows(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        let from = self.behind_verb(t).0;
        let next = (0..=1).map(|n| Tok(from + n)).find(|&n| {
            !self.range.contains(n)
                || !matches!(doc.upos(n), Upos::Adv | Upos::Part)
                || doc.xpos(n) == "WRB"
                || self.people.quantity_at(n).is_some()
        });
        let Some(next) = next.filter(|&n| self.range.contains(n)) else {
            return false;
        };
        if self.is_object_pronoun(next) {
            return true;
        }
        // "shot dead", "took hostage": look behind the second word.
        let next = if self.is_trigger(next) || words().turns_of_verbs.is(doc, next) {
            Tok(next.0 + 1)
        } else {
            next
        };
        self.range.contains(next) && !self.list_from(next).is_empty()
    }

    /// "Among those killed were two guards", "killed were nine people".
    pub(super) fn behind_copula(&self, t: Tok) -> Vec<Party> {
        let doc = self.people.doc;
        let be = Tok(t.0 + 1);
        if !self.range.contains(be)
            || !matches!(
                doc.lower(be),
                "were" | "was" | "are" | "include" | "included"
            )
        {
            return Vec::new();
        }
        let mut list = self.list_from(Tok(be.0 + 1));
        let among = (self.range.start.0..t.0)
            .rev()
            .take(4)
            .any(|i| matches!(doc.lower(Tok(i)), "among" | "those" | "the"));
        if among || doc.lower(be).starts_with("include") {
            list.iter_mut().for_each(|p| p.included = true);
        }
        list
    }

    pub(super) fn list_from(&self, start: Tok) -> Vec<Party> {
        if !self.range.contains(start) {
            return Vec::new();
        }
        let stops = |t: Tok| self.is_verb_trigger(t) || self.is_noun_of_others(t);
        let (mut list, _) = self.people.list(start, self.range.end, &stops);
        // "killed three soldiers and five were wounded": the last item belongs to the next verb.
        while list.len() > 1 && self.is_subject_of_next(list[list.len() - 1]) {
            list.pop();
        }
        list
    }

    /// "the death of eleven people and injuries to four others"
    fn is_noun_of_others(&self, t: Tok) -> bool {
        let next = Tok(t.0 + 1);
        let noun = |x: &(Tok, &HarmWord)| x.1.pattern == Pattern::Noun;
        let trigger = self.triggers.binary_search_by_key(&t, |x| x.0);
        self.range.contains(next)
            && matches!(self.people.doc.lower(next), "of" | "to")
            && trigger.is_ok_and(|i| noun(&self.triggers[i]))
    }

    /// Whether the people are the subject or the number of a statement right behind them.
    fn is_subject_of_next(&self, party: Party) -> bool {
        let doc = self.people.doc;
        let end = party.tokens.end.max(Tok(party.head.0 + 1));
        let mut at = end;
        while self.range.contains(at)
            && (matches!(doc.upos(at), Upos::Aux | Upos::Adv) || at == end && doc.lower(at) == ",")
        {
            at = Tok(at.0 + 1);
        }
        self.range.contains(at) && doc.lower(end) != "," && self.is_verb_trigger(at)
    }

    /// A verb that needs a number of people. They are its subject's ("the army lost three men").
    fn counted(&self, t: Tok) -> Vec<Party> {
        let mut list = if self.is_passive(t) {
            self.subject(t)
        } else {
            self.list_from(self.behind_verb(t))
        };
        if self.people.doc.lemma(t) == "lose" {
            let owner = tree::subject(self.people.doc, t).unwrap_or(t);
            list.iter_mut().for_each(|p| p.owner = Some(owner));
            list.retain(|p| !self.may_have_left(p));
        }
        let counts = |p: &Party| {
            self.people
                .quantity_at(p.tokens.start)
                .is_some_and(|q| self.people.counts_people(q))
        };
        if list.iter().any(counts) {
            list
        } else {
            Vec::new()
        }
    }

    /// "lost 5,000 customers", "a loss of 300 jobs"
    fn may_have_left(&self, party: &Party) -> bool {
        let harms = &self.people.knowledge.harms;
        harms.is_custom(self.people.doc.lemma(party.head))
    }

    /// "claimed 22 lives", "claimed the lives of 33 people", "nine people lost their lives".
    fn of_phrase(&self, t: Tok, word: &HarmWord) -> Vec<Party> {
        let doc = self.people.doc;
        let noun = word.rest.first().and_then(|w| {
            let window = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + 7)));
            window
                .iter()
                .find(|&x| doc.lemma(x) == w || doc.lower(x) == w)
        });
        let Some(noun) = noun else { return Vec::new() };
        let counts = |q: &&Quantity| q.head == noun;
        if let Some(q) = self
            .people
            .quantities_in(TokRange::new(t, noun))
            .iter()
            .find(counts)
            .filter(|_| word.measure != Measure::Injured)
        {
            return vec![Party::of(q, false)];
        }
        match doc.lemma(t) {
            _ if words().losing_verbs.is(doc, t) => self.subject(t),
            // "the ambush cost a guard his life"
            "cost" if !self.list_from(Tok(t.0 + 1)).is_empty() => self.list_from(Tok(t.0 + 1)),
            _ => self.behind_of(noun),
        }
    }

    /// The list behind "of" right after the noun.
    fn behind_of(&self, noun: Tok) -> Vec<Party> {
        let of = Tok(noun.0 + 1);
        let leads = self.range.contains(of) && matches!(self.people.doc.lower(of), "of" | "to");
        if leads {
            self.list_from(Tok(of.0 + 1))
        } else {
            Vec::new()
        }
    }

    /// "three deaths", "26 more bodies", "the bodies of nine men".
    fn of_noun(&self, t: Tok) -> Vec<Party> {
        let near = TokRange::new(Tok(t.0.saturating_sub(6).max(self.range.start.0)), t);
        let counts = |q: &&Quantity| q.head == t || q.tokens.end == t;
        match self.people.quantities_in(near).iter().rev().find(counts) {
            Some(q) => vec![Party::of(q, false)],
            None => match self.shared_zero(t, near) {
                Some(zero) => vec![zero],
                None if self.people.doc.lemma(t) == "loss" => {
                    let mut lost = self.behind_of(t);
                    lost.retain(|p| !self.may_have_left(p));
                    lost
                }
                None => self.behind_of(t),
            },
        }
    }

    /// "no injuries or deaths": the one "no" counts both.
    fn shared_zero(&self, t: Tok, near: TokRange) -> Option<Party> {
        let zero = |q: &&Quantity| q.count.best == Some(0) && q.head < t;
        let q = self.people.quantities_in(near).iter().find(zero)?;
        let between = TokRange::new(Tok(q.head.0 + 1), t);
        let joins = |x: Tok| matches!(self.people.doc.lower(x), "or" | "and" | "nor" | ",");
        let joined = !between.is_empty() && between.iter().all(joins);
        joined.then(|| Party {
            head: t,
            tokens: TokRange::new(q.tokens.start, Tok(t.0 + 1)),
            ..Party::of(q, false)
        })
    }

    /// Inclusions behind the word, up to the next statement.
    fn add_included(&self, t: Tok, out: &mut Vec<Party>) {
        let start = out
            .iter()
            .map(|p| p.tokens.end)
            .max()
            .map_or(t, |e| e.max(t));
        let start = Tok(start.0.max(t.0 + 1));
        let stops = |x: Tok| self.is_verb_trigger(x) || self.people.doc.lower(x) == ";";
        let mut more = Vec::new();
        // "four people, three of whom were policemen, were killed"
        if let Some(first) = out.first().filter(|p| p.tokens.end < t) {
            let before = TokRange::new(first.tokens.end, t);
            self.people.included(before, &stops, &mut more);
        }
        let range = TokRange::new(start, Tok(self.range.end.0.min(start.0 + 30)));
        self.people.included(range, &stops, &mut more);
        more.extend(self.all_of_them(range));
        for party in more {
            match out.iter_mut().find(|p| p.tokens == party.tokens) {
                Some(known) => known.included = true,
                None => out.push(party),
            }
        }
    }
}
