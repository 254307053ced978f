//! The actions of the system account that make an account.

use antelope_contract::prelude::*;
use antelope_contract::types::Authority;

/// The account of the system contract, the same on every Antelope chain.
pub(crate) const EOSIO: Name = name!("eosio");

/// `eosio`, as far as registrator calls it.
#[client]
pub trait System {
    /// Makes an account; built into every chain.
    fn newaccount(creator: Name, name: Name, owner: Authority, active: Authority);
    /// Buys RAM, on chains with a RAM market.
    fn buyrambytes(payer: Name, receiver: Name, bytes: u32);
    /// Delegates tokens for NET and CPU, on chains that stake.
    fn delegatebw(
        from: Name,
        receiver: Name,
        stake_net_quantity: Asset,
        stake_cpu_quantity: Asset,
        transfer: bool,
    );
}
