//! Compares a coding with what a case expects; each difference is one sentence.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::format::{Case, Mark, list};

/// What differs, in the order in which the case states it; empty when the case holds.
pub(crate) fn differences(case: &Case, coding: &Value) -> Vec<String> {
    let incidents = coding["incidents"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut found = Vec::new();
    if incidents.len() == case.expected.rows.len() {
        for (n, (row, incident)) in case.expected.rows.iter().zip(incidents).enumerate() {
            for (field, cell) in case.expected.fields.iter().zip(row) {
                let value = render(&lookup(incident, field));
                if fold(&value) != fold(cell) {
                    found.push(format!(
                        "incident {}, {field}: expected {cell}, found {value}",
                        n + 1
                    ));
                }
            }
        }
    } else {
        let summary: Vec<String> = incidents.iter().map(summary).collect();
        found.push(format!(
            "expected {} incidents, found {}{}",
            case.expected.rows.len(),
            incidents.len(),
            summary
                .iter()
                .map(|s| format!("\n      {s}"))
                .collect::<String>()
        ));
    }
    for mark in &case.marks {
        if !incidents.iter().any(|incident| supports(incident, mark)) {
            let words: String = case
                .text
                .chars()
                .skip(mark.start as usize)
                .take((mark.end - mark.start) as usize)
                .collect();
            found.push(format!(
                "no evidence of {} in the words \"{words}\"",
                mark.field
            ));
        }
    }
    found.extend(missing_context(&case.context, coding));
    found
}

/// The value at a path such as `killed.best`, `sources[0].name` or `sources[].name` (all names).
fn lookup(value: &Value, path: &str) -> Value {
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, index) = match step.split_once('[') {
        Some((name, index)) => (name, Some(index.trim_end_matches(']'))),
        None => (step, None),
    };
    let deeper = |v: &Value| {
        if rest.is_empty() {
            v.clone()
        } else {
            lookup(v, rest)
        }
    };
    let here = &value[name];
    match (index, here) {
        (None, _) => deeper(here),
        (Some(""), Value::Array(items)) => items.iter().map(deeper).collect(),
        (Some(n), Value::Array(items)) => n
            .parse()
            .ok()
            .and_then(|n: usize| items.get(n))
            .map_or(Value::Null, deeper),
        _ => Value::Null,
    }
}

/// A value as a cell writes it.
fn render(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => items.iter().map(render).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Makes two spellings of the same words equal: capitals, accents, a leading article and the order
/// of a list do not count.
fn fold(cell: &str) -> Vec<String> {
    let bare: String = cell.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let mut items: Vec<String> = list(&bare.to_lowercase())
        .into_iter()
        .map(|item| {
            let article = ["the ", "a ", "an "]
                .iter()
                .find(|article| item.starts_with(**article));
            item[article.map_or(0, |a| a.len())..].to_owned()
        })
        .collect();
    items.sort();
    items
}

/// Whether some evidence of the mark's field shares a code point with the marked words.
fn supports(incident: &Value, mark: &Mark) -> bool {
    let overlaps = |e: &Value| {
        let at = |key: &str| e[key].as_u64().unwrap_or_default();
        e["zone"] == "text"
            && at("start") < u64::from(mark.end)
            && u64::from(mark.start) < at("end")
    };
    if mark.field == "evidence" {
        let also = incident["evidence_also"].as_array().into_iter().flatten();
        return std::iter::once(&incident["evidence"])
            .chain(also)
            .any(overlaps);
    }
    let entries = incident["provenance"].as_array().into_iter().flatten();
    entries
        .filter(|e| {
            e["field"]
                .as_str()
                .is_some_and(|field| is_within(field, &mark.field))
        })
        .any(overlaps)
}

/// Whether one path is the other or lies below it: a mark `side_a` is met by `side_a[0]`, and a
/// mark `killed.best` by evidence for all of `killed`.
fn is_within(a: &str, b: &str) -> bool {
    let below = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    below(a, b) || below(b, a)
}

fn missing_context(expected: &[String], coding: &Value) -> Vec<String> {
    let mut found: Vec<&str> = coding["context"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|c| c["kind"].as_str())
        .collect();
    let mut missing = Vec::new();
    for kind in expected {
        match found.iter().position(|f| f == kind) {
            Some(i) => {
                found.swap_remove(i);
            }
            None => missing.push(format!("no context statement of kind {kind}")),
        }
    }
    missing
}

/// One incident in a line, for a reader who wonders what was found instead.
fn summary(incident: &Value) -> String {
    let of = |path| render(&lookup(incident, path));
    format!(
        "{}, {}, {}: \"{}\"",
        of("sub_event_type"),
        of("date_start"),
        of("place.name"),
        of("evidence.quote")
    )
}

#[cfg(test)]
mod tests {
    use super::super::format::parse;
    use super::*;

    const CASE: &str = "## A rule\n```report\nGunmen killed two men.\n       ^^^^^^ evidence\n              ^^^ killed.best\n```\n\
         | killed.best | side_a | sources[].name | flag | civilians |\n|---|---|---|---|---|\n| 2 | army; gunmen | the police | null | true |\n\nContext: background\n";

    fn coding(killed: u32) -> Value {
        serde_json::json!({
            "incidents": [{
                "killed": {"best": killed}, "side_a": ["Gunmen", "the army"], "flag": null,
                "civilians": true, "sources": [{"name": "police"}],
                "evidence": {"start": 0, "end": 13, "zone": "text"}, "evidence_also": [],
                "provenance": [{"field": "killed", "start": 14, "end": 17, "zone": "text"}],
            }],
            "context": [{"kind": "background"}],
        })
    }

    fn check(coding: &Value, expected: &[&str]) {
        let cases = parse(CASE).expect("the case is well formed");
        assert_eq!(differences(&cases[0], coding), expected);
    }

    #[test]
    fn equal_values_have_no_differences() {
        check(&coding(2), &[]);
    }

    #[test]
    fn every_difference_is_told() {
        check(
            &coding(3),
            &["incident 1, killed.best: expected 2, found 3"],
        );
        let nothing = serde_json::json!({"incidents": [], "context": []});
        check(
            &nothing,
            &[
                "expected 1 incidents, found 0",
                "no evidence of evidence in the words \"killed\"",
                "no evidence of killed.best in the words \"two\"",
                "no context statement of kind background",
            ],
        );
        let mut title = coding(2);
        title["incidents"][0]["provenance"][0]["zone"] = "title".into();
        check(&title, &["no evidence of killed.best in the words \"two\""]);
    }

    #[test]
    fn paths_reach_into_lists() {
        let value =
            serde_json::json!({"sources": [{"name": "police"}, {"name": "Ali"}], "side_b": []});
        assert_eq!(render(&lookup(&value, "sources[].name")), "police; Ali");
        assert_eq!(render(&lookup(&value, "sources[1].name")), "Ali");
        assert_eq!(render(&lookup(&value, "sources[7].name")), "null");
        assert_eq!(render(&lookup(&value, "side_b")), "[]");
    }
}
