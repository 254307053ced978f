//! Sections of modules as bytes.

use wasm_encoder::RawSection;
use wasmparser::BinaryReaderError;

/// A section's entries with more at the end.
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

pub(crate) fn section(module: &mut wasm_encoder::Module, id: u8, data: &[u8]) {
    module.section(&RawSection { id, data });
}

pub(crate) fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
