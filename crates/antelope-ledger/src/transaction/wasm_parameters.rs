//! Limits of modules, as contracts of the system read and set them.

use super::ApplyContext;
use antelope_types::{ChainError, Decode, Decoder, Encode, ErrorKind, WasmConfig, ensure};

/// The only version of their encoding.
const VERSION: u32 = 0;

impl ApplyContext<'_> {
    /// The limits of modules, after the version of their encoding.
    pub fn packed_wasm_parameters(&self) -> Vec<u8> {
        let mut packed = VERSION.to_bytes();
        packed.extend(self.state().global.wasm_config.to_bytes());
        packed
    }

    /// Sets the limits of modules, from their encoding after its version.
    ///
    /// # Errors
    /// For another version, and where no module could keep to them.
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
        self.state_mut().global.wasm_config = config;
        Ok(())
    }
}
