//! Code that reports its panics, run in place of deployed code that only traps.
//!
//! A deployed contract carries no panic messages: `panic!("…")` is compiled to `unreachable`, which
//! keeps it small. Whoever built the contract from its sources can build it again with messages.
//! That second build happens when a transaction has failed by such a trap and somebody asks for the
//! diagnosis, and never before: most runs of a test suite do not need it.
//!
//! The registry is global to the process, since the macro that builds a contract knows its hash
//! before any chain exists. Entries are never removed; there is one for each contract that a test
//! builds.

use antelope_types::Checksum256;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Builds the reporting code; `None` where that fails.
type Make = dyn Fn() -> Option<Vec<u8>> + Send + Sync;

/// How to build the reporting code, and the code once it was built. `OnceLock` makes concurrent
/// askers wait for one build instead of starting several.
struct Source {
    make: Box<Make>,
    made: OnceLock<Option<Arc<[u8]>>>,
}

/// The sources by hash of the deployed code. The lock is held for a look-up only.
static SOURCES: LazyLock<Mutex<HashMap<[u8; 32], Arc<Source>>>> = LazyLock::new(Mutex::default);

/// Registers, for deployed code of this hash, how to build code that behaves the same and fails
/// with the message and the place of a panic (`panicked at src/lib.rs:12:9: …`).
///
/// `make` is called at most once, when a failure of this code is first examined, and possibly on
/// another thread. It returns `None` where the code cannot be built; the failure is then reported
/// as it happened. A second registration for the same hash is ignored.
///
/// ```
/// use antelope_types::Checksum256;
///
/// let deployed = Checksum256::sha256(b"a contract");
/// antelope_vm::add_telling_code(deployed, || std::fs::read("contract.panics.wasm").ok());
/// ```
pub fn add_telling_code(
    code_hash: Checksum256,
    make: impl Fn() -> Option<Vec<u8>> + Send + Sync + 'static,
) {
    let source = Source {
        make: Box::new(make),
        made: OnceLock::new(),
    };
    let mut sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
    sources
        .entry(code_hash.0)
        .or_insert_with(|| Arc::new(source));
}

/// The reporting code for deployed code of this hash, built now if nobody asked before.
pub(super) fn code(code_hash: &Checksum256) -> Option<Arc<[u8]>> {
    let sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
    let source = Arc::clone(sources.get(&code_hash.0)?);
    // Building takes seconds. Without the lock, other threads may ask for other code meanwhile.
    drop(sources);
    source
        .made
        .get_or_init(|| (source.make)().map(Arc::from))
        .clone()
}
