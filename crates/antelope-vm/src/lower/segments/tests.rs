//! Merged segments beside the segments that they are made of: where both fit, and what they write.

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
