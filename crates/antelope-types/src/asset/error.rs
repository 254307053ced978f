//! What can be wrong with assets, in the words of CDT.

use crate::error::error_text;

/// Why assets cannot be computed with, or text is not an asset; one byte.
///
/// The errors of arithmetic are those that CDT's `asset` asserts, each with the text of its assertion,
/// so that tests of a contract can expect the text. Only the last four, for reading text, are
/// this crate's own.
///
/// ```
/// use antelope_types::{AssetError, asset};
/// let error = asset!("1.0000 EOS").checked_mul(i64::MAX).unwrap_err();
/// assert_eq!(error, AssetError::MulOverflow);
/// assert_eq!(error.text(), "multiplication overflow");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetError {
    /// An amount beyond ±(2⁶² − 1).
    AmountOutOfRange,
    /// The symbol's code is not one to seven capital letters.
    InvalidSymbol,
    /// Symbols differ in an addition.
    AddSymbols,
    /// A sum above 2⁶² − 1.
    AddOverflow,
    /// A sum below −(2⁶² − 1).
    AddUnderflow,
    /// Symbols differ in a subtraction.
    SubSymbols,
    /// A difference above 2⁶² − 1.
    SubOverflow,
    /// A difference below −(2⁶² − 1).
    SubUnderflow,
    /// A product above 2⁶² − 1.
    MulOverflow,
    /// A product below −(2⁶² − 1).
    MulUnderflow,
    /// A division by zero.
    DivideByZero,
    /// A quotient beyond 64 bits.
    /// It takes the amount −2⁶³ divided by −1, and so never arises between valid assets.
    DivideOverflow,
    /// Symbols differ in a division of assets.
    DivideSymbols,
    /// Symbols differ in a comparison.
    CompareSymbols,
    /// Contracts differ in an operation on extended assets.
    ///
    /// CDT gives no reason but `type mismatch`.
    Contracts,
    /// Text without an amount of digits, a decimal point with decimals after it, at most 18.
    BadAmount,
    /// Text without exactly one space between the amount and the code.
    NoSpace,
    /// Text whose code is not one to seven capital letters.
    BadCode,
    /// Text of an extended asset without `@` and a contract's name.
    BadContract,
}

impl AssetError {
    /// What was wrong: the text of CDT's assertion where CDT has one.
    pub const fn text(self) -> &'static str {
        match self {
            Self::AmountOutOfRange => "magnitude of asset amount must be less than 2^62",
            Self::InvalidSymbol => "invalid symbol name",
            Self::AddSymbols => "attempt to add asset with different symbol",
            Self::AddOverflow => "addition overflow",
            Self::AddUnderflow => "addition underflow",
            Self::SubSymbols => "attempt to subtract asset with different symbol",
            Self::SubOverflow => "subtraction overflow",
            Self::SubUnderflow => "subtraction underflow",
            Self::MulOverflow => "multiplication overflow",
            Self::MulUnderflow => "multiplication underflow",
            Self::DivideByZero => "divide by zero",
            Self::DivideOverflow => "signed division overflow",
            Self::DivideSymbols => "attempt to divide assets with different symbol",
            Self::CompareSymbols => "comparison of assets with different symbols is not allowed",
            Self::Contracts => "type mismatch",
            Self::BadAmount => "asset amount must be digits with at most 18 decimals",
            Self::NoSpace => "asset must have one space between its amount and its symbol",
            Self::BadCode => "asset symbol must be one to seven capital letters",
            Self::BadContract => "extended asset must end with @ and a contract",
        }
    }
}

error_text!(AssetError);
