//! Fields added to the end of a struct after rows and actions without them exist.
//!
//! A struct that has been stored or sent cannot get another field: old bytes would end too early. An
//! extension may be missing there, so that old bytes are still read.

use crate::codec::{Decode, DecodeError, Decoder, Encode, Encoder};

/// A field that may be missing at the end of the bytes; ABI type `T$`.
///
/// Only the last fields of a struct can be extensions, and a missing one cannot be followed by a
/// present one. The derives refuse a plain field after an extension.
///
/// In JSON a missing one is a missing key, by `default` and
/// `skip_serializing_if = "BinaryExtension::is_missing"` at the field.
///
/// ```
/// use antelope_types::{BinaryExtension, Decode};
///
/// #[derive(Debug, PartialEq, Decode)]
/// struct Row {
///     id: u8,
///     note: BinaryExtension<u8>,
/// }
///
/// assert_eq!(Row::from_bytes(&[1]).unwrap().note, BinaryExtension(None));
/// assert_eq!(Row::from_bytes(&[1, 2]).unwrap().note, BinaryExtension(Some(2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BinaryExtension<T>(pub Option<T>);

impl<T> BinaryExtension<T> {
    /// Whether the field is missing.
    ///
    /// A value that is there may still be an empty one.
    pub const fn is_missing(&self) -> bool {
        self.0.is_none()
    }

    /// The value, or `default` where it is missing.
    ///
    /// ```
    /// use antelope_types::BinaryExtension;
    /// assert_eq!(BinaryExtension(None).value_or(7), 7);
    /// assert_eq!(BinaryExtension(Some(2)).value_or(7), 2);
    /// ```
    pub fn value_or(self, default: T) -> T {
        match self.0 {
            Some(value) => value,
            None => default,
        }
    }
}

impl<T> Default for BinaryExtension<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<T> for BinaryExtension<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: Encode> Encode for BinaryExtension<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        if let Some(value) = &self.0 {
            value.encode(out);
        }
    }
}

/// Missing is what has no byte left; a value that begins and does not end is an error.
impl<'a, T: Decode<'a>> Decode<'a> for BinaryExtension<T> {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(Self(if input.is_empty() {
            None
        } else {
            Some(T::decode(input)?)
        }))
    }
}
