//! Who acts and who is acted upon: the places that a frame names, read off the tree.

use tarikh_syntax::{Deprel, Doc, Tok, Upos};

use crate::knowledge::words::words;
use crate::tree;

/// Heads of the role's fillers, coordinated ones included, in order and without repeats.
pub(crate) fn fillers(doc: &Doc, trigger: Tok, places: &[String], is_agent: bool) -> Vec<Tok> {
    let noun = match doc.upos(trigger) {
        Upos::Noun | Upos::Propn => true,
        // "is free": a predicate, with a subject of its own.
        Upos::Adj => doc.child(trigger, Deprel::Cop).is_none(),
        _ => false,
    };
    let mut out = Vec::new();
    for place in places {
        // "fighting between militias in the north of the country": who fights stands between.
        if place == "of" && is_agent && !out.is_empty() {
            continue;
        }
        let found = match (place.as_str(), noun) {
            ("subject", false) if is_agent => tree::agent(doc, trigger),
            ("subject", false) => tree::subject(doc, trigger),
            ("subject", true) => light_subject(doc, trigger),
            ("object", false) => tree::patient(doc, trigger).or_else(|| light_object(doc, trigger)),
            ("object", true) => undergoer(doc, trigger),
            ("clause", false) => doc.child(trigger, Deprel::Ccomp),
            ("clause", true) => None,
            ("poss", _) => doc.child(trigger, Deprel::NmodPoss),
            ("modifier", _) => {
                let modifiers = doc.children(trigger).filter(|&c| {
                    matches!(
                        doc.deprel(c),
                        Deprel::Compound | Deprel::Amod | Deprel::NmodDesc
                    )
                });
                out.extend(modifiers);
                None
            }
            ("by", _) => tree::by_phrase(doc, trigger).or_else(|| participle_by(doc, trigger)),
            (preposition, _) => tree::with_case(doc, trigger, preposition)
                .or_else(|| beside_happening(doc, trigger, preposition))
                .or_else(|| beside_light_verb(doc, trigger, preposition)),
        };
        if let Some(head) = found {
            out.extend(tree::conjuncts(doc, head));
        }
    }
    let mut seen = Vec::new();
    out.retain(|t| {
        let new = *t != trigger && !seen.contains(t);
        seen.push(*t);
        new
    });
    out
}

/// "X carried out an attack", "an attack was launched by X", "X is behind the attack".
fn light_subject(doc: &Doc, noun: Tok) -> Option<Tok> {
    let head = doc.head(noun)?;
    let called = tree::calls_in(doc, head);
    if !tree::is_verbal(doc, head) || !(called || words().light_verbs.is(doc, head)) {
        return None;
    }
    match doc.deprel(noun) {
        Deprel::Obj => tree::subject(doc, head),
        Deprel::Obl if called => tree::subject(doc, head),
        Deprel::NsubjPass => tree::by_phrase(doc, head),
        _ => None,
    }
}

/// "The post was the target of an attack": whom the noun's act was done to.
fn undergoer(doc: &Doc, noun: Tok) -> Option<Tok> {
    let is_undergoer =
        |t: &Tok| words().undergoers.is(doc, *t) && doc.child(*t, Deprel::Cop).is_some();
    let of = doc
        .child(noun, Deprel::Case)
        .filter(|&c| doc.lower(c) == "of");
    let told = doc
        .head(noun)
        .filter(|_| of.is_some())
        .filter(is_undergoer)?;
    tree::subject(doc, told)
}

/// "Fighting broke out in Corva between two clans": what hangs on the verb that says that it happened.
fn beside_happening(doc: &Doc, noun: Tok, preposition: &str) -> Option<Tok> {
    let happens = |v: &Tok| words().happening_verbs.is(doc, *v);
    let is_party = matches!(preposition, "between" | "with" | "against" | "by");
    let verb = doc.head(noun).filter(|_| is_party).filter(happens)?;
    (doc.deprel(noun) == Deprel::Nsubj)
        .then(|| tree::with_case(doc, verb, preposition))
        .flatten()
}

/// "Completed its withdrawal from the town": the phrase hangs on the verb.
fn beside_light_verb(doc: &Doc, noun: Tok, preposition: &str) -> Option<Tok> {
    let light = |v: &Tok| words().light_verbs.is(doc, *v);
    let verb = doc
        .head(noun)
        .filter(|v| preposition == "from" && light(v))?;
    (doc.deprel(noun) == Deprel::Obj)
        .then(|| tree::with_case(doc, verb, preposition))
        .flatten()
}

/// "Protests were held in Elsk", "clashes broke out": the verb only says that the noun's act happened.
/// What "began" or "continues" is a stretch of many acts.
pub(crate) fn is_said_to_happen(doc: &Doc, noun: Tok) -> bool {
    let is_subject = matches!(doc.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass);
    let verb = doc
        .head(noun)
        .filter(|&v| is_subject && tree::is_verbal(doc, v));
    verb.is_some_and(|v| {
        let once = !words().lasting_verbs.is(doc, v);
        once && (words().happening_verbs.is(doc, v) || words().light_verbs.is(doc, v))
    })
}

/// "opened fire on the crowd": what hangs on the verb's object.
fn light_object(doc: &Doc, verb: Tok) -> Option<Tok> {
    let object = doc.child(verb, Deprel::Obj)?;
    ["on", "at", "against"]
        .iter()
        .find_map(|p| tree::with_case(doc, object, p))
}

/// "an attack carried out by X", "the bombing, claimed by X".
fn participle_by(doc: &Doc, noun: Tok) -> Option<Tok> {
    doc.children(noun)
        .filter(|&c| doc.deprel(c) == Deprel::Acl && words().light_verbs.is(doc, c))
        .find_map(|c| tree::by_phrase(doc, c))
}
