//! The canonical form of an ABI: one text for one interface.

use antelope_types::abi::AbiDef;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

/// Sorts every list whose order has no meaning.
///
/// Fields of structs and alternatives of variants keep their order, which is that on the wire.
pub(crate) fn canonical(mut abi: AbiDef) -> AbiDef {
    abi.types
        .sort_by(|a, b| a.new_type_name.cmp(&b.new_type_name));
    abi.structs.sort_by(|a, b| a.name.cmp(&b.name));
    abi.actions.sort_by_key(|action| action.name.to_string());
    abi.tables.sort_by_key(|table| table.name.to_string());
    abi.ricardian_clauses.sort_by(|a, b| a.id.cmp(&b.id));
    abi.error_messages.sort_by_key(|message| message.error_code);
    abi.variants.sort_by(|a, b| a.name.cmp(&b.name));
    abi.action_results
        .sort_by_key(|result| result.name.to_string());
    abi
}

/// JSON with keys in the order of CDT, four spaces, LF, and an LF at the end.
pub(crate) fn to_json(abi: &AbiDef) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    abi.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}
