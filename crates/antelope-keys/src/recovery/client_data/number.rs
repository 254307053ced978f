//! Numbers of client data, as `ParseNumber` of RapidJSON's `reader.h` reads them at commit 01950eb,
//! which is the one that fc includes for WebAuthn.
//!
//! No field that counts is a number, so only the verdict matters: whether it is a number, and one
//! that a double can hold. RapidJSON does not round correctly here, and its limit is therefore that
//! of its own arithmetic, which is repeated step by step.

use super::Reader;

/// How many digits of a fraction are looked at, together with those before the point.
const DIGITS: u32 = 17;
/// The largest significand that goes on being counted exactly behind the point.
const EXACT: u64 = (1 << 53) - 1;
/// The largest exponent of ten of a double.
const MOST_EXPONENT: i64 = 308;
/// Where the exponent could leave 32 bits with its next digit.
const LEAST_EXPONENT: i64 = 2_147_483_639;

impl Reader<'_> {
    /// Reads a number; nothing if it is not one, or too large.
    pub(super) fn number(&mut self) -> Option<()> {
        let is_negative = self.take(b'-').is_some();
        let most = if is_negative { 1 << 63 } else { u64::MAX };
        let mut whole = u64::from(self.take_digit()?);
        // The first digit is not counted.
        let mut digits = 0;
        let mut double = None;
        while whole > 0
            && let Some(digit) = self.digit()
        {
            let longer = whole.checked_mul(10);
            let longer = longer.and_then(|it| it.checked_add(u64::from(digit)));
            let Some(longer) = longer.filter(|it| *it <= most) else {
                double = Some(self.beyond_integers(whole as f64));
                break;
            };
            self.take_digit();
            whole = longer;
            digits += 1;
        }
        let mut shift = 0;
        if self.take(b'.').is_some() {
            self.digit()?;
            double = Some(self.fraction(whole, double, digits, &mut shift));
        }
        let mut exponent = 0;
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            exponent = self.exponent(shift)?;
            double = double.or(Some(whole as f64));
        }
        let fits = double.is_none_or(|value| scaled(value, exponent + shift) <= f64::MAX);
        fits.then_some(())
    }

    /// The rest of an integer that is too long for 64 bits.
    fn beyond_integers(&mut self, mut value: f64) -> f64 {
        while let Some(digit) = self.take_digit() {
            value = value * 10.0 + f64::from(digit);
        }
        value
    }

    /// The digits behind the point; `shift` counts down those that became part of the value.
    fn fraction(
        &mut self,
        mut whole: u64,
        double: Option<f64>,
        mut digits: u32,
        shift: &mut i64,
    ) -> f64 {
        let mut value = double.unwrap_or_else(|| {
            while whole <= EXACT
                && let Some(digit) = self.take_digit()
            {
                whole = whole * 10 + u64::from(digit);
                *shift -= 1;
                digits += u32::from(whole != 0);
            }
            whole as f64
        });
        while let Some(digit) = self.take_digit() {
            if digits < DIGITS {
                value = value * 10.0 + f64::from(digit);
                *shift -= 1;
                digits += u32::from(value > 0.0);
            }
        }
        value
    }

    /// What follows an `e`; nothing if it is not an exponent, or a large one with more than a digit.
    fn exponent(&mut self, shift: i64) -> Option<i64> {
        let is_negative = self.take(b'+').is_none() && self.take(b'-').is_some();
        let mut exponent = i64::from(self.take_digit()?);
        while let Some(digit) = self.take_digit() {
            exponent = exponent * 10 + i64::from(digit);
            if is_negative && exponent > (shift + LEAST_EXPONENT) / 10 {
                while self.take_digit().is_some() {}
            } else if !is_negative && exponent > MOST_EXPONENT - shift {
                return None;
            }
        }
        Some(if is_negative { -exponent } else { exponent })
    }

    /// The next character, if it is a digit.
    fn digit(&self) -> Option<u8> {
        let byte = self.peek().filter(u8::is_ascii_digit)?;
        Some(byte - b'0')
    }

    fn take_digit(&mut self) -> Option<u8> {
        let digit = self.digit()?;
        self.next();
        Some(digit)
    }
}

/// A value times a power of ten, by RapidJSON's `StrtodNormalPrecision`.
fn scaled(value: f64, power: i64) -> f64 {
    if power >= 0 {
        return value * power_of_ten(power);
    }
    if power >= -MOST_EXPONENT {
        return value / power_of_ten(-power);
    }
    let rest = -power - MOST_EXPONENT;
    if rest > MOST_EXPONENT {
        return 0.0;
    }
    value / power_of_ten(MOST_EXPONENT) / power_of_ten(rest)
}

/// A power between 0 and [`MOST_EXPONENT`], the double that is nearest to it.
///
/// Computed here: what the standard library reads numbers with has a table of ten kilobytes, which every
/// page in a browser would load.
fn power_of_ten(power: i64) -> f64 {
    // Five to this power, in digits of 32 bits, the lowest first.
    let mut digits = vec![1u32];
    for _ in 0..power {
        let mut carry = 0;
        for digit in &mut digits {
            let product = u64::from(*digit) * 5 + carry;
            *digit = product as u32;
            carry = product >> 32;
        }
        if carry > 0 {
            digits.push(carry as u32);
        }
    }
    let (below, top) = digits.split_at(digits.len().saturating_sub(4));
    let top = top.iter().rev();
    let mut top = top.fold(0u128, |sum, digit| sum << 32 | u128::from(*digit));
    // A double has 53 of at least 97 bits here. That something follows them decides a tie.
    top |= u128::from(!below.is_empty());
    let shift = power as u64 + 32 * below.len() as u64;
    top as f64 * f64::from_bits((1023 + shift) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_number(text: &str) -> bool {
        let mut reader = Reader {
            rest: text.as_bytes(),
        };
        reader.number().is_some() && reader.rest.is_empty()
    }

    #[test]
    fn powers_of_ten_are_rounded_to_the_nearest_double() {
        for power in 0..=MOST_EXPONENT {
            let expected: f64 = format!("1e{power}").parse().unwrap();
            assert_eq!(power_of_ten(power), expected, "{power}");
        }
    }

    #[test]
    fn numbers_that_a_double_holds_are_read() {
        let digits = "9".repeat(300);
        for text in [
            "0",
            "-0",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775809",
            "1.7976931348623157e308",
            "1e308",
            "1e+308",
            "1e-9999",
            "1e-99999999999999999999",
            "0.0000000000000000000000000000001e310",
            &digits,
        ] {
            assert!(is_number(text), "{text}");
        }
    }

    #[test]
    fn others_are_refused() {
        let digits = "9".repeat(309);
        for text in [
            "9e308", "-9e308", "1.8e308", "1e309", "0e999", "01", "1.", ".5", "1e", "1e+", "-",
            "+1", "", &digits,
        ] {
            assert!(!is_number(text), "{text}");
        }
    }
}
