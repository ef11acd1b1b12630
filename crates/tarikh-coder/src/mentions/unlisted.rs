//! Armed groups and armed people whose name no file of actors knows.

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention};
use super::find_actors::{hedged, last};
use crate::covered::Covered;
use crate::knowledge::actors::{ActorBook, FormKind};
use crate::knowledge::lexicon::has;
use crate::knowledge::phrases::Match;
use crate::knowledge::words::words;
use crate::tree;

/// Armed groups that no file knows, by a word of their name: "the Corva Liberation Front", "the Front
/// for the Desert". Words that parties bear as well count beside a word for armed people.
pub(super) fn new_groups(doc: &Doc, book: &ActorBook, matches: &[Match]) -> Vec<ActorMention> {
    let listed = Covered::by(doc.len(), matches.iter().map(|m| m.tokens));
    let known = |t: Tok| listed.has(t);
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    let mut out = Vec::new();
    for t in doc.tokens().filter(|&t| !known(t)) {
        let armed_word = has(&book.words.new_groups, doc.word(t));
        let open_word = has(&book.words.new_movements, doc.word(t));
        if !(armed_word || open_word) {
            continue;
        }
        let sentence = doc.sentence(doc.sentence_of(t)).tokens;
        let mut start = t;
        while start > sentence.start {
            let before = Tok(start.0 - 1);
            let in_name = doc.upos(before) == Upos::Propn || capital(before) && !known(before);
            if !in_name || matches!(doc.upos(before), Upos::Det | Upos::Adp) {
                break;
            }
            start = before;
        }
        let mut end = Tok(t.0 + 1);
        if t == start {
            // "Front for the Desert"
            let behind = (end.0..sentence.end.0).map(Tok);
            let small = |x: Tok| matches!(doc.lower(x), "for" | "of" | "the" | "and");
            let name = behind.take_while(|&x| small(x) || capital(x) && !known(x));
            let last = name.filter(|&x| capital(x)).last();
            let Some(last) = last.filter(|_| start == t && doc.upos(end) == Upos::Adp) else {
                continue;
            };
            end = Tok(last.0 + 1);
        }
        let name = TokRange::new(start, end);
        let short = name.len() < 3 && end == Tok(t.0 + 1);
        let told_armed = match (short, armed_word) {
            (true, _) => is_of_armed(doc, book, matches, name),
            (false, false) => is_beside_arms(doc, book, matches, name),
            (false, true) => true,
        };
        if !told_armed {
            continue;
        }
        out.push(group(t, name, hedged(doc, book, start)));
    }
    out
}

/// "The Sons of Dawn claimed responsibility": a name with an article that says that it did it is that of a group.
pub(super) fn claimants(doc: &Doc, book: &ActorBook, matches: &[Match]) -> Vec<ActorMention> {
    /// Words between the verb and "responsibility".
    const NEAR: u32 = 3;
    let generic = |m: &Match| book.forms[m.payload as usize].kind == FormKind::Generic;
    let known = |t: Tok| {
        let mut over = matches.iter().filter(|m| m.tokens.contains(t));
        over.any(|m| !generic(m))
    };
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    let claimed = |t: Tok| {
        let near = t.0.saturating_sub(NEAR)..t.0;
        doc.lower(t) == "responsibility" && near.map(Tok).any(|v| words().claiming_verbs.is(doc, v))
    };
    let claims = doc.tokens().filter(|&t| claimed(t));
    let subject = claims.filter_map(|t| {
        let verb = doc.head(t)?;
        tree::subject(doc, verb).filter(|&s| s < verb)
    });
    let named = subject.filter_map(|head| {
        let range = doc.sentence(doc.sentence_of(head)).tokens;
        let before = (range.start.0..head.0).rev().map(Tok);
        let first = before.take_while(|&t| capital(t) && doc.upos(t) != Upos::Det);
        let first = first.last().unwrap_or(head);
        // "the Sons of Dawn"
        let of = Tok(head.0 + 1);
        let behind = (of.0 + 1..range.end.0).map(Tok).take_while(|&t| capital(t));
        let last = behind
            .last()
            .filter(|_| doc.lower(of) == "of")
            .unwrap_or(head);
        let name = TokRange::new(first, Tok(last.0 + 1));
        let article = first
            .0
            .checked_sub(1)
            .map(Tok)
            .filter(|&t| t >= range.start)?;
        let new = name
            .iter()
            .filter(|&t| !known(t) && doc.upos(t) == Upos::Propn);
        let own_word = new.count() > usize::from(known(head) && last == head);
        (capital(head) && own_word && doc.lower(article) == "the").then_some((head, name))
    });
    named
        .map(|(head, name)| group(head, name, hedged(doc, book, name.start)))
        .collect()
}

pub(super) fn group(head: Tok, name: TokRange, suspected: bool) -> ActorMention {
    ActorMention {
        head,
        name,
        class: ActorClass::Rebel,
        id: None,
        entry: None,
        country: None,
        suspected,
        generic: false,
        stands_for: None,
        rule: "actor:new-group",
    }
}

/// "the Karda and Lolo communities", "Karda tribesmen": a people that no file knows.
pub(super) fn communities(doc: &Doc, book: &ActorBook, matches: &[Match]) -> Vec<ActorMention> {
    let listed = Covered::by(doc.len(), matches.iter().map(|m| m.tokens));
    let known = |t: Tok| listed.has(t);
    let name = |t: Tok| {
        doc.word(t).starts_with(char::is_uppercase)
            && matches!(doc.upos(t), Upos::Propn | Upos::Adj)
            && !known(t)
    };
    let people = |t: &Tok| has(&book.words.communities, doc.lemma(*t)) && !known(*t);
    let mut out = Vec::new();
    for noun in doc.tokens().filter(people) {
        let first = doc.sentence(doc.sentence_of(noun)).tokens.start;
        let before = noun.0.checked_sub(1).map(Tok).filter(|&t| t >= first);
        let Some(own) = before.filter(|&t| name(t)) else {
            continue;
        };
        out.push(of_people(TokRange::new(own, Tok(noun.0 + 1)), noun));
        // "the Karda and Lolo communities": the first of two.
        let and = own.0.checked_sub(1).map(Tok).filter(|&t| t > first);
        let other = and
            .filter(|&t| doc.lower(t) == "and")
            .map(|t| Tok(t.0 - 1))
            .filter(|&t| name(t));
        out.extend(other.map(|t| of_people(TokRange::new(t, Tok(t.0 + 1)), t)));
    }
    out
}

fn of_people(name: TokRange, head: Tok) -> ActorMention {
    ActorMention {
        head,
        name,
        class: ActorClass::People,
        id: None,
        entry: None,
        country: None,
        suspected: false,
        generic: false,
        stands_for: None,
        rule: "actor:people",
    }
}

/// Words on each side of a name that can tell that it is that of armed people.
const BESIDE: u32 = 5;

/// "fighters of the Karda Front", "militants from the Lakes Army".
fn is_of_armed(doc: &Doc, book: &ActorBook, matches: &[Match], name: TokRange) -> bool {
    matches.iter().any(|m| {
        let form = book.forms[m.payload as usize];
        let next = m.tokens.end;
        form.kind == FormKind::Generic
            && book.actors[form.entry as usize]
                .class_on(None)
                .is_nonstate()
            && next < name.start
            && name.start.0 <= next.0 + 2
            && has(&book.words.of, doc.lower(next))
    })
}

/// "fighters of the Lakes Alliance", "the Lakes Movement, a rebel group".
fn is_beside_arms(doc: &Doc, book: &ActorBook, matches: &[Match], name: TokRange) -> bool {
    matches.iter().any(|m| {
        let form = book.forms[m.payload as usize];
        let near = m.tokens.end.0 + BESIDE > name.start.0 && m.tokens.start.0 < name.end.0 + BESIDE;
        form.kind == FormKind::Generic
            && near
            && doc.sentence_of(m.tokens.start) == doc.sentence_of(name.start)
            && book.actors[form.entry as usize]
                .class_on(None)
                .is_nonstate()
    })
}

/// "Dogon hunters": a people's name with a word for armed men, where nothing tells which group they are.
pub(super) fn armed_people(doc: &Doc, book: &ActorBook, m: Match) -> Option<ActorMention> {
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    let of_people = |t: Tok| has(&book.words.armed, doc.lower(t));
    // "Maoist rebels"
    let part = |t: Tok| has(&book.words.parts, doc.lemma(t)) && doc.upos(t) == Upos::Noun;
    let armed = |t: Tok| of_people(t) || part(t) && doc.xpos(t) == "NNS";
    let end = doc.sentence(doc.sentence_of(m.tokens.start)).tokens.end;
    let next = m.tokens.end;
    let head = if m.tokens.len() > 1 && armed(last(m.tokens)) {
        last(m.tokens)
    } else if next < end && armed(next) {
        next
    } else {
        return None;
    };
    capital(m.tokens.start).then(|| ActorMention {
        head,
        name: TokRange::new(m.tokens.start, Tok(head.0 + 1)),
        class: if of_people(head) {
            ActorClass::IdentityMilitia
        } else {
            ActorClass::Gunmen
        },
        id: None,
        entry: None,
        country: None,
        suspected: hedged(doc, book, m.tokens.start),
        generic: false,
        stands_for: None,
        rule: "actor:people",
    })
}
