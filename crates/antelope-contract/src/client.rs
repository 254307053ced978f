//! Typed calls of actions: inline actions on chain, [`Action`](crate::types::Action)s off it.
//!
//! `#[client]` on a trait, `import_abi!` of an ABI file and `#[contract]` itself make a type with a
//! method for each action; what is here is underneath.

use crate::{
    buffer::Buffer,
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
        let mut buffer = Buffer::new();
        raw::send_inline(self.pack(&mut buffer));
    }

    /// Sends the action inline and free of context; it must have no permissions.
    #[inline]
    pub fn send_context_free(&self) {
        let mut buffer = Buffer::new();
        raw::send_context_free_inline(self.pack(&mut buffer));
    }

    #[inline]
    fn pack<'a>(&self, buffer: &'a mut Buffer) -> &'a [u8] {
        pack(
            buffer,
            self.account,
            T::NAME,
            &self.permissions,
            &self.arguments,
        )
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
    let mut buffer = Buffer::new();
    raw::send_inline(pack(&mut buffer, account, action, permissions, arguments));
}

/// The bytes of an inline action.
#[inline]
fn pack<'a, T: Encode>(
    buffer: &'a mut Buffer,
    account: Name,
    action: Name,
    permissions: &[PermissionLevel],
    arguments: &T,
) -> &'a [u8] {
    let data_len = arguments.encoded_len();
    // Account, name, the permissions and two lengths of at most five bytes.
    let head_len = size_of_val(permissions).saturating_add(8 + 8 + 5 + 5);
    let room = buffer.take(data_len.saturating_add(head_len));
    let mut out = Encoder::new(room);
    head(&mut out, account, action, permissions, data_len);
    arguments.encode(&mut out);
    let len = out.position();
    room.get(..len).unwrap_or_default()
}

/// What comes before the arguments of an inline action.
fn head(
    out: &mut Encoder<'_>,
    account: Name,
    action: Name,
    permissions: &[PermissionLevel],
    data_len: usize,
) {
    account.encode(out);
    action.encode(out);
    permissions.encode(out);
    VarUint32(data_len as u32).encode(out);
}
