//! Random ids that stand for a person, and what is stored of them.

use tarikh_store::{Result, StoreError, sha256_hex};

/// 256 random bits, in hexadecimal.
pub(super) fn random() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        StoreError::Internal(format!("the system has no random bytes: {error}"))
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is stored: nobody who reads the file can use it. The ids are random, so no salt is needed.
pub(super) fn hash(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}
