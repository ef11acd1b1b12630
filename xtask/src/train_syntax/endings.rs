//! Learns tables of endings: what is true of the words with an ending, where it differs from what
//! is true of the shorter ending.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use tarikh_syntax::lemma::{Lemmas, Rule, keys};
use tarikh_syntax::morphology::Morphology;
use tarikh_syntax::{Feats, Upos};

use super::forms::Form;
use super::treebank::Example;

/// The lemmatiser's table, from the treebanks' words and other forms.
pub(crate) fn lemmas(examples: &[Example], forms: &[Form]) -> Vec<u8> {
    let forms: Vec<Example> = forms.iter().flat_map(Form::examples).collect();
    let rule = |e: &Example| {
        if e.lemma == "_" {
            return None;
        }
        Rule::between(&e.form, &e.lower, &e.lemma, e.tag.upos == Upos::Propn)
    };
    let (rules, table) = learn(examples.iter().chain(&forms), rule);
    let index = |&(key, i): &(u32, usize)| Some((key, u16::try_from(i).ok()?));
    Lemmas::encode(&rules, &table.iter().filter_map(index).collect::<Vec<_>>())
}

/// The table of morphological features.
pub(crate) fn morphology(examples: &[Example]) -> Vec<u8> {
    let (sets, table): (Vec<Feats>, _) = learn(examples.iter(), |e| Some(e.feats));
    let index = |&(key, i): &(u32, usize)| Some((key, u8::try_from(i).ok()?));
    Morphology::encode(&sets, &table.iter().filter_map(index).collect::<Vec<_>>())
}

/// A word under a tag: how often it has which value, and one example.
type Type<'a, V> = (BTreeMap<V, usize>, &'a Example);

/// The values that occur, sorted, and for each key of an ending the index of its value.
fn learn<'a, V: Ord + Clone>(
    examples: impl Iterator<Item = &'a Example>,
    value: impl Fn(&Example) -> Option<V>,
) -> (Vec<V>, Vec<(u32, usize)>) {
    // Each type of word counts once: a rule must hold for the vocabulary, not for "be".
    let mut types: BTreeMap<(&str, u8, u8), Type<'_, V>> = BTreeMap::new();
    for example in examples {
        if let Some(value) = value(example) {
            let tag = example.tag;
            let key = (example.lower.as_str(), tag.upos as u8, tag.xpos);
            let of_type = types
                .entry(key)
                .or_insert_with(|| (BTreeMap::new(), example));
            *of_type.0.entry(value).or_default() += 1;
        }
    }
    let mut counts: FxHashMap<u32, BTreeMap<&V, usize>> = FxHashMap::default();
    for (values, example) in types.values() {
        if let Some(value) = commonest(values) {
            for key in keys(&example.lower, example.tag) {
                *counts.entry(key).or_default().entry(value).or_default() += 1;
            }
        }
    }
    // From the shortest ending up, a key is kept if it says something else than the one below.
    let mut kept: BTreeMap<u32, &V> = BTreeMap::new();
    for (_, example) in types.values() {
        let all: Vec<u32> = keys(&example.lower, example.tag).collect();
        let mut so_far = None;
        for (n, &key) in all.iter().rev().enumerate() {
            let Some(values) = counts.get(&key) else {
                continue;
            };
            let is_whole = n + 1 == all.len();
            let is_often = values.values().sum::<usize>() > 1;
            let value = commonest(values).copied();
            if (is_whole || is_often) && value != so_far {
                kept.extend(value.map(|v| (key, v)));
                so_far = value;
            }
        }
    }
    let mut values: Vec<V> = kept.values().map(|v| (*v).clone()).collect();
    values.sort_unstable();
    values.dedup();
    let index = |(&key, value): (&u32, &&V)| Some((key, values.binary_search(value).ok()?));
    let table = kept.iter().filter_map(index).collect();
    (values, table)
}

/// The commonest value; the least of equals.
fn commonest<V: Ord>(values: &BTreeMap<V, usize>) -> Option<&V> {
    values
        .iter()
        .max_by_key(|&(value, n)| (*n, std::cmp::Reverse(value)))
        .map(|v| v.0)
}
