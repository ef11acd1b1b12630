//! The knowledge files of `data/`, read once.

use serde::de::DeserializeOwned;

pub(crate) mod actor_words;
pub(crate) mod actors;
pub(crate) mod frames;
pub(crate) mod harm;
pub(crate) mod lexicon;
pub(crate) mod numbers;
pub(crate) mod phrases;
pub(crate) mod speakers;
pub(crate) mod speech;
pub(crate) mod stems;
pub(crate) mod topics;
pub(crate) mod user_actors;
pub(crate) mod validity;
pub(crate) mod words;

/// Everything that the coder knows, shared by all threads.
#[derive(Debug)]
pub(crate) struct Knowledge {
    pub(crate) actors: actors::ActorBook,
    pub(crate) frames: frames::Frames,
    pub(crate) harms: harm::Harms,
    pub(crate) lexicon: lexicon::Lexicon,
    pub(crate) modalities: lexicon::Modalities,
    pub(crate) numbers: numbers::Numbers,
    pub(crate) speakers: speakers::Speakers,
    pub(crate) speech: speech::Speech,
    pub(crate) stems: stems::Stems,
    pub(crate) topics: topics::Topics,
}

impl Knowledge {
    /// Reads the embedded files.
    pub(crate) fn embedded() -> Self {
        let frames = frames::Frames::embedded();
        Self {
            stems: stems::Stems::of(&frames),
            actors: actors::ActorBook::embedded(),
            frames,
            harms: harm::Harms::embedded(),
            lexicon: lexicon::Lexicon::embedded(),
            modalities: lexicon::Modalities::embedded(),
            numbers: numbers::Numbers::embedded(),
            speakers: speakers::Speakers::embedded(),
            speech: speech::Speech::embedded(),
            topics: topics::Topics::embedded(),
        }
    }

    /// Whether an outlet is a body of a state that speaks for itself: a ministry, a command.
    pub(crate) fn speaks_for_state(&self, outlet: &str) -> bool {
        is_called(outlet, &self.speech.state_outlets)
    }

    /// Whether an outlet is a force or its ministry, whose report is its own statement.
    pub(crate) fn speaks_for_force(&self, outlet: &str) -> bool {
        is_called(outlet, &self.speech.force_outlets)
    }
}

fn is_called(outlet: &str, words: &[String]) -> bool {
    let mut parts = outlet.split(|c: char| !c.is_alphanumeric());
    parts.any(|part| words.iter().any(|w| part.eq_ignore_ascii_case(w)))
}

/// Reads an embedded knowledge file.
///
/// # Panics
/// If the file is malformed: it is part of the program, and a test reads every one.
pub(crate) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> T {
    match toml::from_str(text) {
        Ok(value) => value,
        Err(error) => panic!("data/{name}: {error}"),
    }
}

/// The words of an entry of several, as they stand in sentences: treebanks part most words at their
/// hyphens ("cease-fire" is three), and leave some whole ("counter-attack").
pub(crate) fn spellings(entry: &str) -> Vec<Vec<String>> {
    let whole: Vec<String> = entry.split(' ').map(str::to_owned).collect();
    if !entry.contains('-') {
        return vec![whole];
    }
    let parted = entry.replace('-', " - ");
    let parted = parted.split_whitespace().map(str::to_owned).collect();
    vec![whole, parted]
}
