//! What WebAuthn keys and signatures carry beyond a point and a signature.
//!
//! An authenticator does not sign a digest: it signs its own data and the hash of the client's, and the
//! digest of the transaction is only the challenge in the latter. A verifier needs both to check.

use crate::{Decode, DecodeError, Decoder, Encode, Encoder};
use alloc::string::String;
use alloc::vec::Vec;

/// What a browser must have asked of its user before signing.
///
/// On the wire it is one byte: 0 for `None`, 1 for `Present`, 2 for `Verified`.
///
/// ```
/// use antelope_types::{Encode, UserPresence};
/// assert_eq!(UserPresence::Verified.to_bytes(), [2]);
/// assert_eq!(UserPresence::from(7_u8).to_bytes(), [7]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserPresence {
    /// Nothing.
    #[default]
    None,
    /// To be present.
    /// By a touch of the key, for example.
    Present,
    /// To prove who they are, by a finger or a code.
    Verified,
    /// A number above 2 that no recovered key has, so that nobody can sign for such a key. Nodes
    /// accept keys with it, keep and show it, and order it by its number (fc's
    /// `elliptic_webauthn.hpp`). `UserPresence::from(number)` chooses the right variant.
    Unknown(u8),
}

impl From<u8> for UserPresence {
    fn from(number: u8) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Present,
            2 => Self::Verified,
            _ => Self::Unknown(number),
        }
    }
}

impl From<UserPresence> for u8 {
    fn from(presence: UserPresence) -> Self {
        match presence {
            UserPresence::None => 0,
            UserPresence::Present => 1,
            UserPresence::Verified => 2,
            UserPresence::Unknown(number) => number,
        }
    }
}

/// A secp256r1 point, what the browser asks of its user, and the site that the key belongs to.
///
/// On the wire the point is followed by a byte of presence and the domain as text.
///
/// ```
/// use antelope_types::{PublicKey, UserPresence};
/// let text = "PUB_WA_WdCPfafVNxVMiW5ybdNs83oWjenQXvSt1F49fg9mv7qrCiRwHj5b38U3ponCFWxQTkDsMC";
/// let PublicKey::WebAuthn(key) = text.parse()? else { panic!("another kind") };
/// assert_eq!((key.rpid.as_str(), key.user_presence), ("keosd.invalid", UserPresence::Present));
/// # Ok::<(), antelope_types::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct WebAuthnPublicKey {
    /// The compressed point.
    pub point: [u8; 33],
    /// What the browser must have asked of its user.
    pub user_presence: UserPresence,
    /// The relying party: the site's domain, not empty.
    pub rpid: String,
}

/// A secp256r1 signature of a browser, with the data that it signed.
///
/// On the wire the signature is followed by both kinds of data, each with its length. Nodes refuse
/// more than `maximum-variable-signature-length` of it, by default 16 384 bytes.
///
/// ```
/// use antelope_types::{Signature, WebAuthnSignature};
/// let signature = Signature::WebAuthn(WebAuthnSignature {
///     compact: [31; 65],
///     auth_data: vec![0; 37],
///     client_json: r#"{"type":"webauthn.get"}"#.into(),
/// });
/// assert_eq!(signature.to_string().parse(), Ok(signature));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct WebAuthnSignature {
    /// The recovery byte, `r` and `s`.
    pub compact: [u8; 65],
    /// The authenticator's data: the hash of the relying party, flags and a counter.
    /// It is at least 37 bytes: 32 of the hash, 1 of flags and 4 of the counter, big-endian.
    pub auth_data: Vec<u8>,
    /// The client's data, whose challenge is the signed digest.
    /// The challenge is the digest in base64 of web addresses, without padding.
    pub client_json: String,
}

impl Encode for UserPresence {
    fn encode(&self, out: &mut Encoder<'_>) {
        u8::from(*self).encode(out);
    }
}

impl<'a> Decode<'a> for UserPresence {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        u8::decode(input).map(Self::from)
    }
}
