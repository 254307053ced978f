//! Typed calls of actions: inline actions in a contract, [`Action`](crate::types::Action)s outside
//! of it.
//!
//! `#[client]` on a trait, `import_abi!` and `#[contract]` itself generate a type with a method for
//! each action; this module is what these methods return and use.

use crate::{
    buffer::{Buffer, Put},
    raw,
    types::{Encode, Encoder, Name, PermissionLevel, VarUint32},
};

/// The arguments of an action, generated as a struct `<Action>Args`.
pub trait ActionArguments: Encode {
    /// The action's name.
    const NAME: Name;
}

/// An action with its contract, authorization and arguments, ready to be sent. `N` is the number of
/// permissions.
#[must_use = "an action does nothing until it is sent"]
#[derive(Clone, Copy, Debug)]
pub struct Call<T, const N: usize> {
    /// The contract.
    account: Name,
    /// What the action declares.
    permissions: [PermissionLevel; N],
    /// Serialized when the action is sent.
    arguments: T,
}

impl<T: ActionArguments, const N: usize> Call<T, N> {
    /// An action of the contract on `account`, authorized by `permissions`.
    #[inline]
    pub fn new(account: Name, permissions: [PermissionLevel; N], arguments: T) -> Self {
        Self {
            account,
            permissions,
            arguments,
        }
    }

    /// Sends the action inline: it runs after the current one, in the same transaction, and its
    /// failure fails the transaction.
    ///
    /// The permissions must be those of this contract's account and contain `eosio.code`, or the
    /// chain refuses with `unsatisfied_authorization` (3090003).
    #[inline]
    pub fn send(&self) {
        send(self.account, T::NAME, &self.permissions, &self.arguments);
    }

    /// Sends the action as a context-free inline action; it must not declare permissions.
    #[inline]
    pub fn send_context_free(&self) {
        let packed = Packed {
            account: self.account,
            action: T::NAME,
            permissions: &self.permissions,
            arguments: &self.arguments,
        };
        raw::send_context_free_inline(Buffer::new().write(&packed));
    }

    /// The action as data, for a transaction or to be stored.
    #[cfg(any(feature = "alloc", not(target_os = "none")))]
    pub fn to_action(&self) -> crate::types::Action {
        crate::types::Action {
            account: self.account,
            name: T::NAME,
            authorization: self.permissions.to_vec(),
            data: self.arguments.to_bytes(),
        }
    }
}

/// Off chain, a call can be pushed as it is.
#[cfg(not(target_os = "none"))]
impl<T: ActionArguments, const N: usize> crate::types::IntoActions for Call<T, N> {
    fn into_actions(self) -> Vec<crate::types::Action> {
        vec![self.to_action()]
    }
}

/// Sends actions that are data, such as those stored in a row or passed as an argument.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// # #[cfg(feature = "alloc")]
/// /// Executes a proposal once it is approved.
/// fn carry_out(actions: &[Action]) {
///     for action in actions {
///         action.send();
///     }
/// }
/// # fn main() {}
/// ```
#[cfg(feature = "alloc")]
pub trait SendInline {
    /// Sends the action inline; see [`Call::send`].
    fn send(&self);

    /// Sends the action as a context-free inline action; it must not declare permissions.
    fn send_context_free(&self);
}

#[cfg(feature = "alloc")]
impl SendInline for crate::types::Action {
    fn send(&self) {
        raw::send_inline(Buffer::new().write(self));
    }

    fn send_context_free(&self) {
        raw::send_context_free_inline(Buffer::new().write(self));
    }
}

/// Sends an inline action whose contract and name are data, such as a callback that a row names.
///
/// The permissions must be those of this contract's account; see [`Call::send`]. Where both names
/// are known, a typed client is checked by the compiler.
pub fn send_inline<T: Encode>(
    account: Name,
    action: Name,
    permissions: &[PermissionLevel],
    arguments: &T,
) {
    send(account, action, permissions, arguments);
}

/// Serializes and sends. Arguments are a trait object, so that a contract contains this once and
/// not for each type.
fn send(account: Name, action: Name, permissions: &[PermissionLevel], arguments: &dyn Put) {
    let packed = Packed {
        account,
        action,
        permissions,
        arguments,
    };
    raw::send_inline(Buffer::new().write(&packed));
}

/// An inline action as the chain deserializes it: account, name, authorization, and the arguments
/// as bytes with their length.
struct Packed<'a> {
    account: Name,
    action: Name,
    permissions: &'a [PermissionLevel],
    arguments: &'a dyn Put,
}

impl Encode for Packed<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        self.account.encode(out);
        self.action.encode(out);
        self.permissions.encode(out);
        // Measured by encoding into nothing: the length comes before the bytes.
        let mut measure = Encoder::new(&mut []);
        self.arguments.put(&mut measure);
        VarUint32(measure.position() as u32).encode(out);
        self.arguments.put(out);
    }
}
