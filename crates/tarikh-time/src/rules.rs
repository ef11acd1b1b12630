//! The rules of a language, read from its data file into two tries.
//!
//! The file has a `vocabulary` (words by slot, each with a number), `rule`s (patterns of words and
//! slots), `join`s (which neighbours make one expression) and word lists for the context. A trie
//! over words finds the vocabulary, a trie over words and slots finds the rules.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::atoms::{self, Atom};
use crate::build;
use crate::calendars::Calendar;
use crate::cues::{Cue, Cues};
use crate::reading::{From, Holiday, Modifier, Reference, Shape};
use crate::trie::{Symbol, Trie};

/// A class of words or numbers that a pattern can ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u16)]
pub(crate) enum Slot {
    // Filled from the vocabulary.
    Month,
    /// "Q3".
    QuarterName,
    /// "H1".
    HalfName,
    /// Months that are no other word.
    PlainMonth,
    Weekday,
    Weekdays,
    Unit,
    Units,
    Daypart,
    Dayparts,
    Season,
    Holiday,
    /// Names of countries and words for their peoples, by the letters of the code.
    Country,
    /// Months of the Islamic calendar.
    HijriMonth,
    Which,
    Part,
    PartOf,
    Bound,
    Deictic,
    Past,
    Present,
    Future,
    Meridiem,
    Vague,
    Frequency,
    NumberWord,
    OrdinalWord,
    DecadeWord,
    Zone,
    // Read from digits and number words by `numerals`.
    Number,
    Ordinal,
    Day,
    /// "8th", in digits.
    OrdinalDay,
    /// Two digits that are no day of any month.
    NoDay,
    Year,
    /// More digits than a year has.
    NoYear,
    Decade,
    Hour,
    Clock,
    DotClock,
    BareClock,
    DayPair,
    IsoDate,
    SlashDate,
    /// "13/09", without a year.
    BareDate,
}

/// First symbol of the slots; words have those below.
const SLOTS: Symbol = 0x8000;

impl Slot {
    /// The slot's symbol.
    pub(crate) const fn symbol(self) -> Symbol {
        SLOTS + self as u16
    }
}

/// A word's meaning in one slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) slot: Slot,
    pub(crate) value: i32,
    /// Only with a capital letter ("May", not "may").
    pub(crate) capital: bool,
}

/// What a rule makes of its captures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Make {
    /// The captures name a place in the calendar.
    #[default]
    Date,
    /// A stretch counted from an anchor.
    Shift,
    /// A length of time.
    Duration,
    /// A part of a month or year that is numbered ("the second week of May").
    Part,
    /// A recurrence.
    Set,
}

/// A rule as written in the data file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) patterns: Vec<String>,
    #[serde(default)]
    pub(crate) make: Make,
    /// Unit of the shift or the duration where no capture names it.
    pub(crate) unit: Option<i32>,
    /// The shift's offset, or the sign of the number captured.
    pub(crate) offset: Option<i64>,
    #[serde(default)]
    pub(crate) from: From,
    /// Whether the shift counts elapsed time ("three days ago").
    #[serde(default)]
    pub(crate) counted: bool,
    /// Number of the shift or the duration where no capture gives it.
    pub(crate) count: Option<i32>,
    pub(crate) quarter: Option<u8>,
    pub(crate) half: Option<u8>,
    /// Whether the duration has a half more ("two and a half years").
    #[serde(default)]
    pub(crate) and_a_half: bool,
    pub(crate) daypart: Option<i32>,
    /// Whether it is the night that begins on the day named.
    #[serde(default)]
    pub(crate) night: bool,
    /// Whether it is the night that ends on the day named.
    #[serde(default)]
    pub(crate) night_ends: bool,
    /// Which part of the month or year it is where no capture says; -1 for the last. Beside a number captured it is the
    /// first or the last that many.
    pub(crate) nth: Option<i8>,
    /// The calendar of month and day.
    #[serde(default)]
    pub(crate) calendar: Calendar,
    /// Minutes added to the hour ("half past two").
    pub(crate) minutes: Option<i32>,
    /// "two days after the raid" is 1, "before" -1.
    pub(crate) beyond: Option<i8>,
    /// Whether it counts from the expression behind it, if one is ("the day after Christmas").
    #[serde(default)]
    pub(crate) of_next: bool,
    /// Whether that expression tells only what it comes before, and not when something happened ("the eve of
    /// Sunday's vote").
    #[serde(default)]
    pub(crate) ends_before_next: bool,
    /// Whether it is as much time up to now ("the past week").
    #[serde(default)]
    pub(crate) up_to_now: bool,
    /// Unit, a week or a weekend, that holds the day named and is meant by it ("the week of 6 May").
    pub(crate) around: Option<i32>,
    /// Whether it is the weekday, week or weekend next before (-1) or after (1) the feast named.
    pub(crate) beside: Option<i8>,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    pub(crate) year: Option<i32>,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) reference: Option<Reference>,
    /// Whether it reads dates that do not exist, by what is left of them, and no others.
    #[serde(default)]
    pub(crate) impossible: bool,
    /// Kept only when joined to a neighbour.
    #[serde(default)]
    pub(crate) weak: bool,
    /// Not where the words are part of a name ("Theresa May", "People's Daily").
    #[serde(default)]
    pub(crate) not_name: bool,
    /// Not where a name follows ("the Daily News", "April Brown").
    #[serde(default)]
    pub(crate) not_before_name: bool,
    /// Not where digits follow.
    #[serde(default)]
    pub(crate) not_before_number: bool,
    /// Words of which one must stand before.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    /// Words of which none may stand before.
    #[serde(default)]
    pub(crate) not_after: Vec<String>,
    /// Words of which one must stand behind.
    #[serde(default)]
    pub(crate) before: Vec<String>,
    /// Words of which none may stand behind.
    #[serde(default)]
    pub(crate) not_before: Vec<String>,
    /// Sentences with the expression in brackets; see the data file.
    #[serde(default)]
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the tests of the data file")
    )]
    pub(crate) examples: Vec<String>,
}

/// Word numbers of a rule's guards.
#[derive(Debug, Default)]
pub(crate) struct Guards {
    pub(crate) after: Vec<u16>,
    pub(crate) not_after: Vec<u16>,
    pub(crate) before: Vec<u16>,
    pub(crate) not_before: Vec<u16>,
}

/// Which neighbours make one expression.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct JoinSource {
    name: String,
    left: Vec<Shape>,
    right: Vec<Shape>,
    glue: Vec<String>,
}

/// A join with its glue as word numbers.
#[derive(Debug)]
pub(crate) struct Join {
    pub(crate) left: Vec<Shape>,
    pub(crate) right: Vec<Shape>,
    pub(crate) glue: Vec<Vec<u16>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Class {
    #[serde(default)]
    capital: bool,
    words: BTreeMap<String, i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeSource {
    open: Option<String>,
    join: String,
    #[serde(default)]
    exact: bool,
    #[serde(default)]
    next_day: bool,
    length: Option<Length>,
}

/// Which end of a length of time is named behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Length {
    /// "the week ending 12 January".
    Until,
    /// "the week beginning 6 January".
    From,
}

/// The words that make a range of two expressions.
#[derive(Debug)]
pub(crate) struct RangeWords {
    /// The word before the first; 0 for none.
    pub(crate) open: u16,
    /// The word between the two.
    pub(crate) join: u16,
    /// Whether both ends belong to it ("from ... to"), or it lies somewhere inside ("between").
    pub(crate) exact: bool,
    /// Whether it is one only of days that follow each other ("on Saturday and Sunday").
    pub(crate) next_day: bool,
    /// For a length of time and a day, which end the day is.
    pub(crate) length: Option<Length>,
}

/// How the language writes numbers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Writing {
    /// Whether "3/4/2020" is in March.
    pub(crate) month_first: bool,
    /// Countries that write the month first; the others write the day first.
    #[serde(default)]
    pub(crate) month_first_in: Vec<String>,
    /// What turns digits into an ordinal ("3rd").
    pub(crate) ordinal_suffixes: Vec<String>,
    /// What turns a round year into a decade ("1990s"); empty where nothing does.
    pub(crate) decade_suffix: String,
    /// Words before a decade of two digits ("the 90s"), which else is an age.
    pub(crate) decade_leads: Vec<String>,
    /// The word inside a number ("two hundred and five").
    pub(crate) and: String,
    /// Ends of verbs told in the past, for words without a tag ("attacked").
    pub(crate) past_endings: Vec<String>,
    /// Ends of other words that look like them ("need").
    pub(crate) not_past_endings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Source {
    writing: Writing,
    vocabulary: BTreeMap<Slot, Class>,
    #[serde(default)]
    national_days: BTreeMap<String, BTreeMap<String, i32>>,
    /// Names of the countries of `national_days`, and words for their peoples.
    #[serde(default)]
    country_names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    around: BTreeMap<Cue, Vec<String>>,
    #[serde(default)]
    range: Vec<RangeSource>,
    join: Vec<JoinSource>,
    rule: Vec<Rule>,
}

/// The rules of a language, ready for use.
#[derive(Debug)]
pub(crate) struct Rules {
    words: FxHashMap<Box<str>, u16>,
    pub(crate) vocabulary: Trie<Entry>,
    pub(crate) patterns: Trie<u16>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) guards: Vec<Guards>,
    pub(crate) joins: Vec<Join>,
    pub(crate) ranges: Vec<RangeWords>,
    pub(crate) cues: Cues,
    pub(crate) writing: Writing,
    /// The day of each country's own days, as `vocabulary.holiday` writes it, by the number of the day.
    national_days: BTreeMap<String, BTreeMap<String, i32>>,
}

/// A country's code as a number.
fn country_value(code: &str) -> Option<i32> {
    let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
    Some(i32::from(u16::from_be_bytes(letters)))
}

/// Longest word in bytes that a rule can know: longer ones are not looked up.
const MAX_WORD: usize = 24;

impl Rules {
    /// Reads a data file.
    ///
    /// # Errors
    /// Says what is wrong and in which rule.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let source: Source = toml::from_str(source).map_err(|e| e.to_string())?;
        let mut words = Words::default();
        let mut vocabulary = Trie::new();
        for (&slot, class) in &source.vocabulary {
            for (phrase, &value) in &class.words {
                let entry = Entry {
                    slot,
                    value,
                    capital: class.capital,
                };
                vocabulary.insert(&words.phrase(phrase), entry);
            }
        }
        for (code, names) in &source.country_names {
            let value =
                country_value(code).ok_or_else(|| format!("no code of a country: {code}"))?;
            for name in names {
                let entry = Entry {
                    slot: Slot::Country,
                    value,
                    capital: true,
                };
                vocabulary.insert(&words.phrase(name), entry);
            }
        }
        let mut patterns = Trie::new();
        let mut guards = Vec::new();
        for (number, rule) in source.rule.iter().enumerate() {
            for pattern in &rule.patterns {
                let expanded =
                    expand(pattern, &mut words).map_err(|e| format!("rule {}: {e}", rule.name))?;
                for symbols in expanded {
                    patterns.insert(&symbols, number as u16);
                }
            }
            guards.push(Guards {
                after: words.all(&rule.after),
                not_after: words.all(&rule.not_after),
                before: words.all(&rule.before),
                not_before: words.all(&rule.not_before),
            });
        }
        let joins = source
            .join
            .into_iter()
            .map(|j| {
                if j.glue.is_empty() {
                    return Err(format!("join {}: no glue", j.name));
                }
                Ok(Join {
                    left: j.left,
                    right: j.right,
                    glue: j.glue.iter().map(|g| words.phrase(g)).collect(),
                })
            })
            .collect::<Result<_, _>>()?;
        let ranges = source
            .range
            .iter()
            .map(|r| RangeWords {
                open: r.open.as_deref().map_or(0, |w| words.number(w)),
                join: words.number(&r.join),
                exact: r.exact,
                next_day: r.next_day,
                length: r.length,
            })
            .collect();
        let cues = Cues::new(&source.around, &mut words);
        Ok(Self {
            words: words.numbers,
            vocabulary,
            patterns,
            rules: source.rule,
            guards,
            joins,
            ranges,
            cues,
            writing: source.writing,
            national_days: source.national_days,
        })
    }

    /// What a day that each country has of its own is in this one.
    pub(crate) fn national_day(&self, number: u8, country: Option<[u8; 2]>) -> Holiday {
        let country = country.as_ref().and_then(|c| std::str::from_utf8(c).ok());
        let days = self.national_days.get(&number.to_string());
        let day = days.and_then(|days| days.get(country?)).copied();
        day.map_or(Holiday::Unknown, build::holiday)
    }

    /// Whether a country writes day and month in the other order than the language's own; `None` where no
    /// country is known.
    pub(crate) fn turns_dates(&self, country: Option<[u8; 2]>) -> Option<bool> {
        let writing = &self.writing;
        if writing.month_first_in.is_empty() {
            return Some(false);
        }
        let country = country?;
        let month_first = writing
            .month_first_in
            .iter()
            .any(|c| c.as_bytes() == country);
        Some(month_first != writing.month_first)
    }

    /// Looks the words of the atoms up.
    pub(crate) fn look_up(&self, text: &str, atoms: &mut [Atom]) {
        let mut lower = String::with_capacity(MAX_WORD);
        for atom in atoms {
            let word = atom.of(text);
            if word.len() > MAX_WORD {
                continue;
            }
            lower.clear();
            lower.push_str(word);
            lower.make_ascii_lowercase();
            atom.word = self.words.get(lower.as_str()).copied().unwrap_or(0);
        }
    }
}

/// Words and their numbers, from 1.
#[derive(Default)]
pub(crate) struct Words {
    numbers: FxHashMap<Box<str>, u16>,
}

impl Words {
    /// The number of a word, a new one if it is new.
    pub(crate) fn number(&mut self, word: &str) -> u16 {
        let next = self.numbers.len() as u16 + 1;
        *self.numbers.entry(word.into()).or_insert(next)
    }

    fn all(&mut self, words: &[String]) -> Vec<u16> {
        words.iter().map(|w| self.number(w)).collect()
    }

    /// The atoms of a phrase as word numbers.
    fn phrase(&mut self, phrase: &str) -> Vec<Symbol> {
        let mut atoms = Vec::new();
        atoms::split(phrase, 0, phrase.len() as u32, &mut atoms);
        atoms.iter().map(|a| self.number(a.of(phrase))).collect()
    }
}

/// Most sequences that one pattern may stand for: a bound on the start-up time.
const MAX_EXPANSIONS: usize = 4096;

/// All symbol sequences that a pattern stands for.
///
/// A pattern is a row of words, `{slot}`s and alternatives `a|{b}`; `?` behind one makes it
/// optional, `_` is a blank inside an alternative ("at_the|on").
fn expand(pattern: &str, words: &mut Words) -> Result<Vec<Vec<Symbol>>, String> {
    let mut rows: Vec<Vec<Symbol>> = vec![Vec::new()];
    for item in pattern.split_whitespace() {
        let (item, optional) = match item.strip_suffix('?') {
            Some(item) => (item, true),
            None => (item, false),
        };
        let mut choices: Vec<Vec<Symbol>> = Vec::new();
        for choice in item.split('|') {
            let mut symbols = Vec::new();
            for part in choice.split('_') {
                match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                    Some(name) => symbols.push(slot_named(name)?.symbol()),
                    None => symbols.extend(words.phrase(part)),
                }
            }
            choices.push(symbols);
        }
        if optional {
            choices.push(Vec::new());
        }
        rows = rows
            .iter()
            .flat_map(|row| choices.iter().map(move |c| [row.as_slice(), c].concat()))
            .collect();
        if rows.len() > MAX_EXPANSIONS {
            return Err(format!("pattern {pattern:?} stands for too many rows"));
        }
    }
    rows.retain(|row| !row.is_empty());
    Ok(rows)
}

fn slot_named(name: &str) -> Result<Slot, String> {
    use serde::de::IntoDeserializer;
    let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        name.into_deserializer();
    Slot::deserialize(deserializer).map_err(|_| format!("no slot is named {name:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_expand() {
        let mut words = Words::default();
        let rows = expand("the? {month}|first_{day} ,?", &mut words).unwrap();
        assert_eq!(rows.len(), 8);
        assert!(expand("{nothing}", &mut words).is_err());
    }

    #[test]
    fn a_broken_rule_is_named() {
        let english = include_str!("../../../data/time/en.toml");
        let broken = format!("{english}\n[[rule]]\nname = \"moon\"\npatterns = [\"{{moon}}\"]\n");
        let error = Rules::parse(&broken).err().unwrap_or_default();
        assert!(error.contains("moon"), "{error}");
    }
}
