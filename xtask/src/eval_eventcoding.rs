//! `cargo xtask eval eventcoding`: source, event type and target of a sentence.
//!
//! The two sides are the stretches that the learned model finds; the type is read off the topmost
//! telling word, by `data/plover.toml`.

use serde::{Deserialize, Serialize};
use tarikh_place::{Gazetteer, Hints, PlaceMention, Resolver};
use tarikh_roles::spans::{SCHEMES, Spans};
use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use crate::eval::{self, Options};
use crate::train_spans::analyse;
use crate::workspace;

/// What the model is told of a sentence; its events are only looked for, never read.
#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    events: Option<serde::de::IgnoredAny>,
}

/// A line of predictions.
#[derive(Serialize)]
struct Prediction {
    id: String,
    events: Vec<Event>,
}

#[derive(Serialize)]
struct Event {
    source: Vec<String>,
    target: Vec<String>,
    plover_type: String,
    reciprocal: bool,
}

/// The words of `data/plover.toml`.
#[derive(Deserialize)]
struct Words {
    #[serde(rename = "type")]
    types: Vec<Type>,
    #[serde(rename = "sector")]
    sectors: Vec<Sector>,
}

#[derive(Deserialize)]
struct Type {
    name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    examples: Vec<String>,
}

#[derive(Deserialize)]
struct Sector {
    code: String,
    words: Vec<String>,
}

/// The layers that events are read from.
struct Layers {
    spans: Spans,
    gazetteer: Gazetteer,
    words: Words,
}

impl Layers {
    fn new() -> anyhow::Result<Self> {
        Ok(Self {
            spans: Spans::embedded(),
            gazetteer: Gazetteer::embedded(),
            words: Words::embedded()?,
        })
    }
}

/// Codes the inputs, or else the development side of every set; writes predictions and, where the
/// inputs carry gold, prints the scorer's table.
///
/// # Errors
/// If inputs cannot be read, predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let layers = Layers::new()?;
    if options.inputs.is_some() {
        return code(&layers, options);
    }
    for set in ["plover_gsr", "petr2_gsr", "petr_unit"] {
        eval::announce(set);
        let folder = workspace::shared().join("bench/eventcoding");
        let out = workspace::root().join("out/eval");
        code(
            &layers,
            &Options {
                inputs: Some(folder.join(format!("{set}.dev.jsonl"))),
                out: Some(out.join(format!("eventcoding.{set}.jsonl"))),
                ..options.clone()
            },
        )?;
    }
    Ok(())
}

fn code(layers: &Layers, options: &Options) -> anyhow::Result<()> {
    eval::run(
        "eventcoding",
        options,
        |line: &Input| line.events.is_some(),
        |lines| {
            let predict = |line: &Input| Prediction {
                id: line.id.clone(),
                events: layers.events(&line.text),
            };
            Ok(lines.iter().map(predict).collect())
        },
        eval::gold_then_predictions,
    )
}

impl Layers {
    /// At most one event: the sentence's topmost one.
    fn events(&self, text: &str) -> Vec<Event> {
        let (_, doc) = analyse(text);
        let places = Resolver::new(&self.gazetteer).find(&doc, &Hints::default());
        let found = self.spans.find(0, &doc, &[]);
        let side = |kind: &str| -> Vec<String> {
            let stretches = found.iter().filter(|s| SCHEMES[0].kinds[s.kind] == kind);
            let mut codes: Vec<String> = stretches
                .filter_map(|s| self.actor(&doc, s.tokens, &places))
                .collect();
            codes.dedup();
            codes
        };
        let Some((at, plover_type)) = self.words.event(&doc) else {
            return Vec::new();
        };
        let both = side("R");
        let is_reciprocal = both.len() > 1;
        let mut event = Event {
            source: if is_reciprocal { both } else { side("S") },
            target: if is_reciprocal { Vec::new() } else { side("T") },
            plover_type: plover_type.to_owned(),
            reciprocal: is_reciprocal,
        };
        if !is_reciprocal {
            self.complete(&mut event, &doc, at, &places);
        }
        vec![event]
    }

    /// A side that no stretch gives is the country named first, before the telling word or behind
    /// it. A source of no country is of the one that its sentence names first.
    fn complete(&self, event: &mut Event, doc: &Doc, at: Tok, places: &[PlaceMention]) {
        let sentence = doc.sentence(doc.sentence_of(at)).tokens;
        let named = |tokens: TokRange| self.country(tokens, places);
        if event.source.is_empty() {
            let before = named(TokRange::new(sentence.start, at));
            event.source.extend(before.map(str::to_owned));
        }
        for code in &mut event.source {
            if let (Some(sector), Some(country)) = (code.strip_prefix("***"), named(sentence)) {
                *code = format!("{country}{sector}");
            }
        }
        if event.target.is_empty() {
            let behind = named(TokRange::new(at, sentence.end));
            let other = behind.filter(|c| !event.source.iter().any(|s| s.starts_with(c)));
            event.target.extend(other.map(str::to_owned));
        }
    }

    /// The first country that is named in these words, or whose place is.
    fn country(&self, tokens: TokRange, places: &[PlaceMention]) -> Option<&str> {
        let inside = places.iter().filter(|p| tokens.overlaps(p.tokens));
        let mut codes = inside.filter_map(|p| p.place.as_ref()?.country.as_deref());
        codes.find_map(|code| self.gazetteer.iso3(code))
    }

    /// Country and sector of some words: the first country and the first telling word.
    fn actor(&self, doc: &Doc, tokens: TokRange, places: &[PlaceMention]) -> Option<String> {
        let country = self.country(tokens, places);
        let sector = self.words.sector(doc, tokens);
        match (country, sector) {
            (None, None) => None,
            (country, sector) => Some(format!(
                "{}{}",
                country.unwrap_or("***"),
                sector.unwrap_or_default()
            )),
        }
    }
}

impl Words {
    fn embedded() -> anyhow::Result<Self> {
        Ok(toml::from_str(include_str!("../../data/plover.toml"))?)
    }

    /// The telling word nearest to the root of the first sentence that has one, and its type.
    fn event(&self, doc: &Doc) -> Option<(Tok, &str)> {
        doc.sentences().iter().find_map(|sentence| {
            let telling = sentence
                .tokens
                .iter()
                .filter_map(|t| Some((depth(doc, t), t, self.type_at(doc, t)?)));
            telling
                .min_by_key(|(depth, t, _)| (*depth, *t))
                .map(|(_, t, name)| (t, name))
        })
    }

    fn type_at(&self, doc: &Doc, t: Tok) -> Option<&str> {
        let lemma = doc.lemma(t).to_lowercase();
        let has = |words: &[String]| words.contains(&lemma);
        let by_phrase = self
            .types
            .iter()
            .find(|kind| kind.phrases.iter().any(|p| begins(doc, t, p)));
        let by_word = || {
            self.types.iter().find(|kind| match doc.upos(t) {
                Upos::Verb => has(&kind.verbs),
                Upos::Noun | Upos::Propn => has(&kind.nouns),
                _ => false,
            })
        };
        by_phrase.or_else(by_word).map(|kind| kind.name.as_str())
    }

    fn sector(&self, doc: &Doc, tokens: TokRange) -> Option<&str> {
        let words: Vec<String> = tokens.iter().map(|t| doc.lemma(t).to_lowercase()).collect();
        let text = format!(" {} ", words.join(" "));
        let is_named = |word: &String| text.contains(&format!(" {word} "));
        let sector = self
            .sectors
            .iter()
            .find(|sector| sector.words.iter().any(is_named));
        sector.map(|sector| sector.code.as_str())
    }
}

/// Whether the lemmas of a phrase stand in a row from `t` on, articles passed over.
fn begins(doc: &Doc, t: Tok, phrase: &str) -> bool {
    let sentence = doc.sentence(doc.sentence_of(t)).tokens;
    let mut words = TokRange::new(t, sentence.end)
        .iter()
        .filter(|&t| doc.upos(t) != Upos::Det)
        .map(|t| doc.lemma(t).to_lowercase());
    phrase
        .split(' ')
        .filter(|word| *word != "the")
        .all(|word| words.next().is_some_and(|w| w == word))
}

/// Steps from a word up to the root of its sentence.
fn depth(doc: &Doc, t: Tok) -> usize {
    let up = std::iter::successors(Some(t), |&t| doc.head(t));
    up.take(doc.len()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_of_its_type() {
        let words = Words::embedded().expect("the data are read");
        for kind in &words.types {
            for example in &kind.examples {
                let (_, doc) = analyse(example);
                assert_eq!(
                    words.event(&doc).map(|e| e.1),
                    Some(kind.name.as_str()),
                    "{example}"
                );
            }
        }
    }
}
