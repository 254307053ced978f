//! The state of the chain: everything that transactions read and write.
//!
//! It is one struct, [`State`], of persistent ordered maps and a few singletons. Cloning it costs a
//! pointer for each map, which is how blocks on forks, snapshots and read-only calls get a state of
//! their own. Undoing a transaction copies nothing either: the maps log their changes (`map`).
//!
//! | concept | module | counterpart in a node |
//! |---|---|---|
//! | accounts, code | `account`, `code` | `account_object`, `code_object` |
//! | permissions, links | `permission`, `link` | `permission_object`, `permission_link_object` |
//! | tables, indexes | `table`, `index` | `table_id_object`, `key_value_object`, `index64_object`… |
//! | RAM, NET, CPU | `resources`, `usage`, [`ram`] | `resource_limits.cpp` |
//! | schedules, features | `rounds`, `protocol` | block header state, `protocol_state_object` |
//! | waiting transactions | `deferred` | `generated_transaction_object` |
//! | what is on the chain that this one was forked from | `origin` | none |
//!
//! The methods here keep the invariants between maps and produce the database errors of nodes.
//! Whether an action may do something is decided above, in [`transaction`](crate::transaction).
//!
//! All fields are public, because the layers above read them all; write through the methods where
//! there are any.

mod account;
mod code;
mod declaration;
mod deferred;
mod index;
mod link;
mod map;
mod origin;
mod permission;
mod protocol;
pub mod ram;
mod resources;
mod rounds;
mod stored;
mod table;
mod undo;
mod usage;
mod written;

pub use account::Account;
pub use deferred::Deferred;
pub use permission::Permission;
pub use protocol::Protocol;
pub use resources::{AccountResources, ResourceLimits};
pub use table::{Row, TableInfo, TableKey};

pub use account::Sequences;
pub use code::Code;
pub use deferred::DeferredKey;
pub use index::{Float64, FloatBits128};
pub use index::{IndexEntry, IndexKey, Indexes, SecondaryIndex};
pub use link::{Link, LinkKey};
pub use map::{Map, Set};
pub(crate) use origin::Notes;
pub use origin::{
    Fetched, FetchedAccount, FetchedIndex, FetchedKeys, FetchedParameters, FetchedPermission,
    FetchedRow, FetchedTable, Missing, Origin, is_not_here, missing_during, not_here,
};
pub use resources::{BlockResources, ElasticLimit};
pub use rounds::{Proposed, Rounds};
pub use table::TableId;
pub use undo::Beginning;
pub use usage::{PRECISION, Usage};
pub use written::Write;

use crate::config::ChainConfig;
use crate::stored::stored_struct;
use antelope_types::{Checksum256, CpuBilling, Name, TimePoint, TimePointSec, WasmConfig};
use declaration::declare_state;
use std::sync::Arc;

declare_state! {
    /// Everything that transactions read and write.
    ///
    /// A clone shares all entries with the original until one of the two changes them. The
    /// declaration is also the order of the encoding in files; see `declaration` for what is
    /// derived from it.
    ///
    /// ```
    /// use antelope_ledger::state::{Account, State};
    /// use antelope_types::{BlockTimestamp, ChainConfig, name};
    ///
    /// let mut state = State::new(ChainConfig::default());
    /// let beginning = state.begin();
    /// state.accounts.insert(name!("alice"), Account::new(BlockTimestamp::default(), false));
    /// assert!(state.account(name!("alice")).is_ok());
    /// state.undo(beginning);
    /// assert!(state.account(name!("alice")).is_err());
    /// ```
    #[derive(Clone, Debug)]
    pub struct State {
        /// The chain-wide singletons.
        pub global: Global,
        /// The accounts by name.
        pub accounts: Map<Name, Account>,
        /// The sequence counters of accounts; an account that has neither received nor authorized
        /// an action has no entry.
        pub sequences: Map<Name, Sequences>,
        /// The permissions, by account and name.
        pub permissions: Map<(Name, Name), Permission>,
        /// The account and name of each permission by its number. Derived.
        pub permission_names: Map<u64, (Name, Name)> => |state| {
            let permissions = state.permissions.iter();
            permissions.map(|(key, found)| (found.id, *key)).collect()
        },
        /// The links set by `linkauth`.
        pub links: Map<LinkKey, Link>,
        /// The code of contracts by its SHA-256, each stored once.
        pub codes: Map<Checksum256, Code>,
        /// The limits in force and the usage of each account.
        pub resources: Map<Name, AccountResources>,
        /// Limits that were set in this block and come into force when it ends.
        pub pending_limits: Map<Name, ResourceLimits>,
        /// The tables of contracts.
        pub tables: Map<TableKey, TableInfo>,
        /// What identifies each table, by its number. Derived.
        pub table_keys: Map<TableId, TableKey> => |state| {
            state.tables.iter().map(|(key, info)| (info.id, *key)).collect()
        },
        /// The rows, by the number of their table and their primary key.
        pub rows: Map<(TableId, u64), Row>,
        /// The secondary indexes.
        pub indexes: Indexes,
        /// In a fork, the accounts that the other chain was asked for, and whether it had them. The
        /// tables of those that it had are there too.
        pub foreign_accounts: Map<Name, bool>,
        /// In a fork, the tables that the other chain was asked for. Those that are not here were
        /// empty there, or have been emptied since. The value is always true: files have it.
        pub foreign_tables: Map<TableKey, bool>,
        /// The ids of executed transactions that have not expired, with their expirations, so that
        /// none runs twice.
        pub transactions: Map<Checksum256, TimePointSec>,
        /// The same, in the order of expiration. Derived.
        pub transactions_by_expiration: Set<(TimePointSec, Checksum256)> => |state| {
            let transactions = state.transactions.iter();
            transactions.map(|(id, expiration)| (*expiration, *id)).collect()
        },
        /// The ids of the last 65 536 blocks by the low 16 bits of their numbers, for the check of
        /// reference blocks (TaPoS).
        pub reference_blocks: Map<u16, Checksum256>,
        /// The waiting transactions by key.
        pub deferred: Map<DeferredKey, Deferred>,
        /// The ids of the waiting transactions. Derived.
        pub deferred_ids: Set<Checksum256> => |state| {
            state.deferred.values().map(|found| found.id).collect()
        },
        /// The order in which waiting transactions are executed: by time, then by number. Derived.
        pub deferred_order: Set<(TimePoint, u64, DeferredKey)> => |state| {
            let deferred = state.deferred.iter();
            deferred.map(|(key, found)| (found.delay_until, found.number, *key)).collect()
        },
    }
}

stored_struct! {
    /// The chain-wide singletons: what a node keeps in `global_property_object`,
    /// `dynamic_global_property_object`, `protocol_state_object` and the block header state.
    #[derive(Clone, Debug)]
    pub struct Global {
        /// The parameters of the chain, which `set_blockchain_parameters_packed` sets.
        pub config: ChainConfig,
        /// What transactions are billed for CPU. A property of the embedded chain; nodes bill
        /// measured time.
        pub cpu_billing: CpuBilling,
        /// The most bytes that an action may return: `max_action_return_value_size`, 256 by
        /// default.
        pub max_return_value: u32,
        /// The limits of WebAssembly modules, which `set_wasm_parameters_packed` sets.
        pub wasm_config: WasmConfig,
        /// The protocol features.
        pub protocol: Protocol,
        /// The turns of producers and the confirmations of blocks.
        pub rounds: Arc<Rounds>,
        /// The schedule of producers that was proposed and not yet announced.
        pub proposed: Option<Proposed>,
        /// The limits of blocks, and what this block has used of them.
        pub block_resources: BlockResources,
        /// How many actions and notifications the chain has executed: the last `global_sequence` of
        /// a receipt.
        pub global_sequence: u64,
        /// The number of the next permission.
        pub next_permission: u64,
        /// The number of the next link.
        pub next_link: u64,
        /// The number of the next table.
        pub next_table: u64,
        /// The number of the next waiting transaction.
        pub next_deferred: u64,
        /// How often parameters were set, those of WebAssembly and the proposed schedule included.
        /// State history lists parameters that were set to what they were.
        pub parameters_set: u64,
        /// The number of the next row, index entry or piece of code. Nodes number each kind by
        /// itself; in which order two of a kind were made is the same. State history lists objects
        /// in this order.
        pub next_object: u64,
        /// The chain that this one was forked from, where it was.
        pub origin: Option<Arc<Origin>>,
    }
}

impl State {
    /// A state without accounts, with these parameters and the default for everything else.
    ///
    /// [`Genesis::state`](crate::Genesis::state) is what a chain begins with.
    pub fn new(config: ChainConfig) -> Self {
        Self::of(Global {
            config,
            cpu_billing: CpuBilling::Minimum,
            max_return_value: 256,
            wasm_config: WasmConfig::default(),
            protocol: Protocol::default(),
            rounds: Arc::default(),
            proposed: None,
            // The first block that is executed has the limits of the default parameters; when it
            // ends, those of the chain's own come into force.
            block_resources: BlockResources::new(&ChainConfig::default()),
            global_sequence: 0,
            // Nodes reserve the number 0 for "no parent".
            next_permission: 1,
            next_link: 0,
            next_table: 0,
            next_deferred: 0,
            parameters_set: 0,
            next_object: 0,
            origin: None,
        })
    }

    /// Takes the next number of a row, an index entry or a piece of code.
    pub fn number_object(&mut self) -> u64 {
        let number = self.global.next_object;
        self.global.next_object += 1;
        number
    }

    /// Remembers a transaction until it expires. Returns `false`, and changes nothing, if its id is
    /// remembered already.
    pub fn record_transaction(&mut self, id: Checksum256, expiration: TimePointSec) -> bool {
        if self.transactions.contains_key(&id) {
            return false;
        }
        self.transactions.insert(id, expiration);
        self.transactions_by_expiration.insert((expiration, id));
        true
    }

    /// Forgets at most so many of the transactions whose expiration is before `now`, the oldest first.
    /// Expirations are whole seconds; a transaction that expires at this very moment is kept.
    ///
    /// A node forgets all of them when a block begins. Here it is spread over the transactions that
    /// follow: thousands may expire in one second. Which are left makes no difference, since a
    /// transaction that has expired is refused before it is looked up.
    pub fn forget_expired_transactions(&mut self, now: antelope_types::TimePoint, most: usize) {
        for _ in 0..most {
            let Some(&(expiration, id)) = self.transactions_by_expiration.get_min() else {
                break;
            };
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
        state.forget_expired_transactions(TimePoint::from(expiration), 1);
        assert!(!state.record_transaction(id, expiration));
        state.forget_expired_transactions(TimePoint::from_micros(100_000_001), 1);
        assert!(state.record_transaction(id, expiration));
    }
}
