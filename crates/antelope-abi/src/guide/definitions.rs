//! What makes an ABI usable, and how a node names what does not.
//!
//! A chain stores whatever `setabi` is given; `abi_serializer::set_abi` and `validate` judge an ABI
//! only when it is used. [`Abi`](crate::Abi) does the same checks in the same order, so that of
//! several faults it reports the one that a node reports. [`read_definition`](crate::read_definition)
//! reads without checking, for tools that show faulty ABIs.
//!
//! | in this order | refused with |
//! |---|---|
//! | the version does not begin with `eosio::abi/1.` | 3015016 |
//! | an alias has the name of a type that is known so far: built-in, struct, earlier alias | 3015005 |
//! | two aliases, structs, actions, tables, error codes, variants or action results of one name | 3015005 to 3015009, 3015015, 3015017 |
//! | an alias stands for itself, directly or through others | 3015012 |
//! | an alias stands for an unknown type | 3015004 |
//! | the base of a struct is unknown or not a struct | 3015004, `Unknown struct …` |
//! | a struct is its own base, directly or through others | 3015012 |
//! | a field, variant, action, table or result has an unknown type | 3015004, the type |
//! | aliases of aliases, more than 30 deep | 3015011 |
//!
//! Structs, variants and aliases are looked at in the order of their names, since a node keeps them in
//! maps by name.
//!
//! # Names that hide each other
//!
//! Different kinds may share a name. Where a type is looked up, a built-in type hides a variant, and
//! that hides a struct; an alias may have the name of a variant, and hides it. For the base of a struct
//! only structs count, after aliases are followed. A struct may therefore be named `uint8` and serve
//! as a base, while fields of type `uint8` remain numbers.
//!
//! # Recursion
//!
//! A struct may contain itself through a list, an optional or a variant, and two structs may contain
//! each other. Values end at the limit of nesting. A struct that contains itself directly is accepted
//! too, although it has no finite value.
//!
//! ```
//! use antelope_abi::Abi;
//! use serde_json::json;
//!
//! let abi = Abi::from_json(
//!     r#"{"version": "eosio::abi/1.2", "structs": [
//!         { "name": "tree", "base": "", "fields": [
//!             { "name": "value", "type": "uint8" }, { "name": "children", "type": "tree[]" } ] }]}"#,
//! )?;
//! let leaf = |value| json!({ "value": value, "children": [] });
//! let tree = json!({ "value": 1, "children": [leaf(2), leaf(3)] });
//! assert_eq!(abi.pack("tree", &tree)?, [1, 2, 2, 0, 3, 0]);
//! # Ok::<(), antelope_abi::AbiError>(())
//! ```
//!
//! # Versions
//!
//! | version | adds |
//! |---|---|
//! | 1.0 | types, structs, actions, tables, clauses, error messages |
//! | 1.1 | variants, and binary extensions (`$`) |
//! | 1.2 | action results |
//!
//! The version is not held against the content: an ABI that says 1.0 may have variants.
