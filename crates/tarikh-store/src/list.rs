//! Lists of incidents: pages, points for a map, counts for facets.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;
use tarikh_record::{Incident, ReviewState};

use crate::error::{Result, StoreError};
use crate::filter::{Filter, Order, Page, Where};
use crate::incident::review_state;
use crate::open::Store;

/// An incident in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentRow {
    /// Its id.
    pub id: String,
    /// Its values, with what people set.
    pub incident: Incident,
    /// How far a person has looked at it.
    pub review: ReviewState,
    /// Accepted, but more is known now.
    pub is_stale: bool,
    /// Place in the queue of review, the highest first.
    pub priority: f64,
    /// Reports that tell of it.
    pub n_reports: u32,
    /// The same, reprints counted once.
    pub n_sources: u32,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Cursor of the next page; `None` if this is the last.
    pub next: Option<String>,
}

/// An incident on a map, a timeline or in a count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentPoint {
    /// Its id.
    pub id: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How far around the point it may have been; `None` if that is unknown.
    pub radius_km: Option<f64>,
    /// UCDP `where_prec`: what the point stands for.
    pub precision: Option<u8>,
    /// First possible day.
    pub date_start: Option<String>,
    /// Last possible day.
    pub date_end: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// ACLED event type.
    pub event_type: String,
    /// ACLED sub-event type.
    pub sub_event_type: String,
    /// Killed: `best`, else `low`.
    pub killed: Option<u32>,
    /// How far a person has looked at it.
    pub review: ReviewState,
}

/// What incidents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Country code.
    Country,
    /// First-order unit.
    Admin1,
    /// Event type.
    EventType,
    /// Sub-event type.
    SubEventType,
    /// Review state.
    Review,
    /// Status.
    Status,
    /// First possible day.
    Day,
    /// Actor; an incident counts for each.
    Actor,
}

const COLUMNS: &str = "i.id, i.record, i.review, i.stale, i.priority, i.n_reports, i.n_sources";

impl Store {
    /// A page of incidents.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a cursor that is none, and those of reading.
    pub fn incidents(&self, filter: &Filter, page: &Page) -> Result<Rows<IncidentRow>> {
        let mut wanted = Where::new(filter);
        let sort = page.order.expression();
        let (compares, direction) = if page.order.is_descending() {
            ("<", "DESC")
        } else {
            (">", "ASC")
        };
        if let Some(cursor) = &page.after {
            let (value, id) = read_cursor(page.order, cursor)?;
            wanted
                .sql
                .push_str(&format!(" AND ({sort}, i.id) {compares} (?, ?)"));
            wanted.values.extend([value, Value::from(id)]);
        }
        let limit = page.limit.max(1);
        let order = format!("ORDER BY {sort} {direction}, i.id {direction}");
        // First which rows, from an index that has every column asked for; then those rows alone.
        let sql = format!(
            "SELECT {COLUMNS}, {sort} FROM
                 (SELECT i.incident FROM incidents i WHERE {} {order} LIMIT {})
             CROSS JOIN incidents i USING (incident) {order}",
            wanted.sql,
            limit as i64 + 1
        );
        let mut select = self.db.prepare_cached(&sql)?;
        let mut rows = select.query(params_from_iter(&wanted.values))?;
        let mut found = Vec::new();
        let mut next = None;
        let mut last: Option<(Value, String)> = None;
        while let Some(row) = rows.next()? {
            if found.len() == limit {
                next = last.take().map(|(value, id)| write_cursor(&value, &id));
                break;
            }
            let incident = incident_row(row)?;
            last = Some((row.get(7)?, incident.id.clone()));
            found.push(incident);
        }
        Ok(Rows { rows: found, next })
    }

    /// Passes every incident to `each`, by day and id, without holding them all in memory.
    ///
    /// # Errors
    /// Those of reading, and those of `each`.
    pub fn for_each_incident<E: From<StoreError>>(
        &self,
        filter: &Filter,
        mut each: impl FnMut(IncidentRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut page = Page {
            order: Order::Earliest,
            after: None,
            limit: 500,
        };
        loop {
            let found = self.incidents(filter, &page)?;
            for row in found.rows {
                each(row)?;
            }
            match found.next {
                Some(next) => page.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Every incident with little more than its point, by day and id.
    ///
    /// # Errors
    /// Those of reading.
    pub fn points(&self, filter: &Filter) -> Result<Vec<IncidentPoint>> {
        let wanted = Where::new(filter);
        let sql = format!(
            "SELECT i.id, i.lat, i.lon, i.date_start, i.date_end, i.country, i.event_type,
                    i.sub_event_type, i.killed, i.review, i.radius_km, i.where_prec
             FROM incidents i WHERE {} ORDER BY coalesce(i.date_start, ''), i.id",
            wanted.sql
        );
        let mut select = self.db.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(&wanted.values), |row| {
            let review: String = row.get(9)?;
            Ok(IncidentPoint {
                id: row.get(0)?,
                lat: row.get(1)?,
                lon: row.get(2)?,
                date_start: row.get(3)?,
                date_end: row.get(4)?,
                country: row.get(5)?,
                event_type: row.get(6)?,
                sub_event_type: row.get(7)?,
                killed: row.get(8)?,
                review: review_state(&review),
                radius_km: row.get(10)?,
                precision: row.get(11)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many incidents there are of each value, the most frequent first (days in their order);
    /// `None` stands for those where it is unknown.
    ///
    /// # Errors
    /// Those of reading.
    pub fn counts(
        &self,
        filter: &Filter,
        by: Facet,
        limit: usize,
    ) -> Result<Vec<(Option<String>, u64)>> {
        let wanted = Where::new(filter);
        let column = match by {
            Facet::Country => "i.country",
            Facet::Admin1 => "i.admin1",
            Facet::EventType => "i.event_type",
            Facet::SubEventType => "i.sub_event_type",
            Facet::Review => "i.review",
            Facet::Status => "i.status",
            Facet::Day => "i.date_start",
            Facet::Actor => "a.name",
        };
        let join = match by {
            Facet::Actor => "JOIN incident_actors a ON a.incident = i.incident AND a.side <> 'id'",
            _ => "",
        };
        let order = match by {
            Facet::Day => "1",
            _ => "2 DESC, 1",
        };
        let sql = format!(
            "SELECT {column}, count(DISTINCT i.incident) FROM incidents i {join} WHERE {}
             GROUP BY 1 ORDER BY {order} LIMIT {}",
            wanted.sql,
            i64::try_from(limit).unwrap_or(i64::MAX)
        );
        let mut select = self.db.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(&wanted.values), |row| {
            let n: i64 = row.get(1)?;
            Ok((row.get(0)?, n.unsigned_abs()))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many incidents match.
    ///
    /// # Errors
    /// Those of reading.
    pub fn count(&self, filter: &Filter) -> Result<u64> {
        let wanted = Where::new(filter);
        let sql = format!("SELECT count(*) FROM incidents i WHERE {}", wanted.sql);
        let n: i64 = self
            .db
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&wanted.values), |row| row.get(0))?;
        Ok(n.unsigned_abs())
    }
}

fn incident_row(row: &Row<'_>) -> Result<IncidentRow> {
    let (record, review): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(IncidentRow {
        id: row.get(0)?,
        incident: serde_json::from_str(&record)?,
        review: review_state(&review),
        is_stale: row.get(3)?,
        priority: row.get(4)?,
        n_reports: row.get(5)?,
        n_sources: row.get(6)?,
    })
}

/// The sort value and the id of a page's last row, parted by a `~` that neither holds.
fn write_cursor(value: &Value, id: &str) -> String {
    let value = match value {
        Value::Integer(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(text) => text.clone(),
        Value::Null | Value::Blob(_) => String::new(),
    };
    format!("{value}~{id}")
}

fn read_cursor(order: Order, cursor: &str) -> Result<(Value, String)> {
    let invalid = || StoreError::Invalid("the cursor is not one that a page gave".to_owned());
    let (value, id) = cursor.split_once('~').ok_or_else(invalid)?;
    let value = match order {
        Order::Latest | Order::Earliest => Value::from(value.to_owned()),
        Order::Priority => Value::from(value.parse::<f64>().map_err(|_| invalid())?),
        Order::Killed => Value::from(value.parse::<i64>().map_err(|_| invalid())?),
    };
    Ok((value, id.to_owned()))
}
