//! The database from the command line: filled, interrupted, shown, linked, rebuilt.

use std::process::Stdio;
use std::time::Duration;

use crate::support::Folder;

/// Reports on one attack by two papers, and on another elsewhere.
pub(crate) fn wire() -> String {
    let line = |id: &str, outlet: &str, published: &str, text: &str| {
        serde_json::json!({"id": id, "outlet": outlet, "published": published, "text": text,
            "title": format!("News {id}"), "url": format!("https://example.org/{id}")})
        .to_string()
            + "\n"
    };
    [
        line(
            "first",
            "Elsk Post",
            "2023-05-02",
            "Gunmen attacked a market in Gao, Mali, on Monday and killed at least nine traders, the army said.",
        ),
        line(
            "second",
            "Arbel Times",
            "2023-05-03",
            "Fourteen traders were killed when gunmen attacked a market in Gao, Mali, on Monday, officials said on Wednesday.",
        ),
        line(
            "third",
            "Elsk Post",
            "2023-05-03",
            "A roadside bomb killed four soldiers near Maradi, Niger, on Tuesday, the defence ministry said.",
        ),
    ]
    .concat()
}

/// A folder with a database of the wire's reports.
pub(crate) fn filled() -> Folder {
    let folder = Folder::new();
    folder.put("wire.jsonl", wire());
    let added = folder.run(&["add", "wire.jsonl", "--db", "a.db"]);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    folder
}

/// The incidents of a database, as JSON lines.
pub(crate) fn incidents(folder: &Folder, arguments: &[&str]) -> Vec<serde_json::Value> {
    let mut all = vec!["export", "--format", "jsonl", "--db", "a.db"];
    all.extend(arguments);
    let exported = folder.run(&all);
    assert_eq!(exported.code, Some(0), "{}", exported.stderr);
    let lines = exported.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect()
}

fn many(n: usize) -> String {
    let line = |i: usize| {
        let text = format!(
            "Gunmen attacked the village of Corva on Monday and killed {} farmers, officials said. \
             The raid number {i} of the season began before dawn.",
            i % 90 + 2
        );
        serde_json::json!({"id": format!("r{i}"), "text": text, "published": "2023-05-02"})
            .to_string()
            + "\n"
    };
    (0..n).map(line).collect()
}

#[test]
fn adding_twice_adds_once() {
    let folder = filled();
    let again = folder.run(&["add", "wire.jsonl", "--db", "a.db"]);
    assert_eq!(again.code, Some(0));
    assert!(
        again.stderr.contains("added 0, 3 known before"),
        "{}",
        again.stderr
    );
    let rebuilt = folder.run(&["rebuild", "--db", "a.db"]);
    assert!(
        rebuilt.stderr.contains("the same as before"),
        "{}",
        rebuilt.stderr
    );
    let recoded = folder.run(&["recode", "--db", "a.db"]);
    assert!(
        recoded.stderr.contains("coded 0 of 3 reports again"),
        "{}",
        recoded.stderr
    );
}

#[test]
fn a_run_killed_at_any_moment_loses_and_doubles_nothing() {
    const REPORTS: usize = 700;
    let folder = Folder::new();
    folder.put("many.jsonl", many(REPORTS));
    folder.run(&["add", "many.jsonl", "--db", "whole.db"]);
    // Moments spread over a whole run, of which the last ones come after its end.
    for i in 0..50 {
        let mut child = folder
            .command(&["add", "many.jsonl", "--db", "killed.db"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program was built");
        std::thread::sleep(Duration::from_millis(5 + i * 7));
        // The strongest signal there is: no chance to tidy up.
        let _ = child.kill();
        let _ = child.wait();
    }
    let finished = folder.run(&["add", "many.jsonl", "--db", "killed.db"]);
    assert_eq!(finished.code, Some(0), "{}", finished.stderr);
    let held = format!("the database holds {REPORTS} reports");
    assert!(finished.stderr.contains(&held), "{}", finished.stderr);
    let hash = |db: &str| {
        let rebuilt = folder.run(&["rebuild", "--db", db]);
        assert!(
            rebuilt.stderr.contains("the same as before"),
            "{}",
            rebuilt.stderr
        );
        rebuilt.stderr.lines().last().map(str::to_owned)
    };
    assert_eq!(hash("killed.db"), hash("whole.db"));
}

#[test]
fn two_papers_are_one_incident_and_the_ledger_tells_both() {
    let folder = filled();
    let all = incidents(&folder, &[]);
    let market = all
        .iter()
        .find(|i| i["incident"]["place"]["country"] == "ML");
    let market = market.expect("the market is in the database");
    let id = market["id"].as_str().expect("it has an id");
    let shown = folder.run(&["show", id, "--db", "a.db"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    assert!(shown.stdout.contains("Elsk Post"), "{}", shown.stdout);
    if market["members"].as_array().map(Vec::len) == Some(2) {
        assert!(shown.stdout.contains("Arbel Times"), "{}", shown.stdout);
        let then = folder.run(&[
            "show",
            &id[..8],
            "--as-of",
            "2023-05-02",
            "--json",
            "--db",
            "a.db",
        ]);
        let then: serde_json::Value = serde_json::from_str(&then.stdout).expect("it is JSON");
        assert_eq!(then["members"].as_array().map(Vec::len), Some(1));
    }
    let early = folder.run(&["show", id, "--as-of", "2023-05-01", "--db", "a.db"]);
    assert_eq!((early.code, early.stdout.as_str()), (Some(0), ""));
}

#[test]
fn links_are_explained() {
    let folder = filled();
    let ids: Vec<String> = incidents(&folder, &[])
        .iter()
        .filter_map(|incident| incident["id"].as_str().map(str::to_owned))
        .collect();
    assert!(2 <= ids.len());
    let explained = folder.run(&["link", "explain", &ids[0], &ids[1], "--db", "a.db"]);
    assert_eq!(explained.code, Some(0), "{}", explained.stderr);
    assert!(explained.stdout.contains("sum"), "{}", explained.stdout);
    assert!(
        explained.stdout.contains("two incidents"),
        "{}",
        explained.stdout
    );
    assert_eq!(
        folder.run(&["link", "doubts", "--db", "a.db"]).code,
        Some(0)
    );
}

#[test]
fn doubts_are_listed_in_words() {
    let folder = Folder::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/desk");
    folder.run(&["add", samples, "--db", "a.db"]);
    let listed = folder.run(&["link", "doubts", "--db", "a.db"]);
    assert_eq!(listed.code, Some(0), "{}", listed.stderr);
    for words in [
        "score ",
        "  inc-",
        "2026-03-",
        "killed",
        "tarikh link explain",
    ] {
        assert!(listed.stdout.contains(words), "{}", listed.stdout);
    }
}

#[test]
fn what_was_coded_in_part_is_told_when_it_is_added() {
    let folder = Folder::new();
    folder.put("report.txt", crate::support::REPORT);
    let added = folder.run(&["add", "report.txt", "--db", "a.db"]);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    for words in ["warning[W001]: 1 report", "--published"] {
        assert!(added.stderr.contains(words), "{}", added.stderr);
    }
    let dated = [
        "add",
        "report.txt",
        "--published",
        "2023-05-02",
        "--db",
        "b.db",
    ];
    let added = folder.run(&dated);
    assert!(!added.stderr.contains("W001"), "{}", added.stderr);
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    let folder = filled();
    folder.put(
        "notes.db",
        "Notes on the market, and no database at all.\n".repeat(100),
    );
    folder.put("empty.db", "");
    for (arguments, code, words) in [
        (
            ["show", "inc-0000", "--db", "a.db"],
            2,
            "there is no incident",
        ),
        (
            ["show", "inc-0000", "--db", "none.db"],
            2,
            "there is no database",
        ),
        (
            ["add", "wire.jsonl", "--db", "notes.db"],
            1,
            "not a database of tarikh",
        ),
        (["add", "none.jsonl", "--db", "b.db"], 2, "no such file"),
        (
            ["show", "inc-0000", "--db", "empty.db"],
            1,
            "not a database of tarikh",
        ),
        (
            ["add", "wire.jsonl", "--db", "no/such/folder.db"],
            1,
            "E036",
        ),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    assert!(folder.read("notes.db").starts_with("Notes"));
    assert!(
        !folder.path().join("b.db").exists(),
        "a misspelt path makes no database"
    );
}

#[test]
fn a_damaged_database_is_saved_as_far_as_it_can_be_read() {
    let folder = Folder::new();
    folder.put("many.jsonl", many(60));
    folder.run(&["add", "many.jsonl", "--db", "whole.db"]);
    let whole = folder.run(&["rescue", "--db", "whole.db", "--output", "saved.db"]);
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    assert!(!whole.stderr.contains("lost"), "{}", whole.stderr);

    let mut bytes = std::fs::read(folder.path().join("whole.db")).expect("it was written");
    let half = bytes.len() / 2;
    bytes[half..half + 40_000].fill(0xA5);
    std::fs::write(folder.path().join("damaged.db"), bytes).expect("written");
    let told = folder.run(&["rebuild", "--db", "damaged.db"]);
    assert_eq!(told.code, Some(1), "{}", told.stderr);
    assert!(told.stderr.contains("error[E035]"), "{}", told.stderr);
    assert!(told.stderr.contains("tarikh rescue"), "{}", told.stderr);
    folder.run(&["rescue", "--db", "damaged.db", "--output", "part.db"]);
    let mut bytes = std::fs::read(folder.path().join("whole.db")).expect("it was written");
    bytes[2000..half].fill(0xA5);
    std::fs::write(folder.path().join("hopeless.db"), bytes).expect("written");
    let told = folder.run(&["rescue", "--db", "hopeless.db", "--output", "none.db"]);
    assert_eq!(told.code, Some(1), "{}", told.stderr);
    assert!(!told.stderr.contains("tarikh rescue"), "{}", told.stderr);
    assert!(!folder.path().join("none.db").exists());
    let again = folder.run(&["add", "many.jsonl", "--db", "part.db"]);
    let held = "the database holds 60 reports";
    assert!(again.stderr.contains(held), "{}", again.stderr);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let folder = filled();
    let lock = rusqlite::Connection::open(folder.path().join("a.db")).expect("opens");
    lock.execute_batch("BEGIN IMMEDIATE").expect("locks");
    folder.put("more.txt", crate::support::REPORT);
    let ran = folder.run(&["add", "more.txt", "--db", "a.db", "--wait", "0"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("E033") && ran.stderr.contains("hint"),
        "{}",
        ran.stderr
    );
    lock.execute_batch("COMMIT").expect("unlocks");
    assert_eq!(
        folder.run(&["add", "more.txt", "--db", "a.db"]).code,
        Some(0)
    );
}
