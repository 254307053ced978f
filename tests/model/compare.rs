//! What both sides say after a step: the outcome, the registry and the rows.

use super::chain::{Both, reason};
use super::names;
use super::rows::{self, OWN, Rows, SCOPED, Table};
use antelope_chain::{Chain, Failure, TableKey, TransactionTrace};
use antelope_types::{Decode, Name, name};
use coop_rules::{Account, Event, Reason};
use std::collections::BTreeMap;

/// How much of the tables is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The cooperative that the step is about, and the contracts' own scopes.
    Touched(Account),
    /// Everything.
    All,
}

/// Whether the chain did what the model says; `Err` tells the difference.
pub(super) fn outcome(
    model: &Result<Vec<Event>, Reason>,
    chain: &Result<TransactionTrace, Failure>,
) -> Result<(), String> {
    match (model, chain) {
        (Ok(events), Ok(trace)) => registry(events, trace),
        (Err(Reason::BrokenCallback), Err(_)) => Ok(()),
        (Err(expected), Err(failure)) => {
            let found = reason(failure)?;
            if found == *expected {
                return Ok(());
            }
            Err(format!(
                "the model refuses for {expected:?}, the chain for {found:?}"
            ))
        }
        (Ok(_), Err(failure)) => Err(format!("only the chain refuses: {failure}")),
        (Err(expected), Ok(_)) => Err(format!("only the model refuses, for {expected:?}")),
    }
}

/// The events of the registry, without their order.
fn registry(events: &[Event], trace: &TransactionTrace) -> Result<(), String> {
    let soviet = names::account(Account::Soviet);
    let told = trace.action_traces.iter().filter(|action| {
        action.receiver == soviet
            && action.act.account == soviet
            && action.creator_action_ordinal > 0
    });
    let mut told: Vec<_> = told
        .filter(|action| action.act.name != name!("createagenda"))
        .map(|action| {
            // `coopname, username, kind, hash, decision_id` in events of questions.
            let id = action.act.data.get(56..64);
            let id = id.and_then(|bytes| u64::from_bytes(bytes).ok());
            let is_of_question = OF_QUESTIONS.contains(&action.act.name);
            (action.act.name, id.filter(|_| is_of_question))
        })
        .collect();
    let mut expected: Vec<_> = events.iter().map(event).collect();
    told.sort();
    expected.sort();
    if told == expected {
        return Ok(());
    }
    Err(format!(
        "the registry was told {told:?} and not {expected:?}"
    ))
}

const OF_QUESTIONS: [Name; 4] = [
    name!("newsubmitted"),
    name!("newresolved"),
    name!("newdecision"),
    name!("newdeclined"),
];

fn event(event: &Event) -> (Name, Option<u64>) {
    match event {
        Event::Submitted { id, .. } => (name!("newsubmitted"), Some(*id)),
        Event::Resolved { id, .. } => (name!("newresolved"), Some(*id)),
        Event::Decided { id, .. } => (name!("newdecision"), Some(*id)),
        Event::Declined { id, .. } => (name!("newdeclined"), Some(*id)),
        Event::Act { .. } => (name!("newact"), None),
        Event::Agreement { .. } => (name!("newagreement"), None),
        Event::Seated { .. } => (name!("newboard"), None),
        Event::Lost { .. } => (name!("lostboard"), None),
        Event::Overdue { .. } => (name!("newoverdue"), None),
    }
}

/// Whether the rows are those of the model; `Err` tells the first difference.
pub(super) fn tables(both: &Both, depth: Depth) -> Result<(), String> {
    let expected = rows::of_contracts(&both.world, &both.documents);
    for (contract, table) in OWN {
        let scope = names::account(contract);
        compare(&both.chain, &expected, (scope, scope, table))?;
    }
    for name in (0..4).map(Account::Coop) {
        if depth != Depth::All && depth != Depth::Touched(name) {
            continue;
        }
        let coop = both.world.coops.get(&name);
        let expected = coop.map(|coop| rows::of_coop(&both.world, &both.documents, name, coop));
        let expected = expected.unwrap_or_default();
        for (contract, table) in SCOPED {
            let table = (names::account(contract), names::account(name), table);
            compare(&both.chain, &expected, table)?;
        }
    }
    Ok(())
}

/// The table as the chain knows it.
pub(super) fn key((code, scope, table): Table) -> TableKey {
    TableKey { code, scope, table }
}

fn compare(chain: &Chain, expected: &BTreeMap<Table, Rows>, table: Table) -> Result<(), String> {
    static NONE: Rows = Rows::new();
    let expected = expected.get(&table).unwrap_or(&NONE);
    let (code, scope, name) = table;
    let found = || chain.state().rows(key(table));
    let same = found().map(|(key, row)| (key, &row.value[..]));
    if same.eq(expected.iter().map(|(key, row)| (*key, &row[..]))) {
        return Ok(());
    }
    let found: Rows = found()
        .map(|(key, row)| (key, row.value.to_vec()))
        .collect();
    let keys = found.keys().chain(expected.keys());
    let differs = keys
        .copied()
        .find(|key| found.get(key) != expected.get(key))
        .unwrap_or(0);
    let text = |rows: &Rows| {
        rows.get(&differs)
            .map_or("no row".to_owned(), |row| read(table, row))
    };
    Err(format!(
        "{code} {scope} {name}, row {differs} ({}):\n  model {}\n  chain {}",
        Name::from_raw(differs),
        text(expected),
        text(&found)
    ))
}

/// A row as the contract's ABI reads it.
fn read((code, _, table): Table, bytes: &[u8]) -> String {
    let abi = &veche_tests::built(&code.to_string()).abi;
    let row = abi.unpack_row(table, bytes);
    row.map_or_else(|error| format!("{error}: {bytes:?}"), |row| row.to_string())
}
