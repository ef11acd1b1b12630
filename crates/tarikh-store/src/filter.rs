//! Which incidents are listed, and in what order.

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use tarikh_record::{EventType, ReviewState, SubEventType};

use crate::report::words_query;

/// Conditions that all must hold; the default asks for every incident that is neither background
/// nor rejected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First day (ISO 8601): incidents that may have happened then or later.
    pub since: Option<String>,
    /// Last day, inclusive.
    pub until: Option<String>,
    /// ISO 3166-1 alpha-2 codes, any of them.
    pub countries: Vec<String>,
    /// First-order unit, by name.
    pub admin1: Option<String>,
    /// Second-order unit, by name.
    pub admin2: Option<String>,
    /// First- or second-order unit, by name.
    pub admin: Option<String>,
    /// Incidents with a point in this box.
    pub bounds: Option<Bounds>,
    /// Any of these types.
    pub event_types: Vec<EventType>,
    /// Any of these sub-types.
    pub sub_event_types: Vec<SubEventType>,
    /// Part of an actor's name or its id, on either side, whatever the case.
    pub actor: Option<String>,
    /// Fewest killed, by `best`, else `low`.
    pub min_killed: Option<u32>,
    /// Incidents with any of these kinds of harm.
    pub harms: Vec<Harm>,
    /// Any of these states; all but rejected if empty.
    pub review: Vec<ReviewState>,
    /// Accepted ones of which more is known now.
    pub stale: Option<bool>,
    /// Those that wait for a person: unreviewed, or accepted while more is known now.
    pub to_review: bool,
    /// Ids of incidents that are left out.
    pub except: Vec<String>,
    /// Whether background incidents are listed too.
    pub background: bool,
    /// Words that one of the incident's reports holds.
    pub text: Option<String>,
    /// Key of a report that tells of it.
    pub report: Option<String>,
    /// Incidents that changed after the change of this number.
    pub changed_after: Option<i64>,
}

/// Harm done to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Harm {
    /// Some were killed.
    Killed,
    /// Some were injured.
    Injured,
    /// Some were abducted.
    Abducted,
    /// Some were arrested.
    Arrested,
    /// Captives got free.
    Released,
}

impl Harm {
    const fn condition(self) -> &'static str {
        match self {
            Self::Killed => "0 < i.killed",
            Self::Injured => "0 < i.injured",
            Self::Abducted => "0 < i.abducted",
            Self::Arrested => "0 < i.arrested",
            Self::Released => "0 < i.released",
        }
    }
}

/// A box on the globe, in degrees; west may lie east of east, across the date line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Western longitude.
    pub west: f64,
    /// Southern latitude.
    pub south: f64,
    /// Eastern longitude.
    pub east: f64,
    /// Northern latitude.
    pub north: f64,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The latest day first; undated ones last.
    #[default]
    Latest,
    /// The earliest day first; undated ones first.
    Earliest,
    /// The deadly and the doubtful first.
    Priority,
    /// The deadliest first.
    Killed,
}

impl Order {
    /// What is sorted by; ids break ties.
    pub(crate) const fn expression(self) -> &'static str {
        match self {
            Self::Latest | Self::Earliest => "coalesce(i.date_start, '')",
            Self::Priority => "i.priority",
            Self::Killed => "coalesce(i.killed, -1)",
        }
    }

    pub(crate) const fn is_descending(self) -> bool {
        !matches!(self, Self::Earliest)
    }
}

/// Part of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Order.
    pub order: Order,
    /// The cursor that the page before gave; the first page if `None`.
    pub after: Option<String>,
    /// Most rows, at least 1.
    pub limit: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            order: Order::default(),
            after: None,
            limit: 100,
        }
    }
}

/// A condition in SQL over `incidents i`, with its values.
pub(crate) struct Where {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Where {
    pub(crate) fn new(filter: &Filter) -> Self {
        let mut all = Self {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        };
        let text = |value: &String| Value::from(value.clone());
        if let Some(since) = &filter.since {
            all.and("coalesce(i.date_end, i.date_start) >= ?", [text(since)]);
        }
        if let Some(until) = &filter.until {
            all.and("i.date_start <= ?", [text(until)]);
        }
        all.any_of("i.country", filter.countries.iter().map(String::as_str));
        all.any_of(
            "i.event_type",
            filter.event_types.iter().map(|t| t.as_str()),
        );
        all.any_of(
            "i.sub_event_type",
            filter.sub_event_types.iter().map(|t| t.as_str()),
        );
        if let Some(admin1) = &filter.admin1 {
            all.and("i.admin1 = ?", [text(admin1)]);
        }
        if let Some(admin2) = &filter.admin2 {
            all.and("i.admin2 = ?", [text(admin2)]);
        }
        if let Some(admin) = &filter.admin {
            all.and("(i.admin1 = ? OR i.admin2 = ?)", [text(admin), text(admin)]);
        }
        if let Some(bounds) = filter.bounds {
            all.within(bounds);
        }
        if let Some(actor) = &filter.actor {
            let pattern = format!("%{}%", escape_like(actor));
            all.and(
                "i.incident IN (SELECT incident FROM incident_actors WHERE name LIKE ? ESCAPE '\\')",
                [Value::from(pattern)],
            );
        }
        if let Some(killed) = filter.min_killed {
            all.and("i.killed >= ?", [Value::from(killed)]);
        }
        if !filter.harms.is_empty() {
            let any: Vec<&str> = filter.harms.iter().map(|harm| harm.condition()).collect();
            all.and(&format!("({})", any.join(" OR ")), []);
        }
        if filter.review.is_empty() {
            all.and("i.review <> 'rejected'", []);
        } else {
            all.any_of("i.review", filter.review.iter().map(|state| state.as_str()));
        }
        if let Some(stale) = filter.stale {
            all.and("i.stale = ?", [Value::from(stale)]);
        }
        if filter.to_review {
            all.and("(i.review = 'unreviewed' OR i.stale)", []);
        }
        if !filter.except.is_empty() {
            let ids = serde_json::Value::from(filter.except.clone()).to_string();
            all.and(
                "i.id NOT IN (SELECT value FROM json_each(?))",
                [Value::from(ids)],
            );
        }
        if !filter.background {
            all.and("NOT i.is_background", []);
        }
        if let Some(query) = filter.text.as_deref().map(words_query) {
            match query {
                Some(query) => all.and(
                    "i.incident IN (SELECT im.incident FROM report_words w
                         JOIN mentions m ON m.report = w.rowid
                         JOIN incident_mentions im ON im.mention = m.key
                         WHERE report_words MATCH ?)",
                    [Value::from(query)],
                ),
                None => all.and("FALSE", []),
            }
        }
        if let Some(report) = &filter.report {
            all.and(
                "i.incident IN (SELECT im.incident FROM reports r
                     JOIN mentions m ON m.report = r.report
                     JOIN incident_mentions im ON im.mention = m.key WHERE r.key = ?)",
                [text(report)],
            );
        }
        if let Some(change) = filter.changed_after {
            all.and(
                "i.id IN (SELECT incident FROM changes WHERE ? < change)",
                [Value::from(change)],
            );
        }
        all
    }

    fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    fn any_of<'a>(&mut self, column: &str, names: impl Iterator<Item = &'a str>) {
        let names: Vec<Value> = names.map(|name| Value::from(name.to_owned())).collect();
        if !names.is_empty() {
            let marks = vec!["?"; names.len()].join(", ");
            self.sql.push_str(&format!(" AND {column} IN ({marks})"));
            self.values.extend(names);
        }
    }

    /// The R*Tree holds single precision, rounded outwards: it finds, the columns decide.
    fn within(&mut self, b: Bounds) {
        let spans = if b.west <= b.east {
            vec![(b.west, b.east)]
        } else {
            vec![(b.west, 180.0), (-180.0, b.east)]
        };
        let part = "(i.lat BETWEEN ? AND ? AND i.lon BETWEEN ? AND ? AND i.incident IN (
                SELECT incident FROM places
                WHERE lat_max >= ? AND lat_min <= ? AND lon_max >= ? AND lon_min <= ?))";
        let parts = vec![part; spans.len()].join(" OR ");
        self.sql.push_str(&format!(" AND ({parts})"));
        for (west, east) in spans {
            let limits = [b.south, b.north, west, east, b.south, b.north, west, east];
            self.values.extend(limits.map(Value::from));
        }
    }
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
