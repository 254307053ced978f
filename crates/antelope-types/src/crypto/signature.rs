//! Signatures.

#[cfg(feature = "alloc")]
use super::WebAuthnSignature;
#[cfg(feature = "hash")]
use super::text::{self, KeyError, key_text};
use crate::codec::{Decode, DecodeError, Decoder, Encode, Encoder};
#[cfg(feature = "hash")]
use alloc::string::String;

/// A recoverable signature: 65 bytes and its kind.
///
/// The first byte is 31 plus the recovery id for compressed keys; `r` and `s` follow.
///
/// On the wire the kind is a tag before the 65 bytes; a WebAuthn signature goes on with what the
/// browser signed. JSON is the text.
///
/// ```
/// use antelope_types::Signature;
/// let signature = Signature::K1([31; 65]);
/// let text = signature.to_string();
/// assert!(text.starts_with("SIG_K1_"));
/// assert_eq!(text.parse(), Ok(signature));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Signature {
    /// Of a secp256k1 key.
    K1([u8; 65]),
    /// Of a secp256r1 key.
    R1([u8; 65]),
    /// Of a WebAuthn key, with what the browser signed.
    #[cfg(feature = "alloc")]
    WebAuthn(WebAuthnSignature),
}

impl Signature {
    /// The recovery byte, `r` and `s`.
    ///
    /// `r` and `s` are 32 bytes each, big-endian.
    pub const fn compact(&self) -> &[u8; 65] {
        match self {
            Self::K1(bytes) | Self::R1(bytes) => bytes,
            #[cfg(feature = "alloc")]
            Self::WebAuthn(signature) => &signature.compact,
        }
    }

    /// The kind as it stands in text: `K1`, `R1` or `WA`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::K1(_) => "K1",
            Self::R1(_) => "R1",
            #[cfg(feature = "alloc")]
            Self::WebAuthn(_) => "WA",
        }
    }
}

#[cfg(feature = "hash")]
impl Signature {
    /// Reads `SIG_K1_…`, `SIG_R1_…` or `SIG_WA_…`.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if let Some(base58) = text.strip_prefix("SIG_K1_") {
            text::decode_array(base58, "K1").map(Self::K1)
        } else if let Some(base58) = text.strip_prefix("SIG_R1_") {
            text::decode_array(base58, "R1").map(Self::R1)
        } else if let Some(base58) = text.strip_prefix("SIG_WA_") {
            let bytes = text::decode(base58, "WA")?;
            let signature =
                WebAuthnSignature::from_bytes(&bytes).map_err(|_| KeyError::Malformed)?;
            Ok(Self::WebAuthn(signature))
        } else {
            Err(KeyError::UnknownPrefix)
        }
    }

    /// The text that `Display` and JSON have, for code that must not reach `core::fmt`. There is no
    /// legacy form of signatures.
    pub fn to_text(&self) -> String {
        match self {
            Self::K1(bytes) => text::encode("SIG_K1_", "K1", bytes),
            Self::R1(bytes) => text::encode("SIG_R1_", "R1", bytes),
            Self::WebAuthn(signature) => text::encode("SIG_WA_", "WA", &signature.to_bytes()),
        }
    }
}

#[cfg(feature = "hash")]
key_text!(Signature, to_text);
#[cfg(not(feature = "hash"))]
super::debug_bytes!(Signature, compact);

impl Default for Signature {
    /// A K1 signature of zeros, which belongs to no key.
    fn default() -> Self {
        Self::K1([0; 65])
    }
}

impl Encode for Signature {
    fn encode(&self, out: &mut Encoder<'_>) {
        match self {
            Self::K1(bytes) => write(0, bytes, out),
            Self::R1(bytes) => write(1, bytes, out),
            #[cfg(feature = "alloc")]
            Self::WebAuthn(signature) => {
                2u8.encode(out);
                signature.encode(out);
            }
        }
    }
}

/// Writes the tag and the 65 bytes.
fn write(kind: u8, bytes: &[u8; 65], out: &mut Encoder<'_>) {
    out.write(&[kind]);
    out.write(bytes);
}

impl<'a> Decode<'a> for Signature {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        match input.take_tag()? {
            0 => input.take_array().map(Self::K1),
            1 => input.take_array().map(Self::R1),
            #[cfg(feature = "alloc")]
            2 => WebAuthnSignature::decode(input).map(Self::WebAuthn),
            _ => input.failed(Self::K1([0; 65]), DecodeError::UnknownKeyKind),
        }
    }
}
