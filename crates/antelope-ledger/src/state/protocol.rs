//! Protocol features: which are active, since which block, and which the next block will activate.
//!
//! Counterpart of a node's `protocol_state_object`
//! (`libraries/chain/include/eosio/chain/protocol_state_object.hpp`). A feature is activated in two
//! steps. A privileged contract *preactivates* it by its digest, and the next block activates it
//! and lists it in its header. A chain of ours can also begin with any set of features, which then
//! have no block number.

use super::State;
use crate::stored::stored_struct;
use antelope_types::{ChainError, Checksum256, ErrorKind, Feature, FeatureSet, ensure};
use imbl::Vector;

stored_struct! {
    /// The protocol features of a chain, as of the block in the making.
    #[derive(Clone, Debug, Default)]
    pub struct Protocol {
        /// The features that are active now, those included that the chain began with.
        pub active: FeatureSet,
        /// The features that were activated by blocks, each with the number of its block, in that
        /// order. Features that the chain began with are not listed.
        pub activated: Vector<(Feature, u32)>,
        /// The features that were preactivated since the last block, in that order. The next block
        /// activates all of them.
        pub preactivated: Vector<Feature>,
    }
}

impl Protocol {
    /// The features of a chain that begins with these active.
    pub fn beginning(active: FeatureSet) -> Self {
        Self {
            active,
            ..Self::default()
        }
    }

    /// The features that are active now.
    pub fn active(&self) -> FeatureSet {
        self.active
    }

    /// The features that blocks have activated, each with its block number, in the order of
    /// activation.
    pub fn activated(&self) -> impl ExactSizeIterator<Item = (Feature, u32)> {
        self.activated.iter().copied()
    }

    /// The features that the next block will activate.
    pub fn preactivated(&self) -> impl ExactSizeIterator<Item = Feature> {
        self.preactivated.iter().copied()
    }

    /// Whether the feature is active. A preactivated one is not, yet.
    pub fn has(&self, feature: Feature) -> bool {
        self.active.contains(feature)
    }

    /// Makes these features active from this block on, and clears the list of preactivated ones.
    ///
    /// Their dependencies are not checked here: [`State::preactivate`] has done so.
    pub fn activate(&mut self, features: &[Feature], block_num: u32) {
        for feature in features {
            self.active = self.active.with(*feature);
            self.activated.push_back((*feature, block_num));
        }
        self.preactivated.clear();
    }
}

impl State {
    /// The protocol features of the chain.
    pub fn protocol(&self) -> &Protocol {
        &self.global.protocol
    }

    /// Whether this protocol feature is active.
    pub fn has(&self, feature: Feature) -> bool {
        self.global.protocol.has(feature)
    }

    /// Preactivates the feature with this digest: the next block will activate it
    /// (`controller::preactivate_feature` of a node).
    ///
    /// # Errors
    /// - `subjective_block_production_exception` (3100006) for a digest that is not known.
    /// - `protocol_feature_exception` (3250000) if the feature is active or preactivated already,
    ///   or one that it depends on is neither.
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
