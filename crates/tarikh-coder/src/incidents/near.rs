//! Role fillers by the order of the words, where the tree gives none.

use tarikh_syntax::{Deprel, Tok, Upos};

use super::cast::{is_harmed, is_passive, is_scenery, only_describes, speaks};
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::lexicon::has;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;

/// Words on each side of a trigger that can still fill one of its roles.
const REACH: u32 = 14;

/// The actor that acts by the order of the words, where the tree gives none: right before an
/// event noun, behind its "by", or the subject before a verb.
pub(super) fn near_agent(reading: &Reading<'_>, event: &EventMention) -> Option<Tok> {
    let doc = reading.doc;
    let at = event.trigger;
    let acts = |t: Tok| {
        reading.actors.at(t).filter(|a| {
            (a.class.is_armed()
                || a.class == ActorClass::Government
                || matches!(a.class, ActorClass::Rioters | ActorClass::Protesters))
                && !is_harmed(reading, a)
                && !is_scenery(reading, a)
                && !is_place_of(reading, a)
                && !speaks(reading, t)
        })
    };
    let sentence = doc.sentence(doc.sentence_of(at)).tokens;
    let noun = matches!(doc.upos(at), Upos::Noun | Upos::Propn);
    // "The officers' car came under fire": who stands before the verb suffers.
    let frames = &reading.knowledge.frames.all;
    let suffers = event.frame.is_some_and(|f| frames[f].roles.is_some());
    // "Nurses ambushed on road", as a headline
    let struck = |p: &Tok| *p < at && doc.deprel(*p) == Deprel::Nsubj;
    let suffers = suffers || event.patients.iter().any(struck);
    let passive = !noun && (is_passive(doc, at) || suffers);
    if noun {
        let before = (sentence.start.0..at.0)
            .rev()
            .map(Tok)
            .take(5)
            .take_while(|&t| {
                matches!(
                    doc.upos(t),
                    Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Part
                ) || doc.word(t) == "-"
            })
            .find(|&t| acts(t).is_some() && !only_describes(reading, event, t));
        if before.is_some() {
            return before;
        }
    }
    if noun || passive {
        let by = (at.0 + 1..sentence.end.0.min(at.0 + REACH))
            .map(Tok)
            .find(|&t| doc.lower(t) == "by")?;
        return (by.0 + 1..sentence.end.0.min(by.0 + 8))
            .map(Tok)
            .take_while(|&t| {
                let hedge = has(&reading.knowledge.actors.words.hedges, doc.lower(t));
                (doc.upos(t) != Upos::Verb || hedge) && doc.word(t) != ","
            })
            .find(|&t| acts(t).is_some());
    }
    (sentence.start.0..at.0)
        .rev()
        .take(REACH as usize)
        .map(Tok)
        .take_while(|&t| {
            let finite = doc.upos(t) == Upos::Verb && matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP");
            let mark = matches!(doc.word(t), ";" | ":" | "\"" | "”" | "“");
            !(finite || mark)
        })
        .find(|&t| {
            let fits =
                |a: &ActorMention| !follows_preposition(reading, a) && !is_object(reading, a);
            acts(t).is_some_and(fits)
        })
}

/// "Strikes hit three Front units and destroyed a bridge": what is done to suffers, and does not act.
fn is_object(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let up = |t: &Tok| {
        let within = matches!(
            doc.deprel(*t),
            Deprel::Compound | Deprel::Amod | Deprel::NmodPoss
        );
        doc.head(*t).filter(|_| within)
    };
    let noun = std::iter::successors(Some(a.head), up).take(4).last();
    noun.is_some_and(|n| doc.deprel(n) == Deprel::Obj)
}

/// The actor that an act is aimed at by the order of the words, where the tree gives none.
pub(super) fn near_target(reading: &Reading<'_>, event: &EventMention) -> Option<Tok> {
    let doc = reading.doc;
    let words = &reading.knowledge.actors.words;
    let at = event.trigger;
    let sentence = doc.sentence(doc.sentence_of(at)).tokens;
    let verb = doc.upos(at) == Upos::Verb && !is_passive(doc, at);
    let mut aimed = verb;
    let (mut from, mut link) = (at, None);
    // "A suicide bomber drove a lorry into the convoy": his verb tells where to.
    let next = Tok(at.0 + 1);
    if event.act == Act::Suicide && next < sentence.end && doc.upos(next) == Upos::Verb {
        from = next;
    }
    for t in (from.0 + 1..sentence.end.0.min(from.0 + REACH)).map(Tok) {
        if has(&words.aims, doc.lower(t)) {
            aimed = true;
            continue;
        }
        // "a bomb meant for soldiers"
        let next = Tok(t.0 + 1);
        if has(&words.meant, doc.lower(t))
            && next < sentence.end
            && has(&words.meant_for, doc.lower(next))
        {
            (aimed, link) = (true, Some(next));
            continue;
        }
        if link == Some(t) {
            continue;
        }
        match doc.upos(t) {
            // "A raid kills nine as anger at the army grows": another clause.
            _ if matches!(doc.lower(t), "as" | "when" | "while" | "after" | "before") => {
                return None;
            }
            // "strikes consisting of 14 engagements against the Front"
            Upos::Verb if has(&words.consisting, doc.lower(t)) => {}
            Upos::Verb | Upos::Punct | Upos::Sconj if doc.word(t) != "-" => return None,
            Upos::Adp if !has(&words.of, doc.lower(t)) => aimed = false,
            _ => {}
        }
        let found = reading
            .actors
            .at(t)
            .filter(|a| a.class.is_armed() && !a.generic && a.rule != "actor:country-adjective");
        if aimed && found.is_some() {
            return Some(t);
        }
    }
    None
}

/// "Corvan soldiers and Elskan troops clashed": the actor joined by "and" before the one that the
/// tree gives.
pub(super) fn joined_before(reading: &Reading<'_>, t: Tok) -> Option<Tok> {
    let doc = reading.doc;
    let a = reading.actors.at(t)?;
    let first = doc.sentence(doc.sentence_of(t)).tokens.start;
    let and = (first.0..a.name.start.0)
        .rev()
        .map(Tok)
        .find(|&x| doc.upos(x) != Upos::Det)
        .filter(|&x| doc.lower(x) == "and" && x > first)?;
    let b = reading.actors.at(Tok(and.0 - 1))?;
    let alike =
        b.class.is_armed() && a.class.is_armed() && a.class.is_state() == b.class.is_state();
    (alike && b.name.end == and && !follows_preposition(reading, b)).then_some(b.head)
}

/// A country's name before a noun tells where: "a Kenya bus blast kills two", "a Corvan blast kills two".
fn is_place_of(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let next = a.name.end;
    let nouns = |e: &EventMention| {
        let mut between = (next.0..e.trigger.0).map(Tok);
        e.trigger >= next && e.trigger.0 <= next.0 + 2 && between.all(|t| doc.upos(t) == Upos::Noun)
    };
    let explodes = |e: &EventMention| {
        nouns(e) && matches!(e.act, Act::Explosion | Act::Suicide | Act::Grenade)
    };
    if a.rule == "actor:country-adjective" && reading.events.iter().any(explodes) {
        return true;
    }
    let abbreviated = doc
        .word(a.head)
        .chars()
        .all(|c| c.is_uppercase() || c == '.');
    let apposed = doc.deprel(a.head) == Deprel::Appos || is_set_off(reading, a);
    a.rule == "actor:country" && apposed
        || a.rule == "actor:country"
            && !abbreviated
            && next < doc.sentence(doc.sentence_of(a.head)).tokens.end
            && doc.upos(next) == Upos::Noun
}

/// "In Corva, north-western Elskland, on Monday": between commas the country only says where.
fn is_set_off(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let sentence = doc.sentence(doc.sentence_of(a.head)).tokens;
    let mut before = (sentence.start.0..a.name.start.0).rev().map(Tok);
    let describes = |t: &Tok| matches!(doc.upos(*t), Upos::Adj | Upos::Adv) || doc.word(*t) == "-";
    let opened = before.find(|t| !describes(t));
    let end = a.name.end;
    opened.is_some_and(|t| doc.word(t) == ",") && end < sentence.end && doc.word(end) == ","
}

/// Whether the words of a mention follow a preposition, over articles and adjectives.
pub(super) fn follows_preposition(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let first = doc.sentence(doc.sentence_of(a.name.start)).tokens.start;
    (first.0..a.name.start.0)
        .rev()
        .map(Tok)
        .take(6)
        .find(|&t| {
            let word = matches!(
                doc.upos(t),
                Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Adv
            );
            // "of the Corvan-installed administration"
            !word && doc.word(t) != "-" && doc.xpos(t) != "VBN"
        })
        .is_some_and(|t| doc.upos(t) == Upos::Adp)
}
