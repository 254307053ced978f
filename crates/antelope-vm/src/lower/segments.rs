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
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wasm_encoder::{ConstExpr, DataSection};

    const PAGE: u64 = 65_536;

    type Segment = (u32, Vec<u8>);

    fn parsed(section: &[u8]) -> Vec<Segment> {
        let reader = DataSectionReader::new(BinaryReader::new(section, 0)).expect("a section");
        let segments = reader.into_iter().map(|segment| {
            let segment = segment.expect("a segment");
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                panic!("an active segment");
            };
            match offset_expr.get_operators_reader().read() {
                Ok(Operator::I32Const { value }) => (value.cast_unsigned(), segment.data.to_vec()),
                other => panic!("{other:?}"),
            }
        });
        segments.collect()
    }

    fn merged(segments: &[Segment]) -> Vec<Segment> {
        let mut image = Segments::default();
        for (at, data) in segments {
            image.write((*at).into(), data);
        }
        parsed(&image.section())
    }

    /// Whether a module with these segments begins on so many pages: what engines check, those of
    /// nodes too (`execution_context::reset` of eos-vm).
    fn fits(segments: &[Segment], pages: u64) -> bool {
        let end = |(at, data): &Segment| u64::from(*at) + data.len() as u64;
        segments.iter().map(end).all(|end| end <= pages * PAGE)
    }

    fn memory(segments: &[Segment], pages: u64) -> Vec<u8> {
        let mut memory = vec![0; (pages * PAGE) as usize];
        for (at, data) in segments {
            memory[*at as usize..][..data.len()].copy_from_slice(data);
        }
        memory
    }

    /// Addresses at and around the borders of chunks and pages.
    fn address() -> impl Strategy<Value = u32> {
        let border = prop_oneof![Just(4096u32), Just(65_536)];
        (border, 0u32..4, 0u32..5)
            .prop_map(|(border, times, more)| (border * times + more).saturating_sub(2))
    }

    proptest! {
        #[test]
        fn merged_segments_fit_and_write_what_the_segments_do(
            segments in proptest::collection::vec((address(), proptest::collection::vec(1u8.., 0..9)), 0..12),
        ) {
            let merged = merged(&segments);
            for pages in 0..5 {
                prop_assert_eq!(fits(&merged, pages), fits(&segments, pages), "{} pages: {:?}", pages, merged);
                if fits(&segments, pages) {
                    prop_assert_eq!(memory(&merged, pages), memory(&segments, pages));
                }
            }
        }
    }

    #[test]
    fn an_empty_segment_at_the_end_of_the_address_space_needs_all_of_it() {
        for at in [u32::MAX - 4096, u32::MAX - 4095, u32::MAX - 1, u32::MAX] {
            let segments = [(at, Vec::new())];
            for pages in [65_534, 65_535, 65_536] {
                let expected = fits(&segments, pages);
                assert_eq!(fits(&merged(&segments), pages), expected, "{at} {pages}");
            }
        }
    }

    /// A section that the engine does not take, with one empty segment behind the memory.
    #[test]
    fn an_empty_segment_behind_the_memory_stays_behind_it_among_very_many() {
        let mut section = DataSection::new();
        for _ in 0..100_001 {
            section.active(0, &ConstExpr::i32_const(8), *b"a");
        }
        section.active(0, &ConstExpr::i32_const(PAGE as i32 + 1), []);
        let mut bytes = Vec::new();
        section.encode(&mut bytes);
        let mut reader = BinaryReader::new(&bytes, 0);
        reader.read_var_u32().expect("the length of the section");
        let raw = &bytes[bytes.len() - reader.bytes_remaining()..];
        let data = Entries {
            raw,
            ..Entries::default()
        };
        let merged = parsed(&Segments::merged(&data).expect("a section"));
        assert!(
            merged.len() < 3 && !fits(&merged, 1) && fits(&merged, 2),
            "{merged:?}"
        );
    }
}
