//! The API over the registry, if this program has it and it is wanted.

#[cfg(feature = "api")]
mod served;
#[cfg(not(feature = "api"))]
mod without;

#[cfg(feature = "api")]
pub(super) use served::{ApiArgs, ApiView, prepare, start};
#[cfg(not(feature = "api"))]
pub(super) use without::{ApiArgs, ApiView, prepare, start};

use antelope_rpc_client::Signer;
use antelope_types::PermissionLevel;
use std::sync::Arc;

/// Who signs what the office does.
pub(super) type OfficeSigner = Option<(PermissionLevel, Arc<dyn Signer>)>;
