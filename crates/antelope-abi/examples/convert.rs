//! Converts a value by an ABI file, to hexadecimal bytes or to JSON:
//!
//! ```text
//! $ cargo run -p antelope-abi --example convert -- abi/soviet.abi 'asset[]' '["1.0000 EOS"]'
//! 0110270000000000000004454f5300000000
//! $ cargo run -p antelope-abi --example convert -- abi/soviet.abi 'asset[]' 0110270000000000000004454f5300000000
//! ["1.0000 EOS"]
//! ```

use antelope_abi::Abi;
use antelope_types::json::bytes;
use serde_json::value::Serializer;
use serde_json::{Value, json};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, ty, value] = arguments.as_slice() else {
        return Err("expected a file, a type, and JSON or hexadecimal digits".into());
    };
    let abi = Abi::from_json(&std::fs::read_to_string(file)?)?;
    if let Ok(bytes) = bytes::deserialize(&json!(value)) {
        println!("{}", abi.unpack(ty, &bytes)?);
    } else {
        let value: Value = serde_json::from_str(value)?;
        let digits = bytes::serialize(&abi.pack(ty, &value)?, Serializer)?;
        println!("{}", digits.as_str().unwrap_or_default());
    }
    Ok(())
}
