//! Stems of trigger words, for the gate.

use rustc_hash::FxHashSet;

use super::frames::Frames;
use super::words::words;

/// Letters kept of a stem: long enough to tell words apart, short enough for their inflections.
const STEM: usize = 4;

/// Stems of all trigger words.
#[derive(Debug)]
pub(crate) struct Stems {
    stems: FxHashSet<String>,
}

impl Stems {
    pub(crate) fn of(frames: &Frames) -> Self {
        let triggers = frames
            .verbs
            .keys()
            .chain(frames.nouns.keys())
            .map(String::as_str);
        let stems = triggers
            .chain(words().harm_nouns.iter())
            .map(stem)
            .map(str::to_owned)
            .collect();
        Self { stems }
    }

    /// Whether a lower-cased form can be a trigger.
    pub(crate) fn is_trigger(&self, form: &str) -> bool {
        self.stems.contains(stem(form)) || words().irregular_forms.has(form)
    }
}

/// The first letters of a word; whole words that are shorter. A final "e" or "y" is not part of it.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(i, _)| i);
    let cut = &word[..end];
    cut.trim_end_matches(['e', 'y', 'i', 's'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_pass() {
        let stems = Stems::of(&Frames::embedded());
        for form in [
            "attacked", "killing", "bombs", "seized", "fired", "clashes", "shot", "raids",
            "protests", "died", "drove", "stole",
        ] {
            assert!(stems.is_trigger(form), "{form}");
        }
        assert!(!stems.is_trigger("weather"));
    }
}
