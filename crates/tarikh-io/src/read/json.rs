//! A report as a JSON object.

use jiff::civil::Date;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use tarikh_text::Metadata;

use super::{Found, Origin, RawReport, Stream, files, lines, parse_date, warning};
use crate::error::{Problem, ReadError};
use crate::limits::{MAX_JSON_BYTES, MAX_REPORT_BYTES};

/// Reads one line of JSONL.
pub(super) fn read_line(bytes: &[u8], origin: Origin) -> Found {
    match parse(bytes).and_then(|(object, repaired)| report(object, repaired, &origin)) {
        Ok(report) => Ok(report),
        Err(problem) => Err(ReadError::new(origin, problem)),
    }
}

/// Reads a `.json` file: a list of reports, one report, or in truth JSONL.
pub(super) fn read_file(input: Box<dyn std::io::BufRead + Send>, origin: Origin) -> Stream {
    let bytes = match files::bounded(input, MAX_JSON_BYTES, &origin, Problem::JsonTooLarge) {
        Ok(bytes) => bytes,
        Err(error) => return files::one(Err(error)),
    };
    let start = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let words = bytes[start..].trim_ascii();
    match words.first() {
        None => files::one(Err(ReadError::new(origin, Problem::Empty))),
        Some(b'[') => read_list(words, &bytes, origin),
        Some(_) if parse(words).is_ok() => files::one(read_line(words, origin)),
        Some(_) => Box::new(lines::Lines::new(std::io::Cursor::new(bytes), origin)),
    }
}

fn read_list(words: &[u8], file: &[u8], origin: Origin) -> Stream {
    let text = match utf8(words) {
        Ok(text) => text,
        Err(problem) => return files::one(Err(ReadError::new(origin, problem))),
    };
    let items: Vec<&RawValue> = match serde_json::from_str(text) {
        Ok(items) => items,
        Err(error) => {
            let lines_before = count_lines(&file[..offset_in(file, words)]);
            let origin = origin.at_line(lines_before + error.line() as u64);
            let problem = Problem::NotJson(describe(&error));
            return files::one(Err(ReadError::new(origin, problem)));
        }
    };
    let mut line = 1;
    let mut counted = 0;
    let mut found: Vec<Found> = Vec::with_capacity(items.len());
    for item in items {
        let at = offset_in(file, item.get().as_bytes());
        line += count_lines(&file[counted..at]);
        counted = at;
        found.push(read_line(item.get().as_bytes(), origin.at_line(line)));
    }
    if found.is_empty() {
        return files::one(Err(ReadError::new(origin, Problem::Empty)));
    }
    Box::new(found.into_iter())
}

/// Position of a part inside the whole that it was borrowed from.
fn offset_in(whole: &[u8], part: &[u8]) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&b| b == b'\n').count() as u64
}

fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Problem::NotUtf8 {
            byte: bytes.get(at).copied().unwrap_or_default(),
            column: at + 1,
        }
    })
}

/// Parses an object; the flag says that lone surrogates were replaced.
fn parse(bytes: &[u8]) -> Result<(Map<String, Value>, bool), Problem> {
    let text = utf8(bytes)?;
    let (value, repaired) = match serde_json::from_str::<Value>(text) {
        Ok(value) => (value, false),
        Err(error) => {
            let mended = mend_surrogates(text);
            match mended.and_then(|text| serde_json::from_str(&text).ok()) {
                Some(value) => (value, true),
                None => return Err(Problem::NotJson(describe(&error))),
            }
        }
    };
    match value {
        Value::Object(object) => Ok((object, repaired)),
        other => Err(Problem::NotJson(kind_name(&other).to_owned())),
    }
}

/// The parser's words without its own count of lines, which is always one here.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!(
        "a fault at column {}: {}",
        error.column(),
        what.to_lowercase()
    )
}

/// Writes U+FFFD for every escaped half of a surrogate pair; some programs cut a text between the
/// two. `None` if there is none. Code points keep their number, so offsets stay true.
fn mend_surrogates(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let escape = |at: usize| {
        let digits = text.get(at + 2..at + 6)?;
        (bytes.get(at..at + 2)? == b"\\u").then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut mended = String::new();
    let mut kept = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match escape(at) {
            Some(0xd800..=0xdbff) if matches!(escape(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                mended.push_str(&text[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            _ => at += 2,
        }
    }
    if kept == 0 {
        return None;
    }
    mended.push_str(text.get(kept..)?);
    Some(mended)
}

fn report(
    object: Map<String, Value>,
    repaired: bool,
    origin: &Origin,
) -> Result<RawReport, Problem> {
    let body = match object.get("text") {
        None => return Err(Problem::NoText("missing")),
        Some(Value::Null) => return Err(Problem::NoText("null")),
        Some(_) => text_field(&object, "text")?.ok_or(Problem::NoText("empty"))?,
    };
    if MAX_REPORT_BYTES < body.len() {
        return Err(Problem::TooLarge);
    }
    let metadata = Metadata {
        id: id_field(&object)?,
        title: text_field(&object, "title")?,
        outlet: text_field(&object, "outlet")?,
        published: date_field(&object)?,
        url: text_field(&object, "url")?,
        language: text_field(&object, "language")?,
    };
    let mut warnings = Vec::new();
    if repaired {
        warnings.push(warning(
            "W013",
            "half of a character is missing; it is read as \u{fffd}".to_owned(),
        ));
    }
    Ok(RawReport {
        metadata,
        body,
        origin: origin.clone(),
        warnings,
    })
}

/// A field's text; `None` where it is missing, `null` or blank.
fn text_field(object: &Map<String, Value>, field: &'static str) -> Result<Option<String>, Problem> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(Problem::NotText {
            field,
            found: kind_name(other),
        }),
    }
}

/// The id, which may be a number; empty where none is given.
fn id_field(object: &Map<String, Value>) -> Result<String, Problem> {
    match object.get("id") {
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Ok(text_field(object, "id")?.unwrap_or_default()),
    }
}

fn date_field(object: &Map<String, Value>) -> Result<Option<Date>, Problem> {
    let written = text_field(object, "published")?;
    written.as_deref().map(parse_date).transpose()
}

fn kind_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
