//! The data of the chain: persistent ordered maps, so that a copy costs nothing and an undo is a copy.

mod account;
mod code;
mod deferred;
mod index;
mod link;
mod permission;
mod protocol;
pub mod ram;
mod resources;
mod rounds;
mod table;
mod usage;

pub use account::Account;
pub use deferred::Deferred;
pub use permission::Permission;
pub use protocol::Protocol;
pub use resources::{AccountResources, Limits};
pub use table::{Row, TableInfo, TableKey};

pub(crate) use code::Code;
pub(crate) use deferred::DeferredKey;
pub use index::{Float64, FloatBits128};
pub(crate) use index::{IndexEntry, IndexKey, Indexes, SecondaryIndex};
pub(crate) use link::{Link, LinkKey};
pub(crate) use resources::{BlockResources, ElasticLimit};
pub(crate) use rounds::{Proposed, Rounds};
pub(crate) use table::TableId;
pub(crate) use usage::{PRECISION, Usage};

use crate::config::ChainConfig;
use crate::transaction::CpuBilling;
use crate::wasm_config::WasmConfig;
use antelope_types::{Checksum256, Name, TimePoint, TimePointSec};
use imbl::{OrdMap, OrdSet};
use std::sync::Arc;

/// Everything that transactions read and write.
///
/// A clone shares all of it with the original until one of them changes.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) config: ChainConfig,
    pub(crate) cpu_billing: CpuBilling,
    /// The most bytes that an action may return: `max_action_return_value_size`.
    pub(crate) max_return_value: u32,
    pub(crate) wasm_config: WasmConfig,
    pub(crate) protocol: Protocol,
    /// The turns of producers, and the schedule that was proposed.
    pub(crate) rounds: Arc<Rounds>,
    pub(crate) proposed: Option<Proposed>,
    pub(crate) accounts: OrdMap<Name, Account>,
    pub(crate) permissions: OrdMap<(Name, Name), Permission>,
    pub(crate) permission_names: OrdMap<u64, (Name, Name)>,
    pub(crate) links: OrdMap<LinkKey, Link>,
    pub(crate) codes: OrdMap<Checksum256, Code>,
    pub(crate) resources: OrdMap<Name, AccountResources>,
    pub(crate) pending_limits: OrdMap<Name, Limits>,
    pub(crate) block_resources: BlockResources,
    pub(crate) tables: OrdMap<TableKey, TableInfo>,
    pub(crate) rows: OrdMap<(TableId, u64), Row>,
    pub(crate) indexes: Indexes,
    pub(crate) transactions: OrdMap<Checksum256, TimePointSec>,
    pub(crate) transactions_by_expiration: OrdSet<(TimePointSec, Checksum256)>,
    pub(crate) reference_blocks: OrdMap<u16, Checksum256>,
    pub(crate) deferred: OrdMap<DeferredKey, Deferred>,
    pub(crate) deferred_ids: OrdSet<Checksum256>,
    pub(crate) deferred_order: OrdSet<(TimePoint, u64, DeferredKey)>,
    pub(crate) global_sequence: u64,
    /// The next number of a permission, a link, a table or a deferred transaction; each is counted apart.
    pub(crate) next_permission: u64,
    pub(crate) next_link: u64,
    pub(crate) next_table: u64,
    pub(crate) next_deferred: u64,
}

impl State {
    /// A state without accounts.
    pub(crate) fn new(config: ChainConfig) -> Self {
        Self {
            config,
            cpu_billing: CpuBilling::Minimum,
            max_return_value: 256,
            wasm_config: WasmConfig::default(),
            protocol: Protocol::default(),
            rounds: Arc::default(),
            proposed: None,
            accounts: OrdMap::new(),
            permissions: OrdMap::new(),
            permission_names: OrdMap::new(),
            links: OrdMap::new(),
            codes: OrdMap::new(),
            resources: OrdMap::new(),
            pending_limits: OrdMap::new(),
            block_resources: BlockResources::new(&config),
            tables: OrdMap::new(),
            rows: OrdMap::new(),
            indexes: Indexes::default(),
            transactions: OrdMap::new(),
            transactions_by_expiration: OrdSet::new(),
            reference_blocks: OrdMap::new(),
            deferred: OrdMap::new(),
            deferred_ids: OrdSet::new(),
            deferred_order: OrdSet::new(),
            global_sequence: 0,
            // Nodes reserve permission 0 for «no parent».
            next_permission: 1,
            next_link: 0,
            next_table: 0,
            next_deferred: 0,
        }
    }

    /// Remembers a transaction until it expires; `false` if it is known already.
    pub(crate) fn record_transaction(&mut self, id: Checksum256, expiration: TimePointSec) -> bool {
        if self.transactions.contains_key(&id) {
            return false;
        }
        self.transactions.insert(id, expiration);
        self.transactions_by_expiration.insert((expiration, id));
        true
    }

    /// Forgets the transactions that have expired before `now`, in seconds rounded down.
    pub(crate) fn forget_expired_transactions(&mut self, now: antelope_types::TimePoint) {
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
