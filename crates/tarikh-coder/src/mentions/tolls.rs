//! Numbers of casualties that stand apart from those harmed: tolls, zeros, counts of a sentence
//! before; and what a number has to do with the ones told earlier.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};

use super::harm::{Harm, Stage, counted_in_toll};
use super::harmed::Reader;
use super::parties::Party;
use super::quantities::{Count, Quantity};
use crate::knowledge::harm::{HarmWord, Pattern};
use crate::tree;

impl Reader<'_, '_> {
    /// "no casualties", "without loss of life".
    pub(super) fn none(&self, t: Tok) -> Option<Party> {
        let near = TokRange::new(Tok(t.0.saturating_sub(5).max(self.range.start.0)), t);
        let zero = |q: &&Quantity| q.count.best == Some(0);
        if let Some(q) = self.people.quantities_in(near).iter().find(zero) {
            return Some(Party::of(q, false));
        }
        if let Some(zero) = self.denied_any(t, near) {
            return Some(zero);
        }
        let without = near
            .iter()
            .rev()
            .take(3)
            .find(|&x| self.people.doc.lower(x) == "without")?;
        let tokens = TokRange::new(without, t);
        Some(Party::uncounted(t, tokens, Count::exact(0), "number:none"))
    }

    /// "It did not cause any casualties": "any" under a verb that is denied.
    fn denied_any(&self, t: Tok, near: TokRange) -> Option<Party> {
        const REACH: u32 = 5;
        let people = self.people;
        let any = near.iter().rev().find(|&x| people.doc.lower(x) == "any")?;
        let start = any.0.saturating_sub(REACH).max(self.range.start.0);
        let not = (start..any.0).map(Tok).find(|&x| {
            let words = &people.knowledge.modalities.negation.words;
            words.iter().any(|w| w == people.doc.lower(x))
        })?;
        let tokens = TokRange::new(not, t);
        Some(Party::uncounted(t, tokens, Count::exact(0), "number:none"))
    }

    /// The number of a toll: behind the word ("rose to 14"), else before it ("raising to 88 the number").
    pub(super) fn toll(&self, t: Tok, word: &HarmWord) -> Option<Party> {
        const REACH: u32 = 18;
        const LONGEST: u32 = 45;
        let people = self.people;
        if self.is_feared(t) {
            return None;
        }
        let behind = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + 1 + LONGEST)));
        let is_from = |q: &&Quantity| self.word_before(q.tokens.start) == "from";
        let bare = |q: &&Quantity| people.counts_people(q) || people.may_count_people(q);
        let candidates = people.quantities_in(behind).iter().filter(bare);
        // The number that a preposition or a verb leads to, before any other one.
        let led_to = |q: &&Quantity| {
            let before = self.word_before(q.tokens.start);
            let verb = q.tokens.start.0.checked_sub(1).map(Tok);
            // "as nine", and not "as nine are in danger"
            let next = q.tokens.end;
            let goes_on = next < self.range.end
                && matches!(
                    people.doc.upos(next),
                    Upos::Aux | Upos::Verb | Upos::Noun | Upos::Adp
                );
            matches!(before, "to" | "at" | "of" | "is" | "was" | "stands")
                || before == "as" && !goes_on
                || verb.is_some_and(|v| people.knowledge.harms.raises(people.doc.lemma(v)))
        };
        // "the toll from an attack that two groups claimed", "may rise as ten are in danger": those are of the clause.
        let in_clause = |q: &&Quantity| {
            let mut between = TokRange::new(Tok(t.0 + 1), q.tokens.start).iter();
            between.any(|x| {
                let word = people.doc.lower(x);
                matches!(word, "that" | "which" | "who" | "as" | "with" | "after")
                    || people.doc.upos(x) == Upos::Sconj
            })
        };
        let of_now = candidates.clone().find(led_to).or_else(|| {
            candidates
                .clone()
                .find(|q| !is_from(q) && q.tokens.start.0 - t.0 <= 9 && !in_clause(q))
        });
        let before = TokRange::new(Tok(t.0.saturating_sub(REACH).max(self.range.start.0)), t);
        // "raising to 88 the number"
        let is_to = |q: &&Quantity| {
            let verb = q.tokens.start.0.checked_sub(2).map(Tok);
            self.word_before(q.tokens.start) == "to"
                && verb.is_some_and(|v| people.knowledge.harms.raises(people.doc.lemma(v)))
        };
        let raised = people
            .quantities_in(before)
            .iter()
            .rev()
            .filter(bare)
            .find(is_to);
        // Right before the word, it is the number of this toll, whatever stands behind.
        let close = raised.filter(|q| t.0 - q.tokens.end.0 <= 3);
        let number = close.or(of_now).or(raised)?;
        let party = Party::of(number, false);
        // "the number of soldiers killed": the words before tell whom it counts.
        let noun = counted_in_toll(people.doc, t, word).filter(|&n| people.is_person(n));
        let bare = party.tokens.contains(party.head);
        Some(Party {
            head: noun.filter(|_| bare).unwrap_or(party.head),
            ..party
        })
    }

    /// "The toll could climb to 20": a number that nobody gives.
    fn is_feared(&self, t: Tok) -> bool {
        let (doc, words) = (self.people.doc, &self.people.knowledge.modalities.prospect);
        let subject = matches!(doc.deprel(t), Deprel::Nsubj | Deprel::NsubjPass);
        let verb = doc
            .head(t)
            .filter(|&v| subject && !doc.children(v).any(|c| doc.lower(c) == "have"));
        let may = |c: Tok| {
            doc.deprel(c) == Deprel::Aux && words.auxiliaries.iter().any(|w| w == doc.lower(c))
        };
        verb.is_some_and(|v| doc.children(v).any(may))
    }

    /// "from 14 to 17", "17, up from 14": the toll that was given before.
    pub(super) fn earlier_toll(&self, t: Tok, word: &HarmWord, sentence: Sent) -> Option<Harm> {
        if word.measure != Measure::Killed && word.measure != Measure::Injured {
            return None;
        }
        let behind = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + 20)));
        let q = self.people.quantities_in(behind).iter().find(|q| {
            let before = self.word_before(q.tokens.start);
            before == "from" && q.tokens.contains(q.head)
        })?;
        let raised = behind.iter().any(|x| {
            let doc = self.people.doc;
            matches!(doc.lower(x), "to" | "up" | "down") && x.0.abs_diff(q.tokens.start.0) <= 4
        });
        raised.then(|| Harm {
            measure: word.measure,
            trigger: t,
            sentence,
            parties: vec![Party::of(q, false)],
            stage: Stage::Earlier,
        })
    }

    pub(super) fn word_before(&self, t: Tok) -> &str {
        let before =
            t.0.checked_sub(1)
                .map(Tok)
                .filter(|&b| self.range.contains(b));
        before.map_or("", |b| self.people.doc.lower(b))
    }

    /// A sentence without a word of harm that gives a number for the one before: "The hospital
    /// director spoke of 31".
    pub(super) fn bare_count(&self, measure: Measure, sentence: Sent) -> Option<Harm> {
        let (people, doc) = (self.people, self.people.doc);
        for t in self.range.iter().filter(|&t| doc.upos(t) == Upos::Verb) {
            let gives = people
                .knowledge
                .harms
                .counting(doc.lemma(t))
                .any(|rest| tree::follows(doc, t, rest));
            if !gives {
                continue;
            }
            let window = TokRange::new(Tok(t.0 + 1), Tok(self.range.end.0.min(t.0 + 8)));
            let bare = |q: &&Quantity| q.tokens.contains(q.head) && q.count.best != Some(0);
            if let Some(q) = people.quantities_in(window).iter().find(bare) {
                return Some(Harm {
                    measure,
                    trigger: t,
                    sentence,
                    parties: vec![Party::of(q, false)],
                    stage: if self.is_earlier(t) {
                        Stage::Earlier
                    } else if self.is_of_now(t) || people.knowledge.harms.raises(doc.lemma(t)) {
                        Stage::Raised
                    } else {
                        Stage::Total
                    },
                });
            }
        }
        None
    }

    /// "...; a local chief gave a figure of 61": another voice's number in a clause of its own.
    pub(super) fn count_of_another(&self, measure: Measure, sentence: Sent) -> Option<Harm> {
        let doc = self.people.doc;
        let parts = |t: &Tok| matches!(doc.lower(*t), ";" | "while" | "but");
        let start = self.range.iter().find(parts)?;
        let clause = TokRange::new(start, self.range.end);
        let own = |t: Tok| clause.contains(t);
        if self.triggers.iter().any(|&(t, _)| own(t)) {
            return None;
        }
        self.bare_count(measure, sentence)
            .filter(|h| own(h.trigger))
    }

    /// "Among them were three women": part of those told of before.
    pub(super) fn among_them(&self, measure: Measure, sentence: Sent) -> Option<Harm> {
        let doc = self.people.doc;
        let start = self.range.start;
        let second = Tok(start.0 + 1);
        let harms = &self.people.knowledge.harms;
        let the_victims = matches!(doc.lower(start), "the" | "all")
            && self.range.contains(second)
            && harms.is_victim(doc.lemma(second));
        let among = matches!(doc.lower(start), "among" | "they" | "these") || the_victims;
        let be = self.range.iter().take(5).find(|&t| {
            matches!(
                doc.lower(t),
                "were" | "was" | "include" | "included" | "are"
            )
        })?;
        if !among {
            return None;
        }
        let mut parties = self.list_from(Tok(be.0 + 1));
        parties.iter_mut().for_each(|p| p.included = true);
        (!parties.is_empty()).then_some(Harm {
            measure,
            trigger: be,
            sentence,
            parties,
            stage: Stage::Plain,
        })
    }

    /// "Ten of the dead were beheaded": some of those told of before.
    pub(super) fn is_of_those(&self, p: &Party, measure: Measure) -> bool {
        let (doc, harms) = (self.people.doc, &self.people.knowledge.harms);
        // "Most of the dead were students, but two teachers also died"
        let mut before = (self.range.start.0..p.tokens.start.0).map(Tok);
        let of_the = |t: Tok| {
            let near = |n: u32| t.0.checked_sub(n).map_or("", |i| doc.lower(Tok(i)));
            near(1) == "the"
                && near(2) == "of"
                && matches!(near(3), "most" | "some" | "many" | "all")
        };
        let says = |t: Tok| harms.of(doc.lower(t)).iter().any(|w| w.measure == measure);
        if before.any(|t| of_the(t) && says(t)) {
            return true;
        }
        let counted = self.people.quantity_at(p.tokens.start);
        let noun = counted.and_then(|q| q.of_noun);
        noun.is_some_and(|n| harms.of(doc.lower(n)).iter().any(|w| w.measure == measure))
    }

    pub(super) fn stage(&self, t: Tok, word: &HarmWord, parties: &[Party]) -> Stage {
        if self.is_earlier(t) {
            return Stage::Earlier;
        }
        let of_the_hurt = |p: &Party| self.is_of_the_hurt(p.tokens.start);
        let injured = |p: &Party| {
            let of = self
                .people
                .quantity_at(p.tokens.start)
                .and_then(|q| q.of_noun);
            of.is_some_and(|n| {
                let doc = self.people.doc;
                let harms = &self.people.knowledge.harms;
                let mut words = harms.of(doc.lemma(n)).iter().chain(harms.of(doc.lower(n)));
                words.any(|w| w.measure == Measure::Injured)
            })
        };
        let of_wounds = word.measure == Measure::Killed && self.is_of_wounds(t);
        if of_wounds
            || word.measure == Measure::Killed
                && parties.iter().any(|p| injured(p) || of_the_hurt(p))
        {
            return Stage::Later;
        }
        // "The army now speaks of two soldiers and nine rebels killed" takes the place of what it said before.
        if word.pattern != Pattern::Toll
            && let Some(verb) = self.counting_verb(t)
        {
            return match self.is_of_now(verb) {
                true => Stage::Raised,
                false => Stage::Total,
            };
        }
        if word.pattern == Pattern::Toll {
            return if self.is_raised(t) {
                Stage::Raised
            } else {
                Stage::Total
            };
        }
        Stage::Plain
    }

    /// "An eleventh man died": the number of all the dead so far.
    pub(super) fn is_of_ordinal(&self, party: &Party) -> Option<u32> {
        const REACH: u32 = 2;
        let doc = self.people.doc;
        let start = party
            .tokens
            .start
            .0
            .saturating_sub(REACH)
            .max(self.range.start.0);
        let mut words = (start..=party.head.0).map(Tok);
        let ordinal = words.find(|&x| {
            matches!(self.word_before(x), "a" | "an")
                && self.people.knowledge.numbers.is_ordinal(doc.lower(x))
        })?;
        let n = self.people.knowledge.numbers.ordinal(doc.lower(ordinal));
        n.filter(|&n| n > 2)
    }

    /// "Another woman died of her wounds": hurt before, in an act told elsewhere.
    fn is_of_wounds(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        let obl = |c: &Tok| doc.deprel(*c) == Deprel::Obl && *c > t;
        doc.children(t).filter(obl).any(|c| {
            let known = doc.child(c, Deprel::NmodPoss).is_some();
            known && matches!(doc.lemma(c), "wound" | "injury")
        })
    }

    /// "One of those hurt in the raid died"
    fn is_of_the_hurt(&self, number: Tok) -> bool {
        let (doc, harms) = (self.people.doc, &self.people.knowledge.harms);
        let end = doc.sentence(doc.sentence_of(number)).tokens.end;
        let word = |n: u32| Tok((number.0 + n).min(end.0 - 1));
        let hurt = |t: Tok| {
            let mut words = harms.of(doc.lemma(t)).iter();
            words.any(|w| w.measure == Measure::Injured && w.rest.is_empty())
        };
        let those = matches!(doc.lower(word(2)), "those" | "the");
        doc.lower(word(1)) == "of" && those && (3..=5).any(|n| hurt(word(n)))
    }

    /// "spoke of two dead and 26 hurt": a voice gives the total.
    fn counting_verb(&self, t: Tok) -> Option<Tok> {
        let doc = self.people.doc;
        let near = TokRange::new(Tok(t.0.saturating_sub(9).max(self.range.start.0)), t);
        let counting = |x: Tok| {
            let mut words = self.people.knowledge.harms.counting(doc.lemma(x));
            doc.upos(x) == Upos::Verb && words.any(|rest| tree::follows(doc, x, rest))
        };
        near.iter().find(|&x| counting(x))
    }

    /// "had earlier counted 83 dead", "the initial toll of 12", "first reports spoke of 12".
    fn is_earlier(&self, t: Tok) -> bool {
        const NEAR: u32 = 6;
        let (doc, harms) = (self.people.doc, &self.people.knowledge.harms);
        let near = TokRange::new(Tok(t.0.saturating_sub(NEAR).max(self.range.start.0)), t);
        let first = |x: Tok| {
            let next = Tok(x.0 + 1);
            let of_account = next < self.range.end && harms.is_account(doc.lemma(next));
            doc.lower(x) == "first" && (self.word_before(x) == "at" || of_account)
        };
        let said_first = |x: Tok| {
            let then = |c: Tok| {
                let word = doc.lower(c);
                doc.deprel(c) == Deprel::Advmod && (word == "first" || harms.is_earlier(word))
            };
            self.people.knowledge.speech.is_verb(doc.lemma(x)) && doc.children(x).any(then)
        };
        near.iter().any(|x| match doc.lower(x) {
            "from" => false,
            "first" => first(x),
            word => harms.is_earlier(word),
        }) || (self.range.start.0..t.0).map(Tok).any(said_first)
    }

    /// "bringing the toll to 14", "raising to 88 the number of people killed", "later put the toll at 28".
    fn is_raised(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        if self.is_of_now(t) {
            return true;
        }
        let near = TokRange::new(
            Tok(t.0.saturating_sub(9).max(self.range.start.0)),
            Tok(self.range.end.0.min(t.0 + 18)),
        );
        near.iter()
            .any(|x| self.people.knowledge.harms.raises(doc.lemma(x)))
    }

    /// "later put the toll", "the latest toll": given last, right before the word.
    fn is_of_now(&self, t: Tok) -> bool {
        const NEAR: u32 = 6;
        let harms = &self.people.knowledge.harms;
        let mut before = (t.0.saturating_sub(NEAR).max(self.range.start.0)..t.0).map(Tok);
        // "Later on Friday the radio put the toll at 12"
        let opening = self.range.start;
        let opens = t.0 < opening.0 + 2 * NEAR && self.people.doc.lower(opening) == "later";
        opens || before.any(|x| harms.is_of_now(self.people.doc.lower(x)))
    }

    /// "According to local officials, 11 people were killed": who is cited came to no harm.
    pub(super) fn is_cited(&self, party: &Party) -> bool {
        const REACH: usize = 5;
        let doc = self.people.doc;
        let start = party.tokens.start.min(party.head);
        let mut before = (self.range.start.0..start.0).rev().map(Tok).take(REACH);
        let to = before.find(|&t| !matches!(doc.upos(t), Upos::Adj | Upos::Det | Upos::Noun));
        // "By Sunday, said the governor, 60 people had been killed"
        let speech = &self.people.knowledge.speech;
        let behind = party.tokens.end.max(Tok(party.head.0 + 1));
        let set_off = self.range.contains(behind) && doc.word(behind) == ",";
        let said = |t: Tok| speech.is_verb(doc.lemma(t)) && self.word_before(t) == ",";
        to.is_some_and(|t| {
            doc.lower(t) == "to" && self.word_before(t) == "according" || set_off && said(t)
        })
    }

    /// Whether the statement is denied ("was not hurt").
    pub(super) fn is_denied(&self, t: Tok) -> bool {
        let doc = self.people.doc;
        doc.children(t).any(|c| {
            matches!(doc.lower(c), "not" | "n't" | "never")
                && doc.lower(Tok(c.0 + 1).min(t)) != "only"
        })
    }

    /// "No casualties have been reported yet": it is not known that there were none.
    pub(super) fn is_open(&self, t: Tok, parties: &[Party]) -> bool {
        const REACH: u32 = 7;
        let doc = self.people.doc;
        let start = parties
            .iter()
            .map(|p| p.tokens.start)
            .min()
            .unwrap_or(t)
            .min(t);
        let near = TokRange::new(
            Tok(start.0.saturating_sub(3).max(self.range.start.0)),
            Tok(self.range.end.0.min(t.0 + REACH)),
        );
        near.iter()
            .any(|x| self.people.knowledge.harms.leaves_open(doc.lower(x)))
    }
}
