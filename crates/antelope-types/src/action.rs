//! What a transaction asks a contract to do.

use crate::{AbiType, Decode, DecodeError, Encode, Name, PermissionLevel};
use alloc::vec::Vec;

/// A call of a contract, with the permissions it is made under.
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
    pub account: Name,
    /// The action's name.
    pub name: Name,
    /// The permissions it is made under.
    pub authorization: Vec<PermissionLevel>,
    /// The arguments' encoding.
    #[cfg_attr(feature = "serde", serde(with = "crate::json::bytes"))]
    pub data: Vec<u8>,
}

impl Action {
    /// An action with arguments to encode.
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
