//! Limits of modules that are parameters of the chain since `CONFIGURABLE_WASM_LIMITS2`.
//!
//! Privileged contracts change them by `set_wasm_parameters_packed`. A module is held to most of them
//! when it is set, and stays valid when they change; to the size of memory and the depth of calls it is
//! held while it runs.

use crate::{ChainError, Decode, Encode, ensure};

/// Limits of modules, as `wasm_config` of a node; sizes are in bytes unless the name says otherwise.
///
/// It takes 44 bytes: eleven numbers of 4 bytes. The defaults are what was fixed before the feature.
///
/// ```
/// assert_eq!(antelope_types::WasmConfig::default().max_pages, 528);
/// ```
// Defaults: libraries/chain/include/eosio/chain/config.hpp of Leap, `default_max_wasm_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct WasmConfig {
    /// Globals that can change, together.
    /// By default 1024.
    pub max_mutable_global_bytes: u32,
    /// Elements of the table.
    /// By default 1024.
    pub max_table_elements: u32,
    /// Entries of a section.
    /// By default 8192; at least 4.
    pub max_section_elements: u32,
    /// Below this address data must lie.
    /// By default 64 KiB.
    pub max_linear_memory_init: u32,
    /// Locals and operands of a function.
    /// By default 8192; at least 8.
    pub max_func_local_bytes: u32,
    /// Blocks within blocks.
    /// By default 1024; at least 1.
    pub max_nested_structures: u32,
    /// A name of an import or export.
    /// By default 8192; at least 32.
    pub max_symbol_bytes: u32,
    /// The module.
    /// By default 20 MiB; at least 256.
    pub max_module_bytes: u32,
    /// A function.
    /// By default 20 MiB; at least 32.
    pub max_code_bytes: u32,
    /// Memory, in pages of 64 KiB.
    /// By default 528, which are 33 MiB; at least 1.
    pub max_pages: u32,
    /// Calls within calls.
    /// By default 251; at least 2.
    pub max_call_depth: u32,
}

impl Default for WasmConfig {
    fn default() -> Self {
        Self {
            max_mutable_global_bytes: 1024,
            max_table_elements: 1024,
            max_section_elements: 8192,
            max_linear_memory_init: 64 * 1024,
            max_func_local_bytes: 8192,
            max_nested_structures: 1024,
            max_symbol_bytes: 8192,
            max_module_bytes: 20 * 1024 * 1024,
            max_code_bytes: 20 * 1024 * 1024,
            max_pages: 528,
            max_call_depth: 251,
        }
    }
}

impl WasmConfig {
    /// Fails for limits that no module could keep to.
    ///
    /// # Errors
    /// `action_validate_exception`, which names the limit.
    pub fn check(&self) -> Result<(), ChainError> {
        for (value, least, what) in [
            (self.max_section_elements, 4, "max_section_elements"),
            (self.max_func_local_bytes, 8, "max_func_local_bytes"),
            (self.max_nested_structures, 1, "max_nested_structures"),
            (self.max_symbol_bytes, 32, "max_symbol_bytes"),
            (self.max_module_bytes, 256, "max_module_bytes"),
            (self.max_code_bytes, 32, "max_code_bytes"),
            (self.max_pages, 1, "max_pages"),
            (self.max_call_depth, 2, "max_call_depth"),
        ] {
            ensure!(
                value >= least,
                ActionValidate,
                "{what} cannot be less than {least}"
            );
        }
        Ok(())
    }
}
