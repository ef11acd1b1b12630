//! Any bytes as a file of each kind: reading never panics and ends, the same bytes give the same
//! reports in the same order, and every paragraph found in them is the text at its offsets.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tarikh_io::{Reports, Source};
use tarikh_text::{Metadata, Report};

/// One file for each way of reading; the last is told by its first bytes.
static FILES: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("tarikh-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    [
        "report.txt",
        "report.html",
        "report.json",
        "report.jsonl",
        "report",
    ]
    .map(|name| folder.join(name))
    .to_vec()
});

fuzz_target!(|data: &[u8]| {
    // The length chooses the kind, so that every byte remains content and samples are seeds.
    let path = &FILES[data.len() % FILES.len()];
    std::fs::write(path, data).expect("a temporary file can be written");
    let reports = read(path);
    assert_eq!(reports, read(path), "two readings differ");
});

/// What a reading gives, for comparison; a refusal is its message.
fn read(path: &PathBuf) -> Vec<Result<(Metadata, String), String>> {
    Reports::new(&[Source::Path(path.clone())], Metadata::default())
        .map(|found| match found {
            Ok(raw) => {
                check_paragraphs(&raw.metadata, &raw.body);
                Ok((raw.metadata, raw.body))
            }
            Err(error) => {
                let message = error.to_string();
                assert!(!message.is_empty(), "a refusal says why");
                Err(message)
            }
        })
        .collect()
}

fn check_paragraphs(metadata: &Metadata, body: &str) {
    let report = Report::new(metadata.clone(), body);
    let title = metadata.title.as_deref().unwrap_or_default();
    for paragraph in report.paragraphs() {
        let at = report.locate(paragraph.span);
        let part = if at.in_title { title } else { body };
        let n_chars = (at.end - at.start) as usize;
        let found: String = part.chars().skip(at.start as usize).take(n_chars).collect();
        assert_eq!(found, report.quote(paragraph.span));
    }
}
