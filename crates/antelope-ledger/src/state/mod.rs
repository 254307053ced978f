//! The data of the chain: persistent ordered maps, so that a copy costs nothing, and that remember what a
//! transaction has changed, so that an undo copies nothing.

mod account;
mod code;
mod deferred;
mod index;
mod link;
mod map;
mod permission;
mod protocol;
pub mod ram;
mod resources;
mod rounds;
mod stored;
mod table;
mod undo;
mod usage;

pub use account::Account;
pub use deferred::Deferred;
pub use permission::Permission;
pub use protocol::Protocol;
pub use resources::{AccountResources, Limits};
pub use table::{Row, TableInfo, TableKey};

pub use account::Sequences;
pub use code::Code;
pub use deferred::DeferredKey;
pub use index::{Float64, FloatBits128};
pub use index::{IndexEntry, IndexKey, Indexes, SecondaryIndex};
pub use link::{Link, LinkKey};
pub use map::{Map, Set};
pub use resources::{BlockResources, ElasticLimit};
pub use rounds::{Proposed, Rounds};
pub use table::TableId;
pub use undo::Beginning;
pub use usage::{PRECISION, Usage};

use crate::config::ChainConfig;
use antelope_types::{Checksum256, CpuBilling, Name, TimePoint, TimePointSec, WasmConfig};
use std::sync::Arc;

/// Everything that transactions read and write.
///
/// A clone shares all of it with the original until one of them changes.
#[derive(Clone, Debug)]
pub struct State {
    pub global: Global,
    pub accounts: Map<Name, Account>,
    /// None for accounts of which nothing was counted yet.
    pub sequences: Map<Name, Sequences>,
    pub permissions: Map<(Name, Name), Permission>,
    pub permission_names: Map<u64, (Name, Name)>,
    pub links: Map<LinkKey, Link>,
    pub codes: Map<Checksum256, Code>,
    pub resources: Map<Name, AccountResources>,
    pub pending_limits: Map<Name, Limits>,
    pub tables: Map<TableKey, TableInfo>,
    pub rows: Map<(TableId, u64), Row>,
    pub indexes: Indexes,
    pub transactions: Map<Checksum256, TimePointSec>,
    pub transactions_by_expiration: Set<(TimePointSec, Checksum256)>,
    pub reference_blocks: Map<u16, Checksum256>,
    pub deferred: Map<DeferredKey, Deferred>,
    pub deferred_ids: Set<Checksum256>,
    pub deferred_order: Set<(TimePoint, u64, DeferredKey)>,
}

/// What there is one of.
#[derive(Clone, Debug)]
pub struct Global {
    pub config: ChainConfig,
    pub cpu_billing: CpuBilling,
    /// The most bytes that an action may return: `max_action_return_value_size`.
    pub max_return_value: u32,
    pub wasm_config: WasmConfig,
    pub protocol: Protocol,
    /// The turns of producers, and the schedule that was proposed.
    pub rounds: Arc<Rounds>,
    pub proposed: Option<Proposed>,
    pub block_resources: BlockResources,
    pub global_sequence: u64,
    /// The next number of a permission, a link, a table or a deferred transaction; each is counted apart.
    pub next_permission: u64,
    pub next_link: u64,
    pub next_table: u64,
    pub next_deferred: u64,
}

impl State {
    /// A state without accounts.
    pub fn new(config: ChainConfig) -> Self {
        Self {
            global: Global {
                config,
                cpu_billing: CpuBilling::Minimum,
                max_return_value: 256,
                wasm_config: WasmConfig::default(),
                protocol: Protocol::default(),
                rounds: Arc::default(),
                proposed: None,
                block_resources: BlockResources::new(&config),
                global_sequence: 0,
                // Nodes reserve permission 0 for «no parent».
                next_permission: 1,
                next_link: 0,
                next_table: 0,
                next_deferred: 0,
            },
            accounts: Map::default(),
            sequences: Map::default(),
            permissions: Map::default(),
            permission_names: Map::default(),
            links: Map::default(),
            codes: Map::default(),
            resources: Map::default(),
            pending_limits: Map::default(),
            tables: Map::default(),
            rows: Map::default(),
            indexes: Indexes::default(),
            transactions: Map::default(),
            transactions_by_expiration: Set::default(),
            reference_blocks: Map::default(),
            deferred: Map::default(),
            deferred_ids: Set::default(),
            deferred_order: Set::default(),
        }
    }

    /// Remembers a transaction until it expires; `false` if it is known already.
    pub fn record_transaction(&mut self, id: Checksum256, expiration: TimePointSec) -> bool {
        if self.transactions.contains_key(&id) {
            return false;
        }
        self.transactions.insert(id, expiration);
        self.transactions_by_expiration.insert((expiration, id));
        true
    }

    /// Forgets the transactions that have expired before `now`, in seconds rounded down.
    pub fn forget_expired_transactions(&mut self, now: antelope_types::TimePoint) {
        while let Some(&(expiration, id)) = self.transactions_by_expiration.get_min() {
            if now <= antelope_types::TimePoint::from(expiration) {
                break;
            }
            self.transactions_by_expiration.remove(&(expiration, id));
            self.transactions.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_is_known_until_it_has_expired() {
        let mut state = State::new(ChainConfig::default());
        let id = Checksum256([7; 32]);
        let expiration = TimePointSec::from_seconds(100);
        assert!(state.record_transaction(id, expiration));
        assert!(!state.record_transaction(id, expiration));
        state.forget_expired_transactions(TimePoint::from(expiration));
        assert!(!state.record_transaction(id, expiration));
        state.forget_expired_transactions(TimePoint::from_micros(100_000_001));
        assert!(state.record_transaction(id, expiration));
    }
}
