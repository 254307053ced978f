//! Sending actions whose names and arguments are data.

use alloc::vec::Vec;
use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use antelope_contract::types::Encoder;

use crate::Sent;

/// Bytes as they are, without a length before them.
struct Raw<'a>(&'a [u8]);

impl Encode for Raw<'_> {
    fn encoded_len(&self) -> usize {
        self.0.len()
    }

    fn encode(&self, out: &mut Encoder<'_>) {
        for byte in self.0 {
            byte.encode(out);
        }
    }
}

/// Arguments of `relay`.
#[derive(Encode)]
struct Relay<'a> {
    depth: u8,
    sends: &'a Vec<Sent>,
}

/// Sends these actions, in this order.
pub(crate) fn all(sends: &[Sent]) {
    for sent in sends {
        let data = Raw(&sent.data);
        send_inline(sent.account, sent.action, &sent.authorization, &data);
    }
}

/// Sends them itself, or lets an action of this contract do it one level deeper.
pub(crate) fn relay(depth: u8, sends: &Vec<Sent>) {
    match depth.checked_sub(1) {
        None => all(sends),
        Some(depth) => send_inline(receiver(), name!("relay"), &[], &Relay { depth, sends }),
    }
}

/// Fails after everything that was sent before.
pub(crate) fn undo() {
    send_inline(receiver(), name!("undo"), &[], &());
}
