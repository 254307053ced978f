//! Limits of WebAssembly modules: the host functions `get_wasm_parameters_packed` and
//! `set_wasm_parameters_packed`.
//!
//! The packed form is a version as 4 bytes, always 0, and the eleven fields of [`WasmConfig`] as 4
//! bytes each (`libraries/chain/wasm_config.cpp` and `webassembly/privileged.cpp` of a node).

use super::ApplyContext;
use antelope_types::{ChainError, Decode, Decoder, Encode, ErrorKind, WasmConfig, ensure};

/// The only version of the packed form.
const VERSION: u32 = 0;

impl ApplyContext<'_> {
    /// The limits of modules, packed, with the version in front.
    pub fn packed_wasm_parameters(&self) -> Vec<u8> {
        let mut packed = VERSION.to_bytes();
        packed.extend(self.state().global.wasm_config.to_bytes());
        packed
    }

    /// Sets the limits of modules from their packed form. Code that was set before stays valid.
    ///
    /// # Errors
    /// - `wasm_execution_error` (3070002) in a read-only transaction.
    /// - `out_of_range_exception` (8) if the bytes cannot be decoded.
    /// - `wasm_config_unknown_version` (3160015) for a version other than 0.
    /// - As [`WasmConfig::check`] for limits that no module could keep to.
    pub fn set_packed_wasm_parameters(&mut self, packed: &[u8]) -> Result<(), ChainError> {
        self.require_changes("set_wasm_parameters_packed")?;
        let mut input = Decoder::new(packed);
        let malformed = |error: antelope_types::DecodeError| {
            let message = format!("error unpacking the limits of modules: {error}");
            ChainError::new(ErrorKind::OutOfRange, message)
        };
        let version = u32::decode(&mut input).map_err(malformed)?;
        ensure!(
            version == VERSION,
            WasmConfigUnknownVersion,
            "set_wasm_parameters_packed: Unknown version: {version}"
        );
        let config = WasmConfig::decode(&mut input).map_err(malformed)?;
        config.check()?;
        let global = &mut self.state_mut().global;
        global.wasm_config = config;
        global.parameters_set += 1;
        Ok(())
    }
}
