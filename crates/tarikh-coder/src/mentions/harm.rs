//! Statements that people came to harm: what happened, to how many, to whom.

use tarikh_record::Measure;
use tarikh_syntax::{Doc, Sent, Tok, TokRange, Upos};

use super::harmed::Reader;
use super::parties::{Party, People};
use super::quantities::Count;
use crate::knowledge::harm::{HarmWord, Pattern};
use crate::tree;

/// What a number has to do with the numbers told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Told by itself.
    Plain,
    /// A toll, as one voice puts it.
    Total,
    /// A toll that takes the place of earlier ones ("bringing the toll to 14").
    Raised,
    /// A toll that was given before ("up from 14").
    Earlier,
    /// People counted before as wounded who died ("two of the wounded died").
    Later,
}

/// One statement of harm.
#[derive(Clone, Debug)]
pub(crate) struct Harm {
    pub(crate) measure: Measure,
    /// The word that says it.
    pub(crate) trigger: Tok,
    pub(crate) sentence: Sent,
    pub(crate) parties: Vec<Party>,
    pub(crate) stage: Stage,
}

impl Harm {
    /// Only tells more of people counted before ("among them were two teachers").
    pub(crate) fn is_part(&self) -> bool {
        !self.parties.is_empty() && self.parties.iter().all(|p| p.included && !p.of_them)
    }

    /// The sum over its parties, without those counted in another.
    pub(crate) fn total(&self) -> Option<Count> {
        let mut parties = self.parties.iter().filter(|p| !p.included).map(|p| p.count);
        let first = parties.next()?;
        Some(parties.fold(first, Count::plus))
    }
}

/// Finds the statements of harm of one sentence, in order of their words.
pub(crate) fn find(people: &People<'_>, sentence: Sent, out: &mut Vec<Harm>) {
    let range = people.doc.sentence(sentence).tokens;
    let triggers: Vec<(Tok, &HarmWord)> = range
        .iter()
        .flat_map(|t| match_words(people, t).into_iter().map(move |w| (t, w)))
        .collect();
    let first = out.len();
    let reader = Reader {
        people,
        range,
        triggers: &triggers,
    };
    let kinds = reader.kinds_of_victims(sentence);
    let told = kinds.as_ref().map(|k| k.trigger);
    out.extend(kinds);
    for &(t, word) in triggers.iter().filter(|(t, _)| Some(*t) != told) {
        if let Some(harm) = reader.statement(t, word, sentence) {
            out.push(harm);
            if let Some(earlier) = reader.earlier_toll(t, word, sentence) {
                out.push(earlier);
            }
        }
    }
    if out.len() == first
        && let Some(measure) = measure_before(&out[..first], sentence)
    {
        out.extend(reader.bare_count(measure, sentence));
        out.extend(reader.among_them(measure, sentence));
    }
    if let Some(measure) = out[first..].first().map(|h| h.measure) {
        out.extend(reader.count_of_another(measure, sentence));
    }
    join_measures(people.doc, &mut out[first..]);
    include_those_of_wounds(people.doc, &mut out[first..]);
    keep_first_use(&mut out[first..]);
}

/// One quantity belongs to one statement of a measure: the first that reached it.
fn keep_first_use(harms: &mut [Harm]) {
    let mut seen: Vec<(Measure, Tok)> = Vec::new();
    for harm in harms {
        let measure = harm.measure;
        harm.parties.retain(|p| {
            let key = (measure, p.tokens.start);
            let new = !seen.contains(&key);
            if new {
                seen.push(key);
            }
            new
        });
    }
}

/// "Killed or wounded", "killed and captured": how many of each is not told.
fn join_measures(doc: &Doc, harms: &mut [Harm]) {
    for i in 1..harms.len() {
        let (a, b) = (&harms[i - 1], &harms[i]);
        let next = Tok(a.trigger.0 + 1);
        let between = TokRange::new(next.min(b.trigger), b.trigger);
        let joined = a.measure != b.measure
            && (1..=3).contains(&between.len())
            && between
                .iter()
                .all(|t| matches!(doc.lower(t), "and" | "or" | "/" | "and/or" | ","));
        let shared = a
            .parties
            .iter()
            .any(|p| b.parties.iter().any(|q| q.tokens == p.tokens));
        if joined && shared {
            for harm in &mut harms[i - 1..=i] {
                for party in harm.parties.iter_mut().filter(|p| p.count.best != Some(0)) {
                    (party.count, party.acled, party.rule) = (Count::VAGUE, None, "number:joint");
                }
            }
        }
    }
}

/// "Nine are known to have died after two of the wounded succumbed": those are in the number before.
fn include_those_of_wounds(doc: &Doc, harms: &mut [Harm]) {
    for i in 1..harms.len() {
        let (told, later) = harms.split_at_mut(i);
        let later = &mut later[0];
        let whole = told
            .iter()
            .rev()
            .find(|h| h.measure == later.measure && h.stage != Stage::Later && !h.is_part());
        let Some(whole) = whole.filter(|_| later.stage == Stage::Later) else {
            continue;
        };
        let mut between = TokRange::new(whole.trigger, later.trigger.max(whole.trigger)).iter();
        if between.any(|t| matches!(doc.lower(t), "after" | "when" | "as")) {
            later.parties.iter_mut().for_each(|p| p.included = true);
        }
    }
}

/// The measure that the sentences right before told of, the dead first.
fn measure_before(harms: &[Harm], sentence: Sent) -> Option<Measure> {
    let near = harms.last()?.sentence;
    if sentence.0 - near.0 > 2 {
        return None;
    }
    let mut last = harms
        .iter()
        .rev()
        .take_while(|h| h.sentence == near)
        .map(|h| h.measure);
    let first = last.next()?;
    Some(last.fold(first, Ord::min))
}

/// What a word says: one harm, or that there was none of several ("no casualties").
fn match_words<'k>(people: &People<'k>, t: Tok) -> Vec<&'k HarmWord> {
    let Some(word) = match_word(people, t) else {
        return Vec::new();
    };
    let doc = people.doc;
    let none = |w: &&HarmWord| w.pattern == Pattern::None && fits(doc, t, w);
    let others = people.knowledge.harms.of(doc.lemma(t)).iter().filter(none);
    let others = others.filter(|w| word.pattern == Pattern::None && w.measure != word.measure);
    std::iter::once(word).chain(others).collect()
}

fn match_word<'k>(people: &People<'k>, t: Tok) -> Option<&'k HarmWord> {
    let doc = people.doc;
    let harms = &people.knowledge.harms;
    let upos = doc.upos(t);
    let lower = doc.lower(t);
    let lemma = if upos == Upos::Propn {
        lower
    } else {
        doc.lemma(t)
    };
    let by_lemma = harms.of(lemma);
    let by_form = if lemma == lower { &[] } else { harms.of(lower) };
    // A word for the total before all others: "the dead", "the number of people killed".
    let words = || by_lemma.iter().chain(by_form);
    let is_toll = |w: &&HarmWord| w.pattern == Pattern::Toll;
    let tolls = words().filter(is_toll);
    tolls
        .chain(words().filter(|w| !is_toll(w)))
        .find(|w| fits(doc, t, w))
}

/// Whether the word says harm in the way of the entry.
fn fits(doc: &Doc, t: Tok, word: &HarmWord) -> bool {
    let upos = doc.upos(t);
    // "25 others hurt": a word that the tagger did not make out.
    let unread = upos == Upos::Punct && doc.lower(t).starts_with(char::is_alphabetic);
    match word.pattern {
        Pattern::Transitive | Pattern::Intransitive | Pattern::Phrase | Pattern::Counted => {
            // "The raid in Corva cost nine lives": a verb that reads like a noun.
            let cost = word.pattern == Pattern::Phrase && doc.lower(t) == "cost";
            let verbal = matches!(upos, Upos::Verb | Upos::Aux)
                || cost
                || upos == Upos::Adj
                    && matches!(doc.xpos(t), "VBN" | "JJ")
                    && doc.lower(t).ends_with("ed");
            verbal
                && tree::follows(doc, t, &word.rest)
                && tree::precedes(doc, t, &word.before)
                && !(word.rest.is_empty() && goes_off(doc, t))
        }
        Pattern::State => {
            (unread || matches!(upos, Upos::Adj | Upos::Noun | Upos::Verb | Upos::Adv))
                && tree::follows(doc, t, &word.rest)
        }
        Pattern::Noun | Pattern::None => upos == Upos::Noun && tree::precedes(doc, t, &word.rest),
        Pattern::Toll => {
            (tree::precedes(doc, t, &word.rest) || counted_in_toll(doc, t, word).is_some())
                && (!word.rest.is_empty()
                    || matches!(upos, Upos::Noun | Upos::Adj) && is_toll_word(doc, t))
        }
    }
}

/// "Killed off the game": with the particle the verb harms nobody; "killed off-duty guards" has none.
fn goes_off(doc: &Doc, t: Tok) -> bool {
    let word = |n: u32| {
        let t = Tok(t.0 + n);
        if t.idx() < doc.len() {
            doc.lower(t)
        } else {
            ""
        }
    };
    word(1) == "off" && word(2) != "-"
}

/// Whom a toll counts: "the number of soldiers killed" is put as "the number of people killed" is.
pub(super) fn counted_in_toll(doc: &Doc, t: Tok, word: &HarmWord) -> Option<Tok> {
    const LONGEST: u32 = 4;
    let [number, of, _people] = word.rest.as_slice() else {
        return None;
    };
    let sentence = doc.sentence(doc.sentence_of(t)).tokens;
    let first = t.0.saturating_sub(LONGEST + 1).max(sentence.start.0);
    let of = (first..t.0).rev().map(Tok).find(|&x| doc.lower(x) == of)?;
    let words = TokRange::new(Tok(of.0 + 1), t);
    let names = |x: Tok| {
        matches!(
            doc.upos(x),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Pron | Upos::Num
        ) || matches!(doc.lower(x), "-" | "and")
    };
    let counts = of > sentence.start && doc.lower(Tok(of.0 - 1)) == number;
    (counts && !words.is_empty() && words.iter().all(names)).then(|| Tok(t.0 - 1))
}

/// "the toll", "put the dead at 20": a definite total, not "12 dead".
fn is_toll_word(doc: &Doc, t: Tok) -> bool {
    let before = t.0.checked_sub(1).map_or("", |i| doc.lower(Tok(i)));
    let behind = Tok(t.0 + 1);
    let at = behind.idx() < doc.len() && matches!(doc.lower(behind), "at" | "to" | ":");
    doc.lower(t) == "toll" || before == "the" && at
}
