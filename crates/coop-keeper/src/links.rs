//! What the keeper's permission is for.

use antelope_types::{Name, name};
use coop_client::Contracts;

/// One of the three contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// An action of `registrator`.
    Registrator(Name),
    /// An action of `soviet`.
    Soviet(Name),
    /// An action of `gateway`.
    Gateway(Name),
}

impl Link {
    /// The account of the contract, and the action.
    pub fn of(self, contracts: &Contracts) -> (Name, Name) {
        match self {
            Self::Registrator(action) => (contracts.registrator, action),
            Self::Soviet(action) => (contracts.soviet, action),
            Self::Gateway(action) => (contracts.gateway, action),
        }
    }
}

/// Every action that the keeper sends. `linkauth` links a permission to each of them.
pub const LINKS: [Link; 14] = [
    Link::Soviet(name!("expire")),
    Link::Soviet(name!("declinedec")),
    Link::Soviet(name!("deliver")),
    Link::Soviet(name!("exec")),
    Link::Soviet(name!("seatboard")),
    Link::Soviet(name!("dropboard")),
    Link::Soviet(name!("freevoices")),
    Link::Gateway(name!("inexpire")),
    Link::Gateway(name!("outoverdue")),
    Link::Gateway(name!("propoverdue")),
    Link::Gateway(name!("cancelprop")),
    Link::Gateway(name!("tell")),
    Link::Gateway(name!("freerefs")),
    Link::Registrator(name!("completemove")),
];
