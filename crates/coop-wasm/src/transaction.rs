//! Transactions: packed, signed, and put together for a node.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::keys::PrivateKey;
use crate::value::{Value, bytes, field, put};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use antelope_types::{
    Action, Checksum256, Decode, Encode, Signature, Transaction, TransactionHeader, VarUint32,
};
use wasm_bindgen::prelude::*;

/// The most bytes of a packed transaction: a block of a chain has half as many.
const MAX_PACKED: u32 = 2 << 20;

/// Packs a transaction; answers its bytes in hexadecimal, which are what is signed.
#[wasm_bindgen(js_name = packTransaction)]
pub fn pack_transaction(
    #[wasm_bindgen(unchecked_param_type = "Plan")] plan: &JsValue,
) -> Result<String, JsValue> {
    let mut header = TransactionHeader {
        expiration: field(plan, "expiration")?,
        max_net_usage_words: VarUint32(
            field::<Option<u32>>(plan, "max_net_usage_words")?.unwrap_or(0),
        ),
        max_cpu_usage_ms: field::<Option<u8>>(plan, "max_cpu_usage_ms")?.unwrap_or(0),
        ..TransactionHeader::default()
    };
    header.set_reference_block(&field(plan, "block_id")?);
    let actions: Vec<Action> = field(plan, "actions")?;
    if actions.is_empty() {
        return Err(Failure::at(Cause::Value, "actions").into());
    }
    let transaction = Transaction {
        header,
        actions,
        ..Transaction::default()
    };
    Ok(to_hex(&transaction.to_bytes()))
}

/// What a packed transaction asks for, so that it can be shown before it is signed.
#[wasm_bindgen(js_name = unpackTransaction, unchecked_return_type = "Unpacked")]
pub fn unpack_transaction(packed: &str) -> Result<JsValue, JsValue> {
    let transaction = read(packed)?;
    let object = js_sys::Object::new();
    put(&object, "expiration", &transaction.header.expiration);
    put(
        &object,
        "ref_block_num",
        &u32::from(transaction.header.ref_block_num),
    );
    put(
        &object,
        "ref_block_prefix",
        &transaction.header.ref_block_prefix,
    );
    put(&object, "actions", &transaction.actions);
    Ok(object.into())
}

/// The id of a packed transaction, by which it is found on the chain.
#[wasm_bindgen(js_name = transactionId)]
pub fn transaction_id(packed: &str) -> Result<String, JsValue> {
    Ok(to_hex(&read(packed)?.id().0))
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
    Ok(key.sign_digest(&digest(packed, chain_id)?)?.to_string())
}

/// A packed transaction with its signatures, as `push_transaction` and `send_transaction` of nodes and
/// the mutations of the API take it.
#[wasm_bindgen(js_name = signedTransaction, unchecked_return_type = "SignedTransaction")]
pub fn signed_transaction(
    packed: &str,
    #[wasm_bindgen(unchecked_param_type = "string[]")] signatures: &JsValue,
) -> Result<JsValue, JsValue> {
    read(packed)?;
    let signatures = Vec::<Signature>::read(signatures).map_err(|it| it.within("signatures"))?;
    let object = js_sys::Object::new();
    put(&object, "signatures", &signatures);
    put(&object, "compression", &String::from("none"));
    put(&object, "packed_context_free_data", &String::new());
    let _ = js_sys::Reflect::set(&object, &"packed_trx".into(), &packed.into());
    Ok(object.into())
}

fn read(packed: &str) -> Result<Transaction, Failure> {
    let packed = bytes(&packed.into(), MAX_PACKED)?;
    Transaction::from_bytes(&packed).map_err(|_| Cause::Packed.into())
}

fn digest(packed: &str, chain_id: &str) -> Result<Checksum256, Failure> {
    let chain_id = Checksum256::read(&chain_id.into()).map_err(|it| it.within("chainId"))?;
    Ok(read(packed)?.signing_digest(&chain_id, &[]))
}
