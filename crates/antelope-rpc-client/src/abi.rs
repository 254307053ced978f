//! A contract's ABI: between JSON and the bytes of actions, rows and returned values.

use crate::abi_handles::Handles;
use crate::abi_inspection::{Field, Inspection};
use crate::abi_skim::{skim, skim_with};
use crate::abi_walk::{fields_of, walk};
use crate::{abi_skim, abi_values};
use antelope_types::abi::AbiDef;
use antelope_types::{Decode, Encode, Name};
use serde_json::Value;
use std::fmt;

/// Why JSON and bytes do not fit an ABI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AbiError {
    /// The ABI itself cannot be used.
    #[error("ABI: {problem}")]
    Definition {
        /// What is wrong.
        problem: String,
    },
    /// The ABI has no such action, table or returned value.
    #[error("ABI has no {kind} `{name}`")]
    Unknown {
        /// `action`, `table` or `action result`.
        kind: &'static str,
        /// The name asked for.
        name: String,
    },
    /// JSON does not fit the type.
    #[error("JSON as `{ty}`: {problem}")]
    Pack {
        /// The type wanted.
        ty: String,
        /// What is wrong.
        problem: String,
    },
    /// Bytes do not fit the type.
    #[error("bytes as `{ty}`: {problem}")]
    Unpack {
        /// The type wanted.
        ty: String,
        /// What is wrong.
        problem: String,
    },
}

/// An ABI ready for use. Threads that share one do not wait for each other.
pub struct Abi {
    definition: AbiDef,
    handles: Handles,
}

impl Abi {
    /// Reads an ABI file.
    ///
    /// # Errors
    /// [`AbiError::Definition`] when it is not an ABI.
    pub fn from_json(json: &str) -> Result<Self, AbiError> {
        let definition: AbiDef = serde_json::from_str(json).map_err(definition_error)?;
        Self::from_definition(definition)
    }

    /// Reads an ABI in the binary form chains store.
    ///
    /// # Errors
    /// [`AbiError::Definition`] when it is not an ABI.
    pub fn from_binary(bytes: &[u8]) -> Result<Self, AbiError> {
        let definition = AbiDef::from_bytes(bytes).map_err(definition_error)?;
        Self::from_definition(definition)
    }

    /// Takes a definition already in memory.
    ///
    /// # Errors
    /// [`AbiError::Definition`] when types are missing, circular or doubled.
    pub fn from_definition(definition: AbiDef) -> Result<Self, AbiError> {
        let handles = Handles::new(&definition).map_err(definition_error)?;
        Ok(Self {
            definition,
            handles,
        })
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
        let ty = self.action_type(action)?;
        match arguments {
            Value::Array(values) => self.pack_positional(ty, values),
            _ => self.pack(ty, arguments),
        }
    }

    /// An action's arguments as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action the ABI lacks, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_action(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        self.unpack(self.action_type(action)?, bytes)
    }

    /// A table's row as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for a table the ABI lacks, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_row(&self, table: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let found = self
            .definition
            .find_table(table)
            .ok_or_else(|| unknown("table", table))?;
        self.unpack(&found.ty, bytes)
    }

    /// A returned value as JSON.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action without a result, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_result(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let found = self.definition.find_result(action);
        self.unpack(
            found.ok_or_else(|| unknown("action result", action))?,
            bytes,
        )
    }

    /// Bytes of a value of any type the ABI knows, built-in types and `[]`, `?` included.
    ///
    /// # Errors
    /// [`AbiError::Pack`].
    pub fn pack(&self, ty: &str, value: &Value) -> Result<Vec<u8>, AbiError> {
        let fail = |problem| AbiError::Pack {
            ty: ty.to_owned(),
            problem,
        };
        let mut value = value.clone();
        walk(
            &self.definition,
            ty,
            &mut value,
            &mut abi_values::to_library,
        )
        .map_err(fail)?;
        let text = value.to_string();
        self.handles
            .with(&self.definition, |handle| {
                let bytes = handle.json_to_bin(ty, &text);
                bytes.map_err(|error| error.to_string())
            })
            .map_err(fail)
    }

    /// A value of any type the ABI knows as JSON. All bytes must be used.
    ///
    /// # Errors
    /// [`AbiError::Unpack`].
    pub fn unpack(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        let fail = |problem| AbiError::Unpack {
            ty: ty.to_owned(),
            problem,
        };
        skim(&self.definition, ty, bytes).map_err(|misfit| fail(misfit.to_string()))?;
        let json = self.handles.with(&self.definition, |handle| {
            let json = handle.bin_to_json(ty, bytes);
            json.map_err(|error| error.to_string())
        });
        let json = json.map_err(fail)?;
        let mut value = serde_json::from_str(&json).map_err(|e| fail(e.to_string()))?;
        walk(&self.definition, ty, &mut value, &mut abi_values::to_node).map_err(fail)?;
        Ok(value)
    }

    /// What bytes hold field by field, up to where they are no `ty` any more.
    ///
    /// ```
    /// use antelope_rpc_client::Abi;
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2", "types": [], "actions": [], "tables": [], "structs": [
    ///         {"name": "pay", "base": "", "fields": [
    ///             {"name": "to", "type": "name"}, {"name": "amount", "type": "uint64"}]}]}"#,
    /// )?;
    /// let found = abi.inspect("pay", &[0, 0, 0, 0, 0, 0xea, 0x30, 0x55, 7]);
    /// assert_eq!(found.fields[0].value, "eosio");
    /// let misfit = found.misfit.ok_or("one byte is no number")?;
    /// assert_eq!(misfit.to_string(), "`amount`: expected 8 bytes of `uint64`, 1 left");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn inspect(&self, ty: &str, bytes: &[u8]) -> Inspection {
        let mut fields = Vec::new();
        let result = skim_with(&self.definition, ty, bytes, &mut |path, ty, range| {
            fields.push(Field {
                path: path.to_owned(),
                ty: ty.to_owned(),
                offset: range.start,
                value: self.unpack(ty, &bytes[range]).unwrap_or_default(),
            });
        });
        Inspection {
            ty: ty.to_owned(),
            fields,
            misfit: result.err(),
        }
    }

    /// What a node shows of these bytes: [`Abi::unpack`] with 0 and 1 for a `bool`. Nodes leave out
    /// what follows the value, and show nothing of one with an asset, a symbol or a time that they
    /// take for none, or with a struct that has no fields.
    ///
    /// # Errors
    /// As [`Abi::unpack`].
    pub fn unpack_as_node(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        let fail = |problem| AbiError::Unpack {
            ty: ty.to_owned(),
            problem,
        };
        let length = abi_skim::length(&self.definition, ty, bytes);
        let length = length.map_err(|misfit| fail(misfit.to_string()))?;
        let mut value = self.unpack(ty, &bytes[..length])?;
        walk(
            &self.definition,
            ty,
            &mut value,
            &mut abi_values::shown_by_node,
        )
        .map_err(fail)?;
        if abi_values::has_empty_struct(&value) {
            return Err(fail("a struct without fields".to_owned()));
        }
        Ok(value)
    }

    fn action_type(&self, action: Name) -> Result<&str, AbiError> {
        let found = self
            .definition
            .find_action(action)
            .ok_or_else(|| unknown("action", action))?;
        Ok(&found.ty)
    }

    fn pack_positional(&self, ty: &str, values: &[Value]) -> Result<Vec<u8>, AbiError> {
        let fields = fields_of(&self.definition, ty).map_err(|problem| AbiError::Pack {
            ty: ty.to_owned(),
            problem,
        })?;
        let optional = fields
            .iter()
            .rev()
            .take_while(|(_, ty)| ty.ends_with('$'))
            .count();
        if values.len() > fields.len() || values.len() < fields.len() - optional {
            let problem = format!("{} values, expected {}", values.len(), fields.len());
            return Err(AbiError::Pack {
                ty: ty.to_owned(),
                problem,
            });
        }
        let names = fields.into_iter().map(|(name, _)| name.to_owned());
        self.pack(
            ty,
            &Value::Object(names.zip(values.iter().cloned()).collect()),
        )
    }
}

impl fmt::Debug for Abi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Abi").field(&self.definition).finish()
    }
}

fn definition_error(error: impl fmt::Display) -> AbiError {
    AbiError::Definition {
        problem: error.to_string(),
    }
}

fn unknown(kind: &'static str, name: Name) -> AbiError {
    AbiError::Unknown {
        kind,
        name: name.to_string(),
    }
}

#[cfg(test)]
#[path = "abi_tests.rs"]
mod tests;
