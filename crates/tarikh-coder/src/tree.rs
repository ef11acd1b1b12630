//! Reading grammatical roles off Universal Dependencies trees.
//!
//! Parsers err; each function therefore has a second way that follows the order of the words when
//! the tree does not hold what English grammar makes certain.

use tarikh_syntax::{Deprel, Doc, Feats, Tok, TokRange, Upos};

use crate::knowledge::words::words;

/// Whether the verb is passive: an auxiliary or subject says so, or it is a bare past participle
/// that modifies a noun ("soldiers killed in the raid").
pub(crate) fn is_passive(doc: &Doc, verb: Tok) -> bool {
    if doc.children(verb).any(|c| {
        matches!(
            doc.deprel(c),
            Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent
        )
    }) {
        return true;
    }
    // "pupils seized three days ago": a participle that is spelt as the past is.
    let reduced = doc.deprel(verb) == Deprel::Acl && doc.xpos(verb) == "VBD";
    if reduced
        && !doc
            .children(verb)
            .any(|c| matches!(doc.deprel(c), Deprel::Nsubj | Deprel::Obj))
    {
        return true;
    }
    let participle = doc.xpos(verb) == "VBN" || doc.feats(verb).has(Feats::PASSIVE);
    if !participle || is_finite_in_disguise(doc, verb) {
        return false;
    }
    match doc.deprel(verb) {
        // "Troops captured Corva", taken for a participle: with an object of its own it is active.
        Deprel::Acl => doc.child(verb, Deprel::Obj).is_none(),
        Deprel::Amod => true,
        // "were killed and wounded": the second participle shares the first one's voice.
        Deprel::Conj => {
            let active = doc
                .children(verb)
                .any(|c| matches!(doc.deprel(c), Deprel::Nsubj | Deprel::Obj | Deprel::Aux));
            !active && doc.head(verb).is_some_and(|h| is_passive(doc, h))
        }
        _ => !doc
            .children(verb)
            .any(|c| matches!(doc.deprel(c), Deprel::Aux | Deprel::Nsubj | Deprel::Obj)),
    }
}

/// "A tank fired on houses.": a sentence with a stop has a finite verb; where the tagger found none,
/// the participle is one.
fn is_finite_in_disguise(doc: &Doc, verb: Tok) -> bool {
    let bare = !doc.children(verb).any(|c| {
        matches!(
            doc.deprel(c),
            Deprel::Aux | Deprel::AuxPass | Deprel::OblAgent
        )
    });
    let tokens = doc.sentence(doc.sentence_of(verb)).tokens;
    let stop = tokens
        .iter()
        .next_back()
        .is_some_and(|t| doc.lower(t) == ".");
    bare && stop
        && doc.xpos(verb) == "VBN"
        && by_phrase(doc, verb).is_none()
        && !tokens
            .iter()
            .any(|t| matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP" | "MD"))
}

/// The grammatical subject: its own, its antecedent's in a relative clause, or the one shared with
/// the verb it is coordinated with or subordinate to without a subject of its own.
pub(crate) fn subject(doc: &Doc, verb: Tok) -> Option<Tok> {
    let mut at = verb;
    for _ in 0..6 {
        let own = || {
            doc.children(at).filter(|&c| {
                matches!(
                    doc.deprel(c),
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter
                )
            })
        };
        // "On Corva, an island, five men were seized": of two subjects the one behind the comma.
        let nearest = own().rfind(|&c| c < at);
        let first = own().next();
        let comma = |t: &Tok| doc.word(*t) == ",";
        let set_off = |s: &Tok| first.is_some_and(|f| (f.0..s.0).map(Tok).any(|t| comma(&t)));
        if let Some(s) = nearest.filter(set_off).or(first) {
            return Some(antecedent(doc, at, s));
        }
        let head = doc.head(at)?;
        match doc.deprel(at) {
            Deprel::AclRelcl | Deprel::Acl => return Some(head),
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Parataxis => {
                if !is_verbal(doc, head) {
                    return None;
                }
                // "The raid left nine dead": what is said of the object is not said of the subject.
                // "called news agencies to claim it": who calls claims.
                let calls = words().calling_verbs.is(doc, head);
                if doc.deprel(at) == Deprel::Xcomp
                    && !calls
                    && let Some(object) = doc.child(head, Deprel::Obj)
                    && object < at
                {
                    return Some(object);
                }
                at = head;
            }
            _ => return None,
        }
    }
    None
}

/// A relative pronoun's antecedent, or the word itself.
pub(crate) fn antecedent(doc: &Doc, verb: Tok, word: Tok) -> Tok {
    if matches!(doc.lower(word), "who" | "which" | "that" | "whom")
        && doc.deprel(verb) == Deprel::AclRelcl
        && let Some(head) = doc.head(verb)
    {
        return head;
    }
    word
}

/// What the verb acts upon: the object of an active verb, the subject of a passive one.
pub(crate) fn patient(doc: &Doc, verb: Tok) -> Option<Tok> {
    if is_passive(doc, verb) {
        return match doc.deprel(verb) {
            Deprel::Amod => doc.head(verb),
            _ => subject(doc, verb),
        };
    }
    if let Some(object) = doc.child(verb, Deprel::Obj) {
        return Some(antecedent(doc, verb, object));
    }
    doc.children(verb).find(|&c| is_bounded_object(doc, c))
}

/// "Burned to death at least five men": an object that the tree takes for a phrase with "at".
fn is_bounded_object(doc: &Doc, noun: Tok) -> bool {
    let number = doc.child(noun, Deprel::Nummod);
    let bound = |n: Tok| {
        let mut words = doc.children(n);
        words.any(|c| matches!(doc.lower(c), "least" | "most"))
    };
    doc.deprel(noun) == Deprel::Obl
        && doc.child(noun, Deprel::Case).is_none()
        && number.is_some_and(bound)
}

/// Who carries out the verb: the subject of an active verb, the by-phrase of a passive one.
pub(crate) fn agent(doc: &Doc, verb: Tok) -> Option<Tok> {
    if is_passive(doc, verb) {
        return by_phrase(doc, verb);
    }
    subject(doc, verb)
}

/// The noun behind "by" below a word.
pub(crate) fn by_phrase(doc: &Doc, word: Tok) -> Option<Tok> {
    doc.child(word, Deprel::OblAgent)
        .or_else(|| with_case(doc, word, "by"))
        .or_else(|| by_behind_means(doc, word))
}

/// "Clubbed with sticks by neighbours": the phrase hangs on the means.
fn by_behind_means(doc: &Doc, verb: Tok) -> Option<Tok> {
    let means = with_case(doc, verb, "with").filter(|_| doc.xpos(verb) == "VBN")?;
    doc.children(means).find(|&c| {
        let by = |w: Tok| doc.deprel(w) == Deprel::Case && doc.lower(w) == "by";
        doc.deprel(c) == Deprel::Nmod && doc.children(c).any(by)
    })
}

/// The dependent noun that the preposition introduces.
pub(crate) fn with_case(doc: &Doc, word: Tok, preposition: &str) -> Option<Tok> {
    doc.children(word).find(|&c| {
        matches!(
            doc.deprel(c),
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::Advcl | Deprel::Acl
        ) && doc
            .children(c)
            .any(|k| doc.deprel(k) == Deprel::Case && doc.lower(k) == preposition)
    })
}

/// The word and everything coordinated with it, in order.
pub(crate) fn conjuncts(doc: &Doc, word: Tok) -> impl Iterator<Item = Tok> + '_ {
    // "20 people, two of them officers": some of the people, and nobody beside them.
    let some_of_them = |c: Tok| {
        let number = doc.child(c, Deprel::Nummod);
        let of = number.and_then(|n| with_case(doc, n, "of"));
        of.is_some_and(|o| matches!(doc.lower(o), "them" | "whom"))
    };
    std::iter::once(word).chain(
        doc.children(word)
            .filter(move |&c| doc.deprel(c) == Deprel::Conj && !some_of_them(c)),
    )
}

/// Whether the word heads a clause.
pub(crate) fn is_verbal(doc: &Doc, word: Tok) -> bool {
    matches!(doc.upos(word), Upos::Verb | Upos::Aux)
}

/// The noun phrase of a head without its relative clauses, appositions and coordinated phrases.
pub(crate) fn noun_phrase(doc: &Doc, head: Tok) -> TokRange {
    let (mut start, mut end) = (head, Tok(head.0 + 1));
    for child in doc.children(head) {
        let inside = matches!(
            doc.deprel(child),
            Deprel::Amod
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::Flat
                | Deprel::NmodPoss
                | Deprel::Advmod
                | Deprel::NmodDesc
                | Deprel::DetPredet
        );
        if !inside {
            continue;
        }
        let part = doc.subtree(child);
        if part.end <= head {
            start = start.min(part.start);
        } else if matches!(doc.deprel(child), Deprel::Flat | Deprel::Compound) {
            end = end.max(part.end);
        }
    }
    TokRange::new(start, end)
}

/// Whether all `rest` words stand behind `at` within five words and before a comma, in any order; a
/// word that the tree hangs on `at` may stand farther off ("took the head of the union into custody").
/// A preposition of another word is not meant ("a boat carrying traders capsized off Corva").
pub(crate) fn follows(doc: &Doc, at: Tok, rest: &[String]) -> bool {
    const NEAR: u32 = 6;
    const FAR: u32 = 15;
    let end = doc.sentence(doc.sentence_of(at)).tokens.end.0;
    let window = || {
        (at.0 + 1..(at.0 + FAR).min(end))
            .map(Tok)
            .take_while(|&t| !matches!(doc.lower(t), "," | ";" | ":"))
    };
    let spelt = |t: Tok, word: &String| doc.lemma(t) == word || doc.lower(t) == word;
    let hangs_on = |t: Tok| match doc.head(t) {
        Some(head) if doc.deprel(t) == Deprel::Case => {
            doc.head(head) == Some(at) && rest.iter().any(|word| spelt(head, word))
        }
        head => head == Some(at),
    };
    // "agreed in Corva on Monday to end hostilities": below a word of the entry that hangs on the verb.
    let hangs_on = |t: Tok| {
        let below = |h: Tok| doc.head(h) == Some(at) && rest.iter().any(|word| spelt(h, word));
        hangs_on(t) || doc.head(t).is_some_and(below)
    };
    let of_another = |t: Tok| {
        let noun = doc
            .head(t)
            .filter(|_| doc.deprel(t) == Deprel::Case && t.0 > at.0 + 1);
        noun.is_some_and(|n| {
            !rest.iter().any(|word| spelt(n, word)) && !ancestors(doc, n).any(|h| h == at)
        })
    };
    // "Burned flags outside an office" burned no office.
    let object = doc.child(at, Deprel::Obj).filter(|&o| o > at);
    let of_entry = |t: Tok| rest.iter().any(|word| spelt(t, word));
    let is_aside = |t: Tok| {
        // "chose Awa Keita as their leader", "set them on fire"
        let case = doc.child(t, Deprel::Case);
        let case = case.filter(|&c| !matches!(doc.lower(c), "as" | "on" | "to"));
        object.is_some_and(|o| o < t && !of_entry(o)) && case.is_some_and(|c| !of_entry(c))
    };
    rest.iter().all(|word| {
        window().any(|t| {
            spelt(t, word) && !of_another(t) && !is_aside(t) && (t.0 < at.0 + NEAR || hangs_on(t))
        })
    })
}

/// "the attackers", "these men"
pub(crate) fn has_article(doc: &Doc, noun: Tok) -> bool {
    doc.child(noun, Deprel::Det)
        .is_some_and(|d| matches!(doc.lower(d), "the" | "these" | "those"))
}

/// The words above a word in the tree, from its head up.
pub(crate) fn ancestors(doc: &Doc, word: Tok) -> impl Iterator<Item = Tok> + '_ {
    const HIGHEST: usize = 4;
    std::iter::successors(doc.head(word), |&t| doc.head(t)).take(HIGHEST)
}

/// Whether the `rest` words stand right before `at`, in order.
pub(crate) fn precedes(doc: &Doc, at: Tok, rest: &[String]) -> bool {
    let sentence = doc.sentence(doc.sentence_of(at)).tokens;
    let n = rest.len() as u32;
    at.0 >= sentence.start.0 + n
        && rest.iter().enumerate().all(|(i, word)| {
            let t = Tok(at.0 - n + i as u32);
            doc.lemma(t) == word || doc.lower(t) == word
        })
}

/// "Called in an air strike", whatever the tree makes of "in": the verb says nothing.
pub(crate) fn calls_in(doc: &Doc, verb: Tok) -> bool {
    let next = Tok(verb.0 + 1);
    doc.lemma(verb) == "call" && next.idx() < doc.len() && doc.lower(next) == "in"
}
