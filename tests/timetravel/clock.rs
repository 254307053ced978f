//! A chain whose clock the test moves: the embedded one or, with `VECHE_NODE=nodeos`, the real node's
//! own chain library.

use std::time::Duration;

use antelope_rpc_client::Client;
use antelope_types::{PrivateKey, TimePoint};
use veche_tests::{Embedded, Ground};

use super::chain::TravellingChain;

/// Block times are multiples of this, in milliseconds.
pub(crate) const BLOCK_MS: i64 = 500;

/// The chain, by its clock. Each accepted transaction gets its own block, half a second after the one
/// before; a refused one leaves the clock where it is, so two attempts can be made at one instant.
#[derive(Debug)]
pub(crate) enum Clock {
    Embedded(Embedded),
    Library(TravellingChain),
}

impl Clock {
    /// A fresh chain and the key of `eosio`; `None`, said loudly, where the library cannot be run.
    pub(crate) fn start() -> Option<(Self, Client, PrivateKey)> {
        if Ground::is_embedded() {
            let chain = Embedded::start();
            let (client, key) = (chain.client().clone(), chain.key().clone());
            return Some((Self::Embedded(chain), client, key));
        }
        let chain = TravellingChain::start()?;
        let client = Client::new(&chain.url).expect("the driver's address");
        let key = chain.key.parse().expect("the driver's key");
        Some((Self::Library(chain), client, key))
    }

    /// Block time in which the next transaction will run, in ms since 1970.
    pub(crate) fn now(&self) -> i64 {
        match self {
            Self::Embedded(chain) => chain.now().micros() / 1000,
            Self::Library(chain) => chain.now(),
        }
    }

    /// The next transaction will run in a block of exactly this time, in ms since 1970.
    pub(crate) fn jump(&self, to: i64) {
        match self {
            Self::Embedded(chain) => {
                chain.jump_to(TimePoint::from_micros(to * 1000));
                assert_eq!(self.now(), to, "the chain stopped at another time");
            }
            Self::Library(chain) => chain.jump(to),
        }
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.jump(self.now() + by.as_millis() as i64);
    }
}
