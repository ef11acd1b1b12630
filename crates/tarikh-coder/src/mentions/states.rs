//! Who is in a state of harm: "12 dead", "left a nurse and two of her patients dead".

use tarikh_syntax::{Tok, TokRange, Upos};

use super::harmed::Reader;
use super::parties::Party;
use super::quantities::Quantity;

impl Reader<'_, '_> {
    /// "hurt" and "wounded" are also verbs: "wounded about 70".
    pub(super) fn in_state_or_acted_upon(&self, t: Tok) -> Vec<Party> {
        let state = self.in_state(t);
        if !state.is_empty() || self.modifies(t) {
            return state;
        }
        let next = Tok(t.0 + 1);
        if self.people.doc.upos(t) == Upos::Verb {
            self.acted_upon(t)
        } else if self.people.quantity_at(next).is_some() {
            self.list_from(next)
        } else {
            state
        }
    }

    /// "12 dead", "nine people are dead", "left nine people dead", "three wounded soldiers".
    pub(super) fn in_state(&self, t: Tok) -> Vec<Party> {
        let (people, doc) = (self.people, self.people.doc);
        if let Some(list) = self.left_in(t) {
            return list;
        }
        if self.modifies(t) {
            // "two of the wounded": a statement only of what comes behind it.
            let near = TokRange::new(Tok(t.0.saturating_sub(6).max(self.range.start.0)), t);
            let counted = people
                .quantities_in(near)
                .iter()
                .find(|q| q.head > t && q.tokens.end <= t);
            return counted.map(|q| Party::of(q, false)).into_iter().collect();
        }
        // Between the people and the word only forms of "be" and adverbs.
        let after_be = |x: Tok| {
            doc.upos(x) == Upos::Verb && x > self.range.start && doc.upos(Tok(x.0 - 1)) == Upos::Aux
        };
        let passes = |x: Tok| {
            matches!(doc.upos(x), Upos::Aux | Upos::Adv | Upos::Det)
                && people.quantity_at(x).is_none()
                || after_be(x)
        };
        let mut end = t;
        while end > self.range.start
            && passes(Tok(end.0 - 1))
            && people.quantity_at(Tok(end.0 - 1)).is_none()
        {
            end = Tok(end.0 - 1);
        }
        let counted = self.quantity_ending_at(end);
        if let Some(q) =
            counted.filter(|q| q.head == t || people.counts_people(q) || people.may_count_people(q))
        {
            let stops = |x: Tok| self.ends_clause(x);
            let list = people.list_before(TokRange::new(self.range.start, end), &stops);
            let own = list.iter().any(|p| p.tokens == q.tokens);
            return if own { list } else { vec![Party::of(q, false)] };
        }
        let stops = |x: Tok| self.ends_clause(x);
        let list = people.list_before(TokRange::new(self.range.start, end), &stops);
        let adjacent = list
            .last()
            .is_some_and(|p| p.tokens.end.max(Tok(p.head.0 + 1)) == end);
        if adjacent {
            return list;
        }
        // "nine people in the bus are dead"
        let copula = end < t && doc.upos(end) == Upos::Aux;
        if copula {
            // "were found dead": the subject is that of the verb.
            let verb = TokRange::new(end, t)
                .iter()
                .find(|&x| doc.upos(x) == Upos::Verb);
            self.subject(verb.unwrap_or(t))
        } else {
            self.behind_copula(t)
        }
    }

    /// "left a nurse and two of her patients, both children, dead": all behind the verb up to its last word.
    fn left_in(&self, t: Tok) -> Option<Vec<Party>> {
        const REACH: usize = 24;
        let (people, doc) = (self.people, self.people.doc);
        let leave = (self.range.start.0..t.0)
            .rev()
            .map(Tok)
            .take(REACH)
            .take_while(|&x| !people.says_harm(x))
            .find(|&x| doc.upos(x) == Upos::Verb)
            .filter(|&x| doc.lemma(x) == "leave")?;
        let noun = |x: Tok| matches!(doc.upos(x), Upos::Noun | Upos::Propn);
        let next = Tok(t.0 + 1);
        if self.range.contains(next) && noun(next) {
            return None;
        }
        let (list, _) = people.list(Tok(leave.0 + 1), t, &|_| false);
        let counted = list.iter().all(|p| p.count.best.is_some());
        (counted && !list.is_empty()).then_some(list)
    }

    /// The quantity whose number or noun ends at the token.
    pub(super) fn quantity_ending_at(&self, end: Tok) -> Option<&Quantity> {
        let near = TokRange::new(Tok(end.0.saturating_sub(8).max(self.range.start.0)), end);
        self.people
            .quantities_in(near)
            .iter()
            .rev()
            .find(|q| q.tokens.end == end || q.head.0 + 1 == end.0 && q.tokens.end <= end)
    }
}
