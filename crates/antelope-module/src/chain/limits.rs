//! Limits on the shape of a module.
//!
//! A chain has either fixed limits, which are compiled into nodes, or, since
//! `CONFIGURABLE_WASM_LIMITS2`, parameters that its producers can change. Nodes check them when
//! `setcode` parses the module, and stop at the first that is exceeded.
//!
//! | limit | configurable, by default | fixed |
//! |---|---|---|
//! | mutable globals, bytes | 1024 | 1024 |
//! | table, elements | 1024 | 1024 |
//! | entries of a section | 8192 | 8191 |
//! | imports, functions | 8192 | 1023 |
//! | element segment, elements | | 8191 |
//! | data segment, bytes | | 8191 |
//! | end of data | 64 KiB | 64 KiB |
//! | locals of a function, bytes | 8192, with operands | 8192, with parameters |
//! | groups of locals | | 1023 |
//! | nested blocks | 1024 | 1023 |
//! | targets of a branch table | | 8191 |
//! | name, bytes | 8192 | 8191 |
//! | offset of a load or store | 4 GiB - 1 | 33 MiB - 1 |
//! | function body, module | 20 MiB | 20 MiB |
//! | initial memory | 528 pages, 33 MiB | 528 pages, 33 MiB |
//!
//! ```
//! use antelope_module::FunctionNames;
//! use antelope_module::chain::ModuleRules;
//! use antelope_module::validate::{LimitKind, Reason, validate_for};
//!
//! // A chain whose producers allow no more than four bytes.
//! let mut chain = ModuleRules::current();
//! chain.limits.module_bytes = 4;
//! let refusals = validate_for(b"\0asm\x01\0\0\0", &chain, &FunctionNames::default()).unwrap_err();
//! let expected = Reason::Limit { limit: LimitKind::ModuleBytes, found: 8, allowed: 4 };
//! assert_eq!(refusals.0[0].reason, expected);
//! ```

/// What `setcode` allows a module to be.
///
/// Sizes are in bytes unless the name says otherwise; each limit is the greatest value that is
/// allowed. The values are those of nodeos: `config.hpp` (`default_max_wasm_*`) for a chain with
/// `CONFIGURABLE_WASM_LIMITS2`, EOS VM's `eosio_options` and `wasm_eosio_constraints.hpp` for one
/// without. The parameter of the chain is given in parentheses, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModuleLimits {
    /// The sum of all mutable globals, 4 or 8 bytes each (`max_mutable_global_bytes`).
    pub mutable_global_bytes: u64,
    /// The initial size of the table, in elements (`max_table_elements`).
    pub table_elements: u64,
    /// The entries of a section that has no limit of its own (`max_section_elements`).
    pub section_elements: u32,
    /// The imports.
    pub imports: u32,
    /// The functions that the module defines.
    pub functions: u32,
    /// The entries of one element segment.
    pub element_segment_elements: u32,
    /// The length of one data segment.
    pub data_segment_bytes: u64,
    /// The address at which data segments must end (`max_linear_memory_init`).
    pub linear_memory_init: u64,
    /// The locals of one function, together with what the two switches below add
    /// (`max_func_local_bytes`).
    pub func_local_bytes: u64,
    /// The groups of locals of one type in one function, as the binary format declares them.
    pub local_sets: u32,
    /// The nested blocks of one function (`max_nested_structures`).
    pub nested_structures: u32,
    /// The targets of one `br_table`, without the default.
    pub br_table_elements: u32,
    /// The length of the name of an import or export (`max_symbol_bytes`).
    pub symbol_bytes: usize,
    /// The constant offset of a load or store.
    pub memory_offset: u64,
    /// The length of one function body (`max_code_bytes`).
    pub code_bytes: u64,
    /// The length of the module (`max_module_bytes`).
    pub module_bytes: usize,
    /// The initial linear memory, in pages of 64 KiB (`max_pages`).
    pub pages: u64,
    /// Whether parameters count towards `func_local_bytes`.
    pub params_are_locals: bool,
    /// Whether the operand stack counts towards `func_local_bytes`.
    pub operands_are_locals: bool,
}

impl ModuleLimits {
    /// The limits of a chain with `CONFIGURABLE_WASM_LIMITS2` and its default parameters.
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

    /// The fixed limits of a chain without that feature. That several are one below a round number
    /// is nodeos's choice, too.
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
