//! The annotated text of one report, as flat arrays.

use std::ops::Range;
use std::sync::Arc;

use tarikh_text::Span;

use crate::labels::{Deprel, Feats, Upos};

/// Index of a token in its [`Doc`], zero-based over the whole report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Tok(pub u32);

impl Tok {
    /// The index as an array index.
    #[must_use]
    pub const fn idx(self) -> usize {
        self.0 as usize
    }
}

/// Index of a sentence in its [`Doc`], zero-based.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Sent(pub u32);

/// A half-open range of tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TokRange {
    /// First token.
    pub start: Tok,
    /// One past the last token.
    pub end: Tok,
}

impl TokRange {
    /// Makes a range; an inverted one is empty.
    #[must_use]
    pub const fn new(start: Tok, end: Tok) -> Self {
        Self { start, end }
    }

    /// The tokens, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Tok> + Clone {
        (self.start.0..self.end.0).map(Tok)
    }

    /// Whether `t` lies inside.
    #[must_use]
    pub fn contains(self, t: Tok) -> bool {
        self.start <= t && t < self.end
    }

    /// Number of tokens.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.0.saturating_sub(self.start.0) as usize
    }

    /// Whether there is no token.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the two share a token.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokRange,
    /// Its words in the text, without surrounding white space.
    pub span: Span,
    /// Index of the paragraph in [`tarikh_text::Report::paragraphs`].
    pub paragraph: u32,
    /// Whether tags, lemmas and tree are filled (see `Analyzer::analyse`).
    pub analysed: bool,
}

/// Kind of a named entity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EntityKind {
    /// A person's name.
    Person,
    /// An organisation's name.
    Organisation,
    /// A place's name: geopolitical, natural or man-made.
    Place,
    /// Any other name.
    Other,
}

/// A named-entity mention.
#[derive(Clone, Copy, Debug)]
pub struct Entity {
    /// The words of the name.
    pub tokens: TokRange,
    /// What is named.
    pub kind: EntityKind,
    /// What the sentence alone says for each of [`crate::names::KINDS`].
    pub(crate) scores: [i32; 4],
}

/// Tokens, sentences, tags, lemmas and trees of one report: parallel arrays indexed by [`Tok`].
///
/// Tags, lemmas and trees are those of Universal Dependencies v2; they are only there for
/// sentences that were analysed (elsewhere [`Upos::X`], the lower-cased form, no head).
#[derive(Clone, Debug, Default)]
pub struct Doc {
    pub(crate) text: Arc<str>,
    pub(crate) span: Vec<Span>,
    /// Lower-cased forms and lemmas live in one buffer; these are byte ranges into it.
    pub(crate) strings: String,
    pub(crate) lower: Vec<(u32, u32)>,
    pub(crate) lemma: Vec<(u32, u32)>,
    pub(crate) upos: Vec<Upos>,
    /// Index into [`crate::labels::XPOS`].
    pub(crate) xpos: Vec<u8>,
    pub(crate) feats: Vec<Feats>,
    /// Head token, `u32::MAX` for the root and for tokens without a tree.
    pub(crate) head: Vec<u32>,
    /// The first dependent and the one past the last, for each token; see [`Doc::link`].
    pub(crate) reach: Vec<(u32, u32)>,
    pub(crate) deprel: Vec<Deprel>,
    pub(crate) sentence_of: Vec<u32>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) quotes: Vec<Span>,
    /// Whether the token is written together with the one before as one surface word.
    pub(crate) continues: Vec<bool>,
}

impl Doc {
    /// Appends a token without annotation.
    pub(crate) fn push_token(&mut self, span: Span, continues: bool) {
        let start = self.strings.len() as u32;
        let word = span.of(&self.text);
        if word.is_ascii() {
            self.strings.push_str(word);
            self.strings[start as usize..].make_ascii_lowercase();
        } else {
            let lower = word.chars().flat_map(char::to_lowercase);
            self.strings
                .extend(lower.map(|c| if c == '\u{2019}' { '\'' } else { c }));
        }
        let lower = (start, self.strings.len() as u32);
        self.span.push(span);
        self.continues.push(continues);
        self.lower.push(lower);
        self.lemma.push(lower);
        self.upos.push(Upos::X);
        self.xpos.push(0);
        self.feats.push(Feats::default());
        self.head.push(u32::MAX);
        self.reach.push((0, 0));
        self.deprel.push(Deprel::Dep);
        self.sentence_of.push(self.sentences.len() as u32);
    }

    /// Closes a sentence whose tokens were pushed last.
    pub(crate) fn push_sentence(&mut self, sentence: Sentence) {
        self.sentences.push(sentence);
    }

    /// Takes all tags, lemmas, trees and entities away, as before `Analyzer::analyse`.
    pub fn clear_annotation(&mut self) {
        self.lemma.clone_from(&self.lower);
        self.upos.fill(Upos::X);
        self.xpos.fill(0);
        self.feats.fill(Feats::default());
        self.head.fill(u32::MAX);
        self.deprel.fill(Deprel::Dep);
        self.entities.clear();
        for sentence in &mut self.sentences {
            sentence.analysed = false;
        }
    }

    /// Whether the token is written together with the one before as one surface word: the
    /// "n't" of "don't", the "'s" of "Corva's".
    #[must_use]
    pub fn continues_word(&self, t: Tok) -> bool {
        self.continues[t.idx()]
    }

    /// The report's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.span.len()
    }

    /// Whether there is no token at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.span.is_empty()
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Tok> + Clone {
        (0..self.span.len() as u32).map(Tok)
    }

    /// The token's place in the text.
    #[must_use]
    pub fn span(&self, t: Tok) -> Span {
        self.span[t.idx()]
    }

    /// The token's words as written.
    #[must_use]
    pub fn word(&self, t: Tok) -> &str {
        self.span(t).of(&self.text)
    }

    /// The token lower-cased, with typographic apostrophes made plain.
    #[must_use]
    pub fn lower(&self, t: Tok) -> &str {
        let (a, b) = self.lower[t.idx()];
        &self.strings[a as usize..b as usize]
    }

    /// The lemma, lower-cased except in proper nouns.
    #[must_use]
    pub fn lemma(&self, t: Tok) -> &str {
        let (a, b) = self.lemma[t.idx()];
        &self.strings[a as usize..b as usize]
    }

    /// Universal part of speech.
    #[must_use]
    pub fn upos(&self, t: Tok) -> Upos {
        self.upos[t.idx()]
    }

    /// Penn Treebank tag ("VBD"), `"_"` where the sentence was not analysed.
    #[must_use]
    pub fn xpos(&self, t: Tok) -> &'static str {
        crate::labels::XPOS[self.xpos[t.idx()] as usize]
    }

    /// Morphological features.
    #[must_use]
    pub fn feats(&self, t: Tok) -> Feats {
        self.feats[t.idx()]
    }

    /// The head, `None` for the root and for tokens without a tree.
    #[must_use]
    pub fn head(&self, t: Tok) -> Option<Tok> {
        match self.head[t.idx()] {
            u32::MAX => None,
            h => Some(Tok(h)),
        }
    }

    /// Relation to the head.
    #[must_use]
    pub fn deprel(&self, t: Tok) -> Deprel {
        self.deprel[t.idx()]
    }

    /// The sentence that holds the token.
    #[must_use]
    pub fn sentence_of(&self, t: Tok) -> Sent {
        Sent(self.sentence_of[t.idx()])
    }

    /// One sentence.
    #[must_use]
    pub fn sentence(&self, s: Sent) -> &Sentence {
        &self.sentences[s.0 as usize]
    }

    /// All sentences in order, the title's first.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The dependents of `t`, in order.
    pub fn children(&self, t: Tok) -> impl DoubleEndedIterator<Item = Tok> + '_ {
        let (start, end) = self.reach[t.idx()];
        let range = TokRange::new(Tok(start), Tok(end));
        range.iter().filter(move |&c| self.head[c.idx()] == t.0)
    }

    /// Notes how far the dependents of each token of a sentence lie apart, after its heads are set:
    /// looking through a whole sentence for them would take quadratic time.
    pub(crate) fn link(&mut self, tokens: TokRange) {
        for t in tokens.iter() {
            self.reach[t.idx()] = (0, 0);
        }
        for t in tokens.iter() {
            let head = self.head[t.idx()];
            if head != u32::MAX {
                let (start, end) = &mut self.reach[head as usize];
                if *end == 0 {
                    *start = t.0;
                }
                *end = t.0 + 1;
            }
        }
    }

    /// The first dependent of `t` with this relation.
    #[must_use]
    pub fn child(&self, t: Tok, rel: Deprel) -> Option<Tok> {
        self.children(t).find(|&c| self.deprel(c) == rel)
    }

    /// Whether `t` is `ancestor` or hangs below it.
    #[must_use]
    pub fn is_under(&self, t: Tok, ancestor: Tok) -> bool {
        let mut at = Some(t);
        // A tree has no cycles, but a bound costs nothing and makes that an invariant of the loop.
        for _ in 0..=self.len() {
            match at {
                Some(x) if x == ancestor => return true,
                Some(x) => at = self.head(x),
                None => return false,
            }
        }
        false
    }

    /// First and last token of everything under `t` (inclusive of `t`), as a range.
    #[must_use]
    pub fn subtree(&self, t: Tok) -> TokRange {
        let (mut lo, mut hi) = (t, t);
        let range = self.sentence(self.sentence_of(t)).tokens;
        for x in range.iter() {
            if (x < lo || x > hi) && self.is_under(x, t) {
                lo = lo.min(x);
                hi = hi.max(x);
            }
        }
        TokRange::new(lo, Tok(hi.0 + 1))
    }

    /// The words of a token range in the text.
    ///
    /// # Panics
    /// If the range is empty.
    #[must_use]
    pub fn range_span(&self, r: TokRange) -> Span {
        assert!(!r.is_empty(), "an empty token range has no words");
        self.span(r.start).cover(self.span(Tok(r.end.0 - 1)))
    }

    /// The tokens that overlap a span of the text.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> TokRange {
        let start = self.span.partition_point(|s| s.end() <= span.start());
        let end = self.span.partition_point(|s| s.start() < span.end());
        TokRange::new(Tok(start as u32), Tok(end.max(start) as u32))
    }

    /// Named-entity mentions of analysed sentences, in order of their first word.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What stands between quotation marks, without the marks.
    #[must_use]
    pub fn quotes(&self) -> &[Span] {
        &self.quotes
    }

    /// Indices of the sentences whose tokens lie in `paragraph`.
    pub fn sentences_of_paragraph(&self, paragraph: u32) -> Range<usize> {
        let a = self.sentences.partition_point(|s| s.paragraph < paragraph);
        let b = self.sentences.partition_point(|s| s.paragraph <= paragraph);
        a..b
    }
}
