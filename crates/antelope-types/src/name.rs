//! Names of accounts, actions, tables and permissions.

use crate::codec::Encoder;
use crate::error::error_text;
use crate::text::{display_text, fill};
use crate::{Decode, Encode};
use core::str::FromStr;

/// Up to thirteen characters in 64 bits: `.`, `1`–`5`, `a`–`z`, the thirteenth only up to `j`.
///
/// Names order as their text does; [`name!`](crate::name!) makes constants.
///
/// ```
/// use antelope_types::{Name, name};
///
/// let token: Name = "eosio.token".parse()?;
/// assert_eq!(token, name!("eosio.token"));
/// assert_eq!(token.raw(), 6138663591592764928);
/// assert_eq!(token.to_string(), "eosio.token");
/// assert_eq!((token.prefix(), token.suffix()), (name!("eosio"), name!("token")));
/// # Ok::<(), antelope_types::NameError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Name(u64);

/// Why text is not a name.
///
/// ```
/// use antelope_types::{Name, NameError};
/// assert_eq!(Name::parse("bob_"), Err(NameError::BadCharacter { at: 3 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameError {
    /// More than thirteen characters.
    TooLong {
        /// How many bytes there are.
        len: usize,
    },
    /// A character outside `.12345abcdefghijklmnopqrstuvwxyz`.
    BadCharacter {
        /// Where it is, counted from 0.
        at: usize,
    },
    /// The thirteenth character comes after `j`.
    BadThirteenth,
    /// The text ends with a dot, which its number does not keep.
    TrailingDot,
}

impl NameError {
    /// What was wrong, in the words of CDT where CDT has the check.
    pub const fn text(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "string is too long to be a valid name",
            Self::BadCharacter { .. } => "character is not in allowed character set for names",
            Self::BadThirteenth => {
                "thirteenth character in name cannot be a letter that comes after j"
            }
            Self::TrailingDot => "name ends with a dot",
        }
    }
}

error_text!(NameError);

const ALPHABET: [u8; 32] = *b".12345abcdefghijklmnopqrstuvwxyz";

impl Name {
    /// The empty name, whose number is 0.
    pub const EMPTY: Self = Self(0);

    /// The most bytes a name's text has.
    pub const MAX_TEXT: usize = 13;

    /// The name of this number; every number is a name.
    #[inline]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The number that stands on the wire and in keys of tables.
    #[inline]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Whether this is the empty name.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Reads a name; only the one text that [`Display`](core::fmt::Display) gives for it is taken.
    ///
    /// # Errors
    /// [`NameError`]; a dot at the end is an error here and in nodeos, and dropped by CDT.
    ///
    /// ```
    /// use antelope_types::{Name, NameError};
    /// const ALICE: Result<Name, NameError> = Name::parse("alice");
    /// assert_eq!(ALICE.map(Name::raw), Ok(3773036822876127232));
    /// assert_eq!(Name::parse("alice."), Err(NameError::TrailingDot));
    /// ```
    pub const fn parse(text: &str) -> Result<Self, NameError> {
        let mut rest = text.as_bytes();
        let len = rest.len();
        if len > Self::MAX_TEXT {
            return Err(NameError::TooLong { len });
        }
        let mut raw = 0u64;
        let mut last = 0;
        while let Some((&character, tail)) = rest.split_first() {
            let at = len.wrapping_sub(rest.len());
            let value = match character {
                b'.' => 0,
                // Neither wraps in its range, but the compiler does not see it and would check.
                b'1'..=b'5' => character.wrapping_sub(b'1' - 1),
                b'a'..=b'z' => character.wrapping_sub(b'a' - 6),
                _ => return Err(NameError::BadCharacter { at }),
            };
            if at < 12 {
                raw |= (value as u64) << (59 - 5 * at);
            } else if value > 0x0f {
                return Err(NameError::BadThirteenth);
            } else {
                raw |= value as u64;
            }
            last = character;
            rest = tail;
        }
        if last == b'.' {
            return Err(NameError::TrailingDot);
        }
        Ok(Self(raw))
    }

    /// The number of characters of the text.
    pub const fn len(self) -> usize {
        match self.0 {
            0 => 0,
            raw if raw & 0x0f != 0 => 13,
            raw => 12 - (raw.trailing_zeros() as usize - 4) / 5,
        }
    }

    /// Writes the text into `buffer`, for code that must not reach `core::fmt`.
    ///
    /// ```
    /// use antelope_types::name;
    /// assert_eq!(name!("alice").write_str(&mut [0; 13]), "alice");
    /// ```
    pub fn write_str(self, buffer: &mut [u8; Self::MAX_TEXT]) -> &str {
        fill(buffer, |out| self.write_text(out))
    }

    pub(crate) fn write_text(self, out: &mut Encoder<'_>) {
        let mut rest = self.0;
        for at in 0..Self::MAX_TEXT {
            if rest == 0 {
                break;
            }
            // The thirteenth character has four bits, the others five.
            let value = (rest >> if at == 12 { 60 } else { 59 }) as usize;
            out.write(ALPHABET.get(value..=value).unwrap_or_default());
            rest <<= 5;
        }
    }

    /// What stands before the last dot; the whole name if there is none.
    ///
    /// ```
    /// use antelope_types::name;
    /// assert_eq!(name!("a.b.c").prefix(), name!("a.b"));
    /// assert_eq!(name!("abc").prefix(), name!("abc"));
    /// ```
    pub const fn prefix(self) -> Self {
        match self.last_dot() {
            Some(shift) => Self(self.0 >> shift << shift),
            None => self,
        }
    }

    /// What stands after the last dot; the whole name if there is none.
    ///
    /// An account whose name has a suffix can be made only by the account named so.
    ///
    /// ```
    /// use antelope_types::name;
    /// assert_eq!(name!("a.b.c").suffix(), name!("c"));
    /// assert_eq!(name!("abc").suffix(), name!("abc"));
    /// ```
    pub const fn suffix(self) -> Self {
        let Some(shift) = self.last_dot() else {
            return self;
        };
        // Below the dot stand whole characters of five bits and the thirteenth of four. A dot is
        // never at bit 0, so nothing wraps; the compiler does not see it and would check.
        let below = self.0 & !(u64::MAX << shift);
        let left = 64u32.wrapping_sub(shift);
        let whole = (below & !0x0f).wrapping_shl(left);
        let thirteenth = (below & 0x0f).wrapping_shl(left.wrapping_sub(1));
        Self(whole | thirteenth)
    }

    /// The lowest bit of the last dot that has another character after it.
    const fn last_dot(self) -> Option<u32> {
        let mut shift = 4;
        while shift <= 59 {
            let below = self.0 & ((1u64 << shift) - 1);
            if self.0 >> shift & 0x1f == 0 && below != 0 {
                return Some(shift);
            }
            shift += 5;
        }
        None
    }
}

display_text!(Name);

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl From<Name> for u64 {
    fn from(name: Name) -> u64 {
        name.0
    }
}
