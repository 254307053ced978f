//! One life of a cooperative, in which every action of the three contracts is executed.

mod council;
mod members;
mod money;
mod operator;
mod others;

use antelope_build::costs::Costs;
use std::sync::OnceLock;

use antelope_chain::with_traces;
use veche_tests::drawn_alike;

use super::measured::{self, Contracts};
use crate::scenarios::world::{Chain, Coop};

/// Seats of the council, all with a vote.
const SEATS: usize = 5;

/// What everything in the story costs.
pub(super) fn costs() -> &'static Costs {
    static COSTS: OnceLock<Costs> = OnceLock::new();
    COSTS.get_or_init(|| {
        drawn_alike(|| {
            let (contracts, traces) = with_traces(|| {
                let chain = &Chain::alike();
                tell(chain);
                Contracts::of(chain)
            });
            measured::costs(&contracts, &traces)
        })
    })
}

fn tell(chain: &Chain) {
    let coop = &Coop::new(chain, SEATS);
    operator::settings(coop);
    members::admissions(coop);
    council::questions(coop);
    council::elections(coop);
    council::staff(coop);
    money::money(coop);
    money::property(coop);
    members::changes(coop);
    others::kind(coop);
    operator::reading(coop);
}
