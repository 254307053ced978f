//! A cooperative remembers its last ten thousand bank records, and the one before them no longer.

use antelope_types::{Action, Checksum256, asset, name};
use coop_model::parameters::{MAX_BATCH, MAX_INVOICES_FOREIGN, MAX_REFERENCES};
use coop_model::refusal;

use crate::foreign::hostile::Hostile;
use crate::foreign::world::{Outcome, World};

/// Invoices that are made, paid and told of in one transaction each.
const AT_ONCE: u64 = 25;

#[test]
fn bounds_of_bank_records_end_with_the_most_that_are_remembered() {
    let world = World::new();
    let hostile = Hostile::new(&world);
    let coop = &hostile.coop;
    let cashier = &coop.cashier;
    let record = |number: u64| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&(number + 1).to_be_bytes());
        Checksum256(bytes)
    };
    let confirm = |hash, number| {
        coop.gateway(cashier)
            .incomplete(
                coop.name(),
                cashier.name,
                hash,
                asset!("5.00 RUB"),
                record(number),
            )
            .to_action()
    };
    let pay = |actions: Vec<Action>| -> Outcome { world.push(actions, &[cashier]) };
    let in_rounds = |numbers: std::ops::Range<u64>| {
        for first in numbers.step_by(AT_ONCE as usize) {
            let hashes: Vec<_> = (0..AT_ONCE).map(|_| world.unique_hash()).collect();
            let bills: Vec<_> = hashes.iter().map(|hash| hostile.bill(*hash)).collect();
            hostile.relay(0, &bills).accepted();
            pay((first..)
                .zip(&hashes)
                .map(|(number, hash)| confirm(*hash, number))
                .collect())
            .accepted();
            let stranger = &world.stranger;
            let untold = coop.untold();
            let tell = untold.iter().map(|row| {
                coop.gateway(stranger)
                    .tell(coop.name(), crate::foreign::world::number(&row["id"]))
                    .to_action()
            });
            world.push(tell.collect(), &[stranger]).accepted();
        }
    };
    const { assert!(AT_ONCE <= MAX_INVOICES_FOREIGN as u64 && MAX_REFERENCES.is_multiple_of(AT_ONCE)) }
    in_rounds(0..MAX_REFERENCES);
    let remembered = || world.rows(&world.gateway, coop.name(), name!("references"));
    assert_eq!(remembered().len() as u64, MAX_REFERENCES);
    // The first is remembered still, and is the first to be forgotten.
    let (one, other) = (hostile.invoice(), hostile.invoice());
    pay(vec![confirm(one, 0)]).refused(refusal::payment::REFERENCE_USED.text);
    let free = || {
        let free = coop
            .gateway(&world.stranger)
            .freerefs(coop.name(), MAX_BATCH as u32);
        world.push(vec![free.to_action()], &[&world.stranger])
    };
    free().refused(refusal::payment::NOTHING_TO_FORGET.text);
    pay(vec![confirm(one, MAX_REFERENCES)]).accepted();
    assert_eq!(remembered().len() as u64, MAX_REFERENCES);
    pay(vec![confirm(other, 1)]).refused(refusal::payment::REFERENCE_USED.text);
    pay(vec![confirm(other, 0)]).accepted();
    assert_eq!(remembered().len() as u64, MAX_REFERENCES);
}
