//! Which bytes a value has.
//!
//! Values follow each other without padding, tags or lengths, so bytes mean nothing without their
//! type. Integers are little-endian. The layouts are those of `fc::raw::pack`
//! (`libraries/libfc/include/fc/io/raw.hpp`) and of the serializers in the contract toolkits.
//!
//! # Built-in types
//!
//! A node gets these from `abi_serializer::configure_built_in_types`.
//!
//! | type | bytes | layout |
//! |---|---|---|
//! | `bool` | 1 | 0 or 1; other bytes occur in rows of faulty contracts |
//! | `int8` … `int128`, `uint8` … `uint128` | 1, 2, 4, 8, 16 | two's complement |
//! | `varuint32` | 1 to 5 | seven bits a byte, lowest first, the high bit set on all but the last |
//! | `varint32` | 1 to 5 | zigzag (`value << 1 ^ value >> 31`), then as `varuint32` |
//! | `float32`, `float64` | 4, 8 | IEEE 754 |
//! | `float128` | 16 | IEEE 754 quadruple, not interpreted |
//! | `time_point` | 8 | signed microseconds since 1970-01-01 UTC |
//! | `time_point_sec` | 4 | unsigned seconds since 1970-01-01 UTC, up to 2106 |
//! | `block_timestamp_type` | 4 | unsigned half seconds since 2000-01-01 UTC |
//! | `name` | 8 | 12 characters of five bits from the highest bits down, then one of four |
//! | `bytes`, `string` | 1 to 5, then n | `varuint32` n, then n bytes; `string` is meant to be UTF-8 |
//! | `checksum160`, `checksum256`, `checksum512` | 20, 32, 64 | as the hash function returns them |
//! | `symbol_code` | 8 | ASCII letters `A`–`Z` from the first byte on, then zeros |
//! | `symbol` | 8 | decimals in the first byte, then the code in seven |
//! | `asset` | 16 | signed amount in units of the last decimal, then the `symbol` |
//! | `extended_asset` | 24 | the `asset`, then the `name` of the contract |
//! | `public_key` | 34, or more | kind in a `varuint32` (0 K1, 1 R1, 2 WebAuthn), 33 bytes of a compressed point; for WebAuthn also a byte of user presence (0, 1, 2; nodes keep other numbers too) and the site as `string` |
//! | `signature` | 66, or more | kind, then 65 bytes `v r s`; for WebAuthn also the authenticator data as `bytes` and the client data as `string` |
//!
//! ```
//! # let abi = antelope_abi::Abi::from_json(r#"{"version": "eosio::abi/1.2"}"#)?;
//! use serde_json::json;
//!
//! assert_eq!(abi.pack("varuint32", &json!(300))?, [0b1010_1100, 0b10]);
//! assert_eq!(abi.pack("varint32", &json!(-2))?, [3]);
//! assert_eq!(abi.pack("string", &json!("hi"))?, [2, b'h', b'i']);
//! // 12.50 USD: 1250 units of a cent
//! let asset = [0xe2, 0x04, 0, 0, 0, 0, 0, 0, 2, b'U', b'S', b'D', 0, 0, 0, 0];
//! assert_eq!(abi.pack("asset", &json!("12.50 USD"))?, asset);
//! // Half a minute after 2000-01-01 in half seconds.
//! let moment = json!("2000-01-01T00:00:30.000");
//! assert_eq!(abi.pack("block_timestamp_type", &moment)?, [60, 0, 0, 0]);
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! # Shapes
//!
//! | written | layout |
//! |---|---|
//! | `T[]` | `varuint32` count, then the items |
//! | `T[N]` | N items without a count; nodes know it since Spring 1.0 |
//! | `T?` | one byte, 0 for nothing or 1 before the value |
//! | `T$` as the last fields of a struct | the value, or nothing at all where the bytes end before it |
//! | alias | the type it stands for |
//! | struct | the fields of its base, then its own, in order |
//! | variant | `varuint32` index of the type in the list of the variant, then the value |
//!
//! One suffix per type is read: `T[][]`, `T?[]` and `T[]?` need an alias for the inner type, as
//! `abi_serializer::_is_type` takes off only one.
//!
//! ```
//! # use serde_json::json;
//! let abi = antelope_abi::Abi::from_json(
//!     r#"{
//!         "version": "eosio::abi/1.2",
//!         "types": [{ "new_type_name": "maybe", "type": "uint8?" }],
//!         "structs": [
//!             { "name": "base", "base": "", "fields": [{ "name": "a", "type": "uint16" }] },
//!             { "name": "row", "base": "base", "fields": [
//!                 { "name": "b", "type": "maybe[]" },
//!                 { "name": "c", "type": "number" },
//!                 { "name": "d", "type": "uint8$" } ] }
//!         ],
//!         "variants": [{ "name": "number", "types": ["uint8", "uint32"] }]
//!     }"#,
//! )?;
//! let row = json!({ "a": 1, "b": [7, null], "c": ["uint32", 2], "d": 9 });
//! let bytes = [
//!     1, 0, // a, of the base
//!     2, 1, 7, 0, // b: two items, the first there, the second not
//!     1, 2, 0, 0, 0, // c: the second type of the variant
//!     9, // d
//! ];
//! assert_eq!(abi.pack("row", &row)?, bytes);
//! // A row that was written before `d` was added to the struct.
//! let older = abi.unpack("row", &bytes[..11])?;
//! assert_eq!(older, json!({ "a": 1, "b": [7, null], "c": ["uint32", 2] }));
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! # The ABI itself
//!
//! `setabi` takes an ABI in this layout, and chains store it so
//! (`libraries/chain/include/eosio/chain/abi_def.hpp`). Names of actions and tables are `name`, all
//! other text is `string`.
//!
//! | part | layout |
//! |---|---|
//! | version | `string`, such as `eosio::abi/1.2` |
//! | types | list of new name, type |
//! | structs | list of name, base, list of field name, field type |
//! | actions | list of `name`, type, ricardian contract |
//! | tables | list of `name`, index type, list of key names, list of key types, type |
//! | ricardian clauses | list of id, body |
//! | error messages | list of `uint64` code, message |
//! | extensions | list of `uint16` kind, `bytes` |
//! | variants, since 1.1 | list of name, list of types; may be missing at the end |
//! | action results, since 1.2 | list of `name`, type; may be missing at the end |
