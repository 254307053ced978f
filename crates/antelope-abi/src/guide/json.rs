//! Which JSON a value is shown as, and which JSON is read.
//!
//! The forms are those of `fc::to_variant` and of nodes' answers. What is shown can be packed again
//! and gives the same bytes; exceptions are bytes that no packer would write, such as a varint with
//! more bytes than it needs.
//!
//! | type | shown | read besides |
//! |---|---|---|
//! | `bool` | `true`, `false`; by nodes 1, 0; other bytes as numbers | `0`, `1`, as numbers or text |
//! | integers up to 32 bits, varints | number | decimal digits as text |
//! | `int64`, `uint64` | number up to ±4294967295, text beyond | both for all values |
//! | `int128`, `uint128` | decimal text | numbers; `0x` and hexadecimal digits |
//! | `float32`, `float64` | text with 17 decimals, `inf`, `nan`, `-nan` | numbers; text with an exponent |
//! | `float128` | `0x` and 32 hexadecimal digits, in the order of the bytes | without `0x` |
//! | `time_point` | `2024-01-01T00:00:00.000`; microseconds below a millisecond are not shown | up to six decimals; a final `Z` |
//! | `time_point_sec` | `2024-01-01T00:00:00` | decimals, which are cut off |
//! | `block_timestamp_type` | `2024-01-01T00:00:00.500` | as `time_point`, rounded down to half a second |
//! | `name` | `eosio.token` | |
//! | `bytes`, checksums | hexadecimal digits in lower case | in upper case |
//! | `string` | text | |
//! | `public_key` | `PUB_K1_…`, `PUB_R1_…`, `PUB_WA_…` | `EOS…` |
//! | `signature` | `SIG_K1_…`, `SIG_R1_…`, `SIG_WA_…` | |
//! | `symbol_code`, `symbol`, `asset` | `EOS`, `4,EOS`, `1.0000 EOS` | |
//! | `extended_asset` | `{"quantity": "1.0000 EOS", "contract": "eosio.token"}` | both parts in an array |
//! | `T[]`, `T[N]` | array | |
//! | `T?` | the value or `null` | |
//! | struct | object; extensions that are not there are left out | array of all fields in order |
//! | variant | `["type", value]`, the type spelled as in the ABI | |
//!
//! A field of a type written with `?` may be missing from an object, which means `null`. This goes by
//! the spelling, as in nodes: an alias of an optional has to be there. Fields written with `$` may be
//! missing from the end of a value, if nothing follows it.
//!
//! ```
//! use antelope_abi::Abi;
//! use serde_json::json;
//!
//! let abi = Abi::from_json(r#"{"version": "eosio::abi/1.2"}"#)?;
//! let shown = |ty: &str, bytes: &[u8]| abi.unpack(ty, bytes);
//! assert_eq!(shown("uint64", &[1, 0, 0, 0, 0, 0, 0, 0])?, json!(1));
//! assert_eq!(shown("uint64", &[0, 0, 0, 0, 1, 0, 0, 0])?, json!("4294967296"));
//! assert_eq!(shown("float32", &1.5f32.to_le_bytes())?, json!("1.50000000000000000"));
//! assert_eq!(shown("bytes", &[2, 0xab, 0x01])?, json!("ab01"));
//! // The other forms that are read.
//! assert_eq!(abi.pack("uint64", &json!("1"))?, abi.pack("uint64", &json!(1))?);
//! assert_eq!(abi.pack("float64", &json!(0.25))?, abi.pack("float64", &json!("2.5e-1"))?);
//! assert_eq!(abi.pack("int128", &json!("0xff"))?, abi.pack("int128", &json!(255))?);
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! # Text at once
//!
//! [`Abi::unpack_json`](crate::Abi::unpack_json) and its relatives write the text that
//! `serde_json::to_string` writes of the value, but with the fields in the order of the ABI, as nodes
//! send them. [`Value`](serde_json::Value) sorts them by name, unless some crate in the build turns
//! on serde_json's feature `preserve_order`.
