//! Sections of a WebAssembly module as raw bytes.
//!
//! [`prepare`](super::prepare) and the [counters](super::counters) of a profile add entries to sections and copy
//! everything else unchanged, so that neither has to decode and encode a whole module.

use wasm_encoder::{Module, RawSection};
use wasmparser::{BinaryReaderError, Parser, Payload};

/// A copy of a module, section by section: `rewrite` gets each, with its id and contents, and writes
/// what stands in its place. A section of code comes as a whole.
///
/// # Errors
/// Where the bytes cannot be parsed as a module, and the errors of `rewrite`.
pub(crate) fn rewritten<'a>(
    code: &'a [u8],
    mut rewrite: impl FnMut(&mut Module, Payload<'a>, u8, &'a [u8]) -> Result<(), BinaryReaderError>,
) -> Result<Vec<u8>, BinaryReaderError> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(code) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section() {
            let raw = &code[range.start as usize..range.end as usize];
            rewrite(&mut module, payload, id, raw)?;
        }
    }
    Ok(module.finish())
}

/// The contents of a section of entries, a LEB128 count and then the entries, with `more` entries
/// appended, whose bytes are `entries`.
///
/// # Errors
/// Where `raw` does not begin with a count.
pub(crate) fn appended(
    raw: &[u8],
    more: u32,
    entries: &[u8],
) -> Result<Vec<u8>, BinaryReaderError> {
    let mut reader = wasmparser::BinaryReader::new(raw, 0);
    let count = reader.read_var_u32()?;
    let mut out = Vec::new();
    number(&mut out, count + more);
    out.extend(&raw[reader.original_position() as usize..]);
    out.extend(entries);
    Ok(out)
}

/// Adds a section with this id and these contents.
pub(crate) fn section(module: &mut Module, id: u8, data: &[u8]) {
    module.section(&RawSection { id, data });
}

/// Appends an unsigned LEB128 number.
pub(crate) fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
