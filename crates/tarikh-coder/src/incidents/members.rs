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
    if !has(&words.parts, doc.lemma(t))
        || reading
            .actors
            .at(t)
            .is_some_and(|a| a.id.is_some() || a.country.is_some())
    {
        return None;
    }
    let inside = tree::with_case(doc, t, "of").and_then(|n| reading.actors.at(n));
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
