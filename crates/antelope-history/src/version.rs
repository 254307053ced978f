//! The tag before each struct that the protocol has versions of.

use antelope_types::{Decode, DecodeError, Decoder, Encode, Encoder, VarUint32};

/// A value as version `V` of its variant: the tag, then the value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Version<const V: u32, T>(pub(crate) T);

/// The first version, which most structs have only.
pub(crate) type V0<T> = Version<0, T>;

/// The second version.
pub(crate) type V1<T> = Version<1, T>;

impl<const V: u32, T: Encode> Encode for Version<V, T> {
    fn encode(&self, out: &mut Encoder<'_>) {
        VarUint32(V).encode(out);
        self.0.encode(out);
    }
}

/// Reads the tag of version `version`.
///
/// # Errors
/// [`DecodeError::UnknownVariant`] for another one.
pub(crate) fn expect(version: u32, input: &mut Decoder<'_>) -> Result<(), DecodeError> {
    match VarUint32::decode(input)?.0 == version {
        true => Ok(()),
        false => Err(DecodeError::UnknownVariant),
    }
}
