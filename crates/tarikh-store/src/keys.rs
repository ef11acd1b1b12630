//! Keys derived from content, so that the same input has the same keys in every store.

use sha2::{Digest, Sha256};
use tarikh_record::{Evidence, Zone};
use tarikh_text::Metadata;

/// SHA-256 of a report's text and metadata, in hexadecimal.
#[must_use]
pub fn report_hash(metadata: &Metadata, body: &str) -> String {
    let published = metadata.published.map(|day| day.to_string());
    let parts = [
        Some(metadata.id.as_str()),
        metadata.title.as_deref(),
        metadata.outlet.as_deref(),
        published.as_deref(),
        metadata.url.as_deref(),
        metadata.language.as_deref(),
        Some(body),
    ];
    let mut hash = Sha256::new();
    for part in parts {
        // A length before each part: no two lists of parts run together to the same bytes.
        match part {
            Some(text) => {
                hash.update((text.len() as u64 + 1).to_le_bytes());
                hash.update(text.as_bytes());
            }
            None => hash.update(0_u64.to_le_bytes()),
        }
    }
    hex(&hash.finalize())
}

/// The key of a report (`r-` and 16 digits) from its hash.
#[must_use]
pub fn report_key(sha256: &str) -> String {
    format!("r-{}", sha256.get(..16).unwrap_or(sha256))
}

/// The key of a mention: where its report first told of it, and which of several told there.
pub(crate) fn mention_key(report_sha256: &str, evidence: &Evidence, n_before: usize) -> String {
    let zone = match evidence.zone {
        Zone::Title => "title",
        Zone::Text => "text",
    };
    let place = format!(
        "{report_sha256} {zone} {} {} {n_before}",
        evidence.start, evidence.end
    );
    format!("m-{}", &sha256_hex(place.as_bytes())[..16])
}

/// The id of the incident that a mention founded.
pub(crate) fn incident_id(founder: &str) -> String {
    format!("inc-{}", founder.trim_start_matches("m-"))
}

/// The mention that founded an incident.
pub(crate) fn founder(incident_id: &str) -> String {
    format!("m-{}", incident_id.trim_start_matches("inc-"))
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
