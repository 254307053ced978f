//! The activation of protocol features.

use super::Chain;
use crate::store::Entry;
use antelope_types::{BlockHeader, ChainError, Extension, Feature, ensure};

impl Chain {
    /// Lets the next block activate these features, as
    /// `/v1/producer/schedule_protocol_feature_activations` of a node. It activates what contracts
    /// have asked for in any case.
    ///
    /// # Errors
    /// For a feature that is active, or that a contract must ask for first and has not.
    pub fn activate_features(&mut self, features: &[Feature]) -> Result<(), ChainError> {
        let protocol = self.state().protocol();
        for feature in features {
            let digest = feature.digest;
            ensure!(
                !protocol.has(*feature),
                ProtocolFeature,
                "protocol feature with digest '{digest}' is already activated"
            );
            ensure!(
                !feature.requires_preactivation()
                    || protocol.preactivated().any(|asked| asked == *feature),
                ProtocolFeature,
                "attempted to activate protocol feature without prior required preactivation: {digest}"
            );
        }
        self.record(|| Entry::Activate {
            features: features.iter().map(|feature| feature.digest).collect(),
        })?;
        self.scheduled_features = features.to_vec();
        Ok(())
    }

    /// Activates what is to be activated in the block that begins.
    pub(super) fn activate(&mut self) -> Result<(), ChainError> {
        let mut features = std::mem::take(&mut self.scheduled_features);
        for asked in self.state.protocol().preactivated() {
            if !features.contains(&asked) {
                features.push(asked);
            }
        }
        let block_num = self.head.number() + 1;
        self.state.global.protocol.activate(&features, block_num);
        if features.contains(&Feature::DISABLE_DEFERRED_TRXS_STAGE_2) {
            self.state.forget_deferred()?;
        }
        self.pending.activated = features;
        Ok(())
    }

    /// What the header tells of the features that its block activates.
    pub(super) fn activation_extension(&self) -> Option<Extension> {
        let activated = self.pending.activated.iter();
        BlockHeader::features_extension(activated.map(|feature| feature.digest).collect())
    }
}
