//! Parsed ABIs of accounts, for all calls of an API.
//!
//! Parsing an ABI takes longer than decoding a row with it, and a client decodes many rows. Parsed
//! ABIs are kept by account, together with the bytes they were made from. An entry is used only
//! while the account still has those bytes; after `setabi`, or after the chain has gone back to a
//! snapshot, it is parsed again and replaced.
//!
//! There is one lock on the map. It is held while an ABI is parsed, so that concurrent requests
//! parse it once.

use antelope_abi::{Abi, AbiError};
use antelope_ledger::state::State;
use antelope_types::Name;
use antelope_types::{ChainError, ErrorKind};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Parsed ABIs by account.
#[derive(Default)]
pub(super) struct Abis(Mutex<HashMap<Name, Known>>);

/// A parsed ABI.
struct Known {
    /// The bytes it was parsed from.
    bytes: Arc<[u8]>,
    /// The ABI, or why it is not valid: a fault is kept as well, so that it is not found anew for
    /// each row.
    abi: Result<Arc<Abi>, AbiError>,
}

impl Abis {
    /// The ABI of an account; `None` where it has none or an invalid one. For calls that then show
    /// bytes.
    pub(super) fn of(&self, state: &State, account: Name) -> Option<Arc<Abi>> {
        self.find(state, account)?.ok()
    }

    /// The ABI of an account, or what is wrong with it; `None` where it has none. For calls that
    /// then fail.
    pub(super) fn find(&self, state: &State, account: Name) -> Option<Result<Arc<Abi>, AbiError>> {
        self.parsed(account, &state.find_account(account)?.abi)
    }

    /// The ABI that an account has set as these bytes, or what is wrong with it; `None` where there
    /// are none.
    pub(super) fn parsed(
        &self,
        account: Name,
        bytes: &Arc<[u8]>,
    ) -> Option<Result<Arc<Abi>, AbiError>> {
        if is_empty(bytes) {
            return None;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Forks of a chain share the bytes, so that the pointers are nearly always equal and the
        // contents need not be compared.
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

/// The error of a node for a faulty ABI, or for a value that does not match one: the number of the
/// exception that `abi_serializer` throws, else `abi_exception`.
pub(super) fn refused(error: &AbiError) -> ChainError {
    let code = error.exception().map(|exception| exception.code().into());
    let kind = code.and_then(ErrorKind::from_code);
    ChainError::new(kind.unwrap_or(ErrorKind::Abi), error.problem())
}

/// Whether nodes take the ABI for absent: an encoding of 4 bytes or fewer has no room for a version
/// (`abi_serializer::is_empty_abi`).
pub(super) fn is_empty(abi: &[u8]) -> bool {
    abi.len() <= 4
}
