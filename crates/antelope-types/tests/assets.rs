//! Assets: text, arithmetic and the texts of CDT's assertions (`asset_tests.cpp`).

use std::cmp::Ordering;

use antelope_types::{Asset, AssetError, ExtendedAsset, Symbol, SymbolCode, asset, name, symbol};
use proptest::prelude::*;

const MAX: i64 = Asset::MAX_AMOUNT;

fn plain(amount: i64) -> Asset {
    Asset::from_raw(amount, symbol!("0,SYMBOLL"))
}

#[test]
fn texts_are_those_of_cdt() {
    for (amount, precision, text) in [
        (0, 0, "0 SYMBOLL"),
        (1, 0, "1 SYMBOLL"),
        (-1, 0, "-1 SYMBOLL"),
        (-1, 1, "-0.1 SYMBOLL"),
        (1, 1, "0.1 SYMBOLL"),
        (-12, 2, "-0.12 SYMBOLL"),
        (12, 1, "1.2 SYMBOLL"),
        (-123, 2, "-1.23 SYMBOLL"),
        (0, 18, "0.000000000000000000 SYMBOLL"),
        (-MAX, 0, "-4611686018427387903 SYMBOLL"),
        (MAX, 2, "46116860184273879.03 SYMBOLL"),
        (MAX, 18, "4.611686018427387903 SYMBOLL"),
    ] {
        let symbol = Symbol::new(SymbolCode::parse("SYMBOLL").unwrap(), precision);
        let asset = Asset::new(amount, symbol).unwrap();
        assert_eq!(asset.to_string(), text);
        assert_eq!(text.parse(), Ok(asset));
    }
}

#[test]
fn a_precision_beyond_18_is_written_in_full() {
    for precision in [19, 63, 64, 255u8] {
        let symbol = Symbol::new(SymbolCode::parse("SYMBOLL").unwrap(), precision);
        let expected = format!("-0.{:0>1$} SYMBOLL", 7, usize::from(precision));
        assert_eq!(Asset::from_raw(-7, symbol).to_string(), expected);
    }
}

#[test]
fn construction_is_that_of_cdt() {
    for raw in [0, 1, 16639, 6510615555426900736] {
        let error = Asset::new(0, Symbol::from_raw(raw)).unwrap_err();
        assert_eq!(error.text(), "invalid symbol name");
    }
    for amount in [MAX + 1, -MAX - 1, i64::MIN, i64::MAX] {
        let error = Asset::new(amount, Symbol::from_raw(0)).unwrap_err();
        assert_eq!(
            error.text(),
            "magnitude of asset amount must be less than 2^62"
        );
    }
}

#[test]
fn arithmetic_fails_with_the_texts_of_cdt() {
    let other = Asset::from_raw(1, symbol!("1,SYMBOLL"));
    for (result, text) in [
        (
            plain(1).checked_add(other),
            "attempt to add asset with different symbol",
        ),
        (plain(-MAX).checked_add(plain(-1)), "addition underflow"),
        (plain(MAX).checked_add(plain(1)), "addition overflow"),
        (
            plain(1).checked_sub(other),
            "attempt to subtract asset with different symbol",
        ),
        (plain(-MAX).checked_sub(plain(1)), "subtraction underflow"),
        (plain(MAX).checked_sub(plain(-1)), "subtraction overflow"),
        (plain(-MAX).checked_mul(2), "multiplication underflow"),
        (plain(MAX).checked_mul(2), "multiplication overflow"),
        (plain(1).checked_div(0), "divide by zero"),
        (plain(i64::MIN).checked_div(-1), "signed division overflow"),
    ] {
        assert_eq!(result.unwrap_err().text(), text);
    }
    assert_eq!(
        plain(1).checked_ratio(other).unwrap_err().text(),
        "attempt to divide assets with different symbol"
    );
    assert_eq!(
        plain(1).checked_cmp(other).unwrap_err().text(),
        "comparison of assets with different symbols is not allowed"
    );
}

#[test]
fn amounts_that_came_out_of_range_do_not_wrap() {
    for (result, error) in [
        (
            plain(i64::MAX).checked_add(plain(i64::MAX)),
            AssetError::AddOverflow,
        ),
        (
            plain(i64::MIN).checked_add(plain(i64::MIN)),
            AssetError::AddUnderflow,
        ),
        (
            plain(i64::MAX).checked_sub(plain(i64::MIN)),
            AssetError::SubOverflow,
        ),
        (
            plain(i64::MIN).checked_sub(plain(i64::MAX)),
            AssetError::SubUnderflow,
        ),
        (
            plain(i64::MIN).checked_mul(i64::MIN),
            AssetError::MulOverflow,
        ),
        (plain(i64::MIN).checked_neg(), AssetError::AmountOutOfRange),
    ] {
        assert_eq!(result, Err(error));
    }
}

#[test]
fn extended_assets_compare_their_contracts_first() {
    let here = ExtendedAsset {
        quantity: asset!("1.0000 EOS"),
        contract: name!("eosio.token"),
    };
    let there = ExtendedAsset {
        quantity: asset!("1.00 USD"),
        contract: name!("token"),
    };
    for result in [here.checked_add(there), here.checked_sub(there)] {
        assert_eq!(result.unwrap_err().text(), "type mismatch");
    }
    assert_eq!(here.checked_cmp(there), Err(AssetError::Contracts));
    assert_eq!(here.to_string(), "1.0000 EOS@eosio.token");
    assert_eq!("1.0000 EOS@eosio.token".parse(), Ok(here));
    assert_eq!(
        "1.0000 EOS".parse::<ExtendedAsset>(),
        Err(AssetError::BadContract)
    );
}

#[test]
fn text_that_is_no_asset_is_refused() {
    for (text, error) in [
        ("", AssetError::BadAmount),
        ("-", AssetError::BadAmount),
        ("- EOS", AssetError::BadAmount),
        ("EOS", AssetError::BadAmount),
        (" EOS", AssetError::BadAmount),
        (".5 EOS", AssetError::BadAmount),
        ("1. EOS", AssetError::BadAmount),
        ("1.2.3 EOS", AssetError::BadAmount),
        ("+1 EOS", AssetError::BadAmount),
        ("--1 EOS", AssetError::BadAmount),
        ("1e3 EOS", AssetError::BadAmount),
        ("1,5 EOS", AssetError::BadAmount),
        ("1.0000000000000000000 EOS", AssetError::BadAmount),
        ("1", AssetError::NoSpace),
        ("1POP", AssetError::NoSpace),
        ("1.0000EOS", AssetError::NoSpace),
        ("1.0000  EOS", AssetError::BadCode),
        ("1.0000 ", AssetError::BadCode),
        ("1.2 horse", AssetError::BadCode),
        ("1 ABCDEFGH", AssetError::BadCode),
        ("1 EOS ", AssetError::BadCode),
        ("4611686018427387904 EOS", AssetError::AmountOutOfRange),
        ("-4611686018427387904 EOS", AssetError::AmountOutOfRange),
        (
            "99999999999999999999999999 EOS",
            AssetError::AmountOutOfRange,
        ),
        ("18446744073709551616 EOS", AssetError::AmountOutOfRange),
    ] {
        assert_eq!(text.parse::<Asset>(), Err(error), "{text:?}");
    }
}

fn any_asset() -> impl Strategy<Value = Asset> {
    (-MAX..=MAX, 0u8..=18, "[A-Z]{1,7}").prop_map(|(amount, precision, code)| {
        Asset::from_raw(amount, Symbol::new(code.parse().unwrap(), precision))
    })
}

/// What 128-bit arithmetic says of a result that must be an amount.
fn exact(result: i128, over: AssetError, under: AssetError) -> Result<Asset, AssetError> {
    match result {
        result if result > MAX.into() => Err(over),
        result if result < (-MAX).into() => Err(under),
        result => Ok(plain(result as i64)),
    }
}

proptest! {
    #[test]
    fn text_and_back(asset in any_asset()) {
        prop_assert_eq!(asset.to_string().parse(), Ok(asset));
        assert_eq!(asset.write_str(&mut [0; Asset::MAX_TEXT]), asset.to_string());
    }

    #[test]
    fn arithmetic_is_exact_or_fails(a: i64, b: i64) {
        let (wide_a, wide_b) = (i128::from(a), i128::from(b));
        prop_assert_eq!(
            plain(a).checked_add(plain(b)),
            exact(wide_a + wide_b, AssetError::AddOverflow, AssetError::AddUnderflow)
        );
        prop_assert_eq!(
            plain(a).checked_sub(plain(b)),
            exact(wide_a - wide_b, AssetError::SubOverflow, AssetError::SubUnderflow)
        );
        prop_assert_eq!(
            plain(a).checked_mul(b),
            exact(wide_a * wide_b, AssetError::MulOverflow, AssetError::MulUnderflow)
        );
        prop_assert_eq!(plain(a).checked_cmp(plain(b)), Ok::<Ordering, _>(a.cmp(&b)));
        if let Ok(quotient) = plain(a).checked_div(b) {
            prop_assert_eq!(i128::from(quotient.amount), wide_a / wide_b);
        }
    }

    #[test]
    fn any_text_is_an_asset_or_an_error(text in "\\PC{0,40}") {
        if let Ok(asset) = text.parse::<Asset>() {
            prop_assert!(asset.is_valid());
        }
    }

    #[test]
    fn nearly_assets_are_assets_or_errors(text in "-?[0-9]{0,22}[. ]?[0-9]{0,20} ?[A-Z]{0,8}") {
        if let Ok(asset) = text.parse::<Asset>() {
            prop_assert!(asset.is_valid());
        }
    }
}
