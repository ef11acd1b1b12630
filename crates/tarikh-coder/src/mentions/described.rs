//! "The militant Islamist group Boko Haram": words that only describe a group named behind them are no
//! actor of their own.

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use super::actors::ActorMention;
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::has;

/// Takes the describing words into the mention of the named group: their noun heads the phrase, and the
/// mentions that they made go.
pub(super) fn absorb(doc: &Doc, knowledge: &Knowledge, mentions: &mut Vec<ActorMention>) {
    let mut described = Vec::new();
    for mention in mentions.iter_mut() {
        let named = mention.is_named() && mention.class.is_nonstate();
        if let Some(words) = description(doc, knowledge, mention.name).filter(|_| named) {
            mention.head = Tok(words.end.0 - 1);
            described.push(words);
        }
    }
    mentions.retain(|m| m.is_named() || !described.iter().any(|words| m.name.overlaps(*words)));
}

/// The words before a name that say what it names, up to their noun ("militant Islamist group").
fn description(doc: &Doc, knowledge: &Knowledge, name: TokRange) -> Option<TokRange> {
    let sentence = doc.sentence(doc.sentence_of(name.start)).tokens;
    let noun = name
        .start
        .0
        .checked_sub(1)
        .map(Tok)
        .filter(|&t| t >= sentence.start)?;
    let is_group = has(&knowledge.speech.groups, doc.lemma(noun));
    if doc.upos(noun) != Upos::Noun || !is_group {
        return None;
    }
    let describes = |t: &Tok| {
        matches!(doc.upos(*t), Upos::Noun | Upos::Adj | Upos::Propn) || doc.word(*t) == "-"
    };
    let before = (sentence.start.0..noun.0).rev().map(Tok);
    let start = before.take_while(describes).last().unwrap_or(noun);
    Some(TokRange::new(start, name.start))
}
