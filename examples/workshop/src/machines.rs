//! The machines of a workshop and what a day of each costs.

use antelope_contract::prelude::*;
use coop_model::coop::Coop;
use coop_model::{Config, money};

/// A machine that a cooperative offers. Scope: the cooperative, which pays for the row.
#[table("machines")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Its name.
    #[primary]
    pub machine: Name,
    /// The fee for a day.
    pub fee: Asset,
}

/// Offers a machine, or changes its fee; who has asked pays what they were asked for.
pub(crate) fn set(coopname: Name, machine: Name, fee: Asset) {
    require_auth(coopname);
    let coop = Coop::find(&Config::load(), coopname);
    money::require_amount(fee, coop.initial.symbol);
    let machines = Machine::table(coopname);
    match machines.get(machine) {
        None => machines.insert(coopname, &Machine { machine, fee }),
        Some(row) => {
            row.update(Payer::Same, |row| row.fee = fee);
        }
    }
}

/// Offers a machine no longer.
pub(crate) fn remove(coopname: Name, machine: Name) {
    require_auth(coopname);
    find(coopname, machine).remove();
}

/// The machine of this name.
pub(crate) fn find(coopname: Name, machine: Name) -> Row<Machine> {
    Machine::table(coopname)
        .get(machine)
        .or_fail("the workshop has no such machine")
}
