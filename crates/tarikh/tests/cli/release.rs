//! Exports and releases: the formats, the public profile, and what `verify` finds.

use std::io::{Read, Write};

use crate::desk::{filled, incidents};
use tarikh_store::sha256_hex;

use crate::support::Folder;

/// The unpacked files of a release.
fn unpacked(folder: &Folder, name: &str) -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(folder.path().join(name)).expect("the release is there");
    let mut zip = zip::ZipArchive::new(file).expect("it is a zip");
    let n = zip.len();
    (0..n)
        .map(|i| {
            let mut file = zip.by_index(i).expect("each file can be read");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("each file is whole");
            (file.name().expect("names are text").into_owned(), bytes)
        })
        .collect()
}

/// Writes the release again with one file's text changed.
fn tamper(folder: &Folder, from: &str, to: &str, change: impl Fn(&str, &str) -> String) {
    let file = std::fs::File::create(folder.path().join(to)).expect("the folder is ours");
    let mut zip = zip::ZipWriter::new(file);
    for (name, bytes) in unpacked(folder, from) {
        zip.start_file(&*name, zip::write::SimpleFileOptions::default())
            .expect("started");
        // The Parquet file is no text, and stays as it is.
        let changed = match String::from_utf8(bytes) {
            Ok(text) => change(&name, &text).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        zip.write_all(&changed).expect("written");
    }
    zip.finish().expect("finished");
}

#[test]
fn every_format_parses_and_filters() {
    let folder = filled();
    for format in ["ucdp", "acled", "hxl", "records"] {
        let ran = folder.run(&["export", "--format", format, "--db", "a.db"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let mut rows = csv::Reader::from_reader(ran.stdout.as_bytes());
        let rows: Result<Vec<_>, _> = rows.records().collect();
        let n = rows.expect("rows are as long as the header").len();
        let tags = usize::from(format == "hxl");
        assert_eq!(n - tags, incidents(&folder, &[]).len(), "{format}");
    }
    let geojson = folder
        .run(&["export", "--format", "geojson", "--db", "a.db"])
        .stdout;
    let map: serde_json::Value = serde_json::from_str(&geojson).expect("GeoJSON is JSON");
    assert_eq!(map["type"], "FeatureCollection");
    folder.run(&[
        "export",
        "--format",
        "parquet",
        "-o",
        "a.parquet",
        "--db",
        "a.db",
    ]);
    let parquet = std::fs::read(folder.path().join("a.parquet")).expect("written");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let plover = folder
        .run(&["export", "--format", "plover", "--db", "a.db"])
        .stdout;
    for line in plover.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        for field in ["id", "date", "actor", "event"] {
            assert!(!event[field].is_null(), "{field}: {line}");
        }
    }
    let niger = incidents(&folder, &["--country", "ne"]);
    assert!(
        niger
            .iter()
            .all(|i| i["incident"]["place"]["country"] == "NE")
    );
    assert!(incidents(&folder, &["--until", "2020-01-01"]).is_empty());
    let wrong = folder.run(&[
        "export", "--format", "ucdp", "--type", "Quarrel", "--db", "a.db",
    ]);
    assert_eq!(wrong.code, Some(2), "{}", wrong.stderr);
    let named = folder.run(&[
        "export",
        "--format",
        "ucdp",
        "--country",
        "Mali",
        "--db",
        "a.db",
    ]);
    assert_eq!(named.code, Some(2), "{}", named.stderr);
    assert!(named.stderr.contains("two letters"), "{}", named.stderr);
}

#[test]
fn coarse_places_are_never_exact_by_mistake() {
    let folder = filled();
    for arguments in [
        ["export", "--format", "jsonl"],
        ["release", "1", "--output=r.zip"],
    ] {
        let mut all = arguments.to_vec();
        all.extend(["--places", "admin1", "--db", "a.db"]);
        let ran = folder.run(&all);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(2), ""),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("--profile public"), "{}", ran.stderr);
    }
    let strange = folder.run(&["release", "../1", "--output=r.zip", "--db", "a.db"]);
    assert_eq!(strange.code, Some(2), "{}", strange.stderr);
}

#[test]
fn a_coding_goes_into_the_same_formats() {
    let folder = filled();
    for format in ["acled", "plover", "hxl"] {
        let ran = folder.run(&["code", "--format", format, "wire.jsonl"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.lines().count() > 1, "{format}: {}", ran.stdout);
    }
}

#[test]
fn a_release_is_the_same_bytes_and_stands_up_to_verify() {
    let folder = filled();
    let first = folder.run(&["release", "2023.1", "-o", "one.zip", "--db", "a.db"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    folder.run(&["release", "2023.1", "-o", "two.zip", "--db", "a.db"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("written");
    assert!(
        bytes("one.zip") == bytes("two.zip"),
        "releases of one state differ"
    );
    let verified = folder.run(&["verify", "one.zip", "--reports", "wire.jsonl"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(
        verified.stderr.contains("quotes looked for in 3 reports"),
        "{}",
        verified.stderr
    );

    folder.put(
        "more.txt",
        "A bomb killed two soldiers in Gao, Mali, on 6 May 2023, the army said.",
    );
    folder.run(&[
        "add",
        "more.txt",
        "--published",
        "2023-05-07",
        "--db",
        "a.db",
    ]);
    let used = folder.run(&["release", "2023.1", "-o", "three.zip", "--db", "a.db"]);
    assert_eq!(used.code, Some(2), "{}", used.stderr);
    let next = folder.run(&["release", "2023.2", "-o", "three.zip", "--db", "a.db"]);
    assert_eq!(next.code, Some(0), "{}", next.stderr);
    let files = unpacked(&folder, "three.zip");
    let changes = files.iter().find(|(name, _)| name == "changes.jsonl");
    let changes = changes.map(|(_, bytes)| String::from_utf8_lossy(bytes).lines().count());
    assert!(changes < Some(4), "only what is new since 2023.1 is told");
}

#[test]
fn a_spoiled_release_is_found_out() {
    let folder = filled();
    folder.run(&["release", "2023.1", "-o", "one.zip", "--db", "a.db"]);
    tamper(&folder, "one.zip", "spoiled.zip", |name, text| match name {
        "incidents.ucdp.csv" => text.replace("2023", "2022"),
        _ => text.to_owned(),
    });
    let spoiled = folder.run(&["verify", "spoiled.zip"]);
    assert_eq!(spoiled.code, Some(1));
    assert!(
        spoiled
            .stderr
            .contains("incidents.ucdp.csv has another hash"),
        "{}",
        spoiled.stderr
    );

    // A quote that is in no report, with hashes to match.
    folder.put(
        "other.jsonl",
        crate::desk::wire().replace("traders", "farmers"),
    );
    let elsewhere = folder.run(&["verify", "one.zip", "--reports", "other.jsonl"]);
    assert_eq!(elsewhere.code, Some(1), "{}", elsewhere.stderr);
    for words in [
        "not at hand, or of another text",
        "first, 2023-05-02, Elsk Post, News first",
    ] {
        assert!(elsewhere.stderr.contains(words), "{}", elsewhere.stderr);
    }

    // A value without words, with hashes to match.
    let incident = |line: &str| {
        let mut linked: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let told = &mut linked["members"][0]["incident"];
        told["released"] = 77.into();
        linked.to_string() + "\n"
    };
    let mut sums = (String::new(), String::new());
    for (name, bytes) in unpacked(&folder, "one.zip") {
        if name == "incidents.jsonl" {
            let text = String::from_utf8(bytes).expect("text");
            let changed: String = text.lines().map(incident).collect();
            sums = (sha256_hex(text.as_bytes()), sha256_hex(changed.as_bytes()));
        }
    }
    tamper(&folder, "one.zip", "bare.zip", |name, text| match name {
        "incidents.jsonl" => text.lines().map(incident).collect(),
        "manifest.json" => text.replace(&sums.0, &sums.1),
        _ => text.to_owned(),
    });
    let bare = folder.run(&["verify", "bare.zip"]);
    assert_eq!(bare.code, Some(1), "{}", bare.stderr);
    let words = "released has no words behind it";
    assert!(bare.stderr.contains(words), "{}", bare.stderr);
    assert!(!bare.stderr.contains("another hash"), "{}", bare.stderr);
    folder.put("page.txt", "no zip at all");
    assert_eq!(folder.run(&["verify", "page.txt"]).code, Some(1));
    assert_eq!(folder.run(&["verify", "none.zip"]).code, Some(2));
}

#[test]
fn what_is_withheld_is_nowhere_in_a_public_release() {
    let folder = Folder::new();
    let line = serde_json::json!({"id": "witness-tale", "outlet": "Elsk Post", "published": "2023-05-02",
        "title": "Baraka Tolani saw the raid on Gao",
        "url": "https://example.org/2023/baraka-tolani-saw-the-raid",
        "text": "Gunmen attacked a market in Gao, Mali, on Monday and killed nine traders, witness \
            Baraka Tolani said. \"They came on motorcycles,\" resident Baraka Tolani told Elsk Post."});
    folder.put("wire.jsonl", line.to_string() + "\n");
    folder.run(&["add", "wire.jsonl", "--db", "a.db"]);
    let store = incidents(&folder, &[]);
    let text = serde_json::to_string(&store).expect("JSON");
    assert!(
        text.contains("Baraka Tolani"),
        "the full profile names the witness: {text}"
    );
    let ran = folder.run(&[
        "release",
        "1",
        "--profile",
        "public",
        "--places",
        "admin1",
        "-o",
        "p.zip",
        "--db",
        "a.db",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for (name, bytes) in unpacked(&folder, "p.zip") {
        let lower = String::from_utf8_lossy(&bytes).to_lowercase();
        for withheld in ["baraka", "tolani", "motorcycles", "witness-tale"] {
            assert!(!lower.contains(withheld), "{name} holds {withheld}");
        }
    }
    assert_eq!(
        folder
            .run(&["verify", "p.zip", "--reports", "wire.jsonl"])
            .code,
        Some(0)
    );
}
