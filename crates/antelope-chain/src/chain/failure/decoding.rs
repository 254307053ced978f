//! Data of actions and rows, compared with what their ABI says they are.
//!
//! Most failures of a client have one cause: the data it sent does not match the ABI. These
//! functions decode as far as the bytes fit and say at which field and byte they stop fitting.

use antelope_abi::{Abi, Inspection};
use antelope_ledger::diagnosis::Evidence;
use antelope_ledger::state::{State, TableKey};
use antelope_types::{Action, Name};
use serde::Serialize;
use std::collections::HashMap;

/// A row that an action has read and whose bytes do not match its ABI: often written by an earlier
/// version of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndecodedRow {
    /// Its contract, scope and table.
    #[serde(flatten)]
    pub table: TableKey,
    /// Its primary key.
    pub primary_key: u64,
    /// Its fields up to the one that does not match.
    pub contents: Inspection,
}

/// The decoded data of an action; `None` where the account has no ABI, or one without the action.
pub(crate) fn arguments(state: &State, action: &Action) -> Option<Inspection> {
    let abi = abi(state, action.account)?;
    let ty = &abi.definition().find_action(action.name)?.ty;
    Some(abi.inspect(ty, &action.data))
}

/// The rows that an action has read and that do not match their ABIs. Each ABI is parsed once.
pub(crate) fn undecoded_rows(state: &State, evidence: &Evidence) -> Vec<UndecodedRow> {
    let mut abis = HashMap::new();
    let rows = evidence.rows.iter();
    let undecoded = rows.filter_map(|&(table, primary_key)| {
        let TableKey { code, .. } = table;
        let abi = abis.entry(code).or_insert_with(|| abi(state, code));
        let abi = abi.as_ref()?;
        let ty = &abi.definition().find_table(table.table)?.ty;
        let row = state.row(table, primary_key)?;
        let contents = abi.inspect(ty, &row.value);
        contents.misfit.is_some().then_some(UndecodedRow {
            table,
            primary_key,
            contents,
        })
    });
    undecoded.collect()
}

/// The text for a numeric error code in the contract's ABI (`error_messages`).
pub(crate) fn code_text(state: &State, contract: Name, code: u64) -> Option<String> {
    let abi = abi(state, contract)?;
    let messages = &abi.definition().error_messages;
    let message = messages.iter().find(|message| message.error_code == code)?;
    Some(message.error_msg.clone())
}

/// The parsed ABI of an account, if it has a valid one.
fn abi(state: &State, account: Name) -> Option<Abi> {
    let account = state.account(account).ok()?;
    Abi::from_binary(&account.abi).ok()
}
