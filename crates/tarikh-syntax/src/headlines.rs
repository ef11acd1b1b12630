//! Verbs of headlines: "Troops raid mosque" has no article that would tell the verb from a noun.
//!
//! The tagger often takes such a verb for a noun or an adjective, and the tree shows it: a noun with a
//! subject or an object and no verb anywhere. Such trees are turned, where `data/syntax/headlines.toml`
//! knows the word as a verb; all others are left alone.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::doc::{Doc, Tok, TokRange};
use crate::labels::{Deprel, Feats, Upos, XPOS};

const SOURCE: &str = include_str!("../../../data/syntax/headlines.toml");

/// What is known of the verbs of headlines.
#[derive(Debug)]
pub(crate) struct Headlines {
    verbs: FxHashSet<String>,
    guises: FxHashSet<String>,
    things: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: String,
    guises: String,
    things: String,
    /// Sentences that run as tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests read the examples"))]
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "only tests read the examples"))]
struct Example {
    text: String,
    verb: String,
    subject: String,
}

impl File {
    fn embedded() -> Self {
        // The file is part of the program and a test reads it: an error cannot reach a user.
        toml::from_str(SOURCE).expect("data/syntax/headlines.toml is well-formed")
    }
}

impl Headlines {
    /// Reads the embedded file.
    pub(crate) fn embedded() -> Self {
        let file = File::embedded();
        let set = |words: &str| words.split_whitespace().map(String::from).collect();
        Self {
            verbs: set(&file.verbs),
            guises: set(&file.guises),
            things: set(&file.things),
        }
    }

    /// Puts the tree of one sentence right. Heads and relations are set; links are not used.
    pub(crate) fn sentence(&self, doc: &mut Doc, tokens: TokRange) {
        let Some(root) = tokens.iter().find(|&t| doc.head[t.idx()] == u32::MAX) else {
            return;
        };
        if self.wears(doc, tokens, root) || tokens.iter().any(|t| is_finite(doc, t)) {
            return;
        }
        let clause = tokens.iter().skip(1).find_map(|verb| {
            let number = self.number(doc, verb)?;
            let clause = Clause {
                root,
                subject: subject(doc, tokens, verb, number)?,
                verb,
            };
            let is_thing = self.things.contains(doc.lower(clause.subject));
            (!is_thing && is_broken(doc, tokens, clause)).then_some((clause, number))
        });
        if let Some((clause, number)) = clause {
            turn(doc, tokens, clause);
            make_present(doc, clause.verb, number);
        }
    }

    /// The number of its subject, if a word that was read as a noun or adjective has the form of a verb.
    fn number(&self, doc: &Doc, t: Tok) -> Option<Feats> {
        let form = doc.lower(t);
        let base = |ending: &str| {
            form.strip_suffix(ending)
                .is_some_and(|b| self.verbs.contains(b))
        };
        match xpos(doc, t) {
            "NN" | "JJ" | "NNP" if self.verbs.contains(form) => Some(Feats::PLURAL),
            "NNS" | "NNPS" if base("s") || base("es") => Some(Feats::SINGULAR),
            _ => None,
        }
    }

    /// "Gunmen dressed as guards opened fire": those who wear something are the subject of the verb that
    /// was read as the clause about it. Tells whether the tree was so.
    fn wears(&self, doc: &mut Doc, tokens: TokRange, guise: Tok) -> bool {
        let find = |head: Tok, relations: &[Deprel]| {
            tokens
                .iter()
                .find(|&t| doc.head[t.idx()] == head.0 && relations.contains(&doc.deprel[t.idx()]))
        };
        let parts = || {
            let subject = find(guise, &[Deprel::NsubjPass, Deprel::Nsubj])?;
            let verb = find(guise, &[Deprel::Advcl, Deprel::Ccomp])?;
            let dress = find(verb, &[Deprel::Nsubj])?;
            let case = find(verb, &[Deprel::Mark])?;
            let in_order = subject < guise && guise < case && case < dress && dress < verb;
            (in_order && doc.lower(case) == "as").then_some((subject, verb, dress, case))
        };
        if !self.guises.contains(doc.lower(guise)) || find(guise, &[Deprel::AuxPass]).is_some() {
            return false;
        }
        let Some((subject, verb, dress, case)) = parts() else {
            return false;
        };
        for t in tokens.iter() {
            let outside = t < subject || t > verb;
            if doc.head[t.idx()] == guise.0 && outside {
                doc.head[t.idx()] = verb.0;
            }
        }
        hang(doc, subject, verb, Deprel::Nsubj);
        hang(doc, guise, subject, Deprel::Acl);
        hang(doc, dress, guise, Deprel::Obl);
        hang(doc, case, dress, Deprel::Case);
        doc.head[verb.idx()] = u32::MAX;
        doc.deprel[verb.idx()] = Deprel::Root;
        true
    }
}

/// A headline that was read wrongly.
#[derive(Clone, Copy)]
struct Clause {
    root: Tok,
    /// The head of the words before the verb.
    subject: Tok,
    verb: Tok,
}

/// The noun before the verb, or the noun that it belongs to; none if it does not agree with the verb.
fn subject(doc: &Doc, tokens: TokRange, verb: Tok, number: Feats) -> Option<Tok> {
    let mut noun = Tok(verb.0 - 1);
    let is_noun = |t: Tok| matches!(doc.upos[t.idx()], Upos::Noun | Upos::Propn | Upos::Num);
    if !tokens.contains(noun) || !is_noun(noun) {
        return None;
    }
    let mut joined = false;
    // A chain of nouns is seldom longer.
    for _ in 0..8 {
        let head = Tok(doc.head[noun.idx()]);
        let above = matches!(
            doc.deprel[noun.idx()],
            Deprel::Conj | Deprel::Nmod | Deprel::Flat | Deprel::Appos
        );
        if !above || !tokens.contains(head) || head > verb || !is_noun(head) {
            break;
        }
        joined |= doc.deprel[noun.idx()] == Deprel::Conj;
        noun = head;
    }
    let plural = joined || matches!(xpos(doc, noun), "NNS" | "NNPS") || doc.lower(noun) == "police";
    let singular = !joined && matches!(xpos(doc, noun), "NN" | "NNP");
    let agrees = if number == Feats::PLURAL {
        plural
    } else {
        singular
    };
    agrees.then_some(noun)
}

/// Whether the tree cannot stand: a noun has a subject or an object, or a plural stands before the
/// noun that it would be part of, and a phrase of place follows.
fn is_broken(doc: &Doc, tokens: TokRange, clause: Clause) -> bool {
    let Clause {
        root,
        subject,
        verb,
    } = clause;
    let has = |head: Tok, relation: Deprel| {
        let mut all = tokens.iter();
        all.any(|t| doc.head[t.idx()] == head.0 && doc.deprel[t.idx()] == relation)
    };
    let hangs = |t: Tok, head: Tok| doc.head[t.idx()] == head.0;
    let is_noun = |t: Tok| matches!(doc.upos[t.idx()], Upos::Noun | Upos::Propn | Upos::Adj);
    if !is_noun(root) || has(root, Deprel::Cop) || has(verb, Deprel::Cop) {
        return false;
    }
    let object = |head: Tok| {
        let mut right = tokens.iter().filter(|&t| t > verb);
        right.any(|t| hangs(t, head) && doc.deprel[t.idx()] == Deprel::Obj)
    };
    if xpos(doc, verb) == "JJ" && root == verb && !object(verb) {
        // "Captives free after ransom": an adjective without its copula.
        return false;
    }
    let is_subject = doc.deprel[subject.idx()] == Deprel::Nsubj;
    if is_subject
        && (hangs(subject, verb) || root > verb && hangs(subject, root) && hangs(verb, root))
    {
        return true;
    }
    if root == subject && (object(root) || hangs(verb, root) && object(verb)) {
        return true;
    }
    let next = Tok(verb.0 + 1);
    let stands_alone = !tokens.contains(next)
        || matches!(doc.upos[next.idx()], Upos::Adp | Upos::Punct) && doc.lower(next) != "of";
    let is_part = doc.deprel[subject.idx()] == Deprel::Compound && hangs(subject, verb);
    if is_part && root == verb && tokens.contains(next) && doc.upos[next.idx()] == Upos::Num {
        // "Grenade wounds six": no number follows a noun.
        return hangs(next, verb);
    }
    let beside = root == verb || hangs(verb, root) && root < subject;
    is_part && beside && stands_alone && matches!(xpos(doc, subject), "NNS" | "NNPS")
}

/// Makes the word the verb of the sentence.
fn turn(doc: &mut Doc, tokens: TokRange, clause: Clause) {
    let Clause {
        root,
        subject,
        verb,
    } = clause;
    // "Police, students clash": both do.
    let first = tokens.iter().find(|&t| {
        let is_noun = matches!(doc.upos[t.idx()], Upos::Noun | Upos::Propn);
        let is_loose = t == root || doc.head[t.idx()] == verb.0;
        t.0 + 1 < subject.0 && is_noun && is_loose && doc.lower(Tok(t.0 + 1)) == ","
    });
    for t in tokens
        .iter()
        .filter(|&t| t != verb && t != subject && t != root)
    {
        let head = doc.head[t.idx()];
        let relation = doc.deprel[t.idx()];
        if t > verb && head <= verb.0 {
            let relation = match relation {
                Deprel::Nmod => Deprel::Obl,
                Deprel::Appos => Deprel::Parataxis,
                Deprel::Compound | Deprel::Amod => Deprel::Obj,
                other => other,
            };
            hang(doc, t, verb, relation);
        } else if t < verb && head >= verb.0 {
            let of_verb = matches!(relation, Deprel::Obl | Deprel::Advmod | Deprel::Punct);
            doc.head[t.idx()] = if of_verb { verb.0 } else { subject.0 };
        }
    }
    if root > verb {
        hang(doc, root, verb, Deprel::Obj);
    } else if root < subject {
        hang(doc, root, verb, Deprel::Parataxis);
    }
    if let Some(first) = first {
        hang(doc, first, verb, Deprel::Nsubj);
        hang(doc, subject, first, Deprel::Conj);
    } else {
        hang(doc, subject, verb, Deprel::Nsubj);
    }
    doc.head[verb.idx()] = u32::MAX;
    doc.deprel[verb.idx()] = Deprel::Root;
}

fn make_present(doc: &mut Doc, verb: Tok, number: Feats) {
    let tag = if number == Feats::PLURAL {
        "VBP"
    } else {
        "VBZ"
    };
    doc.upos[verb.idx()] = Upos::Verb;
    if let Some(at) = XPOS.iter().position(|&x| x == tag) {
        doc.xpos[verb.idx()] = at as u8;
    }
    doc.feats[verb.idx()] = Feats::FINITE
        .with(Feats::PRESENT)
        .with(Feats::THIRD)
        .with(number);
}

fn hang(doc: &mut Doc, t: Tok, head: Tok, relation: Deprel) {
    doc.head[t.idx()] = head.0;
    doc.deprel[t.idx()] = relation;
}

fn xpos(doc: &Doc, t: Tok) -> &'static str {
    XPOS[usize::from(doc.xpos[t.idx()])]
}

fn is_finite(doc: &Doc, t: Tok) -> bool {
    matches!(xpos(doc, t), "VBD" | "VBP" | "VBZ" | "MD")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Sent, Workspace};
    use tarikh_text::{Metadata, Report};

    fn parsed(text: &str) -> Doc {
        let analyzer = Analyzer::new();
        let report = Report::new(Metadata::default(), text);
        let mut doc = analyzer.tokenize(&report);
        analyzer.analyse(&mut doc, &[Sent(0)], &mut Workspace::default());
        doc
    }

    #[test]
    fn the_examples_of_the_file_hold() {
        for example in File::embedded().examples {
            let doc = parsed(&example.text);
            let verb = doc.tokens().find(|&t| doc.word(t) == example.verb);
            let verb = verb.unwrap_or_else(|| panic!("no word {}: {}", example.verb, example.text));
            assert_eq!(doc.upos(verb), Upos::Verb, "{}", example.text);
            assert_eq!(doc.head(verb), None, "{}", example.text);
            let subject = doc.child(verb, Deprel::Nsubj).map(|t| doc.word(t));
            assert_eq!(subject, Some(&*example.subject), "{}", example.text);
        }
    }

    #[test]
    fn noun_phrases_stay() {
        for text in [
            "Weapons cache near Oldar",
            "Arms raid in the old quarter",
            "Army chief visit to the border",
            "Ferry landing attack",
            "Kidnap victims free after ransom",
        ] {
            let doc = parsed(text);
            let verb = doc
                .tokens()
                .find(|&t| doc.upos(t) == Upos::Verb && doc.head(t).is_none());
            assert_eq!(verb.map(|t| doc.word(t)), None, "{text}");
        }
    }
}
