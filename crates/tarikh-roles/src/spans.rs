//! Stretches of words with a kind: the two sides of an event in a sentence, and the people,
//! bodies, places, weapons and numbers of a report. Each word begins a stretch, goes on in one, or
//! is outside; a linear model decides greedily from left to right.

use std::borrow::Cow;

use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::{Deprel, Doc, Sent, Tok, TokRange};

use crate::hash::{mix, string};

/// A scheme of kinds, read in one pass.
#[derive(Debug)]
pub struct Scheme {
    /// Name of the scheme.
    pub name: &'static str,
    /// Its kinds.
    pub kinds: &'static [&'static str],
}

const RE3D: &[&str] = &[
    "Organisation",
    "Location",
    "Person",
    "Nationality",
    "Temporal",
    "Quantity",
    "MilitaryPlatform",
    "Vehicle",
    "Weapon",
    "Money",
    "DocumentReference",
];

/// The schemes: source, target and both-ways of CAMEO; the entities of re3d, the outermost, those
/// inside them, and those of its copy by sentences.
pub const SCHEMES: [Scheme; 4] = [
    Scheme {
        name: "cameo_ner",
        kinds: &["S", "T", "R"],
    },
    Scheme {
        name: "re3d",
        kinds: RE3D,
    },
    Scheme {
        name: "re3d_inside",
        kinds: RE3D,
    },
    Scheme {
        name: "re3d_sents",
        kinds: RE3D,
    },
];

/// Outside of every stretch.
pub const OUTSIDE: u8 = 0;

/// Number of classes of the model: outside, and each kind beginning or going on.
pub const CLASSES: usize = 1 + 2 * RE3D.len();

/// The class of a word that begins a stretch of a kind, or goes on in one.
#[must_use]
pub const fn class(kind: usize, begins: bool) -> u8 {
    (1 + 2 * kind + if begins { 0 } else { 1 }) as u8
}

/// A stretch of words and its kind, an index into [`Scheme::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words.
    pub tokens: TokRange,
    /// The kind.
    pub kind: usize,
}

/// An analysed report as the model reads it.
#[derive(Debug)]
pub struct Words<'a> {
    doc: &'a Doc,
    /// For each token: hashes of its lower-cased form, its lemma, its tag, its shape and its ending.
    rows: Vec<[u32; 5]>,
    /// The kind of name that each token lies in, and whether it begins it; 0 outside.
    names: Vec<u32>,
}

const EDGE: [u32; 5] = [1; 5];

impl<'a> Words<'a> {
    /// Reads a report whose sentences were analysed.
    #[must_use]
    pub fn new(doc: &'a Doc) -> Self {
        let rows = doc.tokens().map(|t| {
            let lower = doc.lower(t);
            let ending = lower.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
            [
                string(lower),
                string(doc.lemma(t)),
                string(doc.xpos(t)),
                shape(doc.word(t)),
                string(&lower[ending..]),
            ]
        });
        let mut names = vec![0; doc.len()];
        for name in doc.entities().iter().rev() {
            for t in name.tokens.iter() {
                names[t.idx()] = 2 + 2 * name.kind as u32 + u32::from(t == name.tokens.start);
            }
        }
        Self {
            doc,
            rows: rows.collect(),
            names,
        }
    }

    /// The features of a word, given the class of the word before it and, inside other stretches,
    /// the class that it has there.
    #[must_use]
    pub fn features(&self, scheme: usize, t: Tok, before: u8, outer: u8) -> Vec<u32> {
        let doc = self.doc;
        let sentence = doc.sentence(doc.sentence_of(t)).tokens;
        let at = |offset: i64| {
            let index = i64::from(t.0) + offset;
            let inside = i64::from(sentence.start.0) <= index && index < i64::from(sentence.end.0);
            if inside {
                self.rows[index as usize]
            } else {
                EDGE
            }
        };
        let (w, p, p2, n, n2) = (at(0), at(-1), at(-2), at(1), at(2));
        let before = u32::from(before);
        let name = self.names[t.idx()];
        let next_name = self.names.get(t.idx() + 1).copied().unwrap_or(0);
        let relation = doc.deprel(t) as u32;
        let head = doc.head(t).map_or(EDGE, |h| self.rows[h.idx()]);
        let (path, top) = self.path(t);
        let values = [
            0,
            w[0],
            w[1],
            w[2],
            w[3],
            w[4],
            p[0],
            n[0],
            mix(p[0], w[0]),
            mix(w[0], n[0]),
            p2[0],
            n2[0],
            mix(p[2], w[2]),
            mix(w[2], n[2]),
            mix(mix(p[2], w[2]), n[2]),
            before,
            mix(before, w[0]),
            mix(before, w[2]),
            mix(before, mix(w[2], n[2])),
            mix(before, w[3]),
            mix(before, p[0]),
            name,
            mix(name, before),
            mix(mix(name, next_name), before),
            relation,
            mix(relation, head[1]),
            mix(relation, before),
            path,
            mix(path, top),
            mix(path, before),
            mix(p[3], mix(w[3], n[3])),
            (t.0 - sentence.start.0).min(3),
            mix(head[1], w[1]),
        ];
        let outer = u32::from(outer);
        let series = 1000 * (scheme as u32 + 1);
        let mut out = Vec::with_capacity(2 * values.len());
        for (template, value) in (series..).zip(values) {
            out.push(mix(template, value));
            if outer > 0 {
                out.push(mix(template + 500, mix(value, outer)));
            }
        }
        out
    }

    /// The relations from a word up to its verb, and that verb's lemma with its voice.
    fn path(&self, t: Tok) -> (u32, u32) {
        let doc = self.doc;
        let mut path = 7;
        let mut at = t;
        for _ in 0..6 {
            let Some(head) = doc.head(at) else {
                break;
            };
            path = mix(path, doc.deprel(at) as u32);
            at = head;
            if doc.xpos(at).starts_with('V') {
                break;
            }
        }
        let mut children = doc.children(at);
        let passive =
            children.any(|c| matches!(doc.deprel(c), Deprel::AuxPass | Deprel::NsubjPass));
        (
            mix(path, u32::from(passive)),
            mix(self.rows[at.idx()][1], u32::from(passive)),
        )
    }
}

/// Capitals, digits and other marks of a word, runs made one.
fn shape(word: &str) -> u32 {
    let mut shape = String::new();
    for c in word.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        if !shape.ends_with(kind) {
            shape.push(kind);
        }
    }
    string(&shape)
}

/// Takes from the scores the classes that cannot follow: going on where nothing has begun.
pub fn forbid(scores: &mut [i32], scheme: usize, before: u8) {
    let classes = 1 + 2 * SCHEMES[scheme].kinds.len();
    for (class, score) in (0u8..).zip(scores.iter_mut()) {
        let goes_on = class > 0 && class % 2 == 0;
        let follows = before == class || before + 1 == class;
        if usize::from(class) >= classes || goes_on && !follows {
            *score = i32::MIN;
        }
    }
}

/// The index of the highest score, the first if several are.
#[must_use]
pub fn best(scores: &[i32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// The stretches that classes of a sentence's words make.
#[must_use]
pub fn stretches(tokens: TokRange, classes: &[u8]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (t, &class) in tokens.iter().zip(classes) {
        let Some(index) = class.checked_sub(1) else {
            continue;
        };
        let kind = usize::from(index / 2);
        match out.last_mut() {
            Some(last) if index % 2 == 1 && last.tokens.end == t => last.tokens.end = Tok(t.0 + 1),
            _ => out.push(Stretch {
                tokens: TokRange::new(t, Tok(t.0 + 1)),
                kind,
            }),
        }
    }
    out
}

/// Finds stretches; built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct Spans {
    model: Linear,
}

impl Spans {
    /// Opens a model; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let model = Linear::open(bytes)?;
        (model.classes() == CLASSES).then_some(Self { model })
    }

    /// Opens the embedded model.
    #[must_use]
    pub fn embedded() -> Self {
        let bytes: &'static [u8] = include_bytes!("../../../models/spans.bin");
        // The file is part of the program and a test opens it: this cannot fail for a user.
        Self::open(bytes).expect("the embedded model is well-formed")
    }

    /// The stretches of an analysed report by a scheme. `outer` is empty, or has the stretches of
    /// another scheme that these lie in.
    #[must_use]
    pub fn find(&self, scheme: usize, doc: &Doc, outer: &[Stretch]) -> Vec<Stretch> {
        let words = Words::new(doc);
        let outer = classes(doc, outer);
        let mut out = Vec::new();
        for sentence in (0..doc.sentences().len() as u32).map(Sent) {
            let tokens = doc.sentence(sentence).tokens;
            let mut found = Vec::with_capacity(tokens.len());
            let mut before = OUTSIDE;
            for t in tokens.iter() {
                let mut scores = [0i32; CLASSES];
                for feature in words.features(scheme, t, before, outer[t.idx()]) {
                    self.model.add(feature, &mut scores);
                }
                forbid(&mut scores, scheme, before);
                before = best(&scores) as u8;
                found.push(before);
            }
            out.extend(stretches(tokens, &found));
        }
        out
    }
}

/// The class of each token of a report in some stretches; where they overlap, the last one's.
#[must_use]
pub fn classes(doc: &Doc, stretches: &[Stretch]) -> Vec<u8> {
    let mut out = vec![OUTSIDE; doc.len()];
    for stretch in stretches {
        for t in stretch.tokens.iter() {
            out[t.idx()] = class(stretch.kind, t == stretch.tokens.start);
        }
    }
    out
}
