//! The trained models, embedded in the program and read in place.

use std::borrow::Cow;

use crate::classes::Classes;
use crate::lemma::Lemmas;
use crate::lexicon::Lexicon;
use crate::linear::Linear;
use crate::morphology::Morphology;
use crate::parser::Routine;
use crate::tagger::TagSet;

/// All models of the layer.
#[derive(Clone, Debug)]
pub struct Models {
    /// The tags, by class of the tagger.
    pub tags: TagSet,
    /// Ambiguity classes of the known words.
    pub lexicon: Lexicon,
    /// Weights of the tagger.
    pub tagger: Linear,
    /// Weights of the parser from right to left, which guides the other.
    pub guide: Linear,
    /// Weights of the parser.
    pub parser: Linear,
    /// What the parser always does; without it its weights are asked each time.
    pub routine: Option<Routine>,
    /// Lemmas.
    pub lemmas: Lemmas,
    /// Morphological features.
    pub morphology: Morphology,
    /// Words that are used alike.
    pub classes: Classes,
    /// Weights of the name finder.
    pub names: Linear,
    /// Weights of the finder of noun phrases.
    pub mentions: Linear,
}

/// File names of the models, in the order that [`Models::open`] takes their contents.
pub const FILES: [&str; 11] = [
    "tags.bin",
    "lexicon.bin",
    "tagger.bin",
    "guide.bin",
    "parser.bin",
    "routine.bin",
    "lemmas.bin",
    "morphology.bin",
    "classes.bin",
    "names.bin",
    "mentions.bin",
];

impl Models {
    /// Opens models from the contents of [`FILES`]; the error names the file that is not a model.
    ///
    /// # Errors
    /// The name of the first file that is malformed.
    pub fn open(files: [Cow<'static, [u8]>; 11]) -> Result<Self, &'static str> {
        let [
            tags,
            lexicon,
            tagger,
            guide,
            parser,
            routine,
            lemmas,
            morphology,
            classes,
            names,
            mentions,
        ] = files;
        Ok(Self {
            tags: TagSet::decode(&tags).ok_or(FILES[0])?,
            lexicon: Lexicon::open(lexicon).ok_or(FILES[1])?,
            tagger: Linear::open(tagger).ok_or(FILES[2])?,
            guide: Linear::open(guide).ok_or(FILES[3])?,
            parser: Linear::open(parser).ok_or(FILES[4])?,
            routine: Some(Routine::open(routine).ok_or(FILES[5])?),
            lemmas: Lemmas::open(lemmas).ok_or(FILES[6])?,
            morphology: Morphology::open(morphology).ok_or(FILES[7])?,
            classes: Classes::open(classes).ok_or(FILES[8])?,
            names: Linear::open(names).ok_or(FILES[9])?,
            mentions: Linear::open(mentions).ok_or(FILES[10])?,
        })
    }

    /// The embedded models.
    pub(crate) fn embedded() -> Self {
        let files: [&'static [u8]; 11] = [
            include_bytes!("../../../models/tags.bin"),
            include_bytes!("../../../models/lexicon.bin"),
            include_bytes!("../../../models/tagger.bin"),
            include_bytes!("../../../models/guide.bin"),
            include_bytes!("../../../models/parser.bin"),
            include_bytes!("../../../models/routine.bin"),
            include_bytes!("../../../models/lemmas.bin"),
            include_bytes!("../../../models/morphology.bin"),
            include_bytes!("../../../models/classes.bin"),
            include_bytes!("../../../models/names.bin"),
            include_bytes!("../../../models/mentions.bin"),
        ];
        // The files are part of the program and a test opens them: this cannot fail for a user.
        Self::open(files.map(Cow::Borrowed)).expect("the embedded models are well-formed")
    }

    /// Size of all models in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.lexicon.size()
            + self.tagger.size()
            + self.guide.size()
            + self.parser.size()
            + self.routine.as_ref().map_or(0, Routine::size)
            + self.lemmas.size()
            + self.morphology.size()
            + self.classes.size()
            + self.names.size()
            + self.mentions.size()
    }
}
