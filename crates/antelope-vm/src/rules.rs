//! The rules that a chain holds code to: its active protocol features, and its limits on modules.
//!
//! [`CodeRules`] is what the ledger knows; [`ModuleRules`] is what the validation takes. Both change
//! during the life of a chain: features are activated, and privileged contracts set the limits by
//! `set_wasm_parameters_packed`.
//!
//! | parameter of the chain | limits |
//! |---|---|
//! | `max_mutable_global_bytes` | bytes of mutable globals |
//! | `max_table_elements` | elements of the table |
//! | `max_section_elements` | entries of each section, imports and functions among them |
//! | `max_linear_memory_init` | the end of the data segments in memory |
//! | `max_func_local_bytes` | bytes of the locals of a function |
//! | `max_nested_structures` | nested blocks of a function |
//! | `max_symbol_bytes` | bytes of each name |
//! | `max_code_bytes` | bytes of a function body |
//! | `max_module_bytes` | bytes of the module |
//! | `max_pages` | pages of memory |
//! | `max_call_depth` | nested calls |
//!
//! `setcode` tests all but the last, with the initial size of the memory for `max_pages`; the last
//! two are tested when the contract runs.

use antelope_ledger::CodeRules;
use antelope_module::chain::{ModuleLimits, ModuleRules, ProtocolFeature};
use antelope_types::{Checksum256, Encode, Feature};

/// Pages of memory and nested calls that a module may have while `CONFIGURABLE_WASM_LIMITS2` is not
/// active: `maximum_linear_memory` (33 MiB) and `maximum_call_depth` of nodes'
/// `wasm_eosio_constraints.hpp`.
const FIXED: (u32, u32) = (528, 251);

/// The rules in the form that validation takes.
pub(super) fn chain(rules: &CodeRules) -> ModuleRules {
    let active = |feature: &ProtocolFeature| {
        let known = Feature::by_name(feature.code_name());
        known.is_some_and(|feature| rules.features.contains(feature))
    };
    ModuleRules {
        limits: limits(rules),
        features: ProtocolFeature::ALL.into_iter().filter(active).collect(),
    }
}

/// The limits on modules: fixed ones until the protocol feature `CONFIGURABLE_WASM_LIMITS2`, then
/// the chain's parameters. `max_section_elements` limits imports and functions as well as every
/// other section, as in nodes' EOS VM options.
fn limits(rules: &CodeRules) -> ModuleLimits {
    if !rules.features.contains(Feature::CONFIGURABLE_WASM_LIMITS2) {
        return ModuleLimits::genesis();
    }
    let config = rules.limits;
    ModuleLimits {
        mutable_global_bytes: config.max_mutable_global_bytes.into(),
        table_elements: config.max_table_elements.into(),
        section_elements: config.max_section_elements,
        imports: config.max_section_elements,
        functions: config.max_section_elements,
        linear_memory_init: config.max_linear_memory_init.into(),
        func_local_bytes: config.max_func_local_bytes.into(),
        nested_structures: config.max_nested_structures,
        symbol_bytes: config.max_symbol_bytes as usize,
        code_bytes: config.max_code_bytes.into(),
        module_bytes: config.max_module_bytes as usize,
        pages: config.max_pages.into(),
        ..ModuleLimits::configurable()
    }
}

/// The key under which a verdict is cached: a hash of the code's hash, the limits and the active
/// features. A change of the rules thus leads to a new validation, and going back finds the old
/// one.
pub(super) fn hash(code_hash: &Checksum256, rules: &CodeRules) -> Checksum256 {
    let mut bytes = code_hash.0.to_vec();
    bytes.extend(rules.limits.to_bytes());
    for feature in rules.features.iter() {
        bytes.extend(feature.digest.0);
    }
    Checksum256::sha256(&bytes)
}

/// Whether the code exceeds `max_module_bytes`. Nodes test this before they parse, with a text of
/// its own.
pub(super) fn is_too_large(code: &[u8], rules: &CodeRules) -> bool {
    rules.features.contains(Feature::CONFIGURABLE_WASM_LIMITS2)
        && code.len() > rules.limits.max_module_bytes as usize
}

/// The pages of memory and the nested calls allowed to a module that runs. They are read from the
/// state for each action, since `set_wasm_parameters_packed` affects code that is already deployed.
pub(super) fn running(rules: &CodeRules) -> (u32, u32) {
    if rules.features.contains(Feature::CONFIGURABLE_WASM_LIMITS2) {
        (rules.limits.max_pages, rules.limits.max_call_depth)
    } else {
        FIXED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{FeatureSet, WasmConfig};

    #[test]
    fn the_defaults_are_those_of_the_validation() {
        let rules = CodeRules::default();
        assert_eq!(chain(&rules).limits, ModuleLimits::configurable());
        assert_eq!(running(&rules), FIXED);
        assert_eq!(chain(&rules).features.len(), ProtocolFeature::ALL.len());
        let rules = CodeRules {
            features: FeatureSet::NONE,
            limits: WasmConfig::default(),
        };
        assert_eq!(chain(&rules), ModuleRules::genesis());
    }
}
