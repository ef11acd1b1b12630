//! From paths to reports.

mod date;
mod decode;
mod files;
mod html;
mod json;
mod lines;
mod markup;
mod plain;
#[cfg(test)]
mod tests;

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tarikh_record::Warning;
use tarikh_text::Metadata;

use crate::error::ReadError;

pub use date::parse_date;

/// A report as it was found: its words and what its giver says about it.
#[derive(Clone, Debug)]
pub struct RawReport {
    /// What is known besides the words; an empty id means that none was given.
    pub metadata: Metadata,
    /// The words. Offsets of a coding count in this text: for a web page it is the main text.
    pub body: String,
    /// Where it stands.
    pub origin: Origin,
    /// What was odd about reading it; belongs into its coding's warnings.
    pub warnings: Vec<Warning>,
}

impl RawReport {
    /// A report that stands in no file.
    #[must_use]
    pub fn pasted(metadata: Metadata, body: String) -> Self {
        Self {
            metadata,
            body,
            origin: Origin::file("-"),
            warnings: Vec::new(),
        }
    }
}

/// Where a report stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The path as given, or as found in a folder; `-` for standard input.
    pub path: PathBuf,
    /// One-based line, in files that hold many reports.
    pub line: Option<u64>,
}

impl Origin {
    pub(crate) fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            line: None,
        }
    }

    pub(crate) fn at_line(&self, line: u64) -> Self {
        Self {
            path: self.path.clone(),
            line: Some(line),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.as_os_str() == "-" {
            f.write_str("standard input")?;
        } else {
            write!(f, "{}", self.path.display())?;
        }
        match self.line {
            Some(line) => write!(f, ":{line}"),
            None => Ok(()),
        }
    }
}

/// Where reports come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// Standard input, in whichever format it turns out to be.
    StandardInput,
}

/// How far reading has come, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read so far.
    pub read: u64,
    /// Bytes of all files; `None` if one has no size, as standard input.
    pub total: Option<u64>,
}

type Found = Result<RawReport, ReadError>;

/// The reports of one open file, in order.
type Stream = Box<dyn Iterator<Item = Found> + Send>;

/// Reads reports one after another: sources in the order given, a folder's files in the order of
/// their names, a file's reports in the order of their lines.
pub struct Reports {
    /// Files still to be opened, with what is wrong about those that cannot be.
    pending: VecDeque<files::Entry>,
    open: Option<Stream>,
    /// Bytes taken from all files so far, and the bytes that they have.
    read: Arc<AtomicU64>,
    total: Option<u64>,
    defaults: Metadata,
    /// Hashes of the ids given so far: a million of them in 16 MB.
    ids: HashSet<u64>,
}

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reports")
            .field("pending", &self.pending.len())
            .finish_non_exhaustive()
    }
}

impl Reports {
    /// Lists the files of all sources; opens none of them yet.
    ///
    /// `defaults` say what is known about reports that do not say it themselves; the id of
    /// `defaults` is not used.
    #[must_use]
    pub fn new(sources: &[Source], defaults: Metadata) -> Self {
        let pending: VecDeque<files::Entry> = sources.iter().flat_map(files::list).collect();
        Self {
            total: pending.iter().map(files::Entry::size).sum(),
            pending,
            read: Arc::default(),
            open: None,
            defaults,
            ids: HashSet::new(),
        }
    }

    /// How far reading has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            read: self.read.load(Ordering::Relaxed),
            total: self.total,
        }
    }
}

impl Reports {
    /// Fills what the report does not say, and notes an id that was given before.
    fn complete(&mut self, mut report: RawReport) -> RawReport {
        fn fill<T: Clone>(value: &mut Option<T>, default: &Option<T>) {
            if value.is_none() {
                value.clone_from(default);
            }
        }
        let given = &mut report.metadata;
        fill(&mut given.title, &self.defaults.title);
        fill(&mut given.outlet, &self.defaults.outlet);
        fill(&mut given.published, &self.defaults.published);
        fill(&mut given.url, &self.defaults.url);
        fill(&mut given.language, &self.defaults.language);
        if !given.id.is_empty() {
            let mut hasher = DefaultHasher::new();
            given.id.hash(&mut hasher);
            if !self.ids.insert(hasher.finish()) {
                let message = format!("the id \"{}\" was given to an earlier report too", given.id);
                report.warnings.push(warning("W010", message));
            }
        }
        report
    }
}

impl Iterator for Reports {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.open.as_mut().and_then(Iterator::next) {
                return Some(found.map(|report| self.complete(report)));
            }
            self.open = Some(self.pending.pop_front()?.open(&self.read));
        }
    }
}

/// A warning of the reading layer, without words of the report.
fn warning(code: &str, message: String) -> Warning {
    Warning {
        code: code.to_owned(),
        message,
        evidence: None,
    }
}
