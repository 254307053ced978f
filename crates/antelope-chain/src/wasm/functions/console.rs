//! Printing.

use super::decimal::long_double;
use super::{Link, host};
use antelope_types::Name;
use std::fmt::{LowerExp, Write};

/// What the digits of a long double cost, in fuel.
const LONG_DOUBLE: u64 = 20_000;

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        prints(call, text: u32) {
            let text = call.memory.text(text)?;
            call.context.print_bytes(text);
            let length = text.len() as u32;
            call.bytes(length);
            Ok(())
        }
        prints_l(call, text: u32, length: u32) {
            call.context.print_bytes(call.memory.read(text, length)?);
            call.bytes(length);
            Ok(())
        }
        printi(call, value: i64) {
            call.context.print(&value.to_string());
            Ok(())
        }
        printui(call, value: u64) {
            call.context.print(&value.to_string());
            Ok(())
        }
        printi128(call, value: u32) {
            let value = i128::from_le_bytes(call.memory.array(value)?);
            call.context.print(&value.to_string());
            Ok(())
        }
        printui128(call, value: u32) {
            let value = u128::from_le_bytes(call.memory.array(value)?);
            call.context.print(&value.to_string());
            Ok(())
        }
        printsf(call, value: f32) {
            call.context.print(&scientific(value, 6, value.is_finite(), value.is_sign_negative()));
            Ok(())
        }
        printdf(call, value: f64) {
            call.context.print(&scientific(value, 15, value.is_finite(), value.is_sign_negative()));
            Ok(())
        }
        printqf(call, value: u32) {
            let bits = u128::from_le_bytes(call.memory.array(value)?);
            call.work(LONG_DOUBLE)?;
            call.context.print(&long_double(bits));
            Ok(())
        }
        printn(call, name: u64) {
            call.context.print(&Name::from_raw(name).to_string());
            Ok(())
        }
        printhex(call, data: u32, length: u32) {
            let mut text = String::with_capacity(length.min(1 << 20) as usize * 2);
            for byte in call.memory.read(data, length)? {
                let _ = write!(text, "{byte:02x}");
            }
            call.context.print(&text);
            call.bytes(length.saturating_mul(8));
            Ok(())
        }
    }
    Ok(())
}

/// A number as C++ writes it with the scientific flag.
fn scientific(
    value: impl LowerExp + PartialEq,
    digits: usize,
    finite: bool,
    minus: bool,
) -> String {
    if !finite {
        #[allow(clippy::eq_op)]
        let kind = if value == value { "inf" } else { "nan" };
        return format!("{}{kind}", if minus { "-" } else { "" });
    }
    let text = format!("{value:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{exponent:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_printed_as_by_cpp() {
        let text = |value: f64| scientific(value, 15, value.is_finite(), value.is_sign_negative());
        assert_eq!(text(1.5), "1.500000000000000e+00");
        assert_eq!(text(-2.5e-7), "-2.500000000000000e-07");
        assert_eq!(text(1e300), "1.000000000000000e+300");
        assert_eq!(text(f64::NEG_INFINITY), "-inf");
        assert_eq!(text(f64::NAN), "nan");
    }
}
