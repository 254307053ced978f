//! Typed calls of actions: inline actions on chain, [`Action`](crate::types::Action)s off it.
//!
//! `#[client]` on a trait, `import_abi!` of an ABI file and `#[contract]` itself make a type with a
//! method for each action; what is here is underneath.

use crate::{
    buffer::{Buffer, Put},
    raw,
    types::{Encode, Encoder, Name, PermissionLevel, VarUint32},
};

/// The arguments of an action.
pub trait ActionArguments: Encode {
    /// The action's name.
    const NAME: Name;
}

/// An action that is ready to go.
#[must_use = "an action does nothing until it is sent"]
#[derive(Clone, Copy, Debug)]
pub struct Call<T, const N: usize> {
    account: Name,
    permissions: [PermissionLevel; N],
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

    /// Sends the action inline: it runs after this one, in the same transaction.
    ///
    /// The permissions must be this contract's, or the chain refuses.
    #[inline]
    pub fn send(&self) {
        send(self.account, T::NAME, &self.permissions, &self.arguments);
    }

    /// Sends the action inline and free of context; it must have no permissions.
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

    /// The action as data, for a transaction.
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

/// Sends actions that are data, as those that a row or an argument holds.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// # #[cfg(feature = "alloc")]
/// /// What a proposal proposes, once it is approved.
/// fn carry_out(actions: &[Action]) {
///     for action in actions {
///         action.send();
///     }
/// }
/// # fn main() {}
/// ```
#[cfg(feature = "alloc")]
pub trait SendInline {
    /// Sends the action inline: it runs after this one, in the same transaction. Its permissions must
    /// be this contract's, or the chain refuses.
    fn send(&self);

    /// Sends the action inline and free of context; it must have no permissions.
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

/// Sends an action inline whose contract and name are data, as a callback that a row names.
///
/// The permissions must be this contract's, or the chain refuses. Where both names are known, a
/// typed client says the same and is checked by the compiler.
pub fn send_inline<T: Encode>(
    account: Name,
    action: Name,
    permissions: &[PermissionLevel],
    arguments: &T,
) {
    send(account, action, permissions, arguments);
}

fn send(account: Name, action: Name, permissions: &[PermissionLevel], arguments: &dyn Put) {
    let packed = Packed {
        account,
        action,
        permissions,
        arguments,
    };
    raw::send_inline(Buffer::new().write(&packed));
}

/// An inline action as the chain takes it.
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
        let mut measure = Encoder::new(&mut []);
        self.arguments.put(&mut measure);
        VarUint32(measure.position() as u32).encode(out);
        self.arguments.put(out);
    }
}
