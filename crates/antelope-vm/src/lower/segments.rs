//! Segments of data of which there are more than the engine takes.
//!
//! Segments of data do no more than write bytes to memory, one segment after another, before anything
//! runs. Only the result matters. So the segments are played into an image of the memory, and the
//! image is written out in as few segments as it takes:
//!
//! ```text
//! contract                            lowered
//!
//! (data (i32.const 8) "ab")           (data (i32.const 0) "\00 … ac … c … ")     8192 bytes
//! (data (i32.const 9) "c")            (data (i32.const 65536) "d\00 … ")         4096 bytes
//! (data (i32.const 5000) "c")
//! (data (i32.const 65536) "d")
//! ```
//!
//! Where segments overlap, the later one wins, as in the module itself. The zeros that fill a chunk
//! change nothing: memory is zero before.
//!
//! A hostile module may scatter single bytes, each of which becomes 4 096. What that can amount to is
//! bounded by the chain's `max_linear_memory_init`, beyond which validation accepts no segment.

use super::shape::Entries;
use crate::sections::number;
use std::collections::BTreeMap;
use wasm_encoder::{Encode, Instruction as I};
use wasmparser::{BinaryReader, BinaryReaderError, DataKind, DataSectionReader, Operator};

/// Bytes that become one segment where any of them is set. Pages are a multiple of it, so that it is
/// within the memory where one byte of it is.
///
/// Apart from empty segments, two runs have at least one unset chunk between them. So an image of
/// `n` bytes has about `n / 8192` runs at most, and needs some 780 MiB to have more than the engine
/// takes.
const CHUNK: u64 = 4096;

/// Memory as the segments make it, by chunks.
#[derive(Default)]
pub(super) struct Segments {
    /// By the address of their first byte, a multiple of [`CHUNK`]. Each has [`CHUNK`] bytes, or none
    /// where only segments without contents lie in it.
    chunks: BTreeMap<u64, Vec<u8>>,
}

impl Segments {
    /// The section of data with the same contents in fewer segments.
    ///
    /// Every segment of a validated module is active and has a constant address; an address is
    /// unsigned, although the constant is written as a signed number.
    ///
    /// # Errors
    /// Where the section cannot be parsed.
    pub(super) fn merged(data: &Entries<'_>) -> Result<Vec<u8>, BinaryReaderError> {
        let mut segments = Self::default();
        for segment in DataSectionReader::new(BinaryReader::new(data.raw, 0))? {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                continue;
            };
            if let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read() {
                segments.write(value.cast_unsigned().into(), segment.data);
            }
        }
        Ok(segments.section())
    }

    /// Plays a segment into the image, split where it crosses from one chunk to the next.
    ///
    /// The address and the length are at most 32 bits each, so that 64 bits hold their sum.
    fn write(&mut self, mut at: u64, mut data: &[u8]) {
        // One without contents is checked as well: its address is at most the size of the memory, or
        // the module never begins. Sizes are multiples of a chunk, so an address is within a size
        // where the next multiple is.
        if data.is_empty() {
            self.chunks.entry(at.next_multiple_of(CHUNK)).or_default();
        }
        while !data.is_empty() {
            let within = (at % CHUNK) as usize;
            let (now, later) = data.split_at(data.len().min(CHUNK as usize - within));
            let chunk = self.chunks.entry(at - within as u64).or_default();
            chunk.resize(CHUNK as usize, 0);
            chunk[within..within + now.len()].copy_from_slice(now);
            at += now.len() as u64;
            data = later;
        }
    }

    /// The section: chunks that follow each other are one segment.
    ///
    /// Each entry is a byte 0 for an active segment of memory 0, the address as `i32.const … end`, and
    /// the contents with their length in front.
    fn section(self) -> Vec<u8> {
        let mut runs: Vec<(u64, Vec<u8>)> = Vec::new();
        for (at, chunk) in self.chunks {
            match runs.last_mut() {
                Some((from, bytes)) if *from + bytes.len() as u64 == at => bytes.extend(chunk),
                _ => runs.push((at, chunk)),
            }
        }
        let mut out = Vec::new();
        number(&mut out, runs.len() as u32);
        for (at, bytes) in runs {
            out.push(0);
            // An empty segment above the last chunk has 4 GiB as its next multiple, which is not an
            // address. The last address has the same effect: it is within 4 GiB and nothing less.
            let address = u32::try_from(at).unwrap_or(u32::MAX);
            I::I32Const(address.cast_signed()).encode(&mut out);
            I::End.encode(&mut out);
            bytes.as_slice().encode(&mut out);
        }
        out
    }
}

#[cfg(test)]
mod tests;
