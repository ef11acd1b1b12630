//! Why a report was refused.

use std::io;

use thiserror::Error;

use crate::limits::{MAX_JSON_BYTES, MAX_LINE_BYTES, MAX_REPORT_BYTES};
use crate::read::Origin;

/// A report, or a whole file, that could not be read.
#[derive(Debug, Error)]
#[error("{problem}")]
pub struct ReadError {
    /// Where it stands.
    pub origin: Origin,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

impl ReadError {
    pub(crate) fn new(origin: Origin, problem: impl Into<Problem>) -> Self {
        Self {
            origin,
            problem: problem.into(),
        }
    }
}

/// What is wrong with an input. Each has a stable code, documented in `docs/errors.md`.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// E001: the file does not exist.
    #[error("no such file or folder")]
    NotFound,
    /// E002: the system refuses to open or read it.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// E003: a folder holds nothing that is read.
    #[error("the folder holds no report (.txt, .html, .htm, .json, .jsonl)")]
    EmptyFolder,
    /// E004: nothing but white space.
    #[error("expected a report, found no text")]
    Empty,
    /// E005: not text at all.
    #[error("expected text, found {0}")]
    Binary(&'static str),
    /// E006: a report over [`MAX_REPORT_BYTES`].
    #[error("the report is larger than {} MiB", MAX_REPORT_BYTES >> 20)]
    TooLarge,
    /// E007: a line over [`MAX_LINE_BYTES`].
    #[error("the line is longer than {} MiB", MAX_LINE_BYTES >> 20)]
    LineTooLong,
    /// E008: a JSON file over [`MAX_JSON_BYTES`].
    #[error("the JSON file is larger than {} MiB", MAX_JSON_BYTES >> 20)]
    JsonTooLarge,
    /// E009: bytes that are not UTF-8 where the format asks for it.
    #[error("expected UTF-8, found the byte 0x{byte:02x} at column {column}")]
    NotUtf8 {
        /// The first byte that does not fit.
        byte: u8,
        /// Its one-based position, in bytes from the start of the line.
        column: usize,
    },
    /// E010: not JSON.
    #[error("expected a JSON object, found {0}")]
    NotJson(String),
    /// E011: no text in a report's object.
    #[error("the field \"text\" is {0}")]
    NoText(&'static str),
    /// E012: a field holds something else than text.
    #[error("the field \"{field}\" is {found}, expected text")]
    NotText {
        /// Name of the field.
        field: &'static str,
        /// Kind of value found ("a list").
        found: &'static str,
    },
    /// E013: a date that cannot be.
    #[error("\"{0}\" is not a date")]
    NoSuchDate(String),
    /// E014: a web page without a text of its own.
    #[error("found no main text in the page")]
    NoMainText,
    /// E015: a web page that would take too long to parse.
    #[error("the page has {0}")]
    HeavyMarkup(&'static str),
}

impl Problem {
    /// The stable code (`E001`).
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "E001",
            Self::Unreadable(_) => "E002",
            Self::EmptyFolder => "E003",
            Self::Empty => "E004",
            Self::Binary(_) => "E005",
            Self::TooLarge => "E006",
            Self::LineTooLong => "E007",
            Self::JsonTooLarge => "E008",
            Self::NotUtf8 { .. } => "E009",
            Self::NotJson(_) => "E010",
            Self::NoText(_) => "E011",
            Self::NotText { .. } => "E012",
            Self::NoSuchDate(_) => "E013",
            Self::NoMainText => "E014",
            Self::HeavyMarkup(_) => "E015",
        }
    }

    /// What to do about it, where there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotFound => "check the spelling, or run from the folder that holds it",
            Self::Unreadable(_) | Self::Empty => return None,
            Self::EmptyFolder => "give files of other names one by one",
            Self::Binary(found) if found.contains("PDF") => {
                "convert it first, for example with pdftotext"
            }
            Self::Binary(found) if found.contains("gzip") => {
                "unpack it first: gzip -dc FILE | tarikh code -"
            }
            Self::Binary(_) => "save it as plain text, HTML or JSONL first",
            Self::TooLarge => "split it: one report to a file, or one to a line of a .jsonl file",
            Self::LineTooLong => {
                "each line holds one report; is the file a JSON list? then name it .json"
            }
            Self::JsonTooLarge => {
                "write it as JSONL, one report to a line: jq -c '.[]' FILE > FILE.jsonl"
            }
            Self::NotUtf8 { .. } => "convert the file first: iconv -f ENCODING -t UTF-8",
            Self::NotJson(_) => {
                "each line is one object: {\"id\": ..., \"published\": \"2023-04-22\", \"text\": ...}"
            }
            Self::NoText(_) => "the report's words go into \"text\"",
            Self::NotText { .. } => "put the value in quotes, or leave the field out",
            Self::NoSuchDate(_) => {
                "write the day as 2023-04-22, or leave it out if it is not known"
            }
            Self::NoMainText | Self::HeavyMarkup(_) => "save the report's words as plain text",
        })
    }
}
