//! The part of the stack that work with secrets has used.
//!
//! Libraries below compute with copies of a secret on the stack, and leave them there when they return.
//! A thread may lie idle for hours before the same memory is used for something else.

use std::hint::black_box;
use zeroize::Zeroize;

/// How much of the stack is overwritten, in bytes: more than deriving, signing and decrypting use, and
/// little of the 2 MiB of a thread.
const DEPTH: usize = 128 << 10;

/// Does the work and overwrites the stack that it has used.
#[inline(never)]
pub(crate) fn leaving_nothing<T>(work: impl FnOnce() -> T) -> T {
    let done = apart(work);
    overwrite();
    done
}

/// In a frame of its own, which lies where [`overwrite`] writes.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Overwrites the stack below the caller's frame.
#[inline(never)]
fn overwrite() {
    let mut below = [0_u8; DEPTH];
    black_box(&mut below).zeroize();
}
