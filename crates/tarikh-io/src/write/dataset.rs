//! Writers of a dataset's incidents, one at a time, in the formats that carry no codings.

use std::io::{self, Write};

use tarikh_codebook::{Codebook, Entry, Policy};
use tarikh_record::LinkedIncident;

use super::parquet::ParquetWriter;
use super::{cells, flat, geojson, hxl, plover};

/// A format of incidents. Background incidents are the caller's to leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowFormat {
    /// CSV with the columns of UCDP GED, of all incidents.
    Ucdp,
    /// CSV with the columns of ACLED, of all incidents.
    Acled,
    /// CSV with a row of HXL hashtags.
    Hxl,
    /// PLOVER events, one JSON object per line.
    Plover,
    /// GeoJSON, one feature per incident.
    Geojson,
    /// CSV with every field of the record, one row per incident.
    Records,
    /// GeoParquet 1.1 with the same columns and the geometry.
    Parquet,
    /// Whole incidents with members and ledger, one JSON object per line.
    Jsonl,
}

/// Writes incidents.
#[derive(Debug)]
pub struct RowWriter<W: Write> {
    out: W,
    format: RowFormat,
    /// Holds a row group, in [`RowFormat::Parquet`] from the first incident on.
    parquet: Option<Box<ParquetWriter>>,
    n_written: usize,
    n_left_out: usize,
}

impl<W: Write> RowWriter<W> {
    /// Makes a writer.
    pub fn new(out: W, format: RowFormat) -> Self {
        Self {
            out,
            format,
            parquet: None,
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
            RowFormat::Plover => {
                match plover::event(&Codebook::plover().event(entry, Policy::Manual)) {
                    Some(event) => {
                        serde_json::to_writer(&mut self.out, &event)?;
                        self.out.write_all(b"\n")?;
                    }
                    None => {
                        self.n_left_out += 1;
                        return Ok(());
                    }
                }
            }
            RowFormat::Geojson => {
                let before = if self.n_written == 0 { OPENING } else { ",\n" };
                self.out.write_all(before.as_bytes())?;
                serde_json::to_writer(&mut self.out, &geojson::feature(entry))?;
            }
            RowFormat::Parquet => {
                let mut parquet = match self.parquet.take() {
                    Some(parquet) => parquet,
                    None => Box::new(ParquetWriter::new()?),
                };
                parquet.write(entry, &mut self.out)?;
                self.parquet = Some(parquet);
            }
            RowFormat::Ucdp | RowFormat::Acled | RowFormat::Hxl | RowFormat::Records => {
                if self.n_written == 0 {
                    self.header()?;
                }
                let row = match self.format {
                    RowFormat::Acled => row(Codebook::acled(), entry),
                    RowFormat::Hxl => hxl::row(entry),
                    RowFormat::Records => flat::row(entry),
                    _ => row(Codebook::ucdp_ged(), entry),
                };
                cells::write_row(&mut self.out, &row)?;
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
            RowFormat::Parquet => {
                let parquet = match self.parquet.take() {
                    Some(parquet) => parquet,
                    None => Box::new(ParquetWriter::new()?),
                };
                parquet.finish(&mut self.out)?;
            }
            RowFormat::Ucdp | RowFormat::Acled | RowFormat::Hxl | RowFormat::Records
                if self.n_written == 0 =>
            {
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
            RowFormat::Acled => cells::write_header(&mut self.out, Codebook::acled()),
            RowFormat::Hxl => {
                cells::write_row(&mut self.out, &hxl::header())?;
                cells::write_row(&mut self.out, &hxl::hashtags())
            }
            RowFormat::Records => cells::write_row(&mut self.out, &flat::header()),
            _ => cells::write_header(&mut self.out, Codebook::ucdp_ged()),
        }
    }
}

/// An incident under a codebook's columns, refused by it or not: tolls as the record or the dataset
/// has them.
fn row(book: &Codebook, entry: &Entry<'_>) -> Vec<String> {
    cells::row(&book.event(entry, Policy::Manual))
}

const OPENING: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n";
