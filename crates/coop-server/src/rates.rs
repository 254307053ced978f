//! Rates: buckets of tokens that fill again with time.

use crate::error::ApiError;
use antelope_types::Name;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many buckets are kept. Beyond, those that are full go; a bucket that is gone is a full one.
const MOST: usize = 20_000;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    /// Requests from an address.
    Requests(IpAddr),
    /// Attempts to log in or to register from an address. They are not counted by account: a signature is not
    /// guessed, and a stranger could keep people from logging in.
    Logins(IpAddr),
    /// Documents that an account has made.
    #[allow(dead_code, reason = "taken by the operations that make documents")]
    Documents(Name),
}

/// The buckets.
#[derive(Default)]
pub(crate) struct Rates(Mutex<HashMap<Counted, Bucket>>);

struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Rates {
    /// Takes one from the bucket that holds what may be done in a minute.
    ///
    /// # Errors
    /// [`ApiError::TooMany`] where it is empty.
    pub(crate) fn take(
        &self,
        counted: Counted,
        a_minute: u32,
        now: Instant,
    ) -> Result<(), ApiError> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST && !buckets.contains_key(&counted) {
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < MINUTE);
            if buckets.len() >= MOST {
                return Err(ApiError::Busy);
            }
        }
        let most = f64::from(a_minute);
        let bucket = buckets.entry(counted).or_insert(Bucket {
            tokens: most,
            at: now,
        });
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.tokens = most.min(bucket.tokens + since * most / 60.0);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - bucket.tokens) * 60.0 / most.max(1.0);
        Err(ApiError::TooMany {
            retry_after: wait.ceil() as u64,
        })
    }
}

/// After this time every bucket is full again.
const MINUTE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rates = Rates::default();
        let from = |number: u8| Counted::Logins(IpAddr::from([127, 0, 0, number]));
        let counted = || from(1);
        let begin = Instant::now();
        for _ in 0..10 {
            rates.take(counted(), 10, begin).unwrap();
        }
        let Err(ApiError::TooMany { retry_after }) = rates.take(counted(), 10, begin) else {
            panic!("an eleventh");
        };
        assert_eq!(retry_after, 6);
        rates.take(from(2), 10, begin).unwrap();
        let later = begin + Duration::from_secs(6);
        rates.take(counted(), 10, later).unwrap();
        assert!(rates.take(counted(), 10, later).is_err());
    }

    #[test]
    fn buckets_are_bounded() {
        let rates = Rates::default();
        let begin = Instant::now();
        let from = |number: u32| Counted::Requests(IpAddr::from(number.to_be_bytes()));
        for number in 0..MOST as u32 {
            rates.take(from(number), 10, begin).unwrap();
        }
        assert!(rates.take(from(u32::MAX), 10, begin).is_err());
        rates.take(from(u32::MAX), 10, begin + MINUTE).unwrap();
    }
}
