//! What blocks say of themselves, and what they tell in extensions: activated features and, since
//! `WTMSIG_BLOCK_SIGNATURES`, schedules of producers.

use crate::{
    BlockTimestamp, Checksum256, Decode, Encode, Extension, LegacySchedule, Name, Schedule,
};
use alloc::vec::Vec;

/// The kind of a header extension that lists the digests of features: `protocol_feature_activation` of
/// nodes. The data is a list of digests of 32 bytes.
const ACTIVATION: u16 = 0;

/// The kind of a header extension with a new schedule: `producer_schedule_change_extension` of nodes.
///
/// The data is a [`Schedule`].
const SCHEDULE_CHANGE: u16 = 1;

/// What a block says of itself: `block_header` of a node.
///
/// The fields stand on the wire in the order they have here, so that a header without a schedule and
/// extensions takes 116 bytes. The digest of these bytes, with the number in front, is the block's id.
///
/// ```
/// use antelope_types::{BlockHeader, BlockTimestamp, Checksum256, Encode, name};
/// let header = BlockHeader {
///     timestamp: BlockTimestamp::from_slot(1),
///     producer: name!("eosio"),
///     confirmed: 1,
///     previous: Checksum256::ZERO,
///     transaction_mroot: Checksum256::ZERO,
///     action_mroot: Checksum256::ZERO,
///     schedule_version: 0,
///     new_producers: None,
///     header_extensions: vec![],
/// };
/// assert_eq!(header.encoded_len(), 116);
/// assert_eq!(header.number(), 1); // nothing comes before it
/// assert!(header.id().to_string().starts_with("00000001"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BlockHeader {
    /// The slot of 500 ms that it was made in; later than that of the block before.
    pub timestamp: BlockTimestamp,
    /// Who made it.
    pub producer: Name,
    /// How many blocks before it its producer confirms.
    pub confirmed: u16,
    /// The id of the block before it.
    /// Its first four bytes are that block's number; all zeros in the first block.
    pub previous: Checksum256,
    /// The root of the tree of its transactions.
    /// Zeros in a block without transactions.
    pub transaction_mroot: Checksum256,
    /// The root of the tree of the receipts of its actions.
    /// The leaves are [`ActionReceipt::digest`](crate::ActionReceipt::digest). Since Savanna nodes keep
    /// the root of finality here instead.
    pub action_mroot: Checksum256,
    /// The version of the schedule of producers.
    /// It is the one that this block's producer is of, not the one that a change in this block announces.
    pub schedule_version: u32,
    /// The schedule that is to follow, before `WTMSIG_BLOCK_SIGNATURES`.
    pub new_producers: Option<LegacySchedule>,
    /// Changes of the schedule and of protocol features.
    /// Ascending by kind; of the two kinds that are read here there is at most one each.
    pub header_extensions: Vec<Extension>,
}

impl BlockHeader {
    /// The block's number, from 1.
    ///
    /// It is not stored: it is one more than the number in [`previous`](Self::previous).
    pub fn number(&self) -> u32 {
        number_of(&self.previous) + 1
    }

    /// The block's id: its digest, with its number in the first four bytes.
    ///
    /// So an id tells the number of its block, and ids sort by it.
    pub fn id(&self) -> Checksum256 {
        let mut id = Checksum256::sha256(&self.to_bytes());
        id.0[..4].copy_from_slice(&self.number().to_be_bytes());
        id
    }
}

/// The number in a block's id.
///
/// It stands there big-endian, so that ids sort by it.
fn number_of(id: &Checksum256) -> u32 {
    let [a, b, c, d, ..] = id.0;
    u32::from_be_bytes([a, b, c, d])
}

impl BlockHeader {
    /// Tells of the features with these digests.
    ///
    /// There is no extension for an empty list.
    pub fn features_extension(digests: Vec<Checksum256>) -> Option<Extension> {
        (!digests.is_empty()).then(|| Extension {
            kind: ACTIVATION,
            data: digests.to_bytes(),
        })
    }

    /// Tells of a schedule.
    ///
    /// It replaces [`new_producers`](Self::new_producers) since `WTMSIG_BLOCK_SIGNATURES`.
    pub fn schedule_extension(schedule: &Schedule) -> Extension {
        Extension {
            kind: SCHEDULE_CHANGE,
            data: schedule.to_bytes(),
        }
    }

    /// The digests of the protocol features that the block activates.
    ///
    /// `None` where it activates none, and where the extension cannot be read.
    pub fn activated_features(&self) -> Option<Vec<Checksum256>> {
        self.extension(ACTIVATION)
    }

    /// The schedule that is to follow, where an extension tells it; see also
    /// [`new_producers`](Self::new_producers).
    pub fn new_schedule(&self) -> Option<Schedule> {
        self.extension(SCHEDULE_CHANGE)
    }

    /// The data of the first extension of a kind, if there is one that is a `T` to its last byte.
    fn extension<T: for<'a> Decode<'a>>(&self, kind: u16) -> Option<T> {
        let mut extensions = self.header_extensions.iter();
        let found = extensions.find(|extension| extension.kind == kind)?;
        T::from_bytes(&found.data).ok()
    }
}
