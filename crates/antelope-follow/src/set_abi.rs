//! The action that gives a contract its ABI.
//!
//! It is recognized where `eosio` executes its own `setabi`. An inline action counts like any other; a
//! notification of it does not.

use crate::block::{AbiChange, Interest};
use antelope_types::{Decode, Decoder, Name};

/// The arguments of `eosio::setabi`.
#[derive(Decode)]
struct SetAbi {
    account: Name,
    abi: Vec<u8>,
}

/// The ABI that `eosio::setabi` sets, if its contract is of interest. `None` too for arguments that cannot be
/// read, which a chain does not execute.
pub(crate) fn abi_set(data: &[u8], sequence: u64, interest: &Interest) -> Option<AbiChange> {
    let SetAbi { account, abi } = SetAbi::decode(&mut Decoder::new(data)).ok()?;
    interest.has(account).then_some(AbiChange {
        contract: account,
        global_sequence: Some(sequence),
        abi,
    })
}
