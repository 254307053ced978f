//! The data of the chain: persistent ordered maps, so that a copy costs nothing, and that remember what a
//! transaction has changed, so that an undo copies nothing.

mod account;
mod code;
mod declaration;
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
use crate::stored::stored_struct;
use antelope_types::{Checksum256, CpuBilling, Name, TimePoint, TimePointSec, WasmConfig};
use declaration::declare_state;
use std::sync::Arc;

declare_state! {
    /// Everything that transactions read and write.
    ///
    /// A clone shares all of it with the original until one of them changes.
    #[derive(Clone, Debug)]
    pub struct State {
        /// The chain-wide singletons.
        pub global: Global,
        /// The accounts by name.
        pub accounts: Map<Name, Account>,
        /// How many actions accounts have received and authorized; none for an account without any.
        pub sequences: Map<Name, Sequences>,
        /// The permissions by account and name.
        pub permissions: Map<(Name, Name), Permission>,
        /// The accounts and names of permissions by their numbers.
        pub permission_names: Map<u64, (Name, Name)> => |state| {
            let permissions = state.permissions.iter();
            permissions.map(|(key, found)| (found.id, *key)).collect()
        },
        /// Which permissions actions are linked to.
        pub links: Map<LinkKey, Link>,
        /// The code of contracts by its hash.
        pub codes: Map<Checksum256, Code>,
        /// What accounts may use and have used.
        pub resources: Map<Name, AccountResources>,
        /// Limits of accounts that hold from the next block on.
        pub pending_limits: Map<Name, Limits>,
        /// The tables of contracts.
        pub tables: Map<TableKey, TableInfo>,
        /// The rows by the number of their table and their primary key.
        pub rows: Map<(TableId, u64), Row>,
        /// The secondary indexes.
        pub indexes: Indexes,
        /// The transactions that have not expired, with when they do.
        pub transactions: Map<Checksum256, TimePointSec>,
        /// The same, by when they expire.
        pub transactions_by_expiration: Set<(TimePointSec, Checksum256)> => |state| {
            let transactions = state.transactions.iter();
            transactions.map(|(id, expiration)| (*expiration, *id)).collect()
        },
        /// The ids of the last 65 536 blocks, by the last 16 bits of their numbers.
        pub reference_blocks: Map<u16, Checksum256>,
        /// Transactions that wait for their time.
        pub deferred: Map<DeferredKey, Deferred>,
        /// Their ids.
        pub deferred_ids: Set<Checksum256> => |state| {
            state.deferred.values().map(|found| found.id).collect()
        },
        /// The order in which they are executed.
        pub deferred_order: Set<(TimePoint, u64, DeferredKey)> => |state| {
            let deferred = state.deferred.iter();
            deferred.map(|(key, found)| (found.delay_until, found.number, *key)).collect()
        },
    }
}

stored_struct! {
    /// The chain-wide singletons.
    #[derive(Clone, Debug)]
    pub struct Global {
        /// The parameters of the chain.
        pub config: ChainConfig,
        /// What transactions are billed for CPU.
        pub cpu_billing: CpuBilling,
        /// The most bytes that an action may return: `max_action_return_value_size`.
        pub max_return_value: u32,
        /// The limits of modules.
        pub wasm_config: WasmConfig,
        /// The protocol features.
        pub protocol: Protocol,
        /// The turns of producers.
        pub rounds: Arc<Rounds>,
        /// The schedule that was proposed.
        pub proposed: Option<Proposed>,
        /// The limits of blocks and what was used of them.
        pub block_resources: BlockResources,
        /// How many actions the chain has executed.
        pub global_sequence: u64,
        /// The number of the next permission.
        pub next_permission: u64,
        /// The number of the next link.
        pub next_link: u64,
        /// The number of the next table.
        pub next_table: u64,
        /// The number of the next deferred transaction.
        pub next_deferred: u64,
    }
}

impl State {
    /// A state without accounts.
    pub fn new(config: ChainConfig) -> Self {
        Self::of(Global {
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
        })
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
