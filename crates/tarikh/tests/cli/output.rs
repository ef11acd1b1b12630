//! What is written, where, and that it does not depend on threads or luck.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::support::{Folder, REPORT};

/// A JSONL file of many reports, no two alike.
fn many(n: usize) -> String {
    let line = |i: usize| {
        let text = format!(
            "{REPORT}On Tuesday {} soldiers were wounded in an ambush near Elsk, the army said.",
            i % 90 + 2
        );
        serde_json::json!({"id": format!("r{i}"), "text": text, "published": "2023-05-02"})
            .to_string()
            + "\n"
    };
    (0..n).map(line).collect()
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let folder = Folder::new();
    folder.put("reports.jsonl", many(600));
    for format in ["jsonl", "json", "csv", "geojson", "table"] {
        let run = |threads| {
            folder.run(&[
                "code",
                "--format",
                format,
                "--threads",
                threads,
                "reports.jsonl",
            ])
        };
        let (one, four) = (run("1"), run("4"));
        assert_eq!(one.code, Some(0), "{}", one.stderr);
        assert!(!one.stdout.is_empty());
        assert!(one.stdout == four.stdout, "{format} differs with threads");
    }
}

#[test]
fn reports_come_in_the_order_of_the_input() {
    let folder = Folder::new();
    folder.put("reports.jsonl", many(300));
    let ids: Vec<String> = (0..300).map(|i| format!("r{i}")).collect();
    assert_eq!(folder.run(&["code", "reports.jsonl"]).ids(), ids);
}

#[test]
fn formats_parse_and_json_is_a_list_for_several() {
    let folder = Folder::new();
    folder.put("one.txt", REPORT);
    folder.put("two.txt", REPORT.replace("nine", "ten"));
    let json = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&folder.run(arguments).stdout).expect("the output is JSON")
    };
    assert!(json(&["code", "--format", "json", "one.txt"]).is_object());
    assert_eq!(
        json(&["code", "--format", "json", "one.txt", "two.txt"])
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert_eq!(
        json(&["code", "--format", "json", "one.txt", "absent.txt"])
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(
        json(&["code", "--format", "geojson", "one.txt"])["type"],
        "FeatureCollection"
    );
    let csv = folder.run(&["code", "--format", "csv", "one.txt"]).stdout;
    assert!(csv.starts_with("id,relid,year,"), "{csv}");
}

#[test]
fn standard_input_tells_its_own_format() {
    let folder = Folder::new();
    let jsonl =
        "{\"id\": \"a\", \"text\": \"Men fled.\"}\n{\"id\": \"b\", \"text\": \"Men came.\"}\n";
    assert_eq!(
        folder.run_on(&["code", "-"], jsonl.as_bytes()).ids(),
        ["a", "b"]
    );
    assert_eq!(
        folder.run_on(&["code", "-"], REPORT.as_bytes()).ids().len(),
        1
    );
    let page = format!(
        "<!DOCTYPE html><html><body><article><p>{REPORT}</p><p>{REPORT}</p></article></body></html>"
    );
    assert_eq!(
        folder.run_on(&["code", "-"], page.as_bytes()).ids().len(),
        1
    );
    let empty = folder.run_on(&["code", "-"], b"");
    assert_eq!(empty.code, Some(1));
    assert!(
        empty.stderr.contains("E004") && empty.stderr.contains("standard input"),
        "{}",
        empty.stderr
    );
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    folder.put("out.csv", "old");
    assert_eq!(
        folder
            .run(&["code", "--output", "out.csv", "absent.txt"])
            .code,
        Some(2)
    );
    assert_eq!(folder.read("out.csv"), "old");
    let ran = folder.run(&["code", "--output", "out.csv", "report.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert!(
        folder.read("out.csv").starts_with("id,relid,"),
        "the format follows the name"
    );
    assert_eq!(folder.names(), ["out.csv", "report.txt"]);
    let ran = folder.run(&["code", "--output", "no/such/folder/out.csv", "report.txt"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr
            .contains("error[E021]: cannot write to no/such/folder/out.csv"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_half_written() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["code", "--output", "out.jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built");
    // It waits for its input, which stays open here: its unfinished file stands there as soon as it has started.
    let _input = child.stdin.take();
    let started = std::time::Instant::now();
    while folder.names().is_empty() && started.elapsed().as_secs() < 30 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(folder.names().len(), 1);
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()));
    assert_eq!(child.wait().expect("the program ends").code(), Some(130));
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new();
    folder.put("reports.jsonl", many(3000));
    let mut child = folder
        .command(&["code", "reports.jsonl"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
    stdout.read_line(&mut line).expect("one line comes");
    drop(stdout);
    let mut errors = String::new();
    let mut stderr = child.stderr.take().expect("standard error is a pipe");
    stderr
        .read_to_string(&mut errors)
        .expect("messages are text");
    assert_eq!(
        child.wait().expect("the program ends").code(),
        Some(0),
        "{errors}"
    );
    assert_eq!(errors, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    for arguments in [
        &["code", "--output", "/dev/full", "report.txt"][..],
        &["schema", "--output", "/dev/full"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(1));
        assert!(
            ran.stderr
                .contains("error[E021]: cannot write to /dev/full: "),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("space"), "{}", ran.stderr);
    }
}

#[test]
fn an_explanation_shows_the_text_without_colours_in_a_pipe() {
    let folder = Folder::new();
    folder.put("report.txt", REPORT);
    let ran = folder.run(&["explain", "--published", "2023-05-02", "report.txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("  1 | Gunmen attacked the village of Corva"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("published 2023-05-02"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{1b}'));
    assert_eq!(folder.run(&["explain", "absent.txt"]).code, Some(2));
}
