//! Number words and bounds (`data/numbers.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// How a number is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Bound {
    AtLeast,
    MoreThan,
    UpTo,
    LessThan,
    About,
}

#[derive(Debug, Deserialize)]
struct BoundEntry {
    kind: Bound,
    words: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

/// Words before and behind a number, in the order of the text.
#[derive(Debug, Deserialize)]
struct Around {
    before: Vec<String>,
    after: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Collective {
    words: Vec<String>,
    many: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: FxHashMap<String, u32>,
    multipliers: FxHashMap<String, u32>,
    amounts: FxHashMap<String, u32>,
    /// With the number that ACLED takes for the word.
    vague: FxHashMap<String, u32>,
    bound: Vec<BoundEntry>,
    bound_after: Vec<BoundEntry>,
    ordinals: Words,
    aged: Words,
    further: Around,
    collective: Collective,
    not_people: Around,
}

/// The number words of a language.
#[derive(Debug)]
pub(crate) struct Numbers {
    file: File,
}

impl Numbers {
    pub(crate) fn embedded() -> Self {
        Self {
            file: super::parse(
                "numbers.toml",
                include_str!("../../../../data/numbers.toml"),
            ),
        }
    }

    /// Value of a numeral in words or digits ("12", "1,200", "twenty-five"); not of amounts.
    pub(crate) fn numeral(&self, word: &str) -> Option<u32> {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return digits(word);
        }
        if let Some(n) = self.file.words.get(word) {
            return Some(*n);
        }
        let (tens, unit) = word.split_once('-')?;
        let (tens, unit) = (*self.file.words.get(tens)?, *self.file.words.get(unit)?);
        (tens >= 20 && tens % 10 == 0 && (1..10).contains(&unit)).then_some(tens + unit)
    }

    pub(crate) fn multiplier(&self, word: &str) -> Option<u32> {
        self.file.multipliers.get(word).copied()
    }

    pub(crate) fn amount(&self, word: &str) -> Option<u32> {
        self.file.amounts.get(word).copied()
    }

    pub(crate) fn is_vague(&self, word: &str) -> bool {
        self.file.vague.contains_key(word)
    }

    /// The number that ACLED takes for a word of many or few (codebook, Fatalities).
    pub(crate) fn acled(&self, word: &str) -> Option<u32> {
        self.file.vague.get(word).copied()
    }

    /// Whether the word before a number puts it on top of what was counted ("another two").
    pub(crate) fn further_before(&self, word: &str) -> bool {
        has(&self.file.further.before, word)
    }

    /// Whether the word behind a number puts it on top of what was counted ("two others").
    pub(crate) fn further_after(&self, word: &str) -> bool {
        has(&self.file.further.after, word)
    }

    /// Whether the word behind "a" makes it one person more ("a third was wounded").
    pub(crate) fn is_ordinal(&self, word: &str) -> bool {
        self.ordinal(word).is_some()
    }

    /// Value of an ordinal from 2 on.
    pub(crate) fn ordinal(&self, word: &str) -> Option<u32> {
        let at = self.file.ordinals.words.iter().position(|w| w == word)?;
        Some(at as u32 + 2)
    }

    /// Whether a number behind the word and "of" tells how old one is ("a woman of 34").
    pub(crate) fn is_aged(&self, word: &str) -> bool {
        has(&self.file.aged.words, word)
    }

    /// Whether "of" and a number behind the word count its members ("a family of six").
    pub(crate) fn is_collective(&self, word: &str) -> bool {
        has(&self.file.collective.words, word)
    }

    /// Whether the noun is several people also in the singular ("police").
    pub(crate) fn is_many(&self, word: &str) -> bool {
        has(&self.file.collective.many, word)
    }

    /// Whether a number behind the word counts no people ("route 5", "aged 12").
    pub(crate) fn not_people_after(&self, word: &str) -> bool {
        has(&self.file.not_people.before, word)
    }

    /// Whether a number before the word counts no people ("45 houses").
    pub(crate) fn not_people_before(&self, word: &str) -> bool {
        has(&self.file.not_people.after, word)
    }

    /// The bound that ends right before a number; the words before it are given last first.
    pub(crate) fn bound_before<'a>(
        &self,
        before: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(Bound, usize)> {
        self.file
            .bound
            .iter()
            .flat_map(|b| b.words.iter().map(move |w| (b.kind, w)))
            .filter_map(|(kind, words)| {
                let n = words.split(' ').count();
                words
                    .split(' ')
                    .rev()
                    .eq(before.clone().take(n))
                    .then_some((kind, n))
            })
            .max_by_key(|&(_, n)| n)
    }

    /// The bound that begins right after a number.
    pub(crate) fn bound_after<'a>(
        &self,
        after: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<(Bound, usize)> {
        self.file
            .bound_after
            .iter()
            .flat_map(|b| b.words.iter().map(move |w| (b.kind, w)))
            .filter_map(|(kind, words)| {
                let n = words.split(' ').count();
                words
                    .split(' ')
                    .eq(after.clone().take(n))
                    .then_some((kind, n))
            })
            .max_by_key(|&(_, n)| n)
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w == word)
}

/// "1,200" and "1200"; not "7.50", "2-1" or "30km".
fn digits(word: &str) -> Option<u32> {
    let grouped = word.contains(',');
    if grouped && !word.split(',').skip(1).all(|g| g.len() == 3) {
        return None;
    }
    let mut n = 0u32;
    for c in word.chars().filter(|&c| c != ',') {
        n = n.checked_mul(10)?.checked_add(c.to_digit(10)?)?;
    }
    Some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        let n = Numbers::embedded();
        for (word, value) in [
            ("nine", Some(9)),
            ("twenty-five", Some(25)),
            ("1,200", Some(1200)),
            ("2-1", None),
            ("7.50", None),
            ("99999999999", None),
            ("1,2", None),
        ] {
            assert_eq!(n.numeral(word), value, "{word}");
        }
    }

    #[test]
    fn every_bound_behind_a_number_is_read_in_its_example() {
        let n = Numbers::embedded();
        for b in &n.file.bound_after {
            for e in &b.examples {
                let lower = e.to_lowercase();
                let words: Vec<&str> = lower.split([' ', '.']).collect();
                let at = words.iter().position(|w| n.numeral(w).is_some());
                let behind = words[at.expect("an example has a number") + 1..].iter();
                assert_eq!(
                    n.bound_after(behind.copied()).map(|b| b.0),
                    Some(b.kind),
                    "{e}"
                );
            }
        }
    }

    #[test]
    fn words_around_a_number_are_read_in_their_examples() {
        let n = Numbers::embedded();
        let parts = |e: &str| e.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for e in &n.file.further.examples {
            let words = parts(e);
            let around = |w: &String| n.further_before(w) || n.further_after(w);
            assert!(words.iter().any(around), "{e}");
        }
        for e in &n.file.not_people.examples {
            let words = parts(e);
            let behind = words.last().expect("an example has words");
            assert!(n.not_people_before(behind), "{e}");
        }
        for e in &n.file.ordinals.examples {
            assert!(parts(e).iter().any(|w| n.is_ordinal(w)), "{e}");
        }
        for e in &n.file.aged.examples {
            assert!(parts(e).iter().any(|w| n.is_aged(w)), "{e}");
        }
        for e in &n.file.collective.examples {
            assert!(parts(e).iter().any(|w| n.is_collective(w)), "{e}");
        }
    }

    #[test]
    fn acled_has_numbers_for_words() {
        let n = Numbers::embedded();
        for (word, value) in [
            ("tens", 10),
            ("dozens", 12),
            ("hundreds", 100),
            ("several", 3),
        ] {
            assert_eq!(n.acled(word), Some(value), "{word}");
        }
    }

    #[test]
    fn every_bound_is_read_in_its_example() {
        let n = Numbers::embedded();
        for b in &n.file.bound {
            for e in &b.examples {
                let lower = e.to_lowercase();
                let words: Vec<&str> = lower.split(' ').collect();
                let at = words
                    .iter()
                    .position(|w| n.numeral(w).is_some())
                    .expect("an example has a number");
                assert_eq!(
                    n.bound_before(words[..at].iter().rev().copied())
                        .map(|b| b.0),
                    Some(b.kind),
                    "{e}"
                );
            }
        }
    }
}
