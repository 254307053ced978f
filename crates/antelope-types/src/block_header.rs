//! What blocks say of themselves, and what they tell in extensions: activated features and, since
//! `WTMSIG_BLOCK_SIGNATURES`, schedules of producers.

use crate::{
    BlockTimestamp, Checksum256, Decode, Encode, Extension, LegacySchedule, Name, Schedule,
};
use alloc::vec::Vec;

/// `protocol_feature_activation` of nodes.
const ACTIVATION: u16 = 0;

/// `producer_schedule_change_extension` of nodes.
const SCHEDULE_CHANGE: u16 = 1;

/// What a block says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BlockHeader {
    /// Its time.
    pub timestamp: BlockTimestamp,
    /// Who made it.
    pub producer: Name,
    /// How many blocks before it its producer confirms.
    pub confirmed: u16,
    /// The id of the block before it.
    pub previous: Checksum256,
    /// The root of the tree of its transactions.
    pub transaction_mroot: Checksum256,
    /// The root of the tree of the receipts of its actions.
    pub action_mroot: Checksum256,
    /// The version of the schedule of producers.
    pub schedule_version: u32,
    /// The schedule that is to follow, before `WTMSIG_BLOCK_SIGNATURES`.
    pub new_producers: Option<LegacySchedule>,
    /// Changes of the schedule and of protocol features.
    pub header_extensions: Vec<Extension>,
}

impl BlockHeader {
    /// The block's number, from 1.
    pub fn number(&self) -> u32 {
        number_of(&self.previous) + 1
    }

    /// The block's id: its digest, with its number in the first four bytes.
    pub fn id(&self) -> Checksum256 {
        let mut id = Checksum256::sha256(&self.to_bytes());
        id.0[..4].copy_from_slice(&self.number().to_be_bytes());
        id
    }
}

/// The number in a block's id.
fn number_of(id: &Checksum256) -> u32 {
    let [a, b, c, d, ..] = id.0;
    u32::from_be_bytes([a, b, c, d])
}

impl BlockHeader {
    /// Tells of the features with these digests.
    pub fn features_extension(digests: Vec<Checksum256>) -> Option<Extension> {
        (!digests.is_empty()).then(|| Extension {
            kind: ACTIVATION,
            data: digests.to_bytes(),
        })
    }

    /// Tells of a schedule.
    pub fn schedule_extension(schedule: &Schedule) -> Extension {
        Extension {
            kind: SCHEDULE_CHANGE,
            data: schedule.to_bytes(),
        }
    }

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
