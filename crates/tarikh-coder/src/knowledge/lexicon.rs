//! Classes of common nouns (`data/lexicon.toml`) and words of modality (`data/modality.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::{Doc, Tok};

use super::frames::Act;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    id: String,
    words: Vec<String>,
    #[serde(default)]
    weapon: bool,
    #[serde(default)]
    act: Option<Act>,
    /// A class whose longer entries take the word away from this one.
    #[serde(default)]
    rival: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    class: Vec<Class>,
}

/// What a class makes of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// Index of the class.
    class: usize,
    /// Number of words before the last one.
    n_before: usize,
    pub(crate) weapon: bool,
    pub(crate) act: Option<Act>,
}

/// The classes, indexed by the last word of each entry.
#[derive(Debug)]
pub(crate) struct Lexicon {
    ids: Vec<String>,
    /// For each class, the one whose longer entries take a word away from it.
    rivals: Vec<Option<usize>>,
    by_last: FxHashMap<String, Vec<(Vec<String>, Member)>>,
}

impl Lexicon {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse(
            "lexicon.toml",
            include_str!("../../../../data/lexicon.toml"),
        );
        let mut by_last: FxHashMap<String, Vec<(Vec<String>, Member)>> = FxHashMap::default();
        for (class, c) in file.class.iter().enumerate() {
            for entry in &c.words {
                for mut words in super::spellings(entry) {
                    let last = words.pop().unwrap_or_default();
                    let member = Member {
                        class,
                        n_before: words.len(),
                        weapon: c.weapon,
                        act: c.act,
                    };
                    by_last.entry(last).or_default().push((words, member));
                }
            }
        }
        by_last
            .values_mut()
            .for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        let ids: Vec<String> = file.class.iter().map(|c| c.id.clone()).collect();
        let index = |id: &String| ids.iter().position(|i| i == id);
        let rivals = file.class.iter().map(|c| c.rival.as_ref().and_then(index));
        Self {
            rivals: rivals.collect(),
            ids,
            by_last,
        }
    }

    /// The classes of the noun whose last word is `t`, longest entries first.
    fn members<'a>(&'a self, doc: &'a Doc, t: Tok) -> impl Iterator<Item = Member> + 'a {
        let by_lemma = self.by_last.get(doc.lemma(t));
        let by_form = self
            .by_last
            .get(doc.lower(t))
            .filter(|_| doc.lemma(t) != doc.lower(t));
        by_lemma
            .into_iter()
            .chain(by_form)
            .flatten()
            .filter(move |(before, _)| crate::tree::precedes(doc, t, before))
            .map(|(_, m)| *m)
    }

    /// Whether the noun belongs to the class: "an aid convoy" is no military convoy.
    pub(crate) fn is(&self, doc: &Doc, t: Tok, class: &str) -> bool {
        let mut members = self.members(doc, t);
        let Some(own) = members.find(|m| self.ids[m.class] == class) else {
            return false;
        };
        self.rivals[own.class].is_none_or(|rival| {
            let mut members = self.members(doc, t);
            members.all(|m| m.class != rival || m.n_before <= own.n_before)
        })
    }

    /// The longest weapon that ends at `t`: number of words before it, and the act that it points to.
    /// "A gold mine" is none.
    pub(crate) fn weapon(&self, doc: &Doc, t: Tok) -> Option<(usize, Option<Act>)> {
        // "a rocket-propelled grenade" is no rocket.
        let propels = || {
            let (hyphen, next) = (Tok(t.0 + 1), Tok(t.0 + 2));
            next.idx() < doc.len() && doc.word(hyphen) == "-" && doc.lower(next) == "propelled"
        };
        self.members(doc, t)
            .take_while(|m| self.ids[m.class] != "pit")
            .find(|m| m.weapon)
            .filter(|_| !propels())
            .map(|m| (m.n_before, m.act))
    }

    /// Whether a class holds the word, alone or at the end of an entry.
    pub(crate) fn holds(&self, class: &str, word: &str) -> bool {
        let entries = self.by_last.get(word).into_iter().flatten();
        entries.into_iter().any(|(_, m)| self.ids[m.class] == class)
    }
}

/// Words of modality.
#[derive(Debug, Deserialize)]
pub(crate) struct Modalities {
    pub(crate) negation: Negation,
    pub(crate) prospect: Prospect,
    pub(crate) general: General,
    pub(crate) report: Judgement,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Negation {
    pub(crate) words: Vec<String>,
    pub(crate) governors: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Prospect {
    /// Nouns of what is said without being known.
    pub(crate) hearsay: Vec<String>,
    pub(crate) auxiliaries: Vec<String>,
    pub(crate) governors: Vec<String>,
    pub(crate) nouns: Vec<String>,
    /// Verbs that only remind of what happened ("it may be recalled that").
    pub(crate) reminders: Vec<String>,
    pub(crate) conditions: Vec<String>,
    /// Verbs of trying ("tried to defuse a bomb").
    pub(crate) tried: Vec<String>,
    /// Verbs whose purpose came about with them ("gathered to protest").
    pub(crate) carried_out: Vec<String>,
    pub(crate) adjectives: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct General {
    /// Adjectives of acts in the plural that are only recalled ("recent attacks").
    pub(crate) recalled: Vec<String>,
    /// Nouns of the distance in time between two acts ("days after").
    pub(crate) distances: Vec<String>,
    /// Nouns of stretches of time too long for one act.
    pub(crate) stretches: Vec<String>,
    /// Verbs whose object acts led to, in general.
    pub(crate) prompts: Vec<String>,
    /// What an act is an answer to stands behind these words.
    pub(crate) answers: Vec<String>,
    /// Those distances that do not leave the day.
    pub(crate) within_a_day: Vec<String>,
    /// Verbs that tell of a war as going on.
    pub(crate) war: Vec<String>,
    pub(crate) adverbs: Vec<String>,
    pub(crate) verbs: Vec<String>,
    pub(crate) nouns: Vec<String>,
    /// "notorious for cattle rustling".
    pub(crate) adjectives: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Judgement {
    /// Verbs of praising someone for a deed that is only named.
    pub(crate) praise: Vec<String>,
    /// Verbs of accusing someone of a crime that is only named.
    pub(crate) charges: Vec<String>,
    /// Words of courts, before which people are accused of crimes.
    pub(crate) courts: Vec<String>,
    /// Words of sentences and terms in prison.
    pub(crate) sentences: Vec<String>,
    /// Verbs of charging someone with a crime.
    pub(crate) charged: Vec<String>,
    /// Verbs of keeping in mind those who died of what is long past.
    pub(crate) remembered: Vec<String>,
    /// Verbs whose object is the dead.
    pub(crate) mourning: Vec<String>,
    pub(crate) governors: Vec<String>,
}

impl Modalities {
    pub(crate) fn embedded() -> Self {
        super::parse(
            "modality.toml",
            include_str!("../../../../data/modality.toml"),
        )
    }
}

/// Whether a word is in a list.
pub(crate) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w == word)
}
