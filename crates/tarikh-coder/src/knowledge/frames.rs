//! Event frames: the words that state an act and where its roles stand (`data/frames`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_record::SubEventType;

/// Family of an act; the codebook turns it, with weapon, target and harm, into ACLED's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Act {
    Attack,
    Ambush,
    Clash,
    Kill,
    Shoot,
    Stab,
    Sexual,
    Explosion,
    Suicide,
    Shelling,
    Air,
    Grenade,
    Chemical,
    Shootdown,
    Crash,
    Abduct,
    Release,
    Arrest,
    Protest,
    Riot,
    Disperse,
    Mob,
    Territory,
    Transfer,
    Agreement,
    GroupChange,
    Disrupt,
    Loot,
    Base,
    Other,
    /// People came to harm and no act is stated.
    Harm,
}

impl Act {
    /// Whether a crowd on the street is part of the act.
    pub(crate) fn is_of_a_crowd(self) -> bool {
        matches!(self, Self::Protest | Self::Riot | Self::Disperse)
    }

    /// Whether the act has come about only when it is completed: an attack that fails is one, a
    /// rescue that fails is not.
    pub(crate) fn needs_success(self) -> bool {
        matches!(
            self,
            Self::Release
                | Self::Arrest
                | Self::Territory
                | Self::Transfer
                | Self::Agreement
                | Self::Disrupt
                | Self::GroupChange
                | Self::Base
        )
    }
}

/// A sentence in which a frame is found, or must not be.
pub(crate) type Example = String;

/// One frame as its file states it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) id: String,
    pub(crate) act: Act,
    #[serde(default)]
    pub(crate) verbs: Vec<String>,
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    /// Nouns of the means, not of the act ("bomb"): an act only where they did harm.
    #[serde(default)]
    pub(crate) things: Vec<String>,
    /// Adjectives that state the act of their subject ("is free again").
    #[serde(default)]
    pub(crate) adjectives: Vec<String>,
    /// Verbs of which a noun must be subject or object to state an act ("signed a truce"); any if empty.
    #[serde(default)]
    pub(crate) nouns_of: Vec<String>,
    #[serde(default)]
    pub(crate) agent: Vec<String>,
    #[serde(default)]
    pub(crate) patient: Vec<String>,
    #[serde(default)]
    pub(crate) agent_is: Vec<String>,
    #[serde(default)]
    pub(crate) agent_is_not: Vec<String>,
    #[serde(default)]
    pub(crate) patient_is: Vec<String>,
    #[serde(default)]
    pub(crate) patient_is_not: Vec<String>,
    #[serde(default)]
    pub(crate) weak: bool,
    #[serde(default)]
    pub(crate) refuse: Vec<String>,
    #[serde(default)]
    pub(crate) sub_event_type: Option<SubEventType>,
    /// The subject suffers the act ("the bus hit a mine").
    #[serde(default)]
    pub(crate) roles: Option<Reversed>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    pub(crate) counterexamples: Vec<Example>,
}

/// The only value of a frame's `roles`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reversed {
    Reversed,
}

#[derive(Deserialize)]
struct File {
    frame: Vec<Frame>,
}

/// A trigger word: the frame, and the further words that must stand beside it.
#[derive(Debug)]
pub(crate) struct Trigger {
    pub(crate) frame: usize,
    /// Behind a verb in any order within five words; right before a noun, in order.
    pub(crate) rest: Vec<String>,
    /// The adverb that must stand with a verb ("sexually assaulted").
    pub(crate) manner: Option<String>,
    /// Whether the word names the means (see [`Frame::things`]).
    pub(crate) is_thing: bool,
}

/// All frames, indexed by trigger lemma; longer entries come first.
#[derive(Debug)]
pub(crate) struct Frames {
    pub(crate) all: Vec<Frame>,
    pub(crate) verbs: FxHashMap<String, Vec<Trigger>>,
    pub(crate) nouns: FxHashMap<String, Vec<Trigger>>,
    pub(crate) adjectives: FxHashMap<String, Vec<Trigger>>,
}

/// The embedded frame files, with their names for error messages.
pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "attack.toml",
        include_str!("../../../../data/frames/attack.toml"),
    ),
    (
        "explosions.toml",
        include_str!("../../../../data/frames/explosions.toml"),
    ),
    (
        "abduction.toml",
        include_str!("../../../../data/frames/abduction.toml"),
    ),
    (
        "demonstrations.toml",
        include_str!("../../../../data/frames/demonstrations.toml"),
    ),
    (
        "strategic.toml",
        include_str!("../../../../data/frames/strategic.toml"),
    ),
];

impl Frames {
    /// Whether the noun alone, without words before it, names an act or its means.
    pub(crate) fn is_event_noun(&self, lemma: &str) -> bool {
        let triggers = self.nouns.get(lemma).map_or(&[][..], Vec::as_slice);
        triggers.iter().any(|t| t.rest.is_empty())
    }

    /// Reads the embedded files.
    pub(crate) fn embedded() -> Self {
        let mut all = Vec::new();
        for (name, text) in FILES {
            let file: File = super::parse(name, text);
            all.extend(file.frame);
        }
        let mut verbs: FxHashMap<String, Vec<Trigger>> = FxHashMap::default();
        let mut nouns: FxHashMap<String, Vec<Trigger>> = FxHashMap::default();
        let mut adjectives: FxHashMap<String, Vec<Trigger>> = FxHashMap::default();
        for (frame, f) in all.iter().enumerate() {
            for entry in &f.verbs {
                let mut words = entry.split(' ').map(str::to_owned).peekable();
                let manner = words.next_if(|w| is_adverb(w) && entry.contains(' '));
                let first = words.next().unwrap_or_default();
                verbs.entry(first).or_default().push(Trigger {
                    frame,
                    rest: words.collect(),
                    manner,
                    is_thing: false,
                });
            }
            for entry in &f.adjectives {
                adjectives.entry(entry.clone()).or_default().push(Trigger {
                    frame,
                    rest: Vec::new(),
                    manner: None,
                    is_thing: false,
                });
            }
            for entry in f.nouns.iter().chain(&f.things) {
                for mut words in super::spellings(entry) {
                    let last = words.pop().unwrap_or_default();
                    nouns.entry(last).or_default().push(Trigger {
                        frame,
                        rest: words,
                        manner: None,
                        is_thing: f.things.contains(entry),
                    });
                }
            }
        }
        let is_general = |t: &Trigger| all[t.frame].agent_is.is_empty();
        for list in verbs.values_mut().chain(nouns.values_mut()) {
            // A stable sort: longer entries first, then those that ask for a kind of agent ("a mob
            // killed"), then those that show violence by themselves, then the order of the files.
            list.sort_by_key(|t| {
                let weak = all[t.frame].weak;
                let length = t.rest.len() + usize::from(t.manner.is_some());
                (std::cmp::Reverse(length), is_general(t), weak)
            });
        }
        Self {
            all,
            verbs,
            nouns,
            adjectives,
        }
    }
}

/// "sexually", and not "fly" or "rally".
fn is_adverb(word: &str) -> bool {
    word.len() > "supply".len() && word.ends_with("ly")
}
