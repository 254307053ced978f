//! Keys and signatures of the curves K1 and R1 and of WebAuthn.

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
