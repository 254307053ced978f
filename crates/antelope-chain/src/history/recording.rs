//! A chain's recording: the records of its blocks, and the block in production so far.

use crate::block::{BlockRecord, Done, Pending};
use crate::store::{BeginningImage, Entry, Image, Input, Recorded, RecordingImage};
use antelope_history::Detail;
use antelope_ledger::state::State;
use antelope_types::Feature;
use imbl::{OrdMap, Vector};
use std::sync::Arc;

/// The recording of a chain. A clone shares its data, as that of a chain does.
#[derive(Clone, Default)]
pub(crate) struct Recording {
    /// The block in production; `None` where it had begun before the recording.
    pub(crate) production: Option<Beginning>,
    /// Complete blocks that are not in the logs.
    pub(crate) records: OrdMap<u32, Arc<BlockRecord>>,
    /// What is in the logs.
    pub(crate) recorded: Recorded,
    /// How much is kept of the traces of blocks from now on.
    pub(crate) detail: Detail,
}

/// How the block in production began, and what it has done since.
///
/// A checkpoint of a recording chain is the chain at this moment, between two blocks, with the
/// inputs since: executing them again gives the traces of the block in production too.
#[derive(Clone)]
pub(crate) struct Beginning {
    /// The state after the previous block.
    pub(crate) before: State,
    /// The protocol features that were scheduled for the block.
    pub(crate) features: Vec<Feature>,
    /// How many half seconds after the previous block it began.
    pub(crate) slots: u32,
    /// What the chain was given since.
    pub(crate) inputs: Vector<Arc<Entry>>,
    /// Its transactions so far, `onblock` and deferred ones first.
    pub(crate) traces: Vector<Done>,
}

impl Recording {
    /// Adds the recording to the image of its chain, which becomes the chain before the block in
    /// production.
    pub(crate) fn add_to(&self, image: &mut Image) {
        let beginning = self.production.as_ref().map(|beginning| {
            image.state = beginning.before.clone();
            image.pending = Pending::at(image.head.header.timestamp);
            image.scheduled_features = beginning.features.clone();
            BeginningImage {
                slots: beginning.slots,
                inputs: beginning.inputs.iter().cloned().map(Input).collect(),
            }
        });
        image.recording = Some(RecordingImage {
            beginning,
            recorded: self.recorded.clone(),
            records: self.records.values().cloned().collect(),
        });
    }

    /// The first block that is recorded, if one is.
    pub(crate) fn first(&self) -> Option<u32> {
        let in_memory = || self.records.get_min().map(|(number, _)| *number);
        self.recorded.first().or_else(in_memory)
    }
}

/// The recording before the block in production begins again.
impl From<RecordingImage> for Recording {
    fn from(image: RecordingImage) -> Self {
        let RecordingImage {
            beginning: _,
            recorded,
            records,
        } = image;
        Self {
            production: None,
            // As the process that opens the chain wants it, not as the one before did.
            detail: Detail::default(),
            records: records.into_iter().map(|it| (it.number(), it)).collect(),
            recorded,
        }
    }
}
