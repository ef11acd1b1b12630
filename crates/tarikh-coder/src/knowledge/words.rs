//! Lists of words that rules go by (`data/words.toml`, which tells each).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Deserializer};
use tarikh_syntax::{Doc, Tok};

const SOURCE: &str = include_str!("../../../../data/words.toml");

/// The lists of the file, by their names there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) light_verbs: List,
    pub(crate) happening_verbs: List,
    pub(crate) lasting_verbs: List,
    pub(crate) outbreak_verbs: List,
    pub(crate) ongoing_words: List,
    pub(crate) calling_verbs: List,
    pub(crate) claiming_verbs: List,
    pub(crate) losing_verbs: List,
    pub(crate) spread_words: List,
    pub(crate) irregular_forms: List,
    pub(crate) harm_nouns: List,
    pub(crate) others: List,
    pub(crate) apart: List,
    pub(crate) additions: List,
    pub(crate) occurrences: List,
    pub(crate) undergoers: List,
    pub(crate) captives: List,
    pub(crate) seized: List,
    pub(crate) state_words: List,
    pub(crate) bangs: List,
    pub(crate) early_hours: List,
    pub(crate) distances: List,
    pub(crate) attackers: List,
    pub(crate) parts_of_day: List,
    pub(crate) afterwards: List,
    pub(crate) consecutive: List,
    pub(crate) neighbouring: List,
    pub(crate) spots: List,
    pub(crate) city_parts: List,
    pub(crate) counted_regions: List,
    pub(crate) linking: List,
    pub(crate) reasons: List,
    pub(crate) long_stretches: List,
    pub(crate) rate_stretches: List,
    pub(crate) burning: List,
    pub(crate) parts_of_many: List,
    pub(crate) bulk: List,
    pub(crate) mainly: List,
    pub(crate) among: List,
    pub(crate) added: List,
    pub(crate) turns_of_verbs: List,
}

/// The lists, read once.
pub(crate) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| super::parse("words.toml", SOURCE));
    &WORDS
}

/// A list of words, of their lemmas or of forms in small letters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    #[serde(default, deserialize_with = "parted")]
    lemmas: FxHashSet<String>,
    #[serde(default, deserialize_with = "parted")]
    forms: FxHashSet<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tests"))]
    pub(crate) examples: Vec<String>,
}

impl List {
    /// Whether a word of a text is in the list.
    pub(crate) fn is(&self, doc: &Doc, t: Tok) -> bool {
        self.lemmas.contains(doc.lemma(t)) || self.forms.contains(doc.lower(t))
    }

    /// Whether the list has the word as it stands there.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.lemmas.contains(word) || self.forms.contains(word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.lemmas.iter().chain(&self.forms).map(String::as_str)
    }
}

/// Words parted by blanks.
fn parted<'de, D: Deserializer<'de>>(source: D) -> Result<FxHashSet<String>, D::Error> {
    let words = String::deserialize(source)?;
    Ok(words.split_whitespace().map(str::to_owned).collect())
}

/// The lists by name, with their examples.
#[cfg(test)]
pub(crate) fn by_name() -> std::collections::BTreeMap<String, List> {
    super::parse("words.toml", SOURCE)
}
