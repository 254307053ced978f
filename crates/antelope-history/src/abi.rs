//! The ABI that a node sends when a session begins: how everything else is encoded.
//!
//! It is part of the protocol, so that it is written down here as such and not derived from the
//! types of this crate: three lists in the folder `abi`, one definition a line.
//!
//! | list | a line |
//! |---|---|
//! | `structs.txt` | `name: field type, field type`, with `< base` after the name where it has one |
//! | `variants.txt` | `name: type, type`, in the order of their tags |
//! | `tables.txt` | `name: key, key`; the type of a table has its name |
//!
//! Indexers read the types from it and look for tables by its names. A test compares it with what
//! nodeos sends; another reads this crate's encodings by it.

use serde_json::{Value, json};
use std::sync::LazyLock;

/// The version of ABIs that the protocol was defined with.
const VERSION: &str = "eosio::abi/1.1";

/// The text frame that a client receives first: a JSON object with the keys `version`, `structs`,
/// `types`, `variants` and `tables`.
///
/// ```
/// let abi: serde_json::Value = serde_json::from_str(antelope_history::abi())?;
/// assert_eq!(abi["version"], "eosio::abi/1.1");
/// assert_eq!(abi["tables"].as_array().map(Vec::len), Some(19));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn abi() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| definition().to_string());
    &TEXT
}

/// The ABI as JSON.
fn definition() -> Value {
    json!({
        "version": VERSION,
        "structs": list(include_str!("abi/structs.txt"), structure),
        "types": [{ "new_type_name": "transaction_id", "type": "checksum256" }],
        "variants": list(include_str!("abi/variants.txt"), |name, types| {
            json!({ "name": name, "types": types })
        }),
        "tables": list(include_str!("abi/tables.txt"), |name, keys| {
            json!({ "name": name, "type": name, "key_names": keys })
        }),
    })
}

/// The definitions of a list: what `define` makes of each name and the parts after it.
fn list(text: &str, define: fn(&str, &[&str]) -> Value) -> Value {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    let definitions = lines.map(|(name, parts)| {
        let parts = parts.split(',').map(str::trim);
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        define(name, &parts)
    });
    definitions.collect()
}

/// A struct; `head` is its name, with its base if there is one.
fn structure(head: &str, fields: &[&str]) -> Value {
    let fields: Value = fields
        .iter()
        .filter_map(|field| field.split_once(' '))
        .map(|(name, ty)| json!({ "name": name, "type": ty }))
        .collect();
    match head.split_once(" < ") {
        Some((name, base)) => json!({ "name": name, "base": base, "fields": fields }),
        None => json!({ "name": head, "fields": fields }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_definition() {
        let abi = definition();
        for (key, text) in [
            ("structs", include_str!("abi/structs.txt")),
            ("variants", include_str!("abi/variants.txt")),
            ("tables", include_str!("abi/tables.txt")),
        ] {
            let count = abi[key].as_array().map(Vec::len);
            assert_eq!(count, Some(text.lines().count()), "{key}");
        }
        let block = &abi["structs"][22];
        assert_eq!(block["name"], "signed_block");
        assert_eq!(block["base"], "signed_block_header");
        assert_eq!(block["fields"][0]["type"], "transaction_receipt[]");
        assert_eq!(abi["structs"][0]["fields"], json!([]));
    }
}
