//! What users give as text or files: JSON, transactions, permissions.

use crate::{Failure, Fallible};
use antelope_rpc_client::{Client, ClientError};
use antelope_types::json::bytes;
use antelope_types::{
    Asset, Compression, Name, PackedTransaction, PermissionLevel, SignedTransaction,
};
use serde_json::{Value, json};
use std::fs;

/// JSON that is given as it is, or as the name of a file that holds it.
///
/// # Errors
/// `usage.argument` where it is neither.
pub(crate) fn json_argument(text: &str) -> Fallible<Value> {
    let begins_as_json = text.trim_start().starts_with(['{', '[', '"']);
    let read = match begins_as_json {
        true => text.to_owned(),
        false => fs::read_to_string(text).map_err(|error| {
            Failure::usage(format!("{text:?} is neither JSON nor a file: {error}"))
        })?,
    };
    serde_json::from_str(&read).map_err(|error| {
        Failure::usage(format!("this is not JSON: {error}"))
            .expected(r#"an object such as {"from":"alice"}, or an array"#)
    })
}

/// A transaction in any of its forms: plain, with arguments as JSON or packed; packed as a whole; or
/// what `--offline` and `--json` print, which have it inside.
///
/// # Errors
/// `usage.argument` where it is none of them; those of the client where an ABI is needed, or that there
/// is no client.
pub(crate) fn transaction(client: Option<&Client>, text: &str) -> Fallible<SignedTransaction> {
    transaction_of(client, inner(json_argument(text)?))
}

/// The transaction inside of an envelope.
pub(crate) fn inner(mut value: Value) -> Value {
    for field in ["data", "transaction"] {
        let is_wrapped = value.get("actions").is_none() && value.get("packed_trx").is_none();
        if is_wrapped && value.get(field).is_some_and(Value::is_object) {
            value = value[field].take();
        }
    }
    value
}

/// [`transaction`] of JSON that is read already.
///
/// # Errors
/// As [`transaction`].
pub(crate) fn transaction_of(
    client: Option<&Client>,
    mut value: Value,
) -> Fallible<SignedTransaction> {
    let wrong = |error: String| {
        Failure::usage(format!("this is not a transaction: {error}"))
            .expected("an object with actions, or with packed_trx")
    };
    if value.get("packed_trx").is_some() {
        return unpack(value);
    }
    for list in ["context_free_actions", "actions"] {
        let actions = value.get_mut(list).and_then(Value::as_array_mut);
        for action in actions.into_iter().flatten() {
            pack_arguments(client, action)?;
        }
    }
    serde_json::from_value(value).map_err(|error| wrong(error.to_string()))
}

/// A packed transaction as a node takes it, plain or compressed.
fn unpack(mut value: Value) -> Fallible<SignedTransaction> {
    let wrong =
        |error: String| Failure::usage(format!("this is not a packed transaction: {error}"));
    for (field, usual) in [
        ("signatures", json!([])),
        ("compression", json!("none")),
        ("packed_context_free_data", json!("")),
    ] {
        if value.get(field).is_none() {
            value[field] = usual;
        }
    }
    let mut packed: PackedTransaction =
        serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
    if packed.compression == Compression::Zlib {
        for bytes in [&mut packed.packed_trx, &mut packed.packed_context_free_data] {
            if !bytes.is_empty() {
                // As large as a node takes it.
                *bytes = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(bytes, 1 << 20)
                    .map_err(|error| wrong(error.to_string()))?;
            }
        }
        packed.compression = Compression::None;
    }
    let unpacked = packed.unpack().map_err(|error| wrong(error.to_string()))?;
    unpacked.ok_or_else(|| wrong("it is compressed".to_owned()))
}

/// Packs an action's arguments where they are JSON.
fn pack_arguments(client: Option<&Client>, action: &mut Value) -> Fallible<()> {
    // Nodes write arguments in JSON as `data`, with their bytes beside.
    if let Some(bytes) = action.get("hex_data").filter(|it| it.is_string()) {
        action["data"] = bytes.clone();
    }
    if action.get("data").is_none_or(Value::is_string) {
        return Ok(());
    }
    let name = |field: &str| -> Fallible<Name> {
        let text = action[field].as_str().unwrap_or_default();
        text.parse()
            .map_err(|_| Failure::usage(format!("{field} {text:?} of an action is not a name")))
    };
    let (account, name) = (name("account")?, name("name")?);
    let client = client.ok_or_else(|| {
        Failure::usage(format!(
            "arguments of {account}::{name} are JSON, and no node tells its ABI"
        ))
        .hint("pack it beforehand: convert pack_action_data")
    })?;
    let data = client
        .abi(account)?
        .pack_action(name, &action["data"])
        .map_err(ClientError::from)?;
    action["data"] = json!(bytes::text(&data));
    Ok(())
}

/// Arguments as JSON, where the contract has an ABI that they fit. Where they do not fit the one that is
/// remembered, it is asked for once more: the contract may have been changed meanwhile.
pub(crate) fn unpacked(client: &Client, account: Name, name: Name, data: &[u8]) -> Option<Value> {
    let unpack = || Some(client.abi(account).ok()?.unpack_action(name, data));
    match unpack()? {
        Ok(arguments) => Some(arguments),
        Err(_) => {
            client.forget_abi(account);
            unpack()?.ok()
        }
    }
}

/// A transaction as JSON whose arguments are JSON as far as ABIs are known; `hex_data` has their bytes.
pub(crate) fn readable(client: &Client, signed: &SignedTransaction) -> Value {
    let mut value = serde_json::to_value(&signed.transaction).unwrap_or_default();
    let transaction = &signed.transaction;
    for (list, actions) in [
        ("context_free_actions", &transaction.context_free_actions),
        ("actions", &transaction.actions),
    ] {
        for (number, action) in actions.iter().enumerate() {
            let (account, name) = (action.account, action.name);
            if let Some(arguments) = unpacked(client, account, name, &action.data) {
                value[list][number]["data"] = arguments;
                value[list][number]["hex_data"] = json!(bytes::text(&action.data));
            }
        }
    }
    value
}

/// The most characters of an action's arguments that a sentence has.
const SAID: usize = 400;

/// What a readable transaction does, for whoever agrees to it: each action with its arguments.
pub(crate) fn sentence(readable: &Value) -> String {
    let text = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let lists = ["context_free_actions", "actions"].map(|it| readable[it].as_array());
    let actions = lists.into_iter().flatten().flatten();
    let said = actions.map(|action| {
        let (account, name) = (text(&action["account"]), text(&action["name"]));
        let mut arguments = text(&action["data"]);
        if let Some((end, _)) = arguments.char_indices().nth(SAID) {
            arguments.truncate(end);
            arguments.push('…');
        }
        format!("{account}::{name} {arguments}")
    });
    said.collect::<Vec<_>>().join(", ")
}

/// An amount of a token.
///
/// # Errors
/// `usage.argument`.
pub(crate) fn amount(text: &str) -> Fallible<Asset> {
    text.parse().map_err(|error| {
        Failure::usage(format!("{text:?} is not an amount: {error}")).expected("1.0000 EOS")
    })
}

/// A transaction, as JSON, with its signatures and context-free data, as nodes and cleos read it.
pub(crate) fn with_signatures(mut transaction: Value, signed: &SignedTransaction) -> Value {
    let data = signed.context_free_data.iter();
    let data: Vec<_> = data.map(|it| bytes::text(it)).collect();
    transaction["signatures"] = json!(signed.signatures);
    transaction["context_free_data"] = json!(data);
    transaction
}

/// Permissions as cleos takes them: a JSON array of objects or of texts, or texts between commas.
///
/// # Errors
/// `usage.argument`.
pub(crate) fn levels(text: &str) -> Fallible<Vec<PermissionLevel>> {
    let is_list = !text.trim_start().starts_with(['[', '{']) && !fs::exists(text).unwrap_or(false);
    let wrong = |what: &str| {
        Failure::usage(format!("{what} is not a permission"))
            .expected(r#"alice@active, or [{"actor":"alice","permission":"active"}]"#)
    };
    let parsed = |text: &str| text.trim().parse().map_err(|_| wrong(text));
    if is_list {
        return text.split(',').map(parsed).collect();
    }
    let items = match json_argument(text)? {
        Value::Array(items) => items,
        one => vec![one],
    };
    let level = |item: &Value| match item {
        Value::String(text) => parsed(text),
        other => serde_json::from_value(other.clone()).map_err(|_| wrong(&other.to_string())),
    };
    items.iter().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    #[test]
    fn a_transaction_is_read_in_each_of_its_forms() {
        let plain = json!({
            "expiration": "2030-01-01T00:00:00", "ref_block_num": 1, "ref_block_prefix": 2,
            "max_net_usage_words": 0, "max_cpu_usage_ms": 0, "delay_sec": 0,
            "context_free_actions": [], "transaction_extensions": [],
            "actions": [{ "account": "c", "name": "a", "authorization": [], "data": "00ff" }],
        });
        let read = transaction(None, &plain.to_string()).unwrap();
        assert_eq!(read.transaction.actions[0].data, [0, 255]);
        let packed = PackedTransaction::pack(&read);
        let bytes = &packed.packed_trx;
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
        for form in [
            json!({ "packed_trx": bytes::text(bytes) }),
            json!({ "packed_trx": bytes::text(&zlib), "compression": "zlib" }),
            json!({ "chain_id": "x", "transaction": plain }),
            json!({ "schema_version": 1, "data": { "transaction": plain } }),
        ] {
            assert_eq!(
                transaction(None, &form.to_string()).unwrap(),
                read,
                "{form}"
            );
        }
    }

    /// A node whose contract has an action `a` with one byte.
    #[derive(Debug)]
    struct Changed;

    impl antelope_rpc_client::Transport for Changed {
        fn address(&self) -> &str {
            "changed:"
        }

        fn post(&self, path: &str, _: &[u8]) -> Result<antelope_rpc_client::Answer, ClientError> {
            assert_eq!(path, "/v1/chain/get_raw_abi");
            let abi = antelope_types::base64::encode(&abi("uint8").to_binary());
            let zero = "00".repeat(32);
            let body =
                json!({ "account_name": "c", "code_hash": zero, "abi_hash": zero, "abi": abi });
            let body = body.to_string().into_bytes();
            Ok(antelope_rpc_client::Answer { status: 200, body })
        }
    }

    fn abi(of: &str) -> antelope_rpc_client::Abi {
        let definition = json!({
            "version": "eosio::abi/1.2", "types": [],
            "structs": [{ "name": "a", "base": "", "fields": [{ "name": "x", "type": of }] }],
            "actions": [{ "name": "a", "type": "a", "ricardian_contract": "" }],
        });
        antelope_rpc_client::Abi::from_json(&definition.to_string()).unwrap()
    }

    #[test]
    fn an_abi_that_has_changed_is_asked_for_once_more() {
        let client = Client::over(std::sync::Arc::new(Changed));
        let account = name!("c");
        client.remember_abi(account, abi("string"));
        // Five bytes of a text that is not there.
        assert_eq!(
            unpacked(&client, account, name!("a"), &[5]),
            Some(json!({ "x": 5 }))
        );
        assert_eq!(unpacked(&client, account, name!("b"), &[5]), None);
    }

    #[test]
    fn arguments_in_json_need_a_node() {
        let text = r#"{"actions":[{"account":"c","name":"a","authorization":[],"data":{"x":1}}]}"#;
        let failure = transaction(None, text).unwrap_err();
        assert!(failure.message.contains("c::a"), "{}", failure.message);
    }

    #[test]
    fn permissions_are_texts_or_objects() {
        let expected = [
            PermissionLevel::active(name!("alice")),
            PermissionLevel::owner(name!("bob")),
        ];
        for text in [
            "alice,bob@owner",
            r#"["alice@active","bob@owner"]"#,
            r#"[{"actor":"alice","permission":"active"},{"actor":"bob","permission":"owner"}]"#,
        ] {
            assert_eq!(levels(text).unwrap(), expected, "{text}");
        }
        assert!(levels("UPPER").is_err());
    }
}
