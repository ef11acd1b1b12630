//! Classes of words that frames ask of their roles.

use tarikh_syntax::{Deprel, Doc, EntityKind, Tok, Upos};

use super::find::EventMention;
use crate::knowledge::Knowledge;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::mentions::actors::{ActorClass, Actors};
use crate::tree;

/// What tells the classes of a document's words.
pub(crate) struct Senses<'a> {
    pub(crate) doc: &'a Doc,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) actors: &'a Actors,
    /// Whether a word is part of a place's name.
    pub(crate) is_place: &'a dyn Fn(Tok) -> bool,
}

impl Senses<'_> {
    /// Whether a word is of a class: an actor class, a class of nouns of the lexicon, or `person`.
    pub(crate) fn is(&self, t: Tok, class: &str) -> bool {
        let doc = self.doc;
        let t = self.whole(t);
        let actor = self.class_of(t);
        match class {
            // "A van packed with explosives", "a boat carrying weapons"
            "arms-load" => self.knowledge.lexicon.is(doc, t, "vehicle") && self.carries_arms(t),
            "armed" => actor.is_some_and(ActorClass::is_armed),
            "gunman" => actor.is_some_and(ActorClass::is_nonstate),
            "state-forces" => matches!(
                actor,
                Some(ActorClass::Military | ActorClass::Police | ActorClass::External)
            ),
            "civilian" => actor.is_some_and(ActorClass::is_unarmed),
            "crowd" => {
                matches!(actor, Some(ActorClass::Protesters | ActorClass::Rioters))
                    || self.knowledge.lexicon.is(doc, t, "crowd")
            }
            "any" => true,
            // Who says it lives.
            "speaker" => matches!(doc.lower(t), "i" | "we"),
            "individual" => self.is_individual(t),
            "mob" => actor == Some(ActorClass::Rioters),
            // "The Tigers" are fighters, and "a Leopard" is a tank.
            "animal" => {
                let common = doc.upos(t) == Upos::Noun && actor.is_none();
                common && self.knowledge.lexicon.is(doc, t, class)
            }
            "country" => actor == Some(ActorClass::Government) && (self.is_place)(t),
            "vehicle-bomb" => self.knowledge.lexicon.is(doc, t, class) || self.is_made_a_bomb(t),
            // Nobody but those of whom the words say so.
            "abducted" => {
                words().captives.is(doc, t) || self.was_seized(t) || self.is_called_seized(t)
            }
            "captive" => self.knowledge.lexicon.is(doc, t, class) || self.was_seized(t),
            "group" => actor.is_some_and(ActorClass::is_nonstate),
            "person" => {
                actor.is_some_and(|a| a != ActorClass::Government)
                    || self.knowledge.lexicon.is(doc, t, "person-noun")
                    || doc.upos(t) == Upos::Num
                    || self.leads_a_body(t)
                    || doc.upos(t) == Upos::Pron
                        && !self.stands_for_things(t)
                        && matches!(
                            doc.lower(t),
                            "he" | "she"
                                | "me"
                                | "us"
                                | "him"
                                | "her"
                                | "them"
                                | "they"
                                | "who"
                                | "whom"
                                | "others"
                        )
                    || !(self.is_place)(t)
                        && doc
                            .entities()
                            .iter()
                            .any(|e| e.kind == EntityKind::Person && e.tokens.contains(t))
            }
            "territory" => {
                let named = doc.upos(t) == Upos::Propn && actor.is_none();
                self.knowledge.lexicon.is(doc, t, "territory")
                    || named && !is_someone(doc, t) && ((self.is_place)(t) || self.may_be_place(t))
            }
            "town" => {
                let named = doc.upos(t) == Upos::Propn && actor.is_none();
                self.knowledge.lexicon.is(doc, t, "town")
                    || named && !is_someone(doc, t) && (self.is_place)(t)
            }
            // Where soldiers march into, by its name alone, whether or not a gazetteer has it.
            "named-place" => doc.upos(t) == Upos::Propn && actor.is_none() && !is_someone(doc, t),
            "settlement" => {
                self.knowledge.lexicon.is(doc, t, "settlement")
                    || doc.upos(t) == Upos::Propn && actor.is_none() && !is_someone(doc, t)
            }
            _ => self.knowledge.lexicon.is(doc, t, class),
        }
    }

    /// "most of the town", "dozens of huts": what parts and numbers are of stands behind "of".
    fn whole(&self, t: Tok) -> Tok {
        let doc = self.doc;
        let t = behind_hyphen(doc, t).unwrap_or(t);
        let is_part = doc.upos(t) == Upos::Num || self.knowledge.lexicon.is(doc, t, "share");
        tree::with_case(doc, t, "of")
            .filter(|_| is_part)
            .unwrap_or(t)
    }

    /// "Karda elements", "volunteers of the Corva militia": some of a group are of its class.
    fn class_of(&self, t: Tok) -> Option<ActorClass> {
        let own = self.actors.at(t).map(|m| m.class);
        let armed = own.is_some_and(ActorClass::is_armed);
        if armed || !self.knowledge.lexicon.is(self.doc, t, "member") {
            return own;
        }
        let before = t.0.checked_sub(1).map(Tok);
        let group = before
            .into_iter()
            .chain(tree::with_case(self.doc, t, "of"))
            .filter_map(|g| self.actors.at(g))
            .find(|a| a.class.is_armed());
        group.map(|a| a.class).or(own)
    }

    /// "The head of a sports club", "the number two of the union": whom the post names, and no part of a body.
    fn leads_a_body(&self, t: Tok) -> bool {
        let doc = self.doc;
        let of = tree::with_case(doc, t, "of").filter(|_| doc.lemma(t) == "head");
        of.is_some_and(|o| {
            let someone = self.actors.at(o).is_some_and(|a| a.class.is_unarmed());
            !someone && !self.knowledge.lexicon.is(doc, o, "person-noun")
        })
    }

    /// Whether arms stand in the words that describe a vehicle.
    fn carries_arms(&self, vehicle: Tok) -> bool {
        const NEAR: u32 = 13;
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(vehicle)).tokens.end.0;
        let arms = |x: &Tok| self.knowledge.lexicon.is(doc, *x, "arms");
        let before = vehicle.0.checked_sub(1).map(Tok);
        before.is_some_and(|b| doc.head(b) == Some(vehicle) && arms(&b))
            || (vehicle.0 + 1..end.min(vehicle.0 + NEAR))
                .map(Tok)
                .filter(arms)
                .any(|x| tree::ancestors(doc, x).any(|a| a == vehicle))
    }

    /// "looted three houses and set them on fire": the pronoun of things that the verb before acts upon.
    fn stands_for_things(&self, t: Tok) -> bool {
        let doc = self.doc;
        let first = doc
            .head(t)
            .filter(|&v| doc.lower(t) == "them" && doc.deprel(v) == Deprel::Conj)
            .and_then(|v| doc.head(v));
        let object = first.and_then(|v| doc.child(v, Deprel::Obj));
        object.is_some_and(|o| {
            let people =
                self.actors.at(o).is_some() || self.knowledge.lexicon.is(doc, o, "person-noun");
            doc.upos(o) == Upos::Noun && !people && !self.knowledge.lexicon.is(doc, o, "captive")
        })
    }

    /// "Petrova rallied", "the ambassador protested", "it rallied": one person or thing, which makes no crowd.
    fn is_individual(&self, t: Tok) -> bool {
        let doc = self.doc;
        let is_body = || {
            let mut entities = doc.entities().iter();
            let body = |k| matches!(k, EntityKind::Organisation | EntityKind::Place);
            self.actors.at(t).is_some() || entities.any(|e| e.tokens.contains(t) && body(e.kind))
        };
        if doc.deprel(t) == Deprel::Conj || doc.child(t, Deprel::Conj).is_some() {
            return false;
        }
        match doc.upos(t) {
            Upos::Pron => matches!(doc.lower(t), "i" | "you" | "he" | "she" | "it"),
            // "The Conaie staged a march": a name with an article is a body's.
            Upos::Propn => {
                let article = doc.child(t, Deprel::Det).is_some();
                doc.xpos(t) == "NNP" && !article && !(self.is_place)(t) && !is_body()
            }
            Upos::Noun if doc.xpos(t) == "NN" => {
                let actor = self.actors.at(t).map(|m| m.class);
                let is_crowd = self.knowledge.lexicon.is(doc, t, "crowd");
                let is = |class: &str| self.knowledge.lexicon.is(doc, t, class);
                let person = || is("person-noun") || is("townsfolk");
                !is_crowd && (actor == Some(ActorClass::Officials) || person())
            }
            _ => false,
        }
    }

    /// "The 20 students seized in Corva": those whom an abduction is told of in a participle.
    fn was_seized(&self, t: Tok) -> bool {
        let frames = &self.knowledge.frames;
        let abducts = |v: Tok| {
            let evoked = frames.verbs.get(self.doc.lemma(v));
            evoked.is_some_and(|e| e.iter().any(|e| frames.all[e.frame].act == Act::Abduct))
        };
        // "a trader, who had been held by gunmen": what police hold, they release from custody.
        let held = |v: Tok| {
            let by = tree::by_phrase(self.doc, v);
            self.doc.lemma(v) == "hold" && !by.is_some_and(|b| self.is(b, "state-forces"))
        };
        let mut clauses = self.doc.children(t);
        clauses.any(|v| {
            matches!(self.doc.deprel(v), Deprel::Acl | Deprel::AclRelcl)
                && tree::is_passive(self.doc, v)
                && (abducts(v) || held(v))
        })
    }

    /// "The kidnapped pupils".
    fn is_called_seized(&self, t: Tok) -> bool {
        let doc = self.doc;
        let mut described = doc.children(t).filter(|&c| doc.deprel(c) == Deprel::Amod);
        described.any(|w| words().seized.is(doc, w))
    }

    /// "Two grenades hit a fair. A second grenade went off in a side street": one of those counted before.
    pub(crate) fn is_of_counted(&self, t: Tok, told: &[EventMention]) -> bool {
        let doc = self.doc;
        let nth = |c: Tok| self.knowledge.numbers.is_ordinal(doc.lower(c));
        let counted = |e: &EventMention| {
            let number = doc.child(e.trigger, Deprel::Nummod).is_some();
            number && doc.xpos(e.trigger) == "NNS" && doc.lemma(e.trigger) == doc.lemma(t)
        };
        doc.upos(t) == Upos::Noun && doc.children(t).any(nth) && told.iter().any(counted)
    }

    /// "Detectives found a grenade": a weapon that did nothing.
    pub(crate) fn is_found(&self, t: Tok) -> bool {
        let object = matches!(self.doc.deprel(t), Deprel::Obj | Deprel::NsubjPass);
        let verb = self.doc.head(t).filter(|_| object);
        verb.is_some_and(|v| self.knowledge.lexicon.is(self.doc, v, "find"))
    }

    /// Whether no entity of another kind holds the name.
    fn may_be_place(&self, t: Tok) -> bool {
        let mut entities = self.doc.entities().iter();
        entities.all(|e| !e.tokens.contains(t) || e.kind == EntityKind::Place)
    }

    /// "A lorry packed with explosives", "an explosive-filled taxi".
    fn is_made_a_bomb(&self, vehicle: Tok) -> bool {
        const REACH: u32 = 6;
        let doc = self.doc;
        let is = |t: Tok, class: &str| self.knowledge.lexicon.is(doc, t, class);
        let words = doc.sentence(doc.sentence_of(vehicle)).tokens;
        let stuff = |t: Tok| words.contains(t) && is(t, "blasting-stuff");
        if !["vehicle", "conveyance", "attack-drone"]
            .into_iter()
            .any(|c| is(vehicle, c))
        {
            return false;
        }
        let before = (1..=3).filter_map(|n| vehicle.0.checked_sub(n)).map(Tok);
        let filled = before
            .filter(|&t| words.contains(t) && is(t, "laden"))
            .any(|t| {
                let hyphen = t.0.checked_sub(1).is_some_and(|h| doc.word(Tok(h)) == "-");
                hyphen && t.0.checked_sub(2).map(Tok).is_some_and(stuff)
            });
        let behind = (vehicle.0 + 1..vehicle.0 + 3).map(Tok);
        let loaded = behind
            .filter(|&t| words.contains(t) && is(t, "laden"))
            .any(|t| {
                let with = words.contains(Tok(t.0 + 1)) && doc.lower(Tok(t.0 + 1)) == "with";
                with && (t.0 + 2..t.0 + REACH).map(Tok).any(stuff)
            });
        filled || loaded
    }
}

/// "An explosives-rigged drone": the noun that the first part of a compound describes.
fn behind_hyphen(doc: &Doc, t: Tok) -> Option<Tok> {
    let (hyphen, participle, noun) = (Tok(t.0 + 1), Tok(t.0 + 2), Tok(t.0 + 3));
    let within = doc.sentence(doc.sentence_of(t)).tokens.contains(noun);
    (within
        && doc.word(hyphen) == "-"
        && doc.xpos(participle) == "VBN"
        && matches!(doc.upos(noun), Upos::Noun | Upos::Propn))
    .then_some(noun)
}

/// "Lorena Ortal, who was seized": the relative pronoun makes a person of the name.
fn is_someone(doc: &Doc, t: Tok) -> bool {
    let mut clauses = doc
        .children(t)
        .filter(|&c| doc.deprel(c) == Deprel::AclRelcl);
    clauses.any(|c| {
        doc.children(c)
            .any(|w| matches!(doc.lower(w), "who" | "whom"))
    })
}
