//! `tarikh gazetteer`: building, finding, and downloading from a server on this machine.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::Folder;

const LINE: &str =
    "1\tElskara\tElskara\t\t14.5\t-4.1\tP\tPPL\tML\t\t04\t\t\t\t0\t\t\tAfrica/Bamako\t2014-01-01\n";

/// A zip archive with one stored file.
fn zip(name: &str, data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(data);
    let sizes = [sum.sum(), data.len() as u32, data.len() as u32]
        .map(u32::to_le_bytes)
        .concat();
    let mut out = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend(&sizes);
    out.extend((name.len() as u32).to_le_bytes());
    out.extend(name.as_bytes());
    out.extend(data);
    let directory = out.len() as u32;
    out.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
    out.extend(&sizes);
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0; 16]);
    out.extend(name.as_bytes());
    let length = out.len() as u32 - directory;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(length.to_le_bytes());
    out.extend(directory.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// Answers one request with `body`, of which only the first `sent` bytes go out.
fn serve(body: Vec<u8>, sent: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}/dump", listener.local_addr().expect("bound"));
    std::thread::spawn(move || {
        let Ok((mut stream, _)) = listener.accept() else {
            return;
        };
        let mut request = [0; 2048];
        let n = stream.read(&mut request).unwrap_or(0);
        assert!(request[..n].starts_with(b"GET /dump/ML.zip "));
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&body[..sent]);
    });
    address
}

#[test]
fn a_country_is_fetched_built_and_found() {
    let folder = Folder::new();
    let body = zip("ML.txt", LINE.as_bytes());
    let n = body.len();
    let address = serve(body, n);
    let ran = folder.run(&["gazetteer", "fetch", "ml", "--from", &address]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(folder.read("ML.txt"), LINE);
    let ran = folder.run(&["gazetteer", "build", "ML.txt", "-o", "mali.gaz"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let find = [
        "gazetteer",
        "find",
        "Elskara",
        "--near",
        "Mopti",
        "--gazetteer",
        "mali.gaz",
    ];
    let ran = folder.run(&find);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("Elskara") && ran.stdout.contains("km away"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_gazetteer_built_twice_is_the_same() {
    let folder = Folder::new();
    let lines = (1..40).map(|n| LINE.replacen('1', &n.to_string(), 1));
    folder.put("ML.txt", lines.collect::<String>());
    let built = |name: &str| {
        let ran = folder.run(&["gazetteer", "build", "ML.txt", "-o", name]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        std::fs::read(folder.path().join(name)).expect("it was built")
    };
    assert!(built("a.gaz") == built("b.gaz"));
}

#[test]
fn a_broken_download_leaves_no_file() {
    let folder = Folder::new();
    let body = zip("ML.txt", LINE.repeat(100).as_bytes());
    let half = body.len() / 2;
    let address = serve(body, half);
    let ran = folder.run(&["gazetteer", "fetch", "ML", "--from", &address]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn an_archive_with_a_wrong_checksum_leaves_no_file() {
    let folder = Folder::new();
    let mut body = zip("ML.txt", LINE.as_bytes());
    body[60] ^= 1;
    let n = body.len();
    let address = serve(body, n);
    let ran = folder.run(&["gazetteer", "fetch", "ML", "--from", &address]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("checksum"), "{}", ran.stderr);
    assert!(folder.names().is_empty());
}

#[test]
fn a_misspelt_name_is_found_and_an_unknown_one_is_not() {
    let folder = Folder::new();
    let ran = folder.run(&["gazetteer", "find", "Timbuctu"]);
    assert!(ran.stdout.contains("Timbuktu"), "{}", ran.stdout);
    let ran = folder.run(&["gazetteer", "find", &"Bamako".repeat(834)]);
    assert_eq!(ran.code, Some(1));
    let ran = folder.run(&["gazetteer", "find", "Nara", "--countries", "XQ"]);
    assert!(
        ran.stderr.contains("no country has the code"),
        "{}",
        ran.stderr
    );
}

#[test]
fn corrections_place_a_name_and_their_errors_name_the_line() {
    let folder = Folder::new();
    folder.put(
        "mine.toml",
        "[[place]]\nname = \"Corva\"\ncountry = \"ML\"\npoint = [14.5, -4.1]\n",
    );
    folder.put("report.txt", crate::support::REPORT);
    let code = ["code", "--format", "json", "--published", "2024-03-06"];
    let ran = folder.run(&[&code[..], &["--corrections", "mine.toml", "report.txt"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("14.5"), "{}", ran.stdout);
    folder.put("wrong.toml", "[[place]]\nname = \"Corva\"\n");
    let ran = folder.run(&[&code[..], &["--corrections", "wrong.toml", "report.txt"]].concat());
    assert!(ran.stderr.contains("wrong.toml:1: Corva"), "{}", ran.stderr);
}
