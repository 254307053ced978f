//! What a chain accepts: limits on a module, protocol features, and the host functions that they
//! allow.
//!
//! The host functions themselves are described in `antelope-intrinsics`:
//!
//! ```
//! use antelope_module::chain::{INTRINSICS, ProtocolFeature};
//!
//! let needs = |feature| INTRINSICS.iter().filter(move |it| it.feature == feature);
//! assert!(needs(Some(ProtocolFeature::GetSender)).any(|it| it.name == "get_sender"));
//! assert!(needs(None).count() > 100);
//! ```

mod limits;

pub use antelope_intrinsics::{INTRINSICS, Intrinsic, ProtocolFeature, ValueType, intrinsic};
pub use limits::ModuleLimits;

use std::collections::BTreeSet;

/// A chain as far as `setcode` is concerned.
///
/// | constructor | limits | features |
/// |---|---|---|
/// | [`ModuleRules::current`] | configurable | all that whitelist host functions, up to Spring 1.x |
/// | [`ModuleRules::leap`] | configurable | all but `BLS_PRIMITIVES2` and `SAVANNA` |
/// | [`ModuleRules::genesis`] | fixed | none |
///
/// ```
/// use antelope_module::chain::{ModuleRules, intrinsic};
///
/// let sender = intrinsic("get_sender").expect("a host function of Antelope");
/// assert!(ModuleRules::current().whitelists(sender));
/// assert!(!ModuleRules::genesis().whitelists(sender)); // needs GET_SENDER
/// assert!(ModuleRules::genesis().whitelists(intrinsic("require_auth").expect("a host function of Antelope")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleRules {
    /// Limits on the shape of a module.
    pub limits: ModuleLimits,
    /// The active protocol features, of those that whitelist host functions. Others do not matter
    /// to a module.
    pub features: BTreeSet<ProtocolFeature>,
}

impl ModuleRules {
    /// A chain of today, with every protocol feature active. The default.
    #[must_use]
    pub fn current() -> Self {
        Self {
            limits: ModuleLimits::configurable(),
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
            limits: ModuleLimits::genesis(),
            features: BTreeSet::new(),
        }
    }

    /// Whether a module may import this host function here.
    #[must_use]
    pub fn whitelists(&self, intrinsic: &Intrinsic) -> bool {
        intrinsic
            .feature
            .is_none_or(|feature| self.features.contains(&feature))
    }
}

impl Default for ModuleRules {
    fn default() -> Self {
        Self::current()
    }
}
