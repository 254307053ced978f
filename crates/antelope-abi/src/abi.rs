//! A contract's ABI: between JSON and the bytes of actions, rows and returned values.

mod pack;
mod unpack;

use crate::AbiError;
use crate::builtin::Builtin;
use crate::definition::{Shape, read_definition, resolve, split};
use crate::types::{Schema, Type, Types, find};
use alloc::string::ToString;
use alloc::vec::Vec;
use antelope_types::abi::AbiDef;
use antelope_types::{Encode, Name};
use core::fmt;

/// An ABI ready for use. Every name in it is resolved; threads may share one.
///
/// | | careful | as a node |
/// |---|---|---|
/// | JSON to bytes | [`pack`](Self::pack), [`pack_action`](Self::pack_action) | [`pack_as_node`](Self::pack_as_node), [`pack_action_as_node`](Self::pack_action_as_node) |
/// | bytes to a JSON value | [`unpack`](Self::unpack), [`unpack_action`](Self::unpack_action), [`unpack_row`](Self::unpack_row), [`unpack_result`](Self::unpack_result) | [`unpack_as_node`](Self::unpack_as_node) |
/// | bytes to JSON text | [`unpack_json`](Self::unpack_json), [`unpack_action_json`](Self::unpack_action_json), [`unpack_row_json`](Self::unpack_row_json) | [`unpack_json_as_node`](Self::unpack_json_as_node) |
///
/// [`guide::nodes`](crate::guide::nodes) tells how the two columns differ.
///
/// Reading a contract's ABI takes tens of microseconds and converting a transfer less than one, so
/// keep the `Abi` of a contract that is asked often. It holds the definition, and about 16 bytes for
/// each field, variant case and name.
///
/// ```
/// use antelope_abi::Abi;
/// use antelope_types::name;
/// use serde_json::json;
///
/// let abi = Abi::from_json(
///     r#"{
///         "version": "eosio::abi/1.2",
///         "structs": [
///             { "name": "transfer", "base": "", "fields": [
///                 { "name": "to", "type": "name" }, { "name": "quantity", "type": "asset" } ] },
///             { "name": "account", "base": "", "fields": [{ "name": "balance", "type": "asset" }] }
///         ],
///         "actions": [{ "name": "transfer", "type": "transfer", "ricardian_contract": "" }],
///         "tables": [{ "name": "accounts", "type": "account", "index_type": "i64",
///             "key_names": [], "key_types": [] }]
///     }"#,
/// )?;
/// // Arguments of an action, as they stand in a transaction.
/// let arguments = json!({ "to": "bob", "quantity": "1.0000 EOS" });
/// let data = abi.pack_action(name!("transfer"), &arguments)?;
/// assert_eq!(data.len(), 8 + 16);
/// assert_eq!(abi.unpack_action(name!("transfer"), &data)?, arguments);
/// // A row, as `get_table_rows` returns it with `"json": false`.
/// let row = abi.unpack_row(name!("accounts"), &data[8..])?;
/// assert_eq!(row, json!({ "balance": "1.0000 EOS" }));
/// // A type that is in no definition.
/// assert_eq!(abi.unpack("name[]", &[&[1], &data[..8]].concat())?, json!(["bob"]));
/// # Ok::<(), antelope_abi::AbiError>(())
/// ```
pub struct Abi {
    /// What was read, with all names.
    definition: AbiDef,
    /// What the names stand for.
    types: Types,
}

impl Abi {
    /// Reads an ABI file: the JSON that CDT, `cargo antelope` and the node's `get_abi` write.
    ///
    /// Lists that are missing are empty, and unknown fields are ignored, as a node does it.
    ///
    /// ```
    /// use antelope_abi::{Abi, AbiError};
    ///
    /// let error = Abi::from_json("not an ABI").unwrap_err();
    /// assert!(matches!(error, AbiError::Definition { exception: None, .. }));
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Definition`], without an exception when the text is not the JSON of an ABI, and with
    /// a node's number and words when a node refuses to work with it.
    pub fn from_json(json: &str) -> Result<Self, AbiError> {
        let definition = serde_json::from_str(json).map_err(|error| AbiError::Definition {
            problem: error.to_string(),
            exception: None,
        })?;
        Self::from_definition(definition)
    }

    /// Reads an ABI in the [binary form](crate::guide::layout#the-abi-itself) that chains store: the
    /// `abi` of the system action `setabi`, and of `get_raw_abi` once its base64 is decoded.
    ///
    /// Bytes after the ABI are ignored and text that is not UTF-8 is repaired, as
    /// [`read_definition`] describes.
    ///
    /// ```
    /// use antelope_abi::{Abi, AbiException};
    ///
    /// let abi = Abi::from_json(r#"{"version": "eosio::abi/1.1"}"#)?;
    /// let bytes = abi.to_binary();
    /// assert_eq!(Abi::from_binary(&bytes)?.definition(), abi.definition());
    /// let cut = Abi::from_binary(&bytes[..5]).unwrap_err();
    /// assert_eq!(cut.exception(), Some(AbiException::OutOfRange));
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Definition`]: the bytes end early or claim too much, or a node refuses what they say.
    pub fn from_binary(bytes: &[u8]) -> Result<Self, AbiError> {
        Self::from_definition(read_definition(bytes)?)
    }

    /// Takes a definition already in memory, such as the one that a contract's `abi()` returns.
    ///
    /// All checks of a node are made here, in a node's order ([`guide::definitions`]); conversions
    /// then cannot fail because of the ABI.
    ///
    /// [`guide::definitions`]: crate::guide::definitions
    ///
    /// ```
    /// use antelope_abi::{Abi, AbiException};
    ///
    /// let nested = r#"{"version": "eosio::abi/1.2", "structs": [
    ///     {"name": "row", "base": "", "fields": [{"name": "a", "type": "uint8[][]"}]}]}"#;
    /// let error = Abi::from_json(nested).unwrap_err();
    /// assert_eq!(error.exception(), Some(AbiException::InvalidType));
    /// assert_eq!(error.problem(), "uint8[][]");
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Definition`] when types are missing, circular or doubled, and in general where a
    /// node refuses to work with the ABI, with its number and words.
    pub fn from_definition(definition: AbiDef) -> Result<Self, AbiError> {
        let types = resolve(&definition)?;
        Ok(Self { definition, types })
    }

    /// The definition as it was read: ricardian contracts, error messages and extensions included,
    /// which the conversions do not use.
    #[must_use]
    pub fn definition(&self) -> &AbiDef {
        &self.definition
    }

    /// The binary form, as `setabi` takes it. Variants and action results are always written, empty or
    /// not.
    #[must_use]
    pub fn to_binary(&self) -> Vec<u8> {
        self.definition.to_bytes()
    }

    /// Types and names together, for a walk along them.
    fn schema(&self) -> Schema<'_> {
        Schema {
            definition: &self.definition,
            types: &self.types,
        }
    }

    /// The type of an action's arguments, and how the ABI spells it.
    fn action(&self, action: Name) -> Result<(Type, &str), AbiError> {
        let ty = find(&self.types.actions, action).ok_or_else(|| unknown("action", action))?;
        let spelled = self.definition.find_action(action);
        Ok((ty, spelled.map_or("", |it| it.ty.as_str())))
    }

    /// A type by its name, with at most one of `[]`, `[N]` and `?`.
    fn named(&self, ty: &str) -> Option<Type> {
        let index = |name| match Builtin::parse(name) {
            Some(builtin) => Some(builtin as u32),
            None => self.schema().find(name),
        };
        if let Some(index) = index(ty) {
            return Some(self.schema().get(index));
        }
        let (inner, shape) = split(ty);
        let index = index(inner)?;
        let builtin = match self.schema().get(index) {
            Type::Builtin(builtin) if builtin.name() == inner => Some(builtin),
            _ => None,
        };
        Some(match (shape, builtin) {
            (Shape::Plain, _) => self.schema().get(index),
            (Shape::Fixed(count), _) => Type::Fixed(index, count),
            (Shape::List, Some(builtin)) => Type::BuiltinList(builtin),
            (Shape::List, None) => Type::List(index),
            (Shape::Optional, Some(builtin)) => Type::BuiltinOptional(builtin),
            (Shape::Optional, None) => Type::Optional(index),
        })
    }
}

impl fmt::Debug for Abi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Abi").field(&self.definition).finish()
    }
}

fn unknown(kind: &'static str, name: Name) -> AbiError {
    AbiError::Unknown {
        kind,
        name: name.to_string(),
    }
}

#[cfg(test)]
mod tests;
