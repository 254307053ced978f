//! Reads encodings by the ABI that indexers are given.

use antelope_abi::Abi;
use serde_json::Value;
use std::sync::LazyLock;

/// The value of a type, as JSON.
pub(crate) fn by_abi(ty: &str, bytes: &[u8]) -> Value {
    static ABI: LazyLock<Abi> = LazyLock::new(|| {
        let mut abi: Value = serde_json::from_str(crate::abi()).unwrap();
        // Names of tables have underscores here, which names of contracts' tables cannot have.
        abi.as_object_mut().unwrap().remove("tables");
        Abi::from_json(&abi.to_string()).unwrap()
    });
    ABI.unpack(ty, bytes).unwrap()
}

/// The names of the fields that identify a row of a table.
pub(crate) fn keys(table: &str) -> Vec<String> {
    let abi: Value = serde_json::from_str(crate::abi()).unwrap();
    let tables = abi["tables"].as_array().unwrap();
    let found = tables.iter().find(|found| found["name"] == table).unwrap();
    serde_json::from_value(found["key_names"].clone()).unwrap()
}
