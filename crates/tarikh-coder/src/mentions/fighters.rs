//! Armed groups that no file knows, by what the report says of them: their fighters, their deeds.

use tarikh_syntax::{Deprel, Doc, EntityKind, Tok, TokRange, Upos};

use super::actors::ActorMention;
use super::find_actors::hedged;
use super::unlisted::group;
use crate::covered::Covered;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::FormKind;
use crate::knowledge::lexicon::has;
use crate::knowledge::phrases::Match;
use crate::tree;

/// "KDLF militants", "fighters of the Karda Boys", "the KDLF ambushed a convoy": names that no file knows, with
/// a word for fighters or as the author of a deed.
pub(super) fn find(
    doc: &Doc,
    knowledge: &Knowledge,
    offices: &[Match],
    matches: &[Match],
    is_time: &dyn Fn(Tok) -> bool,
) -> Vec<ActorMention> {
    let named = offices
        .iter()
        .filter(|m| knowledge.speakers.is_name(m.payload));
    // "the Karda Boys": a common noun in a name.
    let in_name = |m: &&Match| {
        let generic = knowledge.actors.forms[m.payload as usize].kind == FormKind::Generic;
        let last = Tok(m.tokens.end.0 - 1);
        generic && doc.upos(last) == Upos::Propn && doc.word(last).starts_with(char::is_uppercase)
    };
    let known = matches.iter().filter(|m| !in_name(m));
    let all = known.chain(named).map(|m| m.tokens);
    let finder = Finder {
        doc,
        knowledge,
        known: Covered::by(doc.len(), all),
        is_time,
    };
    let mut out: Vec<ActorMention> = Vec::new();
    for t in doc.tokens() {
        let name = finder
            .before_fighters(t)
            .or_else(|| finder.behind_fighters(t))
            .or_else(|| finder.of_deed(t));
        let new = |n: &TokRange| !out.iter().any(|o| o.name.overlaps(*n));
        if let Some(name) = name.filter(new) {
            let head = Tok(name.end.0 - 1);
            out.push(group(
                head,
                name,
                hedged(doc, &knowledge.actors, name.start),
            ));
        }
    }
    out
}

struct Finder<'a> {
    doc: &'a Doc,
    knowledge: &'a Knowledge,
    /// Words of actors, countries and bodies that the files know.
    known: Covered,
    is_time: &'a dyn Fn(Tok) -> bool,
}

impl Finder<'_> {
    fn is_fighter(&self, t: Tok) -> bool {
        let words = &self.knowledge.actors.words.fighters;
        self.doc.upos(t) == Upos::Noun && has(words, self.doc.lemma(t))
    }

    /// "KDLF militants"
    fn before_fighters(&self, noun: Tok) -> Option<TokRange> {
        let plural = self.doc.xpos(noun) == "NNS" || self.doc.lower(noun) == "cadre";
        let last = noun.0.checked_sub(1).map(Tok)?;
        (plural && self.is_fighter(noun))
            .then(|| self.ending_at(last))
            .flatten()
    }

    /// "fighters of the KDLF"
    fn behind_fighters(&self, noun: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let of = Tok(noun.0 + 1);
        if !self.is_fighter(noun) || of.idx() + 2 >= doc.len() {
            return None;
        }
        let article = doc.lower(Tok(of.0 + 1)) == "the";
        let start = Tok(of.0 + 1 + u32::from(article));
        let bound = has(&self.knowledge.actors.words.of, doc.lower(of));
        bound.then(|| self.starting_at(start)).flatten()
    }

    /// "The KDLF ambushed a convoy", "killed by the Karda Boys": who does what only armed people do.
    fn of_deed(&self, verb: Tok) -> Option<TokRange> {
        let doc = self.doc;
        let words = &self.knowledge.actors.words.deeds;
        if doc.upos(verb) != Upos::Verb || !has(words, doc.lemma(verb)) {
            return None;
        }
        let doer = match tree::is_passive(doc, verb) {
            true => tree::by_phrase(doc, verb),
            false => tree::subject(doc, verb)
                .filter(|&s| s < verb && doc.child(verb, Deprel::Obj).is_some()),
        }?;
        // "by members of the Karda Boys"
        let part = has(&self.knowledge.actors.words.parts, doc.lemma(doer));
        let whole = tree::with_case(doc, doer, "of").filter(|_| part);
        let last = self.end_of(whole.unwrap_or(doer))?;
        let name = self.ending_at(last)?;
        let article = name
            .start
            .0
            .checked_sub(1)
            .is_some_and(|t| doc.lower(Tok(t)) == "the");
        (article || self.is_acronym(name.start)).then_some(name)
    }

    /// The last word of the name that a noun is part of.
    fn end_of(&self, t: Tok) -> Option<Tok> {
        let range = self.doc.sentence(self.doc.sentence_of(t)).tokens;
        let mut behind = (t.0..range.end.0).map(Tok).take_while(|&x| self.is_part(x));
        let first = behind.next()?;
        Some(behind.last().unwrap_or(first))
    }

    fn ending_at(&self, last: Tok) -> Option<TokRange> {
        let range = self.doc.sentence(self.doc.sentence_of(last)).tokens;
        let before = (range.start.0..=last.0).rev().map(Tok);
        let words = before.take_while(|&t| self.is_part(t) || self.is_link(t));
        let first = words.filter(|&t| self.is_part(t)).last()?;
        self.checked(TokRange::new(first, Tok(last.0 + 1)))
    }

    fn starting_at(&self, first: Tok) -> Option<TokRange> {
        let range = self.doc.sentence(self.doc.sentence_of(first)).tokens;
        let behind = (first.0..range.end.0).map(Tok);
        let words = behind.take_while(|&t| self.is_part(t) || self.is_link(t));
        let last = words.filter(|&t| self.is_part(t)).last()?;
        self.checked(TokRange::new(first, Tok(last.0 + 1)))
    }

    /// An abbreviation, or a name of two words and more that is no place's and, without an article, no person's.
    fn checked(&self, name: TokRange) -> Option<TokRange> {
        let doc = self.doc;
        let acronym = name.len() == 1 && self.is_acronym(name.start);
        let before = name
            .start
            .0
            .checked_sub(1)
            .map_or("", |t| doc.lower(Tok(t)));
        let end = name.end;
        let of_fighters = end.idx() < doc.len() && self.is_fighter(end);
        let may_be_body = before == "the" || of_fighters;
        let mut entities = doc.entities().iter().filter(|e| e.tokens.overlaps(name));
        let other = entities.any(|e| match e.kind {
            EntityKind::Person => !may_be_body,
            EntityKind::Place => true,
            _ => false,
        });
        (acronym || name.len() > 1 && !other).then_some(name)
    }

    fn is_part(&self, t: Tok) -> bool {
        let doc = self.doc;
        let capital = doc.word(t).starts_with(char::is_uppercase);
        capital
            && matches!(doc.upos(t), Upos::Propn | Upos::Noun | Upos::Adj)
            && !self.known.has(t)
            && !(self.is_time)(t)
    }

    /// "People's", "al-", "of": between the words of a name.
    fn is_link(&self, t: Tok) -> bool {
        let doc = self.doc;
        let word = doc.lower(t);
        let particle = has(&self.knowledge.speech.particles, word);
        let between = t.0 > 0 && t.idx() + 1 < doc.len();
        let joins = matches!(word, "-" | "'s" | "\u{2019}s" | "of" | "for") || particle;
        // "fighters of Corva": a small word joins two words of the name.
        let left = t.0.checked_sub(1).map(Tok);
        let named = |t: Tok| {
            self.is_part(t)
                || has(&self.knowledge.speech.particles, doc.lower(t))
                || doc.word(t) == "-"
                || doc.xpos(t) == "POS"
        };
        joins && between && left.is_some_and(named) && named(Tok(t.0 + 1))
    }

    /// "KDLF": three capitals and more, in a sentence that is not written in them.
    fn is_acronym(&self, t: Tok) -> bool {
        let doc = self.doc;
        let upper = |t: Tok| doc.word(t).chars().all(|c| c.is_ascii_uppercase());
        let range = doc.sentence(doc.sentence_of(t)).tokens;
        let in_small = range.iter().any(|x| doc.word(x).len() > 3 && !upper(x));
        doc.word(t).len() >= 3 && upper(t) && in_small
    }
}
