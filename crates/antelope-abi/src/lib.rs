//! JSON to bytes and back by the ABI of an Antelope contract, as nodes do it.
//!
//! An ABI is read once: every name of a type in it is resolved to an index, with the checks and the
//! refusals of a node. Values are then read and written by one walk along the types, without looking
//! anything up but the fields of JSON objects. The crate is `no_std`.
//!
//! ```
//! use antelope_abi::Abi;
//! use antelope_types::name;
//! use serde_json::json;
//!
//! let abi = Abi::from_json(
//!     r#"{
//!         "version": "eosio::abi/1.2",
//!         "types": [{ "new_type_name": "bar", "type": "foo" }],
//!         "structs": [
//!             { "name": "foo", "base": "", "fields": [{ "name": "value", "type": "int32" }] },
//!             { "name": "baz", "base": "bar", "fields": [{ "name": "more", "type": "string" }] },
//!             { "name": "hi", "base": "", "fields": [{ "name": "b", "type": "baz" }] }
//!         ],
//!         "actions": [{ "name": "hi", "type": "hi", "ricardian_contract": "" }]
//!     }"#,
//! )?;
//! let arguments = json!({ "b": { "value": -5, "more": "x" } });
//! let bytes = abi.pack_action(name!("hi"), &arguments)?;
//! assert_eq!(bytes, [0xfb, 0xff, 0xff, 0xff, 1, b'x']);
//! assert_eq!(abi.unpack_action(name!("hi"), &bytes)?, arguments);
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | read an ABI | [`Abi::from_json`], [`Abi::from_binary`], [`Abi::from_definition`] |
//! | look into one that cannot be used | [`read_definition`] |
//! | write the arguments of an action | [`Abi::pack_action`] |
//! | read arguments, rows, results | [`Abi::unpack_action`], [`Abi::unpack_row`], [`Abi::unpack_result`] |
//! | do so with any type | [`Abi::pack`], [`Abi::unpack`] |
//! | answer as a node answers | [`Abi::pack_as_node`], [`Abi::unpack_as_node`] |
//! | see why bytes do not fit | [`Abi::inspect`] |
//! | name a fault as a node does | [`AbiError::exception`], [`AbiException`] |
//!
//! # Careful, or as a node
//!
//! Nodes take much for a value that was hardly meant as one. The functions for people refuse what a
//! node would lose or change; those that end in `_as_node` do as the node does.
//!
//! | JSON or bytes | careful | as a node |
//! |---|---|---|
//! | a field that the struct does not have | refused | left out |
//! | `300` or `-1` for a `uint8`, `1.5` for an `int64` | refused | the low bits, the whole part |
//! | `null` for a number or text | refused | 0, empty text |
//! | a checksum that is too short or too long | refused | filled up, cut |
//! | an array for a struct with a base | in order, the base first | refused |
//! | bytes after a value | refused | left out |
//! | a `bool` of 0 or 1 | `false`, `true` | `0`, `1` |
//! | a symbol in lower case, a time after 9999 | shown | refused |
//! | text that is not UTF-8 | refused | shown without it |
//!
//! Both read numbers from digits in text, truth from `0` and `1`, fields in any order or from an
//! array, hexadecimal digits in both cases, and take what they show.
//!
//! # Limits
//!
//! Values may be nested 31 deep, counted as nodes count; a list of a built-in type has at most 2²⁰
//! items, `bytes` and `string` 20 MiB. JSON of more than 64 MiB is not made of any bytes, and bytes
//! of more than 64 MiB (1 MiB as a node) of no JSON. So neither hostile bytes nor hostile ABIs take
//! more memory than that, and the stack stays within these 31 steps.
#![no_std]
#![deny(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod abi;
mod builtin;
mod cursor;
mod definition;
mod error;
mod exception;
mod inspect;
mod limits;
mod pack;
mod path;
mod style;
mod text;
mod types;
mod unpack;

pub use abi::Abi;
pub use definition::read_definition;
pub use error::AbiError;
pub use exception::AbiException;
pub use inspect::{Field, Inspection, Misfit};
