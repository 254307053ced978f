//! ABIs of accounts, made ready once for each time they are set.

use antelope_abi::{Abi, AbiError};
use antelope_ledger::state::State;
use antelope_types::Name;
use antelope_types::{ChainError, ErrorKind};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The ABIs that were asked for, as long as they are their accounts' own.
#[derive(Default)]
pub(super) struct Abis(Mutex<HashMap<Name, Known>>);

struct Known {
    bytes: Arc<[u8]>,
    abi: Result<Arc<Abi>, AbiError>,
}

impl Abis {
    /// The ABI of an account; none where there is none or it cannot be used.
    pub(super) fn of(&self, state: &State, account: Name) -> Option<Arc<Abi>> {
        self.find(state, account)?.ok()
    }

    /// The ABI of an account, or what is wrong with it; none where there is none.
    pub(super) fn find(&self, state: &State, account: Name) -> Option<Result<Arc<Abi>, AbiError>> {
        let bytes = &state.accounts.get(&account)?.abi;
        if is_empty(bytes) {
            return None;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&account)
            && (Arc::ptr_eq(&found.bytes, bytes) || found.bytes == *bytes)
        {
            return Some(found.abi.clone());
        }
        let abi = Abi::from_binary(bytes).map(Arc::new);
        let bytes = Arc::clone(bytes);
        let abi_again = abi.clone();
        known.insert(account, Known { bytes, abi });
        Some(abi_again)
    }
}

/// A fault of an ABI, or of a value by one, as a node tells it.
pub(super) fn refused(error: &AbiError) -> ChainError {
    let code = error.exception().map(|exception| exception.code().into());
    let kind = code.and_then(ErrorKind::from_code);
    ChainError::new(kind.unwrap_or(ErrorKind::Abi), error.problem())
}

/// Nodes take an ABI that is too short for anything for none: `abi_serializer::is_empty_abi`.
pub(super) fn is_empty(abi: &[u8]) -> bool {
    abi.len() <= 4
}
