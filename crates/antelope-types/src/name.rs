//! Names of accounts, actions, tables and permissions.
//!
//! A name is a number of 64 bits that reads as text. The first twelve characters take five bits each,
//! the first of them in the highest bits; a thirteenth takes the four bits that are left, so that it
//! can only be one of the first sixteen characters. Missing characters are zeros, as dots are: that
//! is why a name cannot end with a dot.

use crate::codec::Encoder;
use crate::error::error_text;
use crate::text::{display_text, fill};
use crate::{Decode, Encode};
use core::str::FromStr;

/// An account, action, table or permission: up to thirteen characters in 64 bits; ABI type `name`.
///
/// The characters are `.`, `1`–`5` and `a`–`z`, the thirteenth only up to `j`. On the wire a name is
/// its number, 8 bytes little-endian; in JSON it is its text.
///
/// Names order by number, which is the order of their texts. Nodes sort scopes, rows and the
/// permissions of an authority by it. [`name!`](crate::name!) makes constants, whose
/// mistakes are compile errors.
///
/// Accounts have at most twelve characters; actions, tables and permissions may use the thirteenth.
///
/// ```
/// use antelope_types::{Encode, Name, name};
///
/// let token: Name = "eosio.token".parse()?;
/// assert_eq!(token, name!("eosio.token"));
/// assert_eq!(token.raw(), 6138663591592764928);
/// assert_eq!(token.to_bytes(), 6138663591592764928u64.to_le_bytes());
/// assert_eq!(token.to_string(), "eosio.token");
/// assert_eq!((token.prefix(), token.suffix()), (name!("eosio"), name!("token")));
/// assert!(name!("alice") < name!("alice.x") && name!("alice.x") < name!("bob"));
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
    ///
    /// It is checked before the characters are.
    TooLong {
        /// How many bytes there are.
        len: usize,
    },
    /// A character outside `.12345abcdefghijklmnopqrstuvwxyz`.
    BadCharacter {
        /// Its byte in the text, counted from 0.
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

/// The characters by their values: 0 is the dot, 1 to 5 the digits, 6 to 31 the letters.
const ALPHABET: [u8; 32] = *b".12345abcdefghijklmnopqrstuvwxyz";

impl Name {
    /// The empty name, whose number is 0.
    ///
    /// In `linkauth` it stands for all actions of a contract, as the parent of `owner` for no parent.
    pub const EMPTY: Self = Self(0);

    /// The most bytes a name's text has.
    ///
    /// The buffer of [`write_str`](Self::write_str) has this size.
    pub const MAX_TEXT: usize = 13;

    /// The name of this number. Every number is a name and has a text, so nothing is checked; but names
    /// that nodes do not accept, such as one with a thirteenth character for an account, can be made.
    ///
    /// ```
    /// use antelope_types::{Name, name};
    /// assert_eq!(Name::from_raw(3773036822876127232), name!("alice"));
    /// assert_eq!(Name::from_raw(u64::MAX).to_string(), "zzzzzzzzzzzzj");
    /// ```
    #[inline]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The number that stands on the wire, and in the scopes and primary keys of tables.
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
    /// [`NameError::TooLong`] is looked for first, then the characters from left to right, then the dot.
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

    /// The number of characters of the text, from 0 to 13. Dots inside count, and so do dots that lead.
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

    /// Writes the text behind what `out` holds; dots at the end, which are zeros, are left out.
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
    ///
    /// Dots that only fill the name up at the end are skipped: below them there are no bits.
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
