//! Data of actions and rows against what their ABI says they are.

use antelope_abi::{Abi, Inspection};
use antelope_ledger::diagnosis::Evidence;
use antelope_ledger::state::{State, TableKey};
use antelope_types::{Action, Name};
use serde::Serialize;
use std::collections::HashMap;

/// A row that an action came upon and that is not what its ABI says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndecodedRow {
    /// Its table.
    #[serde(flatten)]
    pub table: TableKey,
    /// Its primary key.
    pub primary_key: u64,
    /// What it holds up to the field that does not fit.
    pub contents: Inspection,
}

/// What the data of an action holds, where the account has an ABI that knows the action.
pub(crate) fn arguments(state: &State, action: &Action) -> Option<Inspection> {
    let abi = abi(state, action.account)?;
    let ty = &abi.definition().find_action(action.name)?.ty;
    Some(abi.inspect(ty, &action.data))
}

/// The rows that an action came upon and that are not what their ABIs say.
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

/// What the ABI of a contract says of a number that it fails with.
pub(crate) fn code_text(state: &State, contract: Name, code: u64) -> Option<String> {
    let abi = abi(state, contract)?;
    let messages = &abi.definition().error_messages;
    let message = messages.iter().find(|message| message.error_code == code)?;
    Some(message.error_msg.clone())
}

fn abi(state: &State, account: Name) -> Option<Abi> {
    let account = state.account(account).ok()?;
    Abi::from_binary(&account.abi).ok()
}
