//! What a callback does.

use alloc::vec;
use antelope_contract::prelude::*;

use crate::{Behaviour, Hoard, Mood, send};

/// How many bytes one hoarded row has.
const BYTES: usize = 4096;

/// Sends what was told, then behaves.
pub(crate) fn act() {
    let mood = Mood::singleton().get_or_default();
    send::all(&mood.sends);
    match mood.behaviour {
        Behaviour::Nothing => {}
        Behaviour::Fail => fail("the owner of the kind does not like this decision"),
        Behaviour::Loop => spin(),
        Behaviour::Hoard(payer) => {
            let rows = Hoard::table(receiver());
            rows.insert(
                payer,
                &Hoard {
                    id: rows.next_id(),
                    bytes: vec![7; BYTES],
                },
            );
        }
    }
}

/// Runs for ever, with a host function in the loop so that no compiler removes it.
fn spin() {
    let mut hash = sha256(&[]);
    loop {
        hash = sha256(&hash.0);
        if hash == Checksum256::ZERO {
            return;
        }
    }
}
