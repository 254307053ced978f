//! Arrays of fixed size: their items one after another, without a length.
//!
//! The number of items is known from the type, so that it is not written; in an ABI it is `T[N]`.
//! Bytes are read and written at once, other items one by one.

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

impl<T: Encode, const N: usize> Encode for [T; N] {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        T::encode_all(self, out);
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for [T; N] {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        T::decode_array(input)
    }
}

/// Reads `N` items, one after another, and stops reading at the first that is not one.
///
/// It builds the array from optionals, because an array cannot be filled in part without `unsafe`.
pub(super) fn decode_each<'a, T: Decode<'a>, const N: usize>(
    input: &mut Decoder<'a>,
) -> Result<[T; N], DecodeError> {
    let mut failure = None;
    let items: [Option<T>; N] = core::array::from_fn(|_| {
        if failure.is_some() {
            return None;
        }
        T::decode(input).map_err(|error| failure = Some(error)).ok()
    });
    match failure {
        Some(error) => Err(error),
        None => Ok(items.map(|item| match item {
            Some(item) => item,
            // Never reached: every item is there, or there would be a failure.
            None => never(),
        })),
    }
}

/// Stands where a panic would cost a contract code.
#[expect(clippy::empty_loop, reason = "it is never reached")]
fn never() -> ! {
    loop {}
}
