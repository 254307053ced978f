//! JSON to bytes and back by the ABI of an Antelope contract, as nodes do it.
//!
//! Contracts take arguments, keep rows and return results as bytes without any description of
//! themselves. The contract's ABI says what they mean. This crate converts both ways, byte for byte and
//! word for word as nodeos does.
//!
//! An ABI is read once: every name of a type in it is resolved to an index, with the checks and the
//! refusals of a node. Values are then read and written by one walk along the types, without looking
//! anything up but the fields of JSON objects.
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
//! | write JSON text without a [`Value`](serde_json::Value) | [`Abi::unpack_json`], [`Abi::unpack_action_json`], [`Abi::unpack_row_json`] |
//!
//! The [`guide`] has the layout of the bytes, the forms of the JSON, and what nodes do otherwise.
//!
//! # Careful, or as a node
//!
//! Nodes take much for a value that was hardly meant as one. The functions for people refuse what a
//! node would lose or change; those that end in `_as_node` do as the node does. The most frequent
//! differences ([all of them](guide::nodes)):
//!
//! | JSON or bytes | careful | as a node |
//! |---|---|---|
//! | a field that the struct does not have | refused | left out |
//! | `300` or `-1` for a `uint8`, `1.5` for an `int64` | refused | the low bits, the whole part |
//! | `null` for a number or text | refused | 0, empty text |
//! | a checksum that is too short or too long | refused | filled up, cut |
//! | bytes after a value | refused | left out |
//! | a `bool` of 0 or 1 | `false`, `true` | `0`, `1` |
//! | a symbol in lower case, a time after 9999 | shown | refused |
//! | text that is not UTF-8 | refused | shown without it |
//!
//! Both read numbers from digits in text, truth from `0` and `1`, fields in any order or from an
//! array, hexadecimal digits in both cases, and [whatever they show](guide::json).
//!
//! # Hostile input
//!
//! ABIs, bytes and JSON from strangers are safe to convert: every length is checked before memory is
//! taken, nesting ends at 32 as in nodes, and neither more than 64 MiB of JSON nor more than 64 MiB of
//! bytes is made. The [limits](guide::limits) are those of nodes where nodes have one.
//!
//! # Features and dependencies
//!
//! The crate is `no_std` with `alloc`, has no `unsafe` code, no features, and depends on
//! `antelope-types`, `serde` and `serde_json`. It builds for `wasm32v1-none` and browsers.
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
pub mod guide;
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
