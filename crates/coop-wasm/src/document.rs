//! Documents: hashed, signed and verified, in the same bytes as by `coop-documents`.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::keys::PrivateKey;
use crate::value::{Value, bytes, field, objects, put};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_keys::signing;
use antelope_types::{Checksum256, Decode, Encode, Name, PublicKey, Signature, TimePoint};
use coop_model::document::signing_digest;
use coop_model::document::subject::*;
use coop_model::{Charter, Document, DocumentSignature, Meta, parameters};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The longest text that is hashed, in bytes: a document has some pages.
const MAX_FILE: u32 = 4 << 20;
/// The longest packed document: of 64 signatures, each with the longest data that nodes take.
const MAX_PACKED: u32 = 2 << 20;

objects! {
    Charter { quorum_percent, board_support }
    ProjectSubject { project }
    DecisionSubject { decision_id, hash, votes_for, votes_against, quorum_percent }
    FoundersSubject { members }
    BoardSubject { version, kind, members }
    ApplicationSubject { kind }
    MoneySubject { quantity }
    PropertySubject { description, valuation }
    ReturnSubject { property_id, valuation }
    ActSubject { property_id, hash, description, valuation }
    MoveSubject { newname }
    BlockSubject { is_blocked }
    CharterSubject { charter }
    DocumentSignature { signer, public_key, signature, signed_at }
}

macro_rules! subjects {
    ($($name:ident($ty:ident),)+) => {
        /// As in the JSON of nodes, `["DecisionSubject", { … }]`.
        impl Value for Subject {
            fn read(value: &JsValue) -> Result<Self, Failure> {
                let pair = value.dyn_ref::<Array>().ok_or(Cause::Value)?;
                let name = String::read(&pair.get(0))?;
                let value = &pair.get(1);
                match name.as_str() {
                    $(stringify!($ty) => $ty::read(value).map(Self::$name),)+
                    _ => Err(Cause::Value.into()),
                }
            }

            fn write(&self) -> JsValue {
                let (name, value) = match self {
                    $(Self::$name(value) => (stringify!($ty), value.write()),)+
                };
                Array::of2(&name.into(), &value).into()
            }
        }
    };
}

subjects! {
    Project(ProjectSubject),
    Decision(DecisionSubject),
    Founders(FoundersSubject),
    Board(BoardSubject),
    Application(ApplicationSubject),
    Money(MoneySubject),
    Property(PropertySubject),
    Return(ReturnSubject),
    Act(ActSubject),
    Move(MoveSubject),
    Block(BlockSubject),
    Charter(CharterSubject),
}

impl Value for Meta {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let meta = Self {
            registry_id: field(value, "registry_id")?,
            coopname: field(value, "coopname")?,
            username: field(value, "username")?,
            title: field(value, "title")?,
            lang: field(value, "lang")?,
            generator: field(value, "generator")?,
            version: field(value, "version")?,
            block_num: field(value, "block_num")?,
            created_at: field(value, "created_at")?,
            timezone: field(value, "timezone")?,
            links: field(value, "links")?,
            subject: field(value, "subject")?,
        };
        // A chain refuses more than this; a person should not sign in vain.
        for (name, length, most) in [
            ("title", meta.title.len(), parameters::MAX_TITLE),
            ("lang", meta.lang.len(), parameters::MAX_LANG),
            ("generator", meta.generator.len(), parameters::MAX_GENERATOR),
            ("version", meta.version.len(), parameters::MAX_VERSION),
            ("timezone", meta.timezone.len(), parameters::MAX_TIMEZONE),
            ("links", meta.links.len(), parameters::MAX_LINKS),
        ] {
            if length > most {
                return Err(Failure::at(Cause::TooLong, name));
            }
        }
        Ok(meta)
    }

    fn write(&self) -> JsValue {
        let object = js_sys::Object::new();
        put(&object, "registry_id", &self.registry_id);
        put(&object, "coopname", &self.coopname);
        put(&object, "username", &self.username);
        put(&object, "title", &self.title);
        put(&object, "lang", &self.lang);
        put(&object, "generator", &self.generator);
        put(&object, "version", &self.version);
        put(&object, "block_num", &self.block_num);
        put(&object, "created_at", &self.created_at);
        put(&object, "timezone", &self.timezone);
        put(&object, "links", &self.links);
        put(&object, "subject", &self.subject);
        object.into()
    }
}

impl Value for Document {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let signatures: Option<Vec<DocumentSignature>> = field(value, "signatures")?;
        Ok(Self {
            meta: field(value, "meta")?,
            doc_hash: field(value, "doc_hash")?,
            signatures: signatures.unwrap_or_default(),
        })
    }

    fn write(&self) -> JsValue {
        let object = js_sys::Object::new();
        put(&object, "meta", &self.meta);
        put(&object, "doc_hash", &self.doc_hash);
        put(&object, "signatures", &self.signatures);
        object.into()
    }
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
    Ok(to_hex(&Document::read(document)?.hash().0))
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
    Ok(to_hex(&terms.digest(&Document::read(document)?).0))
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
    let document = Document::read(document)?;
    let terms = Terms::read(chain_id, signer, signed_at)?;
    let signature = key.sign_digest(&terms.digest(&document))?;
    Ok(terms.signed(document, key.public()?, signature).write())
}

/// Adds a signature that was made elsewhere, by a passkey for example, to a document.
///
/// Fails with `signature` unless it belongs to this key and to this document, signer and moment.
#[wasm_bindgen(js_name = addSignature, unchecked_return_type = "Document")]
pub fn add_signature(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
    #[wasm_bindgen(unchecked_param_type = "DocumentSignature")] signature: &JsValue,
) -> Result<JsValue, JsValue> {
    let mut document = Document::read(document)?;
    let chain_id = Checksum256::read(&chain_id.into())?;
    let signature = DocumentSignature::read(signature)?;
    if !is_valid(&signature, &document.hash(), &chain_id) {
        return Err(Failure::from(Cause::Signature).into());
    }
    document.signatures.push(signature);
    Ok(document.write())
}

/// Whether a document has signatures, and each belongs to its key, its signer and this document on
/// this chain. That the key is the signer's is for the chain to say.
#[wasm_bindgen(js_name = isSigned)]
pub fn is_signed(
    #[wasm_bindgen(unchecked_param_type = "Document")] document: &JsValue,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
) -> Result<bool, JsValue> {
    let document = Document::read(document)?;
    let chain_id = Checksum256::read(&chain_id.into())?;
    let hash = document.hash();
    let mut signatures = document.signatures.iter();
    Ok(!document.signatures.is_empty()
        && signatures.all(|signature| is_valid(signature, &hash, &chain_id)))
}

/// The bytes of a document as they stand in an action, in hexadecimal.
#[wasm_bindgen(js_name = packDocument)]
pub fn pack_document(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] document: &JsValue,
) -> Result<String, JsValue> {
    Ok(to_hex(&Document::read(document)?.to_bytes()))
}

/// The document that these bytes are, all of them; hexadecimal digits or bytes.
#[wasm_bindgen(js_name = unpackDocument, unchecked_return_type = "Document")]
pub fn unpack_document(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] packed: &JsValue,
) -> Result<JsValue, JsValue> {
    let packed = bytes(packed, MAX_PACKED)?;
    let document = Document::from_bytes(&packed).map_err(|_| Failure::from(Cause::Packed))?;
    Ok(document.write())
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

    fn digest(&self, document: &Document) -> Checksum256 {
        signing_digest(
            &self.chain_id,
            &document.hash(),
            self.signer,
            self.signed_at,
        )
    }

    fn signed(&self, mut document: Document, key: PublicKey, signature: Signature) -> Document {
        document.signatures.push(DocumentSignature {
            signer: self.signer,
            public_key: key,
            signature,
            signed_at: self.signed_at,
        });
        document
    }
}

/// Whether a signature belongs to its key and to what it says.
fn is_valid(signature: &DocumentSignature, hash: &Checksum256, chain_id: &Checksum256) -> bool {
    let digest = signing_digest(chain_id, hash, signature.signer, signature.signed_at);
    signing::recover(&digest, &signature.signature).is_ok_and(|key| key == signature.public_key)
}
