//! What the sentences that state an act are about, beyond what all reports on such acts say.
//!
//! The coded fields tell two bombs in one town apart only by their tolls, and tolls move. The words
//! around them ("market", "mosque", the name of a quarter) stay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tarikh_record::{Evidence, Incident, Zone};

use crate::profile::fold;

/// Words that every report on violence has (`data/link/common.toml`), folded, a plural's ending cut.
static COMMON: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../../data/link/common.toml"))
            .expect("the list of common words is tested");
    lists
        .into_values()
        .flatten()
        .map(|word| stem(&word))
        .collect()
});

/// Fewest letters of a word.
const MIN_LETTERS: usize = 4;

/// The words of the sentences in which a report states the act and its tolls, those left out that
/// all reports on violence have. `text` is the report's text as given, which the offsets of the
/// evidence count in.
pub(crate) fn telling(text: &str, incident: &Incident) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().collect();
    let evidence = std::iter::once(&incident.evidence).chain(&incident.evidence_also);
    let spans: BTreeSet<(usize, usize)> = evidence
        .filter(|evidence| evidence.zone == Zone::Text)
        .map(|evidence| sentence(&letters, evidence))
        .collect();
    let sentences = spans
        .into_iter()
        .map(|(start, end)| letters[start..end].iter().collect());
    let words = sentences.flat_map(|sentence: String| words(&sentence));
    words.filter(|word| !COMMON.contains(word)).collect()
}

/// Words of four letters and more, folded, a plural's ending cut.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(' ');
    words
        .filter(|word| MIN_LETTERS <= word.chars().count())
        .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(stem)
        .collect()
}

fn stem(word: &str) -> String {
    word.trim_end_matches('s').to_owned()
}

/// From the full stop or line end before some words to the one after them, in letters.
fn sentence(letters: &[char], evidence: &Evidence) -> (usize, usize) {
    let start = (evidence.start as usize).min(letters.len());
    let end = (evidence.end as usize).clamp(start, letters.len());
    let is_border = |i: usize| match letters[i] {
        '\n' => true,
        '.' | '!' | '?' => letters.get(i + 1).is_none_or(|next| next.is_whitespace()),
        _ => false,
    };
    let from = (0..start)
        .rev()
        .find(|i| is_border(*i))
        .map_or(0, |i| i + 1);
    let to = (end..letters.len())
        .find(|i| is_border(*i))
        .unwrap_or(letters.len());
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_full_stop_or_a_line() {
        let letters: Vec<char> = "ARBEL\nIt rained. A shell hit a bakery. It burned."
            .chars()
            .collect();
        let evidence = Evidence {
            quote: "hit".to_owned(),
            start: 25,
            end: 28,
            zone: Zone::Text,
        };
        let (start, end) = sentence(&letters, &evidence);
        let found: String = letters[start..end].iter().collect();
        assert_eq!(found.trim(), "A shell hit a bakery");
    }

    #[test]
    fn words_of_every_report_are_common() {
        for word in ["killed", "Gunmen", "Tuesday", "according"] {
            assert!(
                words(word).iter().all(|word| COMMON.contains(word)),
                "{word}"
            );
        }
        assert!(words("monastery").iter().all(|word| !COMMON.contains(word)));
    }
}
