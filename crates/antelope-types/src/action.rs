//! What a transaction asks a contract to do.

use crate::{AbiType, Decode, DecodeError, Encode, Name, PermissionLevel};
use alloc::vec::Vec;

/// A call of a contract, with the permissions it is made under.
///
/// Encoded, it is the account and the name (8 bytes each), the list of permissions (16 bytes each) and
/// the length and the bytes of the data. In JSON the data is hexadecimal; nodes give it by the ABI as
/// well where they have one, which [`DecodedAction`](crate::DecodedAction) reads.
///
/// ```
/// use antelope_types::{Action, PermissionLevel, name};
/// let alice = PermissionLevel::active(name!("alice"));
/// let action = Action::new(name!("hello"), name!("greet"), &[alice], &name!("bob"));
/// assert_eq!(action.data.len(), 8);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, AbiType)]
#[abi(name = "action")]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Action {
    /// The contract.
    /// Its code runs first; contracts that it notifies see the same account here, as `first_receiver`.
    pub account: Name,
    /// The action's name.
    pub name: Name,
    /// The permissions it is made under.
    /// Each must be satisfied by the signatures of the transaction, or by `eosio.code` of a contract that
    /// sends the action. The order matters only for who is billed: since `ONLY_BILL_FIRST_AUTHORIZER`,
    /// the first actor of the first action.
    pub authorization: Vec<PermissionLevel>,
    /// The encoding of the arguments, one after another as the fields of a struct. The chain does not look
    /// into it, unless the action is a native one: a contract must refuse bytes that it cannot read.
    #[cfg_attr(feature = "serde", serde(with = "crate::json::bytes"))]
    pub data: Vec<u8>,
}

impl Action {
    /// An action with arguments to encode.
    ///
    /// Arguments of several fields are a struct or a tuple.
    ///
    /// ```
    /// use antelope_types::{Action, asset, name};
    /// let transfer = (name!("alice"), name!("bob"), asset!("1.0000 EOS"), "hi");
    /// let action = Action::new(name!("eosio.token"), name!("transfer"), &[], &transfer);
    /// assert_eq!(action.data.len(), 8 + 8 + 16 + 1 + 2);
    /// ```
    pub fn new(
        account: Name,
        name: Name,
        authorization: &[PermissionLevel],
        arguments: &impl Encode,
    ) -> Self {
        Self {
            account,
            name,
            authorization: authorization.into(),
            data: arguments.to_bytes(),
        }
    }

    /// The arguments, if they are a `T` to the last byte.
    ///
    /// # Errors
    /// [`DecodeError`].
    ///
    /// Bytes left over are an error here, while contracts made with CDT ignore
    /// them.
    ///
    /// ```
    /// use antelope_types::{Action, Name, name};
    /// let action = Action::new(name!("hello"), name!("greet"), &[], &name!("bob"));
    /// assert_eq!(action.arguments(), Ok(name!("bob")));
    /// assert!(action.arguments::<u32>().is_err());
    /// ```
    pub fn arguments<'a, T: Decode<'a>>(&'a self) -> Result<T, DecodeError> {
        T::from_bytes(&self.data)
    }
}
