//! Private keys of the curve K1, and signatures of any kind.

use crate::failure::{Cause, Failure};
use crate::value::Value;
use alloc::string::String;
use antelope_keys::signing;
use antelope_types::{Checksum256, PublicKey, Signature};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

/// A private key of kind K1. `free()` overwrites it in the module's memory.
///
/// Texts that it is read from and written to are JavaScript's, which nobody can overwrite: keep none
/// longer than needed.
#[wasm_bindgen]
pub struct PrivateKey(antelope_types::PrivateKey);

#[wasm_bindgen]
impl PrivateKey {
    /// A new key, from the random numbers of `crypto`.
    pub fn generate() -> Result<PrivateKey, JsValue> {
        let mut secret = Zeroizing::new([0; 32]);
        loop {
            if getrandom::fill(&mut *secret).is_err() {
                return Err(Failure::from(Cause::Random).into());
            }
            // All but one in 2^127 numbers are below the order of the curve.
            if signing::public_k1(&secret).is_ok() {
                return Ok(Self(antelope_types::PrivateKey::K1(*secret)));
            }
        }
    }

    /// Reads the wallet import format, `5…`, `K…` or `L…`, or `PVT_K1_…`.
    pub fn parse(text: String) -> Result<PrivateKey, JsValue> {
        let text = Zeroizing::new(text);
        match antelope_types::PrivateKey::parse(&text) {
            Ok(key @ antelope_types::PrivateKey::K1(_))
                if signing::public_k1(key.secret()).is_ok() =>
            {
                Ok(Self(key))
            }
            _ => Err(Failure::from(Cause::PrivateKey).into()),
        }
    }

    /// The public key, `PUB_K1_…`.
    #[wasm_bindgen(js_name = publicKey)]
    pub fn public_key(&self) -> Result<String, JsValue> {
        Ok(self.public()?.to_text())
    }

    /// Signs a digest of 64 hexadecimal digits; answers `SIG_K1_…`. The same digest always gets the
    /// same signature.
    pub fn sign(&self, digest: &str) -> Result<String, JsValue> {
        let digest = Checksum256::read(&digest.into()).map_err(|it| it.within("digest"))?;
        Ok(self.sign_digest(&digest)?.to_text())
    }

    /// The key as text, `PVT_K1_…`: to print and lock away.
    #[wasm_bindgen(js_name = toText)]
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// The key in the wallet import format, `5…`.
    #[wasm_bindgen(js_name = toWif)]
    pub fn to_wif(&self) -> String {
        self.0.to_legacy_text().unwrap_or_default()
    }
}

impl PrivateKey {
    pub(crate) fn public(&self) -> Result<PublicKey, Failure> {
        signing::public_k1(self.0.secret()).map_err(|_| Cause::PrivateKey.into())
    }

    pub(crate) fn sign_digest(&self, digest: &Checksum256) -> Result<Signature, Failure> {
        signing::sign_k1(self.0.secret(), digest).map_err(|_| Cause::PrivateKey.into())
    }
}

/// The public key that made a signature of a digest, by the rules of nodes; fails with `signature`
/// if none can have.
///
/// Any digest gives some key: compare it with the expected one.
#[wasm_bindgen(js_name = recoverKey)]
pub fn recover_key(digest: &str, signature: &str) -> Result<String, JsValue> {
    let digest = Checksum256::read(&digest.into()).map_err(|it| it.within("digest"))?;
    let signature = Signature::read(&signature.into()).map_err(|it| it.within("signature"))?;
    match signing::key_of(&digest, &signature) {
        Some(key) => Ok(key.to_text()),
        None => Err(Failure::from(Cause::Signature).into()),
    }
}

/// A public key in its new text form, `PUB_K1_…`, `PUB_R1_…` or `PUB_WA_…`, from any form.
#[wasm_bindgen(js_name = publicKey)]
pub fn public_key(text: &str) -> Result<String, JsValue> {
    Ok(PublicKey::read(&text.into())?.to_text())
}

/// The 32 bytes of a digest, which a passkey takes as its challenge.
#[wasm_bindgen(js_name = digestBytes)]
pub fn digest_bytes(digest: &str) -> Result<alloc::vec::Vec<u8>, JsValue> {
    Ok(Checksum256::read(&digest.into())?.0.to_vec())
}
