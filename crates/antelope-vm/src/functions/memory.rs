//! `memcpy`, `memmove`, `memset` and `memcmp` on the contract's memory.
//!
//! Compilers emit calls of them for larger copies. All are billed by length, an instruction for 8
//! bytes. Each returns the address of the destination, as in C.
//!
//! | function | overlapping ranges | length 0 |
//! |---|---|---|
//! | `memcpy` | an error, also for a copy onto itself | allowed, if the destination is in memory |
//! | `memmove` | allowed | the same |
//! | `memset` | | the same |
//! | `memcmp` | allowed | 0 |

use super::super::arguments::Address;
use super::{Call, HostResult};
use antelope_types::ensure;
use std::cmp::Ordering;

/// Copies bytes between ranges that do not overlap.
///
/// # Errors
/// "access violation" (3070002) outside the memory; `overlapping_memory_error` (3070004) where the
/// ranges overlap.
pub(super) fn memcpy(
    call: &mut Call<'_, '_>,
    to: Address,
    from: Address,
    length: u32,
) -> HostResult<Address> {
    call.bytes(length);
    check(call, to, from, length)?;
    ensure!(
        to.0.abs_diff(from.0) >= length,
        OverlappingMemoryError,
        "memcpy can only accept non-aliasing pointers"
    );
    call.memory.copy(to.0, from.0, length)?;
    Ok(to)
}

/// Copies bytes between ranges that may overlap.
///
/// # Errors
/// "access violation" (3070002).
pub(super) fn memmove(
    call: &mut Call<'_, '_>,
    to: Address,
    from: Address,
    length: u32,
) -> HostResult<Address> {
    call.bytes(length);
    check(call, to, from, length)?;
    call.memory.copy(to.0, from.0, length)?;
    Ok(to)
}

/// Fills a range with the lowest byte of `value`.
///
/// # Errors
/// "access violation" (3070002).
pub(super) fn memset(
    call: &mut Call<'_, '_>,
    to: Address,
    value: i32,
    length: u32,
) -> HostResult<Address> {
    call.bytes(length);
    check(call, to, to, length)?;
    call.memory.write(to.0, length)?.fill(value as u8);
    Ok(to)
}

/// Compares bytes: -1, 0 or 1.
///
/// # Errors
/// "access violation" (3070002).
pub(super) fn memcmp(
    call: &mut Call<'_, '_>,
    left: Address,
    right: Address,
    length: u32,
) -> HostResult<i32> {
    call.bytes(length);
    let left = call.memory.read(left.0, length)?;
    let right = call.memory.read(right.0, length)?;
    Ok(match left.cmp(right) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    })
}

/// Checks both ranges, and at least one byte of the destination even for length 0, as a node does
/// in the conversion of the arguments (`common.hpp`).
fn check(call: &Call<'_, '_>, to: Address, from: Address, length: u32) -> HostResult {
    call.memory.read(from.0, length)?;
    call.memory.read(to.0, length)?;
    call.memory.read(to.0, 1)?;
    Ok(())
}
