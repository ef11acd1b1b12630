//! Hashing of strings and of features. Stable: trained models depend on it.

const MULTIPLIER: u64 = 0xd6e8_feb8_6659_fd93;

/// Mixes two values into one.
#[inline]
pub(crate) const fn mix(a: u32, b: u32) -> u32 {
    let x = (((a as u64) << 32) | b as u64).wrapping_mul(MULTIPLIER);
    let x = (x ^ (x >> 32)).wrapping_mul(MULTIPLIER);
    (x >> 32) as u32
}

/// FNV-1a over bytes, finished with a mix so that every bit counts.
#[inline]
pub(crate) fn string(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    mix(hash, 0x5bd1)
}
