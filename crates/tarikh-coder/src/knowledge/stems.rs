//! Stems of trigger words, for the gate.

use rustc_hash::FxHashSet;

use super::frames::Frames;

/// Letters kept of a stem: long enough to tell words apart, short enough for their inflections.
const STEM: usize = 4;

/// Irregular forms whose beginning differs from their lemma's.
const IRREGULAR: &[&str] = &[
    "fought", "shot", "slain", "slew", "took", "taken", "broke", "fell", "died", "dead", "dying",
    "fled", "blew", "blown", "struck", "hit", "ran", "froze", "came", "gone", "went", "lost",
    "beaten", "burnt", "held", "wounded", "won", "drove", "driven", "stole", "stolen", "swore",
    "sworn", "swept", "dug", "tore", "torn", "threw", "thrown", "rode", "ridden", "sank", "sunk",
    "led", "left", "found", "caught", "brought",
];

/// Stems of all trigger words.
#[derive(Debug)]
pub(crate) struct Stems {
    stems: FxHashSet<String>,
}

impl Stems {
    pub(crate) fn of(frames: &Frames) -> Self {
        let words = frames
            .verbs
            .keys()
            .chain(frames.nouns.keys())
            .map(String::as_str);
        let stems = words
            .chain(["death", "injure", "casualty", "hostage", "captive", "toll"])
            .map(stem)
            .map(str::to_owned)
            .collect();
        Self { stems }
    }

    /// Whether a lower-cased form can be a trigger.
    pub(crate) fn is_trigger(&self, form: &str) -> bool {
        self.stems.contains(stem(form)) || IRREGULAR.contains(&form)
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
