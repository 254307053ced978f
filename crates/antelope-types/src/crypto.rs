//! Keys and signatures of the curves K1 and R1 and of WebAuthn.
//!
//! | | K1 | R1 | WebAuthn |
//! |---|---|---|---|
//! | curve | secp256k1 | secp256r1 | secp256r1 |
//! | tag on the wire | 0 | 1 | 2 |
//! | bytes of a public key, with the tag | 34 | 34 | 34, a byte and a text |
//! | bytes of a signature, with the tag | 66 | 66 | 66, bytes and a text |
//! | text of a public key | `EOS…`, `PUB_K1_…` | `PUB_R1_…` | `PUB_WA_…` |
//! | text of a signature | `SIG_K1_…` | `SIG_R1_…` | `SIG_WA_…` |
//! | text of a private key | `5…`, `PVT_K1_…` | `PVT_R1_…` | kept by the authenticator |
//!
//! The types carry bytes; signing and recovering keys is for the crate `antelope-keys` off chain, and
//! for the host on chain.

#[cfg(feature = "hash")]
mod base58;
mod private_key;
mod public_key;
mod signature;
#[cfg(feature = "hash")]
mod text;
#[cfg(feature = "alloc")]
mod webauthn;

pub use private_key::PrivateKey;
pub use public_key::PublicKey;
pub use signature::Signature;
#[cfg(feature = "hash")]
pub use text::KeyError;
#[cfg(feature = "alloc")]
pub use webauthn::{UserPresence, WebAuthnPublicKey, WebAuthnSignature};

/// Without text forms, debugging shows the encoding.
#[cfg(not(feature = "hash"))]
macro_rules! debug_bytes {
    ($type:ident, $bytes:ident) => {
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.kind())?;
                f.write_str(" ")?;
                crate::text::hex::write(self.$bytes(), f)
            }
        }
    };
}

#[cfg(not(feature = "hash"))]
use debug_bytes;
