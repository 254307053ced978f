//! `+`, `-`, `*`, `/` and `-` of assets for contracts: what cannot be computed fails the action.
//!
//! Feature `contract`. The texts are CDT's. On a chain the host takes the text; elsewhere, where a
//! contract's code runs in a test, the operators panic with it.
//!
//! ```
//! use antelope_types::{Asset, asset};
//! let mut total = asset!("1.00 USD") + asset!("0.50 USD") * 3;
//! total -= asset!("0.50 USD");
//! assert_eq!(total, asset!("2.00 USD"));
//! assert_eq!(total / asset!("0.30 USD"), 6);
//! ```
//!
//! ```should_panic
//! use antelope_types::asset;
//! let _ = asset!("1.00 USD") + asset!("1.0000 EOS"); // attempt to add asset with different symbol
//! ```

use crate::{Asset, AssetError, ExtendedAsset};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// The value, or a failed action; only the texts of the operation's own errors get into a contract.
macro_rules! or_fail {
    ($result:expr; $last:ident $(, $error:ident)*) => {
        match $result {
            Ok(value) => value,
            $(Err(AssetError::$error) => host::fail(const { AssetError::$error.text() }),)*
            Err(_) => host::fail(const { AssetError::$last.text() }),
        }
    };
}

impl Add for Asset {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        or_fail!(self.checked_add(other); AddOverflow, AddSymbols, AddUnderflow)
    }
}

impl Sub for Asset {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        or_fail!(self.checked_sub(other); SubUnderflow, SubSymbols, SubOverflow)
    }
}

impl Mul<i64> for Asset {
    type Output = Self;

    #[inline]
    fn mul(self, factor: i64) -> Self {
        or_fail!(self.checked_mul(factor); MulOverflow, MulUnderflow)
    }
}

impl Mul<Asset> for i64 {
    type Output = Asset;

    #[inline]
    fn mul(self, asset: Asset) -> Asset {
        asset * self
    }
}

impl Div<i64> for Asset {
    type Output = Self;

    #[inline]
    fn div(self, divisor: i64) -> Self {
        or_fail!(self.checked_div(divisor); DivideOverflow, DivideByZero)
    }
}

/// How many times the other asset goes into this one.
impl Div for Asset {
    type Output = i64;

    #[inline]
    fn div(self, other: Self) -> i64 {
        or_fail!(self.checked_ratio(other); DivideOverflow, DivideByZero, DivideSymbols)
    }
}

impl Neg for Asset {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        or_fail!(self.checked_neg(); AmountOutOfRange)
    }
}

macro_rules! assign {
    ($($operator:ident::$method:ident($other:ty) = $sign:tt),+) => {$(
        impl $operator<$other> for Asset {
            #[inline]
            fn $method(&mut self, other: $other) {
                *self = *self $sign other;
            }
        }
    )+};
}

assign! {
    AddAssign::add_assign(Asset) = +,
    SubAssign::sub_assign(Asset) = -,
    MulAssign::mul_assign(i64) = *,
    DivAssign::div_assign(i64) = /
}

impl ExtendedAsset {
    /// Both quantities, if they are of one contract.
    ///
    /// Otherwise the action fails with `type mismatch`, as in CDT.
    #[inline]
    fn of_one_contract(self, other: Self) -> (Asset, Asset) {
        if self.contract != other.contract {
            host::fail(const { AssetError::Contracts.text() });
        }
        (self.quantity, other.quantity)
    }
}

impl Add for ExtendedAsset {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let (left, right) = self.of_one_contract(other);
        Self {
            quantity: left + right,
            contract: self.contract,
        }
    }
}

impl Sub for ExtendedAsset {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        let (left, right) = self.of_one_contract(other);
        Self {
            quantity: left - right,
            contract: self.contract,
        }
    }
}

/// Failing an action, from a crate below the SDK.
mod host {
    /// Fails the action by the host function `eosio_assert_message`, which takes the text by its length.
    #[cfg(target_os = "none")]
    #[allow(unsafe_code)]
    #[cold]
    #[inline(never)]
    pub(super) fn fail(text: &str) -> ! {
        #[link(wasm_import_module = "env")]
        unsafe extern "C" {
            fn eosio_assert_message(condition: u32, text: *const u8, len: usize);
        }
        // SAFETY: the pointer and the length are those of a text that outlives the call, which does
        // not return.
        unsafe { eosio_assert_message(0, text.as_ptr(), text.len()) };
        core::arch::wasm32::unreachable()
    }

    /// Panics with the text, which a test of contract code can expect.
    #[cfg(not(target_os = "none"))]
    #[cold]
    pub(super) fn fail(text: &str) -> ! {
        panic!("{text}")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Asset, ExtendedAsset, asset, name};

    fn text<T: core::fmt::Debug>(
        operation: impl FnOnce() -> T + std::panic::UnwindSafe,
    ) -> std::string::String {
        let panic = std::panic::catch_unwind(operation).expect_err("must fail");
        *panic.downcast().expect("a text")
    }

    #[test]
    fn operators_compute() {
        let mut sum = asset!("1.50 EUR") + asset!("0.50 EUR");
        sum -= asset!("3.00 EUR");
        assert_eq!(sum, asset!("-1.00 EUR"));
        assert_eq!(-sum * 7 / 2, asset!("3.50 EUR"));
        assert_eq!(2 * sum, asset!("-2.00 EUR"));
        assert_eq!(asset!("7.00 EUR") / asset!("2.00 EUR"), 3);
    }

    #[test]
    fn failures_are_cdts() {
        let (one, other) = (asset!("1.00 EUR"), asset!("1.00 USD"));
        let most = Asset::from_raw(Asset::MAX_AMOUNT, one.symbol);
        assert_eq!(
            text(|| one + other),
            "attempt to add asset with different symbol"
        );
        assert_eq!(text(|| most + one), "addition overflow");
        assert_eq!(text(|| -most + -one), "addition underflow");
        assert_eq!(
            text(|| one - other),
            "attempt to subtract asset with different symbol"
        );
        assert_eq!(text(|| -most - one), "subtraction underflow");
        assert_eq!(text(|| most - -one), "subtraction overflow");
        assert_eq!(text(|| most * 2), "multiplication overflow");
        assert_eq!(text(|| most * -2), "multiplication underflow");
        assert_eq!(text(|| one / 0), "divide by zero");
        assert_eq!(
            text(|| one / other),
            "attempt to divide assets with different symbol"
        );
        let of = |contract| ExtendedAsset {
            quantity: asset!("1.00 EUR"),
            contract,
        };
        assert_eq!(
            text(move || of(name!("a")) + of(name!("b"))),
            "type mismatch"
        );
    }
}
