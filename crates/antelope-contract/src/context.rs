//! The action that runs: who receives it, whose it is, what it carries.

use crate::types::Name;

/// What the chain has told the contract about the action; the first argument of an action that asks
/// for `cx: &Context`.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    receiver: Name,
    first_receiver: Name,
    action: Name,
    data: &'a [u8],
}

impl<'a> Context<'a> {
    #[doc(hidden)]
    #[inline(always)]
    pub fn new(receiver: Name, first_receiver: Name, action: Name, data: &'a [u8]) -> Self {
        Self {
            receiver,
            first_receiver,
            action,
            data,
        }
    }

    /// The account this contract is on.
    #[inline]
    pub fn receiver(&self) -> Name {
        self.receiver
    }

    /// The contract whose action this is; another one than [`receiver`](Self::receiver) in a
    /// notification.
    #[inline]
    pub fn first_receiver(&self) -> Name {
        self.first_receiver
    }

    /// The action's name.
    #[inline]
    pub fn action(&self) -> Name {
        self.action
    }

    /// The packed arguments, also what follows the declared ones.
    #[inline]
    pub fn data(&self) -> &'a [u8] {
        self.data
    }
}
