//! ABI definitions: what a contract's actions and tables look like, for clients to read.
//!
//! The wire encoding is that of nodeos, which keeps it with the account. With the feature `serde`
//! the JSON has the keys and their order of CDT's `.abi` files, so that files compare byte by byte.
//!
//! ```
//! use antelope_types::abi::{AbiDef, ActionDef, FieldDef, StructDef};
//! use antelope_types::{Decode, Encode, name};
//!
//! let abi = AbiDef {
//!     structs: vec![StructDef {
//!         name: "hi".into(),
//!         base: String::new(),
//!         fields: vec![FieldDef { name: "who".into(), ty: "name".into() }],
//!     }],
//!     actions: vec![ActionDef {
//!         name: name!("hi"),
//!         ty: "hi".into(),
//!         ricardian_contract: String::new(),
//!     }],
//!     ..AbiDef::default()
//! };
//! assert_eq!(AbiDef::from_bytes(&abi.to_bytes()), Ok(abi));
//! ```
//!
//! | since version | what |
//! |---|---|
//! | 1.0 | types, structs, actions, tables, ricardian clauses, error messages |
//! | 1.1 | variants |
//! | 1.2 | types of return values |
//!
//! Types are texts: a builtin type such as `name`, or one that the ABI defines, with a suffix for
//! containers. This module carries them; the crate `antelope-abi` checks them, and encodes by them.

use crate::{Decode, DecodeError, Decoder, Encode, Encoder, Extension, Name};
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "serde")]
mod json;

/// The version that [`AbiDef::default`] carries.
///
/// ABIs that this project writes have it, even those that use nothing of it.
pub const VERSION: &str = "eosio::abi/1.2";

/// The types that need no definition, since every node knows them:
/// `abi_serializer::configure_built_in_types`. Sizes and JSON are described in the crate
/// `antelope-abi`.
pub const BUILTIN_TYPES: [&str; 31] = [
    "bool",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "int128",
    "uint128",
    "varint32",
    "varuint32",
    "float32",
    "float64",
    "float128",
    "time_point",
    "time_point_sec",
    "block_timestamp_type",
    "name",
    "bytes",
    "string",
    "checksum160",
    "checksum256",
    "checksum512",
    "public_key",
    "signature",
    "symbol",
    "symbol_code",
    "asset",
    "extended_asset",
];

/// A contract's interface.
///
/// On the wire the fields follow each other in this order. The last two may be missing at the end, as in
/// ABIs from before their versions; what is written always has them.
///
/// ```
/// use antelope_types::abi::AbiDef;
/// use antelope_types::{Decode, Encode};
/// let bytes = AbiDef::default().to_bytes();
/// assert_eq!(bytes.len(), 1 + 14 + 9); // the version, and nine empty lists
/// assert_eq!(AbiDef::from_bytes(&bytes[..bytes.len() - 2]), Ok(AbiDef::default()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AbiDef {
    /// `eosio::abi/1.0`, `1.1` or `1.2`.
    pub version: String,
    /// Other names of types.
    /// Order does not matter: an alias may stand for one that comes later.
    pub types: Vec<TypeDef>,
    /// Structs: also the arguments of actions and the rows of tables.
    pub structs: Vec<StructDef>,
    /// Actions.
    pub actions: Vec<ActionDef>,
    /// Tables.
    pub tables: Vec<TableDef>,
    /// Texts that stand for the contract as a whole.
    pub ricardian_clauses: Vec<RicardianClause>,
    /// What error codes mean.
    /// Nodes keep them, and show none of them themselves.
    pub error_messages: Vec<ErrorMessage>,
    /// Further data.
    pub abi_extensions: Vec<Extension>,
    /// Variants; since 1.1.
    pub variants: Vec<VariantDef>,
    /// Types of return values; since 1.2.
    pub action_results: Vec<ActionResultDef>,
}

impl Default for AbiDef {
    fn default() -> Self {
        Self {
            version: VERSION.into(),
            types: Vec::new(),
            structs: Vec::new(),
            actions: Vec::new(),
            tables: Vec::new(),
            ricardian_clauses: Vec::new(),
            error_messages: Vec::new(),
            abi_extensions: Vec::new(),
            variants: Vec::new(),
            action_results: Vec::new(),
        }
    }
}

impl AbiDef {
    /// The struct of this name.
    ///
    /// Aliases are not followed.
    pub fn find_struct(&self, name: &str) -> Option<&StructDef> {
        self.structs.iter().find(|it| it.name == name)
    }

    /// The action of this name.
    pub fn find_action(&self, name: Name) -> Option<&ActionDef> {
        self.actions.iter().find(|it| it.name == name)
    }

    /// The table of this name.
    pub fn find_table(&self, name: Name) -> Option<&TableDef> {
        self.tables.iter().find(|it| it.name == name)
    }

    /// The type that an action returns.
    ///
    /// `None` for an action that returns nothing, and for one that there is not.
    pub fn find_result(&self, action: Name) -> Option<&str> {
        self.action_results
            .iter()
            .find(|it| it.name == action)
            .map(|it| it.result_type.as_str())
    }
}

impl Encode for AbiDef {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.version.encode(out);
        self.types.encode(out);
        self.structs.encode(out);
        self.actions.encode(out);
        self.tables.encode(out);
        self.ricardian_clauses.encode(out);
        self.error_messages.encode(out);
        self.abi_extensions.encode(out);
        self.variants.encode(out);
        self.action_results.encode(out);
    }
}

impl<'a> Decode<'a> for AbiDef {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(Self {
            version: Decode::decode(input)?,
            types: Decode::decode(input)?,
            structs: Decode::decode(input)?,
            actions: Decode::decode(input)?,
            tables: Decode::decode(input)?,
            ricardian_clauses: Decode::decode(input)?,
            error_messages: Decode::decode(input)?,
            abi_extensions: Decode::decode(input)?,
            variants: may_end_here(input)?,
            action_results: may_end_here(input)?,
        })
    }
}

/// A list that ABIs from before its version do not have.
///
/// Otherwise the list is read as any other.
fn may_end_here<'a, T: Decode<'a>>(input: &mut Decoder<'a>) -> Result<Vec<T>, DecodeError> {
    if input.is_empty() {
        return Ok(Vec::new());
    }
    Vec::decode(input)
}

/// Another name of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeDef {
    /// The other name.
    pub new_type_name: String,
    /// The type.
    /// It may be an alias itself, and have a suffix.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub ty: String,
}

/// A struct.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StructDef {
    /// Its name.
    pub name: String,
    /// The struct whose fields come first; empty for none.
    /// Its fields stand before the own ones, in bytes and in JSON.
    #[cfg_attr(feature = "serde", serde(default))]
    pub base: String,
    /// Its own fields, in order.
    pub fields: Vec<FieldDef>,
}

/// A field of a struct.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FieldDef {
    /// Its name.
    pub name: String,
    /// Its type, with at most one of `[]`, `[N]` and `?`, and `$` for an extension.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub ty: String,
}

/// An action.
///
/// Actions that are not listed can be sent all the same, as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ActionDef {
    /// Its name.
    pub name: Name,
    /// The struct of its arguments.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub ty: String,
    /// What those who sign it agree to, in Markdown with fields in double braces.
    /// The chain does not read it; wallets show it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub ricardian_contract: String,
}

/// A table.
///
/// In JSON the key `type` comes second, as in CDT's files; on the wire it is last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
pub struct TableDef {
    /// Its name.
    pub name: Name,
    /// `i64` in every contract of today.
    /// Secondary indexes are not described: an ABI does not tell which a table has.
    pub index_type: String,
    /// Names of keys, without use today.
    pub key_names: Vec<String>,
    /// Types of keys, without use today.
    pub key_types: Vec<String>,
    /// The struct of its rows.
    pub ty: String,
}

/// A text that stands for the contract as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RicardianClause {
    /// Its name.
    /// Ascending in ABIs that this project writes.
    pub id: String,
    /// The text.
    pub body: String,
}

/// What an error code means.
///
/// A contract's failed check by number has only the code, so that a client looks the text up here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ErrorMessage {
    /// The code.
    #[cfg_attr(feature = "serde", serde(with = "crate::json::uint64"))]
    pub error_code: u64,
    /// Its meaning.
    pub error_msg: String,
}

/// A type that is one of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct VariantDef {
    /// Its name.
    pub name: String,
    /// The alternatives; the tag is the index.
    /// In JSON a value is a pair, `["uint64", 7]`, so that each type must be there once.
    pub types: Vec<String>,
}

/// The type of what an action returns.
///
/// Without one, a reader of a trace has the returned bytes alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ActionResultDef {
    /// The action.
    pub name: Name,
    /// The type.
    pub result_type: String,
}
