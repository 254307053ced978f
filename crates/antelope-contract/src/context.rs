//! The action that runs: its receiver, contract, name and data.

use crate::types::Name;

/// The action that runs. An action or notification whose first parameter is `cx: &Context` gets it;
/// it is not an argument of the action.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The account whose code runs.
    receiver: Name,
    /// The account that the action is addressed to.
    first_receiver: Name,
    /// The name of the action.
    action: Name,
    /// Its serialized arguments.
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

    /// The account whose code runs, which is this contract's.
    #[inline]
    pub fn receiver(&self) -> Name {
        self.receiver
    }

    /// The account that the action is addressed to; differs from [`receiver`](Self::receiver) in a
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

    /// The serialized arguments, with any bytes after the declared ones.
    #[inline]
    pub fn data(&self) -> &'a [u8] {
        self.data
    }
}
