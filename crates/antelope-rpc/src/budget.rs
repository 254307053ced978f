//! How many bytes of requests and answers are held at once.
//!
//! A bound on each body does not bound their sum: 16 384 connections may each hold 2 MiB. nodeos
//! counts in the same way (`http-max-bytes-in-flight-mb`) and answers with 503 beyond the bound.
//!
//! Bodies of requests are claimed as they arrive and may be refused. Answers are claimed without
//! being refused, since the transaction that an answer tells of has been executed; no more of them
//! are made at a time than calls run.

use hyper::body::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count of bytes with a bound, shared by all connections.
///
/// The count is kept by one atomic number: two claims at the same time may both be refused where one
/// of them would fit, and never both be granted where they do not.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Bytes that are claimed.
    used: AtomicUsize,
    /// Where claims of requests end.
    most: usize,
}

impl Budget {
    /// Nothing is claimed yet, and requests may claim `most` bytes.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            used: AtomicUsize::new(0),
            most,
        })
    }

    /// The bytes that are held now.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// A claim of nothing yet.
    pub(crate) fn claim(self: &Arc<Self>) -> Claim {
        Claim {
            budget: Arc::clone(self),
            bytes: 0,
        }
    }

    /// The bytes of an answer, counted until the last of them is written or the connection is gone.
    pub(crate) fn hold(self: &Arc<Self>, body: Vec<u8>) -> Bytes {
        let mut claim = self.claim();
        claim.add(body.len());
        Bytes::from_owner(Held {
            body,
            _claim: claim,
        })
    }
}

/// Bytes that are held; dropping it gives them back.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Where they are counted.
    budget: Arc<Budget>,
    /// How many they are.
    bytes: usize,
}

impl Claim {
    /// Claims more, whatever the bound is; how many bytes are in flight then.
    fn add(&mut self, bytes: usize) -> usize {
        self.bytes += bytes;
        self.budget.used.fetch_add(bytes, Ordering::Relaxed) + bytes
    }

    /// Claims more. Those that are refused stay claimed until the whole claim is dropped, as the request
    /// is.
    ///
    /// # Errors
    /// How many bytes are in flight where that is above the bound.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), usize> {
        let used = self.add(bytes);
        if used > self.budget.most {
            return Err(used);
        }
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// An answer with its claim.
struct Held {
    /// What is written.
    body: Vec<u8>,
    /// Gives the bytes back.
    _claim: Claim,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_counted_until_it_is_dropped() {
        let budget = Budget::new(10);
        let mut first = budget.claim();
        assert_eq!(first.grow(6), Ok(()));
        let mut second = budget.claim();
        assert_eq!(second.grow(4), Ok(()));
        assert_eq!(second.grow(1), Err(11));
        drop(second);
        assert_eq!(budget.used(), 6);
        // An answer is held above the bound too, by each of its clones.
        let answer = budget.hold(vec![0; 20]);
        let clone = answer.clone();
        drop(answer);
        assert_eq!(budget.used(), 26);
        drop((first, clone));
        assert_eq!(budget.used(), 0);
    }
}
