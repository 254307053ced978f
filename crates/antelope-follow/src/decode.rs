//! What state history says of a block, as an index sees it.
//!
//! Of all tables two are read: `contract_row`, and in the first block of a history `account`, whose rows have
//! the ABIs. Everything is decoded before it is filtered, so that damaged bytes of any contract are an error.
//! Unknown tables are passed over; an unknown version of a row is an error.

use crate::block::{AbiChange, FollowedAction, FollowedBlock, Interest, RowChange};
use crate::set_abi::abi_set;
use antelope_history::{BlockPosition, StoredAction, TableDelta, decode_deltas, decode_traces};
use antelope_types::{
    BlockTimestamp, Checksum256, Decode, DecodeError, Decoder, Name, TimePoint, TransactionStatus,
    VarUint32, name,
};

/// The parts of a block as state history has them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) position: BlockPosition,
    pub(crate) previous: Checksum256,
    /// The packed signed block, of which only the time is read.
    pub(crate) block: Option<&'a [u8]>,
    /// `transaction_trace[]`; none counts as empty.
    pub(crate) traces: Option<&'a [u8]>,
    /// `table_delta[]`; none counts as empty.
    pub(crate) deltas: Option<&'a [u8]>,
    /// Whether the deltas are the whole state.
    pub(crate) is_first: bool,
}

/// A row of `contract_row`.
#[derive(Decode)]
struct ContractRow {
    code: Name,
    scope: Name,
    table: Name,
    primary_key: u64,
    _payer: Name,
    value: Vec<u8>,
}

/// A row of `account`.
#[derive(Decode)]
struct AccountRow {
    name: Name,
    _creation_date: BlockTimestamp,
    abi: Vec<u8>,
}

/// Reads a block.
///
/// # Errors
/// [`DecodeError`] for bytes of another shape.
pub(crate) fn read(parts: Parts<'_>, interest: &Interest) -> Result<FollowedBlock, DecodeError> {
    let time = match parts.block {
        // A block begins with its time.
        Some(bytes) => BlockTimestamp::decode(&mut Decoder::new(bytes))?.into(),
        None => TimePoint::default(),
    };
    let mut block = FollowedBlock {
        position: parts.position,
        previous: parts.previous,
        time,
        rows: Some(Vec::new()),
        ..FollowedBlock::default()
    };
    for trace in decode_traces(parts.traces.unwrap_or(&[0]))? {
        if trace.status != TransactionStatus::Executed {
            continue;
        }
        for action in trace.action_traces {
            take_action(trace.id, action, interest, &mut block);
        }
    }
    block.actions.sort_by_key(|action| action.global_sequence);
    block.abis.sort_by_key(|abi| abi.global_sequence);
    for table in decode_deltas(parts.deltas.unwrap_or(&[0]))? {
        take_table(table, parts.is_first, interest, &mut block)?;
    }
    Ok(block)
}

/// Takes an action that is of interest, and the ABI that it sets. Actions without a receipt did not happen.
fn take_action(
    transaction: Checksum256,
    action: StoredAction,
    interest: &Interest,
    block: &mut FollowedBlock,
) {
    let Some(receipt) = action.receipt else {
        return;
    };
    let (receiver, act) = (action.receiver, action.act);
    if receiver == name!("eosio") && act.account == receiver && act.name == name!("setabi") {
        let found = abi_set(&act.data, receipt.global_sequence, interest);
        block.abis.extend(found);
    }
    if interest.has(receiver) {
        block.actions.push(FollowedAction {
            global_sequence: receipt.global_sequence,
            ordinal: Some(action.action_ordinal),
            creator_ordinal: Some(action.creator_action_ordinal),
            transaction,
            receiver,
            account: act.account,
            name: act.name,
            authorization: act.authorization,
            data: act.data,
        });
    }
}

/// Takes the rows of a table that are of interest.
fn take_table(
    table: TableDelta,
    is_first: bool,
    interest: &Interest,
    block: &mut FollowedBlock,
) -> Result<(), DecodeError> {
    match table.name.as_str() {
        "contract_row" => {
            for row in table.rows {
                let contents: ContractRow = versioned(&row.data)?;
                if !interest.has(contents.code) {
                    continue;
                }
                block.rows.get_or_insert_default().push(RowChange {
                    is_present: row.present,
                    contract: contents.code,
                    scope: contents.scope,
                    table: contents.table,
                    primary_key: contents.primary_key,
                    value: contents.value,
                });
            }
        }
        // Later blocks have the actions that set them.
        "account" if is_first => {
            for row in table.rows {
                let contents: AccountRow = versioned(&row.data)?;
                if interest.has(contents.name) && !contents.abi.is_empty() {
                    block.abis.push(AbiChange {
                        contract: contents.name,
                        global_sequence: None,
                        abi: contents.abi,
                    });
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// A row behind the tag of its version, of which there is only one.
fn versioned<'a, T: Decode<'a>>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes);
    match VarUint32::decode(&mut input)?.0 {
        0 => T::decode(&mut input),
        _ => Err(DecodeError::UnknownVariant),
    }
}
