//! Who those were that came to harm, told apart from how many: "six of the dead were farmers", "two
//! policemen were among the dead", "all of the victims were children".

use tarikh_record::Measure;
use tarikh_syntax::{Sent, Tok, TokRange, Upos};

use super::harm::{Harm, Stage};
use super::harmed::Reader;
use super::parties::Party;
use super::quantities::{Count, Quantity};

use crate::knowledge::words::words;

/// Rule of a part that is the whole: "all of the dead were children".
pub(crate) const ALL: &str = "number:all";

impl Reader<'_, '_> {
    /// Parts of those told of before, by what a sentence says they were.
    pub(super) fn kinds_of_victims(&self, sentence: Sent) -> Option<Harm> {
        let (measure, trigger, parties) = self
            .some_of_the_dead()
            .or_else(|| self.all_the_dead())
            .or_else(|| self.among_the_dead())?;
        (!parties.is_empty()).then_some(Harm {
            measure,
            trigger,
            sentence,
            parties,
            stage: Stage::Plain,
        })
    }

    /// "Six of the dead were farmers and three were herders", "six of those killed were soldiers".
    fn some_of_the_dead(&self) -> Option<(Measure, Tok, Vec<Party>)> {
        let people = self.people;
        let all = people.quantities_in(self.range);
        let (first, noun) = all
            .iter()
            .enumerate()
            .find_map(|(i, q)| Some((i, self.harmed_noun(q.of_noun?)?)))?;
        let told = |q: &Quantity| {
            let behind = Tok(q.tokens.end.0.max(q.of_noun.map_or(0, |_| noun.0 + 1)));
            let kind = self.said_to_have_been(behind)?;
            Some(Party {
                head: kind.head,
                ..Party::of(q, true)
            })
        };
        let parties = all[first..].iter().filter_map(told).collect();
        Some((self.measure_of(noun)?, noun, parties))
    }

    /// "All of the dead were children", "all the victims were members of one family".
    fn all_the_dead(&self) -> Option<(Measure, Tok, Vec<Party>)> {
        let doc = self.people.doc;
        let all = self.range.iter().find(|&t| doc.lower(t) == "all")?;
        let mut at = Tok(all.0 + 1);
        while self.range.contains(at) && matches!(doc.lower(at), "of" | "the" | "those") {
            at = Tok(at.0 + 1);
        }
        let noun = Some(at).filter(|&t| self.range.contains(t) && t.0 > all.0 + 1)?;
        let measure = self.measure_of(noun)?;
        let kind = self.said_to_have_been(Tok(noun.0 + 1))?;
        Some((measure, noun, vec![self.whole_of(kind)]))
    }

    /// "Two policemen assigned to the gate were among the dead."
    fn among_the_dead(&self) -> Option<(Measure, Tok, Vec<Party>)> {
        let doc = self.people.doc;
        let among = self.range.iter().find(|&t| {
            words().among.is(doc, t)
                && t.0 > self.range.start.0
                && matches!(doc.lower(Tok(t.0 - 1)), "were" | "was" | "are")
        })?;
        let the = Some(Tok(among.0 + 1)).filter(|&t| self.range.contains(t))?;
        let noun = Some(Tok(the.0 + 1)).filter(|&t| self.range.contains(t))?;
        let definite = matches!(doc.lower(the), "the" | "those");
        let measure = self.measure_of(noun).filter(|_| definite)?;
        let before = TokRange::new(self.range.start, Tok(among.0 - 1));
        let mut parties = self.people.list_before(before, &|t| self.ends_clause(t));
        parties.iter_mut().for_each(|p| p.included = true);
        Some((measure, noun, parties))
    }

    /// "Killed 11 people, all civilians", "nine, all of them policemen,": what all of those before were.
    pub(super) fn all_of_them(&self, behind: TokRange) -> Option<Party> {
        let doc = self.people.doc;
        let mut words = behind.iter();
        let all = words.find(|&t| doc.lower(t) == "all" && self.word_before(t) == ",")?;
        let mut at = Tok(all.0 + 1);
        while behind.contains(at) && matches!(doc.lower(at), "of" | "them" | "whom" | "were") {
            at = Tok(at.0 + 1);
        }
        let kind = self.people.phrase(at, behind.end)?;
        let plain = (all.0 + 1..kind.tokens.start.0).map(Tok);
        let known = plain.clone().all(|t| doc.upos(t) != Upos::Det);
        (kind.tokens.start == at && known).then(|| self.whole_of(kind))
    }

    fn whole_of(&self, kind: Party) -> Party {
        Party {
            count: Count::VAGUE,
            rule: ALL,
            included: true,
            ..kind
        }
    }

    /// The people behind "were" at a token.
    fn said_to_have_been(&self, be: Tok) -> Option<Party> {
        let doc = self.people.doc;
        let were = self.range.contains(be) && matches!(doc.lower(be), "were" | "was" | "are");
        let kind = self.people.phrase(Tok(be.0 + 1), self.range.end);
        kind.filter(|_| were)
    }

    /// The word of harm of "the dead", "those killed", "the victims".
    fn harmed_noun(&self, noun: Tok) -> Option<Tok> {
        let next = Tok(noun.0 + 1);
        let those = self.people.doc.lower(noun) == "those" && self.range.contains(next);
        let noun = if those { next } else { noun };
        self.measure_of(noun).map(|_| noun)
    }

    fn measure_of(&self, noun: Tok) -> Option<Measure> {
        let (doc, harms) = (self.people.doc, &self.people.knowledge.harms);
        let said = harms
            .of(doc.lower(noun))
            .iter()
            .chain(harms.of(doc.lemma(noun)));
        let victim = harms.is_victim(doc.lemma(noun)).then_some(Measure::Killed);
        said.map(|w| w.measure).min().or(victim)
    }
}
