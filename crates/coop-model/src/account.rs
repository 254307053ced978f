//! The rule for the account names of participants.

use crate::parameters::ACCOUNT_LETTERS;
use crate::refusal::people as refusal;
use antelope_contract::prelude::*;

/// Whether `name` may be a participant's account: twelve letters a–z and nothing else.
///
/// ```
/// use antelope_contract::prelude::*;
/// use coop_model::account::is_participant_name;
///
/// assert!(is_participant_name(name!("ivanovaivana")));
/// assert!(!is_participant_name(name!("ivanov"))); // shorter
/// assert!(!is_participant_name(name!("ivanovivan12"))); // digits
/// assert!(!is_participant_name(name!("ivanov.ivana"))); // a dot
/// ```
pub const fn is_participant_name(name: Name) -> bool {
    const LETTER_A: u64 = 6;
    // Twelve characters of five bits, then a thirteenth of four that must be empty.
    let raw = name.raw();
    let mut rest = raw >> 4;
    let mut position = 0;
    while position < ACCOUNT_LETTERS {
        if rest & 0x1f < LETTER_A {
            return false;
        }
        rest >>= 5;
        position += 1;
    }
    raw & 0x0f == 0
}

/// Fails unless `name` may be a participant's account.
pub fn require_participant_name(name: Name) {
    check!(is_participant_name(name), refusal::NOT_12_LETTERS);
}
