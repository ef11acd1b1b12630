//! Messages for people, on standard error: one block for each, its code first.

use std::fmt::Display;
use std::io::Write;

use tarikh_io::{Origin, ReadError};
use tarikh_store::StoreError;

use crate::isolate::Panic;
use crate::output::WriteError;
use crate::sink::FormatOfRecords;

/// A report that could not be read.
pub(crate) fn refusal(error: &ReadError) -> String {
    let problem = &error.problem;
    block(problem.code(), problem, Some(&error.origin), problem.hint())
}

/// A report that the coder failed on: E020.
pub(crate) fn failed_report(origin: &Origin, panic: &Panic) -> String {
    let message = format!("the program failed on this report: {panic}");
    let hint = "this is a fault of tarikh; please report it, with the text if you may share it";
    block("E020", &message, Some(origin), Some(hint))
}

/// Whether the run failed for what was asked of it: a file that is not there, an id that is none.
pub(crate) fn is_wrong_usage(error: &anyhow::Error) -> bool {
    use StoreError::{Ambiguous, Invalid, Missing, NoSuch};
    if error.downcast_ref::<FormatOfRecords>().is_some() {
        return true;
    }
    let error = error.downcast_ref::<StoreError>();
    matches!(
        error,
        Some(Ambiguous(_) | Invalid(_) | Missing(_) | NoSuch { .. })
    )
}

/// Ends the run: E021 for the output, the store's own code for the database, else the chain of causes.
pub(crate) fn print_failure(error: &anyhow::Error) {
    let message = format!("{error:#}");
    if error.downcast_ref::<WriteError>().is_some() {
        print(&block("E021", &message, None, None));
    } else if let Some(failed) = error.downcast_ref::<StoreError>() {
        print(&block(failed.code(), &message, None, failed.hint()));
    } else {
        print(&format!("error: {}\n", printable(&message)));
    }
}

fn block(code: &str, message: &dyn Display, origin: Option<&Origin>, hint: Option<&str>) -> String {
    let mut text = format!("error[{code}]: {}\n", printable(&message.to_string()));
    if let Some(origin) = origin {
        text += &format!("  --> {}\n", printable(&origin.to_string()));
    }
    if let Some(hint) = hint {
        text += &format!("  hint: {hint}\n");
    }
    text
}

/// Names and quotations come from outside and must not steer the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Prints to standard error; if nobody reads that, there is nobody left to tell.
pub(crate) fn print(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
