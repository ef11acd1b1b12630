//! Words of harm (`data/harm.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_record::Measure;

/// Where the harmed people stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    Transitive,
    Intransitive,
    State,
    Noun,
    Phrase,
    Toll,
    /// Transitive, and harm only with a number of people ("lost three").
    Counted,
    /// A noun that counts only when there were none ("no casualties").
    None,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    measure: Measure,
    transitive: Vec<String>,
    intransitive: Vec<String>,
    state: Vec<String>,
    noun: Vec<String>,
    phrase: Vec<String>,
    counted: Vec<String>,
    #[serde(default)]
    marked: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
    toll: Vec<String>,
    none: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Verbs {
    verbs: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Rise {
    verbs: Vec<String>,
    earlier: Vec<String>,
    accounts: Vec<String>,
    now: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    harm: Vec<Entry>,
    count: Verbs,
    open: Words,
    rise: Rise,
    untold: Words,
    person: Words,
    rank: Words,
    whole: Whole,
    civilian: Words,
    victim: Words,
    body: Words,
    custom: Words,
    second_name: Words,
}

/// Nouns of whose people a list may tell more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    words: Vec<String>,
    /// Those whose people carry no arms.
    unarmed: Vec<String>,
}

/// One way to say it.
#[derive(Clone, Debug)]
pub(crate) struct HarmWord {
    pub(crate) measure: Measure,
    pub(crate) pattern: Pattern,
    /// Further words: behind a verb within five words, right before a noun.
    pub(crate) rest: Vec<String>,
    /// Words right before a verb ("fatally shot").
    pub(crate) before: Vec<String>,
    /// Some of those counted may have come to no such harm ("neutralised").
    pub(crate) open: bool,
}

/// The harm words by their lemma.
#[derive(Debug)]
pub(crate) struct Harms {
    words: FxHashMap<String, Vec<HarmWord>>,
    /// Verbs that give a number, each with the words behind it ("speak of").
    count: Vec<(String, Vec<String>)>,
    open: Vec<String>,
    rise: Rise,
    untold: Vec<String>,
    person: Vec<String>,
    rank: Vec<String>,
    whole: Whole,
    civilian: Vec<String>,
    victim: Vec<String>,
    body: Vec<String>,
    custom: Vec<String>,
    second_name: Vec<String>,
    #[cfg(test)]
    pub(crate) examples: Vec<(Measure, String)>,
}

impl Harms {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse("harm.toml", include_str!("../../../../data/harm.toml"));
        let mut words: FxHashMap<String, Vec<HarmWord>> = FxHashMap::default();
        for e in &file.harm {
            let lists = [
                (Pattern::Transitive, &e.transitive),
                (Pattern::Transitive, &e.open),
                (Pattern::Transitive, &e.marked),
                (Pattern::Intransitive, &e.intransitive),
                (Pattern::State, &e.state),
                (Pattern::Phrase, &e.phrase),
                (Pattern::Noun, &e.noun),
                (Pattern::Toll, &e.toll),
                (Pattern::Counted, &e.counted),
                (Pattern::None, &e.none),
            ];
            for (pattern, list) in lists {
                for entry in list {
                    let mut rest: Vec<String> = entry.split(' ').map(str::to_owned).collect();
                    let marked = e.marked.contains(entry);
                    // Nouns and marked verbs are keyed by their last word, other verbs by their first.
                    let key = match pattern {
                        Pattern::Noun | Pattern::Toll | Pattern::None => rest.pop(),
                        _ if marked => rest.pop(),
                        _ => (!rest.is_empty()).then(|| rest.remove(0)),
                    };
                    let before = match marked {
                        true => std::mem::take(&mut rest),
                        false => Vec::new(),
                    };
                    let word = HarmWord {
                        measure: e.measure,
                        pattern,
                        rest,
                        before,
                        open: e.open.contains(entry),
                    };
                    words.entry(key.unwrap_or_default()).or_default().push(word);
                }
            }
        }
        words.values_mut().for_each(|list| {
            list.sort_by_key(|w| std::cmp::Reverse(w.rest.len() + w.before.len()));
        });
        let count = file.count.verbs.iter().filter_map(|entry| {
            let mut words = entry.split(' ').map(str::to_owned);
            Some((words.next()?, words.collect()))
        });
        Self {
            words,
            count: count.collect(),
            open: file.open.words,
            rise: file.rise,
            untold: file.untold.words,
            person: file.person.words,
            rank: file.rank.words,
            whole: file.whole,
            civilian: file.civilian.words,
            victim: file.victim.words,
            body: file.body.words,
            custom: file.custom.words,
            second_name: file.second_name.words,
            #[cfg(test)]
            examples: file
                .harm
                .into_iter()
                .flat_map(|e| e.examples.into_iter().map(move |x| (e.measure, x)))
                .collect(),
        }
    }

    /// The ways in which a lemma speaks of harm, the longest first.
    pub(crate) fn of(&self, lemma: &str) -> &[HarmWord] {
        self.words.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is a verb that gives a number, and the words that must follow it.
    pub(crate) fn counting(&self, lemma: &str) -> impl Iterator<Item = &[String]> {
        let of_verb = self.count.iter().filter(move |(verb, _)| verb == lemma);
        of_verb.map(|(_, rest)| rest.as_slice())
    }

    /// Whether the word leaves open whether anyone came to harm ("no casualties reported yet").
    pub(crate) fn leaves_open(&self, word: &str) -> bool {
        self.open.iter().any(|w| w == word)
    }

    /// Whether the verb puts a new toll in the place of an earlier one.
    pub(crate) fn raises(&self, lemma: &str) -> bool {
        self.rise.verbs.iter().any(|w| w == lemma)
    }

    /// Whether the word marks the toll that was given last ("later put the toll at 28").
    pub(crate) fn is_of_now(&self, word: &str) -> bool {
        self.rise.now.iter().any(|w| w == word)
    }

    /// Whether the word marks the toll that was given before.
    pub(crate) fn is_earlier(&self, word: &str) -> bool {
        self.rise.earlier.iter().any(|w| w == word)
    }

    /// Whether the noun is an account of what happened ("report"), which may be the first of several.
    pub(crate) fn is_account(&self, lemma: &str) -> bool {
        self.rise.accounts.iter().any(|w| w == lemma)
    }

    /// Whether the noun does not tell if its people were armed ("people", "men").
    pub(crate) fn is_untold(&self, lemma: &str) -> bool {
        self.untold.iter().any(|w| w == lemma)
    }

    /// Whether the noun is a rank of armed forces, which alone does not say whose.
    pub(crate) fn is_rank(&self, lemma: &str) -> bool {
        self.rank.iter().any(|w| w == lemma)
    }

    /// Whether the noun says that people were unarmed.
    pub(crate) fn says_unarmed(&self, lemma: &str) -> bool {
        self.civilian.iter().any(|w| w == lemma)
    }

    /// Whether the noun counts people of every kind, of whom a list may tell more.
    pub(crate) fn is_whole(&self, lemma: &str) -> bool {
        self.whole.words.iter().any(|w| w == lemma) || self.is_unarmed_whole(lemma)
    }

    /// The same, where the people carry no arms ("hostages").
    pub(crate) fn is_unarmed_whole(&self, lemma: &str) -> bool {
        self.whole.unarmed.iter().any(|w| w == lemma)
    }

    /// Whether the noun is one for those who came to harm.
    pub(crate) fn is_victim(&self, lemma: &str) -> bool {
        self.victim.iter().any(|w| w == lemma)
    }

    /// Whether the noun is one for a person.
    pub(crate) fn is_person(&self, lemma: &str) -> bool {
        self.person.iter().any(|w| w == lemma)
    }

    /// Whether the noun is one for the dead as somebody sees them ("six bodies").
    pub(crate) fn is_body(&self, lemma: &str) -> bool {
        self.body.iter().any(|w| w == lemma)
    }

    /// Whether those of whom a loss is told may only have gone elsewhere ("the firm lost 500 customers").
    pub(crate) fn is_custom(&self, lemma: &str) -> bool {
        self.custom.iter().any(|w| w == lemma)
    }

    /// Whether the word opens a further name of somebody ("Awa Keita alias Tiger").
    pub(crate) fn opens_second_name(&self, word: &str) -> bool {
        self.second_name.iter().any(|w| w == word)
    }
}
