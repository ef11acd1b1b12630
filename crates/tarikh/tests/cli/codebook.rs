//! Events under a codebook, and what it refuses.

use crate::support::{Folder, Ran};

const REPORT: &str = "GAO, Mali - Fighters of the Macina Liberation Front attacked an army post near Gao on \
    Monday and killed four Malian soldiers, the defence ministry said.\n\
    In Bamako police fired tear gas at demonstrators on Tuesday. Nobody was killed, a hospital said.\n";

fn code(arguments: &[&str]) -> Ran {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    let before = ["code", "--published", "2023-05-03", "report.txt"];
    folder.run(&[&before[..], arguments].concat())
}

#[test]
fn ged_takes_the_attack_with_the_government_first_and_refuses_the_demonstration() {
    let run = code(&["--codebook", "ucdp-ged", "--format", "csv"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(rows.len(), 2, "{}", run.stdout);
    assert!(rows[1].contains("Government of Mali"), "{}", rows[1]);
    assert!(run.stderr.contains("not a GED event"), "{}", run.stderr);
}

#[test]
fn every_incident_is_an_event_or_a_refusal() {
    let records = code(&["--format", "json"]);
    let coding: serde_json::Value = serde_json::from_str(&records.stdout).expect("JSON");
    let n_incidents = coding["incidents"].as_array().map_or(0, Vec::len);
    assert!(0 < n_incidents);
    for codebook in ["acled", "ucdp-ged", "plover", "cameo"] {
        let run = code(&["--codebook", codebook, "--format", "jsonl"]);
        assert_eq!(run.stdout.lines().count(), n_incidents, "{codebook}");
        for line in run.stdout.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert!(
                line["event"].is_null() != line["refused"].is_null(),
                "{line}"
            );
        }
    }
}

#[test]
fn a_codebook_has_no_map() {
    let run = code(&["--codebook", "acled", "--format", "geojson"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("table, csv or jsonl"), "{}", run.stderr);
}

#[test]
fn a_policy_belongs_to_a_codebook() {
    assert_eq!(code(&["--policy", "acled"]).code, Some(2));
}

#[test]
fn what_is_not_sure_enough_is_left_open_with_a_reason() {
    let all = code(&["--format", "json", "--min-confidence", "0"]);
    let none = code(&["--format", "json", "--min-confidence", "1"]);
    let parse = |run: &Ran| -> serde_json::Value {
        serde_json::from_str(&run.stdout).expect("the output is JSON")
    };
    let (all, none) = (parse(&all), parse(&none));
    assert_eq!(all["warnings"].as_array().map(Vec::len), Some(0));
    let n_incidents = all["incidents"].as_array().map(Vec::len);
    assert_eq!(none["incidents"].as_array().map(Vec::len), Some(0));
    assert_eq!(none["warnings"].as_array().map(Vec::len), n_incidents);
    assert_eq!(none["warnings"][0]["code"], "W014");
    assert_eq!(code(&["--min-confidence", "60"]).code, Some(2));
}
