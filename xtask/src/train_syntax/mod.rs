//! `train syntax`: the models of the syntax layer, from the treebanks of Universal Dependencies.
//!
//! Everything is deterministic: one fixed seed, one thread, sorted output.

mod clusters;
mod corpora;
mod domain;
mod endings;
mod forms;
mod guess;
mod logistic;
mod marks;
mod mentions;
mod names;
mod parser;
pub(crate) mod perceptron;
pub(crate) mod random;
mod routine;
pub(crate) mod silver;
mod tagger;
mod treebank;
mod vectors;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use tarikh_syntax::classes::Classes;
use tarikh_syntax::lexicon::Lexicon;

use clusters::Clustered;
use forms::Form;
use marks::Marks;
use treebank::Treebank;

/// Where things lie.
#[derive(Clone, Copy)]
pub(crate) struct Folders<'a> {
    /// The benchmarks (`ud/`, `ner/`).
    pub(crate) data: &'a Path,
    /// The models.
    pub(crate) models: &'a Path,
    /// The file of vectors; without it `classes.bin` stays as it is.
    pub(crate) vectors: Option<&'a Path>,
}

impl Folders<'_> {
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        progress(&format!("{name}: {} bytes", bytes.len()));
        let path = self.models.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }

    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.models.join(name);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    }
}

/// What all trainers learn from.
struct Ground {
    train: Treebank,
    dev: Vec<(&'static str, Treebank)>,
    forms: Vec<Form>,
    clusters: Vec<Clustered>,
    marks: Marks,
    tags_of_forms: BTreeMap<u32, BTreeSet<u8>>,
}

impl Ground {
    fn read(data: &Path, log: &dyn Fn(&str)) -> Result<Self> {
        let (mut train, dev) = treebank::load(&data.join("ud"))?;
        log(&format!(
            "read {} sentences, {} words",
            train.sentences.len(),
            train.sentences.iter().map(|s| s.gold.len()).sum::<usize>()
        ));
        let mut text = corpora::read(data, log)?;
        text.extend(
            train
                .sentences
                .iter()
                .map(|s| s.plain().iter().map(|w| w.norm).collect()),
        );
        log(&format!(
            "read {} sentences of raw text, {} words",
            text.len(),
            text.iter().map(Vec::len).sum::<usize>()
        ));
        let clusters = clusters::learn(&text);
        log(&format!("clusters of {} words", clusters.len()));
        let silver = silver::read(data, &train.tags, &|_| ())?;
        log(&format!("silver trees of {} sentences", silver.len()));
        train.sentences.extend(silver);
        let marks = marks::read(&train)?;
        log(&format!("marks of {} words", marks.len()));
        let forms = forms::read()?;
        Ok(Self {
            tags_of_forms: forms::tags(&forms),
            train,
            dev,
            forms,
            clusters,
            marks,
        })
    }

    fn words(&self) -> tagger::Words<'_> {
        tagger::Words {
            clusters: &self.clusters,
            marks: &self.marks,
            forms: &self.tags_of_forms,
        }
    }

    /// Fills in what the lexicon knows of the words.
    fn look_up(&mut self, lexicon: &[u8]) -> Result<()> {
        let lexicon = Lexicon::open(lexicon.to_vec().into());
        let lexicon = lexicon.ok_or_else(|| anyhow!("the lexicon is malformed"))?;
        self.train.look_up(&lexicon);
        for (_, treebank) in &mut self.dev {
            treebank.look_up(&lexicon);
        }
        Ok(())
    }

    /// Trains the name finder on what the parsers in the folder of models read.
    fn names(&self, folders: Folders<'_>) -> Result<()> {
        let tags = tagger::fast_jackknife(&self.train, &self.words())?;
        let [guide, parser] = [folders.read("guide.bin")?, folders.read("parser.bin")?];
        let read = parser::Read::again(&self.train, &tags, &guide, &parser)?;
        let names = names::train(&folders.data.join("ner"), &read)?;
        folders.write("names.bin", &names)
    }

    /// Fills in which words are used alike, by the table of classes: learned from the vectors, else the
    /// one that is there.
    fn classes(&mut self, folders: Folders<'_>) -> Result<()> {
        if let Some(vectors) = folders.vectors {
            let table = vectors::classes(vectors, &self.train, &self.marks)?;
            folders.write("classes.bin", &table)?;
        }
        let classes = Classes::open(folders.read("classes.bin")?);
        let classes = classes.ok_or_else(|| anyhow!("the table of classes is malformed"))?;
        self.train.look_up_classes(&classes);
        for (_, treebank) in &mut self.dev {
            treebank.look_up_classes(&classes);
        }
        Ok(())
    }

    /// Trains the tagger and writes it with its lexicon.
    fn tagger(&self, folders: Folders<'_>, log: &dyn Fn(&str)) -> Result<tagger::Trained> {
        let tagger = tagger::train(&self.train, &self.words())?;
        folders.write("lexicon.bin", &tagger.lexicon)?;
        folders.write("tagger.bin", &tagger.weights)?;
        log(&tagger::report(&tagger, &self.dev, &self.train.tags)?);
        Ok(tagger)
    }
}

/// Trains all models and writes them. Scores on the development sides go to standard error.
///
/// # Errors
/// When a file is missing or malformed, or cannot be written.
pub(crate) fn run(folders: Folders<'_>) -> Result<()> {
    let log = clock();
    let Folders { data, models, .. } = folders;
    fs::create_dir_all(models).with_context(|| format!("cannot make {}", models.display()))?;
    let mut ground = Ground::read(data, &log)?;
    let train = &ground.train;
    folders.write("tags.bin", &train.tags.encode())?;
    let lemmas = endings::lemmas(&train.examples, &ground.forms);
    folders.write("lemmas.bin", &lemmas)?;
    folders.write("morphology.bin", &endings::morphology(&train.examples))?;
    ground.classes(folders)?;
    let tagger = ground.tagger(folders, &log)?;
    let predicted = tagger::jackknife(&ground.train, &ground.words())?;
    log("tags for the parser");
    ground.look_up(&tagger.lexicon)?;
    let Ground { train, dev, .. } = &mut ground;
    let dev_tags = tagger::predict_all(&tagger, dev)?;
    let parsers = parser::train(train, &predicted, dev, &dev_tags, &log)?;
    folders.write("guide.bin", &parsers.guide)?;
    folders.write("parser.bin", &parsers.parser)?;
    let read = parser::Read::trained(train, &predicted, &parsers)?;
    folders.write("mentions.bin", &mentions::train(&data.join("ner"), &read)?)?;
    log("noun phrases");
    ground.names(folders)?;
    log("names");
    folders.write(
        "routine.bin",
        &routine::learn(data, models, &mut ground.train)?,
    )
}

/// Trains the tagger again, for the table of classes that is there: the same bytes as [`run`] gives.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_tagger(folders: Folders<'_>) -> Result<()> {
    let log = clock();
    let mut ground = Ground::read(folders.data, &log)?;
    ground.classes(folders)?;
    ground.tagger(folders, &log)?;
    Ok(())
}

/// Trains the name finder again, with its lists and classes of words, for the tagger and the parsers
/// that are there: the same bytes as [`run`] gives.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_names(folders: Folders<'_>) -> Result<()> {
    let log = clock();
    let mut ground = Ground::read(folders.data, &log)?;
    ground.classes(folders)?;
    let lexicon = tagger::whole_lexicon(&ground.train, &ground.words());
    folders.write("lexicon.bin", &lexicon)?;
    ground.look_up(&lexicon)?;
    ground.names(folders)?;
    log("names");
    Ok(())
}

/// Learns again what the parser in the folder of models always does, and nothing else.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_routine(folders: Folders<'_>) -> Result<()> {
    let (mut train, _) = treebank::load(&folders.data.join("ud"))?;
    let bytes = routine::learn(folders.data, folders.models, &mut train)?;
    folders.write("routine.bin", &bytes)
}

/// Says how far the work is, and since when.
fn clock() -> impl Fn(&str) {
    let started = Instant::now();
    move |what| progress(&format!("{:6.1}s  {what}", started.elapsed().as_secs_f32()))
}

#[expect(clippy::print_stderr, reason = "progress of a command")]
fn progress(line: &str) {
    eprintln!("{line}");
}
