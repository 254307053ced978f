//! Integers of 128 bits, which compilers call for; and floats to and from them.

use super::super::arguments::Out;
use super::{Call, Outcome};
use antelope_types::ensure;

/// Functions of two numbers, of which the second must not be zero.
macro_rules! divisions {
    ($($name:ident: $type:ty = $function:expr;)*) => {
        $(pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<$type>,
            left: $type,
            right: $type,
        ) -> Outcome {
            ensure!(right != 0, Arithmetic, "divide by zero");
            call.memory.set(result, $function(left, right))
        })*
    };
}

divisions! {
    __divti3: i128 = i128::wrapping_div;
    __udivti3: u128 = u128::wrapping_div;
    __modti3: i128 = i128::wrapping_rem;
    __umodti3: u128 = u128::wrapping_rem;
}

pub(super) fn __multi3(
    call: &mut Call<'_, '_>,
    result: Out<i128>,
    left: i128,
    right: i128,
) -> Outcome {
    call.memory.set(result, left.wrapping_mul(right))
}

/// Functions that shift. Nodes shift to the left where the name says «logical, to the left», too.
macro_rules! shifts {
    ($($name:ident = $function:expr;)*) => {
        $(pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<i128>,
            value: i128,
            by: u32,
        ) -> Outcome {
            call.memory.set(result, $function(value, by))
        })*
    };
}

shifts! {
    __ashlti3 = i128::unbounded_shl;
    __lshlti3 = i128::unbounded_shl;
    __lshrti3 = |value: i128, by| value.cast_unsigned().unbounded_shr(by).cast_signed();
    // As the processor does it: 128 is no shift at all.
    __ashrti3 = i128::wrapping_shr;
}

/// Functions from a float to an integer.
macro_rules! integers {
    ($($name:ident: $float:ty, $integer:ty = $function:expr;)*) => {
        $(pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<$integer>,
            value: $float,
        ) -> Outcome {
            call.memory.set(result, $function(f64::from(value)))
        })*
    };
}

integers! {
    __fixsfti: f32, i128 = signed;
    __fixdfti: f64, i128 = signed;
    __fixunssfti: f32, u128 = unsigned;
    __fixunsdfti: f64, u128 = unsigned;
}

pub(super) fn __floatsidf(_call: &mut Call<'_, '_>, value: i32) -> Outcome<f64> {
    Ok(f64::from(value))
}

pub(super) fn __floattidf(_call: &mut Call<'_, '_>, value: i128) -> Outcome<f64> {
    Ok(value as f64)
}

pub(super) fn __floatuntidf(_call: &mut Call<'_, '_>, value: u128) -> Outcome<f64> {
    Ok(value as f64)
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
