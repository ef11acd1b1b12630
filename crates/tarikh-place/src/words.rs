//! The word lists of `data/places/words.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a word can be; a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Kind(u64);

impl Kind {
    pub(crate) const TITLE: Self = Self(1);
    pub(crate) const GIVEN: Self = Self(1 << 1);
    pub(crate) const ORDINARY: Self = Self(1 << 2);
    pub(crate) const ORGANISATION: Self = Self(1 << 3);
    pub(crate) const SETTLEMENT: Self = Self(1 << 4);
    pub(crate) const QUARTER: Self = Self(1 << 5);
    pub(crate) const ADMIN2: Self = Self(1 << 6);
    pub(crate) const ADMIN1: Self = Self(1 << 7);
    pub(crate) const CAMP: Self = Self(1 << 8);
    pub(crate) const SITE: Self = Self(1 << 9);
    pub(crate) const PREPOSITION: Self = Self(1 << 10);
    pub(crate) const DIRECTION: Self = Self(1 << 11);
    pub(crate) const SPEECH: Self = Self(1 << 12);
    /// Days and months.
    pub(crate) const CALENDAR: Self = Self(1 << 13);
    /// Heads of names of bodies that act for the place they are named after.
    pub(crate) const CIVIC: Self = Self(1 << 14);
    pub(crate) const NATURAL: Self = Self(1 << 15);
    /// Roads and stations, which are named after where they lead or lie.
    pub(crate) const WAY: Self = Self(1 << 16);
    /// Nouns that stand for a place named before ("the village").
    pub(crate) const REPEATED: Self = Self(1 << 17);
    /// What is made or fired, and may bear its maker's name.
    pub(crate) const MAKE: Self = Self(1 << 18);
    /// Houses of business, named at will.
    pub(crate) const HOUSE: Self = Self(1 << 19);
    /// What is done to a place: the nouns before "on" and "against".
    pub(crate) const ASSAULT: Self = Self(1 << 20);
    /// What is done to ground and never to a person: the verbs before a bare name.
    pub(crate) const OVERRUN: Self = Self(1 << 21);
    /// Surnames that are names of towns, too.
    pub(crate) const SURNAME: Self = Self(1 << 22);
    /// Words that open names and alone are names, too ("Wadi", "San").
    pub(crate) const OPENER: Self = Self(1 << 23);
    /// Where soldiers are kept, in the plural.
    pub(crate) const POST: Self = Self(1 << 24);
    /// Words of newspapers' names.
    pub(crate) const PRESS: Self = Self(1 << 25);
    /// Houses of a state, of one word or two ("parliament", "presidential palace").
    pub(crate) const STATE_HOUSE: Self = Self(1 << 26);
    /// Who acts and speaks at home only.
    pub(crate) const DOMESTIC: Self = Self(1 << 29);
    /// What ends the name of a natural place.
    pub(crate) const NAME_TAIL: Self = Self(1 << 30);
    /// The second word of such a house.
    pub(crate) const STATE_TAIL: Self = Self(1 << 28);
    /// What stands before a house at which something happens.
    pub(crate) const BESIDE: Self = Self(1 << 27);
    /// An office that speaks of what happens in other countries.
    pub(crate) const FOREIGN: Self = Self(1 << 31);
    /// Streets and squares, named at will after other places.
    pub(crate) const STREET: Self = Self(1 << 32);
    /// What opens the name of a part of a town or commune ("Barangay").
    pub(crate) const WARD: Self = Self(1 << 33);
    /// Makes a name that of a part of a city ("the Dumna neighbourhood").
    pub(crate) const CITY_PART: Self = Self(1 << 34);
    /// A small stretch that a village on it may share its name with ("Dumna island").
    pub(crate) const ISLAND: Self = Self(1 << 35);
    /// What opens a name that a number ends ("Mile 40", "PK12").
    pub(crate) const NUMBERED: Self = Self(1 << 36);
    /// The Arabic article as names have it, on its own or before a hyphen ("Al-Dumna").
    pub(crate) const ARTICLE: Self = Self(1 << 37);
    /// Small words inside names, besides the Arabic article ("Vila da Dunmar").
    pub(crate) const PARTICLE: Self = Self(1 << 38);
    /// "Of" in Spanish and Portuguese names: what stands before is only the first part.
    pub(crate) const ROMANCE_OF: Self = Self(1 << 39);
    /// Further spellings of the article, joined to a name by a hyphen ("ez-Dumna").
    pub(crate) const ARTICLE_SPELLING: Self = Self(1 << 40);
    /// Further spellings of the article in names of people ("Zia ul-Dumna").
    pub(crate) const PERSONAL: Self = Self(1 << 41);
    /// Before a name: it lies near.
    pub(crate) const NEARBY: Self = Self(1 << 42);
    /// Nouns that a name behind "of" or "from" measures or surrounds.
    pub(crate) const MEASURED: Self = Self(1 << 43);
    /// Settlements of which a name is that of one.
    pub(crate) const VILLAGE: Self = Self(1 << 44);
    /// Roads that lead from one name to another.
    pub(crate) const TRACK: Self = Self(1 << 45);
    /// Nouns of units that do not tell that the name beside them is one.
    pub(crate) const VAGUE: Self = Self(1 << 46);
    /// Adjectives of units of a country ("the provincial capital").
    pub(crate) const UNIT_ADJECTIVE: Self = Self(1 << 47);
    /// Behind a name they make it that of a water.
    pub(crate) const RIVER: Self = Self(1 << 48);
    /// Before a surname that is a town as well: the town.
    pub(crate) const PLACING: Self = Self(1 << 50);
    /// Before the name of those who said it.
    pub(crate) const INVERTED: Self = Self(1 << 51);
    /// Edges of a country that something may lie by.
    pub(crate) const EDGE: Self = Self(1 << 52);
    /// Bodies of people named at will after a town or a man ("the Dumna group").
    pub(crate) const GROUP: Self = Self(1 << 53);
    /// Any noun that names the kind of a place.
    pub(crate) const UNIT: Self = Self(
        Self::SETTLEMENT.0
            | Self::QUARTER.0
            | Self::ADMIN2.0
            | Self::ADMIN1.0
            | Self::CAMP.0
            | Self::NATURAL.0
            | Self::SITE.0,
    );

    /// What is in either of the two sets.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two sets share a bit.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

const LISTS: &[(&str, Kind)] = &[
    ("titles", Kind::TITLE),
    ("given_names", Kind::GIVEN),
    ("ordinary", Kind::ORDINARY),
    ("organisation_heads", Kind::ORGANISATION),
    ("houses_of_state", Kind::STATE_HOUSE),
    ("group_nouns", Kind::GROUP),
    ("beside_words", Kind::BESIDE),
    ("domestic_nouns", Kind::DOMESTIC),
    ("name_tails", Kind::NAME_TAIL),
    ("press_words", Kind::PRESS),
    ("civic_heads", Kind::CIVIC),
    ("calendar", Kind::CALENDAR),
    ("settlement_nouns", Kind::SETTLEMENT),
    ("quarter_nouns", Kind::QUARTER),
    ("admin2_nouns", Kind::ADMIN2),
    ("admin1_nouns", Kind::ADMIN1),
    ("camp_nouns", Kind::CAMP),
    ("natural_nouns", Kind::NATURAL),
    ("site_nouns", Kind::SITE),
    ("way_nouns", Kind::WAY),
    ("repeated_nouns", Kind::REPEATED),
    ("make_nouns", Kind::MAKE),
    ("house_nouns", Kind::HOUSE),
    ("place_prepositions", Kind::PREPOSITION),
    ("directions", Kind::DIRECTION),
    ("speech_verbs", Kind::SPEECH),
    ("assault_words", Kind::ASSAULT),
    ("overrun_verbs", Kind::OVERRUN),
    ("surnames", Kind::SURNAME),
    ("openers", Kind::OPENER),
    ("post_nouns", Kind::POST),
    ("foreign_nouns", Kind::FOREIGN),
    ("street_nouns", Kind::STREET),
    ("ward_openers", Kind::WARD),
    ("city_part_nouns", Kind::CITY_PART),
    ("island_nouns", Kind::ISLAND),
    ("numbered_openers", Kind::NUMBERED),
    ("name_articles", Kind::ARTICLE),
    ("particles", Kind::PARTICLE),
    ("romance_of", Kind::ROMANCE_OF),
    ("article_spellings", Kind::ARTICLE_SPELLING),
    ("personal_particles", Kind::PERSONAL),
    ("nearness_words", Kind::NEARBY),
    ("measured_nouns", Kind::MEASURED),
    ("village_nouns", Kind::VILLAGE),
    ("track_nouns", Kind::TRACK),
    ("vague_units", Kind::VAGUE),
    ("unit_adjectives", Kind::UNIT_ADJECTIVE),
    ("river_nouns", Kind::RIVER),
    ("placing_words", Kind::PLACING),
    ("inverted_verbs", Kind::INVERTED),
    ("edge_nouns", Kind::EDGE),
];

/// The file as it stands.
#[derive(Deserialize)]
struct File {
    /// Sentences for a list of words, with what is found in them in brackets.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tests"))]
    examples: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    lists: BTreeMap<String, String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/places/words.toml"))
        .expect("the embedded word lists are well formed")
});

static WORDS: LazyLock<FxHashMap<String, Kind>> = LazyLock::new(|| {
    let lists = &FILE.lists;
    let mut words: FxHashMap<String, Kind> = FxHashMap::default();
    for (name, kind) in LISTS {
        for word in lists[*name].split_whitespace() {
            words.entry(word.replace('_', " ")).or_default().0 |= kind.0;
            // A name of two words is written with a low line.
            if let Some((_, tail)) = word.split_once('_') {
                words.entry(tail.to_owned()).or_default().0 |= Kind::STATE_TAIL.0;
            }
        }
    }
    words
});

/// The kinds of a word by its look-up key.
pub(crate) fn kind(key: &str) -> Kind {
    WORDS.get(key).copied().unwrap_or_default()
}

/// The lands that reports tell of together with a country, by their codes.
pub(crate) fn told_beside(country: &str) -> impl Iterator<Item = &'static str> {
    let pairs = FILE.lists["told_beside"].split_whitespace();
    pairs
        .filter_map(|pair| pair.split_once(':'))
        .filter(move |(land, _)| *land == country)
        .map(|(_, beside)| beside)
}

#[cfg(test)]
mod tests {
    use tarikh_syntax::{Analyzer, Sent, Workspace};
    use tarikh_text::{Metadata, Report};

    use super::{FILE, LISTS};
    use crate::normalise::name_key;
    use crate::{Gazetteer, Hints, PlaceRole, Resolver};

    #[test]
    fn the_places_in_brackets_and_no_others_are_found() {
        let (analyzer, gazetteer) = (Analyzer::new(), Gazetteer::embedded());
        let mut failures = Vec::new();
        for (list, example) in FILE
            .examples
            .iter()
            .flat_map(|(list, examples)| examples.iter().map(move |e| (list, e)))
        {
            let report = Report::new(Metadata::default(), &example.replace(['[', ']'], ""));
            let mut doc = analyzer.tokenize_all(&report);
            let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
            analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
            let found = Resolver::new(&gazetteer).find(&doc, &Hints::default());
            let found: Vec<&str> = found
                .iter()
                .filter(|m| m.role == PlaceRole::Location)
                .map(|m| doc.range_span(m.tokens).of(doc.text()))
                .collect();
            let marked: Vec<&str> = example
                .split('[')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once(']')?.0))
                .collect();
            let words = &FILE.lists[list];
            let has = |word: &str| doc.tokens().any(|t| name_key(doc.word(t)) == word);
            if !words.split_whitespace().any(has) {
                failures.push(format!("{list}: no word of it in {example:?}"));
            }
            if found != marked {
                failures.push(format!("{list}: {found:?} in {example:?}"));
            }
        }
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }

    #[test]
    fn every_list_of_the_file_is_used() {
        let used = |name: &str| name == "told_beside" || LISTS.iter().any(|(n, _)| *n == name);
        let unused: Vec<&String> = FILE.lists.keys().filter(|n| !used(n)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
