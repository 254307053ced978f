//! 128-bit integers, for which compilers call a library, and their conversions from and to floats.
//!
//! WebAssembly has no 128-bit integers: each crosses the border as two 64-bit halves, the low one
//! first, and a result is written to memory. Rust's compiler emits calls of `__multi3`, `__divti3`
//! and their like for `i128` and `u128`; nodes provide them so that contracts need not contain
//! them.
//!
//! | value | `__fixdfti` (to `i128`) | `__fixunsdfti` (to `u128`) |
//! |---|---|---|
//! | -1.9 | -1 | 0 |
//! | 2^127 | -2^127: it wraps | 2^127 |
//! | 2^128 and more, infinity | the greatest | the greatest |
//! | -2^128 and less, -infinity | the least | 0 |
//! | NaN, sign bit clear | the greatest | the greatest |
//! | NaN, sign bit set | the least | 0 |

use super::super::arguments::Out;
use super::{Call, HostResult};
use antelope_types::ensure;

/// Divisions and remainders.
///
/// # Errors
/// `arithmetic_exception` (3230003) "divide by zero".
macro_rules! divisions {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $function:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<$type>,
            left: $type,
            right: $type,
        ) -> HostResult {
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.set(result, $function(left, right))
        })*
    };
}

divisions! {
    /// Signed quotient, toward zero. The least number divided by -1 wraps to itself.
    __divti3: i128 = i128::wrapping_div;
    /// Unsigned quotient.
    __udivti3: u128 = u128::wrapping_div;
    /// Signed remainder, with the sign of the dividend.
    __modti3: i128 = i128::wrapping_rem;
    /// Unsigned remainder.
    __umodti3: u128 = u128::wrapping_rem;
}

/// The product, modulo 2^128.
pub(super) fn __multi3(
    call: &mut Call<'_, '_>,
    result: Out<i128>,
    left: i128,
    right: i128,
) -> HostResult {
    call.memory.set(result, left.wrapping_mul(right))
}

/// Shifts by a number of bits. What happens for 128 bits and more follows nodes' C++ code.
macro_rules! shifts {
    ($($(#[$doc:meta])* $name:ident = $function:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<i128>,
            value: i128,
            by: u32,
        ) -> HostResult {
            call.memory.set(result, $function(value, by))
        })*
    };
}

shifts! {
    /// To the left; 0 for 128 bits and more.
    __ashlti3 = i128::unbounded_shl;
    /// To the left, as above: for a shift to the left, arithmetic and logical are the same.
    __lshlti3 = i128::unbounded_shl;
    /// To the right, with zeros; 0 for 128 bits and more.
    __lshrti3 = |value: i128, by| value.cast_unsigned().unbounded_shr(by).cast_signed();
    // To the right, with copies of the sign. Only the lowest 7 bits of the amount count, as on the
    // processor: a shift by 128 changes nothing.
    __ashrti3 = i128::wrapping_shr;
}

/// Conversions from a float to an integer, toward zero; see [`signed`] and [`unsigned`].
macro_rules! integers {
    ($($(#[$doc:meta])* $name:ident: $float:ty, $integer:ty = $function:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<$integer>,
            value: $float,
        ) -> HostResult {
            call.memory.set(result, $function(f64::from(value)))
        })*
    };
}

integers! {
    /// `f32` to `i128`.
    __fixsfti: f32, i128 = signed;
    /// `f64` to `i128`.
    __fixdfti: f64, i128 = signed;
    /// `f32` to `u128`.
    __fixunssfti: f32, u128 = unsigned;
    /// `f64` to `u128`.
    __fixunsdfti: f64, u128 = unsigned;
}

/// `i32` to `f64`, which is exact.
pub(super) fn __floatsidf(_call: &mut Call<'_, '_>, value: i32) -> HostResult<f64> {
    Ok(f64::from(value))
}

/// `i128` to the nearest `f64`.
pub(super) fn __floattidf(_call: &mut Call<'_, '_>, value: i128) -> HostResult<f64> {
    Ok(value as f64)
}

/// `u128` to the nearest `f64`.
pub(super) fn __floatuntidf(_call: &mut Call<'_, '_>, value: u128) -> HostResult<f64> {
    Ok(value as f64)
}

/// A float as `i128`, as compiler-rt converts it, which nodes compile in. A magnitude of 2^128 and
/// more, and NaN, saturate by the sign bit. A magnitude between 2^127 and 2^128 does not saturate
/// but wraps.
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

/// A float as `u128`: negative numbers become 0, too large ones the maximum. NaN becomes 0 or the
/// maximum by its sign bit.
fn unsigned(value: f64) -> u128 {
    if value.is_nan() && value.is_sign_positive() {
        return u128::MAX;
    }
    value as u128
}
