//! What `tarikh code` writes: records, or their events under a codebook.

use std::io;

use tarikh_codebook::{Codebook, Policy};
use tarikh_io::write::{CodebookWriter, Coded, Format, Shape, Writer};

use crate::diagnostics;
use crate::output::Output;

/// A codebook as asked for.
#[derive(Clone, Copy)]
pub(crate) struct Under {
    pub(crate) book: &'static Codebook,
    pub(crate) policy: Policy,
    pub(crate) shape: Shape,
}

/// The shape of a codebook's events that a format asks for.
///
/// # Errors
/// If the format is that of something else than a codebook's events.
pub(crate) fn shape(format: Format) -> Result<Shape, FormatOfRecords> {
    match format {
        Format::Table => Ok(Shape::Table),
        Format::Csv => Ok(Shape::Csv),
        Format::Jsonl => Ok(Shape::Jsonl),
        _ => Err(FormatOfRecords),
    }
}

/// A format was asked for in which no codebook's events are written.
#[derive(Debug)]
pub(crate) struct FormatOfRecords;

impl std::fmt::Display for FormatOfRecords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("with --codebook the format is table, csv or jsonl")
    }
}

impl std::error::Error for FormatOfRecords {}

/// Where codings go.
pub(crate) enum Sink {
    Records(Box<Writer<Output>>),
    Events(CodebookWriter<Output>),
}

impl Sink {
    pub(crate) fn new(out: Output, format: Format, under: Option<Under>, width: usize) -> Self {
        match under {
            None => Self::Records(Box::new(Writer::new(out, format, width))),
            Some(Under {
                book,
                policy,
                shape,
            }) => Self::Events(CodebookWriter::new(out, book, policy, shape, width)),
        }
    }

    /// Notes a report that could not be coded.
    pub(crate) fn note_refused(&mut self) {
        if let Self::Records(writer) = self {
            writer.note_refused();
        }
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// Those of the output.
    pub(crate) fn write(&mut self, batch: Vec<Coded>) -> io::Result<()> {
        match self {
            Self::Records(writer) => writer.write(batch),
            Self::Events(writer) => writer.write(&batch),
        }
    }

    /// Ends the output; what a codebook refused is told on standard error, the most frequent reason
    /// first.
    ///
    /// # Errors
    /// Those of the output.
    pub(crate) fn finish(self) -> io::Result<Output> {
        let writer = match self {
            Self::Records(writer) => return writer.finish(),
            Self::Events(writer) => writer,
        };
        let mut refused: Vec<(&str, usize)> = writer.refused().collect();
        refused.sort_by_key(|&(because, n)| (std::cmp::Reverse(n), because));
        let n_refused: usize = refused.iter().map(|(_, n)| n).sum();
        let n_events = writer.n_written();
        let output = writer.finish()?;
        if 0 < n_refused {
            diagnostics::print(&format!("{n_events} events, {n_refused} refused\n"));
        }
        for (because, n) in refused {
            diagnostics::print(&format!("  {n:>4}  {because}\n"));
        }
        Ok(output)
    }
}
