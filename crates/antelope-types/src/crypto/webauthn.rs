//! What WebAuthn keys and signatures carry beyond a point and a signature.

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
    pub const PRESENT: Self = Self(1);
    /// To prove who they are, by a finger or a code.
    pub const VERIFIED: Self = Self(2);
}

/// A secp256r1 point, what the browser asks of its user, and the site that the key belongs to.
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
    pub auth_data: Vec<u8>,
    /// The client's data, whose challenge is the signed digest.
    pub client_json: String,
}
