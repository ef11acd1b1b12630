//! The pipeline from a report to a [`Doc`].

use tarikh_text::Report;

use crate::agreement;
use crate::doc::{Doc, Entity, Sent, Tok, TokRange};
use crate::headlines::Headlines;
use crate::labels::{Deprel, Feats, Upos, XPOS};
use crate::lexeme::{self, Lexeme};
use crate::mentions::{self, Mention};
use crate::models::Models;
use crate::names::{self, Found, KINDS};
use crate::parser::{self, Input, Stack, State};
use crate::repair;
use crate::tagger::{self, Tag};
use crate::tokenize::{Lists, tokenize};
use crate::verbs::Verbs;

/// The embedded models and rules; built once, shared by all threads.
#[derive(Debug)]
pub struct Analyzer {
    tokenizer: Tokenizer,
    verbs: Verbs,
    headlines: Headlines,
    models: Models,
}

/// Buffers that a thread reuses from report to report.
#[derive(Debug, Default)]
pub struct Workspace {
    words: Vec<Lexeme>,
    classes: Vec<u8>,
    stack: Stack,
    state: State,
    tags: Vec<Tag>,
    names: Vec<Found>,
    buffers: [String; 2],
}

/// Splits reports into sentences and tokens, without any model.
#[derive(Debug)]
pub struct Tokenizer {
    lists: Lists,
}

impl Tokenizer {
    /// Opens the embedded word lists.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lists: Lists::embedded(),
        }
    }

    /// Splits a report into sentences and tokens; boilerplate paragraphs are left out.
    #[must_use]
    pub fn tokenize(&self, report: &Report) -> Doc {
        tokenize(report, &self.lists, false)
    }

    /// The same for every paragraph, bylines, datelines and boilerplate included.
    #[must_use]
    pub fn tokenize_all(&self, report: &Report) -> Doc {
        tokenize(report, &self.lists, true)
    }
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyzer {
    /// Opens the embedded models.
    #[must_use]
    pub fn new() -> Self {
        Self::with_models(Models::embedded())
    }

    /// Uses other models than the embedded ones.
    #[must_use]
    pub fn with_models(models: Models) -> Self {
        Self {
            tokenizer: Tokenizer::new(),
            verbs: Verbs::embedded(),
            headlines: Headlines::embedded(),
            models,
        }
    }

    /// The models in use.
    #[must_use]
    pub fn models(&self) -> &Models {
        &self.models
    }

    /// As [`Tokenizer::tokenize`].
    #[must_use]
    pub fn tokenize(&self, report: &Report) -> Doc {
        self.tokenizer.tokenize(report)
    }

    /// As [`Tokenizer::tokenize_all`].
    #[must_use]
    pub fn tokenize_all(&self, report: &Report) -> Doc {
        self.tokenizer.tokenize_all(report)
    }

    /// Fills tags, lemmas, features, trees and entity mentions of these sentences.
    ///
    /// A sentence that was analysed before is left as it is.
    pub fn analyse(&self, doc: &mut Doc, sentences: &[Sent], workspace: &mut Workspace) {
        for &sentence in sentences {
            let Some(info) = doc.sentences.get_mut(sentence.0 as usize) else {
                continue;
            };
            if !std::mem::replace(&mut info.analysed, true) {
                let tokens = info.tokens;
                self.sentence(doc, tokens, workspace);
            }
        }
        agreement::agree(doc);
    }

    /// The noun phrases of an analysed sentence with their heads and kinds, in order of their
    /// heads; none if it was not analysed. Found on demand: `analyse` spends no time on them.
    #[must_use]
    pub fn mentions(&self, doc: &Doc, sentence: Sent) -> Vec<Mention> {
        let info = doc.sentence(sentence);
        if !info.analysed {
            return Vec::new();
        }
        let tokens = info.tokens;
        let mut words = Vec::new();
        lexeme::read(doc, tokens, &mut words);
        self.models.lexicon.look_up(&mut words);
        let tag = |t: Tok| Tag {
            upos: doc.upos(t),
            xpos: doc.xpos[t.idx()],
            feats: doc.feats(t),
        };
        let head = |t: Tok| {
            doc.head(t)
                .map_or(parser::NONE, |h| (h.0 - tokens.start.0) as u16)
        };
        let tags: Vec<Tag> = tokens.iter().map(tag).collect();
        let heads: Vec<u16> = tokens.iter().map(head).collect();
        let relations: Vec<Deprel> = tokens.iter().map(|t| doc.deprel(t)).collect();
        let input = mentions::Input {
            words: &words,
            tags: &tags,
            heads: &heads,
            relations: &relations,
        };
        let mut dependents = mentions::Dependents::default();
        dependents.read(input);
        let phrases = mentions::phrases(doc, sentence);
        let found = tokens.iter().zip(phrases).enumerate();
        found
            .filter_map(|(i, (head, tokens))| {
                let kind = mentions::kind(&self.models.mentions, input, &dependents, i)?;
                Some(Mention { tokens, head, kind })
            })
            .collect()
    }

    fn sentence(&self, doc: &mut Doc, tokens: TokRange, workspace: &mut Workspace) {
        let Workspace {
            words,
            classes,
            stack,
            state,
            buffers,
            ..
        } = workspace;
        lexeme::read(doc, tokens, words);
        self.models.lexicon.look_up(words);
        self.models.classes.look_up(words);
        tagger::tag(
            &self.models.tagger,
            self.models.tagger.classes(),
            words,
            classes,
        );
        self.verbs.past(doc, tokens, &self.models.tags, classes);
        let in_capitals = words.first().is_some_and(|w| w.case == lexeme::IN_CAPITALS);
        for (t, &class) in tokens.iter().zip(classes.iter()) {
            self.word(doc, t, class, in_capitals, buffers);
        }
        if tokens.len() >= usize::from(parser::NONE) {
            // The tokeniser makes no such sentence; a CoNLL-U file can.
            return;
        }
        let input = Input {
            words,
            tags: classes,
            guide: &[],
        };
        let Models {
            guide,
            parser,
            routine,
            ..
        } = &self.models;
        stack.parse(guide, parser, routine.as_ref(), input, state);
        for (t, node) in tokens.iter().zip(&state.nodes) {
            doc.head[t.idx()] = match node.head {
                parser::NONE => u32::MAX,
                head => tokens.start.0 + u32::from(head),
            };
            doc.deprel[t.idx()] = node.label;
        }
        self.headlines.sentence(doc, tokens);
        repair::sentence(doc, tokens, &self.verbs);
        doc.link(tokens);
        for t in tokens.iter() {
            agree(doc, t);
        }
        workspace.tags.clear();
        workspace
            .tags
            .extend(workspace.classes.iter().map(|&c| self.models.tags.get(c)));
        self.find_names(doc, tokens, workspace);
    }

    /// The sentence's names, inserted in order of their first word, the longer first.
    fn find_names(&self, doc: &mut Doc, tokens: TokRange, workspace: &mut Workspace) {
        let Workspace {
            words,
            tags,
            state,
            names: found,
            ..
        } = workspace;
        let input = names::Input {
            words,
            tags,
            nodes: &state.nodes,
        };
        names::find(&self.models.names, input, found);
        let token = |i: usize| Tok(tokens.start.0 + i as u32);
        let entities = found.iter().map(|f| Entity {
            tokens: TokRange::new(token(f.start), token(f.end)),
            // Until the names of the report agree.
            kind: KINDS[0],
            scores: f.scores,
        });
        let place = doc
            .entities
            .partition_point(|e| e.tokens.start < tokens.start);
        doc.entities.splice(place..place, entities);
    }

    /// Tags and lemma of one word.
    fn word(&self, doc: &mut Doc, t: Tok, class: u8, in_capitals: bool, buffers: &mut [String; 2]) {
        let [written, lemma] = buffers;
        let tag = self.models.tags.get(class);
        doc.upos[t.idx()] = tag.upos;
        doc.xpos[t.idx()] = tag.xpos;
        let (a, b) = doc.lower[t.idx()];
        let lower = &doc.strings[a as usize..b as usize];
        doc.feats[t.idx()] = self.models.morphology.feats(lower, tag);
        written.clear();
        if in_capitals {
            // As it would be written elsewhere, should it be a name.
            let mut rest = lower.chars();
            written.extend(rest.next().into_iter().flat_map(char::to_uppercase));
            written.push_str(rest.as_str());
        } else {
            written.push_str(doc.word(t));
        }
        lemma.clear();
        if !in_capitals && XPOS[usize::from(tag.xpos)] == "NNS" && is_acronym(written) {
            // "the SAPS": its S is no plural, and it is a name.
            doc.upos[t.idx()] = Upos::Propn;
            doc.xpos[t.idx()] = XPOS.iter().position(|&x| x == "NNP").unwrap_or(0) as u8;
            doc.feats[t.idx()] = doc.feats[t.idx()].without(Feats::PLURAL);
            lemma.push_str(written);
        }
        match self.verbs.lemma(lower) {
            _ if !lemma.is_empty() => {}
            Some(irregular) if tag.upos == Upos::Verb => lemma.push_str(irregular),
            _ => {
                let knows = |word: &str| self.models.lexicon.knows(word);
                self.models.lemmas.lemma(written, lower, tag, knows, lemma);
            }
        }
        let start = doc.strings.len() as u32;
        doc.strings.push_str(lemma);
        doc.lemma[t.idx()] = (start, doc.strings.len() as u32);
    }
}

/// Three capitals and more, nothing else ("SAPS").
fn is_acronym(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Features that only the tree can tell: the voice of participles, and person and number of
/// finite verbs, which English shows on the subject alone.
fn agree(doc: &mut Doc, t: Tok) {
    let feats = doc.feats(t);
    if XPOS[usize::from(doc.xpos[t.idx()])] == "VBN" {
        let passive = doc
            .children(t)
            .any(|c| matches!(doc.deprel(c), Deprel::AuxPass | Deprel::NsubjPass));
        let perfect = doc
            .children(t)
            .any(|c| doc.deprel(c) == Deprel::Aux && doc.lemma(c) == "have");
        doc.feats[t.idx()] = if passive {
            feats.with(Feats::PASSIVE)
        } else if perfect {
            feats.without(Feats::PASSIVE)
        } else {
            feats
        };
    } else if feats.has(Feats::NOMINATIVE)
        && matches!(
            doc.deprel(t),
            Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::Nmod
        )
    {
        // "it" and "you" have one form.
        doc.feats[t.idx()] = feats.without(Feats::NOMINATIVE).with(Feats::ACCUSATIVE);
    } else if feats.has(Feats::FINITE) && matches!(doc.xpos(t), "VBD" | "VBP") {
        let (person, number) = subject(doc, t).map_or_else(
            || {
                let plain = doc.xpos(t) == "VBD";
                let number = if plain {
                    Feats::SINGULAR
                } else {
                    Feats::PLURAL
                };
                (Feats::THIRD, number)
            },
            |subject| agreement(doc, subject),
        );
        doc.feats[t.idx()] = feats.with(person).with(number);
    }
}

/// The subject that a finite verb agrees with: that of the verb, of the verb whose auxiliary it
/// is, of the verb it is joined to, or the noun that a relative clause is about.
fn subject(doc: &Doc, t: Tok) -> Option<Tok> {
    let mut verb = match doc.deprel(t) {
        Deprel::Aux | Deprel::AuxPass | Deprel::Cop => doc.head(t).unwrap_or(t),
        _ => t,
    };
    // A chain of joined verbs is seldom longer.
    for _ in 0..8 {
        let own = doc
            .children(verb)
            .find(|&c| matches!(doc.deprel(c), Deprel::Nsubj | Deprel::NsubjPass));
        match own {
            Some(own) if doc.deprel(verb) == Deprel::AclRelcl && doc.xpos(own).starts_with('W') => {
                return doc.head(verb);
            }
            Some(own) => return Some(own),
            None if doc.deprel(verb) == Deprel::Conj => verb = doc.head(verb)?,
            None => return None,
        }
    }
    None
}

/// Person and number of a subject.
fn agreement(doc: &Doc, subject: Tok) -> (Feats, Feats) {
    let of = doc.feats(subject);
    let person = [Feats::FIRST, Feats::SECOND]
        .into_iter()
        .find(|p| of.has(*p))
        .unwrap_or(Feats::THIRD);
    let plural = of.has(Feats::PLURAL) || doc.child(subject, Deprel::Conj).is_some();
    let number = if plural {
        Feats::PLURAL
    } else {
        Feats::SINGULAR
    };
    (person, number)
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}
