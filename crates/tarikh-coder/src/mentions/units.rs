//! Units of an army that bear a number: "the 35th Infantry Battalion", "Light Infantry Battalion 355".

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention};
use super::unlisted::group;
use crate::knowledge::actors::ActorBook;
use crate::knowledge::lexicon::has;

/// Gives the numbered units of a report their whole names, in place of the nouns that were found in them.
pub(super) fn name(doc: &Doc, book: &ActorBook, out: &mut Vec<ActorMention>) {
    let all = (0..doc.len() as u32).map(Tok);
    for noun in all.filter(|&t| is_unit(doc, book, t)) {
        let Some(name) = numbered(doc, book, noun) else {
            continue;
        };
        if out.iter().any(|m| m.is_named() && m.name.overlaps(name)) {
            continue;
        }
        let inside = out.iter().find(|m| m.name.overlaps(name)).cloned();
        let found = inside.unwrap_or_else(|| ActorMention {
            class: ActorClass::Military,
            rule: "actor:state-force",
            ..group(noun, name, false)
        });
        out.retain(|m| !m.name.overlaps(name));
        out.push(ActorMention {
            head: noun,
            name,
            ..found
        });
    }
}

fn is_unit(doc: &Doc, book: &ActorBook, t: Tok) -> bool {
    matches!(doc.upos(t), Upos::Noun | Upos::Propn) && has(&book.words.units, doc.lower(t))
}

/// The name that ends with a unit's noun, or with the number behind it; none for a unit without a number.
fn numbered(doc: &Doc, book: &ActorBook, noun: Tok) -> Option<TokRange> {
    let sentence = doc.sentence(doc.sentence_of(noun)).tokens;
    let next = Tok(noun.0 + 1);
    // "Battalion of 355 men": only a number right behind, which counts nothing.
    let behind = sentence.contains(next)
        && is_digits(doc.lower(next))
        && doc.word(noun).starts_with(char::is_uppercase);
    let end = if behind { Tok(next.0 + 1) } else { next };
    let mut start = noun;
    let mut is_numbered = behind;
    while start > sentence.start && (behind || !is_numbered) {
        let before = Tok(start.0 - 1);
        if is_ordinal(doc.lower(before)) {
            is_numbered = true;
        } else if !has(&book.words.arms_of_service, doc.lower(before)) {
            break;
        }
        start = before;
    }
    is_numbered.then(|| TokRange::new(start, end))
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// "35th", "101st"
fn is_ordinal(word: &str) -> bool {
    let ends = ["st", "nd", "rd", "th"];
    let digits = ends.iter().find_map(|e| word.strip_suffix(e));
    digits.is_some_and(is_digits)
}

#[cfg(test)]
mod tests {
    use super::{is_digits, is_ordinal};

    #[test]
    fn numbers_of_units() {
        assert!(is_ordinal("35th") && is_ordinal("1st") && is_ordinal("101st"));
        assert!(!is_ordinal("month") && !is_ordinal("th") && !is_ordinal("north"));
        assert!(is_digits("355") && !is_digits("12345") && !is_digits("3a"));
    }
}
