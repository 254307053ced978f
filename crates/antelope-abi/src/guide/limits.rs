//! How much is read and written at most.
//!
//! ABIs, bytes and JSON may come from strangers. Each of these bounds holds before memory is taken,
//! so a short input cannot claim a long value.
//!
//! | bound | value | whose |
//! |---|---|---|
//! | nesting of values | 32, counted from 3: 29 steps, of which a struct takes two | a node's `max_recursion_depth` |
//! | items of a list of a built-in type | 1 048 576 | a node's `MAX_NUM_ARRAY_ELEMENTS` |
//! | bytes of one `bytes` or `string` | 20 971 520 | a node's `MAX_SIZE_OF_BYTE_ARRAYS` |
//! | bytes packed as a node | 1 048 576 | `abi_serializer::_variant_to_binary` |
//! | bytes packed carefully | 64 MiB | this crate |
//! | JSON unpacked, 48 bytes per value besides its text | 64 MiB | this crate |
//! | list items without bytes of their own, such as empty structs | 1 024 more than there are bytes | this crate, not as a node |
//!
//! Lists reserve room for at most 1 024 items (256 in an ABI) before these are read, and never for more
//! than the bytes that are left. A field's name counts towards the 64 MiB each time it is shown, with
//! its escapes: an ABI with names of 100 000 letters and a thousand rows of one byte is refused.
//!
//! The stack is used for these 29 steps at most. The test `hostile` runs a hundred thousand mutated ABIs and
//! values in 512 KiB of stack, unoptimized, and in 512 MiB of memory for all tests together.
//!
//! # Time
//!
//! Reading an ABI takes time in proportion to its size, times the logarithm of the number of names;
//! chains of bases and of aliases are walked once. Packing looks up each field of an object by name;
//! unpacking looks nothing up. `cargo bench -p antelope-abi` compares the crate with `rs_abieos`.
//!
//! ```
//! use antelope_abi::Abi;
//!
//! let abi = Abi::from_json(r#"{"version": "eosio::abi/1.2"}"#)?;
//! // Five bytes that claim four thousand million items.
//! let error = abi.unpack("uint64[]", &[0xff, 0xff, 0xff, 0xff, 0x0f]).unwrap_err();
//! assert_eq!(error.problem(), "`uint64[]` of 4294967295 items");
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
