//! Segments of data of which there are more than the engine takes.

use super::shape::Entries;
use crate::sections::number;
use std::collections::BTreeMap;
use wasm_encoder::{Encode, Instruction as I};
use wasmparser::{BinaryReader, BinaryReaderError, DataKind, DataSectionReader, Operator};

/// Bytes that become one segment where any of them is set. Pages are a multiple of it, so that it is
/// within the memory where one byte of it is.
const CHUNK: u64 = 4096;

/// Memory as the segments make it, by chunks.
#[derive(Default)]
pub(super) struct Segments {
    chunks: BTreeMap<u64, Vec<u8>>,
}

impl Segments {
    /// The section of data with the same contents in fewer segments.
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

    fn write(&mut self, mut at: u64, mut data: &[u8]) {
        // One without contents lies within the memory, too, or the module never begins.
        if data.is_empty() {
            self.chunks.entry(at / CHUNK * CHUNK).or_default();
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
            I::I32Const((at as u32).cast_signed()).encode(&mut out);
            I::End.encode(&mut out);
            bytes.as_slice().encode(&mut out);
        }
        out
    }
}
