//! Input that is broken, huge or hostile: named, and no other report lost.

use crate::support::{Folder, REPORT};

/// Codes a bad file beside a good one: the good one is coded, the bad one named with its code.
fn check(name: &str, bytes: impl AsRef<[u8]>, code: &str, words: &str) {
    let folder = Folder::new();
    folder.put(name, bytes);
    folder.put(
        "good.jsonl",
        format!("{{\"id\": \"good\", \"text\": {REPORT:?}}}"),
    );
    let ran = folder.run(&["code", name, "good.jsonl"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains(&format!("error[{code}]: ")),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
    assert!(
        ran.stderr.contains(&format!("--> {name}")),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.ids(), ["good"]);
}

#[test]
fn empty_and_blank_files() {
    check("bad.txt", "", "E004", "found no text");
    check("bad.txt", "\n \n", "E004", "found no text");
    check("bad.jsonl", "", "E004", "found no text");
}

#[test]
fn binary_files() {
    check("bad.txt", b"%PDF-1.7\n\x00\xff", "E005", "a PDF file");
    check("bad", (0u8..=255).collect::<Vec<_>>(), "E005", "no text");
    check("bad.html", b"\x7fELF\x02\x01\x01\x00", "E005", "a program");
}

#[test]
fn a_text_of_many_megabytes() {
    check("bad.txt", vec![b'a'; 9 << 20], "E006", "larger than 8 MiB");
}

#[test]
fn a_hundred_megabytes_of_one_line() {
    check(
        "bad.jsonl",
        vec![b'{'; 100 << 20],
        "E007",
        "longer than 32 MiB",
    );
}

#[test]
fn a_broken_third_line_is_named_and_the_others_coded() {
    let folder = Folder::new();
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": {REPORT:?}}}\n");
    let lines = [
        line("one"),
        line("two"),
        "{\"id\": \"three\", \"text\": \"Gunm\n".into(),
        line("four"),
    ];
    folder.put("reports.jsonl", lines.concat());
    let ran = folder.run(&["code", "reports.jsonl"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.ids(), ["one", "two", "four"]);
    assert!(
        ran.stderr
            .starts_with("error[E010]: expected a JSON object, found a fault at column"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("\n  --> reports.jsonl:3\n  hint: "),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.ends_with("coded 3 of 4 reports, 1 refused\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn missing_fields_and_days_that_do_not_exist() {
    check(
        "bad.jsonl",
        "{\"id\": \"x\"}",
        "E011",
        "\"text\" is missing",
    );
    check(
        "bad.jsonl",
        "{\"text\": \"Men fled.\", \"published\": \"2023-02-30\"}",
        "E013",
        "\"2023-02-30\" is not a date",
    );
    check("bad.jsonl", "{\"text\": 5}", "E012", "\"text\" is a number");
}

#[test]
fn pages_without_text_or_nested_for_mischief() {
    check(
        "bad.html",
        "<html><body><nav></nav></body></html>",
        "E014",
        "no main text",
    );
    check(
        "bad.html",
        format!("<html>{}x", "<div>".repeat(300_000)),
        "E015",
        "nested",
    );
}

#[test]
fn text_in_another_encoding_is_read_with_a_warning() {
    let folder = Folder::new();
    folder.put(
        "latin.txt",
        b"The mayor of S\xe9var\xe9 said that gunmen had attacked the caf\xe9 on Monday.",
    );
    let ran = folder.run(&["code", "latin.txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("W011"), "{}", ran.stdout);
}

#[test]
fn words_without_a_sentence_are_no_error() {
    let folder = Folder::new();
    for words in ["...", "\u{301}\u{301}", "12 12 12", "()[]{}<>", "\u{1f600}"] {
        folder.put("odd.txt", words);
        let ran = folder.run(&["code", "odd.txt"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{words}");
        let coding: tarikh_record::Coding = serde_json::from_str(&ran.stdout).expect("one coding");
        assert!(coding.incidents.is_empty());
    }
}

#[test]
fn messages_cannot_steer_the_terminal() {
    let folder = Folder::new();
    folder.put(
        "bad.jsonl",
        "{\"text\": \"A\", \"published\": \"\\u001b[31m\"}",
    );
    let ran = folder.run(&["code", "bad.jsonl"]);
    assert!(
        ran.stderr.contains("E013") && !ran.stderr.contains('\u{1b}'),
        "{:?}",
        ran.stderr
    );
}

#[test]
fn a_path_that_is_not_there() {
    let folder = Folder::new();
    folder.put("good.txt", REPORT);
    let ran = folder.run(&["code", "absent.txt", "good.txt"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr
            .contains("error[E001]: no such file or folder\n  --> absent.txt"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stdout.lines().count(), 1);

    let ran = folder.run(&["code", "absent.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    std::fs::create_dir(folder.path().join("empty")).expect("the folder is ours");
    let ran = folder.run(&["code", "empty"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("E003"), "{}", ran.stderr);
}
