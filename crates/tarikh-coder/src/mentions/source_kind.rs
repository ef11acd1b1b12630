//! What kind of source a phrase makes, by office, body and armed group (GUIDELINES 3, Sources).

use tarikh_record::SourceKind;
use tarikh_syntax::{Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention};
use super::speaker::Reader;
use crate::knowledge::lexicon::has;
use crate::knowledge::speakers::Part;

impl Reader<'_> {
    /// The named armed group that a possessive before or inside the phrase points back to.
    pub(super) fn possessor(&self, start: Tok, phrase: TokRange) -> Option<&ActorMention> {
        let doc = self.doc;
        let pronoun = start
            .0
            .checked_sub(1)
            .is_some_and(|i| has(&self.knowledge.speech.possessives, doc.lower(Tok(i))))
            || phrase
                .iter()
                .any(|t| has(&self.knowledge.speech.possessives, doc.lower(t)));
        let noun = phrase.iter().any(|t| {
            self.actors
                .at(t)
                .is_some_and(|a| a.id.is_none() && a.class.is_nonstate())
                || has(&self.knowledge.speech.groups, doc.lemma(t))
        });
        // "a human rights group" is no armed one.
        let unarmed = phrase.iter().any(|t| {
            let kind = self.office(t);
            kind.is_some_and(|k| !matches!(k, SourceKind::Rebel | SourceKind::Other))
        });
        // "the Lawyers group" is called so itself.
        let own_name = phrase.iter().any(|t| {
            doc.upos(t) == Upos::Propn
                && self.actors.at(t).is_none()
                && self.knowledge.actors.phrases.get(doc.lower(t)).is_none()
        });
        let is_group = !(own_name || unarmed)
            && phrase
                .end
                .0
                .checked_sub(1)
                .is_some_and(|t| has(&self.knowledge.speech.groups, doc.lemma(Tok(t))));
        let spokesman = phrase.iter().any(|t| self.speaks_for_another(t));
        if !(pronoun || noun && !unarmed) || !(spokesman || is_group) {
            return None;
        }
        let fits = |a: &ActorMention| {
            let of_state = pronoun && a.class.is_armed() && a.country.is_some();
            // "Rebels took the town, their spokesman said"
            let here = || pronoun && doc.sentence_of(a.head) == doc.sentence_of(start);
            let group = a.class.is_nonstate() && (a.is_named() || here());
            a.name.end <= start && (group || of_state)
        };
        // In the nearest sentence that names one the first: what the sentence is about.
        let nearest = self.actors.all.iter().rev().find(|a| fits(a))?;
        let sentence = doc.sentence_of(nearest.head);
        self.actors
            .all
            .iter()
            .find(|a| doc.sentence_of(a.head) == sentence && fits(a))
    }

    pub(super) fn speaks_for_another(&self, t: Tok) -> bool {
        has(&self.knowledge.speech.spokesmen, self.doc.lemma(t))
            || self
                .office_at(t)
                .and_then(|m| m.tokens.end.0.checked_sub(1))
                .is_some_and(|l| has(&self.knowledge.speech.spokesmen, self.doc.lemma(Tok(l))))
    }

    /// Kind of source: an office in apposition, then the noun group from its last word back, then
    /// the phrases behind it.
    pub(super) fn kind(
        &self,
        group: TokRange,
        main: TokRange,
        apposition: Option<TokRange>,
    ) -> SourceKind {
        // "the farmers' leader" is none of them.
        let possessor = |t: Tok| {
            let next = Tok(t.0 + 1);
            next.idx() < self.doc.len() && self.doc.xpos(next) == "POS"
        };
        let of_owner = |t: Tok, kind: &SourceKind| possessor(t) && *kind == SourceKind::Witness;
        let told = |t: Tok| self.kind_at(t).filter(|k| !of_owner(t, k));
        let specific = |k: &SourceKind| *k != SourceKind::Other;
        // "an interior ministry source", "a source at the hospital": what it is a source of tells its kind.
        let source = group.end.0.checked_sub(1).map(Tok).filter(|&t| {
            has(&self.knowledge.speech.vague, self.doc.lemma(t))
                && self.office(t) == Some(SourceKind::Witness)
        });
        let told = |t: Tok| told(t).filter(|_| source != Some(t));
        // "Police director": the body tells what the post leaves open.
        let mut from_last = group.iter().rev().filter_map(told);
        let own = match from_last.next() {
            Some(SourceKind::Other) => from_last
                .find(|k| specific(k) && *k != SourceKind::Witness)
                .or(Some(SourceKind::Other)),
            own => own,
        };
        // "a Red Cross worker": the body tells more than that he works for it.
        let body = group
            .iter()
            .filter(|&t| self.is_part(t, Part::Name))
            .find_map(|t| self.office(t));
        let own = match own {
            Some(SourceKind::Witness) if body.is_some() => body,
            Some(SourceKind::Media) => self.owner_of_desk(group).or(own),
            own => own,
        };
        let behind = TokRange::new(group.end, main.end).iter().find_map(told);
        let beside = apposition.and_then(|a| {
            let (range, end) =
                a.iter()
                    .find(|&t| self.office_at(t).is_some())
                    .map_or((a, a.end), |t| {
                        let (r, e) = self.main(t);
                        (TokRange::new(a.start, r.end.max(a.end)), e)
                    });
            let first = TokRange::new(range.start, end).iter().rev().find_map(told);
            first.or_else(|| range.iter().find_map(told))
        });
        // "an official at the hospital": where he works tells more than that he is one.
        let vague = group.end.0.checked_sub(1).is_some_and(|t| {
            has(&self.knowledge.speech.vague, self.doc.lemma(Tok(t))) && group.len() <= 2
        });
        let own = own.filter(|_| !(vague && behind == Some(SourceKind::Medical)));
        beside
            .filter(specific)
            .or(own.filter(specific))
            .or(behind.filter(specific))
            .or(own)
            .or(beside)
            .or(behind)
            .or(source.and(Some(SourceKind::Witness)))
            .unwrap_or(SourceKind::Other)
    }

    /// A kind by what stands in the whole phrase: the armed group that is spoken for, the town or
    /// province whose official it is.
    pub(super) fn refined(&self, kind: SourceKind, phrase: TokRange) -> SourceKind {
        let doc = self.doc;
        // "police Brig. Awa Keita": a rank of the police.
        let police = |t: Tok| {
            let before = t.0.checked_sub(1).map_or("", |b| doc.lower(Tok(b)));
            doc.lower(t) == "police" && before != "military"
        };
        if kind == SourceKind::Military && phrase.iter().any(police) {
            return SourceKind::Police;
        }
        let of_un = |t: Tok| {
            let next = Tok(t.0 + 1);
            matches!(doc.word(t), "UN" | "U.N." | "U.N")
                || doc.word(t) == "United" && phrase.contains(next) && doc.word(next) == "Nations"
        };
        if kind == SourceKind::Other && phrase.iter().any(of_un) {
            return SourceKind::Un;
        }
        // "a Minusca officer": of a mission of the United Nations, and of no police.
        let mission = |t: Tok| has(&self.knowledge.speech.un_missions, doc.lower(t));
        let forces = matches!(kind, SourceKind::Police | SourceKind::Military);
        if forces && phrase.iter().any(mission) {
            return SourceKind::Un;
        }
        // "a source in the security service of Elsk"
        let source = phrase
            .iter()
            .next()
            .is_some_and(|t| doc.lemma(t) == "source");
        let service = |t: Tok| {
            let next = Tok(t.0 + 1);
            matches!(doc.lower(t), "security" | "intelligence")
                && phrase.contains(next)
                && matches!(doc.lemma(next), "service" | "agency")
        };
        if kind == SourceKind::Government && source && phrase.iter().any(service) {
            return SourceKind::AnonymousOfficial;
        }
        let official = matches!(
            kind,
            SourceKind::Government | SourceKind::Military | SourceKind::Witness | SourceKind::Other
        );
        let group = phrase
            .iter()
            .filter_map(|t| self.actors.at(t))
            .find(|a| a.is_named() && a.class.is_nonstate());
        if official && let Some(kind) = group.and_then(|a| self.kind_of_actor(a)) {
            return kind;
        }
        let local = kind == SourceKind::Government
            && phrase.iter().any(|t| {
                has(&self.knowledge.speech.local_units, doc.lower(t))
                    && t.0 > 0
                    && matches!(doc.upos(Tok(t.0 - 1)), Upos::Det | Upos::Propn)
            });
        if local {
            SourceKind::LocalOfficial
        } else {
            kind
        }
    }

    /// "the military's media wing": the desk of a force or a group for the press speaks for it.
    fn owner_of_desk(&self, group: TokRange) -> Option<SourceKind> {
        let last = Tok(group.end.0.checked_sub(1)?);
        let armed = |t: Tok| self.actors.at(t).filter(|a| a.class.is_armed());
        let owner = group.iter().find_map(armed)?;
        has(&self.knowledge.speech.desks, self.doc.lemma(last))
            .then(|| self.kind_of_actor(owner))
            .flatten()
    }

    pub(super) fn kind_at(&self, t: Tok) -> Option<SourceKind> {
        let of_actor = self.actors.at(t).and_then(|a| self.kind_of_actor(a));
        // A force or a group under its own name is what the files say; else the office decides.
        let named = self.actors.at(t).is_some_and(|a| a.id.is_some());
        if named && !self.is_part(t, Part::Name) {
            return of_actor.or_else(|| self.office(t));
        }
        // "the local hospital": no local speaks.
        let describes = self.doc.upos(t) == Upos::Adj
            && self.office_at(t).is_some_and(|m| m.tokens.len() == 1)
            && self.is_part(t, Part::Noun);
        self.office(t).filter(|_| !describes).or(of_actor)
    }

    pub(super) fn kind_of_actor(&self, a: &ActorMention) -> Option<SourceKind> {
        if let Some(kind) = a
            .entry
            .and_then(|i| self.knowledge.actors.actors.get(i as usize))
            .and_then(|x| x.source_kind_as(a.class))
        {
            return Some(kind);
        }
        Some(match a.class {
            ActorClass::Military | ActorClass::External => SourceKind::Military,
            ActorClass::Police => SourceKind::Police,
            ActorClass::Government if a.rule != "actor:country-adjective" => SourceKind::Government,
            ActorClass::Rebel
            | ActorClass::PoliticalMilitia
            | ActorClass::IdentityMilitia
            | ActorClass::Gunmen => SourceKind::Rebel,
            ActorClass::Civilians => SourceKind::Witness,
            ActorClass::Officials => SourceKind::Government,
            ActorClass::People if has(&self.knowledge.speech.people, self.doc.lemma(a.head)) => {
                SourceKind::Witness
            }
            _ => return None,
        })
    }
}
