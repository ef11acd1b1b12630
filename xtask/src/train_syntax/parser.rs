//! Trains the parsers with a dynamic oracle (Goldberg and Nivre 2012): it follows its own
//! transitions, right or wrong, and learns the best way on from there.

use std::borrow::Cow;

use anyhow::{Result, anyhow};
use tarikh_syntax::Deprel;
use tarikh_syntax::lexeme::Lexeme;
use tarikh_syntax::linear::{Linear, Weights};
use tarikh_syntax::parser::{
    Allowed, FEATURES, Guide, Input, NONE, Stack, State, TRANSITIONS, Transition, best, costs,
    features, parse, reverse,
};

use super::perceptron::{Averages, Perceptron};
use super::random::Random;
use super::treebank::Treebank;

/// Rounds over the treebank of the guide and of the parser that it guides.
const EPOCHS: [usize; 2] = [4, 8];
/// Largest sizes of their models.
const BYTES: [usize; 2] = [3_260_000, 5_990_000];
/// Mistakes that a feature must take part in before it counts.
const MIN_UPDATES: u32 = 4;
/// Orders of the examples whose models are averaged.
const SEEDS: [u64; 3] = [20_262, 20_263, 20_264];
/// From this epoch on the parser follows its own transitions, this often in a hundred.
const EXPLORE_FROM: usize = 2;
const EXPLORE: u64 = 90;
/// Parts of the treebank, each guided by a parser trained on the others.
const FOLDS: usize = 3;

/// The two parsers.
pub(crate) struct Trained {
    pub(crate) guide: Vec<u8>,
    pub(crate) parser: Vec<u8>,
    /// What the guide says of the training sentences, had it not seen them.
    pub(crate) guides: Vec<Vec<Guide>>,
}

/// The training sentences as models read them that have not seen them.
pub(crate) struct Read<'a> {
    pub(crate) treebank: &'a Treebank,
    /// Their predicted tags.
    pub(crate) tags: &'a [Vec<u8>],
    guides: Cow<'a, [Vec<Guide>]>,
    parser: Linear,
}

impl<'a> Read<'a> {
    /// As the parsers were trained.
    pub(crate) fn trained(
        treebank: &'a Treebank,
        tags: &'a [Vec<u8>],
        parsers: &'a Trained,
    ) -> Result<Self> {
        Ok(Self {
            treebank,
            tags,
            guides: Cow::Borrowed(&parsers.guides),
            parser: open(&parsers.parser)?,
        })
    }

    /// As the parsers in these files read the tags; only those tags have not seen the sentences.
    /// Sentences without tags are passed over.
    pub(crate) fn again(
        treebank: &'a Treebank,
        tags: &'a [Vec<u8>],
        guide: &[u8],
        parser: &[u8],
    ) -> Result<Self> {
        let guide = open(guide)?;
        let (mut stack, mut state) = (Stack::default(), State::default());
        let guides = treebank.sentences.iter().zip(tags).map(|(sentence, tags)| {
            let input = Input {
                words: sentence.plain(),
                tags,
                guide: &[],
            };
            match tags[..] {
                [] => Vec::new(),
                _ => stack.guide(&guide, input, &mut state).to_vec(),
            }
        });
        Ok(Self {
            guides: guides.collect(),
            treebank,
            tags,
            parser: open(parser)?,
        })
    }

    /// Parses a sentence whose words are shown as they are in `words`.
    pub(crate) fn parse(&self, sentence: usize, words: &[Lexeme], state: &mut State) {
        let input = Input {
            words,
            tags: &self.tags[sentence],
            guide: &self.guides[sentence],
        };
        parse(&self.parser, None, input, state);
    }
}

fn open(bytes: &[u8]) -> Result<Linear> {
    Linear::open(bytes.to_vec()).ok_or_else(|| anyhow!("the parser is malformed"))
}

/// Trains both parsers; `tags` are the predicted tags of the training sentences.
pub(crate) fn train(
    treebank: &Treebank,
    tags: &[Vec<u8>],
    dev: &[(&'static str, Treebank)],
    dev_tags: &[Vec<Vec<u8>>],
    log: &dyn Fn(&str),
) -> Result<Trained> {
    let course = Course {
        treebank,
        tags,
        guides: None,
    };
    let mut guides = vec![Vec::new(); treebank.sentences.len()];
    let (mut stack, mut state) = (Stack::default(), State::default());
    for fold in 0..FOLDS {
        let part = |i: usize| (i / 50) % FOLDS == fold;
        let model = open(&course.train(&|i| !part(i), &mut |_, _| Ok(()))?)?;
        for (i, guide) in guides.iter_mut().enumerate().filter(|(i, _)| part(*i)) {
            let input = Input {
                words: treebank.sentences[i].plain(),
                tags: &tags[i],
                guide: &[],
            };
            *guide = stack.guide(&model, input, &mut state).to_vec();
        }
        log(&format!("guide without part {fold}"));
    }
    let guide = course.train(&|_| true, &mut |_, _| Ok(()))?;
    let guide_model = open(&guide)?;
    log(&format!(
        "guide, from right to left: {} bytes {}",
        guide.len(),
        report(dev, dev_tags, &mut |input, state| {
            let guide = stack.guide(&guide_model, input, state).to_vec();
            for (node, guide) in state.nodes.iter_mut().zip(guide) {
                (node.head, node.label) = (guide.head, guide.label);
            }
        })
    ));
    let course = Course {
        guides: Some(&guides),
        ..course
    };
    let parser = course.train(&|_| true, &mut |which, model| {
        let model = open(model)?;
        let scores = report(dev, dev_tags, &mut |input, state| {
            stack.parse(&guide_model, &model, None, input, state);
        });
        log(&format!("parser {which}: {} bytes {scores}", model.size()));
        Ok(())
    })?;
    Ok(Trained {
        guide,
        parser,
        guides,
    })
}

/// What a parser learns from: with guides from left to right, without from right to left.
#[derive(Clone, Copy)]
struct Course<'a> {
    treebank: &'a Treebank,
    tags: &'a [Vec<u8>],
    guides: Option<&'a [Vec<Guide>]>,
}

impl Course<'_> {
    /// Trains on the sentences that `take` picks, once for each seed; `check` sees the model so far after each.
    fn train(
        self,
        take: &dyn Fn(usize) -> bool,
        check: &mut dyn FnMut(usize, &[u8]) -> Result<()>,
    ) -> Result<Vec<u8>> {
        let which = usize::from(self.guides.is_some());
        let mut models = Vec::new();
        for (i, &seed) in SEEDS.iter().enumerate() {
            let model = self.train_once(take, seed);
            check(i, &model.encode(TRANSITIONS, BYTES[which]))?;
            models.push(model);
        }
        let mean = Averages::mean(models).encode(TRANSITIONS, BYTES[which]);
        check(SEEDS.len(), &mean)?;
        Ok(mean)
    }

    /// The averaged weights of one course over the sentences.
    fn train_once(self, take: &dyn Fn(usize) -> bool, seed: u64) -> Averages {
        let mut learner = Learner {
            model: Perceptron::new(MIN_UPDATES),
            random: Random::new(seed),
            state: State::default(),
        };
        let (mut words, mut mirrored) = (Vec::new(), Mirrored::default());
        for epoch in 0..EPOCHS[usize::from(self.guides.is_some())] {
            let mut order = self.treebank.round(epoch, take);
            learner.random.shuffle(&mut order);
            let explore = if epoch >= EXPLORE_FROM { EXPLORE } else { 0 };
            for &index in &order {
                let sentence = &self.treebank.sentences[index];
                sentence.sample(&mut learner.random, &mut words);
                let lesson = Lesson {
                    input: Input {
                        words: &words,
                        tags: &self.tags[index],
                        guide: self.guides.map_or(&[], |g| &g[index]),
                    },
                    heads: &sentence.heads,
                    relations: &sentence.relations,
                };
                if self.guides.is_some() {
                    learner.learn(lesson, explore);
                } else {
                    learner.learn(mirrored.of(lesson), explore);
                }
            }
        }
        learner.model.averages()
    }
}

/// A sentence with its gold tree.
#[derive(Clone, Copy)]
struct Lesson<'a> {
    input: Input<'a>,
    heads: &'a [u16],
    relations: &'a [Deprel],
}

/// A sentence from its end.
#[derive(Default)]
struct Mirrored {
    words: Vec<Lexeme>,
    tags: Vec<u8>,
    heads: Vec<u16>,
    relations: Vec<Deprel>,
}

impl Mirrored {
    fn of(&mut self, lesson: Lesson<'_>) -> Lesson<'_> {
        reverse(lesson.input.words, &mut self.words);
        reverse(lesson.input.tags, &mut self.tags);
        reverse(lesson.heads, &mut self.heads);
        reverse(lesson.relations, &mut self.relations);
        let last = (self.heads.len() - 1) as u16;
        for head in self.heads.iter_mut().filter(|h| **h != NONE) {
            *head = last - *head;
        }
        Lesson {
            input: Input {
                words: &self.words,
                tags: &self.tags,
                guide: &[],
            },
            heads: &self.heads,
            relations: &self.relations,
        }
    }
}

/// A model in training.
struct Learner {
    model: Perceptron,
    random: Random,
    state: State,
}

impl Learner {
    fn learn(&mut self, lesson: Lesson<'_>, explore: u64) {
        let Self {
            model,
            random,
            state,
        } = self;
        let mut slots = [0u32; FEATURES];
        let mut scores = [0i32; TRANSITIONS];
        state.start(lesson.heads.len());
        while !state.is_final() {
            let allowed = state.allowed();
            if state.stack.is_empty() {
                state.apply(Transition::Shift);
                continue;
            }
            let n = features(state, lesson.input, &mut slots);
            scores.fill(0);
            model.add_all(&slots[..n], &mut scores);
            let guess = best(&scores, allowed);
            model.tick();
            let wrong = !is_right(guess, state, allowed, lesson);
            let mut follow = guess;
            if wrong {
                let right = best_right(&scores, state, allowed, lesson);
                model.update(&slots[..n], right, guess);
                if !random.percent(explore) {
                    follow = right;
                }
            }
            state.apply(Transition::of(follow));
        }
        state.finish();
    }
}

/// Costs of shift, left and right where they are allowed; and the least of them.
fn priced(state: &State, allowed: Allowed, gold: &[u16]) -> ([Option<u32>; 3], u32) {
    let [shift, left, right] = costs(state, gold);
    let costs = [
        allowed.shift.then_some(shift),
        allowed.left.then_some(left),
        allowed.right.then_some(right),
    ];
    (costs, costs.iter().flatten().min().copied().unwrap_or(0))
}

/// The gold relation of the arc that a left or right transition would make, if it is a gold arc.
fn gold_relation(state: &State, right: bool, lesson: Lesson<'_>) -> Option<Deprel> {
    let dependent = state.stacked(0);
    let head = if right { state.stacked(1) } else { state.next };
    let d = usize::from(dependent);
    (dependent != NONE && lesson.heads[d] == head && head != NONE).then(|| lesson.relations[d])
}

/// Whether a transition costs no more than need be and gives a gold arc its relation.
fn is_right(class: usize, state: &State, allowed: Allowed, lesson: Lesson<'_>) -> bool {
    let (costs, least) = priced(state, allowed, lesson.heads);
    let (kind, right, label) = match Transition::of(class) {
        Transition::Shift => return costs[0] == Some(least),
        Transition::Left(rel) => (1, false, rel),
        Transition::Right(rel) => (2, true, rel),
    };
    costs[kind] == Some(least)
        && gold_relation(state, right, lesson).is_none_or(|gold| gold == label)
}

/// The best-scored of the right transitions.
fn best_right(scores: &[i32], state: &State, allowed: Allowed, lesson: Lesson<'_>) -> usize {
    let (costs, least) = priced(state, allowed, lesson.heads);
    let mut found = None;
    let mut consider = |class: usize| {
        if found.is_none_or(|f: usize| scores[class] > scores[f]) {
            found = Some(class);
        }
    };
    if costs[0] == Some(least) {
        consider(Transition::Shift.class());
    }
    for (kind, right) in [(1, false), (2, true)] {
        if costs[kind] != Some(least) {
            continue;
        }
        let class = |rel| {
            if right {
                Transition::Right(rel)
            } else {
                Transition::Left(rel)
            }
            .class()
        };
        match gold_relation(state, right, lesson) {
            Some(rel) => consider(class(rel)),
            None => Deprel::ALL
                .iter()
                .filter(|r| **r != Deprel::Root)
                .for_each(|&r| consider(class(r))),
        }
    }
    found.unwrap_or(0)
}

/// Attachment scores on the development sides.
fn report(
    dev: &[(&'static str, Treebank)],
    dev_tags: &[Vec<Vec<u8>>],
    parse: &mut dyn FnMut(Input<'_>, &mut State),
) -> String {
    let mut out = String::new();
    let mut state = State::default();
    for ((name, treebank), tags) in dev.iter().zip(dev_tags) {
        let (mut n, mut uas, mut las) = (0, 0, 0);
        for (sentence, tags) in treebank.sentences.iter().zip(tags) {
            let input = Input {
                words: sentence.plain(),
                tags,
                guide: &[],
            };
            parse(input, &mut state);
            for (i, node) in state.nodes.iter().enumerate() {
                n += 1;
                if node.head == sentence.heads[i] {
                    uas += 1;
                    las += usize::from(universal(node.label) == universal(sentence.relations[i]));
                }
            }
        }
        let share = |x: usize| 100.0 * x as f64 / f64::from(n.max(1));
        out += &format!("{name}: UAS {:.2} LAS {:.2}; ", share(uas), share(las));
    }
    out
}

fn universal(rel: Deprel) -> &'static str {
    rel.as_str().split(':').next().unwrap_or_default()
}
