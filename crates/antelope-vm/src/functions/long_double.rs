//! Long doubles: 128-bit floats (IEEE 754 binary128), which no processor computes.
//!
//! In C++ contracts `long double` is such a float, and the compiler calls these functions. A float
//! crosses the border as two 64-bit halves, the low one first. Results are those of Berkeley
//! SoftFloat as nodes build it, for x86: a NaN result is the first NaN operand made quiet, or the
//! default NaN, which is negative, where an operation on numbers has no result. `rustc_apfloat`
//! computes everything else; NaNs are handled here since it propagates them differently.
//!
//! What comparisons return where an operand is NaN. It gives the condition for which the compiler
//! calls them the outcome that IEEE 754 demands: `!=` holds, all others do not.
//!
//! | function | called for | condition on the result | for NaN |
//! |---|---|---|---|
//! | `__eqtf2` | `==` | `== 0` | 1 |
//! | `__netf2` | `!=` | `!= 0` | 1 |
//! | `__lttf2` | `<` | `< 0` | 0 |
//! | `__letf2` | `<=` | `<= 0` | 1 |
//! | `__gttf2` | `>` | `> 0` | 0 |
//! | `__getf2` | `>=` | `>= 0` | -1 |
//! | `__cmptf2` | ordering | | 1 |
//! | `__unordtf2` | is either NaN | `!= 0` | 1 |

use super::super::arguments::Out;
use super::{Call, HostResult};
use antelope_ledger::state::FloatBits128;
use rustc_apfloat::ieee::{Double, Quad, Single};
use rustc_apfloat::{Float, FloatConvert, Round, Status, StatusAnd};
use std::cmp::Ordering;

/// The bit that makes a NaN quiet: the highest of the mantissa.
const QUIET: u128 = 1 << 111;
/// The NaN of operations without a result, such as infinity minus infinity.
const DEFAULT_NAN: u128 = 0xffff8 << 108;

/// Arithmetic on two long doubles, and what it costs beyond the call, in instructions.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident, $work:literal = $operation:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<FloatBits128>,
            left: FloatBits128,
            right: FloatBits128,
        ) -> HostResult {
            call.work($work)?;
            let value = arithmetic(left.0, right.0, $operation);
            call.memory.set(result, FloatBits128(value))
        })*
    };
}

operations! {
    /// Sum.
    __addtf3, 50 = |left, right| left + right;
    /// Difference.
    __subtf3, 50 = |left, right| left - right;
    /// Product.
    __multf3, 100 = |left, right| left * right;
    /// Quotient; division by zero gives infinity, or NaN for 0/0.
    __divtf3, 2000 = |left, right| left / right;
}

/// The number with its sign bit inverted, NaN included.
pub(super) fn __negtf2(
    call: &mut Call<'_, '_>,
    result: Out<FloatBits128>,
    value: FloatBits128,
) -> HostResult {
    call.memory.set(result, FloatBits128(value.0 ^ 1 << 127))
}

/// Conversions to a long double, all of them exact.
macro_rules! widened {
    ($($(#[$doc:meta])* $name:ident: $number:ty = $bits:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            result: Out<FloatBits128>,
            value: $number,
        ) -> HostResult {
            call.memory.set(result, FloatBits128($bits(value)))
        })*
    };
}

widened! {
    /// From `float`.
    __extendsftf2: f32 = |value: f32| from_single(value.to_bits());
    /// From `double`.
    __extenddftf2: f64 = |value: f64| from_double(value.to_bits());
    /// From a signed 32-bit integer.
    __floatsitf: i32 = |value| Quad::from_i128(i128::from(value)).value.to_bits();
    /// From a signed 64-bit integer.
    __floatditf: i64 = |value| Quad::from_i128(i128::from(value)).value.to_bits();
    /// From an unsigned 32-bit integer.
    __floatunsitf: u32 = |value| Quad::from_u128(u128::from(value)).value.to_bits();
    /// From an unsigned 64-bit integer.
    __floatunditf: u64 = |value| Quad::from_u128(u128::from(value)).value.to_bits();
}

/// Conversions from a long double. Those to integers of 32 and 64 bits round to the nearest and
/// give a fixed value for numbers outside of the range and NaN, as SoftFloat does.
macro_rules! narrowed {
    ($($(#[$doc:meta])* $name:ident: $number:ty = $function:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(_call: &mut Call<'_, '_>, value: FloatBits128) -> HostResult<$number> {
            Ok($function(value.0))
        })*
    };
}

narrowed! {
    /// To the nearest `double`.
    __trunctfdf2: f64 = |bits| f64::from_bits(to_double(bits));
    /// To the nearest `float`.
    __trunctfsf2: f32 = |bits| f32::from_bits(to_single(bits));
    /// To a signed 32-bit integer; outside of the range, the least one.
    __fixtfsi: i32 = |bits| nearest_signed(bits, 32).map_or(i32::MIN, |value| value as i32);
    /// To a signed 64-bit integer; outside of the range, the least one.
    __fixtfdi: i64 = |bits| nearest_signed(bits, 64).map_or(i64::MIN, |value| value as i64);
    /// To an unsigned 32-bit integer; outside of the range, the greatest one.
    __fixunstfsi: u32 = |bits| nearest_unsigned(bits, 32).map_or(u32::MAX, |value| value as u32);
    /// To an unsigned 64-bit integer; outside of the range, the greatest one.
    __fixunstfdi: u64 = |bits| nearest_unsigned(bits, 64).map_or(u64::MAX, |value| value as u64);
}

/// To a signed 128-bit integer, toward zero: this conversion is compiler-rt's.
pub(super) fn __fixtfti(
    call: &mut Call<'_, '_>,
    result: Out<i128>,
    value: FloatBits128,
) -> HostResult {
    call.memory.set(result, toward_zero_signed(value.0))
}

/// To an unsigned 128-bit integer, toward zero.
pub(super) fn __fixunstfti(
    call: &mut Call<'_, '_>,
    result: Out<u128>,
    value: FloatBits128,
) -> HostResult {
    call.memory.set(result, toward_zero_unsigned(value.0))
}

/// Comparisons: -1, 0 or 1 for less, equal and greater, and the given value where an operand is
/// NaN; see the table above.
macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident = $unordered:literal;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            _call: &mut Call<'_, '_>,
            left: FloatBits128,
            right: FloatBits128,
        ) -> HostResult<i32> {
            Ok(compare(left.0, right.0, $unordered))
        })*
    };
}

comparisons! {
    __cmptf2 = 1;
    __eqtf2 = 1;
    __netf2 = 1;
    __getf2 = -1;
    __gttf2 = 0;
    __letf2 = 1;
    __lttf2 = 0;
}

/// 1 where an operand is NaN, else 0.
pub(super) fn __unordtf2(
    _call: &mut Call<'_, '_>,
    left: FloatBits128,
    right: FloatBits128,
) -> HostResult<i32> {
    Ok(i32::from(is_nan(left.0) || is_nan(right.0)))
}

/// Whether the exponent is all ones and the mantissa is not zero; the sign does not count.
fn is_nan(bits: u128) -> bool {
    bits & (u128::MAX >> 1) > 0x7fff << 112
}

/// An operation, with NaN operands handled before it and NaN results after it.
fn arithmetic(
    left: u128,
    right: u128,
    operation: impl FnOnce(Quad, Quad) -> StatusAnd<Quad>,
) -> u128 {
    if is_nan(left) {
        return left | QUIET;
    }
    if is_nan(right) {
        return right | QUIET;
    }
    let result = operation(Quad::from_bits(left), Quad::from_bits(right)).value;
    if result.is_nan() {
        return DEFAULT_NAN;
    }
    result.to_bits()
}

/// The order of two numbers, or `unordered`.
fn compare(left: u128, right: u128, unordered: i32) -> i32 {
    match Quad::from_bits(left).partial_cmp(&Quad::from_bits(right)) {
        Some(Ordering::Less) => -1,
        Some(Ordering::Equal) => 0,
        Some(Ordering::Greater) => 1,
        None => unordered,
    }
}

/// A `float` as a long double. A NaN keeps its sign and payload and becomes quiet.
fn from_single(bits: u32) -> u128 {
    if f32::from_bits(bits).is_nan() {
        return u128::from(bits >> 31) << 127
            | 0x7fff << 112
            | u128::from(bits & 0x7f_ffff) << 89
            | QUIET;
    }
    let wide: Quad = Single::from_bits(u128::from(bits))
        .convert(&mut false)
        .value;
    wide.to_bits()
}

/// A `double` as a long double; a NaN as above.
fn from_double(bits: u64) -> u128 {
    if f64::from_bits(bits).is_nan() {
        let payload = u128::from(bits & (u64::MAX >> 12)) << 60;
        return u128::from(bits >> 63) << 127 | 0x7fff << 112 | payload | QUIET;
    }
    let wide: Quad = Double::from_bits(u128::from(bits))
        .convert(&mut false)
        .value;
    wide.to_bits()
}

/// The nearest `double`. A NaN keeps its sign and the upper bits of its payload and becomes quiet.
fn to_double(bits: u128) -> u64 {
    if is_nan(bits) {
        let payload = (bits >> 60) as u64 & (u64::MAX >> 12);
        return ((bits >> 127) as u64) << 63 | 0x7ff8 << 48 | payload;
    }
    let narrow: Double = Quad::from_bits(bits).convert(&mut false).value;
    narrow.to_bits() as u64
}

/// The nearest `float`; a NaN as above.
fn to_single(bits: u128) -> u32 {
    if is_nan(bits) {
        let payload = (bits >> 89) as u32 & 0x7f_ffff;
        return ((bits >> 127) as u32) << 31 | 0x7fc0_0000 | payload;
    }
    let narrow: Single = Quad::from_bits(bits).convert(&mut false).value;
    narrow.to_bits() as u32
}

/// The nearest signed integer of `width` bits, ties to even; `None` where there is none.
fn nearest_signed(bits: u128, width: usize) -> Option<i128> {
    let number = Quad::from_bits(bits);
    let result = number.to_i128_r(width, Round::NearestTiesToEven, &mut false);
    (!result.status.contains(Status::INVALID_OP)).then_some(result.value)
}

/// The nearest unsigned integer of `width` bits, ties to even; `None` where there is none.
fn nearest_unsigned(bits: u128, width: usize) -> Option<u128> {
    let number = Quad::from_bits(bits);
    let result = number.to_u128_r(width, Round::NearestTiesToEven, &mut false);
    (!result.status.contains(Status::INVALID_OP)).then_some(result.value)
}

/// As compiler-rt: a magnitude of 2^128 and more saturates by the sign bit, NaN included; a
/// magnitude between 2^127 and 2^128 wraps.
fn toward_zero_signed(bits: u128) -> i128 {
    const TOO_LARGE: u128 = (0x3fff + 128) << 112;
    let (absolute, negative) = (bits & (u128::MAX >> 1), bits >> 127 == 1);
    let wrapped = toward_zero_unsigned(absolute) as i128;
    match (absolute < TOO_LARGE, negative) {
        (true, false) => wrapped,
        (true, true) => wrapped.wrapping_neg(),
        (false, false) => i128::MAX,
        (false, true) => i128::MIN,
    }
}

/// Negative numbers give 0, too large ones the maximum; NaN one of both by its sign bit.
fn toward_zero_unsigned(bits: u128) -> u128 {
    let result = Quad::from_bits(bits).to_u128_r(128, Round::TowardZero, &mut false);
    match (result.status.contains(Status::INVALID_OP), bits >> 127 == 1) {
        (false, _) => result.value,
        (true, true) => 0,
        (true, false) => u128::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(value: f64) -> u128 {
        from_double(value.to_bits())
    }

    #[test]
    fn numbers_go_there_and_back() {
        for value in [0.0, -0.0, 1.5, -3.25e300, f64::MIN_POSITIVE, f64::INFINITY] {
            assert_eq!(to_double(quad(value)), value.to_bits());
        }
    }

    #[test]
    fn integers_are_rounded_to_the_nearest() {
        for (value, nearest) in [(2.5, 2), (3.5, 4), (-2.5, -2), (0.6, 1)] {
            assert_eq!(nearest_signed(quad(value), 32), Some(nearest));
        }
        assert_eq!(nearest_signed(quad(3e9), 32), None);
        assert_eq!(nearest_unsigned(quad(-1.0), 32), None);
        assert_eq!(nearest_unsigned(quad(3e9), 32), Some(3_000_000_000));
    }

    #[test]
    fn an_operation_without_result_is_no_number_and_negative() {
        let infinity = quad(f64::INFINITY);
        assert_eq!(
            arithmetic(infinity, infinity, |left, right| left - right),
            DEFAULT_NAN
        );
        assert_eq!(DEFAULT_NAN >> 108, 0xffff8);
    }

    #[test]
    fn what_is_no_number_comes_first() {
        let (one, nan) = (quad(1.0), 0x7fff_0000_0000_0000_0000_0000_0000_0007);
        assert_eq!(
            arithmetic(one, nan, |left, right| left + right),
            nan | QUIET
        );
        assert_eq!(compare(one, nan, -1), -1);
    }
}
