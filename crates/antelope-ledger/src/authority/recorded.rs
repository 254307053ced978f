//! The authority under which a transaction was executed, in the form that files keep.
//!
//! A chain that is replayed from its journal does not recover signatures again: it reads the keys
//! that were recovered then.

use super::Provided;
use antelope_types::{Decode, Encode, PermissionLevel, PublicKey};

/// What satisfied the authorities of a transaction when it was executed: keys, permissions and
/// delay.
///
/// Encoded as list of keys, list of permission levels, and the delay in microseconds as 8 bytes.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct RecordedAuthority {
    /// The keys that had signed.
    keys: Vec<PublicKey>,
    /// The permissions that counted as satisfied.
    permissions: Vec<PermissionLevel>,
    /// The delay, in microseconds.
    delay: i64,
}

impl From<&Provided> for RecordedAuthority {
    fn from(provided: &Provided) -> Self {
        let Provided {
            keys,
            permissions,
            // Nobody declares anything for others from outside.
            declared: _,
            delay,
            // What is only computed is not recorded.
            unchecked: _,
        } = provided;
        Self {
            keys: keys.iter().cloned().collect(),
            permissions: permissions.iter().copied().collect(),
            delay: *delay,
        }
    }
}

impl From<RecordedAuthority> for Provided {
    fn from(recorded: RecordedAuthority) -> Self {
        let RecordedAuthority {
            keys,
            permissions,
            delay,
        } = recorded;
        Self {
            keys: keys.into_iter().collect(),
            permissions: permissions.into_iter().collect(),
            declared: Default::default(),
            delay,
            unchecked: false,
        }
    }
}
