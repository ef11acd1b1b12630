//! What place recognition looks at in a token: its look-up key, its shape and the kinds of its word.

use tarikh_syntax::{Doc, EntityKind, Tok, TokRange};
use tarikh_text::Span;

use crate::normalise::push_key;
use crate::words::{self, Kind};

/// How a token is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Lower,
    /// First letter a capital.
    Capital,
    /// More than one letter and none small.
    Capitals,
    Number,
    Mark,
}

/// How a sentence is written; capitals tell names apart in prose only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Prose,
    /// Most Words Begin With a Capital.
    Headline,
    /// EVERYTHING IS IN CAPITALS.
    Capitals,
}

/// Parallel arrays over the tokens of one document.
pub(crate) struct Tokens<'d> {
    pub(crate) doc: &'d Doc,
    keys: String,
    ends: Vec<u32>,
    shapes: Vec<Shape>,
    kinds: Vec<Kind>,
    styles: Vec<Style>,
    /// Whether a token belongs to the name of an actor.
    masked: Vec<bool>,
}

impl<'d> Tokens<'d> {
    /// The tokens of a document; those of the `masked` ranges name no place.
    pub(crate) fn new(doc: &'d Doc, masked: &[TokRange]) -> Self {
        let n = doc.len();
        let mut tokens = Self {
            doc,
            keys: String::with_capacity(doc.text().len()),
            ends: Vec::with_capacity(n),
            shapes: Vec::with_capacity(n),
            kinds: Vec::with_capacity(n),
            styles: Vec::new(),
            masked: vec![false; n],
        };
        for t in masked.iter().flat_map(|m| m.iter()) {
            if let Some(is) = tokens.masked.get_mut(t.idx()) {
                *is = true;
            }
        }
        for t in doc.tokens() {
            let start = tokens.keys.len();
            push_key(&mut tokens.keys, doc.word(t));
            tokens.ends.push(tokens.keys.len() as u32);
            tokens.shapes.push(shape(doc.word(t)));
            tokens.kinds.push(words::kind(&tokens.keys[start..]));
        }
        tokens.styles = doc
            .sentences()
            .iter()
            .map(|s| tokens.style_of(s.tokens))
            .collect();
        tokens
    }

    fn style_of(&self, range: TokRange) -> Style {
        let (mut long, mut capital, mut capitals) = (0, 0, 0);
        for t in range.iter().filter(|&t| self.key(t).len() >= 4) {
            match self.shape(t) {
                Shape::Lower => long += 1,
                Shape::Capital => {
                    long += 1;
                    capital += 1;
                }
                Shape::Capitals => {
                    long += 1;
                    capitals += 1;
                }
                Shape::Number | Shape::Mark => {}
            }
        }
        if long >= 3 && capitals * 10 >= long * 8 {
            Style::Capitals
        } else if long >= 4 && (capital + capitals) * 10 >= long * 8 {
            Style::Headline
        } else {
            Style::Prose
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The look-up key; empty for marks.
    pub(crate) fn key(&self, t: Tok) -> &str {
        let start = t.0.checked_sub(1).map_or(0, |p| self.ends[p as usize]);
        &self.keys[start as usize..self.ends[t.idx()] as usize]
    }

    pub(crate) fn shape(&self, t: Tok) -> Shape {
        self.shapes[t.idx()]
    }

    /// Takes a token for one that begins with a capital.
    pub(crate) fn give_capital(&mut self, t: Tok) {
        self.shapes[t.idx()] = Shape::Capital;
    }

    pub(crate) fn is_capital(&self, t: Tok) -> bool {
        matches!(self.shape(t), Shape::Capital | Shape::Capitals)
    }

    /// Whether a token of the range belongs to the name of an actor.
    pub(crate) fn is_masked(&self, range: TokRange) -> bool {
        range.iter().any(|t| self.masked[t.idx()])
    }

    pub(crate) fn kind(&self, t: Tok) -> Kind {
        self.kinds[t.idx()]
    }

    pub(crate) fn style(&self, t: Tok) -> Style {
        self.styles
            .get(self.doc.sentence_of(t).0 as usize)
            .copied()
            .unwrap_or(Style::Prose)
    }

    /// The tokens of the sentence that holds `t`.
    pub(crate) fn sentence(&self, t: Tok) -> TokRange {
        self.doc.sentence(self.doc.sentence_of(t)).tokens
    }

    /// The token before, in the same sentence.
    pub(crate) fn before(&self, t: Tok) -> Option<Tok> {
        let p = Tok(t.0.checked_sub(1)?);
        self.sentence(t).contains(p).then_some(p)
    }

    /// The token at `t`, if it is in the same sentence as the one before it.
    pub(crate) fn at(&self, t: Tok) -> Option<Tok> {
        if t.0 >= self.len() || t.0 == 0 {
            return None;
        }
        self.sentence(Tok(t.0 - 1)).contains(t).then_some(t)
    }

    /// Whether the token is this mark.
    pub(crate) fn is(&self, t: Tok, word: &str) -> bool {
        self.doc.lower(t) == word
    }

    /// Whether no space stands around the token: the hyphen of "Port-Corva" and not that of "CORVA - A".
    pub(crate) fn is_tight(&self, t: Tok) -> bool {
        let here = self.doc.span(t);
        let touches = |other: Option<Tok>, at: fn(Span) -> u32, edge: u32| {
            other.is_some_and(|o| at(self.doc.span(o)) == edge)
        };
        touches(self.before(t), Span::end, here.start())
            && touches(self.at(Tok(t.0 + 1)), Span::start, here.end())
    }

    /// Whether the words of `phrase` stand at `t`, and the token behind them.
    pub(crate) fn phrase_at(&self, t: Tok, phrase: &[impl AsRef<str>]) -> Option<Tok> {
        let mut at = t;
        for (i, word) in phrase.iter().enumerate() {
            let here = if i == 0 {
                (at.0 < self.len()).then_some(at)?
            } else {
                self.at(at)?
            };
            if self.doc.lower(here) != word.as_ref() {
                return None;
            }
            at = Tok(here.0 + 1);
        }
        Some(at)
    }

    /// Whether the words of `phrase` end just before `t`, and where they begin.
    pub(crate) fn phrase_before(&self, t: Tok, phrase: &[impl AsRef<str>]) -> Option<Tok> {
        let start = Tok(t.0.checked_sub(phrase.len() as u32)?);
        let sentence = self.sentence(Tok(t.0 - 1));
        (sentence.contains(start) && self.phrase_at(start, phrase) == Some(t)).then_some(start)
    }

    /// The kind of the named entity that covers a token of `range`, where the document has entities.
    pub(crate) fn entity(&self, range: TokRange) -> Option<(EntityKind, TokRange)> {
        let entities = self.doc.entities();
        let first = entities.partition_point(|e| e.tokens.end <= range.start);
        entities
            .get(first)
            .filter(|e| e.tokens.overlaps(range))
            .map(|e| (e.kind, e.tokens))
    }
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(c) if c.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(|c| !c.is_lowercase()) {
                Shape::Capitals
            } else {
                Shape::Capital
            }
        }
        // "Dasht-[e-Barchi]": a small word grown to the name behind it; "uMlazi": a small first letter.
        Some(_) if has_capital_part(word) || has_small_prefix(word) => Shape::Capital,
        Some(_) => Shape::Lower,
        None if word.chars().any(|c| c.is_ascii_digit()) => Shape::Number,
        None => Shape::Mark,
    }
}

/// "uMlazi", "eThekwini": names of southern Africa open with a small letter.
fn has_small_prefix(word: &str) -> bool {
    const LEAST: usize = 4;
    let mut letters = word.chars();
    let opens = letters
        .next()
        .is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'))
        && letters.next().is_some_and(char::is_uppercase);
    opens && letters.clone().count() >= LEAST && letters.all(char::is_lowercase)
}

fn has_capital_part(word: &str) -> bool {
    // "d'Ivoire" as well
    let parts = word.split_once(['-', '\'', '’']);
    parts.is_some_and(|(first, rest)| {
        first.len() <= 2 && rest.chars().next().is_some_and(char::is_uppercase)
    })
}
