//! What WebAuthn keys and signatures carry beyond a point and a signature.
//!
//! An authenticator does not sign a digest: it signs its own data and the hash of the client's, and the
//! digest of the transaction is only the challenge in the latter. A verifier needs both to check.

use crate::{Decode, Encode};
use alloc::string::String;
use alloc::vec::Vec;

/// What a browser must have asked of its user before signing: the number that stands in a key.
///
/// Nodes read the number without looking at it, keep and show it, and order keys by it (fc's
/// `elliptic_webauthn.hpp`). Only 0, 1 and 2 have a meaning: no signature belongs to a key with
/// another number.
///
/// ```
/// use antelope_types::{Encode, UserPresence};
/// assert_eq!(UserPresence::VERIFIED.to_bytes(), [2]);
/// assert!(UserPresence::VERIFIED < UserPresence(7));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct UserPresence(pub u8);

impl UserPresence {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// To be present.
    ///
    /// By a touch of the key, for example.
    pub const PRESENT: Self = Self(1);
    /// To prove who they are, by a finger or a code.
    pub const VERIFIED: Self = Self(2);
}

/// A secp256r1 point, what the browser asks of its user, and the site that the key belongs to.
///
/// On the wire the point is followed by a byte of presence and the domain as text.
///
/// ```
/// use antelope_types::{PublicKey, UserPresence};
/// let text = "PUB_WA_WdCPfafVNxVMiW5ybdNs83oWjenQXvSt1F49fg9mv7qrCiRwHj5b38U3ponCFWxQTkDsMC";
/// let PublicKey::WebAuthn(key) = text.parse()? else { panic!("another kind") };
/// assert_eq!((key.rpid.as_str(), key.user_presence), ("keosd.invalid", UserPresence::PRESENT));
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
