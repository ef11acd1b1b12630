//! Outlets that no file names, known by a word of their name: "Shillong Times", "Radio Corva", "elsknews.com".

use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use crate::knowledge::phrases::{Atoms, Match};
use crate::knowledge::speakers::Speakers;

/// The offices, bodies and outlets that a report names, of the files and by a word of their name.
pub(crate) fn offices(doc: &Doc, speakers: &Speakers, atoms: &Atoms) -> Vec<Match> {
    let mut out = Vec::new();
    speakers.phrases.find(doc, atoms, &mut out);
    let unlisted = find(doc, speakers, &out);
    out.extend(unlisted);
    out
}

/// The names of outlets in a report, beside those that `known` holds already.
fn find(doc: &Doc, speakers: &Speakers, known: &[Match]) -> Vec<Match> {
    let names = &speakers.outlets;
    let mut out: Vec<Match> = Vec::new();
    for sentence in doc.sentences() {
        let range = sentence.tokens;
        for t in range.iter() {
            let word = doc.word(t);
            let found = if names.ends.contains(word) {
                Some(TokRange::new(first_of(doc, range, t), Tok(t.0 + 1)))
            } else if names.starts.contains(word) {
                Some(TokRange::new(t, end_of(doc, range, t)))
            } else if names.domains.contains(word) {
                site(doc, range, t)
            } else {
                None
            };
            let new = |r: &TokRange| {
                let longer = |m: &Match| m.tokens.overlaps(*r) && m.tokens.len() >= r.len();
                r.len() > 1 && !known.iter().chain(&out).any(longer)
            };
            if let Some(tokens) = found.filter(new) {
                let payload = names.payload;
                out.push(Match { tokens, payload });
            }
        }
    }
    out
}

fn is_name(doc: &Doc, t: Tok) -> bool {
    doc.upos(t) == Upos::Propn && doc.word(t).starts_with(char::is_uppercase)
}

/// "Times": the name goes back over the capitalised words before, "Daily" among them.
fn first_of(doc: &Doc, range: TokRange, last: Tok) -> Tok {
    let before = (range.start.0..last.0).rev().map(Tok);
    let is_spelt = |t: Tok| {
        let open = matches!(doc.upos(t), Upos::Adj | Upos::Noun | Upos::Adv);
        open && t.0 + 1 == last.0 && doc.word(t).starts_with(char::is_uppercase)
    };
    before
        .take_while(|&t| is_name(doc, t) || is_spelt(t))
        .last()
        .unwrap_or(last)
}

/// "Radio": the name goes on over the capitalised words behind.
fn end_of(doc: &Doc, range: TokRange, first: Tok) -> Tok {
    let behind = (first.0 + 1..range.end.0).map(Tok);
    let last = behind.take_while(|&t| is_name(doc, t)).last();
    Tok(last.unwrap_or(first).0 + 1)
}

/// "elsknews.com": a word, a point and a domain without spaces.
fn site(doc: &Doc, range: TokRange, domain: Tok) -> Option<TokRange> {
    let point = Tok(domain.0.checked_sub(1)?);
    let name = Tok(point.0.checked_sub(1)?);
    let joined = |a: Tok, b: Tok| doc.span(a).end() == doc.span(b).start();
    let is_site = name >= range.start
        && doc.word(point) == "."
        && joined(name, point)
        && joined(point, domain);
    is_site.then(|| TokRange::new(name, Tok(domain.0 + 1)))
}
