//! Members and parts: whose fighters, patrols and posts the words of a report mean.

use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::naming::is_many;
use crate::events::find::EventMention;
use crate::knowledge::lexicon::has;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;
use crate::tree;

/// Longest name of what a part belongs to, in tokens.
const NAME: u32 = 9;

/// The actor that a role's filler means: the one inside its phrase, or its own.
pub(super) fn meant<'r>(reading: &'r Reading<'_>, t: Tok) -> Option<&'r ActorMention> {
    nested(reading, t)
        .or_else(|| named_behind(reading, t))
        .or_else(|| reading.actors.at(t))
        .or_else(|| group_before(reading, t))
        .or_else(|| described(reading, t))
}

/// "the rebel commander Awa Keita", "Awa Keita, a commander of the Front", "Awa Keita, who led the Front":
/// the armed actor whose man a person is said to be.
pub(super) fn described<'r>(reading: &'r Reading<'_>, t: Tok) -> Option<&'r ActorMention> {
    let doc = reading.doc;
    if doc.upos(t) != Upos::Propn || reading.actors.at(t).is_some() {
        return None;
    }
    let range = doc.sentence(doc.sentence_of(t)).tokens;
    let in_name = |t: &Tok| doc.upos(*t) == Upos::Propn && reading.actors.at(*t).is_none();
    let start = (range.start.0..=t.0)
        .rev()
        .map(Tok)
        .take_while(in_name)
        .last()?;
    let end = Tok((t.0..range.end.0).map(Tok).take_while(in_name).last()?.0 + 1);
    let armed = |a: &&ActorMention| a.class.is_armed();
    let of_noun = |n: Tok| {
        nested(reading, n)
            .or_else(|| reading.actors.at(n))
            .filter(armed)
    };
    // The title before the name, or the phrase that it stands in apposition to.
    let before = |n: u32| {
        start
            .0
            .checked_sub(n)
            .map(Tok)
            .filter(|&b| b >= range.start)
    };
    let is_one = |b: &Tok| doc.upos(*b) == Upos::Noun && doc.xpos(*b) == "NN";
    let title = before(1).filter(is_one).or_else(|| {
        let comma = before(1).filter(|&c| doc.word(c) == ",");
        comma.and_then(|_| before(2)).filter(is_one)
    });
    title
        .and_then(of_noun)
        .or_else(|| told_behind(reading, TokRange::new(end, range.end)).filter(armed))
}

/// What a clause between commas behind a person's name says that he was.
fn told_behind<'r>(reading: &'r Reading<'_>, behind: TokRange) -> Option<&'r ActorMention> {
    const REACH: usize = 14;
    let doc = reading.doc;
    let words = &reading.knowledge.harms;
    let mut rest = behind.iter().skip_while(|&t| {
        words.opens_second_name(doc.lower(t)) || doc.upos(t) == Upos::Propn || doc.word(t) == "\""
    });
    let comma = rest.next().filter(|&t| doc.word(t) == ",")?;
    let mut clause = (comma.0 + 1..behind.end.0)
        .map(Tok)
        .take(REACH)
        .take_while(|&t| doc.word(t) != ",");
    let first = clause.clone().next()?;
    let who = doc.lower(first) == "who";
    let leads = |t: Tok| has(&reading.knowledge.actors.words.leading, doc.lemma(t));
    if who {
        let verb = clause.find(|&t| doc.upos(t) == Upos::Verb)?;
        return leads(verb)
            .then(|| clause.find_map(|t| reading.actors.at(t).filter(|a| a.class.is_nonstate())))
            .flatten();
    }
    let determined = matches!(doc.upos(first), Upos::Det | Upos::Noun | Upos::Adj);
    let noun = clause.find(|&t| {
        let next = Tok(t.0 + 1);
        let last = next >= behind.end || !matches!(doc.upos(next), Upos::Noun | Upos::Propn);
        doc.upos(t) == Upos::Noun && last
    })?;
    let one = doc.xpos(noun) == "NN";
    (determined && one)
        .then(|| nested(reading, noun).or_else(|| reading.actors.at(noun)))
        .flatten()
}

/// "the paramilitary Corva Front", "the rebel group Corva Front": a word for armed people before the name.
fn named_behind<'r>(reading: &'r Reading<'_>, t: Tok) -> Option<&'r ActorMention> {
    let own = reading.actors.at(t)?;
    let next = own.name.end.max(Tok(own.head.0 + 1));
    let named = |a: &&ActorMention| a.name.start == next && a.is_named() && a.class.is_nonstate();
    let unnamed = !own.is_named() && own.country.is_none() && own.class.is_nonstate();
    reading.actors.at(next).filter(|a| unnamed && named(a))
}

/// "The group", "the sect": the named armed group that the report told of last.
fn group_before<'r>(reading: &'r Reading<'_>, noun: Tok) -> Option<&'r ActorMention> {
    let doc = reading.doc;
    let article = noun.0.checked_sub(1).map(Tok)?;
    let definite = has(&reading.knowledge.speech.groups, doc.lemma(noun))
        && doc.lower(article) == "the"
        && reading.actors.at(noun).is_none();
    let told = |a: &&ActorMention| a.name.end <= noun && a.is_named() && a.class.is_nonstate();
    definite
        .then(|| reading.actors.all.iter().rev().find(told))
        .flatten()
}

/// "fighters of the group", "members of a gang", "three army vehicles": the actor inside the phrase.
pub(super) fn nested<'r>(reading: &'r Reading<'_>, t: Tok) -> Option<&'r ActorMention> {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let inside = tree::with_case(doc, t, "of").and_then(|n| reading.actors.at(n));
    let own = reading.actors.at(t);
    // "a constable of the Corva Guard"
    let serves = own.is_some_and(|a| a.rule == "actor:state-force" && a.country.is_none());
    if serves && inside.is_some_and(|a| a.id.is_some() && a.class.is_state()) {
        return inside;
    }
    if !has(&words.parts, doc.lemma(t))
        || own.is_some_and(|a| a.id.is_some() || a.country.is_some())
    {
        return None;
    }
    let next = Tok(t.0 + 1);
    let friend = next.idx() < doc.len() && has(&words.friends, doc.lower(next));
    let behind = || {
        belongs_to(reading, t)
            .filter(|_| !friend)?
            .iter()
            .filter_map(|x| reading.actors.at(x))
            // "Somalia's al-Shabaab": not the country.
            .find(|a| !is_possessor(doc, a))
    };
    let before = || {
        doc.children(t)
            .filter(|&c| {
                matches!(
                    doc.deprel(c),
                    Deprel::Compound | Deprel::Amod | Deprel::NmodPoss
                )
            })
            .find_map(|c| reading.actors.at(c))
    };
    // "fighters of the group": the one told of before.
    let the_group = || {
        let of = belongs_to(reading, t).filter(|_| !friend)?;
        let head = of.iter().next_back()?;
        group_before(reading, head)
    };
    // "their leader": of the group told of before.
    let theirs = || {
        let own = doc.children(t).any(|c| {
            doc.deprel(c) == Deprel::NmodPoss
                && has(&reading.knowledge.speech.possessives, doc.lower(c))
        });
        let told = |a: &&ActorMention| a.name.end.0 <= t.0 && a.is_named() && a.class.is_nonstate();
        own.then(|| reading.actors.all.iter().rev().find(told))
            .flatten()
    };
    inside
        .or_else(behind)
        .or_else(before)
        .or_else(the_group)
        .or_else(theirs)
        .filter(|a| a.class.is_armed() || a.class == ActorClass::Government)
        .filter(|a| a.head != t)
}

/// The words behind a part that tell of whom it is one: "of the Corva Front", "loyal to Awa Keita".
pub(super) fn belongs_to(reading: &Reading<'_>, part: Tok) -> Option<TokRange> {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let end = doc.sentence(doc.sentence_of(part)).tokens.end.0;
    let next = Tok(part.0 + 1);
    let link = |t: Tok, list: &[String]| t.0 < end && has(list, doc.lower(t));
    let of = if link(next, &words.of) {
        next
    } else if link(next, &words.bound) && link(Tok(next.0 + 1), &words.bound_to) {
        Tok(next.0 + 1)
    } else {
        return None;
    };
    let start = Tok(of.0 + 1);
    let stop = (start.0..end.min(start.0 + NAME))
        .map(Tok)
        .find(|&x| {
            matches!(
                doc.upos(x),
                Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp
            ) && doc.word(x) != "-"
                && !reading.actors.at(x).is_some_and(|a| a.name.contains(x))
        })
        .unwrap_or(Tok(end.min(start.0 + NAME)));
    (start < stop).then(|| TokRange::new(start, stop))
}

fn is_possessor(doc: &Doc, a: &ActorMention) -> bool {
    let next = a.name.end;
    a.rule == "actor:country" && next.idx() < doc.len() && doc.lower(next) == "'s"
}

/// "Elsk has suffered many raids by the Front": of no act in particular.
pub(super) fn is_of_many(reading: &Reading<'_>, event: &EventMention) -> bool {
    let doc = reading.doc;
    let many = |n: u32| event.trigger.0.checked_sub(n).map(Tok);
    doc.xpos(event.trigger) == "NNS"
        && (1..=2)
            .filter_map(many)
            .any(|t| has(&reading.knowledge.speech.elsewhere, doc.lower(t)))
}

/// "between herders and farmers": unarmed people in the plural.
pub(super) fn is_many_people(reading: &Reading<'_>, actor: usize) -> bool {
    let a = &reading.actors.all[actor];
    a.class == ActorClass::Civilians && is_many(reading.doc, a.head)
}
