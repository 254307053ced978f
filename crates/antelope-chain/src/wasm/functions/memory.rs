//! Copying, filling and comparing memory.

use super::{Link, host};
use crate::error::ensure;
use std::cmp::Ordering;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        memcpy(call, to: u32, from: u32, length: u32) -> u32 {
            call.bytes(length);
            ensure!(
                to.abs_diff(from) >= length,
                OverlappingMemoryError,
                "memcpy can only accept non-aliasing pointers"
            );
            call.memory.copy(to, from, length)?;
            Ok(to)
        }
        memmove(call, to: u32, from: u32, length: u32) -> u32 {
            call.bytes(length);
            call.memory.copy(to, from, length)?;
            Ok(to)
        }
        memset(call, to: u32, value: i32, length: u32) -> u32 {
            call.bytes(length);
            call.memory.write(to, length)?.fill(value as u8);
            Ok(to)
        }
        memcmp(call, left: u32, right: u32, length: u32) -> i32 {
            call.bytes(length);
            let left = call.memory.read(left, length)?;
            let right = call.memory.read(right, length)?;
            Ok(match left.cmp(right) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            })
        }
    }
    Ok(())
}
