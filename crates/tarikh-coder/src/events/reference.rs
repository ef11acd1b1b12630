//! Whether a mention refers to an act told before, is an act of its own, or lies before the report's main line.

use tarikh_syntax::{Deprel, Doc, Feats, Tok, Upos};

use super::senses::Senses;
use crate::knowledge::Knowledge;
use crate::knowledge::words::words;
use crate::tree;

/// "the 60 children abducted two days earlier": with a time of its own.
pub(super) fn has_time(doc: &Doc, t: Tok) -> bool {
    doc.children(t).any(|c| {
        doc.deprel(c) == Deprel::OblUnmarked || matches!(doc.lower(c), "ago" | "earlier" | "before")
    })
}

pub(super) fn is_definite(doc: &Doc, t: Tok) -> bool {
    // "the seven men killed in the bombing": known from before, as the men are.
    let described = doc.deprel(t) == Deprel::Acl && doc.xpos(t) == "VBN";
    let t = doc.head(t).filter(|_| described).unwrap_or(t);
    // "the arrest of four men": those who were not told of before.
    let of_new = tree::with_case(doc, t, "of").is_some_and(|o| {
        let det = doc.child(o, Deprel::Det).map(|d| doc.lower(d));
        matches!(det, Some("a" | "an")) || doc.child(o, Deprel::Nummod).is_some() && det.is_none()
    });
    !of_new && matches!(doc.upos(t), Upos::Noun | Upos::Propn)
        && doc.children(t).any(|c| {
            matches!(doc.deprel(c), Deprel::Det | Deprel::NmodPoss) && matches!(doc.lower(c), "the" | "this" | "that" | "these" | "those" | "both" | "its" | "their")
                // "Sunday's attack" refers back as well.
                || doc.deprel(c) == Deprel::NmodPoss && doc.upos(c) == Upos::Propn
        })
}

/// "another attack", "In a separate case, soldiers shot …", "Elsewhere, gunmen …".
pub(super) fn is_distinct(senses: &Senses<'_>, t: Tok) -> bool {
    let doc = senses.doc;
    let is_other = |w: Tok| words().others.is(doc, w);
    let sentence = doc.sentence(doc.sentence_of(t)).tokens;
    // "One guard was killed and another was hurt": of the same people.
    let one = sentence
        .iter()
        .take_while(|&w| w < t)
        .find(|&w| doc.lower(w) == "one");
    let of_pair = |w: Tok| {
        let and = w.0.checked_sub(1).map_or("", |b| doc.lower(Tok(b)));
        // "One after another", "one another"
        let in_turn = matches!(and, "after" | "one" | "upon");
        let another = doc.lower(w) == "another";
        another && (in_turn || one.is_some() && matches!(and, "and" | ","))
    };
    let is_other = |w: Tok| is_other(w) && !of_pair(w);
    let opening = opens_apart(doc, t);
    // "Minutes later a second bomb went off", "within the hour": of one and the same attack.
    let at_once = sentence.iter().any(|w| {
        let later = doc.lower(Tok(w.0 + 1).min(Tok(sentence.end.0 - 1)));
        let mut before = (w.0.saturating_sub(2).max(sentence.start.0)..w.0).map(Tok);
        matches!(doc.lemma(w), "minute" | "moment") && matches!(later, "later" | "after")
            || matches!(doc.lemma(w), "minute" | "hour") && before.any(|b| doc.lower(b) == "within")
    });
    // "The blast also wrecked a bus", "The driver also opened fire": more of the same act.
    let more_of_it = || {
        let nowhere_else = || {
            !doc.children(t)
                .any(|c| doc.deprel(c) == Deprel::Obl && (senses.is_place)(c))
        };
        // "Three of the attackers were also killed"
        let some_of_them =
            |s: Tok| tree::with_case(doc, s, "of").is_some_and(|o| is_definite(doc, o));
        // "Four rebels were also killed", "a shepherd was also killed"
        let died = |s: Tok| {
            let told =
                tree::is_passive(doc, t) && !senses.knowledge.harms.of(doc.lemma(t)).is_empty();
            let one = doc
                .child(s, Deprel::Det)
                .is_some_and(|d| matches!(doc.lower(d), "a" | "an"));
            told && (one || doc.child(s, Deprel::Nummod).is_some()) && !has_time(doc, t)
        };
        let known = |s: Tok| {
            is_definite(doc, s)
                || some_of_them(s)
                || died(s)
                || matches!(doc.lower(s), "he" | "she" | "they")
        };
        tree::subject(doc, t).is_some_and(|s| {
            is_definite(doc, s) && senses.knowledge.frames.is_event_noun(doc.lemma(s))
                || known(s) && (senses.is(s, "person") || some_of_them(s)) && nowhere_else()
        })
    };
    // "Four rebels were also killed in the fighting"
    let in_the_act = doc.children(t).any(|c| {
        let event = || senses.knowledge.frames.is_event_noun(doc.lemma(c));
        doc.deprel(c) == Deprel::Obl && is_definite(doc, c) && event()
    });
    // "Two hours later" only dates it.
    let adds = |c: Tok| words().additions.is(doc, c) && doc.children(c).next().is_none();
    // "Protests were also held in Elsk"
    let held = doc.head(t).filter(|_| {
        matches!(doc.deprel(t), Deprel::Nsubj | Deprel::NsubjPass) && !is_definite(doc, t)
    });
    let also = doc
        .children(t)
        .chain(held.into_iter().flat_map(|v| doc.children(v)))
        .any(adds)
        && !in_the_act
        && !more_of_it();
    // "attacked a second prison", "In another village"
    let other_site = doc.children(t).any(|c| {
        let argument = matches!(doc.deprel(c), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass);
        let site = || SITES.iter().any(|class| senses.is(c, class));
        argument && doc.children(c).any(is_other) && site()
    });
    !at_once
        && !is_one_of_those(senses, t)
        && (opening || also || other_site || doc.children(t).any(is_other))
}

/// "The second blast caught those who came to help": one of several told of before, where no place sets it apart.
pub(super) fn is_one_of_those(senses: &Senses<'_>, t: Tok) -> bool {
    let doc = senses.doc;
    let has = |deprel, words: &[&str]| {
        let mut below = doc.children(t);
        below.any(|c| doc.deprel(c) == deprel && words.contains(&doc.lower(c)))
    };
    let placed = |w: Tok| doc.children(w).any(|c| (senses.is_place)(c));
    matches!(doc.upos(t), Upos::Noun)
        && has(Deprel::Det, &["the"])
        && has(Deprel::Amod, &["second", "third", "other"])
        && !placed(t)
        && !doc.head(t).is_some_and(placed)
}

/// "Elsewhere, nine people died": the opening of the sentence sets it apart.
pub(crate) fn opens_apart(doc: &Doc, t: Tok) -> bool {
    let sentence = doc.sentence(doc.sentence_of(t)).tokens;
    // "In another engagement, rebels tried to storm a post"
    let opening: Vec<&str> = sentence.iter().take(3).map(|w| doc.lower(w)).collect();
    if let ["in", "another", noun] = opening[..]
        && words().occurrences.has(noun)
    {
        return true;
    }
    sentence
        .iter()
        .take(4)
        .take_while(|&w| w < t && doc.lower(w) != ",")
        .any(|w| words().apart.is(doc, w))
}

/// Classes of what an act is done at.
const SITES: [&str; 3] = ["settlement", "military-site", "civilian-site"];

/// "He said that soldiers had retaken the hill": what is reported in the past stands one tense back,
/// without being earlier than the news.
pub(super) fn is_backshifted(doc: &Doc, t: Tok, knowledge: &Knowledge) -> bool {
    let mut at = t;
    for _ in 0..3 {
        let Some(head) = doc.head(at) else {
            return false;
        };
        if doc.deprel(at) == Deprel::Ccomp {
            return doc.xpos(head) == "VBD" && knowledge.speech.is_verb(doc.lemma(head));
        }
        if matches!(
            doc.deprel(at),
            Deprel::AclRelcl | Deprel::Parataxis | Deprel::Advcl
        ) {
            return false;
        }
        at = head;
    }
    false
}

/// "had attacked", also through the verb that the noun depends on.
pub(super) fn is_pluperfect(doc: &Doc, t: Tok) -> bool {
    let had = |v: Tok| {
        doc.children(v)
            .any(|c| doc.deprel(c) == Deprel::Aux && matches!(doc.lower(c), "had" | "'d"))
    };
    if matches!(doc.upos(t), Upos::Noun | Upos::Propn) {
        return doc
            .head(t)
            .is_some_and(|h| tree::is_verbal(doc, h) && had(h));
    }
    let coordinated = doc.deprel(t) == Deprel::Conj
        && doc.feats(t).has(Feats::PARTICIPLE)
        && doc.head(t).is_some_and(had);
    had(t) || coordinated
}
