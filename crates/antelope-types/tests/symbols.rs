//! Symbols and their codes, with the vectors of CDT's `symbol_tests.cpp`.

use antelope_types::{Symbol, SymbolCode, SymbolError};
use proptest::prelude::*;

#[test]
fn numbers_are_those_of_cdt() {
    for (text, raw) in [
        ("A", 65),
        ("Z", 90),
        ("AAAAAAA", 18367622009667905),
        ("ZZZZZZZ", 25432092013386330),
    ] {
        let code: SymbolCode = text.parse().unwrap();
        assert_eq!((code.raw(), code.len()), (raw, text.len()));
        assert!(code.is_valid());
        assert_eq!(code.to_string(), text);
    }
    for (text, raw) in [
        ("0,A", 16640),
        ("0,Z", 23040),
        ("0,AAAAAAA", 4702111234474983680),
        ("0,ZZZZZZZ", 6510615555426900480),
        ("4,FOO", 0x4f_4f_46_04),
        ("18,FOO", 0x4f_4f_46_12),
    ] {
        let symbol: Symbol = text.parse().unwrap();
        assert_eq!(symbol.raw(), raw, "{text}");
        assert_eq!(symbol.to_string(), text);
    }
}

#[test]
fn mistakes_say_what_was_wrong() {
    for (text, error) in [
        ("", SymbolError::Empty),
        ("ABCDEFGH", SymbolError::TooLong { len: 8 }),
        ("ABc", SymbolError::BadLetter { at: 2 }),
        ("A B", SymbolError::BadLetter { at: 1 }),
    ] {
        assert_eq!(text.parse::<SymbolCode>(), Err(error), "{text}");
    }
    for (text, error) in [
        ("", SymbolError::NoComma),
        ("4", SymbolError::NoComma),
        ("RUB", SymbolError::NoComma),
        ("4 RUB", SymbolError::NoComma),
        (",RUB", SymbolError::BadPrecision),
        ("19,RUB", SymbolError::BadPrecision),
        ("004,RUB", SymbolError::BadPrecision),
        ("4,", SymbolError::Empty),
        ("4,rub", SymbolError::BadLetter { at: 2 }),
    ] {
        assert_eq!(text.parse::<Symbol>(), Err(error), "{text}");
    }
}

#[test]
fn validity_is_that_of_cdt() {
    for raw in [0, 1, 0x41_00_41, 0x61, u64::MAX, 0x41_41_41_41_41_41_41_41] {
        assert!(!SymbolCode::from_raw(raw).is_valid(), "{raw:#x}");
    }
    for raw in [16639, 6510615555426900736] {
        assert!(!Symbol::from_raw(raw).is_valid(), "{raw:#x}");
    }
}

proptest! {
    #[test]
    fn text_and_back(precision in 0u8..=18, code in "[A-Z]{1,7}") {
        let symbol = Symbol::new(code.parse().unwrap(), precision);
        prop_assert!(symbol.is_valid());
        prop_assert_eq!(symbol.to_string().parse(), Ok(symbol));
    }

    #[test]
    fn every_number_has_a_text(raw: u64) {
        let symbol = Symbol::from_raw(raw);
        if symbol.is_valid() && symbol.precision() <= 18 {
            prop_assert_eq!(symbol.to_string().parse(), Ok(symbol));
        }
        assert_eq!(symbol.write_str(&mut [0; 12]), symbol.to_string());
    }
}
