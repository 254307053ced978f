//! Traces in all their detail: those of nodeos in `--trace-history-debug-mode` beside those of a chain
//! that records in [`Detail::Debug`].
//!
//! | what differs | why | how it is compared |
//! |---|---|---|
//! | times of transactions and actions | each machine measures its own | not: both are 0 |
//! | the console of context-free actions | a node that takes blocks from a log does not execute them | not: both are empty; it is compared where they are executed, by the tests of transactions |
//! | how bytes could not be read | the library of nodes tells its C++ types, this chain what was expected | by the kind of the error |
//! | console that is not UTF-8 | nodes keep the bytes, and leave them out of their own JSON, as this chain does everywhere | no chain that is compared has any |

use super::node::Replaying;
use crate::difference::difference;
use antelope_chain::{Chain, Detail};
use antelope_history::{GetBlocks, Request, Response, StoredAction, StoredTrace, decode_traces};
use antelope_types::{Decode, Encode};
use serde_json::{Value, json};

/// The first block whose traces are compared. The node executes it first, and has the traces of the next.
const FIRST: u32 = 3;

/// How many of each detail were compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Transactions, those within others included.
    pub traces: usize,
    /// Actions that have printed something.
    pub consoles: usize,
    /// Errors of transactions and actions, with their text.
    pub errors: usize,
    /// Numbers of errors that contracts have given.
    pub codes: usize,
    /// Transactions with their header and signatures.
    pub signed: usize,
    /// Transactions with context-free data.
    pub context_free_data: usize,
    /// Actions that saw no state.
    pub context_free: usize,
    /// Changes of RAM.
    pub ram_deltas: usize,
    /// Deferred transactions that gave back RAM.
    pub given_back: usize,
    /// Deferred transactions that failed, within the trace of `onerror`.
    pub failed: usize,
    /// Values that actions returned.
    pub returned: usize,
}

/// Compares the traces of all blocks. `None` where there is no node on this machine.
pub(super) fn compare(chain: &Chain) -> Option<Details> {
    let history = chain.history().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let node = Replaying::start(chain, folder.path(), Detail::Debug)?;
    let mut session = node.session();
    let head = chain.head().number();
    session.send(&Request::GetBlocks(GetBlocks {
        start_block_num: FIRST,
        end_block_num: head + 1,
        max_messages_in_flight: u32::MAX,
        fetch_traces: true,
        ..GetBlocks::default()
    }));
    let (mut details, mut differences) = (Details::default(), Vec::new());
    for number in FIRST..=head {
        let there = match Response::from_bytes(&session.receive()).unwrap() {
            Response::Blocks(there) => there.traces.unwrap(),
            other => panic!("{other:?}"),
        };
        let here = history.traces(number).unwrap().unwrap();
        let [there, here] = [there, here].map(|bytes| {
            let mut traces = decode_traces(&bytes).unwrap();
            // Nothing was lost by reading.
            assert!(traces.to_bytes() == bytes, "block {number}");
            traces.iter_mut().for_each(comparable);
            traces
        });
        there.iter().for_each(|trace| details.count(trace));
        if there != here {
            let [there, here] = [there, here].map(|traces| json!(lines(&traces)));
            let lines = difference(&there, &here).unwrap_or_default();
            differences.push(format!("== traces of {number}\n{lines}"));
        }
    }
    eprintln!("in debug mode: {details:?}");
    for difference in differences.iter().take(12) {
        eprintln!("{difference}");
    }
    let count = differences.len();
    assert!(
        count == 0,
        "{count} differences in debug mode (- there, + here)"
    );
    Some(details)
}

/// Takes out of a trace what differs by nature.
fn comparable(trace: &mut StoredTrace) {
    trace.elapsed = 0;
    trace.except.iter_mut().for_each(without_types);
    for action in &mut trace.action_traces {
        action.elapsed = 0;
        action.except.iter_mut().for_each(without_types);
        if action.context_free {
            action.console.clear();
        }
    }
    if let Some(failed) = &mut trace.failed_dtrx_trace {
        comparable(failed);
    }
}

/// Takes out of the text of an error how bytes could not be read.
fn without_types(error: &mut String) {
    let of_reading = |line: &&str| {
        let of_contract = line.starts_with("assertion failure");
        !of_contract
            && (line.contains("datastream") || line.to_lowercase().contains("error unpacking"))
    };
    if error.lines().any(|line| of_reading(&line)) {
        let rest: Vec<_> = error.lines().filter(|line| !of_reading(line)).collect();
        *error = rest.join("\n");
    }
}

/// Traces as text, field by field.
fn lines(traces: &[StoredTrace]) -> Vec<Value> {
    traces
        .iter()
        .map(|trace| {
            let text = format!("{trace:#?}");
            text.lines().map(str::trim).collect()
        })
        .collect()
}

impl Details {
    fn count(&mut self, trace: &StoredTrace) {
        self.traces += 1;
        self.errors += usize::from(trace.except.is_some());
        self.given_back += usize::from(trace.account_ram_delta.is_some());
        if let Some(partial) = &trace.partial {
            self.signed += usize::from(!partial.signatures.is_empty());
            self.context_free_data += usize::from(!partial.context_free_data.is_empty());
        }
        for action in &trace.action_traces {
            self.count_action(action);
        }
        if let Some(failed) = &trace.failed_dtrx_trace {
            self.failed += 1;
            self.count(failed);
        }
    }

    fn count_action(&mut self, action: &StoredAction) {
        self.consoles += usize::from(!action.console.is_empty());
        self.errors += usize::from(action.except.is_some());
        let own = |code: &u64| *code < antelope_types::GENERIC_CODE;
        self.codes += usize::from(action.error_code.as_ref().is_some_and(own));
        self.context_free += usize::from(action.context_free);
        self.ram_deltas += action.account_ram_deltas.len();
        self.returned += usize::from(!action.return_value.is_empty());
    }
}
