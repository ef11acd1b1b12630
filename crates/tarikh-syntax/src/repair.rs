//! Trees of terse news that no English sentence can have, put right after parsing.
//!
//! "When gunmen stormed the town" and "the town stormed by gunmen" differ in nothing that the greedy
//! parser has seen when it meets the verb; "On Monday soldiers" looks like one noun phrase until
//! the verb comes. Afterwards the tree shows the mistake: a clause without a verb, an object under a
//! passive participle, a verb with two subjects, a subject behind a preposition. Such trees are
//! turned; all others are left alone.

use crate::doc::{Doc, Tok, TokRange};
use crate::labels::{Deprel, Feats, Upos, XPOS};
use crate::verbs::Verbs;

/// Puts the tree of one sentence right. Heads and relations are set; links are not used.
pub(crate) fn sentence(doc: &mut Doc, tokens: TokRange, verbs: &Verbs) {
    opening_phrase(doc, tokens);
    opening_adverb(doc, tokens);
    first_of_two(doc, tokens, verbs);
    clause_behind_after(doc, tokens);
    parted_passive(doc, tokens);
    for verb in tokens.iter() {
        if may_be_past(doc, verb) {
            past_tense(doc, tokens, verb);
        }
    }
}

/// "The town mourned after 61 of its soldiers were killed": what looks like a phrase, and is the subject of a verb
/// right behind it that has none.
fn clause_behind_after(doc: &mut Doc, tokens: TokRange) {
    let opens = |doc: &Doc, t: Tok| {
        doc.deprel[t.idx()] == Deprel::Case
            && matches!(doc.lower(t), "after" | "before" | "since" | "until")
    };
    for mark in tokens.iter() {
        let noun = Tok(doc.head[mark.idx()]);
        if !opens(doc, mark) || !tokens.contains(noun) || doc.deprel[noun.idx()] != Deprel::Obl {
            continue;
        }
        let above = doc.head[noun.idx()];
        let Some(verb) = bare_verb_behind(doc, tokens, noun) else {
            continue;
        };
        let (head, relation) = (doc.head[verb.idx()], doc.deprel[verb.idx()]);
        let clause = matches!(
            relation,
            Deprel::Conj | Deprel::Advcl | Deprel::Parataxis | Deprel::Ccomp | Deprel::Xcomp
        );
        if head != above || !clause || verb.0 == above || above > mark.0 {
            continue;
        }
        let passive = tokens.iter().any(|t| hangs(doc, t, verb, Deprel::AuxPass));
        let subject = if passive {
            Deprel::NsubjPass
        } else {
            Deprel::Nsubj
        };
        doc.deprel[verb.idx()] = Deprel::Advcl;
        (doc.head[noun.idx()], doc.deprel[noun.idx()]) = (verb.0, subject);
        (doc.head[mark.idx()], doc.deprel[mark.idx()]) = (verb.0, Deprel::Mark);
        doc.upos[mark.idx()] = Upos::Sconj;
    }
}

/// The finite verb right behind a noun and what hangs on it, where it has no subject of its own.
fn bare_verb_behind(doc: &Doc, tokens: TokRange, noun: Tok) -> Option<Tok> {
    let below = |mut t: Tok| {
        for _ in 0..tokens.len() {
            if t == noun {
                return true;
            }
            t = Tok(doc.head[t.idx()]);
            if !tokens.contains(t) {
                return false;
            }
        }
        false
    };
    let next = (noun.0 + 1..tokens.end.0).map(Tok).find(|&t| !below(t))?;
    let finite = |t: Tok| matches!(XPOS[doc.xpos[t.idx()] as usize], "VBD" | "VBZ" | "VBP");
    let auxiliary = matches!(doc.deprel[next.idx()], Deprel::Aux | Deprel::AuxPass);
    let verb = if auxiliary {
        Tok(doc.head[next.idx()])
    } else {
        next
    };
    let subject = |t: Tok| matches!(doc.deprel[t.idx()], Deprel::Nsubj | Deprel::NsubjPass);
    let told = tokens
        .iter()
        .any(|t| doc.head[t.idx()] == verb.0 && (subject(t) || doc.deprel[t.idx()] == Deprel::Cc));
    (finite(next) && tokens.contains(verb) && verb > noun && !told).then_some(verb)
}

/// "The mayor was on Saturday seized by gunmen": a phrase between the auxiliary and its participle, which looks like
/// what the mayor was.
fn parted_passive(doc: &mut Doc, tokens: TokRange) {
    const NEAR: u32 = 4;
    for be in tokens.iter() {
        let noun = Tok(doc.head[be.idx()]);
        let copula = doc.deprel[be.idx()] == Deprel::Cop && matches!(doc.lower(be), "was" | "were");
        let near = tokens.contains(noun) && noun > be && noun.0 - be.0 <= NEAR;
        let case = Tok(be.0 + 1);
        let verb = Tok(noun.0.saturating_add(1));
        if !(copula && near && hangs(doc, case, noun, Deprel::Case) && tokens.contains(verb)) {
            continue;
        }
        let form = XPOS[doc.xpos[verb.idx()] as usize];
        let joined = doc.head[noun.idx()] == verb.0 || doc.head[verb.idx()] == noun.0;
        if matches!(form, "VBD" | "VBN") && joined {
            hang_on_participle(doc, tokens, (be, noun, verb));
        }
    }
}

/// Makes the participle the head of the clause whose predicate seemed to be the noun before it.
fn hang_on_participle(doc: &mut Doc, tokens: TokRange, (be, noun, verb): (Tok, Tok, Tok)) {
    if doc.head[verb.idx()] == noun.0 {
        doc.head[verb.idx()] = doc.head[noun.idx()];
        doc.deprel[verb.idx()] = doc.deprel[noun.idx()];
    }
    for t in tokens.iter().filter(|&t| t < be) {
        if doc.head[t.idx()] == noun.0 {
            doc.head[t.idx()] = verb.0;
            if doc.deprel[t.idx()] == Deprel::Nsubj {
                doc.deprel[t.idx()] = Deprel::NsubjPass;
            }
        }
    }
    (doc.head[be.idx()], doc.deprel[be.idx()]) = (verb.0, Deprel::AuxPass);
    (doc.head[noun.idx()], doc.deprel[noun.idx()]) = (verb.0, Deprel::Obl);
    let participle = XPOS.iter().position(|&x| x == "VBN");
    doc.xpos[verb.idx()] = participle.map_or(doc.xpos[verb.idx()], |i| i as u8);
    doc.feats[verb.idx()] = doc.feats[verb.idx()]
        .without(Feats::FINITE)
        .with(Feats::PAST)
        .with(Feats::PARTICIPLE)
        .with(Feats::PASSIVE);
}

/// "Farther east, missiles struck a refinery": of two subjects the one before the comma is none.
fn opening_adverb(doc: &mut Doc, tokens: TokRange) {
    let start = tokens.start;
    let Some(noun) = tokens.iter().find(|&t| {
        doc.deprel[t.idx()] == Deprel::Nsubj
            && tokens.iter().all(|c| c >= t || doc.head[c.idx()] == t.0)
    }) else {
        return;
    };
    let comma = Tok(noun.0 + 1);
    if !tokens.contains(comma) || doc.lower(comma) != "," || noun.0 - start.0 > 3 {
        return;
    }
    let verb = doc.head[noun.idx()];
    let other = tokens
        .iter()
        .any(|t| t > comma && hangs(doc, t, Tok(verb), Deprel::Nsubj) && t.0 < verb);
    let commas = (comma.0 + 1..verb.min(tokens.end.0)).any(|t| doc.lower(Tok(t)) == ",");
    if other && !commas {
        doc.deprel[noun.idx()] = Deprel::Obl;
    }
}

/// "On Monday two people were killed", "In Corva police fired": a subject has no preposition, so the
/// name behind it is a phrase of its own.
fn opening_phrase(doc: &mut Doc, tokens: TokRange) {
    let Some(case) = tokens.iter().next().filter(|&t| {
        doc.deprel[t.idx()] == Deprel::Case && matches!(doc.lower(t), "on" | "in" | "at" | "near")
    }) else {
        return;
    };
    let noun = Tok(doc.head[case.idx()]);
    let is_subject = match doc.deprel[noun.idx()] {
        Deprel::Nsubj | Deprel::NsubjPass => true,
        Deprel::Obl => is_before_a_bare_past(doc, tokens, noun),
        _ => false,
    };
    if !is_subject || noun.0 >= tokens.end.0 {
        return;
    }
    let name = |t: Tok| {
        matches!(doc.upos[t.idx()], Upos::Propn)
            || is_year(doc.lower(t))
            || matches!(doc.lower(t), "morning" | "afternoon" | "evening" | "night")
    };
    let n = (case.0 + 1..noun.0).take_while(|&t| name(Tok(t))).count() as u32;
    if n == 0 || is_divided(doc, case, noun) {
        return;
    }
    let last = Tok(case.0 + n);
    let verb = doc.head[noun.idx()];
    for t in (case.0 + 1..last.0).map(Tok) {
        doc.head[t.idx()] = last.0;
        doc.deprel[t.idx()] = Deprel::Compound;
    }
    doc.head[last.idx()] = verb;
    doc.deprel[last.idx()] = Deprel::Obl;
    doc.head[case.idx()] = last.0;
    if doc.deprel[noun.idx()] == Deprel::Obl {
        doc.deprel[noun.idx()] = Deprel::Nsubj;
    }
}

/// "A man on a scooter shot and killed a trader": what looks like a noun before "and" and a verb, in
/// the subject of that verb, is the first of two verbs.
fn first_of_two(doc: &mut Doc, tokens: TokRange, verbs: &Verbs) {
    let Some((first, and)) = tokens.iter().find_map(|and| {
        let first = Tok(and.0.checked_sub(1)?);
        let joins = doc.deprel[and.idx()] == Deprel::Cc && doc.head[and.idx()] == and.0 + 1;
        let is_form = tokens.contains(first) && verbs.lemma(doc.lower(first)).is_some();
        let is_noun = XPOS[usize::from(doc.xpos[first.idx()])] == "NN";
        (joins && is_form && is_noun).then_some((first, and))
    }) else {
        return;
    };
    let (noun, second) = (Tok(first.0.wrapping_sub(1)), Tok(and.0 + 1));
    let subject = tokens.iter().find(|&t| {
        t < first && doc.head[t.idx()] == second.0 && doc.deprel[t.idx()] == Deprel::Nsubj
    });
    let is_in_phrase = doc.head[first.idx()] < first.0 && doc.head[noun.idx()] == first.0;
    let is_past = XPOS[usize::from(doc.xpos[second.idx()])].starts_with("VB");
    if !tokens.contains(noun) || subject.is_none() || !is_in_phrase || !is_past {
        return;
    }
    doc.head[noun.idx()] = doc.head[first.idx()];
    doc.deprel[noun.idx()] = doc.deprel[first.idx()];
    doc.head[first.idx()] = doc.head[second.idx()];
    doc.deprel[first.idx()] = doc.deprel[second.idx()];
    doc.head[second.idx()] = first.0;
    doc.deprel[second.idx()] = Deprel::Conj;
    for t in tokens.iter().filter(|&t| t < first && t != noun) {
        if doc.head[t.idx()] == first.0 {
            doc.head[t.idx()] = noun.0;
        } else if doc.head[t.idx()] == second.0 {
            doc.head[t.idx()] = first.0;
        }
    }
    if let Some(lemma) = verbs.lemma(doc.lower(first)) {
        let start = doc.strings.len() as u32;
        doc.strings.push_str(lemma);
        doc.lemma[first.idx()] = (start, doc.strings.len() as u32);
    }
    make_past(doc, first);
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
}

/// "In 1989 soldiers opened fire": the noun, with what hangs on it, stands right before a past tense
/// without a subject.
fn is_before_a_bare_past(doc: &Doc, tokens: TokRange, noun: Tok) -> bool {
    let verb = doc.head[noun.idx()];
    let subject = |t: Tok| {
        doc.head[t.idx()] == verb
            && matches!(doc.deprel[t.idx()], Deprel::Nsubj | Deprel::NsubjPass)
    };
    let hangs_on_noun = |t: u32| (noun.0..verb).contains(&doc.head[t as usize]);
    verb != u32::MAX
        && verb > noun.0
        && (noun.0 + 1..verb).all(hangs_on_noun)
        && XPOS[usize::from(doc.xpos[verb as usize])] == "VBD"
        && !tokens.iter().any(subject)
}

/// Turns a tree in which a past tense was read as a participle.
fn past_tense(doc: &mut Doc, tokens: TokRange, verb: Tok) {
    let noun = Tok(doc.head[verb.idx()]);
    if is_divided(doc, noun, verb) {
        return;
    }
    let has_object = tokens
        .iter()
        .any(|t| hangs(doc, t, verb, Deprel::Obj) && t > verb);
    let by_someone = tokens.iter().any(|t| hangs(doc, t, verb, Deprel::OblAgent));
    let opening = opening(doc, tokens, noun);
    match doc.deprel[noun.idx()] {
        Deprel::Advcl if opening.is_some() && !by_someone => {
            raise(doc, tokens, noun, verb, opening);
        }
        Deprel::Obl if opening.is_some() && has_object => {
            raise(doc, tokens, noun, verb, opening);
            doc.deprel[verb.idx()] = Deprel::Advcl;
        }
        Deprel::Root | Deprel::Ccomp | Deprel::Parataxis
            if has_object && !has_copula(doc, tokens, noun) =>
        {
            raise(doc, tokens, noun, verb, None);
        }
        Deprel::Nsubj if !by_someone => match second_subject(doc, tokens, noun) {
            Some((_, ",")) => {
                raise(doc, tokens, noun, verb, None);
                doc.deprel[verb.idx()] = Deprel::Ccomp;
            }
            Some((second, _)) => lead(doc, tokens, noun, verb, second),
            None => {}
        },
        Deprel::Obj if has_object => {
            if let Some(riders) = of_riders(doc, noun) {
                let second = Tok(doc.head[riders.idx()]);
                lead(doc, tokens, riders, verb, second);
            }
        }
        _ => {}
    }
}

/// "men riding a motorcycle shot dead a teacher and escaped": those who ride, where they are the
/// subject of a later verb.
fn of_riders(doc: &Doc, noun: Tok) -> Option<Tok> {
    let riding = Tok(doc.head[noun.idx()]);
    let is_clause = doc.deprel[riding.idx()] == Deprel::Acl
        && XPOS[usize::from(doc.xpos[riding.idx()])] == "VBG";
    let riders = is_clause.then(|| Tok(doc.head[riding.idx()]))?;
    let verb = doc.head[riders.idx()];
    (doc.deprel[riders.idx()] == Deprel::Nsubj && verb != u32::MAX && verb > noun.0)
        .then_some(riders)
}

/// Makes a verb the first of two joined ones, with `noun` as its subject; what stands before `end`
/// goes with it.
fn lead(doc: &mut Doc, tokens: TokRange, noun: Tok, verb: Tok, end: Tok) {
    let second = Tok(doc.head[noun.idx()]);
    if second <= verb {
        return;
    }
    doc.head[verb.idx()] = doc.head[second.idx()];
    doc.deprel[verb.idx()] = doc.deprel[second.idx()];
    doc.head[second.idx()] = verb.0;
    doc.deprel[second.idx()] = Deprel::Conj;
    doc.head[noun.idx()] = verb.0;
    for t in tokens.iter().filter(|&t| t != verb && t < end) {
        if doc.head[t.idx()] == second.0 && doc.deprel[t.idx()] != Deprel::Cc {
            doc.head[t.idx()] = verb.0;
        }
    }
    make_past(doc, verb);
}

/// A participle behind its noun whose form is also a past tense ("stormed", "shot").
fn may_be_past(doc: &Doc, t: Tok) -> bool {
    let form = doc.lower(t);
    let participle = match XPOS[usize::from(doc.xpos[t.idx()])] {
        "VBN" => form.ends_with('d') || form.ends_with('t'),
        // A finite verb without a relative pronoun adds to no noun.
        "VBD" => true,
        _ => false,
    };
    doc.deprel[t.idx()] == Deprel::Acl
        && participle
        && doc.head[t.idx()] < t.0
        && matches!(
            doc.upos[doc.head[t.idx()] as usize],
            Upos::Noun | Upos::Propn | Upos::Num
        )
}

fn hangs(doc: &Doc, t: Tok, head: Tok, deprel: Deprel) -> bool {
    doc.head[t.idx()] == head.0 && doc.deprel[t.idx()] == deprel
}

/// A comma between noun and participle sets an apposition off.
fn is_divided(doc: &Doc, noun: Tok, verb: Tok) -> bool {
    (noun.0 + 1..verb.0).any(|t| matches!(doc.lower(Tok(t)), "," | "(" | ":" | ";"))
}

/// The word before a noun that opens a clause.
fn opening(doc: &Doc, tokens: TokRange, noun: Tok) -> Option<Tok> {
    // "when suspected rebels stormed": it may hang on a word of the noun's.
    let of_noun = |t: Tok| {
        let head = doc.head[t.idx()];
        head == noun.0 || head < noun.0 && doc.head[head as usize] == noun.0
    };
    tokens.iter().take_while(|&t| t < noun).find(|&t| {
        of_noun(t)
            && matches!(
                doc.lower(t),
                "when"
                    | "as"
                    | "after"
                    | "before"
                    | "while"
                    | "because"
                    | "since"
                    | "until"
                    | "where"
            )
    })
}

fn has_copula(doc: &Doc, tokens: TokRange, noun: Tok) -> bool {
    tokens.iter().any(|t| hangs(doc, t, noun, Deprel::Cop))
}

/// Another subject of the verb above, and what divides the two: a comma ("Riders cut down farmers, the
/// prefect said") or "and" ("Nine people lost their lives and 40 were hurt").
fn second_subject(doc: &Doc, tokens: TokRange, noun: Tok) -> Option<(Tok, &'static str)> {
    let verb = Tok(doc.head[noun.idx()]);
    let second = tokens.iter().find(|&t| {
        let subject = matches!(doc.deprel[t.idx()], Deprel::Nsubj | Deprel::NsubjPass);
        t > noun && t < verb && subject && doc.head[t.idx()] == verb.0
    })?;
    let mut between = (noun.0..second.0).rev().map(|t| doc.lower(Tok(t)));
    let divider = between.find_map(|w| [",", "and", "but"].into_iter().find(|&d| d == w))?;
    Some((second, divider))
}

/// Makes the participle the verb of the clause and the noun its subject.
fn raise(doc: &mut Doc, tokens: TokRange, noun: Tok, verb: Tok, opening: Option<Tok>) {
    doc.head[verb.idx()] = doc.head[noun.idx()];
    doc.deprel[verb.idx()] = doc.deprel[noun.idx()];
    doc.head[noun.idx()] = verb.0;
    doc.deprel[noun.idx()] = Deprel::Nsubj;
    for t in tokens.iter().filter(|&t| t != verb && t != noun) {
        let outside = t > verb || doc.deprel[t.idx()] == Deprel::Punct;
        if doc.head[t.idx()] == noun.0 && outside {
            doc.head[t.idx()] = verb.0;
        }
    }
    if let Some(t) = opening {
        doc.head[t.idx()] = verb.0;
        doc.deprel[t.idx()] = match doc.lower(t) {
            "when" | "where" => Deprel::Advmod,
            _ => Deprel::Mark,
        };
    }
    make_past(doc, verb);
}

fn make_past(doc: &mut Doc, verb: Tok) {
    let past = XPOS.iter().position(|&x| x == "VBD");
    doc.xpos[verb.idx()] = past.map_or(doc.xpos[verb.idx()], |i| i as u8);
    doc.upos[verb.idx()] = Upos::Verb;
    doc.feats[verb.idx()] = doc.feats[verb.idx()]
        .without(Feats::PARTICIPLE)
        .without(Feats::PASSIVE)
        .with(Feats::FINITE)
        .with(Feats::PAST);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    /// Rows "form xpos head relation", one sentence; the tree after the repair as "form<-head:relation".
    fn repaired(rows: &[(&str, &str, u32, &str)]) -> Vec<String> {
        let upos = |xpos: &str| match xpos {
            "NNP" => "PROPN",
            "NN" | "NNS" => "NOUN",
            "CD" => "NUM",
            "IN" => "ADP",
            "VBD" | "VBN" | "VBG" => "VERB",
            _ => "X",
        };
        let text: String = rows
            .iter()
            .enumerate()
            .map(|(i, (form, xpos, head, rel))| {
                let id = i + 1;
                format!(
                    "{id}\t{form}\t{form}\t{}\t{xpos}\t_\t{head}\t{rel}\t_\t_\n",
                    upos(xpos)
                )
            })
            .collect();
        let mut doc = conllu::read(&format!("{text}\n")).unwrap().doc;
        let tokens = TokRange::new(Tok(0), Tok(rows.len() as u32));
        sentence(&mut doc, tokens, &Verbs::embedded());
        tokens
            .iter()
            .map(|t| {
                let head = doc.head[t.idx()].wrapping_add(1);
                format!("{}<-{head}:{}", doc.lower(t), doc.deprel[t.idx()].as_str())
            })
            .collect()
    }

    #[test]
    fn a_verb_behind_after_gets_its_subject() {
        let tree = repaired(&[
            ("Corva", "NNP", 2, "nsubj"),
            ("mourned", "VBD", 0, "root"),
            ("after", "IN", 4, "case"),
            ("nine", "CD", 2, "obl"),
            ("were", "VBD", 6, "aux:pass"),
            ("killed", "VBN", 2, "conj"),
        ]);
        assert_eq!(
            tree,
            [
                "corva<-2:nsubj",
                "mourned<-0:root",
                "after<-6:mark",
                "nine<-6:nsubj:pass",
                "were<-6:aux:pass",
                "killed<-2:advcl"
            ]
        );
    }

    #[test]
    fn a_clause_gets_its_verb() {
        let tree = repaired(&[
            ("Nine", "CD", 2, "nsubj"),
            ("died", "VBD", 0, "root"),
            ("when", "WRB", 4, "advmod"),
            ("gunmen", "NNS", 2, "advcl"),
            ("descended", "VBN", 4, "acl"),
        ]);
        assert_eq!(
            tree[2..],
            ["when<-5:advmod", "gunmen<-5:nsubj", "descended<-2:advcl"]
        );
    }

    #[test]
    fn a_participle_with_its_agent_stays() {
        let rows = [
            ("towns", "NNS", 0, "root"),
            ("stormed", "VBN", 1, "acl"),
            ("by", "IN", 4, "case"),
            ("gunmen", "NNS", 2, "obl:agent"),
        ];
        assert_eq!(repaired(&rows)[1], "stormed<-1:acl");
    }

    #[test]
    fn a_day_before_the_subject_is_a_phrase_of_its_own() {
        let tree = repaired(&[
            ("On", "IN", 3, "case"),
            ("Tuesday", "NNP", 3, "compound"),
            ("soldiers", "NNS", 4, "nsubj"),
            ("fired", "VBD", 0, "root"),
        ]);
        assert_eq!(
            tree,
            [
                "on<-2:case",
                "tuesday<-4:obl",
                "soldiers<-4:nsubj",
                "fired<-0:root"
            ]
        );
    }

    #[test]
    fn riders_shoot() {
        let tree = repaired(&[
            ("men", "NNS", 7, "nsubj"),
            ("riding", "VBG", 1, "acl"),
            ("motorcycles", "NNS", 2, "obj"),
            ("shot", "VBN", 3, "acl"),
            ("teachers", "NNS", 4, "obj"),
            ("and", "CC", 7, "cc"),
            ("escaped", "VBD", 0, "root"),
        ]);
        assert_eq!(tree[0], "men<-4:nsubj");
        assert_eq!(tree[3], "shot<-0:root");
        assert_eq!(tree[5..], ["and<-7:cc", "escaped<-4:conj"]);
    }

    #[test]
    fn joined_clauses_have_a_subject_each() {
        let tree = repaired(&[
            ("people", "NNS", 6, "nsubj"),
            ("lost", "VBD", 1, "acl"),
            ("lives", "NNS", 2, "obj"),
            ("and", "CC", 6, "cc"),
            ("40", "CD", 6, "nsubj"),
            ("fled", "VBD", 0, "root"),
        ]);
        assert_eq!(tree[..2], ["people<-2:nsubj", "lost<-0:root"]);
        assert_eq!(tree[3..], ["and<-6:cc", "40<-6:nsubj", "fled<-2:conj"]);
    }

    #[test]
    fn two_subjects_are_of_two_verbs() {
        let tree = repaired(&[
            ("Riders", "NNS", 6, "nsubj"),
            ("attacked", "VBN", 1, "acl"),
            ("farmers", "NNS", 2, "obj"),
            (",", ",", 6, "punct"),
            ("officials", "NNS", 6, "nsubj"),
            ("said", "VBD", 0, "root"),
        ]);
        assert_eq!(tree[..2], ["riders<-2:nsubj", "attacked<-6:ccomp"]);
    }
}
