//! The treebanks, as the trainers see them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rustc_hash::{FxHashMap, FxHashSet};
use tarikh_syntax::classes::Classes;
use tarikh_syntax::conllu::{self, Conllu, ConlluError};
use tarikh_syntax::lexeme::{self, IN_CAPITALS, Lexeme};
use tarikh_syntax::lexicon::Lexicon;
use tarikh_syntax::parser::NONE;
use tarikh_syntax::tagger::{Tag, TagSet};
use tarikh_syntax::{Deprel, Doc, Feats, Tok, XPOS};

use super::domain;
use super::random::Random;
use crate::workspace;

/// A sentence of a treebank.
pub(crate) struct Sentence {
    /// As written, and with the first letter of each word a capital, as in headlines.
    pub(crate) words: [Vec<Lexeme>; 2],
    /// Classes of the gold tags.
    pub(crate) gold: Vec<u8>,
    pub(crate) heads: Vec<u16>,
    pub(crate) relations: Vec<Deprel>,
    /// Id of its document, and the number of its first word there.
    pub(crate) document: String,
    pub(crate) first: usize,
    /// Whether a teacher made its tree: see [`super::silver`].
    pub(crate) is_silver: bool,
}

impl Sentence {
    /// The words as written.
    pub(crate) fn plain(&self) -> &[Lexeme] {
        &self.words[0]
    }

    /// The words as written or, now and then, in capitals or as a headline prints them, so that
    /// the models can read old wire copy and titles.
    pub(crate) fn sample(&self, random: &mut Random, out: &mut Vec<Lexeme>) {
        let headline = random.percent(6);
        out.clone_from(&self.words[usize::from(headline)]);
        if random.percent(12) {
            in_capitals(out);
        }
    }
}

/// Takes the case from the words, as in a sentence of capitals.
pub(crate) fn in_capitals(words: &mut [Lexeme]) {
    for word in words {
        word.shape = 0;
        word.case = IN_CAPITALS;
    }
}

/// A word with its lemma and features.
pub(crate) struct Example {
    pub(crate) form: String,
    pub(crate) lower: String,
    pub(crate) lemma: String,
    pub(crate) tag: Tag,
    /// Features that the tag does not tell.
    pub(crate) feats: Feats,
}

/// A set of sentences.
pub(crate) struct Treebank {
    pub(crate) tags: TagSet,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) examples: Vec<Example>,
}

impl Treebank {
    /// Fills in what the lexicon knows of the words.
    pub(crate) fn look_up(&mut self, lexicon: &Lexicon) {
        for words in self.sentences.iter_mut().flat_map(|s| &mut s.words) {
            lexicon.look_up(words);
        }
    }

    /// Fills in which words are used alike.
    pub(crate) fn look_up_classes(&mut self, classes: &Classes) {
        for words in self.sentences.iter_mut().flat_map(|s| &mut s.words) {
            classes.look_up(words);
        }
    }
}

/// In how many rounds a silver sentence is seen once; a gold one is seen in each.
const SILVER_ROUNDS: usize = 3;

impl Treebank {
    /// The numbers of the sentences of a round of training that `take` picks.
    pub(crate) fn round(&self, round: usize, take: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let is_due =
            |i: usize| !self.sentences[i].is_silver || i % SILVER_ROUNDS == round % SILVER_ROUNDS;
        (0..self.sentences.len())
            .filter(|&i| take(i) && is_due(i))
            .collect()
    }
}

/// Reads the training side as one treebank and the development sides apart, named.
pub(crate) fn load(ud: &Path) -> Result<(Treebank, Vec<(&'static str, Treebank)>)> {
    let barred = non_commercial(ud)?;
    let open = |name: &str, headline: bool| read(&ud.join(name), headline);
    let names = ["en_ewt-train.conllu", "en_gum-train.conllu"];
    let news = domain::read(&workspace::root().join("data/treebank"), domain::VARIANTS)?;
    let side = |headline: bool| {
        let news = parse(&news, headline).map_err(|e| anyhow!("data/treebank: {e}"));
        let ud = names.iter().map(|name| open(name, headline));
        ud.chain([news]).collect::<Result<Vec<_>>>()
    };
    let (plain, headline) = (side(false)?, side(true)?);
    let tags = tag_set(&plain);
    let train = treebank(&plain, &headline, &barred, &tags);
    let mut dev = Vec::new();
    for (label, name) in [("EWT", "en_ewt-dev.conllu"), ("GUM", "en_gum-dev.conllu")] {
        let file = [open(name, false)?];
        // All genres count for the score, whatever their terms: nothing is learned from them.
        dev.push((label, treebank(&file, &file, &FxHashSet::default(), &tags)));
    }
    Ok((train, dev))
}

fn read(path: &Path, headline: bool) -> Result<Conllu> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text, headline).map_err(|e| anyhow!("{}: {e}", path.display()))
}

fn parse(text: &str, headline: bool) -> Result<Conllu, ConlluError> {
    let form = |form: &str| {
        let mut chars = form.chars();
        match chars.next() {
            // Function words of up to three letters and clitics stay small in headlines.
            Some(first)
                if headline && form.len() > 3 && !form.starts_with('\'') && form != "n't" =>
            {
                first.to_uppercase().chain(chars).collect()
            }
            _ => form.to_owned(),
        }
    };
    conllu::read_with(text, form)
}

/// Ids of the documents whose texts carry non-commercial terms.
fn non_commercial(ud: &Path) -> Result<FxHashSet<String>> {
    let path = ud.join("gum-documents.tsv");
    let table =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = table.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = header
        .iter()
        .position(|c| *c == "non_commercial")
        .ok_or_else(|| anyhow!("{}: no column non_commercial", path.display()))?;
    Ok(lines
        .filter(|l| l.get(column) == Some(&"yes"))
        .filter_map(|l| Some((*l.first()?).to_owned()))
        .collect())
}

/// The tag of a gold token; what only the tree can tell is left out.
fn tag(doc: &Doc, t: Tok) -> Tag {
    let xpos = doc.xpos(t);
    let mut feats = doc.feats(t).only(Feats::TAGGED);
    if feats.has(Feats::FINITE) && matches!(xpos, "VBD" | "VBP") {
        feats = feats.without(Feats::AGREEMENT);
    }
    let index = XPOS.iter().position(|x| *x == xpos).unwrap_or(0);
    Tag {
        upos: doc.upos(t),
        xpos: index as u8,
        feats,
    }
}

/// Rarest tag that is learned; rarer ones are taken for their commonest neighbour.
const MIN_COUNT: usize = 5;

fn tag_set(files: &[Conllu]) -> TagSet {
    let mut counts: FxHashMap<Tag, usize> = FxHashMap::default();
    for file in files {
        for t in file.doc.tokens() {
            *counts.entry(tag(&file.doc, t)).or_default() += 1;
        }
    }
    let mut tags: Vec<(Tag, usize)> = counts.into_iter().filter(|c| c.1 >= MIN_COUNT).collect();
    // Commonest first, so that the first match of a rare tag is its commonest neighbour.
    tags.sort_unstable_by_key(|&(tag, n)| (std::cmp::Reverse(n), tag));
    TagSet::new(tags.into_iter().map(|t| t.0).take(250).collect())
}

/// The class of a tag, or of its commonest neighbour.
pub(crate) fn class(tags: &TagSet, tag: Tag) -> u8 {
    let like = |same: &dyn Fn(Tag) -> bool| (0..tags.len() as u8).find(|&c| same(tags.get(c)));
    tags.class(tag)
        .or_else(|| like(&|t| t.xpos == tag.xpos && t.upos == tag.upos))
        .or_else(|| like(&|t| t.xpos == tag.xpos))
        .or_else(|| like(&|t| t.upos == tag.upos))
        .unwrap_or(0)
}

fn treebank(
    files: &[Conllu],
    headlines: &[Conllu],
    barred: &FxHashSet<String>,
    tags: &TagSet,
) -> Treebank {
    let mut out = Treebank {
        tags: tags.clone(),
        sentences: Vec::new(),
        examples: Vec::new(),
    };
    for (file, headline) in files.iter().zip(headlines) {
        let doc = &file.doc;
        let mut is_barred = false;
        let mut document = String::new();
        let mut document_start = 0;
        for (index, info) in doc.sentences().iter().enumerate() {
            for comment in file.comments[index].lines() {
                if let Some(id) = comment.strip_prefix("# newdoc id = ") {
                    is_barred = barred.contains(id.trim());
                    id.trim().clone_into(&mut document);
                    document_start = info.tokens.start.idx();
                }
            }
            if is_barred {
                continue;
            }
            let tokens = info.tokens;
            let mut words = [Vec::new(), Vec::new()];
            lexeme::read(doc, tokens, &mut words[0]);
            lexeme::read(&headline.doc, tokens, &mut words[1]);
            let head = |t: Tok| doc.head(t).map_or(NONE, |h| (h.0 - tokens.start.0) as u16);
            out.sentences.push(Sentence {
                words,
                gold: tokens.iter().map(|t| class(tags, tag(doc, t))).collect(),
                heads: tokens.iter().map(head).collect(),
                relations: tokens.iter().map(|t| doc.deprel(t)).collect(),
                document: document.clone(),
                first: tokens.start.idx() - document_start,
                is_silver: false,
            });
            out.examples.extend(tokens.iter().map(|t| Example {
                form: doc.word(t).to_owned(),
                lower: doc.lower(t).to_owned(),
                lemma: doc.lemma(t).replace('\u{2019}', "'"),
                tag: tag(doc, t),
                feats: doc.feats(t).without(Feats::TAGGED),
            }));
        }
    }
    out
}
