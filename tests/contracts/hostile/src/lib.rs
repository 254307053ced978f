//! A contract that owns kinds and payments and behaves as badly as a test tells it.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::vec::Vec;
use antelope_contract::prelude::*;

mod behaviour;
mod send;

/// What the contract does when it is called back.
#[table("mood", singleton)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mood {
    /// What the callbacks do.
    pub behaviour: Behaviour,
    /// What they send first.
    pub sends: Vec<Sent>,
}

/// An action that the contract sends inline: packed arguments and who authorizes it.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct Sent {
    /// The contract.
    pub account: Name,
    /// Its action.
    pub action: Name,
    /// Under whose authority.
    pub authorization: Vec<PermissionLevel>,
    /// The packed arguments.
    pub data: Vec<u8>,
}

/// What callbacks do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Encode, Decode, AbiType)]
pub enum Behaviour {
    /// Nothing.
    #[default]
    Nothing,
    /// They fail.
    Fail,
    /// They run until the chain's limit of CPU.
    Loop,
    /// They store rows that this account pays for.
    Hoard(Name),
}

/// A row that is only there to cost RAM.
#[table("hoard")]
#[derive(Clone, Debug, PartialEq)]
pub struct Hoard {
    /// The primary key.
    #[primary]
    pub id: u64,
    /// Bytes.
    pub bytes: Vec<u8>,
}

/// The actions.
#[contract(tables(Hoard, Mood))]
pub mod hostile {
    use alloc::vec::Vec;
    use antelope_contract::prelude::*;

    use crate::{Behaviour, Hoard, Mood, Sent, behaviour, send};

    /// Tells what callbacks do from now on.
    #[action]
    pub fn behave(behaviour: Behaviour, sends: Vec<Sent>) {
        require_auth(receiver());
        Mood::singleton().set(receiver(), &Mood { behaviour, sends });
    }

    /// Sends actions inline, `depth` levels below this one (0: from this action itself).
    #[action]
    pub fn relay(depth: u8, sends: Vec<Sent>) {
        send::relay(depth, &sends);
    }

    /// Sends actions inline and fails after them: what they did is looked at and taken back.
    #[action]
    pub fn probe(sends: Vec<Sent>) {
        send::all(&sends);
        send::undo();
    }

    /// Fails: the end of a probe.
    #[action]
    pub fn undo() {
        fail("the probe has seen enough");
    }

    /// Callback of soviet: confirm.
    #[action]
    pub fn yes(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = (coopname, hash, authorization);
        behaviour::act();
    }

    /// Callback of soviet or gateway: decline.
    #[action]
    pub fn no(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = (coopname, hash, reason);
        behaviour::act();
    }

    /// Callback of gateway: confirm.
    #[action]
    pub fn came(coopname: Name, hash: Checksum256) {
        let _ = (coopname, hash);
        behaviour::act();
    }
}
