//! What indexers read of a chain, here and from nodeos's state history plugin.
//!
//! A node takes the blocks of the chain for its own, executes them anew with its plugin, and is asked
//! for the traces and deltas of all of them. Since the blocks say what each transaction is billed,
//! nothing depends on the machine: traces and deltas must be equal byte by byte, the order of rows
//! included.
//!
//! Of a chain that records in [`Detail::Debug`], traces are compared twice: with those of a node as it
//! is by default, and with those of a node in `--trace-history-debug-mode`, where only the times that
//! the two have measured are left out.

mod detailed;
mod node;
mod session;

pub use detailed::Details;
pub use node::producing;
pub use session::Session;

use antelope_chain::{Chain, Detail, History};
use antelope_history::{
    Blocks, GetBlocks, Request, Response, TableDelta, decode_deltas, decode_traces, plain,
};
use antelope_types::Decode;
use node::Replaying;
use serde_json::Value;

/// The first block that a node executes of those in a log. It has the whole state.
const FIRST: u32 = 2;

/// What differed, and how much was compared.
#[derive(Default)]
struct Comparison {
    /// Whether the chain's own traces have more than is compared.
    stripped: bool,
    blocks: usize,
    traces: usize,
    rows: usize,
    tables: usize,
    differences: Vec<String>,
}

/// Fails if a node tells another history of the chain's blocks. The chain must record in this detail,
/// and have begun without protocol features. Where there is no node on this machine, nothing is
/// compared. Returns what details there were.
pub fn compare(chain: &Chain, detail: Detail) -> Option<Details> {
    compare_plain(chain, detail == Detail::Debug);
    match detail {
        Detail::Plain => None,
        Detail::Debug => detailed::compare(chain),
    }
}

fn compare_plain(chain: &Chain, stripped: bool) {
    let history = chain.history().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let Some(node) = Replaying::start(chain, folder.path(), Detail::Plain) else {
        return;
    };
    let mut session = node.session();
    let abi: Value = serde_json::from_str(session.abi()).unwrap();
    let own: Value = serde_json::from_str(antelope_history::abi()).unwrap();
    assert!(abi == own, "the ABI is another");
    let head = chain.head().number();
    session.send(&Request::GetBlocks(GetBlocks {
        start_block_num: FIRST,
        end_block_num: head + 1,
        max_messages_in_flight: u32::MAX,
        fetch_traces: true,
        fetch_deltas: true,
        ..GetBlocks::default()
    }));
    let mut found = Comparison {
        stripped,
        ..Comparison::default()
    };
    for number in FIRST..=head {
        let there = match Response::from_bytes(&session.receive()).unwrap() {
            Response::Blocks(there) => there,
            other => panic!("{other:?}"),
        };
        let this = there.this_block.unwrap();
        assert_eq!(this.block_num, number);
        assert_eq!(Some(this.block_id), history.position(number).unwrap());
        found.block(&history, number, &there);
    }
    eprintln!(
        "state history: {} traces and {} rows in {} tables of {} blocks",
        found.traces, found.rows, found.tables, found.blocks
    );
    let count = found.differences.len();
    for difference in found.differences.iter().take(12) {
        eprintln!("{difference}");
    }
    assert!(count == 0, "{count} differences (- there, + here)");
}

impl Comparison {
    fn block(&mut self, history: &History, number: u32, there: &Blocks) {
        self.blocks += 1;
        let mut traces = history.traces(number).unwrap();
        if self.stripped {
            traces = traces.map(|traces| plain(&traces).unwrap());
        }
        let deltas = history.deltas(number).unwrap().unwrap();
        if there.traces != traces && number >= history.first_traces() {
            let shown = |bytes: &Option<Vec<u8>>| {
                let traces = bytes.as_ref().map(|bytes| decode_traces(bytes));
                format!("{traces:#?}")
            };
            self.different(
                format!("traces of {number}"),
                &shown(&there.traces),
                &shown(&traces),
            );
        }
        let count = traces.map(|bytes| decode_traces(&bytes).unwrap().len());
        self.traces += count.unwrap_or(0);
        let there = there.deltas.as_ref().unwrap();
        if number == FIRST && history.first() < FIRST {
            // The whole state, which here is that of an earlier block.
            return;
        }
        let there = decode_deltas(there).unwrap();
        let here = decode_deltas(&deltas).unwrap();
        let names = |tables: &[TableDelta]| {
            let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
            names.join("\n")
        };
        if names(&there) != names(&here) {
            let what = format!("tables of {number}");
            self.different(what, &names(&there), &names(&here));
        }
        for there in &there {
            if let Some(here) = here.iter().find(|table| table.name == there.name) {
                self.table(number, there, here);
            }
        }
    }

    fn table(&mut self, number: u32, there: &TableDelta, here: &TableDelta) {
        self.tables += 1;
        self.rows += there.rows.len();
        if there == here {
            return;
        }
        let rows = |table: &TableDelta| {
            let rows: Vec<_> = table.rows.iter().map(row).collect();
            rows.join("\n")
        };
        let what = format!("{} of {number}", there.name);
        self.different(what, &rows(there), &rows(here));
    }

    fn different(&mut self, what: String, there: &str, here: &str) {
        let there_lines: Vec<_> = there.lines().collect();
        let here_lines: Vec<_> = here.lines().collect();
        let missing = there_lines.iter().filter(|line| !here_lines.contains(line));
        let new = here_lines.iter().filter(|line| !there_lines.contains(line));
        let missing: Vec<_> = missing.map(|line| format!("- {line}")).collect();
        let new: Vec<_> = new.map(|line| format!("+ {line}")).collect();
        let text = format!("== {what}\n{}\n{}", missing.join("\n"), new.join("\n"));
        self.differences.push(text);
    }
}

/// A row as a line.
fn row(row: &antelope_history::DeltaRow) -> String {
    let data: String = row.data.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {data}", u8::from(row.present))
}
