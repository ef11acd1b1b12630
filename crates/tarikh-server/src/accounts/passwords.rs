//! Passwords: argon2id with the crate's parameters (19 MiB, two passes), as OWASP advises.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tarikh_store::{Result, StoreError};

/// Fewest and most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=256;

/// The hash of no password: checked where there is no such user, so that both cases take as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| {
    Argon2::default()
        .hash_password(b"nobody")
        .ok()
        .map(|hash| hash.to_string())
});

/// Hashes a password with fresh salt.
///
/// # Errors
/// [`StoreError::Invalid`] for one too short or too long.
pub(super) fn hash(password: &str) -> Result<String> {
    if !LENGTH.contains(&password.chars().count()) {
        let message = format!(
            "a password has {} to {} characters",
            LENGTH.start(),
            LENGTH.end()
        );
        return Err(StoreError::Invalid(message));
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    let hash = hash.map_err(|error| StoreError::Internal(format!("argon2: {error}")))?;
    Ok(hash.to_string())
}

/// Whether the password is the one of a hash; `None` is nobody's.
pub(super) fn is_right(password: &str, stored: Option<&str>) -> bool {
    let Some(against) = stored.or(NOBODY.as_deref()) else {
        return false;
    };
    let Ok(hash) = PasswordHash::new(against) else {
        return false;
    };
    let is_right = Argon2::default().verify_password(password.as_bytes(), &hash);
    is_right.is_ok() && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let stored = hash("six wet herons").expect("it can be hashed");
        assert!(stored.starts_with("$argon2id$"));
        assert!(is_right("six wet herons", Some(&stored)));
        assert!(!is_right("six wet heron", Some(&stored)));
        assert!(!is_right("nobody", None), "there is no such user");
        assert!(hash("short").is_err());
    }
}
