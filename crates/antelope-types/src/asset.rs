//! Amounts of tokens, with arithmetic that cannot go wrong silently.
//!
//! The operations mirror `asset.hpp` of CDT, bounds and error texts included: a contract in Rust and
//! one in C++ fail with the same words. The methods here return the error; the operators, which fail
//! the action instead, are in the feature `contract`.

mod error;
mod extended;

pub use error::AssetError;
pub use extended::ExtendedAsset;

use crate::codec::Encoder;
use crate::text::{decimal, display_text, fill};
use crate::{Decode, Encode, Symbol, SymbolCode};
use core::cmp::Ordering;
use core::str::FromStr;

/// An amount in the smallest units of a symbol; ABI type `asset`.
///
/// `==` compares both fields. There is no `<`: assets of different symbols have no order, so
/// comparing goes through [`checked_cmp`](Self::checked_cmp). [`asset!`](crate::asset!) makes
/// constants.
///
/// It takes 16 bytes: the amount, then the number of the symbol, both 8 bytes little-endian. In JSON
/// it is its text. Decoding checks neither the amount nor the symbol, because rows of tables may hold
/// anything; ask [`is_valid`](Self::is_valid) before trusting an argument of an action.
///
/// ```
/// use antelope_types::{Asset, AssetError, asset};
///
/// let price: Asset = "1.0000 EOS".parse()?;
/// assert_eq!(price, asset!("1.0000 EOS"));
/// assert_eq!(price.amount, 10_000);
/// assert_eq!(price.checked_add(asset!("0.5000 EOS"))?.to_string(), "1.5000 EOS");
///
/// let error = price.checked_add(asset!("0.50 USD")).unwrap_err();
/// assert_eq!(error.text(), "attempt to add asset with different symbol");
/// # Ok::<(), AssetError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Asset {
    /// The amount in units of the last decimal, from −(2⁶² − 1) to 2⁶² − 1 in a valid asset.
    ///
    /// `1.0000 EOS` has the amount 10 000.
    pub amount: i64,
    /// The symbol, which holds the number of decimals.
    pub symbol: Symbol,
}

impl Asset {
    /// The largest amount: 2⁶² − 1.
    ///
    /// The range leaves one bit free, so that the sum of two valid amounts fits in 64 bits before it is
    /// checked.
    pub const MAX_AMOUNT: i64 = (1 << 62) - 1;

    /// The most bytes an asset's text has, with any precision a byte can hold.
    ///
    /// That is a sign, 256 digits of a precision of 255, a point, a space and eight bytes of a code.
    pub const MAX_TEXT: usize = 1 + 256 + 1 + 1 + 8;

    /// An asset as it stands, valid or not.
    ///
    /// For values that were checked elsewhere, and to look at what a table holds.
    #[inline]
    pub const fn from_raw(amount: i64, symbol: Symbol) -> Self {
        Self { amount, symbol }
    }

    /// An asset in the range of amounts and with a valid symbol.
    ///
    /// # Errors
    /// [`AssetError::AmountOutOfRange`], [`AssetError::InvalidSymbol`]; in this order, as in CDT.
    ///
    /// ```
    /// use antelope_types::{Asset, AssetError, symbol};
    /// assert!(Asset::new(10_000, symbol!("4,EOS")).is_ok());
    /// assert_eq!(Asset::new(i64::MAX, symbol!("4,EOS")), Err(AssetError::AmountOutOfRange));
    /// ```
    pub const fn new(amount: i64, symbol: Symbol) -> Result<Self, AssetError> {
        let asset = Self { amount, symbol };
        if !asset.is_amount_within_range() {
            return Err(AssetError::AmountOutOfRange);
        }
        if !symbol.is_valid() {
            return Err(AssetError::InvalidSymbol);
        }
        Ok(asset)
    }

    /// An amount of zero, such as `0.0000 EOS`. The symbol is not checked.
    #[inline]
    pub const fn zero(symbol: Symbol) -> Self {
        Self { amount: 0, symbol }
    }

    /// Whether the amount is from −(2⁶² − 1) to 2⁶² − 1.
    #[inline]
    pub const fn is_amount_within_range(self) -> bool {
        -Self::MAX_AMOUNT <= self.amount && self.amount <= Self::MAX_AMOUNT
    }

    /// Whether the amount is in range and the symbol is valid.
    ///
    /// Transfers of the usual token contract refuse what is not, with `invalid quantity`.
    pub const fn is_valid(self) -> bool {
        self.is_amount_within_range() && self.symbol.is_valid()
    }

    /// The sum, for equal symbols.
    ///
    /// # Errors
    /// [`AssetError::AddSymbols`], [`AssetError::AddOverflow`], [`AssetError::AddUnderflow`].
    ///
    /// ```
    /// use antelope_types::asset;
    /// let sum = asset!("1.50 USD").checked_add(asset!("0.75 USD"));
    /// assert_eq!(sum, Ok(asset!("2.25 USD")));
    /// ```
    pub const fn checked_add(self, other: Self) -> Result<Self, AssetError> {
        if self.symbol.raw() != other.symbol.raw() {
            return Err(AssetError::AddSymbols);
        }
        let below = other.amount < 0;
        match self.amount.checked_add(other.amount) {
            Some(sum) if sum > Self::MAX_AMOUNT => Err(AssetError::AddOverflow),
            Some(sum) if sum < -Self::MAX_AMOUNT => Err(AssetError::AddUnderflow),
            Some(sum) => Ok(Self::from_raw(sum, self.symbol)),
            None if below => Err(AssetError::AddUnderflow),
            None => Err(AssetError::AddOverflow),
        }
    }

    /// The difference, for equal symbols; it may be below zero.
    ///
    /// # Errors
    /// [`AssetError::SubSymbols`], [`AssetError::SubOverflow`], [`AssetError::SubUnderflow`].
    ///
    /// ```
    /// use antelope_types::asset;
    /// let rest = asset!("0.50 USD").checked_sub(asset!("0.75 USD"));
    /// assert_eq!(rest, Ok(asset!("-0.25 USD")));
    /// ```
    pub const fn checked_sub(self, other: Self) -> Result<Self, AssetError> {
        if self.symbol.raw() != other.symbol.raw() {
            return Err(AssetError::SubSymbols);
        }
        let above = other.amount < 0;
        match self.amount.checked_sub(other.amount) {
            Some(rest) if rest > Self::MAX_AMOUNT => Err(AssetError::SubOverflow),
            Some(rest) if rest < -Self::MAX_AMOUNT => Err(AssetError::SubUnderflow),
            Some(rest) => Ok(Self::from_raw(rest, self.symbol)),
            None if above => Err(AssetError::SubOverflow),
            None => Err(AssetError::SubUnderflow),
        }
    }

    /// The product with a number.
    ///
    /// # Errors
    /// [`AssetError::MulOverflow`], [`AssetError::MulUnderflow`].
    ///
    /// ```
    /// use antelope_types::asset;
    /// assert_eq!(asset!("1.50 USD").checked_mul(-3), Ok(asset!("-4.50 USD")));
    /// ```
    pub const fn checked_mul(self, factor: i64) -> Result<Self, AssetError> {
        let product = self.amount as i128 * factor as i128;
        if product > Self::MAX_AMOUNT as i128 {
            return Err(AssetError::MulOverflow);
        }
        if product < -Self::MAX_AMOUNT as i128 {
            return Err(AssetError::MulUnderflow);
        }
        Ok(Self::from_raw(product as i64, self.symbol))
    }

    /// The quotient by a number, rounded towards zero.
    ///
    /// # Errors
    /// [`AssetError::DivideByZero`]; [`AssetError::DivideOverflow`] for the amount −2⁶³ by −1.
    /// The result is not compared with the range of amounts: it is never further from zero than the asset.
    ///
    /// ```
    /// use antelope_types::asset;
    /// assert_eq!(asset!("1.00 USD").checked_div(3), Ok(asset!("0.33 USD")));
    /// assert_eq!(asset!("-1.00 USD").checked_div(3), Ok(asset!("-0.33 USD")));
    /// ```
    pub const fn checked_div(self, divisor: i64) -> Result<Self, AssetError> {
        if divisor == 0 {
            return Err(AssetError::DivideByZero);
        }
        match self.amount.checked_div(divisor) {
            Some(quotient) => Ok(Self::from_raw(quotient, self.symbol)),
            None => Err(AssetError::DivideOverflow),
        }
    }

    /// How many times `other` goes into the asset, for equal symbols, rounded towards zero.
    ///
    /// # Errors
    /// [`AssetError::DivideByZero`], [`AssetError::DivideSymbols`], and
    /// [`AssetError::DivideOverflow`] for the amount −2⁶³ by −1.
    ///
    /// The result is a plain number without a symbol. A divisor of zero is noticed before symbols that
    /// differ, as in CDT.
    ///
    /// ```
    /// use antelope_types::asset;
    /// assert_eq!(asset!("1.00 USD").checked_ratio(asset!("0.30 USD")), Ok(3));
    /// ```
    pub const fn checked_ratio(self, other: Self) -> Result<i64, AssetError> {
        if other.amount == 0 {
            return Err(AssetError::DivideByZero);
        }
        if self.symbol.raw() != other.symbol.raw() {
            return Err(AssetError::DivideSymbols);
        }
        match self.amount.checked_div(other.amount) {
            Some(ratio) => Ok(ratio),
            None => Err(AssetError::DivideOverflow),
        }
    }

    /// The asset with the other sign.
    ///
    /// # Errors
    /// [`AssetError::AmountOutOfRange`] for the amount −2⁶³, which no valid asset has.
    pub const fn checked_neg(self) -> Result<Self, AssetError> {
        match self.amount.checked_neg() {
            Some(amount) => Ok(Self::from_raw(amount, self.symbol)),
            None => Err(AssetError::AmountOutOfRange),
        }
    }

    /// The order of the amounts, for equal symbols.
    ///
    /// # Errors
    /// [`AssetError::CompareSymbols`].
    ///
    /// Symbols must agree in the precision, too: `1.0 USD` and `1.00 USD` are of different symbols.
    ///
    /// ```
    /// use antelope_types::asset;
    /// let ordering = asset!("1.00 USD").checked_cmp(asset!("2.00 USD"));
    /// assert_eq!(ordering, Ok(std::cmp::Ordering::Less));
    /// ```
    pub fn checked_cmp(self, other: Self) -> Result<Ordering, AssetError> {
        if self.symbol != other.symbol {
            return Err(AssetError::CompareSymbols);
        }
        Ok(self.amount.cmp(&other.amount))
    }

    /// Reads an amount, a space and a code: `1.0000 EOS`, `-5 TOKEN`.
    ///
    /// The number of decimals is the precision of the symbol. There is one text for each asset but
    /// for zeros before the amount: no sign `+`, no other spaces, digits before the point.
    ///
    /// # Errors
    /// [`AssetError::BadAmount`], [`AssetError::NoSpace`], [`AssetError::BadCode`],
    /// [`AssetError::AmountOutOfRange`].
    ///
    /// ```
    /// use antelope_types::{Asset, AssetError, asset};
    /// assert_eq!(Asset::parse("001.50 USD"), Ok(asset!("1.50 USD")));
    /// assert_eq!(Asset::parse("1. USD"), Err(AssetError::BadAmount));
    /// assert_eq!(Asset::parse("1.50USD"), Err(AssetError::NoSpace));
    /// assert_eq!(Asset::parse("1.50 usd"), Err(AssetError::BadCode));
    /// ```
    pub const fn parse(text: &str) -> Result<Self, AssetError> {
        let mut rest = text.as_bytes();
        let negative = matches!(rest.first(), Some(b'-'));
        if negative && let Some((_, tail)) = rest.split_first() {
            rest = tail;
        }
        let mut magnitude = 0u64;
        let mut digits = false;
        let mut decimals = None;
        while let Some((&character, tail)) = rest.split_first() {
            rest = tail;
            match (character, decimals) {
                (b'0'..=b'9', _) => {
                    magnitude = match magnitude.checked_mul(10) {
                        Some(tens) => tens.saturating_add((character - b'0') as u64),
                        None => return Err(AssetError::AmountOutOfRange),
                    };
                    digits = true;
                    if let Some(count) = decimals {
                        if count >= Symbol::MAX_PRECISION {
                            return Err(AssetError::BadAmount);
                        }
                        decimals = Some(count + 1);
                    }
                }
                (b'.', None) if digits => decimals = Some(0),
                (b' ', Some(0)) => return Err(AssetError::BadAmount),
                (b' ', _) if digits => {
                    let precision = match decimals {
                        Some(count) => count,
                        None => 0,
                    };
                    let code = match SymbolCode::from_letters(rest) {
                        Ok(code) => code,
                        Err(_) => return Err(AssetError::BadCode),
                    };
                    if magnitude > Self::MAX_AMOUNT as u64 {
                        return Err(AssetError::AmountOutOfRange);
                    }
                    let amount = magnitude as i64;
                    return Ok(Self {
                        amount: if negative { -amount } else { amount },
                        symbol: Symbol::new(code, precision),
                    });
                }
                (b'A'..=b'Z', _) if digits => return Err(AssetError::NoSpace),
                _ => return Err(AssetError::BadAmount),
            }
        }
        Err(if digits {
            AssetError::NoSpace
        } else {
            AssetError::BadAmount
        })
    }

    /// Writes the text into `buffer`, for code that must not reach `core::fmt`.
    ///
    /// ```
    /// use antelope_types::{Asset, asset};
    /// assert_eq!(asset!("-0.05 USD").write_str(&mut [0; Asset::MAX_TEXT]), "-0.05 USD");
    /// ```
    pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
        fill(buffer, |out| self.write_text(out))
    }

    /// Writes a sign, the digits with at least one before the point, the decimals and the code. A symbol
    /// without a code ends the text with the space, as nodes write default values of rows.
    pub(super) fn write_text(self, out: &mut Encoder<'_>) {
        let precision = usize::from(self.symbol.precision());
        if self.amount < 0 {
            out.write(b"-");
        }
        let mut digits = [0; 256];
        let digits = fill(&mut digits, |out| {
            decimal(self.amount.unsigned_abs(), precision + 1, out);
        })
        .as_bytes();
        let (whole, decimals) = digits
            .split_at_checked(digits.len().saturating_sub(precision))
            .unwrap_or_default();
        out.write(whole);
        if precision > 0 {
            out.write(b".");
            out.write(decimals);
        }
        out.write(b" ");
        self.symbol.code().write_text(out);
    }
}

display_text!(Asset);

impl FromStr for Asset {
    type Err = AssetError;

    fn from_str(text: &str) -> Result<Self, AssetError> {
        Self::parse(text)
    }
}
