//! The phrases and measures of `data/places/relations.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../data/places/relations.toml");

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Source {
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests of the file"))]
    examples: Vec<String>,
    near: Vec<String>,
    outskirts: Vec<String>,
    coast: Vec<String>,
    border: Vec<String>,
    triangle: Vec<String>,
    leads: Vec<String>,
    roads: String,
    road_links: String,
    travel: String,
    borders: String,
    compass: BTreeMap<String, f64>,
    lengths: BTreeMap<String, f64>,
    counts: BTreeMap<String, f64>,
    words: BTreeMap<String, String>,
}

/// A phrase, by its words.
pub(crate) type Phrase = Vec<String>;

/// A set of words.
pub(crate) type Words = FxHashSet<String>;

/// What the file has, ready for use; the fields are told there.
pub(crate) struct Phrases {
    pub(crate) near: Vec<Phrase>,
    pub(crate) outskirts: Vec<Phrase>,
    pub(crate) coast: Vec<Phrase>,
    pub(crate) border: Vec<Phrase>,
    pub(crate) triangle: Vec<Phrase>,
    pub(crate) leads: Vec<Phrase>,
    pub(crate) roads: Words,
    pub(crate) road_links: Words,
    pub(crate) travel: Words,
    pub(crate) borders: Words,
    /// Degrees from north.
    pub(crate) compass: FxHashMap<String, f64>,
    /// Kilometres.
    pub(crate) lengths: FxHashMap<String, f64>,
    pub(crate) counts: FxHashMap<String, f64>,
    pub(crate) vague_counts: Words,
    pub(crate) about: Words,
    pub(crate) nautical: Words,
    pub(crate) describing: Words,
    pub(crate) adorning: Words,
    pub(crate) between_people_and_name: Words,
    pub(crate) seats: Words,
    pub(crate) outer_parts: Words,
    pub(crate) of_edges: Words,
    pub(crate) naming: Words,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let source: Source = toml::from_str(SOURCE).expect("the embedded relations are well formed");
    let phrases = |list: &[String]| -> Vec<Phrase> { list.iter().map(|p| split(p)).collect() };
    let words = |list: &str| -> Words { list.split_whitespace().map(str::to_owned).collect() };
    let named = |name: &str| words(&source.words[name]);
    Phrases {
        near: phrases(&source.near),
        outskirts: phrases(&source.outskirts),
        coast: phrases(&source.coast),
        border: phrases(&source.border),
        triangle: phrases(&source.triangle),
        leads: phrases(&source.leads),
        roads: words(&source.roads),
        road_links: words(&source.road_links),
        travel: words(&source.travel),
        borders: words(&source.borders),
        vague_counts: named("vague-counts"),
        about: named("about"),
        nautical: named("nautical"),
        describing: named("describing"),
        adorning: named("adorning"),
        between_people_and_name: named("between-people-and-name"),
        seats: named("seats"),
        outer_parts: named("outer-parts"),
        of_edges: named("of-edges"),
        naming: named("naming"),
        compass: source.compass.into_iter().collect(),
        lengths: source.lengths.into_iter().collect(),
        counts: source.counts.into_iter().collect(),
    }
});

fn split(phrase: &str) -> Phrase {
    phrase.split_whitespace().map(str::to_owned).collect()
}

/// What the file has.
pub(crate) fn phrases() -> &'static Phrases {
    &PHRASES
}

#[cfg(test)]
mod tests {
    use tarikh_syntax::{Analyzer, Sent, Workspace};
    use tarikh_text::{Metadata, Report};

    use super::*;
    use crate::{Gazetteer, Hints, Resolver};

    #[test]
    fn the_examples_hold() {
        let source: Source = toml::from_str(SOURCE).expect("well formed");
        let analyzer = Analyzer::new();
        let world = Gazetteer::embedded();
        let mut wrong = Vec::new();
        for example in &source.examples {
            let wanted = example.split(['[', ']']).nth(1).expect("words in brackets");
            let text = example.replace(['[', ']'], "");
            let report = Report::new(Metadata::default(), &text);
            let mut doc = analyzer.tokenize_all(&report);
            let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
            analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
            let found = Resolver::new(&world).find(&doc, &Hints::default());
            let relations: Vec<&str> = found
                .iter()
                .filter_map(|m| m.place.as_ref()?.relation)
                .map(|span| span.of(doc.text()))
                .collect();
            if relations.first() != Some(&wanted) {
                wrong.push(format!("{example}: {relations:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
