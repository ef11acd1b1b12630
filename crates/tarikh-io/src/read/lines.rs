//! JSONL: one report to a line, in a file of any size.

use std::io::{self, BufRead};

use super::{Found, Origin, json};
use crate::error::{Problem, ReadError};
use crate::limits::MAX_LINE_BYTES;

/// Reads a JSONL stream line by line; a broken line is an error in its place.
pub(super) struct Lines<R> {
    input: Option<R>,
    origin: Origin,
    line: u64,
    n_reports: u64,
    buffer: Vec<u8>,
}

/// What one step over the input came to.
enum Step {
    Line,
    TooLong,
    End,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, origin: Origin) -> Self {
        Self {
            input: Some(input),
            origin,
            line: 0,
            n_reports: 0,
            buffer: Vec::new(),
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let step = read_line(self.input.as_mut()?, &mut self.buffer, MAX_LINE_BYTES);
            self.line += 1;
            let origin = self.origin.at_line(self.line);
            let problem = match step {
                Ok(Step::Line) => {
                    let bytes = self.buffer.as_slice();
                    let start = if self.line == 1 {
                        mark_length(bytes)
                    } else {
                        0
                    };
                    let bytes = bytes[start..].trim_ascii();
                    if bytes.is_empty() {
                        continue;
                    }
                    self.n_reports += 1;
                    return Some(json::read_line(bytes, origin));
                }
                Ok(Step::TooLong) => {
                    self.n_reports += 1;
                    return Some(Err(ReadError::new(origin, Problem::LineTooLong)));
                }
                Ok(Step::End) => {
                    self.input = None;
                    let empty = self.n_reports == 0;
                    return empty.then(|| Err(ReadError::new(self.origin.clone(), Problem::Empty)));
                }
                // The stream is broken: reading on could go round for ever.
                Err(error) => Problem::Unreadable(error),
            };
            self.input = None;
            return Some(Err(ReadError::new(origin, problem)));
        }
    }
}

/// Length of the UTF-8 byte order mark, if the bytes begin with one.
fn mark_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    }
}

/// Reads up to the next line end. Of a line longer than `limit` nothing is kept, and all is read past.
fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>, limit: usize) -> io::Result<Step> {
    buffer.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let (taken, ended) = match available.iter().position(|&b| b == b'\n') {
            Some(at) => (at + 1, true),
            None => (available.len(), false),
        };
        too_long |= buffer.len() + taken > limit;
        if too_long {
            *buffer = Vec::new();
        } else {
            buffer.extend_from_slice(&available[..taken]);
        }
        input.consume(taken);
        if ended {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Step::End,
        (true, true) => Step::TooLong,
        (true, false) => Step::Line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_passed_over() {
        let mut input = io::BufReader::with_capacity(4, &b"short\nfar too long\nnext\nend"[..]);
        let mut buffer = Vec::new();
        let mut seen = Vec::new();
        loop {
            match read_line(&mut input, &mut buffer, 8) {
                Ok(Step::Line) => seen.push(String::from_utf8_lossy(&buffer).trim().to_owned()),
                Ok(Step::TooLong) => seen.push("...".to_owned()),
                Ok(Step::End) => break,
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(seen, ["short", "...", "next", "end"]);
    }
}
