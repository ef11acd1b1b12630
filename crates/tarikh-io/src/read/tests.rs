//! Laws and cases of all readers, through the one door that programs use.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::limits::{MAX_LINE_BYTES, MAX_REPORT_BYTES};

const SENTENCE: &str = "Gunmen attacked the village of Corva on Monday and killed nine farmers.";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for tests can be made")
}

fn put(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap_or(folder.path())).expect("the folder is ours");
    fs::write(&path, bytes).expect("the folder is ours");
    path
}

fn read(path: &Path) -> Vec<Found> {
    read_with(path, Metadata::default())
}

fn read_with(path: &Path, defaults: Metadata) -> Vec<Found> {
    Reports::new(&[Source::Path(path.to_path_buf())], defaults).collect()
}

/// One line per report or refusal: `name:line id words` or `name:line E000`.
fn outline(found: &[Found]) -> Vec<String> {
    let place = |origin: &Origin| {
        let name = origin
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        match origin.line {
            Some(line) => format!("{name}:{line}"),
            None => name.into_owned(),
        }
    };
    found
        .iter()
        .map(|found| match found {
            Ok(report) => {
                let words: String = report.body.chars().take(12).collect();
                format!("{} {} {words}", place(&report.origin), report.metadata.id)
            }
            Err(error) => format!("{} {}", place(&error.origin), error.problem.code()),
        })
        .collect()
}

fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let folder = folder();
    let path = put(&folder, name, bytes);
    assert_eq!(outline(&read(&path)), expected);
}

#[test]
fn a_broken_line_costs_no_other() {
    check(
        "a.jsonl",
        "{\"id\": \"one\", \"text\": \"First words\"}\n\n{\"id\": \"two\", \"te\n{\"id\": 3, \"text\": \"Third words\", \"stars\": 5}\n",
        &[
            "a.jsonl:1 one First words",
            "a.jsonl:3 E010",
            "a.jsonl:4 3 Third words",
        ],
    );
}

#[test]
fn missing_and_mistaken_fields() {
    check(
        "a.jsonl",
        [
            r#"{"id": "a"}"#,
            r#"{"id": "b", "text": null}"#,
            r#"{"id": "c", "text": "  "}"#,
            r#"{"id": "d", "text": ["x"]}"#,
            r#"{"id": "e", "text": "Words", "published": "2023-02-30"}"#,
            r#"{"id": "f", "text": "Words", "title": 7}"#,
            r#"["Words"]"#,
            r#"{"text": "Words", "published": "", "outlet": null}"#,
        ]
        .join("\n"),
        &[
            "a.jsonl:1 E011",
            "a.jsonl:2 E011",
            "a.jsonl:3 E011",
            "a.jsonl:4 E012",
            "a.jsonl:5 E013",
            "a.jsonl:6 E012",
            "a.jsonl:7 E010",
            "a.jsonl:8  Words",
        ],
    );
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let folder = folder();
    let path = put(
        &folder,
        "a.jsonl",
        b"{\"text\": \"arm\xe9e\"}\n{\"text\": \"Good\"}\n",
    );
    let found = read(&path);
    let error = found[0].as_ref().expect_err("the line is not UTF-8");
    assert_eq!(error.problem.code(), "E009");
    assert_eq!(
        error.to_string(),
        "expected UTF-8, found the byte 0xe9 at column 14"
    );
    assert!(found[1].is_ok());
}

#[test]
fn halves_of_characters_are_mended_in_place() {
    let folder = folder();
    let path = put(
        &folder,
        "a.jsonl",
        r#"{"text": "a\ud83d b \ud83d\ude00 \\ud83d c\udc00"}"#,
    );
    let found = read(&path);
    let report = found[0].as_ref().expect("lone surrogates are mended");
    assert_eq!(report.body, "a\u{fffd} b \u{1f600} \\ud83d c\u{fffd}");
    assert_eq!(report.warnings[0].code, "W013");
}

#[test]
fn an_id_given_twice_is_noted() {
    let folder = folder();
    let path = put(
        &folder,
        "a.jsonl",
        "{\"id\": 1, \"text\": \"A\"}\n{\"id\": \"1\", \"text\": \"B\"}\n",
    );
    let found = read(&path);
    let codes = |i: usize| -> Vec<String> {
        let report: &RawReport = found[i].as_ref().expect("both lines are reports");
        report.warnings.iter().map(|w| w.code.clone()).collect()
    };
    assert!(codes(0).is_empty());
    assert_eq!(codes(1), ["W010"]);
}

#[test]
fn json_files_hold_a_list_or_one_report() {
    check(
        "a.json",
        "[\n {\"id\": \"x\",\n  \"text\": \"One\"},\n {\"id\": \"y\"}\n]",
        &["a.json:2 x One", "a.json:4 E011"],
    );
    check(
        "b.json",
        "{\n\"id\": \"x\",\n \"text\": \"One\"}\n",
        &["b.json x One"],
    );
    check(
        "c.json",
        "{\"id\": \"x\", \"text\": \"One\"}\n{\"id\": \"y\", \"text\": \"Two\"}\n",
        &["c.json:1 x One", "c.json:2 y Two"],
    );
    check("d.json", "[\n{\"id\": }\n]", &["d.json:2 E010"]);
    check("e.json", "[]", &["e.json E004"]);
    check("f.json", " ", &["f.json E004"]);
}

#[test]
fn files_that_are_no_report() {
    check("a.txt", "", &["a.txt E004"]);
    check("a.txt", " \n\n", &["a.txt E004"]);
    check("a.txt", b"%PDF-1.4 \x00\x01", &["a.txt E005"]);
    check("a.bin", [0u8, 1, 2, 3, 0, 255], &["a.bin E005"]);
    check("a.html", "<html><body></body></html>", &["a.html E014"]);
    check("a.jsonl", "\n\n", &["a.jsonl E004"]);
    check("a.txt", vec![b'a'; MAX_REPORT_BYTES + 1], &["a.txt E006"]);
    let found = read(Path::new("no/such/file.txt"));
    assert_eq!(outline(&found), ["file.txt E001"]);
}

#[test]
fn a_line_without_end_is_refused_and_the_next_read() {
    let mut bytes = vec![b'x'; MAX_LINE_BYTES + 1];
    bytes.extend_from_slice(b"\n{\"text\": \"Next\"}");
    check("a.jsonl", bytes, &["a.jsonl:1 E007", "a.jsonl:2  Next"]);
}

#[test]
fn folders_are_read_in_order_and_only_reports() {
    let folder = folder();
    for name in [
        "b.txt",
        "a/z.txt",
        "a/c.html",
        "c.jsonl",
        ".hidden.txt",
        ".git/x.txt",
        "notes.md",
        "data.csv",
    ] {
        put(&folder, name, format!("{{\"text\": \"{SENTENCE}\"}}"));
    }
    let names: Vec<String> = read(folder.path())
        .iter()
        .map(|found| match found {
            Ok(report) => report.origin.path.clone(),
            Err(error) => error.origin.path.clone(),
        })
        .map(|path| {
            path.strip_prefix(folder.path())
                .unwrap_or(&path)
                .display()
                .to_string()
        })
        .collect();
    assert_eq!(names, ["a/c.html", "a/z.txt", "b.txt", "c.jsonl"]);
    let empty = tempfile::tempdir().expect("a folder for tests can be made");
    assert!(outline(&read(empty.path()))[0].ends_with("E003"));
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Nine killed in Corva - Elsk Post</title>
<meta property="og:site_name" content="Elsk Post"><meta property="og:title" content="Nine killed in Corva">
<meta property="article:published_time" content="2023-05-02T07:30:00+02:00"></head>
<body><nav><a href="/">Home</a> <a href="/war">War</a></nav><article><h1>Nine killed in Corva</h1>
<p>Gunmen attacked the village of Corva on Monday and killed nine farmers, the governor of the province said on Tuesday.</p>
<p>The men came on motorcycles before dawn, burned the market and drove away cattle, according to two people who fled to Dunmar.</p>
</article><footer>All rights reserved</footer></body></html>"#;

#[test]
fn a_page_gives_its_text_title_outlet_and_day() {
    let folder = folder();
    let path = put(&folder, "page.html", PAGE);
    let found = read(&path);
    let report = found[0].as_ref().expect("the page has a main text");
    assert!(report.body.contains("killed nine farmers"));
    assert!(report.body.contains("two people who fled to Dunmar."));
    assert!(!report.body.contains("Home") && !report.body.contains("rights reserved"));
    assert!(
        report.body.contains("Tuesday.\n"),
        "paragraphs stay apart: {:?}",
        report.body
    );
    let metadata = &report.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Nine killed in Corva"));
    assert_eq!(metadata.outlet.as_deref(), Some("Elsk Post"));
    assert_eq!(
        metadata.published.map(|d| d.to_string()).as_deref(),
        Some("2023-05-02")
    );
    assert_eq!(metadata.language.as_deref(), Some("en"));
}

#[test]
fn a_page_dated_in_json_ld_or_badly() {
    let folder = folder();
    let ld = PAGE.replace(
        "<meta property=\"article:published_time\" content=\"2023-05-02T07:30:00+02:00\">",
        r#"<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Nine killed in Corva", "datePublished": "2023-05-03"}</script>"#,
    );
    let path = put(&folder, "ld.html", ld);
    let found = read(&path);
    let report = found[0].as_ref().expect("the page has a main text");
    assert_eq!(
        report.metadata.published.map(|d| d.to_string()).as_deref(),
        Some("2023-05-03")
    );

    let path = put(
        &folder,
        "bad.html",
        PAGE.replace("2023-05-02T07", "2023-02-30T07"),
    );
    let found = read(&path);
    let report = found[0].as_ref().expect("the page has a main text");
    assert_eq!(report.metadata.published, None);
    assert_eq!(report.warnings[0].code, "W012");
}

#[test]
fn deeply_nested_pages_are_survived() {
    let page = |depth| format!("<html><body>{}<p>{SENTENCE}</p>", "<div>".repeat(depth));
    check("deep.html", page(500_000), &["deep.html E015"]);
    check(
        "deep.html",
        page(markup::MAX_DEPTH - 10),
        &["deep.html  Gunmen attac"],
    );
}

#[test]
fn defaults_fill_only_what_is_missing() {
    let folder = folder();
    let path = put(
        &folder,
        "a.jsonl",
        "{\"text\": \"A\", \"outlet\": \"Dunmar Radio\"}\n{\"text\": \"B\", \"published\": \"2020-01-01\"}\n",
    );
    let defaults = Metadata {
        outlet: Some("Elsk Post".into()),
        published: parse_date("2023-04-22").ok(),
        ..Metadata::default()
    };
    let got: Vec<_> = read_with(&path, defaults)
        .into_iter()
        .map(|found| found.expect("both lines are reports").metadata)
        .map(|m| {
            format!(
                "{} {}",
                m.outlet.unwrap_or_default(),
                m.published.map(|d| d.to_string()).unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(got, ["Dunmar Radio 2023-04-22", "Elsk Post 2020-01-01"]);
}

fn extensions() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["txt", "html", "json", "jsonl", "dat"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the bytes, a file gives at least one report or refusal, and a report has words.
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), extension in extensions()) {
        let folder = folder();
        let found = read(&put(&folder, &format!("a.{extension}"), bytes));
        prop_assert!(!found.is_empty());
        for report in found.iter().flatten() {
            prop_assert!(!report.body.trim().is_empty());
        }
    }

    /// The same for text that looks like JSON or HTML.
    #[test]
    fn any_markup_is_answered(text in "[\\[\\]{}<>/\":,a-z\\\\u0-9d \n]{0,200}", extension in extensions()) {
        let folder = folder();
        let found = read(&put(&folder, &format!("a.{extension}"), text));
        prop_assert!(!found.is_empty());
    }

    /// A text written to JSON comes back as it was.
    #[test]
    fn text_survives_json(text in "\\PC{1,80}", id in "[a-z]{1,8}") {
        prop_assume!(!text.trim().is_empty());
        let folder = folder();
        let line = serde_json::json!({"id": id, "text": text}).to_string();
        let found = read(&put(&folder, "a.jsonl", line));
        let report = found[0].as_ref().expect("a well-formed report");
        prop_assert_eq!(&report.body, &text);
        prop_assert_eq!(&report.metadata.id, &id);
    }
}
