//! Probes in modules, and what they record of an action.

mod instrument;
mod recording;

pub(crate) use instrument::{Block, PROBES};
pub(crate) use recording::{CHAIN, Call, Recording};

use crate::prepare;
use instrument::{Instrumented, instrument};
use wasmparser::BinaryReaderError;

/// Code with the probes that a profile counts by.
pub(crate) fn instrumented(code: &[u8]) -> Result<Instrumented, BinaryReaderError> {
    instrument(&prepare::prepare(code)?)
}

/// Code as it is compiled for a profile.
pub(crate) fn compiled(code: &[u8]) -> Vec<u8> {
    instrumented(code).map_or_else(|_| Vec::new(), |instrumented| instrumented.code)
}
