//! The activation of protocol features.
//!
//! A feature is activated by a block. It gets there in two ways: a contract has preactivated it
//! (`preactivate_feature`), or the operator schedules it, as for `PREACTIVATE_FEATURE` itself.
//!
//! | step | when |
//! |---|---|
//! | preactivated or scheduled | in any block |
//! | activated | at the start of the next one, before its transactions |
//! | in the block's header | as an extension with the digests |

use super::Chain;
use crate::store::Entry;
use antelope_types::{BlockHeader, ChainError, Extension, Feature, ensure};

impl Chain {
    /// Schedules features for activation by the next block, as
    /// `/v1/producer/schedule_protocol_feature_activations` of a node does. Preactivated features
    /// are activated in any case. A second call replaces the first.
    ///
    /// # Errors
    /// `protocol_feature_exception` (3250000) for a feature that is active, or that requires
    /// preactivation and is not preactivated.
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

    /// Activates the scheduled and the preactivated features in the block that starts.
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

    /// The header extension that lists the features activated by the block.
    pub(super) fn activation_extension(&self) -> Option<Extension> {
        let activated = self.pending.activated.iter();
        BlockHeader::features_extension(activated.map(|feature| feature.digest).collect())
    }
}
