//! Limits on the shape of a module.

/// What `setcode` allows a module to be.
///
/// Sizes are in bytes unless the name says otherwise. The values are those of nodeos:
/// `config.hpp` (`default_max_wasm_*`) for a chain with `CONFIGURABLE_WASM_LIMITS2`, EOS VM's
/// `eosio_options` and `wasm_eosio_constraints.hpp` for one without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Total size of mutable globals.
    pub mutable_global_bytes: u64,
    /// Initial size of the table, in elements.
    pub table_elements: u64,
    /// Entries of one section that has no limit of its own.
    pub section_elements: u32,
    /// Imports.
    pub imports: u32,
    /// Functions defined in the module.
    pub functions: u32,
    /// Entries of one element segment.
    pub element_segment_elements: u32,
    /// One data segment.
    pub data_segment_bytes: u64,
    /// Where data segments must end: they lie below this address.
    pub linear_memory_init: u64,
    /// Locals of one function, and what the two switches below add.
    pub func_local_bytes: u64,
    /// Groups of locals of one type in one function.
    pub local_sets: u32,
    /// Nested blocks of one function.
    pub nested_structures: u32,
    /// Targets of one `br_table`, without the default.
    pub br_table_elements: u32,
    /// The name of an import or export.
    pub symbol_bytes: usize,
    /// The constant offset of a load or store.
    pub memory_offset: u64,
    /// One function body.
    pub code_bytes: u64,
    /// The whole module.
    pub module_bytes: usize,
    /// Initial linear memory, in pages of 64 KiB.
    pub pages: u64,
    /// Whether parameters count towards `func_local_bytes`.
    pub params_are_locals: bool,
    /// Whether the operand stack counts towards `func_local_bytes`.
    pub operands_are_locals: bool,
}

impl Limits {
    /// A chain with `CONFIGURABLE_WASM_LIMITS2` and its default parameters.
    #[must_use]
    pub const fn configurable() -> Self {
        Self {
            mutable_global_bytes: 1024,
            table_elements: 1024,
            section_elements: 8192,
            imports: 8192,
            functions: 8192,
            element_segment_elements: u32::MAX,
            data_segment_bytes: u64::MAX,
            linear_memory_init: 64 * 1024,
            func_local_bytes: 8192,
            local_sets: u32::MAX,
            nested_structures: 1024,
            br_table_elements: u32::MAX,
            symbol_bytes: 8192,
            memory_offset: u32::MAX as u64,
            code_bytes: 20 * 1024 * 1024,
            module_bytes: 20 * 1024 * 1024,
            pages: 528,
            params_are_locals: false,
            operands_are_locals: true,
        }
    }

    /// A chain without it.
    #[must_use]
    pub const fn genesis() -> Self {
        Self {
            section_elements: 8191,
            imports: 1023,
            functions: 1023,
            element_segment_elements: 8191,
            data_segment_bytes: 8191,
            local_sets: 1023,
            nested_structures: 1023,
            br_table_elements: 8191,
            symbol_bytes: 8191,
            memory_offset: 33 * 1024 * 1024 - 1,
            params_are_locals: true,
            operands_are_locals: false,
            ..Self::configurable()
        }
    }
}
