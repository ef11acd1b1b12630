//! The incidents of a run under the rules of a codebook, with what it refuses and why.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};
use tarikh_codebook::{Cell, Codebook, Event, Policy};

use super::{Coded, cells, plover, table};

/// How the events of a codebook are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For people: one line per event, then a line for each incident that is refused.
    Table,
    /// One row per event under the codebook's columns.
    Csv,
    /// One object per incident and line: its event, or why it is refused.
    Jsonl,
}

/// Writes the events of a codebook, a batch of reports at a time.
#[derive(Debug)]
pub struct CodebookWriter<W: Write> {
    out: W,
    book: &'static Codebook,
    policy: Policy,
    shape: Shape,
    /// Columns of a terminal that a table may use.
    width: usize,
    n_reports: usize,
    n_written: usize,
    /// Incidents refused, by the reason.
    refused: BTreeMap<&'static str, usize>,
}

impl<W: Write> CodebookWriter<W> {
    /// Makes a writer; `width` is the number of columns that a table may use.
    pub fn new(
        out: W,
        book: &'static Codebook,
        policy: Policy,
        shape: Shape,
        width: usize,
    ) -> Self {
        Self {
            out,
            book,
            policy,
            shape,
            width,
            n_reports: 0,
            n_written: 0,
            refused: BTreeMap::new(),
        }
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, batch: &[Coded]) -> io::Result<()> {
        if self.shape == Shape::Table {
            let view = table::Under {
                book: self.book,
                policy: self.policy,
            };
            let several = 1 < self.n_reports + batch.len();
            let table = table::render(batch, self.width, several, &view);
            if 0 < self.n_reports && !table.is_empty() {
                self.out.write_all(b"\n")?;
            }
            self.out.write_all(table.as_bytes())?;
        } else if self.n_reports == 0 {
            self.header()?;
        }
        self.n_reports += batch.len();
        for coded in batch {
            for incident in &coded.coding.incidents {
                let entry = coded.entry(incident);
                let book: &'static Codebook = self.book;
                let event = book.event(&entry, self.policy);
                let refusal = event.refusal();
                match &refusal {
                    None => self.n_written += 1,
                    Some(refusal) => self.refuse(refusal.rule),
                }
                match self.shape {
                    Shape::Csv if refusal.is_none() => {
                        cells::write_row(&mut self.out, &cells::row(&event))?;
                    }
                    Shape::Jsonl => {
                        let line = self.line(coded, &event);
                        serde_json::to_writer(&mut self.out, &line)?;
                        self.out.write_all(b"\n")?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Gives the output back, flushed.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        if self.n_reports == 0 {
            self.header()?;
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// Events written so far.
    #[must_use]
    pub const fn n_written(&self) -> usize {
        self.n_written
    }

    /// Incidents refused so far: each reason, and how many it kept out.
    pub fn refused(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.refused.iter().map(|(because, n)| (*because, *n))
    }

    fn header(&mut self) -> io::Result<()> {
        match self.shape {
            Shape::Csv => cells::write_header(&mut self.out, self.book),
            Shape::Table | Shape::Jsonl => Ok(()),
        }
    }

    fn refuse(&mut self, rule: &str) {
        if let Some(because) = self.book.because(rule) {
            *self.refused.entry(because).or_default() += 1;
        }
    }

    fn line(&self, coded: &Coded, event: &Event<'_>) -> Value {
        let mut line = json!({
            "codebook": self.book.name,
            "version": self.book.version,
            "report_id": coded.coding.report_id,
            "incident": event.incident().id,
            "event": null,
            "refused": null,
        });
        match event.refusal() {
            Some(refusal) => {
                line["refused"] = json!({"rule": refusal.rule, "because": refusal.because});
            }
            // PLOVER has a form of its own.
            None if std::ptr::eq(self.book, Codebook::plover()) => {
                line["event"] = plover::event(event).unwrap_or_default();
            }
            None => line["event"] = self.object(event),
        }
        line
    }

    /// The row by the names of its columns; unknown is `null`.
    fn object(&self, event: &Event<'_>) -> Value {
        let columns = self.book.columns.iter();
        let fields = columns.zip(event.cells()).map(|(column, cell)| {
            let value = match cell {
                Cell::Empty => Value::Null,
                Cell::Text(words) => Value::String(words),
                Cell::Number(n) => n
                    .parse()
                    .map_or_else(|_| Value::String(n.clone()), Value::Number),
            };
            (column.name.clone(), value)
        });
        Value::Object(fields.collect::<Map<_, _>>())
    }
}
