//! What people ask of the workshop.

use antelope_contract::prelude::*;
use coop_model::clients::Gateway;
use coop_model::payer::payer_of;
use coop_model::people::Participant;
use coop_model::{Config, coop};

use crate::booking::{Booking, Subject, Workshop, numbered, slot, status};
use crate::{KIND, machines};

/// Most bookings of one participant at a time, so that nobody fills the agenda alone.
pub const MAX_BOOKINGS: usize = 3;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Takes a participant's request and lets gateway expect the fee.
///
/// The row is paid by who asks, or by the cooperative if it signs too. The invoice is paid by this
/// contract's account, whose authority the inline action carries.
pub(crate) fn ask(coopname: Name, username: Name, machine: Name, day: u32) {
    require_auth(username);
    let config = Config::load();
    coop::require_active(&config, coopname);
    Participant::require_active(&config, coopname, username);
    let fee = machines::find(coopname, machine).fee;
    check!(i64::from(day) > today(), "the day must be in the future");
    let bookings = Booking::table(coopname);
    check!(
        !bookings.by_slot().contains(&slot(machine, day)),
        "the machine is asked for on this day already"
    );
    check!(
        bookings
            .by_username()
            .range(username..=username)
            .take(MAX_BOOKINGS)
            .count()
            < MAX_BOOKINGS,
        "the participant has 3 bookings already"
    );
    let id = next_id(coopname);
    let hash = Subject {
        coopname,
        id,
        username,
        machine,
        day,
    }
    .hash();
    bookings.insert(
        payer_of(coopname, username),
        &Booking {
            id,
            username,
            hash,
            machine,
            day,
            fee,
            status: status::INVOICED,
            authorization: Checksum256::ZERO,
        },
    );
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .createinpay(
            coopname,
            username,
            KIND,
            hash,
            fee,
            true,
            receiver(),
            name!("paid"),
            name!("unpaid"),
        )
        .send();
}

/// Tries once more to send a fee back.
pub(crate) fn retry(coopname: Name, id: u64) {
    let row = numbered(coopname, id);
    row.require_status(status::UNSENT);
    send_back(&Config::load(), coopname, row);
}

/// Erases a booking whose day is over.
pub(crate) fn finish(coopname: Name, id: u64) {
    let row = numbered(coopname, id);
    row.require_status(status::BOOKED);
    check!(i64::from(row.day) < today(), "the day is not over");
    row.remove();
}

/// Lets gateway send the whole fee back.
pub(crate) fn send_back(config: &Config, coopname: Name, row: Row<Booking>) {
    let booking = row.update(Payer::Same, |booking| booking.status = status::RETURNING);
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .createoutpay(
            coopname,
            booking.username,
            booking.hash,
            booking.fee,
            receiver(),
            name!("refunded"),
            name!("unsent"),
        )
        .send();
}

/// The number of a new booking. Numbers are never used again, so neither are hashes.
fn next_id(coopname: Name) -> u64 {
    let row = Workshop::singleton_in(coopname);
    let mut workshop = row.get_or_default();
    workshop.last_booking += 1;
    row.set(receiver(), &workshop);
    workshop.last_booking
}

/// The day of this block, counted from 1970.
fn today() -> i64 {
    now().micros() / 1_000_000 / DAY
}
