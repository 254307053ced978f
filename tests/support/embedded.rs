//! The embedded chain in the place of a node.

use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, FeatureSet, Genesis, LiveChain, wasm};
use antelope_node::Operator;
use antelope_rpc_client::signing;
use antelope_types::{Checksum256, PrivateKey, TimePoint};
use std::ops::Deref;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// A chain of this process, with its operator. Each accepted transaction has a block of its own.
#[derive(Debug)]
pub struct Embedded {
    operator: Operator,
    api: Api,
}

/// A chain with `eosio.bios`, which all others begin as, and its key.
struct Template {
    chain: Chain,
    key: PrivateKey,
}

impl Embedded {
    /// A chain of its own, with `eosio.bios` and without limits.
    ///
    /// # Panics
    /// When the package that `eosio.bios` comes with is not there.
    pub fn start() -> Self {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let key = signing::generate_k1().expect("a K1 key");
            let booted = Self::booted(key.clone(), FeatureSet::ALL, wall_clock());
            let chain = booted.api.fork();
            Template { chain, key }
        });
        Self::of(template.chain.clone(), template.key.clone())
    }

    /// The same, with a key and a time that are the same in every run.
    ///
    /// # Panics
    /// As [`Embedded::start`].
    pub fn alike() -> Self {
        let key = PrivateKey::K1(Checksum256::sha256(b"the operator").0);
        let time = "2026-01-01T00:00:00".parse().expect("a time");
        Self::booted(key, FeatureSet::ALL, time)
    }

    /// The same with the protocol features of Leap 4: deferred transactions are executed, which the
    /// package's `eosio.msig` needs.
    ///
    /// # Panics
    /// As [`Embedded::start`].
    pub fn with_deferred_transactions() -> Self {
        let key = signing::generate_k1().expect("a K1 key");
        Self::booted(key, FeatureSet::LEAP_4, wall_clock())
    }

    fn booted(key: PrivateKey, features: FeatureSet, time: TimePoint) -> Self {
        let genesis = Genesis {
            initial_key: signing::public_key(&key).expect("a public key"),
            features,
            ..Genesis::default()
        };
        let engine = wasm::Engine::shared().expect("an engine");
        let booted = Self::of(Chain::start(genesis, engine).expect("a chain"), key);
        booted.jump_to(time);
        booted.set_bios().unwrap_or_else(|e| panic!("{e}"));
        booted
    }

    fn of(chain: Chain, key: PrivateKey) -> Self {
        let api = Api::new(chain, Production::PerTransaction);
        let operator = Operator::new(api.client(), key);
        Self { operator, api }
    }

    /// A chain that begins like this and has `eosio.bios`, whose clock somebody else moves.
    pub(crate) fn follower(genesis: Genesis, key: PrivateKey) -> Api {
        let engine = wasm::Engine::shared().expect("an engine");
        let chain = Chain::start(genesis, engine).expect("a chain");
        let api = Api::new(chain, Production::OnDemand);
        let operator = Operator::new(api.client(), key);
        operator.set_bios().unwrap_or_else(|e| panic!("{e}"));
        api
    }

    /// Keeps what every block does from now on, for whoever follows the chain in this process.
    ///
    /// # Panics
    /// When the chain's own bookkeeping fails.
    pub fn recorded(&self) -> LiveChain {
        self.api.with(Chain::record_history);
        self.api.live().clone()
    }

    /// Another chain that goes on from here by itself.
    pub fn fork(&self) -> Self {
        Self::of(self.api.fork(), self.key().clone())
    }

    /// The time of the block that the next transaction will be in.
    pub fn now(&self) -> TimePoint {
        self.api.now()
    }

    /// The next transaction runs exactly at this moment.
    ///
    /// # Panics
    /// When the chain's own bookkeeping fails.
    pub fn jump_to(&self, moment: TimePoint) {
        self.api.jump_to(moment).expect("blocks");
    }
}

impl Deref for Embedded {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        &self.operator
    }
}

/// Documents that are dated by the machine's clock must not be from the chain's future.
fn wall_clock() -> TimePoint {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.expect("a clock after 1970").as_secs();
    TimePoint::from_micros(i64::try_from(seconds).expect("a clock of this age") * 1_000_000)
}
