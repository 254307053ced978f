//! What somebody does, and how it is drawn.

use super::{ALICE, BOB, CAROL, HOUR, PAY, PEOPLE, SHARED};
use antelope_types::{Name, name};
use test_support::random::Random;

/// A payment of the proposed transaction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pay {
    pub(crate) from: Name,
    pub(crate) units: i64,
}

/// The hash that an approval names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hash {
    None,
    Right,
    Wrong,
}

/// A step of a sequence. The signer may be somebody else than the one who is named.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Propose {
        proposer: Name,
        name: Name,
        requested: Vec<Name>,
        pay: Pay,
        /// Seconds; 0 is the past.
        expires_in: u32,
        /// Seconds.
        delay: u32,
    },
    Approve {
        signer: Name,
        who: Name,
        proposer: Name,
        name: Name,
        hash: Hash,
    },
    Unapprove {
        signer: Name,
        who: Name,
        proposer: Name,
        name: Name,
    },
    Cancel {
        signer: Name,
        canceler: Name,
        proposer: Name,
        name: Name,
    },
    Exec {
        signer: Name,
        executer: Name,
        proposer: Name,
        name: Name,
    },
    Invalidate {
        account: Name,
    },
    /// Seconds go by.
    Wait(u32),
}

impl Step {
    /// The action's name.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose",
            Self::Approve { .. } => "approve",
            Self::Unapprove { .. } => "unapprove",
            Self::Cancel { .. } => "cancel",
            Self::Exec { .. } => "exec",
            Self::Invalidate { .. } => "invalidate",
            Self::Wait(_) => "wait",
        }
    }

    pub(crate) fn random(random: &mut Random) -> Self {
        let proposer = *random.of(&[ALICE, ALICE, CAROL]);
        let name = *random.of(&[PAY, name!("rent")]);
        let who = *random.of(&[ALICE, ALICE, BOB, BOB, CAROL, SHARED]);
        let signer = match random.below(12) {
            0 => *random.of(&PEOPLE),
            _ => who,
        };
        match random.below(24) {
            0..=4 => Self::Propose {
                proposer,
                name,
                requested: requested(random),
                pay: Pay {
                    from: *random.of(&[SHARED, SHARED, ALICE, CAROL]),
                    units: 1 + random.below(9) as i64,
                },
                expires_in: *random.of(&[0, 20, HOUR, HOUR, HOUR]),
                delay: 0,
            },
            5..=11 => Self::Approve {
                signer,
                who,
                proposer,
                name,
                hash: *random.of(&[Hash::None, Hash::None, Hash::Right, Hash::Wrong]),
            },
            12 | 13 => Self::Unapprove {
                signer,
                who,
                proposer,
                name,
            },
            14..=16 => Self::Cancel {
                signer,
                canceler: *random.of(&[signer, proposer]),
                proposer,
                name,
            },
            17..=20 => Self::Exec {
                signer,
                executer: who,
                proposer,
                name,
            },
            21 => Self::Invalidate { account: who },
            _ => Self::Wait(*random.of(&[1, 1, 5, 30])),
        }
    }
}

/// Mostly those whose approvals suffice for the shared account.
fn requested(random: &mut Random) -> Vec<Name> {
    match random.below(4) {
        0 => {
            let chosen = PEOPLE.into_iter();
            chosen.filter(|_| random.below(2) == 0).collect()
        }
        1 => vec![SHARED, ALICE, CAROL],
        _ => vec![ALICE, BOB, CAROL],
    }
}
