//! What a chain accepts: limits on a module, protocol features and the host functions they open.

mod limits;

pub use antelope_intrinsics::{INTRINSICS, Intrinsic, ProtocolFeature, ValueType, intrinsic};
pub use limits::Limits;

use std::collections::BTreeSet;

/// A chain as far as `setcode` is concerned.
///
/// | constructor | limits | features |
/// |---|---|---|
/// | [`Chain::current`] | configurable | all that whitelist host functions, up to Spring 1.x |
/// | [`Chain::leap`] | configurable | all but `BLS_PRIMITIVES2` and `SAVANNA` |
/// | [`Chain::genesis`] | fixed | none |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Limits on the module's shape.
    pub limits: Limits,
    /// Activated protocol features, of those that whitelist host functions.
    pub features: BTreeSet<ProtocolFeature>,
}

impl Chain {
    /// A chain of today with every protocol feature activated.
    #[must_use]
    pub fn current() -> Self {
        Self {
            limits: Limits::configurable(),
            features: ProtocolFeature::ALL.into_iter().collect(),
        }
    }

    /// A chain run by Leap 4 or 5: everything but the features that came with Spring.
    #[must_use]
    pub fn leap() -> Self {
        let mut chain = Self::current();
        chain.features.remove(&ProtocolFeature::BlsPrimitives);
        chain.features.remove(&ProtocolFeature::Savanna);
        chain
    }

    /// A chain on which no protocol feature was ever activated.
    #[must_use]
    pub fn genesis() -> Self {
        Self {
            limits: Limits::genesis(),
            features: BTreeSet::new(),
        }
    }

    /// Whether a host function is whitelisted here.
    #[must_use]
    pub fn whitelists(&self, intrinsic: &Intrinsic) -> bool {
        intrinsic
            .feature
            .is_none_or(|feature| self.features.contains(&feature))
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::current()
    }
}
