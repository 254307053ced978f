//! Symbols of tokens: a code of capital letters and a number of decimals.
//!
//! Both the code and the symbol are numbers of 64 bits. The letters stand in bytes, the first in the
//! lowest; a symbol has the precision below them:
//!
//! | byte | 0 | 1 | 2 | 3 | 4 to 7 |
//! |---|---|---|---|---|---|
//! | `SymbolCode` of `RUB` | `R` | `U` | `B` | 0 | 0 |
//! | `Symbol` of `4,RUB` | 4 | `R` | `U` | `B` | 0 |

use crate::codec::Encoder;
use crate::error::error_text;
use crate::text::{decimal, display_text, fill};
use crate::{Decode, Encode, Name};
use core::str::FromStr;

/// One to seven capital letters, the first in the lowest byte; ABI type `symbol_code`.
///
/// Codes order by number, in which the last letter counts most, not by their texts: `BA` comes before
/// `AB`. The token contract keeps the statistics of a token in the scope of its code, and balances
/// under the code as their primary key.
///
/// ```
/// use antelope_types::SymbolCode;
/// let code: SymbolCode = "RUB".parse()?;
/// assert_eq!(code.raw(), u64::from_le_bytes(*b"RUB\0\0\0\0\0"));
/// assert_eq!(code.to_string(), "RUB");
/// # Ok::<(), antelope_types::SymbolError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct SymbolCode(u64);

/// A symbol code and the number of decimals of its amounts; ABI type `symbol`.
///
/// [`symbol!`](crate::symbol!) makes constants.
///
/// On the wire it is its number, 8 bytes little-endian; the text and the JSON are `4,RUB`. Two symbols
/// are equal only if precisions are, too.
///
/// ```
/// use antelope_types::{Symbol, symbol};
/// let rub: Symbol = "4,RUB".parse()?;
/// assert_eq!(rub, symbol!("4,RUB"));
/// assert_eq!((rub.precision(), rub.code().to_string().as_str()), (4, "RUB"));
/// # Ok::<(), antelope_types::SymbolError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Symbol(u64);

/// A symbol and the contract that keeps its tokens.
///
/// It takes 16 bytes, the symbol's and the name's; JSON is an object with the keys `sym` and `contract`.
///
/// ```
/// use antelope_types::{ExtendedAsset, ExtendedSymbol, name, symbol};
/// let asset: ExtendedAsset = "1.0000 EOS@eosio.token".parse()?;
/// let kind = ExtendedSymbol { sym: symbol!("4,EOS"), contract: name!("eosio.token") };
/// assert_eq!(asset.extended_symbol(), kind);
/// # Ok::<(), antelope_types::AssetError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExtendedSymbol {
    /// The symbol within the contract.
    pub sym: Symbol,
    /// The token contract.
    pub contract: Name,
}

/// Why text is not a symbol or a symbol code.
///
/// ```
/// use antelope_types::{Symbol, SymbolError};
/// assert_eq!(Symbol::parse("EOS"), Err(SymbolError::NoComma));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolError {
    /// The code has no letter.
    Empty,
    /// The code has more than seven letters.
    TooLong {
        /// How many bytes it has.
        len: usize,
    },
    /// The code has something other than `A`–`Z`.
    /// A lower-case letter is one of these.
    BadLetter {
        /// Where the last of them is in the code, counted from 0.
        at: usize,
    },
    /// There is no comma between the precision and the code.
    NoComma,
    /// The precision is not a number from 0 to 18.
    BadPrecision,
}

impl SymbolError {
    /// What was wrong, in the words of CDT where CDT has the check.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Empty => "creating symbol from empty string",
            Self::TooLong { .. } => "string is too long to be a valid symbol_code",
            Self::BadLetter { .. } => "only uppercase letters allowed in symbol_code string",
            Self::NoComma => "missing comma in symbol",
            Self::BadPrecision => "precision must be a number from 0 to 18",
        }
    }
}

error_text!(SymbolError);

impl SymbolCode {
    /// The most bytes a code's text has; seven for every valid one.
    pub const MAX_TEXT: usize = 8;

    /// The code of this number, valid or not.
    #[inline]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The number that stands on the wire and in keys of tables.
    #[inline]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Reads one to seven capital letters.
    ///
    /// # Errors
    /// [`SymbolError::Empty`], [`SymbolError::TooLong`], [`SymbolError::BadLetter`].
    pub const fn parse(text: &str) -> Result<Self, SymbolError> {
        Self::from_letters(text.as_bytes())
    }

    /// Reads a code from the bytes of a text, from the last letter to the first.
    pub(crate) const fn from_letters(letters: &[u8]) -> Result<Self, SymbolError> {
        let len = letters.len();
        if len == 0 {
            return Err(SymbolError::Empty);
        }
        if len > 7 {
            return Err(SymbolError::TooLong { len });
        }
        let mut rest = letters;
        let mut raw = 0u64;
        while let Some((&letter, before)) = rest.split_last() {
            if !letter.is_ascii_uppercase() {
                return Err(SymbolError::BadLetter { at: before.len() });
            }
            raw = raw << 8 | letter as u64;
            rest = before;
        }
        Ok(Self(raw))
    }

    /// Whether it is one to seven capital letters and nothing after them.
    ///
    /// ```
    /// use antelope_types::SymbolCode;
    /// assert!(SymbolCode::from_raw(0x42_55_52).is_valid()); // "RUB"
    /// assert!(!SymbolCode::from_raw(0).is_valid());
    /// assert!(!SymbolCode::from_raw(0x42_00_52).is_valid()); // a gap
    /// ```
    pub const fn is_valid(self) -> bool {
        let mut rest = self.0;
        if rest == 0 || rest >> 56 != 0 {
            return false;
        }
        while rest != 0 {
            if !(rest as u8).is_ascii_uppercase() {
                return false;
            }
            rest >>= 8;
        }
        true
    }

    /// The number of bytes before the first zero byte.
    pub const fn len(self) -> usize {
        let mut len = 0;
        while len < 8 && (self.0 >> (8 * len)) & 0xff != 0 {
            len += 1;
        }
        len
    }

    /// Whether there is no letter at all.
    pub const fn is_empty(self) -> bool {
        self.0 & 0xff == 0
    }

    /// Writes the text into `buffer`, for code that must not reach `core::fmt`.
    pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
        fill(buffer, |out| self.write_text(out))
    }

    pub(crate) fn write_text(self, out: &mut Encoder<'_>) {
        let letters = self.0.to_le_bytes();
        out.write(letters.get(..self.len()).unwrap_or_default());
    }
}

impl Symbol {
    /// The most decimals of a symbol.
    ///
    /// Nodes refuse symbols with more when they read them from text; on the wire any byte can stand here.
    pub const MAX_PRECISION: u8 = 18;

    /// The most bytes a symbol's text has.
    ///
    /// That is a precision of three digits, a comma and eight bytes of a code.
    pub const MAX_TEXT: usize = 12;

    /// A symbol of a code and a number of decimals, valid or not.
    #[inline]
    pub const fn new(code: SymbolCode, precision: u8) -> Self {
        Self(code.0 << 8 | precision as u64)
    }

    /// The symbol of this number, valid or not.
    #[inline]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The number that stands on the wire.
    #[inline]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Its code.
    #[inline]
    pub const fn code(self) -> SymbolCode {
        SymbolCode(self.0 >> 8)
    }

    /// How many decimals its amounts have.
    #[inline]
    pub const fn precision(self) -> u8 {
        self.0 as u8
    }

    /// Whether its code is valid; as in CDT, nothing is said of the precision.
    pub const fn is_valid(self) -> bool {
        self.code().is_valid()
    }

    /// Reads `precision,CODE`.
    ///
    /// # Errors
    /// [`SymbolError::NoComma`], [`SymbolError::BadPrecision`], and those of
    /// [`SymbolCode::parse`].
    ///
    /// ```
    /// use antelope_types::{Symbol, SymbolError};
    /// assert_eq!(Symbol::parse("4,RUB").map(|it| it.precision()), Ok(4));
    /// assert_eq!(Symbol::parse("19,RUB"), Err(SymbolError::BadPrecision));
    /// ```
    pub const fn parse(text: &str) -> Result<Self, SymbolError> {
        let mut rest = text.as_bytes();
        let mut precision = 0;
        let mut digits = 0;
        while let Some((&character, tail)) = rest.split_first() {
            rest = tail;
            match character {
                b',' if digits == 0 => return Err(SymbolError::BadPrecision),
                b',' => {
                    return match SymbolCode::from_letters(rest) {
                        Ok(code) => Ok(Self::new(code, precision)),
                        Err(error) => Err(error),
                    };
                }
                b'0'..=b'9' if digits < 2 => {
                    precision = precision * 10 + (character - b'0');
                    digits += 1;
                }
                b'0'..=b'9' => return Err(SymbolError::BadPrecision),
                _ => break,
            }
            if precision > Self::MAX_PRECISION {
                return Err(SymbolError::BadPrecision);
            }
        }
        Err(SymbolError::NoComma)
    }

    /// Writes the text into `buffer`, for code that must not reach `core::fmt`.
    pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
        fill(buffer, |out| {
            decimal(self.precision().into(), 1, out);
            out.write(b",");
            self.code().write_text(out);
        })
    }
}

display_text!(SymbolCode);
display_text!(Symbol);

impl FromStr for SymbolCode {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        Self::parse(text)
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        Self::parse(text)
    }
}

impl From<SymbolCode> for u64 {
    fn from(code: SymbolCode) -> u64 {
        code.0
    }
}

impl From<Symbol> for u64 {
    fn from(symbol: Symbol) -> u64 {
        symbol.0
    }
}
