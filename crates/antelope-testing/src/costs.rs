//! What actions cost, told to `cargo antelope test`.
//!
//! Where the environment variable `ANTELOPE_COSTS` names a folder, every process writes a file
//! there, named after the package that cargo runs it for, with a line for each action and
//! notification that a contract has executed in a successful transaction:
//!
//! ```text
//! receiver \t account \t action \t CPU cost \t RAM, in bytes \t NET, in words
//! ```
//!
//! NET belongs to whole transactions; it is told for an action that is alone in its own, else it is
//! `-`. What the chain executes by itself is left out.

use antelope_types::{ActionTrace, TransactionTrace};
use std::cell::Cell;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The folder to write to.
const FOLDER: &str = "ANTELOPE_COSTS";

thread_local! {
    static PAUSED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps from `cargo antelope test` what actions cost meanwhile, on this thread: for set-ups and for
/// what chance decides, which costs another sum each time. `Sequence` does so by
/// itself.
///
/// ```
/// let chain = antelope_testing::without_costs(antelope_chain::Chain::new);
/// # assert!(chain.is_ok());
/// ```
pub fn without_costs<T>(run: impl FnOnce() -> T) -> T {
    /// Also where `run` panics.
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            PAUSED.set(self.0);
        }
    }

    let _restore = Restore(PAUSED.replace(true));
    run()
}

/// Begins to tell what actions cost, on all threads of this process, if anybody wants to know.
/// [`contract!`](crate::contract) and whatever else builds a contract do so by themselves.
pub fn record_costs() {
    antelope_chain::observe(record);
}

/// Writes down what a transaction cost, if anybody wants to know.
fn record(trace: &TransactionTrace) {
    static OUTPUT: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let Some(output) = OUTPUT.get_or_init(open) else {
        return;
    };
    if PAUSED.get() {
        return;
    }
    let text = lines(trace);
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    // One write, so that a test that is killed leaves whole lines.
    if let Err(error) = output.write_all(text.as_bytes()) {
        complain(&error);
    }
}

fn lines(trace: &TransactionTrace) -> String {
    let own = |action: &&ActionTrace| action.creator_action_ordinal == 0;
    let alone = trace.action_traces.iter().filter(own).count() == 1;
    let words = trace.receipt.map(|receipt| receipt.net_usage_words);
    let mut text = String::new();
    for action in &trace.action_traces {
        if action.cost.instructions == 0 {
            continue;
        }
        let (receiver, act) = (action.receiver, &action.act);
        let cpu = action.cost.total();
        let ram: i64 = action.account_ram_deltas.values().sum();
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "{receiver}\t{}\t{}\t{cpu}\t{ram}\t",
            act.account, act.name
        );
        let _ = match words.filter(|_| alone && own(&action)) {
            Some(words) => writeln!(text, "{words}"),
            None => writeln!(text, "-"),
        };
    }
    text
}

/// A file of this process alone: numbers of processes come again, files do not.
fn open() -> Option<Mutex<File>> {
    let folder = std::env::var_os(FOLDER)?;
    // Cargo tells it to every program that it runs.
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let process = std::process::id();
    for number in 0..u32::MAX {
        let path = Path::new(&folder).join(format!("{package}.{process}-{number}.tsv"));
        match OpenOptions::new().append(true).create_new(true).open(path) {
            Ok(file) => return Some(Mutex::new(file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                complain(&error);
                return None;
            }
        }
    }
    None
}

fn complain(error: &io::Error) {
    eprintln!("costs are not recorded in {FOLDER}: {error}");
}
