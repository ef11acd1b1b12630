//! Lists of people: "a soldier, two civilians and the driver, including a child".
//!
//! A list is read off the order of the words. Trees of such lists often err; the words do not.

use tarikh_syntax::{Tok, TokRange, Upos};

use super::parties::{Party, People};
use super::quantities::Count;
use crate::knowledge::words::words;

/// Words that lead from one item of a list to the next.
const JOINS: &[&str] = &[
    ",", "and", "&", "or", "plus", "but", "also", "as", "well", "then",
];
/// Farthest that a list goes on behind a phrase between its items, in tokens.
const GAP: u32 = 12;
/// The rule of one person whose number counts all so far ("an eleventh man").
pub(crate) const ORDINAL: &str = "number:ordinal";
/// The rule of those who harm themselves: attackers, whose dead stand beside the toll.
pub(crate) const DOER: &str = "number:doer";

/// A list as far as it is read.
struct List {
    parties: Vec<Party>,
    /// The end of its last item.
    end: Tok,
    /// What follows is part of what was counted ("including").
    included: bool,
    /// A phrase stands between the last item and what follows.
    gap: bool,
    /// A comma or a conjunction leads to the next item.
    joined: bool,
    /// How many items stand before the last comma.
    before_comma: usize,
    /// How many stand before the people that a closing "among them" speaks of.
    before_group: usize,
    /// A conjunction stands behind the last comma.
    conjoined: bool,
}

impl List {
    fn starting(start: Tok) -> Self {
        Self {
            parties: Vec::new(),
            end: start,
            included: false,
            gap: false,
            joined: true,
            before_comma: 0,
            before_group: 1,
            conjoined: false,
        }
    }

    fn include(&mut self) {
        (self.included, self.gap, self.joined) = (true, false, true);
    }

    fn conjunction(&mut self) {
        (self.gap, self.joined, self.conjoined) = (false, true, true);
    }

    fn comma(&mut self) {
        self.joined = true;
        self.before_comma = self.parties.len();
        // "Three soldiers and a guard, two of ...": what a conjunction closed is a whole of its own.
        if self.conjoined {
            self.before_group = self.parties.len();
            self.conjoined = false;
        }
    }

    /// "Jets struck a camp of the group in the north and 13 fighters died": people without a number,
    /// far before a number, belong to another verb.
    fn is_of_another_clause(&self, next: &Party, at: Tok) -> bool {
        const NEAR: u32 = 2;
        let uncounted = |p: &Party| p.rule == "number:plural";
        !self.included
            && at.0 - self.end.0 > NEAR
            && !next.rule.starts_with("number:one")
            && !uncounted(next)
            && self.parties.iter().all(uncounted)
    }

    /// "18 traders, seven women and two children among them": all behind the whole are in it.
    fn include_last_group(&mut self) {
        let group = self.parties.iter_mut().skip(self.before_group);
        group.for_each(|p| p.included = true);
    }

    /// "12 pupils, a teacher and two parents told": those named beside a speaker speak as well.
    fn drop_other_speakers(&mut self) {
        if self.before_comma > 0 && self.conjoined {
            self.parties.truncate(self.before_comma);
        }
    }
}

/// How many people parties are together; `None` where a number is unknown or too large to add.
pub(crate) fn number_of(parties: &[Party]) -> Option<u32> {
    let mut numbers = parties.iter().map(|p| p.count.best);
    numbers.try_fold(0_u32, |sum, n| sum.checked_add(n?))
}

impl People<'_> {
    /// The item of a list that begins at the token, with the words before its number ("the two",
    /// "their three").
    fn item(&self, at: Tok, end: Tok, included: bool) -> Option<Party> {
        let doc = self.doc;
        let leads = |t: Tok| {
            matches!(doc.upos(t), Upos::Det | Upos::Adj)
                || matches!(doc.xpos(t), "PRP$" | "DT" | "PDT")
        };
        let mut start = self.behind_possessor(at, end).unwrap_or(at);
        let at = start;
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
        let person = || self.phrase(at, end).or_else(|| self.one_more(at, end));
        person().map(|p| Party { included, ..p })
    }

    /// Where the people stand whom a possessor before them has: "the mayor's two sons".
    fn behind_possessor(&self, at: Tok, end: Tok) -> Option<Tok> {
        const LONGEST: u32 = 6;
        let doc = self.doc;
        let window = (at.0..end.0.min(at.0 + LONGEST)).map(Tok);
        let mut rest = window.skip_while(|&t| {
            matches!(
                doc.upos(t),
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn
            )
        });
        let mark = rest.next().filter(|&t| t > at && doc.xpos(t) == "POS")?;
        let people = Tok(mark.0 + 1);
        (people < end).then_some(people)
    }

    /// One person without a noun: "a third was wounded", "another", "the other"; or the doer
    /// ("killing himself").
    fn one_more(&self, at: Tok, end: Tok) -> Option<Party> {
        let doc = self.doc;
        let next = Tok(at.0 + 1);
        let word = |t: Tok| if t < end { doc.lower(t) } else { "" };
        let (head, count, rule) = match (doc.lower(at), word(next)) {
            ("himself" | "herself", _) => (at, Count::exact(1), DOER),
            ("themselves", _) => (at, Count::VAGUE, DOER),
            ("another", _) => (at, Count::exact(1), "number:one"),
            ("a", n) if self.knowledge.numbers.is_ordinal(n) => {
                (next, Count::exact(1), "number:one")
            }
            ("the", "other") => (next, Count::exact(1), "number:one"),
            _ => return None,
        };
        let behind = Tok(head.0 + 1);
        let alone = behind >= end
            || !matches!(
                doc.upos(behind),
                Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj
            ) && self.quantity_at(behind).is_none();
        alone.then(|| Party {
            further: rule != DOER,
            ..Party::uncounted(head, TokRange::new(at, behind), count, rule)
        })
    }

    /// Whether people without a number behind a comma or "and" go on a list, and are not the
    /// subject of what comes next ("nine dead, police said").
    fn goes_on(&self, party: &Party, at: Tok, end: Tok) -> bool {
        let doc = self.doc;
        let mut next = party.end();
        if self.tells_what_is_said(party, at, end) || self.opens_clause(party, end) {
            return false;
        }
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

    /// "Killed eight people, a local chief, Awa Keita, said": who is named behind the comma speaks.
    fn tells_what_is_said(&self, party: &Party, at: Tok, end: Tok) -> bool {
        const REACH: u32 = 14;
        let doc = self.doc;
        let word = |t: Tok| if t < end { doc.lower(t) } else { "" };
        let behind_comma = at.0.checked_sub(1).is_some_and(|i| word(Tok(i)) == ",");
        let start = party.end();
        let passes = |t: &Tok| {
            let noun = matches!(
                doc.upos(*t),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::Det | Upos::Num
            );
            noun || matches!(doc.word(*t), "," | "." | "-" | "'s" | "\u{2019}s")
        };
        let window = || (start.0..end.0.min(start.0 + REACH)).map(Tok);
        let verb = window().find(|t| !passes(t));
        let says = |t: &Tok| {
            matches!(doc.xpos(*t), "VBD" | "VBZ" | "VBP")
                && self.knowledge.speech.is_verb(doc.lemma(*t))
        };
        let Some(verb) = verb.filter(|t| behind_comma && says(t)) else {
            return false;
        };
        let before = || window().take_while(|t| *t < verb);
        let commas = before().filter(|t| doc.word(*t) == ",").count();
        let named = before().any(|t| doc.upos(t) == Upos::Propn);
        // "a policeman, officials said" tells of a victim: his name would end with a comma.
        commas == 0 || commas == 2 && named && word(start) == "," && word(Tok(verb.0 - 1)) == ","
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
        let mut list = List::starting(start);
        let mut at = start;
        while at < end && !stops(at) {
            if let Some(n) = self.inclusion(at, end) {
                list.include();
                at = Tok(at.0 + n);
                continue;
            }
            let item = self
                .item(at, end, list.included)
                .filter(|p| list.joined && (!list.gap || self.has_number(p)));
            if let Some(mut party) = item {
                if !list.parties.is_empty() && self.opens_next_count(&list, &party) {
                    break;
                }
                party.included |= !list.parties.is_empty() && self.is_told_how(&party, at);
                if list.is_of_another_clause(&party, at) {
                    list.parties.clear();
                }
                if !list.parties.is_empty() && !self.goes_on(&party, at, end) {
                    if self.speaks(&party) {
                        list.drop_other_speakers();
                    }
                    break;
                }
                self.add(&mut list, party, at);
                at = party.end();
                continue;
            }
            if list.parties.is_empty() && !list.included {
                // Words before the first item: "also", an adverb, a bound without a number.
                if matches!(doc.upos(at), Upos::Adv | Upos::Punct)
                    && doc.xpos(at) != "WRB"
                    && at.0 < start.0 + 2
                    && !matches!(doc.lower(at), "," | ";")
                {
                    at = Tok(at.0 + 1);
                    continue;
                }
                break;
            }
            if self.looks_back(at, end) {
                list.include_last_group();
            }
            if !self.passes(&mut list, at) {
                break;
            }
            at = Tok(at.0 + 1);
        }
        self.include_apposed(&mut list.parties);
        (list.parties, list.end)
    }

    /// "4 women and 2 children, 21 injured": the number is that of the word of harm behind it.
    fn opens_next_count(&self, list: &List, party: &Party) -> bool {
        let bare = party.tokens.contains(party.head);
        let counted = self.quantity_at(party.tokens.start).is_some();
        let next = party.end();
        counted && (bare || list.included) && next.idx() < self.doc.len() && self.says_harm(next)
    }

    /// "Wounding 11 patrons, two seriously": a part of those counted, and how they fared.
    fn is_told_how(&self, party: &Party, at: Tok) -> bool {
        let next = party.end();
        let comma = at.0.checked_sub(1).map(Tok);
        comma.is_some_and(|t| self.doc.lower(t) == ",")
            && party.tokens.contains(party.head)
            && next.idx() < self.doc.len()
            && self.doc.upos(next) == Upos::Adv
    }

    /// "Three people, one woman and two men", "Twenty people (ten soldiers and 10 attackers)", "two brothers, Musa and
    /// Peter": those who add up to a whole are that whole.
    fn include_apposed(&self, parties: &mut [Party]) {
        let Some((whole, rest)) = parties.split_first_mut() else {
            return;
        };
        let sum = number_of(rest);
        let names = rest.iter().all(|p| p.rule == "number:one-named");
        let is_whole = names || self.is_whole(std::slice::from_ref(whole));
        // "Three villagers, two soldiers and a guard" are six.
        let unarmed = self
            .knowledge
            .harms
            .is_unarmed_whole(self.doc.lemma(whole.head));
        let armed = |p: &Party| self.actors.at(p.head).is_some_and(|a| a.class.is_armed());
        let is_whole = is_whole && !(unarmed && rest.iter().any(armed));
        if is_whole && rest.len() > 1 && sum.is_some() && sum == whole.count.best {
            rest.iter_mut().for_each(|p| p.included = true);
        }
    }

    /// One item that counts people of every kind, of whom a list may tell more.
    fn is_whole(&self, parties: &[Party]) -> bool {
        let whole = |p: &Party| self.knowledge.harms.is_whole(self.doc.lemma(p.head));
        matches!(parties, [one] if whole(one))
    }

    /// Adds an item that begins at the token.
    fn add(&self, list: &mut List, party: Party, at: Tok) {
        let end = party.end();
        // "the mayor, Awa Keita", "Awa Keita, a teacher": the second names the first again.
        let again = |p: &Party| self.is_apposition(p, &party, at);
        let shared = list
            .parties
            .last()
            .is_some_and(|p| self.shares_number(p, &party, at));
        if let Some(last) = list.parties.last_mut().filter(|_| shared) {
            last.also = Some(party.head);
        } else if !list.parties.last().is_some_and(again) {
            list.parties.push(party);
        }
        (list.end, list.gap, list.joined) = (end, false, false);
    }

    /// Whether the number of one item counts the next as well: "32 pupils and teachers".
    fn shares_number(&self, first: &Party, second: &Party, at: Tok) -> bool {
        let joins = at.0.checked_sub(1).map(Tok);
        joins.is_some_and(|t| t == first.end() && matches!(self.doc.lower(t), "and" | "or" | "&"))
            && second.rule == "number:plural"
            && second.included == first.included
            && self.quantity_at(first.tokens.start).is_some()
            && !first.tokens.contains(first.head)
            && matches!(self.doc.upos(at), Upos::Noun | Upos::Adj)
    }

    /// Goes on over a word between two items; false where no list can go on.
    fn passes(&self, list: &mut List, at: Tok) -> bool {
        let doc = self.doc;
        match doc.lower(at) {
            "and" => list.conjunction(),
            "," => list.comma(),
            "(" | "-" | "--" | "\u{2013}" | "\u{2014}"
                if at == list.end && self.is_whole(&list.parties) =>
            {
                list.comma();
            }
            "as" | "or" | "plus" => list.joined = true,
            // "killed 12 of us," a survivor said: the words quoted end.
            "\"" | "\u{201d}" | "''"
                if at.0 > 0 && matches!(doc.word(Tok(at.0 - 1)), "," | "." | "!" | "?") =>
            {
                return false;
            }
            word if words().added.has(word) => list.joined = true,
            // "along with"
            "with" if at.0 > 0 && doc.word(Tok(at.0 - 1)) == "," => return false,
            "with" if list.joined && !list.gap => {}
            word if JOINS.contains(&word) => {}
            word => {
                // A phrase between two items: "three guards at the gate and another two inside".
                let bridges = !matches!(doc.upos(at), Upos::Verb | Upos::Aux | Upos::Sconj)
                    && !matches!(word, ";" | ":" | "." | "\u{2014}" | "--");
                if !bridges || at.0 - list.end.0 > GAP {
                    return false;
                }
                list.gap = true;
            }
        }
        true
    }

    /// Whether a verb of speech follows: "a teacher and two parents told".
    fn speaks(&self, party: &Party) -> bool {
        let next = party.end();
        next.idx() < self.doc.len() && self.knowledge.speech.is_verb(self.doc.lemma(next))
    }

    fn has_number(&self, party: &Party) -> bool {
        !party.rule.starts_with("number:one") && party.rule != "number:plural"
            || self.doc.upos(party.tokens.start) == Upos::Det
                && self.doc.lower(party.tokens.start).starts_with('a')
    }

    /// Whether the second item only names the first one again, behind a comma.
    fn is_apposition(&self, first: &Party, second: &Party, at: Tok) -> bool {
        // "one of its commanders, Awa Keita"
        let one = |p: &Party| p.rule.starts_with("number:one") || p.count == Count::exact(1);
        let comma =
            at.0.checked_sub(1)
                .is_some_and(|i| self.doc.lower(Tok(i)) == ",");
        // "the mayor, his driver and a guard": another.
        let his = self.doc.xpos(at) == "PRP$";
        !his && one(first)
            && one(second)
            && comma
            && (first.rule == "number:one-named") != (second.rule == "number:one-named")
    }

    /// The list of people that stands before a word: the subject of "were killed". It is the one
    /// that holds the last people counted before it; a list further left belongs to another verb.
    pub(crate) fn list_before(&self, clause: TokRange, stops: &dyn Fn(Tok) -> bool) -> Vec<Party> {
        let start = clause
            .iter()
            .rev()
            .find(|&t| stops(t))
            .map_or(clause.start, |t| Tok(t.0 + 1));
        let mut last: Vec<Party> = Vec::new();
        let mut at = start;
        while at < clause.end {
            if self.is_whole_of(&last, at) {
                at = Tok(at.0 + 1);
                continue;
            }
            let starts_item = self
                .quantity_at(at)
                .map_or_else(|| self.starts_phrase(at, start), |q| self.counts_people(q));
            if starts_item {
                let (parties, end) = self.list(at, clause.end, stops);
                // "On Thursday seven men": the name before the number is none of theirs.
                let counted = parties.first().is_some_and(|p| {
                    let inside = TokRange::new(Tok(at.0 + 1), p.head.max(Tok(at.0 + 1)));
                    let mut counts = self.quantities_in(inside).iter();
                    self.quantity_at(at).is_none() && counts.any(|q| q.head == p.head)
                });
                if !parties.is_empty() && !counted {
                    last = parties;
                    at = end.max(Tok(at.0 + 1));
                    continue;
                }
            }
            at = Tok(at.0 + 1);
        }
        last
    }

    /// "A member of the security forces was killed": those of whom one is counted are not the dead.
    fn is_whole_of(&self, last: &[Party], at: Tok) -> bool {
        let [one] = last else { return false };
        let of = one.end();
        let doc = self.doc;
        let article = Tok(of.0 + 1);
        one.rule.starts_with("number:one")
            && matches!(doc.lower(of), "of" | "from")
            && (at == article || at.0 == article.0 + 1 && doc.upos(article) == Upos::Det)
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
}
