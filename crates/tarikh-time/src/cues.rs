//! Words beside an expression that say how it stands to what happened.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::rules::Words;

/// What a word beside an expression tells; a word may tell several things.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u32)]
pub(crate) enum Cue {
    /// It began then or lies after it.
    Since,
    /// It ended then or lies before it.
    Until,
    /// Of these, an end that may lie ahead of what is told.
    OpenEnd,
    /// It filled the time.
    Length,
    /// A verb that looks ahead.
    Future,
    /// A word that looks ahead when "to" follows ("set to expire").
    ToCome,
    /// The word before an infinitive.
    To,
    /// A verb that sets a later day ("extended to 16 November").
    Moved,
    /// The word between such a verb and the day.
    MovedTo,
    /// A verb that looks back.
    Past,
    /// A verb that makes another look back further.
    PastPerfect,
    /// A verb that says nothing of when what it tells of happens.
    Told,
    /// A verb whose day is the day of the telling.
    Speech,
    /// What stands before a verb that has no tense of its own.
    Infinitive,
    /// The verb of "to be paid".
    ToBe,
    /// A word that belongs to a time of day behind it.
    TimeLead,
    /// The letter behind the apostrophe of a possessive.
    Possessive,
    /// A thing that may be named after a day ("17 October Square").
    Title,
    /// What leads from a happening to its day ("the vote of 3 May").
    Of,
    /// What is held on a day ("Friday prayers", "Sunday Mass").
    Service,
    /// What a day may be named by ("Bloody Sunday").
    Epithet,
}

/// The cues of each word, by the number of the word.
#[derive(Debug)]
pub(crate) struct Cues(Vec<u32>);

impl Cues {
    /// Of the lists of a data file.
    pub(crate) fn new(lists: &BTreeMap<Cue, Vec<String>>, words: &mut Words) -> Self {
        let mut bits = Vec::new();
        for (&cue, list) in lists {
            for word in list {
                let number = usize::from(words.number(word));
                if bits.len() <= number {
                    bits.resize(number + 1, 0);
                }
                bits[number] |= 1 << cue as u32;
            }
        }
        Self(bits)
    }

    /// Whether the word of this number tells it; word 0 tells nothing.
    pub(crate) fn has(&self, word: u16, cue: Cue) -> bool {
        self.0
            .get(usize::from(word))
            .is_some_and(|bits| bits >> cue as u32 & 1 == 1)
    }
}
