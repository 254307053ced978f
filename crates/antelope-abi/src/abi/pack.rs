//! From JSON to bytes.

use super::Abi;
use crate::pack::{Failure, Packer};
use crate::style::Style;
use crate::types::Type;
use crate::{AbiError, AbiException};
use alloc::format;
use alloc::vec::Vec;
use antelope_types::Name;
use serde_json::Value;

impl Abi {
    /// Bytes of an action's arguments: the `data` of an action in a transaction.
    ///
    /// The arguments are an object by field, in any order, or an array in the order of the ABI.
    ///
    /// ```
    /// use antelope_abi::{Abi, AbiError};
    /// use antelope_types::name;
    /// use serde_json::json;
    ///
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2",
    ///         "structs": [{"name": "hi", "base": "", "fields": [
    ///             {"name": "user", "type": "name"}, {"name": "times", "type": "uint8"}]}],
    ///         "actions": [{"name": "hi", "type": "hi", "ricardian_contract": ""}]}"#,
    /// )?;
    /// let by_field = abi.pack_action(name!("hi"), &json!({ "times": 2, "user": "bob" }))?;
    /// let in_order = abi.pack_action(name!("hi"), &json!(["bob", 2]))?;
    /// assert_eq!(by_field, in_order);
    /// let error = abi.pack_action(name!("bye"), &json!({})).unwrap_err();
    /// assert_eq!(error.to_string(), "ABI has no action `bye`");
    /// let error = abi.pack_action(name!("hi"), &json!({ "user": "bob" })).unwrap_err();
    /// assert_eq!(error.to_string(), "JSON as `hi`: field `times` is missing");
    /// # Ok::<(), AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Unknown`] for an action the ABI lacks, [`AbiError::Pack`] for wrong arguments.
    pub fn pack_action(&self, action: Name, arguments: &Value) -> Result<Vec<u8>, AbiError> {
        let (ty, spelled) = self.action(action)?;
        self.pack_by(ty, spelled, arguments, Style::Careful)
    }

    /// As [`pack_action`](Self::pack_action), with all the freedom that a node gives: what
    /// `abi_json_to_bin` of nodes up to Leap 3 returns, and what a node makes of `data` that is JSON in a transaction.
    ///
    /// # Errors
    /// As [`pack_action`](Self::pack_action), in a node's words.
    pub fn pack_action_as_node(
        &self,
        action: Name,
        arguments: &Value,
    ) -> Result<Vec<u8>, AbiError> {
        self.pack_action_as_node_below(0, action, arguments)
    }

    /// As [`pack_action_as_node`](Self::pack_action_as_node), for arguments inside of a transaction
    /// that a node reads from JSON as a whole: the steps to them count for the limit of depth, which
    /// is 32. See [`guide::nodes`](crate::guide::nodes) for how many there are.
    ///
    /// # Errors
    /// As [`pack_action`](Self::pack_action), in a node's words.
    pub fn pack_action_as_node_below(
        &self,
        steps: u32,
        action: Name,
        arguments: &Value,
    ) -> Result<Vec<u8>, AbiError> {
        let (ty, spelled) = self.action(action)?;
        let packer = Packer::new(self.schema(), ty, Style::Node).below(steps);
        packer
            .run(arguments)
            .map_err(|failure| refused(spelled, failure))
    }

    /// Bytes of a value of any type the ABI knows, built-in types and `[]`, `[N]`, `?` included.
    ///
    /// The [layout](crate::guide::layout) of the bytes and the [forms of JSON](crate::guide::json)
    /// that are read are listed in the guide.
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
    /// assert_eq!(abi.pack("uint8[3]", &json!([1, 2, 3]))?, [1, 2, 3]);
    /// let error = abi.pack("pay", &json!({ "to": "Eosio" })).unwrap_err();
    /// assert!(error.to_string().starts_with("JSON as `pay`: `to`: `Eosio`: character is not"));
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    ///
    /// # Errors
    /// [`AbiError::Pack`] with the path to the value that does not fit, such as `` `orders[2].price` ``,
    /// what it is and what was expected; also for a type that the ABI does not know, and for more than
    /// 64 MiB of bytes.
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
    /// [`AbiError::Pack`] where a node refuses, which is not everywhere where [`pack`](Self::pack)
    /// does, nor only there: more than 1 MiB of bytes and arrays for structs with a base are refused
    /// by nodes alone.
    pub fn pack_as_node(&self, ty: &str, value: &Value) -> Result<Vec<u8>, AbiError> {
        self.pack_named(ty, value, Style::Node)
    }

    fn pack_named(&self, ty: &str, value: &Value, style: Style) -> Result<Vec<u8>, AbiError> {
        let found = self.named(ty).ok_or_else(|| AbiError::Pack {
            ty: ty.into(),
            problem: format!("unknown type `{ty}`"),
            exception: AbiException::InvalidType,
        })?;
        self.pack_by(found, ty, value, style)
    }

    fn pack_by(
        &self,
        ty: Type,
        spelled: &str,
        value: &Value,
        style: Style,
    ) -> Result<Vec<u8>, AbiError> {
        let packed = Packer::new(self.schema(), ty, style).run(value);
        packed.map_err(|failure| refused(spelled, failure))
    }
}

fn refused(spelled: &str, failure: Failure) -> AbiError {
    AbiError::Pack {
        ty: spelled.into(),
        problem: failure.problem,
        exception: failure.exception,
    }
}
