//! What satisfied the authorities of a transaction, as files keep it.

use super::Provided;
use antelope_types::{Decode, Encode, PermissionLevel, PublicKey};

/// What satisfied the authorities of a transaction, as files keep it.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct RecordedAuthority {
    keys: Vec<PublicKey>,
    permissions: Vec<PermissionLevel>,
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
