//! Integers of 128 bits, which compilers call for; and floats to and from them.

use super::{Link, host, wide};
use crate::error::ensure;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    shifts(link)?;
    host! { link:
        __multi3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            call.memory.put(to, &wide(la, ha).wrapping_mul(wide(lb, hb)).to_le_bytes())
        }
        __divti3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let (left, right) = (wide(la, ha) as i128, wide(lb, hb) as i128);
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.put(to, &left.wrapping_div(right).to_le_bytes())
        }
        __udivti3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let (left, right) = (wide(la, ha), wide(lb, hb));
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.put(to, &(left / right).to_le_bytes())
        }
        __modti3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let (left, right) = (wide(la, ha) as i128, wide(lb, hb) as i128);
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.put(to, &left.wrapping_rem(right).to_le_bytes())
        }
        __umodti3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let (left, right) = (wide(la, ha), wide(lb, hb));
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.put(to, &(left % right).to_le_bytes())
        }
        __fixsfti(call, to: u32, value: f32) {
            call.memory.put(to, &signed(f64::from(value)).to_le_bytes())
        }
        __fixdfti(call, to: u32, value: f64) {
            call.memory.put(to, &signed(value).to_le_bytes())
        }
        __fixunssfti(call, to: u32, value: f32) {
            call.memory.put(to, &unsigned(f64::from(value)).to_le_bytes())
        }
        __fixunsdfti(call, to: u32, value: f64) {
            call.memory.put(to, &unsigned(value).to_le_bytes())
        }
        __floatsidf(_call, value: i32) -> f64 {
            Ok(f64::from(value))
        }
        __floattidf(_call, low: u64, high: u64) -> f64 {
            Ok(wide(low, high) as i128 as f64)
        }
        __floatuntidf(_call, low: u64, high: u64) -> f64 {
            Ok(wide(low, high) as f64)
        }
    }
    Ok(())
}

/// Nodes shift to the left where the name says «logical, to the left», too.
fn shifts(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        __ashlti3(call, to: u32, low: u64, high: u64, by: u32) {
            call.memory.put(to, &wide(low, high).unbounded_shl(by).to_le_bytes())
        }
        __lshlti3(call, to: u32, low: u64, high: u64, by: u32) {
            call.memory.put(to, &wide(low, high).unbounded_shl(by).to_le_bytes())
        }
        __lshrti3(call, to: u32, low: u64, high: u64, by: u32) {
            call.memory.put(to, &wide(low, high).unbounded_shr(by).to_le_bytes())
        }
        __ashrti3(call, to: u32, low: u64, high: u64, by: u32) {
            // As the processor does it: 128 is no shift at all.
            call.memory.put(to, &(wide(low, high) as i128).wrapping_shr(by).to_le_bytes())
        }
    }
    Ok(())
}

/// What has 129 bits or more, and what is no number, is as large as can be, by its sign. A number of
/// 128 bits wraps, as in the library that nodes compile from.
fn signed(value: f64) -> i128 {
    let magnitude = unsigned(value.abs());
    let wrapped = magnitude as i128;
    match (value.abs() < 2f64.powi(128), value.is_sign_negative()) {
        (true, true) => wrapped.wrapping_neg(),
        (true, false) => wrapped,
        (false, true) => i128::MIN,
        (false, false) => i128::MAX,
    }
}

fn unsigned(value: f64) -> u128 {
    if value.is_nan() && value.is_sign_positive() {
        return u128::MAX;
    }
    value as u128
}
