//! ABI files: keys in the order of CDT, which is not the order on the wire.
//!
//! `types` and `structs` come first, `error_messages` only where there are any; `variants` come before
//! `abi_extensions`, which on the wire come before `variants`. Reading takes any order.

use super::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, RicardianClause, StructDef, TableDef,
    TypeDef, VariantDef,
};
use crate::{Extension, Name};
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for AbiDef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = usize::from(!self.error_messages.is_empty());
        let mut object = serializer.serialize_struct("AbiDef", 9 + errors)?;
        object.serialize_field("version", &self.version)?;
        object.serialize_field("types", &self.types)?;
        object.serialize_field("structs", &self.structs)?;
        object.serialize_field("actions", &self.actions)?;
        object.serialize_field("tables", &self.tables)?;
        object.serialize_field("ricardian_clauses", &self.ricardian_clauses)?;
        // CDT writes no such key.
        if errors > 0 {
            object.serialize_field("error_messages", &self.error_messages)?;
        }
        object.serialize_field("variants", &self.variants)?;
        object.serialize_field("abi_extensions", &self.abi_extensions)?;
        object.serialize_field("action_results", &self.action_results)?;
        object.end()
    }
}

/// The keys of a file; all but the version may be missing.
#[derive(Deserialize)]
struct File {
    version: String,
    #[serde(default)]
    types: Vec<TypeDef>,
    #[serde(default)]
    structs: Vec<StructDef>,
    #[serde(default)]
    actions: Vec<ActionDef>,
    #[serde(default)]
    tables: Vec<TableDef>,
    #[serde(default)]
    ricardian_clauses: Vec<RicardianClause>,
    #[serde(default)]
    error_messages: Vec<ErrorMessage>,
    #[serde(default)]
    abi_extensions: Vec<Extension>,
    #[serde(default)]
    variants: Vec<VariantDef>,
    #[serde(default)]
    action_results: Vec<ActionResultDef>,
}

impl<'de> Deserialize<'de> for AbiDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = File::deserialize(deserializer)?;
        Ok(Self {
            version: file.version,
            types: file.types,
            structs: file.structs,
            actions: file.actions,
            tables: file.tables,
            ricardian_clauses: file.ricardian_clauses,
            error_messages: file.error_messages,
            abi_extensions: file.abi_extensions,
            variants: file.variants,
            action_results: file.action_results,
        })
    }
}

impl Serialize for TableDef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("TableDef", 5)?;
        object.serialize_field("name", &self.name)?;
        object.serialize_field("type", &self.ty)?;
        object.serialize_field("index_type", &self.index_type)?;
        object.serialize_field("key_names", &self.key_names)?;
        object.serialize_field("key_types", &self.key_types)?;
        object.end()
    }
}

/// The keys of a table; those of keys may be missing.
#[derive(Deserialize)]
struct Table {
    name: Name,
    #[serde(rename = "type")]
    ty: String,
    index_type: String,
    #[serde(default)]
    key_names: Vec<String>,
    #[serde(default)]
    key_types: Vec<String>,
}

impl<'de> Deserialize<'de> for TableDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = Table::deserialize(deserializer)?;
        Ok(Self {
            name: table.name,
            index_type: table.index_type,
            key_names: table.key_names,
            key_types: table.key_types,
            ty: table.ty,
        })
    }
}
