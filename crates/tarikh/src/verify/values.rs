//! Whether every value of a record has words behind it.

use serde_json::Value;
use tarikh_record::Incident;

/// What is no value read from the report: names of the record, how sure it is, and the words themselves.
const NOT_READ: &[&str] = &[
    "id",
    "confidence",
    "confidence_by_field",
    "shared_toll",
    "claims",
    "evidence",
    "evidence_also",
    "provenance",
    // The sides once more, with ids.
    "actors",
];

/// Paths of the values that no words are given for.
pub(crate) fn without_words(incident: &Incident) -> Vec<String> {
    let mut paths = Vec::new();
    if let Ok(Value::Object(fields)) = serde_json::to_value(incident) {
        for (name, value) in fields {
            if !NOT_READ.contains(&name.as_str()) {
                collect(name, &value, &mut paths);
            }
        }
    }
    paths.retain(|path| {
        let mut known = incident.provenance.iter();
        !known.any(|p| is_part(path, &p.field) || is_part(&p.field, path))
    });
    paths
}

/// Paths of all that is known. That something is not background needs no words.
fn collect(path: String, value: &Value, paths: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(false) if path == "is_background" => {}
        Value::Object(fields) if path != "place.geometry" && !path.ends_with(']') => {
            for (name, value) in fields {
                collect(format!("{path}.{name}"), value, paths);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                collect(format!("{path}[{i}]"), item, paths);
            }
        }
        _ => paths.push(path),
    }
}

/// Whether a path is another, or leads further into it.
fn is_part(path: &str, of: &str) -> bool {
    let rest = path.strip_prefix(of);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
