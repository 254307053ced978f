//! A booking: its row, its statuses and the hash that the process is known by.

use alloc::vec;

use antelope_contract::prelude::*;
use coop_model::list_hash;

/// Statuses of a booking.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// The invoice is sent.
    pub const INVOICED: Name = name!("invoiced");
    /// The fee came, the council is asked.
    pub const ASKED: Name = name!("asked");
    /// The council agreed: the booking stands.
    pub const BOOKED: Name = name!("booked");
    /// The fee goes back.
    pub const RETURNING: Name = name!("returning");
    /// The fee could not be sent back; anyone may try again.
    pub const UNSENT: Name = name!("unsent");
}

/// A machine that is asked for, or booked, for a day. Scope: the cooperative.
#[table("bookings", index(by_slot: u128 = slot))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Counted from 1 in the cooperative, and never used again.
    #[primary]
    pub id: u64,
    /// Who asked.
    #[index]
    pub username: Name,
    /// The process: soviet and gateway know it by this.
    #[index]
    pub hash: Checksum256,
    /// The machine.
    pub machine: Name,
    /// The day, counted from 1970.
    pub day: u32,
    /// What was asked for it when the participant asked.
    pub fee: Asset,
    /// One of [`status`].
    pub status: Name,
    /// Hash of the council's protocol; zero before.
    pub authorization: Checksum256,
}

impl Booking {
    /// One booking for a machine and a day.
    fn slot(&self) -> u128 {
        slot(self.machine, self.day)
    }

    /// Fails unless the booking has this status.
    pub(crate) fn require_status(&self, expected: Name) {
        check!(self.status == expected, "the booking is at another step");
    }
}

/// The key of a machine and a day.
pub(crate) fn slot(machine: Name, day: u32) -> u128 {
    u128::from(machine.raw()) << 64 | u128::from(day)
}

/// What a workshop counts. Scope: the cooperative.
#[table("workshop", singleton)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workshop {
    /// The number of the last booking; numbers only grow.
    pub last_booking: u64,
}

/// What the hash of a booking covers.
#[derive(Clone, Copy, Debug, Encode)]
pub struct Subject {
    /// The cooperative.
    pub coopname: Name,
    /// The number of the booking: it makes every hash one that has not served before.
    pub id: u64,
    /// Who asks.
    pub username: Name,
    /// The machine.
    pub machine: Name,
    /// The day.
    pub day: u32,
}

impl Subject {
    /// The hash of the process, the same on chain and off it.
    pub fn hash(self) -> Checksum256 {
        list_hash(&vec![self])
    }
}

/// The booking of a process.
pub(crate) fn find(coopname: Name, hash: &Checksum256) -> Row<Booking> {
    Booking::table(coopname)
        .by_hash()
        .get(hash)
        .or_fail("there is no booking with this hash")
}

/// The booking with this number.
pub(crate) fn numbered(coopname: Name, id: u64) -> Row<Booking> {
    Booking::table(coopname)
        .get(id)
        .or_fail("there is no booking with this number")
}
