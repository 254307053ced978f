//! A contract's ABI: between JSON and the bytes of actions, rows and returned values.

use crate::AbiError;
use crate::builtin::Builtin;
use crate::definition::{Shape, read_definition, resolve, split};
use crate::inspect::{Field, Inspection};
use crate::pack::Packer;
use crate::style::Style;
use crate::types::{Schema, Type, Types, find};
use crate::unpack::{Text, Unpacker, Values};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use antelope_types::abi::AbiDef;
use antelope_types::{Encode, Name};
use core::fmt;
use serde_json::Value;

/// An ABI ready for use. Every name in it is resolved; threads may share one.
///
/// | | careful | as a node |
/// |---|---|---|
/// | JSON to bytes | [`pack`](Self::pack), [`pack_action`](Self::pack_action) | [`pack_as_node`](Self::pack_as_node), [`pack_action_as_node`](Self::pack_action_as_node) |
/// | bytes to JSON | [`unpack`](Self::unpack), [`unpack_action`](Self::unpack_action), [`unpack_row`](Self::unpack_row), [`unpack_result`](Self::unpack_result) | [`unpack_as_node`](Self::unpack_as_node) |
///
/// The crate's page tells how the two differ.
pub struct Abi {
    definition: AbiDef,
    types: Types,
}

impl Abi {
    /// Reads an ABI file.
    ///
    /// # Errors
    /// [`AbiError::Definition`] when it is not an ABI, or one that nodes refuse.
    pub fn from_json(json: &str) -> Result<Self, AbiError> {
        let definition = serde_json::from_str(json).map_err(|error| AbiError::Definition {
            problem: error.to_string(),
            exception: None,
        })?;
        Self::from_definition(definition)
    }

    /// Reads an ABI in the binary form chains store, as [`read_definition`].
    ///
    /// # Errors
    /// [`AbiError::Definition`] when it is not an ABI, or one that nodes refuse.
    pub fn from_binary(bytes: &[u8]) -> Result<Self, AbiError> {
        Self::from_definition(read_definition(bytes)?)
    }

    /// Takes a definition already in memory.
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

    /// The definition.
    #[must_use]
    pub fn definition(&self) -> &AbiDef {
        &self.definition
    }

    /// The binary form, as `setabi` takes it.
    #[must_use]
    pub fn to_binary(&self) -> Vec<u8> {
        self.definition.to_bytes()
    }

    /// Bytes of an action's arguments, given as a JSON object by field or an array in order.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action the ABI lacks, [`AbiError::Pack`] for wrong arguments.
    pub fn pack_action(&self, action: Name, arguments: &Value) -> Result<Vec<u8>, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.pack_by(ty, spelled, arguments, Style::Careful)
    }

    /// As [`pack_action`](Self::pack_action), with all the freedom that a node gives.
    ///
    /// # Errors
    /// As [`pack_action`](Self::pack_action).
    pub fn pack_action_as_node(
        &self,
        action: Name,
        arguments: &Value,
    ) -> Result<Vec<u8>, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.pack_by(ty, spelled, arguments, Style::Node)
    }

    /// An action's arguments as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action the ABI lacks, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_action(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.unpack_by(ty, spelled, bytes, Style::Careful)
    }

    /// A table's row as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for a table the ABI lacks, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_row(&self, table: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let ty = find(&self.types.tables, table).ok_or_else(|| unknown("table", table))?;
        let spelled = self.definition.find_table(table).map(|it| it.ty.as_str());
        self.unpack_by(ty, spelled.unwrap_or_default(), bytes, Style::Careful)
    }

    /// A returned value as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action without a result, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_result(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let ty = find(&self.types.results, action);
        let ty = ty.ok_or_else(|| unknown("action result", action))?;
        let spelled = self.definition.find_result(action).unwrap_or_default();
        self.unpack_by(ty, spelled, bytes, Style::Careful)
    }

    /// Bytes of a value of any type the ABI knows, built-in types and `[]`, `?` included.
    ///
    /// ```
    /// use antelope_abi::Abi;
    /// use serde_json::json;
    ///
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2", "structs": [
    ///         {"name": "pay", "base": "", "fields": [
    ///             {"name": "to", "type": "name"}, {"name": "memo", "type": "string?"}]}]}"#,
    /// )?;
    /// let bytes = abi.pack("pay", &json!({ "to": "eosio" }))?;
    /// assert_eq!(bytes, [0, 0, 0, 0, 0, 0xea, 0x30, 0x55, 0]);
    /// let error = abi.pack("pay", &json!({ "to": "Eosio" })).unwrap_err();
    /// assert!(error.to_string().starts_with("JSON as `pay`: `to`: `Eosio`: character is not"));
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Pack`].
    pub fn pack(&self, ty: &str, value: &Value) -> Result<Vec<u8>, AbiError> {
        self.pack_named(ty, value, Style::Careful)
    }

    /// What a node makes of a JSON value: [`pack`](Self::pack) that takes also what a node changes
    /// or does not look at.
    ///
    /// ```
    /// use antelope_abi::Abi;
    /// use serde_json::json;
    ///
    /// let abi = Abi::from_json(r#"{"version": "eosio::abi/1.2"}"#)?;
    /// assert!(abi.pack("uint8", &json!(300)).is_err());
    /// assert_eq!(abi.pack_as_node("uint8", &json!(300))?, [44]);
    /// assert_eq!(abi.pack_as_node("uint8", &json!(null))?, [0]);
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Pack`].
    pub fn pack_as_node(&self, ty: &str, value: &Value) -> Result<Vec<u8>, AbiError> {
        self.pack_named(ty, value, Style::Node)
    }

    /// A value of any type the ABI knows as JSON. All bytes must be used.
    ///
    /// # Errors
    /// [`AbiError::Unpack`].
    pub fn unpack(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        self.unpack_named(ty, bytes, Style::Careful)
    }

    /// What a node shows of these bytes: [`Abi::unpack`] with 0 and 1 for a `bool`. Nodes leave out
    /// what follows the value, and show nothing of one with an asset, a symbol or a time that they
    /// take for none, or with a struct that has no fields.
    ///
    /// # Errors
    /// As [`Abi::unpack`].
    pub fn unpack_as_node(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        self.unpack_named(ty, bytes, Style::Node)
    }

    /// JSON text of a value.
    pub fn unpack_json(&self, ty: &str, bytes: &[u8]) -> Result<String, AbiError> {
        let found = self.unpackable(ty)?;
        self.write_by(found, ty, bytes, Style::Careful)
    }

    /// JSON text of a value, as a node.
    pub fn unpack_json_as_node(&self, ty: &str, bytes: &[u8]) -> Result<String, AbiError> {
        let found = self.unpackable(ty)?;
        self.write_by(found, ty, bytes, Style::Node)
    }

    /// What bytes hold field by field, up to where they are not a `ty` any more.
    ///
    /// ```
    /// use antelope_abi::Abi;
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2", "types": [], "actions": [], "tables": [], "structs": [
    ///         {"name": "pay", "base": "", "fields": [
    ///             {"name": "to", "type": "name"}, {"name": "amount", "type": "uint64"}]}]}"#,
    /// )?;
    /// let found = abi.inspect("pay", &[0, 0, 0, 0, 0, 0xea, 0x30, 0x55, 7]);
    /// assert_eq!(found.fields[0].value, "eosio");
    /// let misfit = found.misfit.ok_or("one byte is not a number")?;
    /// assert_eq!(misfit.to_string(), "`amount`: expected 8 bytes of `uint64`, 1 left");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn inspect(&self, ty: &str, bytes: &[u8]) -> Inspection {
        let mut fields = Vec::new();
        let misfit = match self.named(ty) {
            None => Some(crate::Misfit {
                path: "".into(),
                offset: 0,
                problem: alloc::format!("unknown type `{ty}`"),
            }),
            Some(root) => {
                let mut visit = |path: &crate::path::Path<'_>,
                                 builtin: Builtin,
                                 range: core::ops::Range<usize>,
                                 value: &Value| {
                    fields.push(Field {
                        path: path.spell(false),
                        ty: builtin.name().into(),
                        offset: range.start,
                        value: value.clone(),
                    });
                };
                let output = Values {
                    visit: Some(&mut visit),
                };
                let unpacker = Unpacker::new(self.schema(), root, bytes, Style::Careful, output);
                unpacker.run().err().map(|failure| failure.misfit)
            }
        };
        Inspection {
            ty: ty.into(),
            fields,
            misfit,
        }
    }

    fn schema(&self) -> Schema<'_> {
        Schema {
            definition: &self.definition,
            types: &self.types,
        }
    }

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

    fn pack_named(&self, ty: &str, value: &Value, style: Style) -> Result<Vec<u8>, AbiError> {
        let found = self.named(ty).ok_or_else(|| AbiError::Pack {
            ty: ty.into(),
            problem: alloc::format!("unknown type `{ty}`"),
            exception: crate::AbiException::InvalidType,
        })?;
        self.pack_by(found, ty, value, style)
    }

    fn unpack_named(&self, ty: &str, bytes: &[u8], style: Style) -> Result<Value, AbiError> {
        self.unpack_by(self.unpackable(ty)?, ty, bytes, style)
    }

    fn unpackable(&self, ty: &str) -> Result<Type, AbiError> {
        self.named(ty).ok_or_else(|| AbiError::Unpack {
            ty: ty.into(),
            problem: alloc::format!("unknown type `{ty}`"),
            exception: crate::AbiException::InvalidType,
        })
    }

    fn pack_by(
        &self,
        ty: Type,
        spelled: &str,
        value: &Value,
        style: Style,
    ) -> Result<Vec<u8>, AbiError> {
        let packed = Packer::new(self.schema(), ty, style).run(value);
        packed.map_err(|failure| AbiError::Pack {
            ty: spelled.into(),
            problem: failure.problem,
            exception: failure.exception,
        })
    }

    fn unpack_by(
        &self,
        ty: Type,
        spelled: &str,
        bytes: &[u8],
        style: Style,
    ) -> Result<Value, AbiError> {
        let output = Values::default();
        let unpacked = Unpacker::new(self.schema(), ty, bytes, style, output).run();
        match unpacked {
            Ok((value, _)) => Ok(value),
            Err(failure) => Err(failure.of(spelled)),
        }
    }

    fn write_by(
        &self,
        ty: Type,
        spelled: &str,
        bytes: &[u8],
        style: Style,
    ) -> Result<String, AbiError> {
        let output = Text::for_bytes(bytes.len());
        match Unpacker::new(self.schema(), ty, bytes, style, output).run() {
            Ok((_, text)) => Ok(text.finish()),
            Err(failure) => Err(failure.of(spelled)),
        }
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
