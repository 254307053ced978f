//! Public keys.

#[cfg(feature = "alloc")]
use super::WebAuthnPublicKey;
#[cfg(feature = "hash")]
use super::text::{self, KeyError, key_text};
use crate::codec::{Decode, DecodeError, Decoder, Encode, Encoder};
#[cfg(feature = "hash")]
use alloc::string::String;

/// A public key: a compressed point of 33 bytes and its kind.
///
/// Keys order as nodeos orders them in authorities: by kind, then by bytes.
///
/// Text comes in two forms; both are read, and `Display` writes what nodeos and cleos write: the
/// legacy form for K1, the new form for the others.
///
/// A WebAuthn key has its user's presence and its site behind the point; keys that differ in them alone
/// are different keys. JSON is the text of `Display`.
///
/// ```
/// use antelope_types::PublicKey;
/// let key: PublicKey = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV".parse()?;
/// assert_eq!(key.to_string(), "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV");
/// assert_eq!(key.to_text(), "PUB_K1_6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5BoDq63");
/// assert_eq!(key.to_text().parse(), Ok(key));
/// # Ok::<(), antelope_types::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PublicKey {
    /// secp256k1, the ordinary kind.
    K1([u8; 33]),
    /// secp256r1, of hardware such as a Secure Enclave.
    R1([u8; 33]),
    /// secp256r1 behind a browser's WebAuthn.
    #[cfg(feature = "alloc")]
    WebAuthn(WebAuthnPublicKey),
}

impl PublicKey {
    /// The compressed point.
    ///
    /// Its first byte is 2 or 3, by the parity of `y`; the other 32 are `x`, big-endian.
    pub const fn point(&self) -> &[u8; 33] {
        match self {
            Self::K1(point) | Self::R1(point) => point,
            #[cfg(feature = "alloc")]
            Self::WebAuthn(key) => &key.point,
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
impl PublicKey {
    /// Reads any text form: `EOS…`, `PUB_K1_…`, `PUB_R1_…`, `PUB_WA_…`.
    ///
    /// Whether the bytes are a point of the curve is for those to say who verify with it.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if let Some(base58) = text.strip_prefix("PUB_K1_") {
            text::decode_array(base58, "K1").map(Self::K1)
        } else if let Some(base58) = text.strip_prefix("PUB_R1_") {
            text::decode_array(base58, "R1").map(Self::R1)
        } else if let Some(base58) = text.strip_prefix("PUB_WA_") {
            let bytes = text::decode(base58, "WA")?;
            match WebAuthnPublicKey::from_bytes(&bytes) {
                // As `post_init` of fc's `elliptic_webauthn.cpp`.
                Ok(key) if !key.rpid.is_empty() => Ok(Self::WebAuthn(key)),
                _ => Err(KeyError::Malformed),
            }
        } else if let Some(base58) = text.strip_prefix("EOS") {
            text::decode_array(base58, "").map(Self::K1)
        } else {
            Err(KeyError::UnknownPrefix)
        }
    }

    /// As [`parse`](Self::parse), and also the legacy form of other chains, whose three letters are
    /// others: `FIO…`. Nodes of Antelope do not read these.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse_of_any_chain(text: &str) -> Result<Self, KeyError> {
        let parsed = Self::parse(text);
        match text.split_at_checked(3) {
            Some((prefix, base58))
                if parsed == Err(KeyError::UnknownPrefix)
                    && prefix.bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                text::decode_array(base58, "").map(Self::K1)
            }
            _ => parsed,
        }
    }

    /// The new text form: `PUB_K1_…`, `PUB_R1_…`, `PUB_WA_…`.
    pub fn to_text(&self) -> String {
        match self {
            Self::K1(point) => text::encode("PUB_K1_", "K1", point),
            Self::R1(point) => text::encode("PUB_R1_", "R1", point),
            Self::WebAuthn(key) => text::encode("PUB_WA_", "WA", &key.to_bytes()),
        }
    }

    /// The legacy text form, `EOS…`, which only K1 keys have.
    pub fn to_legacy_text(&self) -> Option<String> {
        match self {
            Self::K1(point) => Some(text::encode("EOS", "", point)),
            _ => None,
        }
    }

    /// The text that `Display` and JSON have.
    fn to_node_text(&self) -> String {
        self.to_legacy_text().unwrap_or_else(|| self.to_text())
    }
}

#[cfg(feature = "hash")]
key_text!(PublicKey, to_node_text);
#[cfg(not(feature = "hash"))]
super::debug_bytes!(PublicKey, point);

impl Default for PublicKey {
    /// A K1 key of zeros, which no signature can match. Nodes show it in rows whose key is not set.
    ///
    /// ```
    /// use antelope_types::PublicKey;
    /// let text = "EOS1111111111111111111111111111111114T1Anm";
    /// assert_eq!(PublicKey::default().to_string(), text);
    /// ```
    fn default() -> Self {
        Self::K1([0; 33])
    }
}

impl Encode for PublicKey {
    fn encode(&self, out: &mut Encoder<'_>) {
        match self {
            Self::K1(point) => write(0, point, out),
            Self::R1(point) => write(1, point, out),
            #[cfg(feature = "alloc")]
            Self::WebAuthn(key) => {
                2u8.encode(out);
                key.encode(out);
            }
        }
    }
}

/// Writes the tag and the point. The tags are below 128, so that a byte is a varint as well.
fn write(kind: u8, point: &[u8; 33], out: &mut Encoder<'_>) {
    out.write(&[kind]);
    out.write(point);
}

impl<'a> Decode<'a> for PublicKey {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        match input.take_tag()? {
            0 => input.take_array().map(Self::K1),
            1 => input.take_array().map(Self::R1),
            #[cfg(feature = "alloc")]
            2 => match WebAuthnPublicKey::decode(input) {
                // Nodes refuse such a key wherever they read one; contracts of CDT do not.
                Ok(key) if input.reads_as_node() && key.rpid.is_empty() => {
                    Err(DecodeError::KeyWithoutSite)
                }
                key => key.map(Self::WebAuthn),
            },
            _ => input.failed(Self::K1([0; 33]), DecodeError::UnknownKeyKind),
        }
    }
}
