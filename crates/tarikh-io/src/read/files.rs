//! Paths: which files are read, in which order, and as what.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Found, Origin, Source, Stream, html, json, lines, plain};
use crate::error::{Problem, ReadError};
use crate::limits::MAX_REPORT_BYTES;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
    Json,
    Jsonl,
    /// Told by its first bytes.
    Unknown,
}

/// One thing to open, or the reason why it cannot be.
#[derive(Debug)]
pub(super) enum Entry {
    File(PathBuf),
    StandardInput,
    Refused(ReadError),
}

/// All files of a source: a folder's in the order of their paths, links to folders not followed.
pub(super) fn list(source: &Source) -> Vec<Entry> {
    let path = match source {
        Source::StandardInput => return vec![Entry::StandardInput],
        Source::Path(path) => path,
    };
    match fs::metadata(path) {
        Err(error) => vec![refused(path, error)],
        Ok(found) if !found.is_dir() => vec![Entry::File(path.clone())],
        Ok(_) => {
            let mut entries = Vec::new();
            walk(path, &mut entries);
            if entries.is_empty() {
                entries.push(Entry::Refused(ReadError::new(
                    Origin::file(path),
                    Problem::EmptyFolder,
                )));
            }
            entries
        }
    }
}

fn walk(root: &Path, entries: &mut Vec<Entry>) {
    // A stack instead of recursion: a folder may be nested deeper than a call stack.
    let mut stack = vec![root.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = stack.pop() {
        let listed = fs::read_dir(&folder).and_then(|items| items.collect::<io::Result<Vec<_>>>());
        let items = match listed {
            Ok(items) => items,
            Err(error) => {
                found.push((folder.clone(), Some(error)));
                continue;
            }
        };
        for item in items {
            let path = item.path();
            let hidden = item.file_name().as_encoded_bytes().starts_with(b".");
            match item.file_type() {
                Ok(kind) if kind.is_dir() && !hidden => stack.push(path),
                Ok(kind) if !kind.is_dir() && !hidden && kind_of(&path) != Kind::Unknown => {
                    found.push((path, None));
                }
                _ => {}
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    entries.extend(found.into_iter().map(|(path, error)| match error {
        Some(error) => refused(&path, error),
        None => Entry::File(path),
    }));
}

fn refused(path: &Path, error: io::Error) -> Entry {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => Problem::NotFound,
        _ => Problem::Unreadable(error),
    };
    Entry::Refused(ReadError::new(Origin::file(path), problem))
}

fn kind_of(path: &Path) -> Kind {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str() {
        Some("txt" | "text") => Kind::Plain,
        Some("html" | "htm" | "xhtml") => Kind::Html,
        Some("json") => Kind::Json,
        Some("jsonl" | "ndjson") => Kind::Jsonl,
        _ => Kind::Unknown,
    }
}

impl Entry {
    /// Bytes of the file, if it has a size.
    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => fs::metadata(path).ok().map(|m| m.len()),
            Self::StandardInput => None,
            Self::Refused(_) => Some(0),
        }
    }

    /// Opens it; `n_read` counts the bytes taken from it.
    pub(super) fn open(self, n_read: &Arc<AtomicU64>) -> Stream {
        match self {
            Self::Refused(error) => one(Err(error)),
            Self::StandardInput => {
                let input = Counted::new(io::stdin(), n_read);
                open_as(Kind::Unknown, Box::new(input), Origin::file("-"))
            }
            Self::File(path) => {
                let origin = Origin::file(&path);
                match File::open(&path) {
                    Ok(file) => {
                        open_as(kind_of(&path), Box::new(Counted::new(file, n_read)), origin)
                    }
                    Err(error) => match refused(&path, error) {
                        Self::Refused(error) => one(Err(error)),
                        _ => Box::new(std::iter::empty()),
                    },
                }
            }
        }
    }
}

type Input = Box<dyn BufRead + Send>;

/// Counts the bytes that its reader takes.
struct Counted<R> {
    input: BufReader<R>,
    n_read: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    fn new(input: R, n_read: &Arc<AtomicU64>) -> Self {
        Self {
            input: BufReader::new(input),
            n_read: Arc::clone(n_read),
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.n_read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.n_read.fetch_add(n as u64, Ordering::Relaxed);
        self.input.consume(n);
    }
}

fn open_as(kind: Kind, mut input: Input, origin: Origin) -> Stream {
    let kind = match kind {
        Kind::Unknown => match input.fill_buf() {
            Ok(start) => sniff(start),
            Err(error) => return one(Err(ReadError::new(origin, error))),
        },
        known => known,
    };
    match kind {
        Kind::Jsonl => Box::new(lines::Lines::new(input, origin)),
        Kind::Json => json::read_file(input, origin),
        Kind::Html => one(whole(input, &origin).and_then(|bytes| html::read(&bytes, origin))),
        Kind::Plain | Kind::Unknown => {
            one(whole(input, &origin).and_then(|bytes| plain::read(&bytes, origin)))
        }
    }
}

/// Tells the format by the first bytes of a file whose name says nothing.
fn sniff(start: &[u8]) -> Kind {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let start = start.trim_ascii_start();
    let tag = start[..start.len().min(14)].to_ascii_lowercase();
    if tag.starts_with(b"<!doctype html") || tag.starts_with(b"<html") {
        Kind::Html
    } else if start.first() == Some(&b'{') && start[1..].trim_ascii_start().starts_with(b"\"") {
        Kind::Jsonl
    } else if start.first() == Some(&b'[') && start[1..].trim_ascii_start().starts_with(b"{") {
        Kind::Json
    } else {
        Kind::Plain
    }
}

/// Reads a report's file, as far as the limit.
fn whole(input: Input, origin: &Origin) -> Result<Vec<u8>, ReadError> {
    bounded(input, MAX_REPORT_BYTES, origin, Problem::TooLarge)
}

/// Reads all of an input, or refuses it as soon as it proves larger than `limit` bytes.
pub(super) fn bounded(
    input: Input,
    limit: usize,
    origin: &Origin,
    too_large: Problem,
) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = input.take(limit as u64 + 1).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(ReadError::new(origin.clone(), error)),
        Ok(n) if n > limit => Err(ReadError::new(origin.clone(), too_large)),
        Ok(_) => Ok(bytes),
    }
}

pub(super) fn one(found: Found) -> Stream {
    Box::new(std::iter::once(found))
}
