//! Probes in modules, and what they record of an action.
//!
//! `instrument` adds the probes to a module, `recording` collects what they report. The profiler
//! uses both; the engine by itself never runs an instrumented module.

mod instrument;
mod recording;

pub(crate) use instrument::{Block, PROBES};
pub(crate) use recording::{CHAIN, Call, Recording};

use crate::prepare;
use instrument::{Instrumented, instrument};
use wasmparser::BinaryReaderError;

/// Code prepared and instrumented.
///
/// # Errors
/// Where it cannot be parsed.
pub(crate) fn instrumented(code: &[u8]) -> Result<Instrumented, BinaryReaderError> {
    let prepared = prepare::prepare(code)?;
    instrument(&prepared.code, prepared.pooled)
}

/// Code as it is compiled for a profile, to resolve the offsets of a backtrace; empty where it
/// cannot be prepared.
pub(crate) fn compiled(code: &[u8]) -> Vec<u8> {
    instrumented(code).map_or_else(|_| Vec::new(), |instrumented| instrumented.code)
}
