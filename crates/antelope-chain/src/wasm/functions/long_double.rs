//! Long doubles: 128-bit floats, which no processor has.
//!
//! Results are those of Berkeley SoftFloat as nodes build it: what is no number comes of the first
//! operand that is none, made quiet, or is negative where an operation has no result.

use super::{Link, host, wide};
use rustc_apfloat::ieee::{Double, Quad, Single};
use rustc_apfloat::{Float, FloatConvert, Round, Status, StatusAnd};
use std::cmp::Ordering;

const QUIET: u128 = 1 << 111;
const DEFAULT_NAN: u128 = 0xffff8 << 108;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    conversions(link)?;
    comparisons(link)?;
    host! { link:
        __addtf3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let sum = arithmetic(wide(la, ha), wide(lb, hb), |left, right| left + right);
            call.memory.put(to, &sum.to_le_bytes())
        }
        __subtf3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let difference = arithmetic(wide(la, ha), wide(lb, hb), |left, right| left - right);
            call.memory.put(to, &difference.to_le_bytes())
        }
        __multf3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let product = arithmetic(wide(la, ha), wide(lb, hb), |left, right| left * right);
            call.memory.put(to, &product.to_le_bytes())
        }
        __divtf3(call, to: u32, la: u64, ha: u64, lb: u64, hb: u64) {
            let quotient = arithmetic(wide(la, ha), wide(lb, hb), |left, right| left / right);
            call.memory.put(to, &quotient.to_le_bytes())
        }
        __negtf2(call, to: u32, la: u64, ha: u64) {
            call.memory.put(to, &(wide(la, ha) ^ (1 << 127)).to_le_bytes())
        }
    }
    Ok(())
}

fn conversions(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        __extendsftf2(call, to: u32, value: f32) {
            call.memory.put(to, &from_single(value.to_bits()).to_le_bytes())
        }
        __extenddftf2(call, to: u32, value: f64) {
            call.memory.put(to, &from_double(value.to_bits()).to_le_bytes())
        }
        __trunctfdf2(_call, low: u64, high: u64) -> f64 {
            Ok(f64::from_bits(to_double(wide(low, high))))
        }
        __trunctfsf2(_call, low: u64, high: u64) -> f32 {
            Ok(f32::from_bits(to_single(wide(low, high))))
        }
        __fixtfsi(_call, low: u64, high: u64) -> i32 {
            let value = nearest_signed(wide(low, high), 32);
            Ok(value.map_or(i32::MIN, |value| value as i32))
        }
        __fixtfdi(_call, low: u64, high: u64) -> i64 {
            let value = nearest_signed(wide(low, high), 64);
            Ok(value.map_or(i64::MIN, |value| value as i64))
        }
        __fixunstfsi(_call, low: u64, high: u64) -> u32 {
            let value = nearest_unsigned(wide(low, high), 32);
            Ok(value.map_or(u32::MAX, |value| value as u32))
        }
        __fixunstfdi(_call, low: u64, high: u64) -> u64 {
            let value = nearest_unsigned(wide(low, high), 64);
            Ok(value.map_or(u64::MAX, |value| value as u64))
        }
        __fixtfti(call, to: u32, low: u64, high: u64) {
            call.memory.put(to, &toward_zero_signed(wide(low, high)).to_le_bytes())
        }
        __fixunstfti(call, to: u32, low: u64, high: u64) {
            call.memory.put(to, &toward_zero_unsigned(wide(low, high)).to_le_bytes())
        }
        __floatsitf(call, to: u32, value: i32) {
            call.memory.put(to, &Quad::from_i128(i128::from(value)).value.to_bits().to_le_bytes())
        }
        __floatunsitf(call, to: u32, value: u32) {
            call.memory.put(to, &Quad::from_u128(u128::from(value)).value.to_bits().to_le_bytes())
        }
        __floatditf(call, to: u32, value: i64) {
            call.memory.put(to, &Quad::from_i128(i128::from(value)).value.to_bits().to_le_bytes())
        }
        __floatunditf(call, to: u32, value: u64) {
            call.memory.put(to, &Quad::from_u128(u128::from(value)).value.to_bits().to_le_bytes())
        }
    }
    Ok(())
}

/// What each answers where one of the two is no number differs; else they answer alike.
fn comparisons(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        __eqtf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 1))
        }
        __netf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 1))
        }
        __getf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), -1))
        }
        __gttf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 0))
        }
        __letf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 1))
        }
        __lttf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 0))
        }
        __cmptf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(compare(wide(la, ha), wide(lb, hb), 1))
        }
        __unordtf2(_call, la: u64, ha: u64, lb: u64, hb: u64) -> i32 {
            Ok(i32::from(is_nan(wide(la, ha)) || is_nan(wide(lb, hb))))
        }
    }
    Ok(())
}

fn is_nan(bits: u128) -> bool {
    bits & (u128::MAX >> 1) > 0x7fff << 112
}

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

fn compare(left: u128, right: u128, unordered: i32) -> i32 {
    match Quad::from_bits(left).partial_cmp(&Quad::from_bits(right)) {
        Some(Ordering::Less) => -1,
        Some(Ordering::Equal) => 0,
        Some(Ordering::Greater) => 1,
        None => unordered,
    }
}

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

fn to_double(bits: u128) -> u64 {
    if is_nan(bits) {
        let payload = (bits >> 60) as u64 & (u64::MAX >> 12);
        return ((bits >> 127) as u64) << 63 | 0x7ff8 << 48 | payload;
    }
    let narrow: Double = Quad::from_bits(bits).convert(&mut false).value;
    narrow.to_bits() as u64
}

fn to_single(bits: u128) -> u32 {
    if is_nan(bits) {
        let payload = (bits >> 89) as u32 & 0x7f_ffff;
        return ((bits >> 127) as u32) << 31 | 0x7fc0_0000 | payload;
    }
    let narrow: Single = Quad::from_bits(bits).convert(&mut false).value;
    narrow.to_bits() as u32
}

/// Nodes round to the nearest here; none where the number has no place in so many bits.
fn nearest_signed(bits: u128, width: usize) -> Option<i128> {
    let number = Quad::from_bits(bits);
    let result = number.to_i128_r(width, Round::NearestTiesToEven, &mut false);
    (!result.status.contains(Status::INVALID_OP)).then_some(result.value)
}

fn nearest_unsigned(bits: u128, width: usize) -> Option<u128> {
    let number = Quad::from_bits(bits);
    let result = number.to_u128_r(width, Round::NearestTiesToEven, &mut false);
    (!result.status.contains(Status::INVALID_OP)).then_some(result.value)
}

/// As the compiler's own library: what has 129 bits or more is as large as can be, by its sign alone,
/// and a number of 128 bits wraps.
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
