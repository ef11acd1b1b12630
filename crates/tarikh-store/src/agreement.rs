//! Two coders on the same incidents: how far they agree, and where they do not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::alpha::{alpha, interval, nominal};
use crate::decision::{self, Action, Decision};
use crate::error::Result;
use crate::machine::Machine;
use crate::open::Store;

/// The field that says whether an incident is none; a coder's value of it ends his coding of the
/// incident.
pub const REJECTED: &str = "rejected";

/// The fields that a coder who accepts an incident has coded.
pub const CODED_FIELDS: &[&str] = &[
    "sub_event_type",
    "date_start",
    "date_end",
    "place.country",
    "place.admin1",
    "place.name",
    "side_a",
    "side_b",
    "killed.low",
    "killed.best",
    "killed.high",
    "injured.low",
    "status",
    "is_background",
];

/// How values of a field are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The same or not; unknown is a value like any other.
    Nominal,
    /// By their difference, days for dates; unknown is no value.
    Interval,
}

/// Agreement on one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldAgreement {
    /// Path of the field.
    pub field: String,
    /// How its values are compared.
    pub level: Level,
    /// Incidents on which both gave a value of it.
    pub n: usize,
    /// Those on which the values are the same.
    pub n_same: usize,
    /// Krippendorff's alpha; `None` where nothing varies.
    pub alpha: Option<f64>,
}

/// A value on which two coders differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Id of the incident.
    pub incident: String,
    /// Path of the field.
    pub field: String,
    /// The one's value.
    pub a: Value,
    /// The other's.
    pub b: Value,
    /// Whether a person has set it since.
    pub settled: bool,
}

/// What two coders said of the incidents that both coded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The one.
    pub a: String,
    /// The other.
    pub b: String,
    /// Incidents that both coded, in part at least.
    pub n_incidents: usize,
    /// By field, in the order of their names.
    pub fields: Vec<FieldAgreement>,
    /// By incident and field.
    pub disagreements: Vec<Disagreement>,
}

/// A coder's values, by incident and field.
type Coded = BTreeMap<String, BTreeMap<String, Value>>;

impl Store {
    /// Compares two coders; for a blind one on what he and both of them are done with alone.
    ///
    /// # Errors
    /// Those of reading.
    pub fn agreement(&self, a: &str, b: &str, blind: Option<&str>) -> Result<Agreement> {
        let decisions = self.decisions(None)?;
        // Coders judge what the machine takes for one incident; people may have grouped it since.
        let machine = Machine::load(self)?;
        let home = |incident: &str| machine.home(self, incident);
        let (of_a, of_b) = (coded(&decisions, a, home)?, coded(&decisions, b, home)?);
        let done = machine.done(self, &decisions);
        let is_done = |who: &str, id: &str| done.get(who).is_some_and(|ids| ids.contains(id));
        let may_see =
            |id: &str| blind.is_none_or(|coder| [coder, a, b].iter().all(|who| is_done(who, id)));
        let mut pairs: BTreeMap<&str, Vec<(&str, &Value, &Value)>> = BTreeMap::new();
        let mut n_incidents = 0;
        for (incident, values) in of_a.iter().filter(|(id, _)| may_see(id)) {
            let Some(others) = of_b.get(incident) else {
                continue;
            };
            n_incidents += 1;
            for (field, value) in values {
                if let Some(other) = others.get(field) {
                    pairs
                        .entry(field)
                        .or_default()
                        .push((incident, value, other));
                }
            }
        }
        let settled = settled(&decisions, home);
        let mut disagreements = Vec::new();
        for (field, values) in &pairs {
            for (incident, x, y) in values.iter().filter(|(_, x, y)| x != y) {
                disagreements.push(Disagreement {
                    incident: (*incident).to_owned(),
                    field: (*field).to_owned(),
                    a: (*x).clone(),
                    b: (*y).clone(),
                    settled: settled.contains(&((*incident).to_owned(), (*field).to_owned())),
                });
            }
        }
        disagreements.sort_by(|x, y| (&x.incident, &x.field).cmp(&(&y.incident, &y.field)));
        Ok(Agreement {
            a: a.to_owned(),
            b: b.to_owned(),
            n_incidents,
            fields: pairs
                .iter()
                .map(|(field, values)| agreed(field, values))
                .collect(),
            disagreements,
        })
    }

    /// The incidents that a coder is done with: he decided on the whole of them.
    ///
    /// # Errors
    /// Those of reading.
    pub fn done_by(&self, who: &str) -> Result<BTreeSet<String>> {
        let decisions = decision::by(&self.db, who)?.into_iter();
        let whole = decisions.filter(|d| !d.undone && d.is_on_the_whole());
        Ok(whole.map(|decision| self.now(&decision.incident)).collect())
    }

    /// Everybody who ever decided, sorted.
    ///
    /// # Errors
    /// Those of reading.
    pub fn coders(&self) -> Result<Vec<String>> {
        let mut select = self
            .db
            .prepare_cached("SELECT DISTINCT who FROM decisions ORDER BY who")?;
        let names = select.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }

    /// The id of an incident now; its old one if it is gone.
    fn now(&self, incident: &str) -> String {
        self.resolve(incident)
            .unwrap_or_else(|_| incident.to_owned())
    }
}

fn coded(decisions: &[Decision], who: &str, home: impl Fn(&str) -> String) -> Result<Coded> {
    let mut coded = Coded::new();
    for decision in decisions.iter().filter(|d| d.who == who && !d.undone) {
        let said = said(decision)?;
        if !said.is_empty() {
            coded
                .entry(home(&decision.incident))
                .or_default()
                .extend(said);
        }
    }
    Ok(coded)
}

/// The values that a decision gives.
fn said(decision: &Decision) -> Result<Vec<(String, Value)>> {
    Ok(match &decision.action {
        Action::Judge { field, value } | Action::Change { field, value } => {
            vec![(field.clone(), value.clone())]
        }
        Action::Background { is_background } => {
            vec![("is_background".to_owned(), Value::Bool(*is_background))]
        }
        Action::Reject => vec![(REJECTED.to_owned(), Value::Bool(true))],
        Action::Accept => {
            let Some(record) = &decision.record else {
                return Ok(Vec::new());
            };
            let record: Value = serde_json::from_str(record)?;
            let fields = CODED_FIELDS.iter();
            let values = fields.map(|field| ((*field).to_owned(), value_of(&record, field)));
            let accepted = (REJECTED.to_owned(), Value::Bool(false));
            std::iter::once(accepted).chain(values).collect()
        }
        _ => Vec::new(),
    })
}

/// Values that a person set for good, by incident and field.
fn settled(decisions: &[Decision], home: impl Fn(&str) -> String) -> BTreeSet<(String, String)> {
    let mut settled = BTreeSet::new();
    for decision in decisions.iter().filter(|decision| !decision.undone) {
        let field = match &decision.action {
            Action::Change { field, .. } => field.as_str(),
            Action::Background { .. } => "is_background",
            Action::Reject => REJECTED,
            _ => continue,
        };
        settled.insert((home(&decision.incident), field.to_owned()));
    }
    settled
}

/// A value of a record by its path; null where there is none.
#[must_use]
pub fn value_of(record: &Value, field: &str) -> Value {
    let pointer = format!("/{}", field.replace('.', "/"));
    record.pointer(&pointer).cloned().unwrap_or(Value::Null)
}

fn level(field: &str) -> Level {
    let counts = ["killed.", "injured.", "date_start", "date_end"];
    let is_count = counts.iter().any(|name| field.starts_with(name))
        || ["abducted", "arrested", "released"].contains(&field);
    if is_count {
        Level::Interval
    } else {
        Level::Nominal
    }
}

fn agreed(field: &str, values: &[(&str, &Value, &Value)]) -> FieldAgreement {
    let level = level(field);
    let alpha = match level {
        Level::Nominal => {
            let units: Vec<Vec<&Value>> = values.iter().map(|(_, a, b)| vec![*a, *b]).collect();
            alpha(&units, nominal)
        }
        Level::Interval => {
            let unit = |a, b| [number(a), number(b)].into_iter().flatten().collect();
            let units: Vec<Vec<f64>> = values.iter().map(|(_, a, b)| unit(a, b)).collect();
            alpha(&units, interval)
        }
    };
    FieldAgreement {
        field: field.to_owned(),
        level,
        n: values.len(),
        n_same: values.iter().filter(|(_, a, b)| a == b).count(),
        alpha,
    }
}

/// A number, or the days from the year 1970 to a date.
fn number(value: &Value) -> Option<f64> {
    if let Some(text) = value.as_str() {
        let date: Date = text.parse().ok()?;
        let since = date.since(Date::constant(1970, 1, 1)).ok()?;
        return Some(f64::from(since.get_days()));
    }
    value.as_f64()
}
