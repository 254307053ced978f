//! Documents: hashed, signed and verified, in the same bytes as by `coop-documents`.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::keys::PrivateKey;
use crate::packing::{MAX_BYTES, pack_field, packed, unpacked};
use crate::value::{Value, bytes, get};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_keys::signing;
use antelope_types::{AbiType, Checksum256, Decode, Encode, Name, TimePoint};
use coop_model::document::signing_digest;
use coop_model::{Document, DocumentSignature, Meta};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The longest text that is hashed, in bytes: a document has some pages.
const MAX_FILE: u32 = 4 << 20;

/// What a document is known by on chain.
fn hash(document: &JsValue) -> Result<Checksum256, Failure> {
    let mut bytes = Vec::new();
    pack_field(Meta::TY, document, "meta", &mut bytes)?;
    pack_field(Checksum256::TY, document, "doc_hash", &mut bytes)?;
    Ok(Checksum256::sha256(&bytes))
}

/// A document as it is answered, with one signature more.
fn signed(document: &JsValue, signature: &DocumentSignature) -> Result<JsValue, Failure> {
    let document = unpacked(Document::TY, &packed(Document::TY, document)?)?;
    let signature = unpacked(DocumentSignature::TY, &signature.to_bytes())?;
    let list = get(&document, "signatures")?;
    list.dyn_ref::<Array>()
        .ok_or(Cause::Value)?
        .push(&signature);
    Ok(document)
}

/// A signature as JavaScript has it.
fn signature(value: &JsValue) -> Result<DocumentSignature, Failure> {
    let bytes = packed(DocumentSignature::TY, value)?;
    DocumentSignature::from_bytes(&bytes).map_err(|_| Cause::Value.into())
}

/// SHA-256, of a text in UTF-8 or of bytes: the `doc_hash` of a rendered document, for example.
///
/// At most 4 MiB. Answers 64 hexadecimal digits.
#[wasm_bindgen]
pub fn sha256(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] data: &JsValue,
) -> Result<String, JsValue> {
    let hash = match data.dyn_ref::<js_sys::JsString>() {
        Some(text) if text.length() > MAX_FILE => return Err(Failure::from(Cause::TooLong).into()),
        Some(text) => Checksum256::sha256(String::from(text).as_bytes()),
        None => Checksum256::sha256(&bytes(data, MAX_FILE)?),
    };
    Ok(to_hex(&hash.0))
}

/// What a document is known by on chain: the SHA-256 of its packed meta and `doc_hash`.
#[wasm_bindgen(js_name = documentHash)]
pub fn document_hash(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
) -> Result<String, JsValue> {
    Ok(to_hex(&hash(document)?.0))
}

/// What a signature under a document covers: chain, document, signer and moment.
///
/// A passkey signs it as its challenge; `signDocument` does all of that with a private key.
#[wasm_bindgen(js_name = documentDigest)]
pub fn document_digest(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
    signer: &str,
    #[wasm_bindgen(js_name = signedAt)] signed_at: &str,
) -> Result<String, JsValue> {
    let terms = Terms::read(chain_id, signer, signed_at)?;
    Ok(to_hex(&terms.digest(&hash(document)?).0))
}

/// Signs a document with a private key; answers the document with one signature more.
#[wasm_bindgen(js_name = signDocument, unchecked_return_type = "Document")]
pub fn sign_document(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
    signer: &str,
    key: &PrivateKey,
    #[wasm_bindgen(js_name = signedAt)] signed_at: &str,
) -> Result<JsValue, JsValue> {
    let terms = Terms::read(chain_id, signer, signed_at)?;
    let made = DocumentSignature {
        signer: terms.signer,
        public_key: key.public()?,
        signature: key.sign_digest(&terms.digest(&hash(document)?))?,
        signed_at: terms.signed_at,
    };
    Ok(signed(document, &made)?)
}

/// Adds a signature that was made elsewhere, by a passkey for example, to a document.
///
/// Fails with `signature` unless it belongs to this key and to this document, signer and moment.
#[wasm_bindgen(js_name = addSignature, unchecked_return_type = "Document")]
pub fn add_signature(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
    #[wasm_bindgen(js_name = signature, unchecked_param_type = "DocumentSignature")] made: &JsValue,
) -> Result<JsValue, JsValue> {
    let chain_id = Checksum256::read(&chain_id.into())?;
    let made = signature(made)?;
    if !is_valid(&made, &hash(document)?, &chain_id) {
        return Err(Failure::from(Cause::Signature).into());
    }
    Ok(signed(document, &made)?)
}

/// Whether a document has signatures, and each belongs to its key, its signer and this document on
/// this chain. That the key is the signer's is for the chain to say.
#[wasm_bindgen(js_name = isSigned)]
pub fn is_signed(
    #[wasm_bindgen(unchecked_param_type = "Document")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
) -> Result<bool, JsValue> {
    // All of it must be a document, the signatures included.
    packed(Document::TY, document)?;
    let chain_id = Checksum256::read(&chain_id.into())?;
    let hash = hash(document)?;
    let signatures = get(document, "signatures")?;
    let Some(signatures) = signatures.dyn_ref::<Array>() else {
        return Ok(false);
    };
    for made in signatures.iter() {
        if !is_valid(&signature(&made)?, &hash, &chain_id) {
            return Ok(false);
        }
    }
    Ok(signatures.length() > 0)
}

/// The bytes of a document as they stand in an action, in hexadecimal.
#[wasm_bindgen(js_name = packDocument)]
pub fn pack_document(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
) -> Result<String, JsValue> {
    Ok(to_hex(&packed(Document::TY, document)?))
}

/// The document that these bytes are, all of them; hexadecimal digits or bytes.
#[wasm_bindgen(js_name = unpackDocument, unchecked_return_type = "Document")]
pub fn unpack_document(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] packed: &JsValue,
) -> Result<JsValue, JsValue> {
    Ok(unpacked(Document::TY, &bytes(packed, MAX_BYTES)?)?)
}

/// What a signature is about, besides the document.
struct Terms {
    chain_id: Checksum256,
    signer: Name,
    signed_at: TimePoint,
}

impl Terms {
    fn read(chain_id: &str, signer: &str, signed_at: &str) -> Result<Self, Failure> {
        let read = |name: &'static str| move |failure: Failure| failure.within(name);
        Ok(Self {
            chain_id: Checksum256::read(&chain_id.into()).map_err(read("chainId"))?,
            signer: Name::read(&signer.into()).map_err(read("signer"))?,
            signed_at: TimePoint::read(&signed_at.into()).map_err(read("signedAt"))?,
        })
    }

    fn digest(&self, hash: &Checksum256) -> Checksum256 {
        signing_digest(&self.chain_id, hash, self.signer, self.signed_at)
    }
}

/// Whether a signature belongs to its key and to what it says.
fn is_valid(signature: &DocumentSignature, hash: &Checksum256, chain_id: &Checksum256) -> bool {
    let digest = signing_digest(chain_id, hash, signature.signer, signature.signed_at);
    signing::key_of(&digest, &signature.signature).as_ref() == Some(&signature.public_key)
}
