//! From bytes to JSON, as a value, as text, or field by field.

use super::{Abi, unknown};
use crate::builtin::Builtin;
use crate::inspect::{Field, Inspection, Misfit};
use crate::path::Path;
use crate::style::Style;
use crate::types::{Type, find};
use crate::unpack::{Text, Unpacker, Values};
use crate::{AbiError, AbiException};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::Name;
use core::ops::Range;
use serde_json::Value;

impl Abi {
    /// An action's arguments as JSON, from the `data` of an action.
    ///
    /// Bytes that end before the binary extensions (`$`) of the arguments are complete; these fields
    /// are left out.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action the ABI lacks, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_action(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.unpack_by(ty, spelled, bytes, Style::Careful)
    }

    /// An action's arguments as JSON text, with the fields in the order of the ABI.
    ///
    /// # Errors
    /// As [`unpack_action`](Self::unpack_action).
    pub fn unpack_action_json(&self, action: Name, bytes: &[u8]) -> Result<String, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.write_by(ty, spelled, bytes, Style::Careful)
    }

    /// A table's row as JSON, from the bytes that the contract stored.
    ///
    /// These are the `value` of `get_table_rows` with `"json": false`, and of rows in state history.
    /// The primary key is not among them unless the contract stores it in the row, as most do.
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for a table the ABI lacks, [`AbiError::Unpack`] for wrong bytes: often the
    /// row was written by an earlier version of the contract, see [`inspect`](Self::inspect).
    pub fn unpack_row(&self, table: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let (ty, spelled) = self.table(table)?;
        self.unpack_by(ty, spelled, bytes, Style::Careful)
    }

    /// A table's row as JSON text, with the fields in the order of the ABI.
    ///
    /// # Errors
    /// As [`unpack_row`](Self::unpack_row).
    pub fn unpack_row_json(&self, table: Name, bytes: &[u8]) -> Result<String, AbiError> {
        let (ty, spelled) = self.table(table)?;
        self.write_by(ty, spelled, bytes, Style::Careful)
    }

    /// A returned value as JSON, from the `return_value_hex_data` of an action trace.
    ///
    /// ```
    /// use antelope_abi::Abi;
    /// use antelope_types::name;
    /// use serde_json::json;
    ///
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2",
    ///         "action_results": [{"name": "sum", "result_type": "uint32"}]}"#,
    /// )?;
    /// assert_eq!(abi.unpack_result(name!("sum"), &[7, 0, 0, 0])?, json!(7));
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action without a result, [`AbiError::Unpack`] for wrong bytes.
    pub fn unpack_result(&self, action: Name, bytes: &[u8]) -> Result<Value, AbiError> {
        let ty = find(&self.types.results, action);
        let ty = ty.ok_or_else(|| unknown("action result", action))?;
        let spelled = self.definition.find_result(action).unwrap_or_default();
        self.unpack_by(ty, spelled, bytes, Style::Careful)
    }

    /// A value of any type the ABI knows as JSON. All bytes must be used.
    ///
    /// ```
    /// use antelope_abi::Abi;
    /// use serde_json::json;
    ///
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2", "structs": [
    ///         {"name": "row", "base": "", "fields": [
    ///             {"name": "price", "type": "asset"}, {"name": "open", "type": "bool"}]}]}"#,
    /// )?;
    /// let bytes = [0xe2, 0x04, 0, 0, 0, 0, 0, 0, 2, b'U', b'S', b'D', 0, 0, 0, 0, 1];
    /// assert_eq!(abi.unpack("row", &bytes)?, json!({ "price": "12.50 USD", "open": true }));
    /// let error = abi.unpack("row", &bytes[..16]).unwrap_err();
    /// assert_eq!(error.problem(), "`open`: expected 1 bytes of `bool`, 0 left");
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Unpack`] with the path to the value and what is wrong: bytes that end too early or go
    /// on, a mark or tag without a meaning, text that is not UTF-8; also for a type that the ABI does
    /// not know, and for more than 64 MiB of JSON.
    pub fn unpack(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        self.unpack_by(self.unpackable(ty)?, ty, bytes, Style::Careful)
    }

    /// What a node shows of these bytes: [`Abi::unpack`] with 0 and 1 for a `bool`.
    ///
    /// Nodes ignore bytes after the value. They show nothing of a value with an invalid asset or
    /// symbol, with a time after 9999, or with a struct that has no fields.
    ///
    /// # Errors
    /// As [`Abi::unpack`], where a node refuses and in its words.
    pub fn unpack_as_node(&self, ty: &str, bytes: &[u8]) -> Result<Value, AbiError> {
        self.unpack_as_node_below(0, ty, bytes)
    }

    /// As [`unpack_as_node`](Self::unpack_as_node), for a value inside of what a node shows as a
    /// whole, such as the arguments of an action in a trace: the steps to it count for the limit of
    /// depth, which is 32. See [`guide::nodes`](crate::guide::nodes) for how many there are.
    ///
    /// # Errors
    /// As [`unpack_as_node`](Self::unpack_as_node).
    pub fn unpack_as_node_below(
        &self,
        steps: u32,
        ty: &str,
        bytes: &[u8],
    ) -> Result<Value, AbiError> {
        let root = self.unpackable(ty)?;
        let output = Values::default();
        let unpacker = Unpacker::new(self.schema(), root, bytes, Style::Node, output);
        match unpacker.below(steps).run() {
            Ok((value, _)) => Ok(value),
            Err(failure) => Err(failure.of(ty)),
        }
    }

    /// JSON text of a value of any type the ABI knows, with the fields in the order of the ABI and
    /// without spaces.
    ///
    /// The text is written in one pass, without a [`Value`] in between, which takes a quarter of the time
    /// of [`unpack`](Self::unpack) and `to_string`. For rows that are sent on as they are.
    ///
    /// ```
    /// use antelope_abi::Abi;
    ///
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2", "structs": [
    ///         {"name": "row", "base": "", "fields": [
    ///             {"name": "z", "type": "uint8"}, {"name": "a", "type": "string"}]}]}"#,
    /// )?;
    /// let text = abi.unpack_json("row", &[5, 3, b'"', b'o', b'"'])?;
    /// assert_eq!(text, r#"{"z":5,"a":"\"o\""}"#);
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// As [`unpack`](Self::unpack). The 64 MiB include the escapes, so that text with many of them ends
    /// a little earlier than a value.
    pub fn unpack_json(&self, ty: &str, bytes: &[u8]) -> Result<String, AbiError> {
        self.write_by(self.unpackable(ty)?, ty, bytes, Style::Careful)
    }

    /// JSON text of what a node shows of these bytes, in the order in which it shows it.
    ///
    /// # Errors
    /// As [`unpack_as_node`](Self::unpack_as_node).
    pub fn unpack_json_as_node(&self, ty: &str, bytes: &[u8]) -> Result<String, AbiError> {
        self.write_by(self.unpackable(ty)?, ty, bytes, Style::Node)
    }

    /// What bytes hold field by field, up to where they are not a `ty` any more.
    ///
    /// For messages to people whose row or argument cannot be read: which fields are all right, and
    /// where it goes wrong. A value that fits but has no JSON, such as text that is not UTF-8, is null
    /// and does not end the walk.
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
            None => Some(Misfit {
                path: "".into(),
                offset: 0,
                problem: format!("unknown type `{ty}`"),
            }),
            Some(root) => {
                let mut visit =
                    |path: &Path<'_>, builtin: Builtin, range: Range<usize>, value: &Value| {
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

    fn table(&self, table: Name) -> Result<(Type, &str), AbiError> {
        let ty = find(&self.types.tables, table).ok_or_else(|| unknown("table", table))?;
        let spelled = self.definition.find_table(table);
        Ok((ty, spelled.map_or("", |it| it.ty.as_str())))
    }

    fn unpackable(&self, ty: &str) -> Result<Type, AbiError> {
        self.named(ty).ok_or_else(|| AbiError::Unpack {
            ty: ty.into(),
            problem: format!("unknown type `{ty}`"),
            exception: AbiException::InvalidType,
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
        match Unpacker::new(self.schema(), ty, bytes, style, output).run() {
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
