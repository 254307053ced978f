//! Deltas: the rows of the state that a block changed, as `table_delta[]`.
//!
//! Two states are compared, that of before the block and that of after it. They share all that the
//! block has not touched, and the comparison skips what is shared: its cost is that of the change.
//!
//! # Tables
//! In this order; a table that has not changed is left out.
//!
//! | table | rows are | changed when | module |
//! |---|---|---|---|
//! | `account` | accounts with their ABIs | an ABI is set | `accounts` |
//! | `account_metadata` | what else is known of accounts | code or privilege is set | `accounts` |
//! | `code` | pieces of code, each once | never | `accounts` |
//! | `contract_table` | tables of contracts | never; only a payer could | `contracts` |
//! | `contract_row` | their rows | written, even with the same bytes | `contracts` |
//! | `contract_index64`, `128`, `256`, `_double`, `_long_double` | entries of secondary indexes | written | `contracts` |
//! | `global_property` | the parameters of the chain, one row | any of them is set | `chain` |
//! | `generated_transaction` | deferred transactions | never | `chain` |
//! | `protocol_state` | the activated features, one row | one is activated | `chain` |
//! | `permission` | permissions | authority or time of update | `permissions` |
//! | `permission_link` | links of actions to permissions | written | `permissions` |
//! | `resource_limits` | limits of accounts | any of them differs | `resources` |
//! | `resource_usage` | what accounts have used | written | `resources` |
//! | `resource_limits_state` | what blocks have used, one row | any of it differs | `resources` |
//! | `resource_limits_config` | limits of blocks, one row | any of them differs | `resources` |
//!
//! # Rows
//! A row is `present` with its contents after the block, or not present with its contents before it.
//! First come changed rows, then removed ones, then new ones. What was removed and made again under
//! the same key is both removed and new.
//!
//! New rows, and all rows where the whole state is written, are in the order in which they were made.
//! Changed rows are in the opposite order of their first changes, and removed ones in the opposite
//! order of their removals: the last comes first, as in the undo log of a node. Two states do not tell
//! the order of changes; the maps of a state that is
//! [watched](antelope_ledger::state::State::watch) do. Without that, rows are in the opposite order of
//! their making.

mod accounts;
mod chain;
mod contracts;
mod permissions;
mod resources;
mod table;

use crate::version::expect;
use antelope_ledger::state::State;
use antelope_types::{Checksum256, Decode, DecodeError, Decoder, Encode};
use table::{Blocks, Output};

/// What a block changed of the state, or the whole state if `before` is `None`.
///
/// `before` is the state before anything of the block was executed: before features were activated
/// and `onblock` ran. `after` is the state of the complete block. The first block of a history has
/// the whole state, so that a reader needs nothing else.
///
/// The chain's id is part of a row and of no state.
///
/// ```
/// use antelope_history::{decode_deltas, encode_deltas};
/// use antelope_ledger::Genesis;
/// use antelope_ledger::state::Account;
/// use antelope_types::{BlockTimestamp, name};
///
/// let genesis = Genesis::default();
/// let before = genesis.state()?;
/// let whole = decode_deltas(&encode_deltas(&genesis.chain_id(), None, &before))?;
/// assert_eq!(whole[0].name, "account");
/// assert_eq!(whole[0].rows.len(), 3); // eosio, eosio.null and eosio.prods
///
/// let mut after = before.clone();
/// after.accounts.insert(name!("alice"), Account::new(BlockTimestamp::default(), false));
/// let deltas = decode_deltas(&encode_deltas(&genesis.chain_id(), Some(&before), &after))?;
/// let names: Vec<_> = deltas.iter().map(|table| table.name.as_str()).collect();
/// assert_eq!(names, ["account", "account_metadata"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encode_deltas(chain_id: &Checksum256, before: Option<&State>, after: &State) -> Vec<u8> {
    let blocks = Blocks { before, after };
    let mut out = Output::default();
    accounts::write(blocks, &mut out);
    contracts::write(blocks, &mut out);
    chain::write(chain_id, blocks, &mut out);
    permissions::write(blocks, &mut out);
    resources::write(blocks, &mut out);
    out.finish()
}

/// What a block changed of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDelta {
    /// The table's name, one of those in the table above.
    pub name: String,
    /// The rows that differ.
    pub rows: Vec<DeltaRow>,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeltaRow {
    /// Whether the row is there after the block.
    pub present: bool,
    /// Its contents, by the ABI type of the table's name.
    pub data: Vec<u8>,
}

impl<'a> Decode<'a> for TableDelta {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        expect(0, input)?;
        Ok(Self {
            name: Decode::decode(input)?,
            rows: Decode::decode(input)?,
        })
    }
}

/// Reads what [`encode_deltas`] has written, down to rows; what is in them is told by
/// [`abi`](crate::abi).
///
/// # Errors
/// [`DecodeError`] for bytes that are something else.
pub fn decode_deltas(bytes: &[u8]) -> Result<Vec<TableDelta>, DecodeError> {
    Vec::from_bytes(bytes)
}

#[cfg(test)]
mod tests;
