//! From codings to files and tables.

mod cells;
mod codebook;
mod columns;
mod dataset;
pub mod explain;
mod flat;
mod geojson;
mod hxl;
mod parquet;
mod plover;
mod public;
#[cfg(test)]
mod public_tests;
#[cfg(test)]
mod sample;
mod table;
mod wkb;

use std::io::{self, Write};

use tarikh_codebook::Entry;
use tarikh_record::{Coding, Incident, ReportRef};
use tarikh_text::Metadata;

use crate::read::Origin;

pub use codebook::{CodebookWriter, Shape};
pub use columns::printable;
pub use dataset::{RowFormat, RowWriter};
pub use public::{Places, Publication, Redactor};

/// One report's coding and what its reader knew of the report.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The coding.
    pub coding: Coding,
    /// The report's metadata.
    pub metadata: Metadata,
    /// Where the report stands.
    pub origin: Origin,
}

impl Coded {
    /// One of its incidents, as rows and features are made of it.
    #[must_use]
    pub fn entry<'a>(&self, incident: &'a Incident) -> Entry<'a> {
        let (coding, metadata) = (&self.coding, &self.metadata);
        let report = ReportRef {
            key: coding.report_id.clone(),
            id: coding.report_id.clone(),
            title: metadata.title.clone(),
            outlet: metadata.outlet.clone(),
            published: coding.published.clone(),
            url: metadata.url.clone(),
            reprint_of: None,
        };
        Entry::of_report(incident, report)
    }
}

/// How codings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: one line per incident.
    Table,
    /// One indented object for one report, a list of them for several.
    Json,
    /// One object per report and line.
    Jsonl,
    /// One row per incident under the column names of UCDP GED; background left out.
    Csv,
    /// One feature per incident.
    Geojson,
    /// One row per incident in the shape of ACLED's files; background left out.
    Acled,
    /// One PLOVER event per line; background, and what has no day or type there, left out.
    Plover,
    /// One row per incident under HXL hashtags; background left out.
    Hxl,
}

impl Format {
    /// The writer of rows for it, where a report's incidents stand on their own.
    const fn rows(self) -> Option<RowFormat> {
        match self {
            Self::Csv => Some(RowFormat::Ucdp),
            Self::Geojson => Some(RowFormat::Geojson),
            Self::Acled => Some(RowFormat::Acled),
            Self::Plover => Some(RowFormat::Plover),
            Self::Hxl => Some(RowFormat::Hxl),
            Self::Table | Self::Json | Self::Jsonl => None,
        }
    }
}

/// Writes the codings of a run, a batch at a time, in the order given.
#[derive(Debug)]
pub struct Writer<W: Write> {
    sink: Sink<W>,
    format: Format,
    /// Columns of a terminal that a table may use.
    width: usize,
    /// The first report, until it is known whether it stays the only one.
    first: Option<Coded>,
    /// Reports seen, the refused ones included.
    n_reports: usize,
    /// Objects written, those of rows apart.
    n_written: usize,
}

/// Where a run's output goes: straight on, or through the writer of rows.
#[derive(Debug)]
enum Sink<W: Write> {
    Plain(W),
    Rows(RowWriter<W>),
}

impl<W: Write> Writer<W> {
    /// Makes a writer; `width` is the number of columns that a table may use.
    pub fn new(out: W, format: Format, width: usize) -> Self {
        let sink = match format.rows() {
            Some(rows) => Sink::Rows(RowWriter::new(out, rows)),
            None => Sink::Plain(out),
        };
        Self {
            sink,
            format,
            width,
            first: None,
            n_reports: 0,
            n_written: 0,
        }
    }

    /// Notes a report that could not be coded: what is written is then a list, even of one.
    pub fn note_refused(&mut self) {
        self.n_reports += 1;
    }

    /// Writes a batch. A table aligns its columns within each batch.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, batch: Vec<Coded>) -> io::Result<()> {
        self.n_reports += batch.len();
        if self.n_reports == 1 {
            self.first = batch.into_iter().next();
            return Ok(());
        }
        let held: Vec<Coded> = self.first.take().into_iter().chain(batch).collect();
        self.emit(&held)
    }

    /// Writes what is left and gives the output back, flushed.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        let held: Vec<Coded> = self.first.take().into_iter().collect();
        let is_single = self.format == Format::Json && self.n_reports == 1 && held.len() == 1;
        if !is_single {
            self.emit(&held)?;
        }
        let mut out = match self.sink {
            Sink::Rows(rows) => return rows.finish(),
            Sink::Plain(out) => out,
        };
        if is_single {
            for coded in &held {
                serde_json::to_writer_pretty(&mut out, &coded.coding)?;
            }
            out.write_all(b"\n")?;
        } else if self.format == Format::Json {
            if self.n_written == 0 {
                out.write_all(b"[\n")?;
            }
            out.write_all(b"\n]\n")?;
        }
        out.flush()?;
        Ok(out)
    }

    fn emit(&mut self, batch: &[Coded]) -> io::Result<()> {
        let out = match &mut self.sink {
            Sink::Rows(rows) => return write_rows(rows, self.format, batch),
            Sink::Plain(out) => out,
        };
        if self.format == Format::Table {
            let several = 1 < self.n_reports;
            let separate = 0 < self.n_written;
            self.n_written += batch.len();
            let table = table::render(batch, self.width, several, &table::Record);
            if separate && !table.is_empty() {
                out.write_all(b"\n")?;
            }
            return out.write_all(table.as_bytes());
        }
        for coded in batch {
            if self.format == Format::Json {
                let before = if self.n_written == 0 { "[\n" } else { ",\n" };
                out.write_all(before.as_bytes())?;
                serde_json::to_writer_pretty(&mut *out, &coded.coding)?;
            } else {
                serde_json::to_writer(&mut *out, &coded.coding)?;
                out.write_all(b"\n")?;
            }
            self.n_written += 1;
        }
        Ok(())
    }
}

/// One row per incident; only maps show background, marked.
fn write_rows<W: Write>(
    rows: &mut RowWriter<W>,
    format: Format,
    batch: &[Coded],
) -> io::Result<()> {
    for coded in batch {
        for incident in &coded.coding.incidents {
            if format == Format::Geojson || !incident.is_background {
                rows.write_entry(&coded.entry(incident))?;
            }
        }
    }
    Ok(())
}
