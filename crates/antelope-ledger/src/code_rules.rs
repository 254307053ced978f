//! What a chain holds the code of contracts to.

use antelope_types::{FeatureSet, WasmConfig};

/// What a chain holds code to when an account gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRules {
    /// The protocol features that are active, which open host functions.
    pub features: FeatureSet,
    /// The limits of modules, where they are parameters of the chain.
    pub limits: WasmConfig,
}

impl Default for CodeRules {
    /// Those of a chain with all protocol features.
    fn default() -> Self {
        Self {
            features: FeatureSet::ALL,
            limits: WasmConfig::default(),
        }
    }
}
