//! Records what actions cost, for `cargo antelope test`.
//!
//! If the environment variable `ANTELOPE_COSTS` names a folder, each process creates a file there,
//! `<package>.<process id>-<number>.tsv`, with a line for each action and notification that a
//! contract executed in a successful transaction:
//!
//! ```text
//! receiver \t account \t action \t CPU cost \t RAM, in bytes \t NET, in words
//! ```
//!
//! The CPU cost is in instructions ([`Cost`](antelope_types::Cost)), RAM is the sum over all
//! accounts, and a word of NET is 8 bytes. NET is billed by transaction, so that it is given only
//! for an action that is the only one of its transaction, else `-`. Native actions are left out.

use antelope_types::{ActionTrace, TransactionTrace};
use std::cell::Cell;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The environment variable with the folder.
const FOLDER: &str = "ANTELOPE_COSTS";

thread_local! {
    /// Whether this thread is inside [`without_costs`].
    static PAUSED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a function without recording costs on this thread: for set-ups, and for random
/// transactions, whose costs differ from run to run. `Sequence` does so by itself.
///
/// ```
/// let chain = antelope_testing::without_costs(antelope_chain::Chain::new);
/// # assert!(chain.is_ok());
/// ```
pub fn without_costs<T>(run: impl FnOnce() -> T) -> T {
    /// Restores what was before, also when `run` panics.
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            PAUSED.set(self.0);
        }
    }

    let _restore = Restore(PAUSED.replace(true));
    run()
}

/// Starts recording on all threads of this process, if `ANTELOPE_COSTS` is set.
/// [`contract!`](crate::contract) and the functions that build contracts call it.
pub fn record_costs() {
    antelope_chain::observe(record);
}

/// The observer: writes the lines of a transaction.
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
    // A single write, so that a killed test leaves whole lines.
    if let Err(error) = output.write_all(text.as_bytes()) {
        complain(&error);
    }
}

/// The lines of a transaction.
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
        // Writing to a string cannot fail.
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

/// Creates the file of this process. Process ids are reused, so that an existing file gets a number
/// after it.
fn open() -> Option<Mutex<File>> {
    let folder = std::env::var_os(FOLDER)?;
    // Set by cargo for every program it runs.
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

/// Reports once that costs are not recorded; a test must not fail for it.
fn complain(error: &io::Error) {
    eprintln!("costs are not recorded in {FOLDER}: {error}");
}
