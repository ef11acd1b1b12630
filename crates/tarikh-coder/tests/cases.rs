//! Runs the coding rules in `cases/*.md`: any Markdown file there is a test suite.
//!
//! `TARIKH_CASE=words` runs only the cases whose file name or heading contains the words.

mod support;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::compare::differences;
use support::format::{Case, parse};
use tarikh_coder::{Coder, Workspace};
use tarikh_record::{Flag, SubEventType};
use tarikh_text::Report;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a developer's choice of cases comes from the environment"
)]
fn every_case_holds() {
    let wanted = std::env::var("TARIKH_CASE").unwrap_or_default();
    let coder = Coder::new();
    let (mut n_cases, mut failures) = (0, Vec::new());
    for (file, case) in all_cases() {
        let name = format!("cases/{file}:{}  {}", case.line, case.heading);
        if !name.to_lowercase().contains(&wanted.to_lowercase()) {
            continue;
        }
        n_cases += 1;
        if let Err(problem) = check(&coder, &case) {
            failures.push(format!("{name}\n{problem}"));
        }
    }
    let summary = format!("{n_cases} cases, {} passed", n_cases - failures.len());
    // Past the capture of test output: the count is worth a line also when all is well.
    let _ = writeln!(std::io::stderr(), "{summary}");
    assert!(n_cases > 0, "no case matches TARIKH_CASE={wanted}");
    assert!(
        failures.is_empty(),
        "\n\n{}\n\n{summary}",
        failures.join("\n\n")
    );
}

/// Codes the case's report and compares; a known gap must still be one.
fn check(coder: &Coder, case: &Case) -> Result<(), String> {
    let report = Report::new(case.metadata.clone(), &case.text);
    // A panic is a bug, but it must not hide which case brought it about, nor all cases behind it.
    let coding = catch_unwind(AssertUnwindSafe(|| {
        coder.code(&report, &mut Workspace::default())
    }))
    .map_err(|_| "    the coder panicked".to_owned())?;
    let coding = serde_json::to_value(&coding).map_err(|e| format!("    not JSON: {e}"))?;
    let found = differences(case, &coding);
    match (&case.known_gap, found.is_empty()) {
        (None, true) | (Some(_), false) => Ok(()),
        (None, false) => Err(found
            .iter()
            .map(|d| format!("    {d}"))
            .collect::<Vec<_>>()
            .join("\n")),
        (Some(reason), true) => Err(format!(
            "    holds now: remove the line \"Known gap: {reason}\""
        )),
    }
}

/// All cases with the names of their files, in the order of the names.
fn all_cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder cases/ lies in the workspace")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let markdown = std::fs::read_to_string(&path).expect("a case file is readable UTF-8");
        let parsed = parse(&markdown).unwrap_or_else(|problem| panic!("cases/{name}: {problem}"));
        cases.extend(parsed.into_iter().map(|case| (name.clone(), case)));
    }
    cases
}

/// A misspelt column or an impossible row would look like a failure of the coder.
#[test]
fn every_case_can_hold() {
    let schema = tarikh_record::schema();
    let mut headings = BTreeSet::new();
    for (file, case) in all_cases() {
        let at = format!("cases/{file}:{}", case.line);
        assert!(
            headings.insert(case.heading.clone()),
            "{at}: heading used twice"
        );
        let marked = case.marks.iter().map(|mark| &mark.field);
        for field in case.expected.fields.iter().chain(marked) {
            assert!(
                is_field(&schema, field),
                "{at}: the record has no field {field}"
            );
        }
        for row in &case.expected.rows {
            let cell = |field: &str| {
                case.expected
                    .fields
                    .iter()
                    .position(|f| f == field)
                    .map(|i| row[i].as_str())
            };
            assert_vocabulary(&at, cell("event_type"), cell("sub_event_type"));
            assert_ordered(&at, &["date_start", "date_end"].map(cell));
            assert_ordered(&at, &["killed.low", "killed.best", "killed.high"].map(cell));
            assert_ordered(&at, &["injured.low", "injured.high"].map(cell));
        }
    }
}

fn assert_vocabulary(at: &str, event_type: Option<&str>, sub_event_type: Option<&str>) {
    let Some(name) = sub_event_type else { return };
    let known = SubEventType::ALL.iter().find(|t| t.as_str() == name);
    let known = known.unwrap_or_else(|| panic!("{at}: no sub-event type {name}"));
    let event_type = event_type.unwrap_or(known.event_type().as_str());
    assert_eq!(
        event_type,
        known.event_type().as_str(),
        "{at}: event type of {name}"
    );
}

/// Dates and numbers may be unknown, but never run backwards.
fn assert_ordered(at: &str, cells: &[Option<&str>]) {
    let known: Vec<&str> = cells
        .iter()
        .flatten()
        .copied()
        .filter(|c| *c != "null")
        .collect();
    // Padding makes numbers compare like dates: by their characters.
    assert!(
        known.is_sorted_by_key(|c| format!("{c:0>10}")),
        "{at}: {known:?}"
    );
}

/// Whether the record's schema knows the path, seen from an incident.
fn is_field(schema: &Value, path: &str) -> bool {
    let mut node = &schema["$defs"]["Incident"];
    for step in path.split('.') {
        let name = step.split('[').next().unwrap_or_default();
        node = resolve(schema, &node["properties"][name]);
        if step.contains('[') {
            node = resolve(schema, &node["items"]);
        }
    }
    !node.is_null()
}

/// Follows a schema's reference to its definition.
fn resolve<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    let target = node["$ref"]
        .as_str()
        .and_then(|r| r.strip_prefix("#/$defs/"));
    target.map_or(node, |name| &schema["$defs"][name])
}

#[test]
fn every_type_and_flag_has_a_case() {
    let mut seen = BTreeSet::new();
    for (_, case) in all_cases() {
        seen.extend(case.expected.rows.into_iter().flatten());
    }
    let types = SubEventType::ALL.iter().map(|t| t.as_str().to_owned());
    let flags = [Flag::AircraftCrash, Flag::AircraftShootdown, Flag::Release]
        .map(|flag| serde_json::to_value(flag).expect("a flag has a name"))
        .map(|flag| flag.as_str().unwrap_or_default().to_owned());
    let missing: Vec<String> = types
        .chain(flags)
        .filter(|name| !seen.contains(name))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// A page that did not load to its end, a field of limited length: a report may end anywhere.
#[test]
fn a_report_may_end_behind_any_word() {
    let coder = Coder::new();
    let mut workspace = Workspace::default();
    let mut failures = Vec::new();
    for (file, case) in all_cases() {
        for (end, _) in case.text.match_indices([' ', '\n']) {
            let report = Report::new(case.metadata.clone(), &case.text[..end]);
            let coded = catch_unwind(AssertUnwindSafe(|| coder.code(&report, &mut workspace)));
            if coded.is_err() {
                failures.push(format!("cases/{file}:{} cut at byte {end}", case.line));
                workspace = Workspace::default();
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
