//! The syntax layer: tokens, sentences, tags, lemmas, trees and entity mentions for English.
//!
//! [`Analyzer`] reads a [`tarikh_text::Report`] into a [`Doc`]: first tokens and sentences, then,
//! for the sentences that the caller names, tags, lemmas, features, trees and names. All
//! annotation is stand-off: spans into the report's text, in flat arrays.
//!
//! [`conllu`] reads and writes the exchange format. The modules of the single steps are public
//! because training uses the same words, features, transitions and file layouts.

mod agreement;
mod analyzer;
pub mod classes;
pub mod conllu;
mod doc;
mod hash;
mod headlines;
mod labels;
pub mod lemma;
pub mod lexeme;
pub mod lexicon;
pub mod linear;
pub mod mentions;
pub mod models;
pub mod morphology;
pub mod names;
pub mod parser;
mod repair;
pub mod tagger;
mod tokenize;
mod verbs;

pub use analyzer::{Analyzer, Tokenizer, Workspace};
pub use doc::{Doc, Entity, EntityKind, Sent, Sentence, Tok, TokRange};
pub use labels::{Deprel, Feats, Upos, XPOS};
pub use mentions::{Mention, MentionKind};
