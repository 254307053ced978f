//! Transactions: packed, signed, and put together for a node.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::keys::PrivateKey;
use crate::packing::{MAX_BYTES, pack_field, unpacked};
use crate::value::{Value, bytes, field, optional, put};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::{
    AbiType, Action, Checksum256, Encode, Signature, Transaction, TransactionHeader, VarUint32,
};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// Packs a transaction; answers its bytes in hexadecimal, which are what is signed.
#[wasm_bindgen(js_name = packTransaction)]
pub fn pack_transaction(
    #[wasm_bindgen(unchecked_param_type = "Plan")] plan: &JsValue,
) -> Result<String, JsValue> {
    let number = |name| Ok::<_, Failure>(optional::<u32>(plan, name)?.unwrap_or(0));
    let cpu = u8::try_from(number("max_cpu_usage_ms")?);
    let mut header = TransactionHeader {
        expiration: field(plan, "expiration")?,
        max_net_usage_words: VarUint32(number("max_net_usage_words")?),
        max_cpu_usage_ms: cpu.map_err(|_| Failure::at(Cause::Value, "max_cpu_usage_ms"))?,
        ..TransactionHeader::default()
    };
    header.set_reference_block(&field(plan, "block_id")?);
    let mut packed = header.to_bytes();
    // No context-free actions, no extensions.
    packed.push(0);
    let start = packed.len();
    pack_field(Vec::<Action>::TY, plan, "actions", &mut packed)?;
    if packed[start] == 0 {
        return Err(Failure::at(Cause::Value, "actions").into());
    }
    packed.push(0);
    Ok(to_hex(&packed))
}

/// What a packed transaction asks for, so that it can be shown before it is signed.
#[wasm_bindgen(js_name = unpackTransaction, unchecked_return_type = "Unpacked")]
pub fn unpack_transaction(packed: &str) -> Result<JsValue, JsValue> {
    Ok(unpacked(
        Transaction::TY,
        &bytes(&packed.into(), MAX_BYTES)?,
    )?)
}

/// The id of a packed transaction, by which it is found on the chain.
#[wasm_bindgen(js_name = transactionId)]
pub fn transaction_id(packed: &str) -> Result<String, JsValue> {
    Ok(to_hex(&Checksum256::sha256(&read(packed)?).0))
}

/// What the signatures of a packed transaction cover, on the chain with this id.
///
/// A passkey signs it as its challenge; `signTransaction` does all of that with a private key.
#[wasm_bindgen(js_name = transactionDigest)]
pub fn transaction_digest(
    packed: &str,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
) -> Result<String, JsValue> {
    Ok(to_hex(&digest(packed, chain_id)?.0))
}

/// The signature of a private key under a packed transaction, `SIG_K1_…`.
#[wasm_bindgen(js_name = signTransaction)]
pub fn sign_transaction(
    packed: &str,
    #[wasm_bindgen(js_name = chainId)] chain_id: &str,
    key: &PrivateKey,
) -> Result<String, JsValue> {
    Ok(key.sign_digest(&digest(packed, chain_id)?)?.to_text())
}

/// A packed transaction with its signatures, as `push_transaction` and `send_transaction` of nodes and
/// the mutations of the API take it.
#[wasm_bindgen(js_name = signedTransaction, unchecked_return_type = "SignedTransaction")]
pub fn signed_transaction(
    packed: &str,
    #[wasm_bindgen(unchecked_param_type = "string[]")] signatures: &JsValue,
) -> Result<JsValue, JsValue> {
    read(packed)?;
    let object = js_sys::Object::new();
    put(&object, "signatures", &written(signatures)?);
    put(&object, "compression", &"none".into());
    put(&object, "packed_context_free_data", &"".into());
    put(&object, "packed_trx", &packed.into());
    Ok(object.into())
}

/// Signatures in the form in which nodes write them.
fn written(signatures: &JsValue) -> Result<JsValue, Failure> {
    let given = signatures.dyn_ref::<Array>().ok_or(Cause::Value);
    let given = given.map_err(|cause| Failure::at(cause, "signatures"))?;
    let written = Array::new();
    for text in given.iter() {
        let signature = Signature::read(&text).map_err(|it| it.within("signatures"))?;
        written.push(&signature.write());
    }
    Ok(written.into())
}

/// The bytes of a transaction, which must be one, written as nodes write it.
fn read(packed: &str) -> Result<Vec<u8>, Failure> {
    let packed = bytes(&packed.into(), MAX_BYTES)?;
    unpacked(Transaction::TY, &packed)?;
    Ok(packed)
}

fn digest(packed: &str, chain_id: &str) -> Result<Checksum256, Failure> {
    let chain_id = Checksum256::read(&chain_id.into()).map_err(|it| it.within("chainId"))?;
    // Behind it stands the hash of context-free data, which is 0 where there are none.
    let parts = [&chain_id.0, &*read(packed)?, &[0; 32]];
    Ok(Checksum256::sha256_of(&parts))
}
