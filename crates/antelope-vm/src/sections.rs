//! Sections of a WebAssembly module as raw bytes.
//!
//! [`prepare`](super::prepare) and the probes of a profile add entries to sections and copy
//! everything else unchanged, so that neither has to decode and encode a whole module.

use wasm_encoder::RawSection;
use wasmparser::BinaryReaderError;

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
pub(crate) fn section(module: &mut wasm_encoder::Module, id: u8, data: &[u8]) {
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
