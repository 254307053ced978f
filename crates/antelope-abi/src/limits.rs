//! How much a node takes, and what this crate adds so that hostile input cannot take all memory.
//!
//! The public page is [`guide::limits`](crate::guide::limits).

/// Depth of values within values: `abi_serializer::max_recursion_depth`. Bases of structs, lists,
/// optionals and variants count as steps, as they do in a node
/// (`libraries/chain/include/eosio/chain/abi_serializer.hpp`).
pub(crate) const MAX_DEPTH: u32 = 32;

/// The depth at which a node begins with a value: `binary_to_variant`, its private twin and the scope
/// of the traversal have counted themselves by then.
pub(crate) const FIRST_DEPTH: u32 = 3;

/// Items of a list of a built-in type: `MAX_NUM_ARRAY_ELEMENTS` in
/// `libraries/libfc/include/fc/utility.hpp`. Lists of other types are read by the ABI serializer
/// itself, which counts nothing.
pub(crate) const MAX_ITEMS: usize = 1024 * 1024;

/// Bytes of `bytes` and `string`: `MAX_SIZE_OF_BYTE_ARRAYS`, in the same file.
pub(crate) const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Bytes that a node packs JSON into: the buffer of `abi_serializer::_variant_to_binary` has a fixed
/// size, and running out of it is the stream's own error, number 8.
pub(crate) const MAX_PACKED_BY_NODE: usize = 1024 * 1024;

/// Bytes that this crate packs JSON into otherwise. ABIs can have thousands of optional fields, each
/// of which adds a byte to every `{}` in a list.
pub(crate) const MAX_PACKED: usize = 64 * 1024 * 1024;

/// What the JSON of unpacked bytes may weigh. Names of fields may be long and their values short, so
/// that a few bytes can stand for much text. A node has a limit in time instead.
pub(crate) const MAX_SHOWN: usize = 64 * 1024 * 1024;

/// What a JSON value weighs besides its text: a `serde_json::Value` of 32 bytes and its share of the
/// nodes that objects are kept in. Text at once takes less, and is charged the same so that both are
/// refused alike.
pub(crate) const VALUE_WEIGHT: usize = 48;
