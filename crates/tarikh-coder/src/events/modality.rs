//! Whether an act happened, may happen, is denied, or is told as a habit.

use tarikh_syntax::{Deprel, Doc, EntityKind, Feats, Tok, Upos};

use crate::knowledge::lexicon::{Modalities, has};
use crate::tree;

/// How the report puts an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modality {
    /// It happened or is happening.
    Actual,
    /// It did not happen.
    Denied,
    /// It is planned, threatened, feared or only thought of.
    Prospect,
    /// It is a habit, a trend or a kind of act.
    General,
    /// It is the object of a trial, a study, a ceremony.
    Reported,
}

/// Reads the modality of the act stated by `trigger`.
pub(crate) fn read(doc: &Doc, trigger: Tok, words: &Modalities) -> Modality {
    let noun = matches!(doc.upos(trigger), Upos::Noun | Upos::Propn);
    let own = if noun {
        of_noun(doc, trigger, words)
    } else {
        of_verb(doc, trigger, words)
    };
    if own != Modality::Actual {
        return own;
    }
    if is_within_years(doc, trigger, words) {
        return Modality::General;
    }
    if is_tried(doc, trigger, words) {
        return Modality::Reported;
    }
    // "the anniversary of the bombing that killed 85"
    let clause = matches!(doc.deprel(trigger), Deprel::Acl | Deprel::AclRelcl);
    if let Some(noun) = doc.head(trigger).filter(|_| clause) {
        let mut above = std::iter::once(noun).chain(
            tree::ancestors(doc, noun)
                .take_while(|&n| matches!(doc.upos(n), Upos::Noun | Upos::Propn)),
        );
        if above.any(|n| {
            of_noun(doc, n, words) == Modality::Prospect || is_hearsay(doc, trigger, n, words)
        }) {
            return Modality::Prospect;
        }
    }
    let above = of_governors(doc, trigger, words);
    let told = match noun {
        true => is_told_to_have_killed(doc, trigger),
        false => is_behind_in_which(doc, trigger),
    };
    if told && above == Modality::Prospect {
        return Modality::Actual;
    }
    above
}

/// "Rumours on social networks that shells were going off": what was only said or feared.
fn is_hearsay(doc: &Doc, trigger: Tok, noun: Tok, words: &Modalities) -> bool {
    let that = doc
        .children(trigger)
        .any(|c| doc.deprel(c) == Deprel::Mark && doc.lower(c) == "that");
    that && has(&words.prospect.hearsay, doc.lemma(noun))
}

/// "in which eleven people died": a clause that tells what happened, wherever the tree hangs it.
fn is_behind_in_which(doc: &Doc, verb: Tok) -> bool {
    const REACH: u32 = 6;
    let start = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
    let mut before = (start.max(verb.0.saturating_sub(REACH))..verb.0)
        .rev()
        .map(Tok);
    doc.xpos(verb) == "VBD"
        && before.any(|t| doc.lower(t) == "which" && t.0 > start && doc.lower(Tok(t.0 - 1)) == "in")
}

/// "suspected of helping to plan the raid in which eleven people died": the clause tells that it was
/// carried out.
fn is_told_to_have_killed(doc: &Doc, noun: Tok) -> bool {
    const REACH: u32 = 8;
    let end = doc.sentence(doc.sentence_of(noun)).tokens.end.0;
    let mut behind = (noun.0 + 1..end.min(noun.0 + REACH)).map(Tok);
    let which = behind.find(|&t| {
        let next = Tok(t.0 + 1);
        doc.lower(t) == "in" && next.0 < end && doc.lower(next) == "which"
    });
    let mut clause = which
        .into_iter()
        .flat_map(|w| (w.0 + 2..end.min(w.0 + REACH)).map(Tok));
    clause.any(|t| doc.xpos(t) == "VBD")
}

/// "a campaign of nearly four decades in which 800 people were killed"
fn is_within_years(doc: &Doc, trigger: Tok, words: &Modalities) -> bool {
    let is_clause = matches!(doc.deprel(trigger), Deprel::Acl | Deprel::AclRelcl);
    let antecedent = doc.head(trigger).filter(|_| is_clause);
    let long = |n: Tok| {
        has(&words.general.stretches, doc.lemma(n)) && doc.child(n, Deprel::Nummod).is_some()
    };
    antecedent.is_some_and(|n| long(n) || doc.children(n).any(long))
}

fn of_verb(doc: &Doc, verb: Tok, words: &Modalities) -> Modality {
    let mut finite_aux = false;
    for child in doc.children(verb) {
        let lower = doc.lower(child);
        match doc.deprel(child) {
            Deprel::Aux | Deprel::AuxPass => {
                finite_aux = true;
                if has(&words.prospect.auxiliaries, lower) {
                    return Modality::Prospect;
                }
            }
            Deprel::Advmod | Deprel::Mark
                if has(&words.negation.words, lower) && !is_of_bound(doc, child) =>
            {
                return Modality::Denied;
            }
            Deprel::Advmod if has(&words.general.adverbs, lower) => return Modality::General,
            Deprel::Mark if has(&words.prospect.conditions, lower) => return Modality::Prospect,
            Deprel::Nsubj | Deprel::NsubjPass
                if has(&words.negation.words, lower) || lower == "nobody" || lower == "none" =>
            {
                return Modality::Denied;
            }
            _ => {}
        }
    }
    if is_war_of_a_country(doc, verb, words) {
        return Modality::General;
    }
    // "without a shot being fired"
    let noun = doc.head(verb).filter(|_| doc.deprel(verb) == Deprel::Acl);
    let case = noun.and_then(|n| doc.child(n, Deprel::Case));
    if case.is_some_and(|c| has(&words.negation.words, doc.lower(c))) {
        return Modality::Denied;
    }
    // A bare present tells a habit ("gangs raid villages"), except in headlines, which have no past.
    let present = matches!(doc.xpos(verb), "VBP" | "VBZ") && !finite_aux;
    if present
        && doc.feats(verb).has(Feats::PRESENT)
        && doc.sentence(doc.sentence_of(verb)).paragraph > 0
    {
        return Modality::General;
    }
    Modality::Actual
}

/// "No more than five were killed": the word belongs to a number.
fn is_of_bound(doc: &Doc, negation: Tok) -> bool {
    let next = Tok(negation.0 + 1);
    next.idx() < doc.len() && matches!(doc.lower(next), "more" | "fewer" | "less")
}

/// "Mali is battling armed groups": a country's war, told as going on, is no incident.
fn is_war_of_a_country(doc: &Doc, verb: Tok, words: &Modalities) -> bool {
    let present = doc.children(verb).any(|c| {
        doc.deprel(c) == Deprel::Aux && matches!(doc.lower(c), "is" | "are" | "has" | "have")
    });
    let is_place = |s| {
        let mut entities = doc.entities().iter();
        entities.any(|e| e.kind == EntityKind::Place && e.tokens.contains(s))
    };
    let bounded = doc.child(verb, Deprel::Obl).is_some();
    let country = crate::tree::subject(doc, verb)
        .is_some_and(|s| doc.upos(s) == Upos::Propn && (is_place(s) || !bounded));
    present && country && doc.xpos(verb) == "VBG" && has(&words.general.war, doc.lemma(verb))
}

fn of_noun(doc: &Doc, noun: Tok, words: &Modalities) -> Modality {
    for child in doc.children(noun) {
        let lower = doc.lower(child);
        match doc.deprel(child) {
            Deprel::Det
                if lower == "no" || lower == "any" || lower == "every" || lower == "each" =>
            {
                return Modality::Denied;
            }
            // "It was like an explosion": only compared with one.
            Deprel::Case if lower == "like" && is_any(doc, noun) => return Modality::Reported,
            // "without a fight"
            Deprel::Case if lower == "without" => return Modality::Denied,
            Deprel::Amod | Deprel::Compound if has(&words.prospect.adjectives, lower) => {
                return Modality::Prospect;
            }
            _ => {}
        }
    }
    if let Some(head) = doc.head(noun) {
        let lemma = doc.lemma(head);
        let of = doc.children(noun).any(|c| {
            doc.deprel(c) == Deprel::Case && matches!(doc.lower(c), "of" | "against" | "into")
        });
        if doc.upos(head) == Upos::Noun && (of || doc.deprel(noun) == Deprel::Compound) {
            if has(&words.prospect.nouns, lemma) {
                return Modality::Prospect;
            }
            if of && has(&words.general.nouns, lemma) {
                return Modality::General;
            }
        }
        // "notorious for arson and kidnapping": the second noun hangs on the first.
        let above = if doc.deprel(noun) == Deprel::Conj {
            doc.head(head)
        } else {
            Some(head)
        };
        let habit =
            |h: Tok| doc.upos(h) == Upos::Adj && has(&words.general.adjectives, doc.lemma(h));
        if above.is_some_and(habit) {
            return Modality::General;
        }
        let recalled = doc
            .children(noun)
            .any(|c| doc.deprel(c) == Deprel::Amod && has(&words.general.recalled, doc.lower(c)));
        if recalled && doc.xpos(noun) == "NNS" {
            return Modality::General;
        }
        let plural = doc.feats(noun).has(Feats::PLURAL) || doc.xpos(noun) == "NNS";
        let bare = !doc.children(noun).any(|c| {
            matches!(
                doc.deprel(c),
                Deprel::Det | Deprel::Nummod | Deprel::NmodPoss
            )
        });
        if plural && bare && doc.deprel(noun) == Deprel::Nsubj && has(&words.general.verbs, lemma) {
            return Modality::General;
        }
        // "Air strikes alone will not defeat the group."
        let foreseen =
            |c: Tok| doc.deprel(c) == Deprel::Aux && has(&words.prospect.auxiliaries, doc.lower(c));
        if plural && bare && doc.deprel(noun) == Deprel::Nsubj && doc.children(head).any(foreseen) {
            return Modality::Prospect;
        }
        // "massacres that have prompted protests"
        let result = plural && bare && has(&words.general.prompts, lemma);
        if result && doc.child(head, Deprel::Aux).is_some() {
            return Modality::General;
        }
    }
    Modality::Actual
}

/// "an explosion", "gunfire": none in particular.
fn is_any(doc: &Doc, noun: Tok) -> bool {
    let det = doc.child(noun, Deprel::Det).map(|d| doc.lower(d));
    let own = [Deprel::NmodPoss, Deprel::Nummod, Deprel::Nmod];
    matches!(det, None | Some("a" | "an"))
        && doc.xpos(noun) == "NN"
        && own.iter().all(|&r| doc.child(noun, r).is_none())
}

/// "A sentence of 25 years for murder", "jailed for the killing of a priest": what someone was tried for.
fn is_tried(doc: &Doc, trigger: Tok, words: &Modalities) -> bool {
    let case = |c: &Tok| doc.deprel(*c) == Deprel::Case && doc.lower(*c) == "for";
    let first = doc.sentence(doc.sentence_of(trigger)).tokens.start.0;
    let mut before = (first..trigger.0).rev().map(Tok).take(14);
    let told = |c: &Tok| {
        matches!(
            doc.deprel(*c),
            Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl | Deprel::Nummod | Deprel::Det
        )
    };
    doc.upos(trigger) == Upos::Noun
        && doc.children(trigger).any(|c| case(&c))
        && !doc.children(trigger).any(|c| told(&c))
        && before.any(|t| {
            has(&words.report.sentences, doc.lemma(t)) || has(&words.report.sentences, doc.lower(t))
        })
}

/// "Agreed to stop fighting after a night of clashes": what only gives the time has happened.
fn is_behind_after(doc: &Doc, at: Tok) -> bool {
    let mut words = doc.children(at);
    let noun = matches!(doc.upos(at), Upos::Noun | Upos::Propn);
    noun && doc.deprel(at) == Deprel::Obl
        && words.any(|c| doc.deprel(c) == Deprel::Case && doc.lower(c) == "after")
        && !doc
            .children(at)
            .any(|c| matches!(doc.lower(c), "any" | "another" | "every" | "each"))
}

/// What the words above the act make of it: "threatened to attack", "denied killing", "if".
fn of_governors(doc: &Doc, trigger: Tok, words: &Modalities) -> Modality {
    let mut at = trigger;
    let mut told = false;
    for _ in 0..8 {
        let Some(head) = doc.head(at) else { break };
        let relation = doc.deprel(at);
        let lemma = doc.lemma(head);
        if is_answered(doc, at, head, words) || is_behind_after(doc, at) {
            break;
        }
        let clause = matches!(relation, Deprel::Acl | Deprel::AclRelcl);
        told |= clause && at == trigger;
        let complement = matches!(
            relation,
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass
        );
        let object = matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl);
        let infinitive = doc
            .children(at)
            .any(|c| doc.deprel(c) == Deprel::Mark && doc.lower(c) == "to");
        if crate::tree::is_verbal(doc, head) {
            if (complement || object && relation != Deprel::Obl)
                && has(&words.negation.governors, lemma)
            {
                return Modality::Denied;
            }
            let called_for = relation == Deprel::Obl
                && doc
                    .child(at, Deprel::Case)
                    .is_some_and(|c| doc.lower(c) == "for");
            if (complement && infinitive
                || called_for
                || relation == Deprel::Obj
                || relation == Deprel::NsubjPass)
                && has(&words.prospect.governors, lemma)
            {
                return Modality::Prospect;
            }
            // "they are going to be detained"
            let is_to_come = doc.lemma(head) == "go" && doc.xpos(head) == "VBG";
            if complement && infinitive && is_to_come {
                return Modality::Prospect;
            }
            // "mourned after the killing": the act only gives the time.
            let after = doc
                .child(at, Deprel::Case)
                .is_some_and(|c| matches!(doc.lower(c), "after" | "following"));
            // "mourns 16 soldiers killed on 19 October": who is mourned is told by what happened.
            let mourned = told && has(&words.report.mourning, lemma);
            if object && !after && !mourned && has(&words.report.governors, lemma) {
                return Modality::Reported;
            }
            // "commended the troops for repelling attacks"
            let for_it = doc.xpos(at) == "VBG" && doc.children(at).any(|c| doc.lower(c) == "for");
            if for_it && has(&words.report.praise, lemma) {
                return Modality::Reported;
            }
            // "jailed for trying to kill a painter": what he was tried for, on no day of its own
            let undated = !doc
                .children(trigger)
                .any(|c| doc.deprel(c) == Deprel::OblUnmarked);
            if for_it && undated && has(&words.report.governors, lemma) {
                return Modality::Reported;
            }
            // "Charged with murdering his flatmate"
            let with = doc.xpos(at) == "VBG" && doc.children(at).any(|c| doc.lower(c) == "with");
            if with && has(&words.report.charged, lemma) {
                return Modality::Reported;
            }
            let bare_noun = at == trigger && doc.upos(at) == Upos::Noun && relation == Deprel::Obl;
            if bare_noun
                && !doc.children(at).any(|c| doc.deprel(c) == Deprel::Nmod)
                && has(&words.report.charges, lemma)
            {
                return Modality::Reported;
            }
            let of = doc.children(at).any(|c| doc.lower(c) == "of");
            if of && has(&words.report.charges, lemma) && is_in_court(doc, trigger, words) {
                return Modality::Reported;
            }
            let reminds = relation == Deprel::Ccomp || relation == Deprel::CsubjPass;
            let reminded = reminds && has(&words.prospect.reminders, lemma);
            if (complement || object) && relation != Deprel::Nsubj && !reminded {
                let above = of_verb(doc, head, words);
                // A habit of reporting ("officials say") does not make the act a habit.
                if matches!(above, Modality::Denied | Modality::Prospect) {
                    return above;
                }
            }
        } else if (infinitive || is_gerund(doc, at)) && has(&words.prospect.nouns, lemma) {
            return Modality::Prospect;
        } else if doc.upos(head) == Upos::Adj && has(&words.general.adjectives, lemma) {
            return Modality::General;
        } else if infinitive && of_verb(doc, head, words) == Modality::Prospect {
            // "would be able to repel"
            return Modality::Prospect;
        }
        // "They can easily injure or kill": the second verb shares what is said of the first.
        if relation == Deprel::Conj && crate::tree::is_verbal(doc, head) {
            let own_clause = doc.children(at).any(|c| {
                matches!(
                    doc.deprel(c),
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass
                )
            });
            let shared = of_verb(doc, head, words);
            if !own_clause && shared != Modality::Actual {
                return shared;
            }
        }
        // Purpose: "went out to attack"; result clauses have no "to".
        if infinitive
            && matches!(relation, Deprel::Advcl | Deprel::Acl)
            && !has(&words.prospect.carried_out, lemma)
        {
            return Modality::Prospect;
        }
        let conditional = doc.children(at).any(|c| {
            doc.deprel(c) == Deprel::Mark && has(&words.prospect.conditions, doc.lower(c))
        });
        if relation == Deprel::Advcl && conditional {
            return Modality::Prospect;
        }
        if clause && is_remembered(doc, head, at, words) {
            return Modality::Reported;
        }
        // Beyond a clause that stands on its own the governor no longer bears on the act.
        if matches!(
            relation,
            Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Root
        ) {
            break;
        }
        at = head;
    }
    Modality::Actual
}

/// "The town commemorated those who were killed in the siege": the dead of an act that is not dated.
fn is_remembered(doc: &Doc, dead: Tok, act: Tok, words: &Modalities) -> bool {
    let object = doc.deprel(dead) == Deprel::Obj;
    let rite = doc.head(dead).filter(|_| object);
    let dated = |c: Tok| {
        let number = |t: Tok| doc.upos(t) == Upos::Num;
        let day = doc.deprel(c) == Deprel::Obl && doc.upos(c) == Upos::Propn;
        doc.deprel(c) != Deprel::Nsubj && (number(c) || doc.children(c).any(number) || day)
            || doc.deprel(c) == Deprel::OblUnmarked
    };
    rite.is_some_and(|r| has(&words.report.remembered, doc.lemma(r)))
        && !doc.children(act).any(dated)
}

/// "The trial of five men accused of bombing a mosque began": the sentence is about the trial.
fn is_in_court(doc: &Doc, act: Tok, words: &Modalities) -> bool {
    let mut told = doc.sentence(doc.sentence_of(act)).tokens.iter();
    told.any(|t| has(&words.report.courts, doc.lemma(t)))
}

/// Whether an act is told only as what another one answers.
pub(crate) fn is_answer_to(doc: &Doc, act: Tok, words: &Modalities) -> bool {
    doc.head(act)
        .is_some_and(|head| is_answered(doc, act, head, words))
}

/// "vowed revenge for the bombing", "to avenge the killing": what is to be answered happened.
fn is_answered(doc: &Doc, act: Tok, head: Tok, words: &Modalities) -> bool {
    let case = doc.child(act, Deprel::Case).map_or("", |c| doc.lower(c));
    words
        .general
        .answers
        .iter()
        .any(|phrase| match phrase.split_once(' ') {
            Some((noun, preposition)) => doc.lemma(head) == noun && case == preposition,
            None => doc.lemma(head) == phrase && doc.deprel(act) == Deprel::Obj,
        })
}

/// "the intention of occupying": a gerund behind a preposition.
fn is_gerund(doc: &Doc, verb: Tok) -> bool {
    doc.xpos(verb) == "VBG"
        && doc
            .children(verb)
            .any(|c| matches!(doc.deprel(c), Deprel::Mark | Deprel::Case))
}
