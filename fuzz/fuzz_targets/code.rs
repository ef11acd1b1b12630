//! Any bytes as a report: coding never panics, every quote is the text at its offsets,
//! low <= best <= high, and the same report gives the same bytes twice (`tests/laws` has them all).
#![no_main]

#[path = "../../crates/tarikh-coder/tests/laws/mod.rs"]
mod laws;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tarikh_coder::Coder;
use tarikh_text::{Metadata, Report};

static CODER: LazyLock<Coder> = LazyLock::new(Coder::new);

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    // The length chooses the metadata, so that every byte remains text and sample reports are seeds.
    let (title, body) = match text.split_once('\n') {
        Some((title, body)) if data.len() & 1 == 1 => (Some(title.to_owned()), body),
        _ => (None, &*text),
    };
    let published = (data.len() & 2 == 2).then(|| jiff::civil::date(2023, 4, 22));
    let metadata = Metadata {
        title,
        published,
        language: Some("en".into()),
        ..Metadata::default()
    };
    laws::check(&CODER, &Report::new(metadata, body));
});
