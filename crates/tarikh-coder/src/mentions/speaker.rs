//! Who a phrase names as a speaker: the person, the office, the body, and the kind of source.
//!
//! A speaker is read from the order of the words around one noun, as agency copy writes it:
//! "Col. Sadio Toure, spokesman for the army", "the mayor of Bessan, Awa Keita".

use tarikh_record::{Measure, SourceKind};
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::actors::{ActorClass, Actors};
use crate::knowledge::Knowledge;
use crate::knowledge::harm::Pattern;
use crate::knowledge::lexicon::has;
use crate::knowledge::phrases::Match;
use crate::knowledge::speakers::Part;

/// A speaker as one phrase names it.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    /// The noun that was asked about.
    pub(crate) head: Tok,
    /// The words of its name as the record gives it.
    pub(crate) name: TokRange,
    pub(crate) also: Vec<TokRange>,
    pub(crate) kind: SourceKind,
    /// A person with a name.
    pub(crate) is_person: bool,
    /// Speaks for a body ("spokesman").
    pub(crate) is_spokesman: bool,
    /// Id of the armed actor that speaks or is spoken for.
    pub(crate) actor: Option<u32>,
    pub(crate) country: Option<u16>,
}

/// Reads speakers off one report.
pub(crate) struct Reader<'a> {
    pub(crate) doc: &'a Doc,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) actors: &'a Actors,
    /// Words that no name holds: expressions of time.
    pub(super) skip: &'a dyn Fn(Tok) -> bool,
    /// Words that name a place.
    pub(super) is_place: &'a dyn Fn(Tok) -> bool,
    offices: Vec<Match>,
    /// For each token the index of the office that covers it, or `u32::MAX`.
    cover: Vec<u32>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        doc: &'a Doc,
        knowledge: &'a Knowledge,
        actors: &'a Actors,
        offices: Vec<Match>,
        skip: &'a dyn Fn(Tok) -> bool,
        is_place: &'a dyn Fn(Tok) -> bool,
    ) -> Self {
        let mut cover = vec![u32::MAX; doc.len()];
        for (i, m) in offices.iter().enumerate() {
            for t in m.tokens.iter() {
                cover[t.idx()] = i as u32;
            }
        }
        Self {
            doc,
            knowledge,
            actors,
            skip,
            is_place,
            offices,
            cover,
        }
    }

    pub(super) fn office_at(&self, t: Tok) -> Option<&Match> {
        let &i = self.cover.get(t.idx())?;
        self.offices.get(i as usize)
    }

    /// Kind of source that a word makes by itself; `None` for words that take the kind of a body.
    pub(crate) fn office(&self, t: Tok) -> Option<SourceKind> {
        let m = self.office_at(t)?;
        self.knowledge.speakers.kind(m.payload)
    }

    pub(super) fn is_part(&self, t: Tok, part: Part) -> bool {
        self.office_at(t)
            .is_some_and(|m| self.knowledge.speakers.part(m.payload) == part)
    }

    /// "Bodies", "the dead": a noun of those who died.
    fn is_dead(&self, t: Tok) -> bool {
        let mut words = self.knowledge.harms.of(self.doc.lemma(t)).iter();
        words.any(|w| w.measure == Measure::Killed && w.pattern == Pattern::Noun)
    }

    /// Whether the noun names someone who can speak: an office, an actor, a person.
    pub(crate) fn can_speak(&self, t: Tok) -> bool {
        let doc = self.doc;
        if (self.skip)(t) {
            return false;
        }
        // A body's name is one, whatever its words are taken for.
        if self.is_part(t, Part::Name) {
            return true;
        }
        match doc.upos(t) {
            // "Six bodies": the dead say nothing.
            Upos::Noun if self.is_dead(t) => false,
            Upos::Propn => !self.is_town(t),
            Upos::Pron => has(&self.knowledge.speech.pronouns, doc.lower(t)),
            _ => {
                self.office_at(t).is_some()
                    || self.is_paper(t)
                    || has(&self.knowledge.speech.groups, doc.lemma(t))
                    || self.is_part_of_force(t)
                    || self.is_seat(t)
                    || self.actors.at(t).is_some_and(|a| {
                        a.head == t
                            && (a.class != ActorClass::People
                                || has(&self.knowledge.speech.people, doc.lemma(t)))
                            && a.rule != "actor:country-adjective"
                            && !a.generic
                    })
            }
        }
    }

    /// Whether the noun can be who a verb of saying has for its subject: "the church said".
    pub(super) fn can_be_subject(&self, t: Tok) -> bool {
        let house = || has(&self.knowledge.speech.houses, self.doc.lemma(t));
        self.can_speak(t) || self.doc.upos(t) == Upos::Noun && !(self.skip)(t) && house()
    }

    /// A place that is no country: it says nothing.
    fn is_town(&self, t: Tok) -> bool {
        // "Kabul rejected the claim"; but "in Kabul".
        let capital = || self.knowledge.actors.of_capital(self.doc.word(t)).is_some();
        let before = t.0.checked_sub(1).map(Tok);
        let alone = before.is_none_or(|b| self.doc.upos(b) != Upos::Adp);
        self.actors.at(t).is_none()
            && self.office_at(t).is_none()
            && !(alone && capital())
            && self
                .doc
                .entities()
                .iter()
                .any(|e| e.kind == tarikh_syntax::EntityKind::Place && e.tokens.contains(t))
    }

    /// "the state prosecutor's office": where an office holder works; "the United Nations rights office".
    fn is_seat(&self, t: Tok) -> bool {
        let owned = || self.doc.child(t, Deprel::NmodPoss);
        let of_body = || {
            (self.grow_left(t).0..t.0)
                .map(Tok)
                .any(|b| self.is_part(b, Part::Name))
        };
        has(&self.knowledge.speech.seats, self.doc.lemma(t))
            && (owned().is_some_and(|p| self.office_at(p).is_some()) || of_body())
    }

    /// "the army's Eighth Division": a part of a force.
    fn is_part_of_force(&self, t: Tok) -> bool {
        self.doc
            .child(t, Deprel::NmodPoss)
            .and_then(|p| self.actors.at(p))
            .is_some_and(|a| {
                let group = a.id.is_some() && a.class.is_nonstate();
                group || matches!(a.class, ActorClass::Military | ActorClass::Police)
            })
    }

    /// A statement, a report: what speaks is its owner.
    pub(crate) fn is_paper(&self, t: Tok) -> bool {
        has(&self.knowledge.speech.papers, self.doc.lemma(t))
    }

    /// The person named at the end of a noun group, without titles.
    fn person(&self, group: TokRange) -> Option<TokRange> {
        let doc = self.doc;
        let covered = |t: Tok| {
            self.office_at(t).is_some()
                || self.actors.at(t).is_some_and(|a| {
                    a.id.is_some() || a.class != ActorClass::People && a.name.contains(t)
                })
        };
        // "Awa Mujahid": a surname that is also a word for fighters.
        let surname = |t: Tok| {
            let word = self
                .actors
                .at(t)
                .is_some_and(|a| a.id.is_none() && a.name.len() == 1);
            let before = t.0.checked_sub(1).map(Tok).filter(|&b| b >= group.start);
            let given = before.is_some_and(|b| doc.upos(b) == Upos::Propn && !covered(b));
            word && given && self.office_at(t).is_none()
        };
        let mut start = group.end;
        while start > group.start {
            let t = Tok(start.0 - 1);
            let name = doc.upos(t) == Upos::Propn && (!covered(t) || surname(t))
                || start < group.end
                    && t > group.start
                    && (has(&self.knowledge.speech.particles, doc.lower(t)) || doc.word(t) == "-")
                    && doc.upos(Tok(t.0 - 1)) == Upos::Propn;
            if !name {
                break;
            }
            start = t;
        }
        while start < group.end
            && (has(
                &self.knowledge.speech.titles,
                doc.lower(start).trim_end_matches('.'),
            ) || matches!(doc.lower(start), "." | "-" | "'s"))
        {
            start = Tok(start.0 + 1);
        }
        let range = TokRange::new(start, group.end);
        // "the Corvan People's Liberation Movement" is a body.
        let body = range.end.0.checked_sub(1).is_some_and(|l| {
            let word = doc.lower(Tok(l)).to_lowercase();
            let words = &self.knowledge.speech;
            has(&words.groups, &word) || has(&words.institutions, &word)
        });
        (!range.is_empty() && !body).then_some(range)
    }

    /// "a resident who gave his name only as Musa", "a student named Wong".
    fn name_behind(&self, end: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let last = doc
            .sentence(doc.sentence_of(Tok(end.0.checked_sub(1)?)))
            .tokens
            .end;
        let words = (end.0..last.0.min(end.0 + 9)).map(Tok);
        let verb = words
            .take_while(|&t| doc.upos(t) != Upos::Punct)
            .find(|&t| has(&self.knowledge.speech.naming, doc.lower(t)))?;
        let start = (verb.0 + 1..last.0.min(verb.0 + 5))
            .map(Tok)
            .take_while(|&t| !matches!(doc.upos(t), Upos::Verb | Upos::Punct))
            .find(|&t| doc.upos(t) == Upos::Propn)?;
        self.person(TokRange::new(start, self.grow_right(start)))
    }

    /// "A teacher who got away, Awa Keita, said": the name behind the clause.
    fn name_behind_clause(&self, end: Tok) -> Option<TokRange> {
        const CLAUSE: usize = 9;
        let doc = self.doc;
        let last = doc
            .sentence(doc.sentence_of(Tok(end.0.checked_sub(1)?)))
            .tokens
            .end;
        let mut words = (end.0..last.0).map(Tok).take(CLAUSE);
        let who = words.next().filter(|&t| doc.lower(t) == "who");
        let comma = who.and_then(|_| words.find(|&t| doc.word(t) == ","))?;
        self.apposition(comma)
            .filter(|&a| self.person_of_apposition(a).is_some_and(|p| p.len() > 1))
    }

    /// "Awa Keita, who got away": someone who saw what he tells.
    fn saw(&self, end: Tok) -> bool {
        let doc = self.doc;
        let last = doc
            .sentence(doc.sentence_of(Tok(end.0.saturating_sub(1))))
            .tokens
            .end;
        let mut words = (end.0..last.0.min(end.0 + 6)).map(Tok);
        words.next().is_some_and(|t| doc.word(t) == ",")
            && words.next().is_some_and(|t| doc.lower(t) == "who")
            && words.any(|t| has(&self.knowledge.speech.seeing, doc.lemma(t)))
    }

    /// Reads the speaker whose noun is `head`.
    pub(crate) fn read(&self, head: Tok) -> Option<Speaker> {
        let (main, group_end) = self.main(head);
        let group = TokRange::new(main.start, group_end);
        let mut apposition = self
            .apposition(main.end)
            .or_else(|| self.name_behind_clause(main.end));
        let mut person = self.person(group);
        // "the President of Chad Idriss Deby": a name behind a country.
        if person.is_none() && main.end > group_end {
            person = self
                .person(TokRange::new(group_end, main.end))
                .filter(|p| p.len() > 1 && self.office_at(head).is_some())
                .filter(|p| {
                    self.actors
                        .at(Tok(p.start.0 - 1))
                        .is_some_and(|a| a.rule == "actor:country")
                });
        }
        let mut phrase = main;
        match apposition {
            Some(a) => {
                phrase.end = a.end;
                if person.is_none() {
                    person = self
                        .person_of_apposition(a)
                        .filter(|p| p.len() > 1)
                        .or_else(|| self.person_before(main.start));
                }
            }
            // "the mayor of Bessan, Awa Keita": a bare name.
            None if person.is_some_and(|p| p.start == main.start) => {
                apposition = self.apposition_before(main.start);
                if let Some(a) = apposition {
                    phrase.start = a.start;
                }
            }
            None if person.is_some() => {}
            None => {
                person = self.person_before(main.start).or_else(|| {
                    self.name_behind(main.end).filter(|_| {
                        self.office_at(head).is_some()
                            || has(&self.knowledge.speech.people, self.doc.lemma(head))
                    })
                });
            }
        }
        let body = self.named_body(group);
        let office = match person {
            Some(p) if p.start > main.start && p.end <= main.end => {
                Some(TokRange::new(main.start, p.start))
            }
            Some(p) if p.overlaps(main) => None,
            _ => Some(main),
        };
        let name = person
            .or(body)
            .or_else(|| self.group_apposed(head, apposition))
            .unwrap_or(main);
        if name.is_empty() {
            return None;
        }
        let mut also = Vec::new();
        also.extend(office.filter(|o| person.is_some() && !o.is_empty()));
        if person.is_some()
            && let Some(a) = apposition.filter(|a| !a.overlaps(name))
        {
            also.push(self.without_article(a));
        }
        // "the Emergency Lawyers, a rights group"
        if person.is_none()
            && let Some(a) = apposition.filter(|a| self.doc.upos(a.start) == Upos::Det)
            && self.doc.upos(head) == Upos::Propn
            && self.actors.at(head).is_none_or(|a| a.id.is_none())
        {
            also.push(self.without_article(a));
        }
        let near = TokRange::new(phrase.start, phrase.end);
        also.extend(self.spoken_for(near).filter(|b| !b.overlaps(name)));
        also.retain(|r| !r.is_empty() && r.len() <= 12);
        let is_spokesman = near.iter().any(|t| self.speaks_for_another(t));
        let own = near
            .iter()
            .filter_map(|t| self.actors.at(t))
            .find(|a| a.class.is_armed() && a.id.is_some());
        // "its spokesman", "the group's spokesman": of the armed group told of before.
        let meant = self.possessor(phrase.start, near).filter(|_| own.is_none());
        let armed = own.or(meant);
        let kind = match meant.and_then(|a| self.kind_of_actor(a)) {
            Some(kind) => kind,
            None => self.kind(group, main, apposition),
        };
        let kind = match self.refined(kind, near) {
            SourceKind::Other if person.is_some() && self.saw(main.end) => SourceKind::Witness,
            kind => kind,
        };
        // "Moscow denied it": a capital speaks for its government.
        let words = self.doc.range_span(name).of(self.doc.text());
        let seat = self.knowledge.actors.of_capital(words);
        let seat = seat.filter(|_| kind == SourceKind::Other && also.is_empty());
        let kind = if seat.is_some() {
            SourceKind::Government
        } else {
            kind
        };
        Some(Speaker {
            head,
            name,
            also,
            kind,
            is_person: person.is_some() && seat.is_none(),
            is_spokesman,
            actor: armed.and_then(|a| a.id),
            country: near
                .iter()
                .filter_map(|t| self.actors.at(t))
                .find_map(|a| a.country)
                .or(seat),
        })
    }

    /// "A little-known faction, the Corva Front, said": the armed group whose name stands behind the noun.
    fn group_apposed(&self, head: Tok, apposition: Option<TokRange>) -> Option<TokRange> {
        let group = has(&self.knowledge.speech.groups, self.doc.lemma(head));
        let mut words = apposition.filter(|_| group)?.iter();
        let actor = words.find_map(|t| self.actors.at(t))?;
        (actor.class.is_nonstate() && actor.is_named()).then_some(actor.name)
    }

    /// The person named before a comma and the phrase: "Awa Keita, the mayor".
    fn person_before(&self, start: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(start)).tokens.start;
        let article = u32::from(start > first && doc.upos(Tok(start.0 - 1)) == Upos::Det);
        let comma = Tok(start.0.checked_sub(1 + article)?);
        if comma <= first || doc.word(comma) != "," || self.office_at(start).is_none() {
            return None;
        }
        let last = Tok(comma.0 - 1);
        // "Bessan, the army said, was quiet".
        let unit = has(
            &self.knowledge.speech.local_units,
            &doc.lower(last).to_lowercase(),
        );
        if (self.is_place)(last) || unit {
            return None;
        }
        let group = TokRange::new(self.grow_left(last), comma);
        self.person(group).filter(|p| p.len() > 1)
    }

    fn person_of_apposition(&self, a: TokRange) -> Option<TokRange> {
        let doc = self.doc;
        let start = a.iter().find(|&t| doc.upos(t) == Upos::Propn)?;
        let end = self.grow_right(start);
        // "a group, the Corva Front, said": a body has its article, a person none.
        let bare = start == a.start || self.office_at(a.start).is_some();
        (bare && end >= a.end)
            .then(|| self.person(TokRange::new(a.start, a.end)))
            .flatten()
    }

    fn without_article(&self, range: TokRange) -> TokRange {
        let starts = self.doc.upos(range.start) == Upos::Det;
        TokRange::new(Tok(range.start.0 + u32::from(starts)), range.end)
    }

    /// A body with a name of its own at the end of the group: an outlet, an agency, an armed group.
    fn named_body(&self, group: TokRange) -> Option<TokRange> {
        let last = Tok(group.end.0.checked_sub(1)?);
        if self.is_part(last, Part::Name) {
            return self.office_at(last).map(|m| m.tokens);
        }
        let own = self.actors.at(last)?;
        // "the jihadist group": the one named before.
        if let Some(i) = own.stands_for {
            return Some(self.actors.all[i].name);
        }
        (own.id.is_some() && own.name.contains(last)).then_some(own.name)
    }

    /// The body that a phrase speaks for: its last named body, force or government.
    fn spoken_for(&self, phrase: TokRange) -> Option<TokRange> {
        let mut out = None;
        for t in phrase.iter() {
            if let Some(m) = self.office_at(t).filter(|_| self.is_part(t, Part::Name)) {
                out = Some(m.tokens);
            } else if let Some(a) = self.actors.at(t)
                && a.rule != "actor:country-adjective"
                && (a.class.is_armed() || a.class == ActorClass::Government)
                && !a.generic
            {
                out = Some(a.name);
            }
        }
        out
    }
}
