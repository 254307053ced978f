//! The library's handles of one ABI: each has scratch space, so that a thread needs one of its own.

use crate::by_thread::ByThread;
use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use rs_abieos::AbiHandle;

/// How many a thread needs: the one that it works with is taken out.
const EACH: usize = 1;

/// Handles that nobody uses at the moment.
pub(crate) struct Handles(ByThread<AbiHandle>);

impl Handles {
    /// The first one.
    ///
    /// # Errors
    /// What the library has against the ABI.
    pub(crate) fn new(definition: &AbiDef) -> Result<Self, String> {
        let handles = ByThread::default();
        handles.put(handle(definition)?, EACH);
        Ok(Self(handles))
    }

    /// Lends a handle, a new one where this thread has none yet.
    ///
    /// # Errors
    /// What the library says.
    pub(crate) fn with<T>(
        &self,
        definition: &AbiDef,
        run: impl FnOnce(&mut AbiHandle) -> Result<T, String>,
    ) -> Result<T, String> {
        let mut lent = match self.0.take(|_| true) {
            Some(handle) => handle,
            None => handle(definition)?,
        };
        let result = run(&mut lent);
        self.0.put(lent, EACH);
        result
    }
}

fn handle(definition: &AbiDef) -> Result<AbiHandle, String> {
    AbiHandle::from_bin(&definition.to_bytes()).map_err(|error| error.to_string())
}
