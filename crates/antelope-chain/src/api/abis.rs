//! ABIs of accounts, made ready once for each time they are set.

use antelope_ledger::state::State;
use antelope_rpc_client::Abi;
use antelope_types::Name;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The ABIs that were asked for, as long as they are their accounts' own.
#[derive(Default)]
pub(super) struct Abis(Mutex<HashMap<Name, Known>>);

struct Known {
    bytes: Arc<[u8]>,
    abi: Option<Arc<Abi>>,
}

impl Abis {
    /// The ABI of an account; none where there is none or it cannot be used.
    pub(super) fn of(&self, state: &State, account: Name) -> Option<Arc<Abi>> {
        let bytes = &state.accounts.get(&account)?.abi;
        if is_empty(bytes) {
            return None;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&account)
            && (Arc::ptr_eq(&found.bytes, bytes) || found.bytes == *bytes)
        {
            return found.abi.clone();
        }
        let abi = Abi::from_binary(bytes).ok().map(Arc::new);
        let bytes = Arc::clone(bytes);
        let abi_again = abi.clone();
        known.insert(account, Known { bytes, abi });
        abi_again
    }
}

/// Nodes take an ABI that is too short for anything for none: `abi_serializer::is_empty_abi`.
pub(super) fn is_empty(abi: &[u8]) -> bool {
    abi.len() <= 4
}
