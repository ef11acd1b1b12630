//! Codebooks as read from `data/codebooks`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::entry::Entry;
use crate::event::Event;
use crate::rule::{ActorCode, Code, Refuse};
use crate::toll::Policy;

/// The rules of a codebook.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Codebook {
    /// Name as typed (`ucdp-ged`).
    pub name: String,
    /// Full name.
    pub title: String,
    /// Version of the rule file, raised whenever a rule changes what is coded.
    pub version: u32,
    /// The edition of the codebook that the rules follow.
    pub follows: String,
    /// Name of the [`Policy`] by which it counts the dead.
    policy: String,
    /// What names an event in a table for people.
    pub(crate) label: Vec<String>,
    /// Columns of a table, in their order.
    pub columns: Vec<Column>,
    /// The modes that each event type may have.
    #[cfg(test)]
    #[serde(default)]
    modes: std::collections::BTreeMap<String, Vec<String>>,
    pub(crate) refuse: Vec<Refuse>,
    pub(crate) code: Vec<Code>,
    #[serde(default)]
    pub(crate) actor: Vec<ActorCode>,
}

/// A column of a codebook's table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name in the header.
    pub name: String,
    /// What stands in it; `None` for what a report cannot tell.
    pub from: Option<String>,
}

/// The files, whose names are those of the codebooks.
const FILES: [&str; 4] = [
    include_str!("../../../data/codebooks/acled.toml"),
    include_str!("../../../data/codebooks/ucdp-ged.toml"),
    include_str!("../../../data/codebooks/plover.toml"),
    include_str!("../../../data/codebooks/cameo.toml"),
];

impl Codebook {
    /// All of them.
    pub fn all() -> &'static [Self] {
        static BOOKS: OnceLock<Vec<Codebook>> = OnceLock::new();
        BOOKS.get_or_init(|| {
            let read = |text| toml::from_str(text).expect("a test reads the embedded files");
            FILES.map(read).into()
        })
    }

    /// The codebook of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|book| book.name == name)
    }

    /// ACLED.
    #[must_use]
    pub fn acled() -> &'static Self {
        &Self::all()[0]
    }

    /// UCDP's Georeferenced Event Dataset.
    #[must_use]
    pub fn ucdp_ged() -> &'static Self {
        &Self::all()[1]
    }

    /// PLOVER.
    #[must_use]
    pub fn plover() -> &'static Self {
        &Self::all()[2]
    }

    /// CAMEO.
    #[must_use]
    pub fn cameo() -> &'static Self {
        &Self::all()[3]
    }

    /// How it counts the dead of one report.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy::named(&self.policy).unwrap_or_default()
    }

    /// The sentence of a rule that refuses.
    #[must_use]
    pub fn because(&self, rule: &str) -> Option<&str> {
        let rule = self.refuse.iter().find(|refuse| refuse.id == rule)?;
        Some(&rule.because)
    }

    /// An incident as the codebook has it, the dead counted by a policy.
    #[must_use]
    pub fn event<'e>(&'e self, entry: &'e Entry<'e>, policy: Policy) -> Event<'e> {
        Event::new(self, entry, policy)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::value;

    #[test]
    fn each_file_is_named_and_counts_by_a_policy() {
        let names: Vec<&str> = Codebook::all().iter().map(|b| b.name.as_str()).collect();
        assert_eq!(names, ["acled", "ucdp-ged", "plover", "cameo"]);
        for book in Codebook::all() {
            assert!(Policy::named(&book.policy).is_some(), "{}", book.name);
        }
    }

    #[test]
    fn rules_have_names_of_their_own() {
        for book in Codebook::all() {
            let refusals = book.refuse.iter().map(|rule| &rule.id);
            let codes = book.code.iter().map(|rule| &rule.id);
            let actors = book.actor.iter().map(|rule| &rule.id);
            let mut seen = BTreeSet::new();
            for id in refusals.chain(codes).chain(actors) {
                assert!(seen.insert(id), "{}: two rules are called {id}", book.name);
            }
        }
    }

    #[test]
    fn every_column_holds_something_known() {
        for book in Codebook::all() {
            let incident = crate::sketch::Sketch::default().incident();
            let entry = Entry::bare(&incident);
            let event = book.event(&entry, book.policy());
            let columns = book.columns.iter().filter_map(|c| c.from.as_ref());
            for from in columns.chain(&book.label) {
                assert!(value::cell(&event, from).is_some(), "{}: {from}", book.name);
            }
        }
    }

    #[test]
    fn every_refusal_refuses_its_examples() {
        for book in Codebook::all() {
            for rule in &book.refuse {
                assert!(!rule.examples.is_empty(), "{}: no example", rule.id);
                for example in &rule.examples {
                    let incident = example.incident();
                    let entry = Entry::bare(&incident);
                    let event = book.event(&entry, book.policy());
                    let found = event.refusal().map(|refusal| refusal.rule);
                    assert_eq!(found, Some(rule.id.as_str()), "{}: {example:?}", book.name);
                }
            }
        }
    }

    #[test]
    fn every_code_is_given_to_its_examples() {
        for book in Codebook::all() {
            for rule in &book.code {
                assert!(!rule.examples.is_empty(), "{}: no example", rule.id);
                for example in &rule.examples {
                    let incident = example.incident();
                    let entry = Entry::bare(&incident);
                    let event = book.event(&entry, book.policy());
                    for code in rule.gives.keys() {
                        let found = event.rule(code);
                        assert_eq!(found, Some(rule.id.as_str()), "{}: {code}", book.name);
                    }
                }
            }
        }
    }

    #[test]
    fn a_mode_belongs_to_its_event_type() {
        let book = Codebook::plover();
        for example in book.code.iter().flat_map(|rule| &rule.examples) {
            let incident = example.incident();
            let entry = Entry::bare(&incident);
            let event = book.event(&entry, book.policy());
            let kind = event.code("event").expect("each example has a type");
            let allowed = &book.modes[kind];
            if let Some(mode) = event.code("mode") {
                assert!(allowed.iter().any(|m| m == mode), "{kind} {mode}");
            }
        }
    }

    #[test]
    fn every_actor_gets_what_its_example_says() {
        for book in Codebook::all() {
            for rule in &book.actor {
                assert!(!rule.examples.is_empty(), "{}: no example", rule.id);
                for example in &rule.examples {
                    let incident = example.incident();
                    let entry = Entry::bare(&incident);
                    let event = book.event(&entry, book.policy());
                    let party = &event.side(tarikh_record::Side::A)[0];
                    for code in rule.gives.keys() {
                        let place = format!("{}: {}: {code}", book.name, rule.id);
                        assert_eq!(party.rule(code), Some(rule.id.as_str()), "{place}");
                        if let Some(expected) = example.is.get(code) {
                            assert_eq!(party.code(code), Some(expected.as_str()), "{place}");
                        }
                    }
                }
            }
        }
    }
}
