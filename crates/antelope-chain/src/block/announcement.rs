//! What headers tell in extensions: activated features and, since `WTMSIG_BLOCK_SIGNATURES`,
//! schedules of producers.

use super::{BlockHeader, Schedule};
use antelope_types::{Checksum256, Decode, Encode, Extension};

/// `protocol_feature_activation` of nodes.
const ACTIVATION: u16 = 0;

/// `producer_schedule_change_extension` of nodes.
const SCHEDULE_CHANGE: u16 = 1;

/// Tells of the features with these digests.
pub(crate) fn of_features(digests: Vec<Checksum256>) -> Option<Extension> {
    (!digests.is_empty()).then(|| Extension {
        kind: ACTIVATION,
        data: digests.to_bytes(),
    })
}

/// Tells of a schedule.
pub(crate) fn of_schedule(schedule: &Schedule) -> Extension {
    Extension {
        kind: SCHEDULE_CHANGE,
        data: schedule.to_bytes(),
    }
}

impl BlockHeader {
    /// The digests of the protocol features that the block activates.
    pub fn activated_features(&self) -> Option<Vec<Checksum256>> {
        self.extension(ACTIVATION)
    }

    /// The schedule that is to follow, where an extension tells it; see also
    /// [`new_producers`](Self::new_producers).
    pub fn new_schedule(&self) -> Option<Schedule> {
        self.extension(SCHEDULE_CHANGE)
    }

    fn extension<T: for<'a> Decode<'a>>(&self, kind: u16) -> Option<T> {
        let mut extensions = self.header_extensions.iter();
        let found = extensions.find(|extension| extension.kind == kind)?;
        T::from_bytes(&found.data).ok()
    }
}
