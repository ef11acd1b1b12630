//! Arguments, help, and documents that must keep step with the program.

use std::path::{Path, PathBuf};

use crate::support::{Folder, REPORT};

#[test]
fn a_day_that_does_not_exist_is_wrong_usage() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    let ran = folder.run(&["code", "--published", "2023-02-30", "report.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("\"2023-02-30\" is not a date"),
        "{}",
        ran.stderr
    );
}

#[test]
fn wrong_arguments() {
    let folder = Folder::new();
    for arguments in [
        &["code"][..],
        &["code", "--format", "xml", "a"],
        &["code", "--threads", "0", "a"],
        &["code", "--language", "english", "a"],
        &["nonsense"],
        &[],
    ] {
        assert_eq!(folder.run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn every_command_has_examples() {
    let folder = Folder::new();
    for arguments in [
        &["--help"][..],
        &["code", "--help"],
        &["explain", "--help"],
        &["parse", "--help"],
        &["schema", "--help"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(0));
        assert!(
            ran.stdout.contains("Examples:\n  tarikh "),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn the_version_is_the_one_on_the_records() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    let version = folder.run(&["--version"]).stdout;
    let coding = folder.run(&["code", "report.txt"]).stdout;
    let coding: tarikh_record::Coding = serde_json::from_str(&coding).expect("one coding");
    assert_eq!(version.trim(), coding.coder_version);
}

#[test]
fn metadata_of_the_arguments_reach_the_record() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    let ran = folder.run(&[
        "code",
        "--published",
        "2023-04-22",
        "--title",
        "Nine killed",
        "--outlet",
        "Elsk Post",
        "--format",
        "table",
        "report.txt",
        "report.txt",
    ]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.stdout
            .starts_with("report.txt  2023-04-22  Elsk Post  Nine killed\n"),
        "{}",
        ran.stdout
    );
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_published_schema_is_the_record_as_it_is() {
    let committed =
        std::fs::read_to_string(workspace().join("schema/coding.schema.json")).unwrap_or_default();
    let folder = Folder::new();
    let printed = folder.run(&["schema"]).stdout;
    assert!(
        committed == printed,
        "schema/coding.schema.json is stale: run `cargo xtask schema` and read the diff"
    );
    folder.run(&["schema", "--output", "coding.schema.json"]);
    assert_eq!(folder.read("coding.schema.json"), printed);
}

/// Every code in the sources of the programs and the layers has its line in the documents.
#[test]
fn every_code_is_documented() {
    let read = |name: &str| {
        std::fs::read_to_string(workspace().join("docs").join(name)).unwrap_or_default()
    };
    let documents = [('E', read("errors.md")), ('W', read("warnings.md"))];
    let mut n_codes = 0;
    let mut folders = vec![workspace().join("crates")];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(&folder).expect("the workspace is here") {
            let path = item.expect("the workspace is here").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let source = std::fs::read_to_string(&path).expect("sources are text");
                for code in codes(&source) {
                    n_codes += 1;
                    let document = &documents
                        .iter()
                        .find(|(letter, _)| code.starts_with(*letter))
                        .expect("E or W")
                        .1;
                    assert!(
                        document.contains(&format!("| {code} |")),
                        "{code} of {} is not documented",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(15 < n_codes);
}

/// String literals such as `"E001"`.
fn codes(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|literal| {
        let digits = literal.strip_prefix(['E', 'W']).unwrap_or_default();
        digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
