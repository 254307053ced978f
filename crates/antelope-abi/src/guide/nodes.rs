//! Where the careful functions and those that end in `_as_node` differ.
//!
//! A node converts JSON leniently: what it cannot represent it cuts, wraps or leaves out, without
//! telling. For arguments that a person typed this loses money. [`Abi::pack`] and [`Abi::unpack`]
//! refuse there. [`Abi::pack_as_node`] and [`Abi::unpack_as_node`] do exactly what
//! `abi_serializer::variant_to_binary` and `binary_to_variant` do: the same bytes and JSON, refusals
//! in the same places, and of refusals the same number and words.
//!
//! [`Abi::pack`]: crate::Abi::pack
//! [`Abi::unpack`]: crate::Abi::unpack
//! [`Abi::pack_as_node`]: crate::Abi::pack_as_node
//! [`Abi::unpack_as_node`]: crate::Abi::unpack_as_node
//!
//! | JSON or bytes | careful | as a node |
//! |---|---|---|
//! | a field that the struct does not have | refused | ignored |
//! | `300` or `-1` for a `uint8`, `1.5` for an `int64` | refused | low bits, whole part |
//! | `null` for a number or text | refused | 0, empty text |
//! | a checksum that is too short or too long | refused | padded with zeros, cut |
//! | an array for a struct with a base | in order, the base first | refused |
//! | more array items than a struct has fields | refused | ignored |
//! | `01.2345` seconds in a `time_point` | 1 s and 234.5 ms | 1 s and 11 345 ms: only three decimals are read right |
//! | digits with a leading zero for a 128-bit integer | refused | octal |
//! | bytes after a value | refused | ignored |
//! | a `bool` of 0 or 1 | `false`, `true` | `0`, `1` |
//! | a symbol in lower case, a time after 9999 | shown | refused |
//! | a `string` that is not UTF-8 | refused | shown without the invalid bytes |
//! | a struct without fields | `{}` | refused: `Unable to unpack '…' from stream` |
//! | a value of 1 MiB to 64 MiB | packed | refused with number 8 |
//!
//! ```
//! use antelope_abi::Abi;
//! use serde_json::json;
//!
//! let abi = Abi::from_json(
//!     r#"{"version": "eosio::abi/1.2", "structs": [
//!         { "name": "pay", "base": "", "fields": [
//!             { "name": "to", "type": "name" }, { "name": "note", "type": "string?" } ] }]}"#,
//! )?;
//! // A slip of the pen: the field is called `note`.
//! let typo = json!({ "to": "bob", "note_": "rent" });
//! let error = abi.pack("pay", &typo).unwrap_err();
//! assert_eq!(error.to_string(), "JSON as `pay`: no field `note_` in pay, expected to, note");
//! // A node sends the payment without the note.
//! let sent = abi.pack_as_node("pay", &typo)?;
//! assert_eq!(abi.unpack("pay", &sent)?, json!({ "to": "bob", "note": null }));
//!
//! let moment = json!("1970-01-01T00:00:01.2345");
//! assert_eq!(abi.pack("time_point", &moment)?, 1_234_500u64.to_le_bytes());
//! assert_eq!(abi.pack_as_node("time_point", &moment)?, 12_345_000u64.to_le_bytes());
//!
//! assert_eq!(abi.unpack("bool", &[1])?, json!(true));
//! assert_eq!(abi.unpack_as_node("bool", &[1])?, json!(1));
//! assert!(abi.unpack("bool", &[1, 2, 3]).is_err());
//! assert_eq!(abi.unpack_as_node("bool", &[1, 2, 3])?, json!(1));
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! # Where a node stops
//!
//! * Nesting is counted as `abi_serializer::impl::abi_traverse_context` counts it: a value begins at
//!   depth 3, and structs, bases, list items, optionals and variants add one each; 32 is refused with
//!   `abi_recursion_depth_exception`. What a node reads or shows as a part of something begins deeper:
//!
//!   | value | begins at |
//!   |---|---|
//!   | a row; `abi_json_to_bin`, `abi_bin_to_json`, which nodes have up to Leap 3 | 3 |
//!   | arguments of an action in a trace; those that a failed deferred transaction has in it | 7; 9 |
//!   | return value of an action in a trace | 6 |
//!   | arguments in a scheduled transaction, in `get_required_keys` | 6 |
//!   | arguments in the JSON of a transaction that is sent | 7 |
//!   | arguments in a block | 11 |
//!
//!   [`Abi::unpack_as_node_below`](crate::Abi::unpack_as_node_below) and
//!   [`Abi::pack_action_as_node_below`](crate::Abi::pack_action_as_node_below) take the steps beyond 3.
//! * A node gives up on time (`abi-serializer-max-time-ms`, 15 ms by default); this crate never does,
//!   but bounds memory, see [`limits`](super::limits).
//! * Faults of single values have many numbers in a node, as each type's parser throws its own. Here
//!   they are all [`AbiException::Pack`](crate::AbiException::Pack) or
//!   [`AbiException::Unpack`](crate::AbiException::Unpack).
