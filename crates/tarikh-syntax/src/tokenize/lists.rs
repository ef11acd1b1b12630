//! The word lists of the tokeniser, from `data/syntax/tokens.toml`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../../data/syntax/tokens.toml");

/// Word lists, all lower-case; the fields are explained in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    pub(crate) before_names: FxHashSet<String>,
    pub(crate) others: FxHashSet<String>,
    pub(crate) before_numbers: FxHashSet<String>,
    pub(crate) units: FxHashSet<String>,
    pub(crate) prefixes: FxHashSet<String>,
    pub(crate) slashed: FxHashSet<String>,
    pub(crate) contractions: FxHashMap<String, usize>,
    pub(crate) openers: Openers,
}

/// Words that open a sentence.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Openers {
    pub(crate) words: FxHashSet<String>,
}

impl Lists {
    /// Reads the embedded file.
    pub(crate) fn embedded() -> Self {
        // The file is part of the program and a test reads it: an error cannot reach a user.
        toml::from_str(SOURCE).expect("data/syntax/tokens.toml is well-formed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_lower_case() {
        let lists = Lists::embedded();
        for word in lists
            .before_names
            .iter()
            .chain(&lists.others)
            .chain(&lists.openers.words)
        {
            assert_eq!(*word, word.to_lowercase());
        }
        let splits =
            |(word, &at): (&String, &usize)| word.is_char_boundary(at) && 0 < at && at < word.len();
        assert!(lists.contractions.iter().all(splits));
    }
}
