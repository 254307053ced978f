//! Places in source files. Only panics tell them, and here a panic is a trap, so that nobody reads them.

use crate::error::PackageError;
use std::ops::Range;
use wasmparser::{DataKind, Operator, Parser, Payload};

/// A place: the address of a file's name, its length, a line and a column, as the compiler lays out
/// `core::panic::Location`, each 4 bytes.
const PLACE: usize = 16;

/// Bytes of the module that are copied to an address in memory.
struct Segment {
    address: usize,
    bytes: Range<usize>,
}

/// The module with zeros instead of places and names of files, which wasm-opt leaves out.
pub(crate) fn erased(mut module: Vec<u8>) -> Result<Vec<u8>, PackageError> {
    let segments = segments(&module).map_err(|error| PackageError::Parse(error.to_string()))?;
    let mut unread = Vec::new();
    for segment in &segments {
        let places = segment
            .bytes
            .clone()
            .skip(segment.address.wrapping_neg() % 4);
        for at in places.step_by(4) {
            let Some(place) = module
                .get(at..at + PLACE)
                .filter(|_| at + PLACE <= segment.bytes.end)
            else {
                break;
            };
            let number = |place: &[u8]| {
                place
                    .iter()
                    .rev()
                    .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
            };
            let (address, length) = (number(&place[..4]), number(&place[4..8]));
            let name = segments
                .iter()
                .find_map(|segment| segment.find(address, length));
            let name = name.filter(|name| module[name.clone()].ends_with(b".rs"));
            if let Some(name) = name {
                unread.extend([name, at..at + PLACE]);
            }
        }
    }
    for bytes in unread {
        module[bytes].fill(0);
    }
    Ok(module)
}

impl Segment {
    /// Where in the module these bytes of memory are.
    fn find(&self, address: usize, length: usize) -> Option<Range<usize>> {
        let start = self.bytes.start + address.checked_sub(self.address)?;
        let end = start.checked_add(length)?;
        (end <= self.bytes.end).then_some(start..end)
    }
}

fn segments(module: &[u8]) -> wasmparser::Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::DataSection(section) = payload? else {
            continue;
        };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else {
                continue;
            };
            if let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? {
                let end = data.range.end as usize;
                segments.push(Segment {
                    address: value as usize,
                    bytes: end - data.data.len()..end,
                });
            }
        }
    }
    Ok(segments)
}
