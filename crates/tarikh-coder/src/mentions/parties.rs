//! People as reports count them: "31 soldiers", "a driver", "his two sons".

use tarikh_syntax::{Doc, EntityKind, Feats, Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention, Actors};
use super::quantities::{Count, Quantity};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::has;
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
    /// The last of further nouns that the same number counts ("12 pupils and teachers").
    pub(crate) also: Option<Tok>,
    /// Those of whom it says "of them": part of others, who need not be harmed.
    pub(crate) of_them: bool,
    /// Whose people they are: the subject of "lost three men", the verb where the tree has none.
    pub(crate) owner: Option<Tok>,
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
            also: None,
            of_them: q.of_them,
            owner: None,
        }
    }

    /// Someone or some people without a number of the report's.
    pub(crate) fn uncounted(head: Tok, tokens: TokRange, count: Count, rule: &'static str) -> Self {
        Self {
            head,
            count,
            tokens,
            rule,
            included: false,
            further: false,
            acled: None,
            also: None,
            of_them: false,
            owner: None,
        }
    }

    /// The end of its words.
    pub(super) fn end(&self) -> Tok {
        let last = self.also.map_or(self.head, |also| also.max(self.head));
        self.tokens.end.max(Tok(last.0 + 1))
    }
}

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
            || self.knowledge.harms.is_rank(self.doc.lemma(t))
            || self.is_name(t)
            || self.is_national(t)
    }

    /// "a Corvan and two Elskans": the adjective of a country, behind an article and before no noun, is one of its people.
    fn is_national(&self, t: Tok) -> bool {
        let doc = self.doc;
        let next = Tok(t.0 + 1);
        let noun = |t: Tok| matches!(doc.upos(t), Upos::Noun | Upos::Propn | Upos::Adj);
        let article = t.0 > 0 && matches!(doc.lower(Tok(t.0 - 1)), "a" | "an" | "another");
        let of_country = |a: &ActorMention| a.rule == "actor:country-adjective";
        article
            && self.actors.at(t).is_some_and(of_country)
            && (next.idx() >= doc.len() || !noun(next) && doc.word(next) != "-")
    }

    /// "a civilian dead": a noun for people that reads like an adjective, at the end of its phrase.
    fn names_people(&self, t: Tok) -> bool {
        let next = Tok(t.0 + 1);
        let ends = next.idx() >= self.doc.len()
            || !matches!(self.doc.upos(next), Upos::Noun | Upos::Propn | Upos::Adj)
            || self.says_harm(next);
        let actor = self.actors.at(t).is_some_and(|a| a.head == t);
        ends && actor && !self.says_harm(t)
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
    pub(super) fn says_harm(&self, t: Tok) -> bool {
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
    pub(super) fn phrase(&self, start: Tok, end: Tok) -> Option<Party> {
        let doc = self.doc;
        let mut head = None;
        for i in start.0..end.0.min(start.0 + PHRASE) {
            let t = Tok(i);
            // "leaving six policemen": people with a number are read from it.
            if t > start && head.is_none() && self.quantity_at(t).is_some() {
                return None;
            }
            // "Awa Keita alias Tiger": one name goes before another.
            if head.is_some() && self.knowledge.harms.opens_second_name(doc.lower(t)) {
                break;
            }
            let goes_on = match doc.upos(t) {
                Upos::Adj if self.names_people(t) => {
                    head = Some(t);
                    true
                }
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
                // "off-duty soldiers"
                Upos::Adp | Upos::Adv if head.is_none() => {
                    t.0 + 1 < end.0 && doc.word(Tok(i + 1)) == "-"
                }
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

    /// "a Karda Front commander": one person of a named group.
    fn is_one(&self, head: Tok) -> bool {
        let is = |class: &str| self.knowledge.lexicon.is(self.doc, head, class);
        let parts = &self.knowledge.actors.words.parts;
        let one_of_many = || {
            let collective = self.knowledge.numbers.is_many(self.doc.lemma(head));
            has(parts, self.doc.lemma(head)) && !collective && !self.is_thing(head)
        };
        self.doc.xpos(head) == "NN" && (is("person-noun") || one_of_many())
    }

    /// "a Corva Guard constable"
    fn has_indefinite_article(&self, head: Tok, tokens: TokRange) -> bool {
        let first = self.doc.lower(tokens.start);
        self.doc.xpos(head) == "NN" && matches!(first, "a" | "an") && !self.is_thing(head)
    }

    /// The party of a noun that has no number.
    pub(crate) fn single(&self, head: Tok, tokens: TokRange) -> Party {
        let doc = self.doc;
        let name = doc.upos(head) == Upos::Propn;
        let several = doc.feats(head).has(Feats::PLURAL)
            || matches!(doc.xpos(head), "NNS" | "NNPS")
            || self.knowledge.numbers.is_many(doc.lemma(head))
            || self.actors.at(head).is_some_and(|a| a.id.is_some())
                && !self.is_one(head)
                && !self.has_indefinite_article(head, tokens)
            || doc.upos(head) == Upos::Pron
                && !matches!(doc.lower(head), "he" | "she" | "him" | "her" | "one");
        let (count, rule) = match (several, name) {
            (true, _) => (Count::VAGUE, "number:plural"),
            (false, true) => (Count::exact(1), "number:one-named"),
            (false, false) => (Count::exact(1), "number:one"),
        };
        let further = doc.lower(tokens.start) == "another";
        let tokens = if several {
            TokRange::new(head, Tok(head.0 + 1))
        } else {
            tokens
        };
        Party {
            further,
            ..Party::uncounted(head, tokens, count, rule)
        }
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
