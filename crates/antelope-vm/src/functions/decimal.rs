//! Long doubles in decimal, as a node prints them.
//!
//! A node on x86-64 converts the 128-bit float, whose mantissa has 113 bits, to the processor's
//! 80-bit `long double`, whose mantissa has 64, and lets the C++ library print 18 digits after the
//! point. Those digits are exact, so that they are computed with big integers here: no shortcut
//! would round the same way in every case.

use num_bigint::BigUint;
use rustc_apfloat::ieee::{Quad, X87DoubleExtended};
use rustc_apfloat::{Float, FloatConvert};

/// Digits after the decimal point: `std::numeric_limits<long double>::digits10` of x86-64.
const DIGITS: i32 = 18;

/// Subtracted from the stored exponent of an 80-bit float: its bias, and the 63 bits of the
/// mantissa behind the point, since the mantissa is taken as an integer.
const BIAS: i32 = 16383 + 63;

/// The number with these bits of the IEEE 754 binary128 format, in decimal.
pub(super) fn long_double(bits: u128) -> String {
    let value: X87DoubleExtended = Quad::from_bits(bits).convert(&mut false).value;
    let sign = if value.is_negative() { "-" } else { "" };
    if value.is_nan() {
        return format!("{sign}nan");
    }
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    let bits = value.to_bits();
    let mantissa = bits as u64;
    // Subnormal numbers are stored with exponent 0 and have the scale of exponent 1.
    let exponent = ((bits >> 64) as i32 & 0x7fff).max(1) - BIAS;
    format!("{sign}{}", scientific(mantissa, exponent))
}

/// `mantissa * 2^exponent` in scientific notation.
fn scientific(mantissa: u64, exponent: i32) -> String {
    if mantissa == 0 {
        return format!("0.{:0width$}e+00", 0, width = DIGITS as usize);
    }
    let estimate = f64::from(exponent) * 2f64.log10() + (mantissa as f64).log10();
    let mut power = estimate.floor() as i32;
    let least = BigUint::from(10u64.pow(DIGITS as u32));
    loop {
        let digits = rounded(mantissa, exponent, DIGITS - power);
        // The estimate by logarithms may be off by one, and rounding up may add a digit.
        if digits < least {
            power -= 1;
        } else if digits >= &least * 10u32 {
            power += 1;
        } else {
            let digits = digits.to_string();
            let (first, rest) = digits.split_at(1);
            let sign = if power < 0 { '-' } else { '+' };
            return format!("{first}.{rest}e{sign}{:02}", power.abs());
        }
    }
}

/// `mantissa * 2^two * 10^ten` as an integer, rounded to the nearest, ties to even. Both powers go
/// to the numerator or the denominator of one fraction, by their signs.
fn rounded(mantissa: u64, two: i32, ten: i32) -> BigUint {
    let mut above = BigUint::from(mantissa);
    let mut below = BigUint::from(1u32);
    let scale = BigUint::from(10u32).pow(ten.unsigned_abs());
    if ten < 0 {
        below *= scale;
    } else {
        above *= scale;
    }
    if two < 0 {
        below <<= two.unsigned_abs();
    } else {
        above <<= two.unsigned_abs();
    }
    let whole = &above / &below;
    let twice = (above - &whole * &below) * 2u32;
    if twice > below || twice == below && whole.bit(0) {
        whole + 1u32
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_doubles_are_printed_as_by_cpp() {
        let text = |bits: u128| long_double(bits);
        assert_eq!(text(0x3fff << 112), "1.000000000000000000e+00");
        assert_eq!(text(0xbffe << 112), "-5.000000000000000000e-01");
        assert_eq!(text(0), "0.000000000000000000e+00");
        assert_eq!(text(1 << 127), "-0.000000000000000000e+00");
        assert_eq!(text(0x7fff << 112), "inf");
        assert_eq!(text(0xffff8 << 108), "-nan");
        // One tenth, and what is nearest to it in 64 bits.
        assert_eq!(
            text(0x3ffb_9999_9999_9999_9999_9999_9999_999a),
            "1.000000000000000000e-01"
        );
        // The largest, which 64 bits round up to what is too large.
        assert_eq!(text((0x7fff << 112) - 1), "inf");
        // The least above zero of 64 bits.
        assert_eq!(text(1 << 49), "3.645199531882474603e-4951");
    }
}
