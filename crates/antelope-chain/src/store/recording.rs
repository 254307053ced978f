//! What a checkpoint has of the recording of its chain.
//!
//! A checkpoint of a recording chain is the chain between two blocks. The block in production is in
//! it as the inputs that made it, not as its state: executing them again when the folder is opened
//! gives its traces too, which a state does not have.
//!
//! | field | encoded as |
//! |---|---|
//! | beginning | 1 byte whether it is there, slots (4), the inputs, each as an entry of the journal |
//! | recorded | how much of the logs and of the indexes is valid |
//! | records | blocks that are not in the logs, with both encodings, uncompressed |

use super::{Entry, Recorded};
use crate::block::BlockRecord;
use antelope_ledger::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::{Decode, Decoder, Encode};
use std::sync::Arc;

/// What a checkpoint has of a recording.
#[derive(Clone)]
pub(crate) struct RecordingImage {
    /// How the block in production began; `None` where it is in the image itself.
    pub(crate) beginning: Option<BeginningImage>,
    /// What is in the logs.
    pub(crate) recorded: Recorded,
    /// Records that are not in the logs.
    pub(crate) records: Vec<Arc<BlockRecord>>,
}

/// What is needed, beside the state, to make the block in production again.
#[derive(Clone)]
pub(crate) struct BeginningImage {
    /// How many half seconds after the previous block it began.
    pub(crate) slots: u32,
    /// What the chain was given since.
    pub(crate) inputs: Vec<Input>,
}

/// An input of the chain, as the journal has it.
#[derive(Clone)]
pub(crate) struct Input(pub(crate) Arc<Entry>);

impl Stored for Input {
    fn store(&self, out: &mut Output<'_>) {
        let bytes: Arc<[u8]> = self.0.to_bytes().into();
        bytes.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let bytes: Arc<[u8]> = Stored::restore(input)?;
        Ok(Self(Arc::new(Entry::from_bytes(&bytes)?)))
    }
}

stored_by_field! {
    RecordingImage { beginning, recorded, records }
    BeginningImage { slots, inputs }
}
