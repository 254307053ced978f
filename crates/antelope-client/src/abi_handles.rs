//! The library's handles of one ABI: each has scratch space, so that a thread needs one of its own.

use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use rs_abieos::AbiHandle;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Handles that nobody uses at the moment; as many as there were threads at once.
pub(crate) struct Handles(Mutex<Vec<AbiHandle>>);

impl Handles {
    /// The first one.
    ///
    /// # Errors
    /// What the library has against the ABI.
    pub(crate) fn new(definition: &AbiDef) -> Result<Self, String> {
        Ok(Self(Mutex::new(vec![handle(definition)?])))
    }

    /// Lends a handle, a new one where others use all.
    ///
    /// # Errors
    /// What the library says.
    pub(crate) fn with<T>(
        &self,
        definition: &AbiDef,
        run: impl FnOnce(&mut AbiHandle) -> Result<T, String>,
    ) -> Result<T, String> {
        let idle = self.lock().pop();
        let mut lent = match idle {
            Some(handle) => handle,
            None => handle(definition)?,
        };
        let result = run(&mut lent);
        self.lock().push(lent);
        result
    }

    fn lock(&self) -> MutexGuard<'_, Vec<AbiHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn handle(definition: &AbiDef) -> Result<AbiHandle, String> {
    AbiHandle::from_bin(&definition.to_bytes()).map_err(|error| error.to_string())
}
