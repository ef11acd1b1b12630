//! Plain text: one report to a file.

use tarikh_text::Metadata;

use super::{Found, Origin, RawReport, decode, warning};
use crate::error::ReadError;

pub(super) fn read(bytes: &[u8], origin: Origin) -> Found {
    let decoded = match decode::decode(bytes, false) {
        Ok(decoded) => decoded,
        Err(problem) => return Err(ReadError::new(origin, problem)),
    };
    let warnings = decoded.guessed.map(guessed_encoding).into_iter().collect();
    Ok(RawReport {
        metadata: Metadata::default(),
        body: decoded.text,
        origin,
        warnings,
    })
}

/// W011: nothing says how the bytes are meant.
pub(super) fn guessed_encoding(name: &'static str) -> tarikh_record::Warning {
    let message =
        format!("not UTF-8 and no encoding named; read as {name}, check accented letters");
    warning("W011", message)
}
