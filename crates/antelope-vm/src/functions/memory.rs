//! Copying, filling and comparing memory.

use super::super::arguments::Address;
use super::{Call, Outcome};
use antelope_types::ensure;
use std::cmp::Ordering;

pub(super) fn memcpy(
    call: &mut Call<'_, '_>,
    to: Address,
    from: Address,
    length: u32,
) -> Outcome<Address> {
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

pub(super) fn memmove(
    call: &mut Call<'_, '_>,
    to: Address,
    from: Address,
    length: u32,
) -> Outcome<Address> {
    call.bytes(length);
    check(call, to, from, length)?;
    call.memory.copy(to.0, from.0, length)?;
    Ok(to)
}

pub(super) fn memset(
    call: &mut Call<'_, '_>,
    to: Address,
    value: i32,
    length: u32,
) -> Outcome<Address> {
    call.bytes(length);
    check(call, to, to, length)?;
    call.memory.write(to.0, length)?.fill(value as u8);
    Ok(to)
}

pub(super) fn memcmp(
    call: &mut Call<'_, '_>,
    left: Address,
    right: Address,
    length: u32,
) -> Outcome<i32> {
    call.bytes(length);
    let left = call.memory.read(left.0, length)?;
    let right = call.memory.read(right.0, length)?;
    Ok(match left.cmp(right) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    })
}

/// Where nothing is written, there must be a byte nevertheless.
fn check(call: &Call<'_, '_>, to: Address, from: Address, length: u32) -> Outcome {
    call.memory.read(from.0, length)?;
    call.memory.read(to.0, length)?;
    call.memory.read(to.0, 1)?;
    Ok(())
}
