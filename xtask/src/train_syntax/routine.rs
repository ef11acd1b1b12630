//! Learns which states the parser always treats the same, by watching it on text: no gold is used.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rustc_hash::FxHashMap;
use tarikh_syntax::classes::Classes;
use tarikh_syntax::lexeme::{self, Lexeme};
use tarikh_syntax::lexicon::Lexicon;
use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::parser::{
    FEATURES, Input, Routine, Stack, State, TRANSITIONS, Transition, best, features, keys,
};
use tarikh_syntax::tagger;

use super::corpora;
use super::treebank::Treebank;

/// Fewest times that the parser met a state.
const MIN_COUNT: u32 = 1000;
/// Of ten thousand times, how often it did the same at least.
const SHARE: u64 = 9998;

/// Watches the parser in `models` on the corpora under `data` and on the treebank's sentences.
pub(crate) fn learn(data: &Path, models: &Path, treebank: &mut Treebank) -> Result<Vec<u8>> {
    let read = |name: &str| fs::read(models.join(name)).with_context(|| format!("no {name}"));
    let open = |name: &str| Linear::open(read(name)?).ok_or_else(|| anyhow!("{name} is malformed"));
    let lexicon = Lexicon::open(read("lexicon.bin")?.into());
    let lexicon = lexicon.ok_or_else(|| anyhow!("lexicon.bin is malformed"))?;
    let classes = Classes::open(read("classes.bin")?);
    let classes = classes.ok_or_else(|| anyhow!("classes.bin is malformed"))?;
    let mut watcher = Watcher {
        tagger: open("tagger.bin")?,
        guide: open("guide.bin")?,
        parser: open("parser.bin")?,
        seen: FxHashMap::default(),
        stack: Stack::default(),
        state: State::default(),
    };
    let mut words = Vec::new();
    corpora::documents(data, &|_| (), &mut |doc| {
        for sentence in doc.sentences() {
            lexeme::read(doc, sentence.tokens, &mut words);
            lexicon.look_up(&mut words);
            classes.look_up(&mut words);
            watcher.watch(&words);
        }
    })?;
    treebank.look_up(&lexicon);
    treebank.look_up_classes(&classes);
    for sentence in &treebank.sentences {
        watcher.watch(sentence.plain());
    }
    Ok(Routine::encode(&watcher.constant()))
}

struct Watcher {
    tagger: Linear,
    guide: Linear,
    parser: Linear,
    /// How often the parser chose each transition in the states of a key.
    seen: FxHashMap<u32, Vec<(u8, u32)>>,
    stack: Stack,
    state: State,
}

impl Watcher {
    fn watch(&mut self, words: &[Lexeme]) {
        let Self {
            tagger,
            guide,
            parser,
            seen,
            stack,
            state,
        } = self;
        let mut tags = Vec::new();
        tagger::tag(tagger, tagger.classes(), words, &mut tags);
        let input = Input {
            words,
            tags: &tags,
            guide: &[],
        };
        let input = Input {
            guide: stack.guide(guide, input, state),
            ..input
        };
        let mut slots = [0u32; FEATURES];
        let mut scores = [0i32; TRANSITIONS];
        state.start(input.words.len());
        while !state.is_final() {
            if state.stack.is_empty() {
                state.apply(Transition::Shift);
                continue;
            }
            let n = features(state, input, &mut slots);
            scores.fill(0);
            parser.add_all(&slots[..n], &mut scores);
            let class = best(&scores, state.allowed());
            for key in keys(state, input) {
                let classes = seen.entry(key).or_default();
                match classes.iter_mut().find(|c| usize::from(c.0) == class) {
                    Some((_, n)) => *n += 1,
                    None => classes.push((class as u8, 1)),
                }
            }
            state.apply(Transition::of(class));
        }
    }

    /// The keys whose states have nearly always led to one transition, in order.
    fn constant(&self) -> Vec<(u32, u8)> {
        let mut keys: Vec<u32> = self.seen.keys().copied().collect();
        keys.sort_unstable();
        let usual = |key: u32| {
            let classes = &self.seen[&key];
            let total: u32 = classes.iter().map(|c| c.1).sum();
            let (class, n) = classes.iter().max_by_key(|c| c.1)?;
            let is_constant =
                total >= MIN_COUNT && u64::from(*n) * 10_000 >= u64::from(total) * SHARE;
            is_constant.then_some((key, *class))
        };
        keys.into_iter().filter_map(usual).collect()
    }
}
