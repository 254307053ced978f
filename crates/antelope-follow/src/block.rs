//! A block as an index sees it.
//!
//! Arguments of actions, rows and ABIs are bytes as the contract has encoded them. To read them, take the
//! ABI that was in force: keep the last [`AbiChange`] of each contract. Within a block, an action was
//! encoded by the last ABI with a lower [`global_sequence`](FollowedAction::global_sequence), and rows are
//! those after the whole block.

use antelope_history::BlockPosition;
use antelope_types::{Checksum256, Name, PermissionLevel, TimePoint};
use std::collections::BTreeSet;

/// Which contracts an index is about.
///
/// Of a block it gets the actions that their code executed, notifications included, the changes of their
/// tables, and their ABIs. An empty interest gets blocks without contents, in the same order.
///
/// The filter is applied here, after a block was received: state history has none. A contract that is
/// added later is not read back; build the index again for it.
///
/// ```
/// use antelope_follow::Interest;
/// use antelope_types::name;
///
/// let interest = Interest::of([name!("eosio.token")]);
/// assert!(interest.has(name!("eosio.token")));
/// assert!(!interest.has(name!("eosio")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    contracts: BTreeSet<Name>,
}

impl Interest {
    /// These contracts, by their accounts. Repetitions have no effect.
    pub fn of(contracts: impl IntoIterator<Item = Name>) -> Self {
        Self {
            contracts: contracts.into_iter().collect(),
        }
    }

    /// Whether the index is about this contract.
    pub fn has(&self, contract: Name) -> bool {
        self.contracts.contains(&contract)
    }
}

/// What a block did, as far as the index is interested.
///
/// Most blocks have no actions, rows or ABIs of interest. They are delivered all the same, because the
/// cursor has no gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowedBlock {
    /// Its number and id.
    pub position: BlockPosition,
    /// The id of the block before it; zeros for the first block of a chain.
    pub previous: Checksum256,
    /// Its time, in UTC, a multiple of half a second. 1970-01-01 where state history had no block, only
    /// its traces and deltas.
    pub time: TimePoint,
    /// Whether it was irreversible when it came. It stays `false` in a block that becomes so later, of
    /// which [`BlockEvent::Final`](crate::BlockEvent::Final) tells.
    pub is_final: bool,
    /// The actions of its executed transactions, ascending by
    /// [`global_sequence`](FollowedAction::global_sequence). Failed and expired transactions have none.
    pub actions: Vec<FollowedAction>,
    /// The rows that differ from those before the block; `None` where the source does not know them,
    /// empty where none differ. Each row is there once, however often the block wrote it, and a row
    /// that came and went within the block is not. The first block of a history has all rows that
    /// exist.
    pub rows: Option<Vec<RowChange>>,
    /// The ABIs that were set, ascending by [`global_sequence`](AbiChange::global_sequence). The first
    /// block of a history has all that exist, except with a source that has no state.
    pub abis: Vec<AbiChange>,
}

/// An action that was executed by the code of its receiver.
///
/// An action that notifies accounts is executed once for each, and each execution of interest is an entry
/// of its own with its own `global_sequence`. Where `receiver` and `account` are equal the contract was
/// called itself; otherwise it was notified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedAction {
    /// Its number among all executions of the chain, notifications included. It identifies the execution,
    /// but an action of another fork may have the same number.
    pub global_sequence: u64,
    /// Its number in the transaction, from 1; `None` where the source does not know.
    pub ordinal: Option<u32>,
    /// The number of the action that sent it; 0 for the transaction, `None` where the source does not know.
    pub creator_ordinal: Option<u32>,
    /// The id of the transaction.
    pub transaction: Checksum256,
    /// The account whose code ran.
    pub receiver: Name,
    /// The account that the action is addressed to; another one than the receiver in a notification.
    pub account: Name,
    /// The action's name.
    pub name: Name,
    /// Who authorized it, as declared in the action; empty if nobody needed to.
    pub authorization: Vec<PermissionLevel>,
    /// Its arguments, packed by the ABI of `account`; empty if it has none.
    pub data: Vec<u8>,
}

/// A row that differs.
///
/// It is identified by contract, scope, table and primary key. Who pays for it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Whether the row is there after the block. A row that is not has the contents that it had before.
    pub is_present: bool,
    /// The contract.
    pub contract: Name,
    /// The scope, a number that is shown as a name. Scopes that are symbols or ids look odd as names.
    pub scope: Name,
    /// The table.
    pub table: Name,
    /// The primary key.
    pub primary_key: u64,
    /// Its bytes, packed by the ABI of `contract`: those after the block, or those before it
    /// for a row that is gone.
    pub value: Vec<u8>,
}

/// An ABI that was set, or that was there when the history begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiChange {
    /// The account whose ABI it is.
    pub contract: Name,
    /// The [`FollowedAction::global_sequence`] of the `eosio::setabi` that set it; `None` for one that
    /// was there before. That action is not in `actions` unless the index is about `eosio` too.
    pub global_sequence: Option<u64>,
    /// The packed ABI; empty for an account whose ABI was taken away.
    pub abi: Vec<u8>,
}
