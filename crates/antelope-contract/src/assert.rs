//! Failing an action: conditions, texts and error codes.
//!
//! Whatever fails undoes the whole transaction. A text reaches the caller as
//! `assertion failure with message: …`; a code saves its bytes and reaches as a number.

use crate::{raw, types::schema::Record};

/// A reason to fail: a text, a [`Refusal`](crate::Refusal), or an enum with `#[error_codes]`.
pub trait Failure {
    /// Fails the action.
    fn raise(self) -> !;
}

impl Failure for &str {
    #[inline(always)]
    fn raise(self) -> ! {
        message(self)
    }
}

#[cfg(feature = "alloc")]
impl Failure for alloc::string::String {
    #[inline(always)]
    fn raise(self) -> ! {
        message(&self)
    }
}

/// Numbers from here on belong to the node and the SDK (`eosio_assert_code` of nodeos).
pub(crate) const RESERVED: u64 = 5_000_000_000_000_000_000;

/// What `#[error_codes]` makes of an enum, and `refusals!` of a list.
pub trait ErrorCodes {
    /// Numbers and texts for the ABI.
    const RECORDS: &'static [Record];
}

#[cold]
#[inline(never)]
fn message(text: &str) -> ! {
    raw::eosio_assert_message(0, text.as_bytes());
    raw::stop()
}

/// Fails the action with an error code; `#[error_codes]` calls it.
///
/// Codes of contracts are below 5 000 000 000 000 000 000; the rest is the node's and the SDK's.
#[cold]
#[inline(never)]
pub fn fail_code(code: u64) -> ! {
    raw::eosio_assert_code(0, code);
    raw::stop()
}

/// Fails the action.
///
/// ```should_panic
/// # use antelope_contract::prelude::*;
/// fail("there is nothing to pay")
/// ```
#[inline(always)]
pub fn fail(why: impl Failure) -> ! {
    why.raise()
}

/// Fails the action unless a condition holds.
///
/// ```
/// # use antelope_contract::prelude::*;
/// # let quantity = asset!("1.0000 EOS");
/// check!(quantity.amount > 0, "must transfer positive quantity");
/// ```
#[macro_export]
macro_rules! check {
    ($condition:expr, $why:expr $(,)?) => {
        if $condition {
        } else {
            $crate::fail($why)
        }
    };
}

/// Takes the value out of an `Option` or `Result`, or fails the action.
///
/// ```
/// # use antelope_contract::prelude::*;
/// assert_eq!(Some(1).or_fail("nothing there"), 1);
/// ```
pub trait OrFail {
    /// What is inside.
    type Value;

    /// The value inside, or a failed action.
    fn or_fail(self, why: impl Failure) -> Self::Value;
}

impl<T> OrFail for Option<T> {
    type Value = T;

    #[inline]
    fn or_fail(self, why: impl Failure) -> T {
        match self {
            Some(value) => value,
            None => fail(why),
        }
    }
}

impl<T, E> OrFail for Result<T, E> {
    type Value = T;

    #[inline]
    fn or_fail(self, why: impl Failure) -> T {
        match self {
            Ok(value) => value,
            Err(_) => fail(why),
        }
    }
}
