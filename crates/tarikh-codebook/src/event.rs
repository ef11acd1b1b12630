//! One incident as a codebook has it.

use std::collections::BTreeMap;

use tarikh_record::{Actor, ActorKind, Incident, Killed, ReportRef, Side};

use crate::book::Codebook;
use crate::countries::{Country, country};
use crate::entry::Entry;
use crate::toll::{self, Policy};
use crate::value::{self, Cell};

/// A code, and the rule that gave it.
type Codes<'e> = BTreeMap<&'e str, (String, &'e str)>;

/// The code by which a rule turns the sides.
const SIDES: &str = "sides";

/// An incident under the rules of a codebook.
#[derive(Debug)]
pub struct Event<'e> {
    pub(crate) book: &'e Codebook,
    pub(crate) entry: &'e Entry<'e>,
    /// The dead by the policy; columns of sides are those of the codebook's sides.
    pub(crate) killed: Killed,
    codes: Codes<'e>,
    sides: [Vec<Party<'e>>; 2],
}

/// An actor under the rules of a codebook.
#[derive(Clone, Debug)]
pub struct Party<'e> {
    /// The actor as the record has it; `None` where only its name is known.
    pub actor: Option<&'e Actor>,
    name: &'e str,
    codes: Codes<'e>,
}

/// Why a codebook leaves an incident out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal<'e> {
    /// Name of the rule.
    pub rule: &'e str,
    /// The reason, in a sentence.
    pub because: &'e str,
}

impl<'e> Event<'e> {
    pub(crate) fn new(book: &'e Codebook, entry: &'e Entry<'e>, policy: Policy) -> Self {
        let incident = entry.incident;
        let killed = toll::killed(incident, policy);
        let mut codes = Codes::new();
        for rule in &book.code {
            if rule.when.holds(incident, &killed) {
                for (code, value) in &rule.gives {
                    codes
                        .entry(code)
                        .or_insert_with(|| (value.clone(), rule.id.as_str()));
                }
            }
        }
        let mut event = Self {
            book,
            entry,
            killed,
            codes,
            sides: [Side::A, Side::B].map(|side| parties(book, incident, side)),
        };
        if event.code(SIDES) == Some("turned") {
            event.sides.swap(0, 1);
            std::mem::swap(&mut event.killed.side_a, &mut event.killed.side_b);
        }
        event
    }

    /// Why the codebook leaves it out; `None` if it belongs there.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal<'e>> {
        let incident = self.entry.incident;
        let mut rules = self.book.refuse.iter();
        let rule = rules.find(|rule| rule.when.holds(incident, &self.killed))?;
        Some(Refusal {
            rule: &rule.id,
            because: &rule.because,
        })
    }

    /// The incident as the record has it.
    #[must_use]
    pub const fn incident(&self) -> &'e Incident {
        self.entry.incident
    }

    /// The reports that tell of it.
    #[must_use]
    pub fn reports(&self) -> &'e [ReportRef] {
        &self.entry.reports
    }

    /// A code of the codebook (`mode`), where a rule gives it.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(name).map(|(value, _)| value.as_str())
    }

    /// The rule that gave a code.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&'e str> {
        self.codes.get(name).map(|(_, rule)| *rule)
    }

    /// The actors of a side, as the codebook has the sides.
    #[must_use]
    pub fn side(&self, side: Side) -> &[Party<'e>] {
        match side {
            Side::A => &self.sides[0],
            Side::B => &self.sides[1],
        }
    }

    /// The dead as the codebook counts them.
    #[must_use]
    pub const fn killed(&self) -> Killed {
        self.killed
    }

    /// What names it in a table for people ("ASSAULT explosives").
    #[must_use]
    pub fn label(&self) -> String {
        let cells = self.book.label.iter();
        let cells: Vec<Cell> = cells.filter_map(|from| value::cell(self, from)).collect();
        let words: Vec<&str> = cells.iter().map(Cell::as_str).collect();
        words.join(" ").trim().to_owned()
    }

    /// The row in the order of the codebook's columns.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        let columns = self.book.columns.iter();
        columns
            .map(|column| {
                let from = column.from.as_deref();
                from.and_then(|from| value::cell(self, from))
                    .unwrap_or_default()
            })
            .collect()
    }
}

impl Party<'_> {
    /// A code of the codebook (`inter`), where a rule gives it.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(name).map(|(value, _)| value.as_str())
    }

    /// The rule that gave a code.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&str> {
        self.codes.get(name).map(|(_, rule)| *rule)
    }

    /// The name by the codebook's rules, else as the record has it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.code("name").unwrap_or(self.name)
    }
}

/// The actors of a side, each name once.
fn parties<'e>(book: &'e Codebook, incident: &'e Incident, side: Side) -> Vec<Party<'e>> {
    let names = match side {
        Side::A => &incident.side_a,
        Side::B => &incident.side_b,
    };
    let mut parties: Vec<Party<'e>> = Vec::new();
    for name in names {
        let mut actors = incident.actors.iter();
        let actor = actors.find(|actor| actor.side == side && actor.name == *name);
        let party = party(book, incident, name, actor);
        if parties.iter().all(|known| known.name() != party.name()) {
            parties.push(party);
        }
    }
    parties
}

fn party<'e>(
    book: &'e Codebook,
    incident: &Incident,
    name: &'e str,
    actor: Option<&'e Actor>,
) -> Party<'e> {
    let of_place = incident.place.country.as_deref().and_then(country);
    let own = actor.and_then(|actor| country(actor.country.as_deref()?));
    // "The army" alone is that of the country where it is told of.
    let is_of_the_state = actor.is_some_and(|actor| actor.kind == ActorKind::StateForces);
    let own = own.or(of_place.filter(|_| is_of_the_state));
    let mut codes = Codes::new();
    for rule in &book.actor {
        if !rule.when.holds(name, actor) {
            continue;
        }
        for (code, template) in &rule.gives {
            if let Some(value) = filled(template, name, own, of_place)
                && !codes.contains_key(code.as_str())
            {
                codes.insert(code, (value, rule.id.as_str()));
            }
        }
    }
    Party { actor, name, codes }
}

/// The template with its names; `None` if one of them is not known.
fn filled(
    template: &str,
    name: &str,
    own: Option<&Country>,
    of_place: Option<&Country>,
) -> Option<String> {
    let gw = own.and_then(|country| country.gw).map(|gw| gw.to_string());
    let names = [
        ("{name}", Some(name)),
        ("{country}", own.map(Country::name)),
        ("{ucdp_country}", own.map(Country::ucdp_name)),
        ("{iso3}", own.map(Country::iso3)),
        ("{gw}", gw.as_deref()),
        ("{place_country}", of_place.map(Country::name)),
        ("{place_iso3}", of_place.map(Country::iso3)),
    ];
    let mut value = template.to_owned();
    for (mark, name) in names {
        if value.contains(mark) {
            value = value.replace(mark, name?);
        }
    }
    Some(value)
}
