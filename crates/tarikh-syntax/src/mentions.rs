//! Noun phrases: every mention of somebody or something, with its head and kind.
//!
//! A perceptron says for each noun, name, pronoun and number whether it heads a mention and of
//! what kind; its words follow from the tree. Kinds and extent are those of the GUM corpus
//! (Zeldes 2017): phrases nest, prepositions and joined phrases are left out.

use crate::doc::{Doc, Sent, Tok, TokRange};
use crate::hash::{feature, mix};
use crate::labels::{Deprel, Upos};
use crate::lexeme::Lexeme;
use crate::linear::Weights;
use crate::tagger::{Tag, best};

/// What is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the kinds are those of GUM")]
pub enum MentionKind {
    Person,
    Place,
    Organization,
    Object,
    Event,
    Time,
    Substance,
    Animal,
    Plant,
    Abstract,
}

impl MentionKind {
    /// All kinds, in the order of their classes, with the names that GUM gives them.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Person, "person"),
        (Self::Place, "place"),
        (Self::Organization, "organization"),
        (Self::Object, "object"),
        (Self::Event, "event"),
        (Self::Time, "time"),
        (Self::Substance, "substance"),
        (Self::Animal, "animal"),
        (Self::Plant, "plant"),
        (Self::Abstract, "abstract"),
    ];

    /// The name that GUM gives the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// A noun phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its words.
    pub tokens: TokRange,
    /// Its head.
    pub head: Tok,
    /// What it mentions.
    pub kind: MentionKind,
}

/// Number of classes: no mention, and each kind.
pub const CLASSES: usize = 1 + MentionKind::ALL.len();

/// Number of features of a word.
pub const FEATURES: usize = 30;

/// A sentence with its tree. Heads are counted within the sentence; one beyond it is the root's.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The words.
    pub words: &'a [Lexeme],
    /// Their tags.
    pub tags: &'a [Tag],
    /// Their heads.
    pub heads: &'a [u16],
    /// Their relations.
    pub relations: &'a [Deprel],
}

/// Whether a word can head a mention.
#[must_use]
pub fn worth_a_look(tag: Tag) -> bool {
    use Upos::{Adj, Det, Noun, Num, Pron, Propn, Sym, X};
    matches!(tag.upos, Noun | Propn | Pron | Num | Det | Adj | Sym | X)
}

/// For each word its first dependent with one of these relations.
#[derive(Clone, Debug, Default)]
pub struct Dependents {
    case: Vec<u16>,
    det: Vec<u16>,
    modifier: Vec<u16>,
}

impl Dependents {
    /// Reads a sentence.
    pub fn read(&mut self, input: Input<'_>) {
        for of in [&mut self.case, &mut self.det, &mut self.modifier] {
            of.clear();
            of.resize(input.words.len(), u16::MAX);
        }
        for (i, (&head, &relation)) in input.heads.iter().zip(input.relations).enumerate().rev() {
            let of = match relation {
                Deprel::Case => &mut self.case,
                Deprel::Det | Deprel::NmodPoss | Deprel::Nummod => &mut self.det,
                Deprel::Amod | Deprel::Compound | Deprel::Nmod => &mut self.modifier,
                _ => continue,
            };
            if let Some(slot) = of.get_mut(usize::from(head)) {
                *slot = i as u16;
            }
        }
    }
}

/// The features of word `i` as the head of a mention.
pub fn features(input: Input<'_>, of: &Dependents, i: usize, out: &mut [u32; FEATURES]) {
    let at = |j: usize| input.words.get(j).unwrap_or(&Lexeme::EDGE);
    let under = |j: u16| at(usize::from(j));
    let pos = |j: usize| {
        let tag = input.tags.get(j);
        tag.map_or(99, |t| u32::from(t.xpos) << 5 | t.upos as u32)
    };
    let (w, p1, n1) = (at(i), at(i.wrapping_sub(1)), at(i + 1));
    let t = pos(i);
    let relation = input.relations[i] as u32;
    let head = usize::from(input.heads[i]);
    let (h, above) = (at(head), pos(head));
    let (case, det, modifier) = (under(of.case[i]), under(of.det[i]), under(of.modifier[i]));
    let values: [u32; FEATURES] = [
        0,
        w.norm,
        w.clusters[0],
        w.clusters[1],
        w.suffix[1],
        w.suffix[2],
        w.suffix[3],
        w.suffix[4],
        w.prefix[2],
        w.shape,
        t,
        relation,
        mix(relation, t),
        mix(w.norm, relation),
        mix(w.norm, t),
        mix(w.clusters[0], relation),
        mix(w.suffix[2], relation),
        mix(relation, h.norm),
        mix(relation, h.clusters[0]),
        mix(relation, mix(above, t)),
        mix(case.norm, t),
        mix(case.norm, w.clusters[0]),
        mix(det.norm, t),
        mix(det.norm, relation),
        mix(modifier.norm, t),
        mix(mix(case.norm, relation), h.norm),
        mix(p1.norm, t),
        mix(n1.norm, t),
        mix(w.case, mix(t, relation)),
        mix(w.norm, h.norm),
    ];
    for (template, (slot, value)) in out.iter_mut().zip(values).enumerate() {
        *slot = feature(3000 + template as u32, value);
    }
}

/// The kind of the mention that a word heads; `None` if it heads none.
#[must_use]
pub fn kind(
    weights: &impl Weights,
    input: Input<'_>,
    of: &Dependents,
    i: usize,
) -> Option<MentionKind> {
    if !input.tags.get(i).copied().is_some_and(worth_a_look) {
        return None;
    }
    let mut slots = [0u32; FEATURES];
    let mut scores = [0i32; CLASSES];
    features(input, of, i, &mut slots);
    weights.add_all(&slots, &mut scores);
    let class = best(&scores).checked_sub(1)?;
    MentionKind::ALL.get(class).map(|k| k.0)
}

/// The words of the phrase under each word of an analysed sentence.
#[must_use]
pub fn phrases(doc: &Doc, sentence: Sent) -> Vec<TokRange> {
    let tokens = doc.sentence(sentence).tokens;
    let place = |t: Tok| (t.0 - tokens.start.0) as usize;
    // Words below come before those above.
    let mut order: Vec<(u32, Tok)> = Vec::with_capacity(tokens.len());
    let mut depths = vec![u32::MAX; tokens.len()];
    let mut path = Vec::new();
    for t in tokens.iter() {
        let mut at = Some(t);
        while let Some(x) = at.filter(|&x| depths[place(x)] == u32::MAX) {
            path.push(x);
            at = doc.head(x);
        }
        let mut depth = at.map_or(0, |x| depths[place(x)] + 1);
        while let Some(x) = path.pop() {
            depths[place(x)] = depth;
            depth += 1;
        }
        order.push((depths[place(t)], t));
    }
    order.sort_unstable_by_key(|&(depth, t)| (std::cmp::Reverse(depth), t));
    let alone: Vec<TokRange> = tokens
        .iter()
        .map(|t| TokRange::new(t, Tok(t.0 + 1)))
        .collect();
    let (mut whole, mut phrase) = (alone.clone(), alone);
    let cover = |a: TokRange, b: TokRange| TokRange::new(a.start.min(b.start), a.end.max(b.end));
    for (_, t) in order {
        if let Some(head) = doc.head(t) {
            let below = whole[place(t)];
            whole[place(head)] = cover(whole[place(head)], below);
            if is_within(doc.deprel(t)) {
                phrase[place(head)] = cover(phrase[place(head)], below);
            }
        }
    }
    for (range, t) in phrase.iter_mut().zip(tokens.iter()) {
        while range.start < t && doc.upos(range.start) == Upos::Punct {
            range.start.0 += 1;
        }
        while range.end.0 > t.0 + 1 && doc.upos(Tok(range.end.0 - 1)) == Upos::Punct {
            range.end.0 -= 1;
        }
    }
    phrase
}

/// Whether a dependent belongs to the phrase of its head.
fn is_within(relation: Deprel) -> bool {
    use Deprel::{
        Advmod, Appos, Aux, AuxPass, Case, Cc, Conj, Cop, Mark, Nsubj, NsubjOuter, NsubjPass,
        Parataxis, Punct,
    };
    !matches!(
        relation,
        Advmod
            | Appos
            | Aux
            | AuxPass
            | Case
            | Cc
            | Conj
            | Cop
            | Mark
            | Nsubj
            | NsubjOuter
            | NsubjPass
            | Parataxis
            | Punct
    )
}
