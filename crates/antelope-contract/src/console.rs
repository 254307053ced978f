//! Printing to the console of the action's trace.
//!
//! Nodes keep and show it where `contracts-console` is on; the embedded chain always keeps it, up
//! to a limit. The host formats numbers and names, so that a contract carries no formatting code.

use crate::{raw, types::Name};

/// A value that can be printed by a host function.
pub trait Print {
    /// Prints the value.
    fn print(&self);
}

/// Prints one value. Print several by several calls; there is no format string.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// print("hello, ");
/// print(name!("alice"));
/// ```
#[inline]
pub fn print(value: impl Print) {
    value.print();
}

impl Print for str {
    #[inline]
    fn print(&self) {
        raw::prints_l(self.as_bytes());
    }
}

/// Prints bytes as lowercase hexadecimal digits.
impl Print for [u8] {
    #[inline]
    fn print(&self) {
        raw::printhex(self);
    }
}

impl<const N: usize> Print for [u8; N] {
    #[inline]
    fn print(&self) {
        raw::printhex(self);
    }
}

impl<T: Print + ?Sized> Print for &T {
    #[inline]
    fn print(&self) {
        (**self).print();
    }
}

impl Print for Name {
    #[inline]
    fn print(&self) {
        raw::printn(self.raw());
    }
}

impl Print for bool {
    #[inline]
    fn print(&self) {
        raw::prints_l(if *self { b"true" } else { b"false" });
    }
}

/// Implements [`Print`] for numbers by the host function for the widest of them.
macro_rules! numbers {
    ($($($ty:ty),+ => $function:ident($argument:ty);)+) => {$($(
        impl Print for $ty {
            #[inline]
            fn print(&self) {
                raw::$function(<$argument>::from(*self));
            }
        }
    )+)+};
}

numbers! {
    i8, i16, i32, i64 => printi(i64);
    u8, u16, u32, u64 => printui(u64);
    f32 => printsf(f32);
    f64 => printdf(f64);
}

impl Print for u128 {
    #[inline]
    fn print(&self) {
        raw::printui128(self);
    }
}

impl Print for i128 {
    #[inline]
    fn print(&self) {
        raw::printi128(self);
    }
}
