//! Token buckets: how often one client may ask.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::settings::Rate;

/// Buckets kept at most; full ones are forgotten first.
const MAX_BUCKETS: usize = 10_000;

/// One bucket for each client, by name or address.
#[derive(Debug)]
pub(crate) struct Limiter {
    rate: Rate,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Limiter {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::default(),
        }
    }

    /// Whether there is a token left, without taking it.
    pub(crate) fn has(&self, client: &str, now: Instant) -> bool {
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get(client);
        bucket.is_none_or(|bucket| 1.0 <= self.filled(*bucket, now))
    }

    /// Takes a token; false if there is none.
    pub(crate) fn take(&self, client: &str, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if MAX_BUCKETS <= buckets.len() && !buckets.contains_key(client) {
            buckets.retain(|_, bucket| self.filled(*bucket, now) < self.rate.burst);
            if MAX_BUCKETS <= buckets.len() {
                return false;
            }
        }
        let full = Bucket {
            tokens: self.rate.burst,
            filled: now,
        };
        let bucket = buckets.entry(client.to_owned()).or_insert(full);
        let tokens = self.filled(*bucket, now);
        let is_left = 1.0 <= tokens;
        *bucket = Bucket {
            tokens: if is_left { tokens - 1.0 } else { tokens },
            filled: now,
        };
        is_left
    }

    fn filled(&self, bucket: Bucket, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(bucket.filled).as_secs_f64();
        (bucket.tokens + passed * self.rate.per_second).min(self.rate.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let limiter = Limiter::new(Rate {
            burst: 2.0,
            per_second: 1.0,
        });
        let start = Instant::now();
        let at = |tenths: u64| start + Duration::from_millis(tenths * 100);
        assert!(limiter.take("ada", at(0)) && limiter.take("ada", at(0)));
        assert!(!limiter.take("ada", at(5)), "half a token is none");
        assert!(limiter.take("ben", at(5)), "others are not held up");
        assert!(limiter.take("ada", at(10)));
        assert!(!limiter.has("ada", at(11)));
    }
}
