//! Which protocol features are active, and since when.

use super::State;
use antelope_types::{ChainError, Checksum256, ErrorKind, Feature, FeatureSet, ensure};
use imbl::Vector;

/// The protocol features of a chain.
#[derive(Clone, Debug, Default)]
pub struct Protocol {
    pub active: FeatureSet,
    /// Those that were activated by blocks, with the numbers of these.
    pub activated: Vector<(Feature, u32)>,
    /// Those that the next block activates.
    pub preactivated: Vector<Feature>,
}

impl Protocol {
    /// A chain that begins with these features.
    pub fn beginning(active: FeatureSet) -> Self {
        Self {
            active,
            ..Self::default()
        }
    }

    /// The features that are active.
    pub fn active(&self) -> FeatureSet {
        self.active
    }

    /// The features that blocks have activated, with the numbers of the blocks, in their order.
    pub fn activated(&self) -> impl ExactSizeIterator<Item = (Feature, u32)> {
        self.activated.iter().copied()
    }

    /// The features that contracts have asked for since the last block: the next activates them.
    pub fn preactivated(&self) -> impl ExactSizeIterator<Item = Feature> {
        self.preactivated.iter().copied()
    }

    /// Whether this one is active.
    pub fn has(&self, feature: Feature) -> bool {
        self.active.contains(feature)
    }

    /// Makes features active from this block on, and forgets what was asked for.
    pub fn activate(&mut self, features: &[Feature], block_num: u32) {
        for feature in features {
            self.active = self.active.with(*feature);
            self.activated.push_back((*feature, block_num));
        }
        self.preactivated.clear();
    }
}

impl State {
    /// The protocol features.
    pub fn protocol(&self) -> &Protocol {
        &self.global.protocol
    }

    /// Whether this protocol feature is active.
    pub fn has(&self, feature: Feature) -> bool {
        self.global.protocol.has(feature)
    }

    /// Asks for a feature, which the next block is to activate.
    pub fn preactivate(&mut self, digest: &Checksum256) -> Result<(), ChainError> {
        let feature = Feature::by_digest(digest).ok_or_else(|| {
            let message = format!("protocol feature with digest '{digest}' is unrecognized");
            ChainError::new(ErrorKind::SubjectiveBlockProduction, message)
        })?;
        let protocol = &mut self.global.protocol;
        ensure!(
            !protocol.has(feature),
            ProtocolFeature,
            "protocol feature with digest '{digest}' is already activated"
        );
        ensure!(
            !protocol.preactivated.contains(&feature),
            ProtocolFeature,
            "protocol feature with digest '{digest}' is already pre-activated"
        );
        let known = |needed| protocol.has(needed) || protocol.preactivated.contains(&needed);
        ensure!(
            feature.depends_on().iter().all(known),
            ProtocolFeature,
            "not all dependencies of protocol feature with digest '{digest}' have been activated or pre-activated"
        );
        protocol.preactivated.push_back(feature);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ChainConfig;

    #[test]
    fn a_feature_waits_for_the_one_it_depends_on() {
        let mut state = State::new(ChainConfig::default());
        let [first, second] = [Feature::REPLACE_DEFERRED, Feature::NO_DUPLICATE_DEFERRED_ID];
        let error = state.preactivate(&second.digest).unwrap_err();
        assert!(
            error.message().starts_with("not all dependencies"),
            "{error}"
        );
        state.preactivate(&first.digest).unwrap();
        state.preactivate(&second.digest).unwrap();
        let error = state.preactivate(&second.digest).unwrap_err();
        assert!(
            error.message().ends_with("already pre-activated"),
            "{error}"
        );
        assert!(!state.has(first));
        let asked: Vec<_> = state.protocol().preactivated().collect();
        state.global.protocol.activate(&asked, 7);
        assert!(state.has(first) && state.has(second));
        assert_eq!(state.protocol().preactivated().len(), 0);
        let error = state.preactivate(&second.digest).unwrap_err();
        assert!(error.message().ends_with("already activated"), "{error}");
    }
}
