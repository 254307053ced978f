//! The rules that code must satisfy when `setcode` stores it.

use antelope_types::{FeatureSet, WasmConfig};

/// The rules that code must satisfy when an account sets it: passed to
/// [`Executor::validate`](crate::Executor::validate).
///
/// Code that was accepted stays valid when the rules change later; nodes do not check it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRules {
    /// The active protocol features. A host function that a feature introduces cannot be imported
    /// before.
    pub features: FeatureSet,
    /// The limits on the size and shape of modules that the chain has as parameters.
    pub limits: WasmConfig,
}

impl Default for CodeRules {
    /// The rules of a chain with all protocol features and the default limits.
    fn default() -> Self {
        Self {
            features: FeatureSet::ALL,
            limits: WasmConfig::default(),
        }
    }
}
