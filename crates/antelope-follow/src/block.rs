//! A block as an index sees it.

use antelope_history::BlockPosition;
use antelope_types::{Checksum256, Name, PermissionLevel, TimePoint};
use std::collections::BTreeSet;

/// Which contracts an index is about. Of a block it gets the actions that their code executed, the changes of
/// their tables, and their ABIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    contracts: BTreeSet<Name>,
}

impl Interest {
    /// These contracts.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowedBlock {
    /// Its number and id.
    pub position: BlockPosition,
    /// The id of the block before it; zeros for the first block of a chain.
    pub previous: Checksum256,
    /// Its time, in UTC.
    pub time: TimePoint,
    /// Whether it was irreversible when it came.
    pub is_final: bool,
    /// The actions of its executed transactions, ascending by their place in the whole chain.
    pub actions: Vec<FollowedAction>,
    /// The rows that differ from those before the block; `None` where the source does not know them. The first
    /// block of a history has all rows that exist.
    pub rows: Option<Vec<RowChange>>,
    /// The ABIs that were set, in their order. The first block of a history has all that exist.
    pub abis: Vec<AbiChange>,
}

/// An action that was executed by the code of its receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedAction {
    /// Its number among all actions of the chain.
    pub global_sequence: u64,
    /// Its number in the transaction, from 1; `None` where the source does not know.
    pub ordinal: Option<u32>,
    /// The number of the action that sent it; 0 for the transaction, `None` where the source does not know.
    pub creator_ordinal: Option<u32>,
    /// The transaction.
    pub transaction: Checksum256,
    /// The account whose code ran.
    pub receiver: Name,
    /// The account that the action is addressed to; another one than the receiver in a notification.
    pub account: Name,
    /// The action's name.
    pub name: Name,
    /// Who authorized it.
    pub authorization: Vec<PermissionLevel>,
    /// Its arguments, packed.
    pub data: Vec<u8>,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Whether the row is there after the block. A row that is not has the contents that it had before.
    pub is_present: bool,
    /// The contract.
    pub contract: Name,
    /// The scope.
    pub scope: Name,
    /// The table.
    pub table: Name,
    /// The primary key.
    pub primary_key: u64,
    /// Its bytes, as the contract has encoded them.
    pub value: Vec<u8>,
}

/// An ABI that was set, or that was there when the history begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiChange {
    /// The contract.
    pub contract: Name,
    /// The action that set it; `None` for one that was there before.
    pub global_sequence: Option<u64>,
    /// The packed ABI; empty for an account whose ABI was taken away.
    pub abi: Vec<u8>,
}
