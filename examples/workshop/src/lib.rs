//! A cooperative's workshop: a process that is not part of the protocol, with a decision of its own.
//!
//! A participant asks for a machine for a day and pays; the council decides; the booking stands, or
//! the money goes back. The contract owns the kind of decisions [`KIND`]: it alone publishes such
//! questions, and `soviet` and `gateway` call it back. Its account pays for everything that it
//! causes. `docs/own-processes.md` goes through it step by step.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod answers;
pub mod booking;
mod machines;
mod requests;

use antelope_contract::prelude::*;

/// The kind of decisions that this contract owns.
pub const KIND: Name = name!("bookmachine");
/// The registry id of the council's protocol.
pub const PROTOCOL: u64 = 2001;
/// Callback of soviet: the council agrees.
pub const CONFIRM: Name = name!("book");
/// Callback of soviet: there will be no decision in favour.
pub const DECLINE: Name = name!("refuse");

/// The actions of the workshop.
#[contract(tables(shared Config, Booking, Machine, Workshop))]
pub mod workshop {
    use antelope_contract::prelude::*;
    use coop_model::Config;

    use crate::booking::{Booking, Workshop};
    use crate::machines::Machine;
    use crate::{answers, machines, requests};

    /// Sets the accounts of the protocol's contracts, once.
    #[action]
    pub fn init(config: Config) {
        config.store_once(receiver());
    }

    /// The cooperative offers a machine, or changes its fee for a day.
    #[action]
    pub fn setmachine(coopname: Name, machine: Name, fee: Asset) {
        machines::set(coopname, machine, fee);
    }

    /// The cooperative offers a machine no longer; what is booked stands.
    #[action]
    pub fn rmmachine(coopname: Name, machine: Name) {
        machines::remove(coopname, machine);
    }

    /// A participant asks for a machine for a day, counted from 1970, and gets an invoice.
    #[action]
    pub fn request(coopname: Name, username: Name, machine: Name, day: u32) {
        requests::ask(coopname, username, machine, day);
    }

    /// Callback of gateway: the fee came, so the council is asked.
    #[action]
    pub fn paid(coopname: Name, hash: Checksum256) {
        answers::paid(coopname, &hash);
    }

    /// Callback of gateway: the fee did not come.
    #[action]
    pub fn unpaid(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        answers::unpaid(coopname, &hash);
    }

    /// Callback of soviet: the council agrees, the booking stands.
    #[action]
    pub fn book(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        answers::agreed(coopname, &hash, authorization);
    }

    /// Callback of soviet: the council does not agree, the fee goes back.
    #[action]
    pub fn refuse(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        answers::refused(coopname, &hash);
    }

    /// Callback of gateway: the fee went back.
    #[action]
    pub fn refunded(coopname: Name, hash: Checksum256) {
        answers::refunded(coopname, &hash);
    }

    /// Callback of gateway: the fee could not be sent back.
    #[action]
    pub fn unsent(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        answers::unsent(coopname, &hash);
    }

    /// Tries once more to send a fee back; anyone may.
    #[action]
    pub fn retry(coopname: Name, booking_id: u64) {
        requests::retry(coopname, booking_id);
    }

    /// Erases a booking whose day is over; anyone may.
    #[action]
    pub fn finish(coopname: Name, booking_id: u64) {
        requests::finish(coopname, booking_id);
    }
}
