//! Writers of a dataset's incidents, one at a time, in the formats that carry no codings.

use std::io::{self, Write};

use tarikh_record::LinkedIncident;

use super::entry::Entry;
use super::{acled, csv, geojson, hxl, plover};

/// A format of incidents. Background incidents are the caller's to leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowFormat {
    /// CSV with the column names of UCDP GED.
    Ucdp,
    /// CSV in the shape of ACLED's files.
    Acled,
    /// CSV with a row of HXL hashtags.
    Hxl,
    /// PLOVER events, one JSON object per line.
    Plover,
    /// GeoJSON, one feature per incident.
    Geojson,
    /// Whole incidents with members and ledger, one JSON object per line.
    Jsonl,
}

/// Writes incidents.
#[derive(Debug)]
pub struct RowWriter<W: Write> {
    out: W,
    format: RowFormat,
    n_written: usize,
    n_left_out: usize,
}

impl<W: Write> RowWriter<W> {
    /// Makes a writer.
    pub fn new(out: W, format: RowFormat) -> Self {
        Self {
            out,
            format,
            n_written: 0,
            n_left_out: 0,
        }
    }

    /// Writes an incident of a dataset.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, linked: &LinkedIncident) -> io::Result<()> {
        if self.format == RowFormat::Jsonl {
            self.n_written += 1;
            serde_json::to_writer(&mut self.out, linked)?;
            return self.out.write_all(b"\n");
        }
        self.write_entry(&Entry::linked(linked))
    }

    /// Writes an incident; in [`RowFormat::Jsonl`] without members and ledger.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write_entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        match self.format {
            RowFormat::Jsonl => {
                serde_json::to_writer(&mut self.out, entry.incident)?;
                self.out.write_all(b"\n")?;
            }
            RowFormat::Plover => match plover::event(entry) {
                Some(event) => {
                    serde_json::to_writer(&mut self.out, &event)?;
                    self.out.write_all(b"\n")?;
                }
                None => {
                    self.n_left_out += 1;
                    return Ok(());
                }
            },
            RowFormat::Geojson => {
                let before = if self.n_written == 0 { OPENING } else { ",\n" };
                self.out.write_all(before.as_bytes())?;
                serde_json::to_writer(&mut self.out, &geojson::feature(entry))?;
            }
            RowFormat::Ucdp | RowFormat::Acled | RowFormat::Hxl => {
                if self.n_written == 0 {
                    self.header()?;
                }
                let row = match self.format {
                    RowFormat::Acled => acled::row(entry),
                    RowFormat::Hxl => hxl::row(entry),
                    _ => csv::row(entry),
                };
                self.record(&row)?;
            }
        }
        self.n_written += 1;
        Ok(())
    }

    /// Ends the list and gives the output back, flushed. Without an incident the header stands
    /// alone.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        match self.format {
            RowFormat::Geojson => {
                if self.n_written == 0 {
                    self.out.write_all(OPENING.as_bytes())?;
                }
                self.out.write_all(b"\n]}\n")?;
            }
            RowFormat::Ucdp | RowFormat::Acled | RowFormat::Hxl if self.n_written == 0 => {
                self.header()?;
            }
            _ => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// Incidents written so far.
    #[must_use]
    pub const fn n_written(&self) -> usize {
        self.n_written
    }

    /// Incidents that the format cannot hold: PLOVER requires a day and a type of its own.
    #[must_use]
    pub const fn n_left_out(&self) -> usize {
        self.n_left_out
    }

    fn header(&mut self) -> io::Result<()> {
        match self.format {
            RowFormat::Acled => self.record(&acled::COLUMNS),
            RowFormat::Hxl => {
                self.record(&hxl::header())?;
                self.record(&hxl::hashtags())
            }
            _ => self.record(&csv::COLUMNS),
        }
    }

    fn record(&mut self, cells: &[impl AsRef<[u8]>]) -> io::Result<()> {
        let mut rows = ::csv::Writer::from_writer(Vec::new());
        rows.write_record(cells)?;
        let bytes = rows.into_inner().map_err(|error| error.into_error())?;
        self.out.write_all(&bytes)
    }
}

const OPENING: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n";
