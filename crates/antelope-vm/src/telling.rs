//! Code that tells of its panics, in place of deployed code that only traps.
//!
//! Deployed contracts carry no texts of panics. Whoever has built one from its sources can build it
//! again with them; that is done when the first transaction fails by such a trap and somebody looks at
//! the failure, and never before.

use antelope_types::Checksum256;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Makes the code once; none where that fails.
type Make = dyn Fn() -> Option<Vec<u8>> + Send + Sync;

/// How to make the code that tells, and the code once it was made.
struct Source {
    make: Box<Make>,
    made: OnceLock<Option<Arc<[u8]>>>,
}

static SOURCES: LazyLock<Mutex<HashMap<[u8; 32], Arc<Source>>>> = LazyLock::new(Mutex::default);

/// Remembers how to make, for code of this hash, code that does the same and, where that panics, fails
/// with the text and the place. It is made once, when a failure is first looked into; `make` gives none
/// where it cannot be made.
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

/// The code that tells, for code of this hash.
pub(super) fn code(code_hash: &Checksum256) -> Option<Arc<[u8]>> {
    let sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
    let source = Arc::clone(sources.get(&code_hash.0)?);
    // Others may ask for other code while this is made.
    drop(sources);
    source
        .made
        .get_or_init(|| (source.make)().map(Arc::from))
        .clone()
}
