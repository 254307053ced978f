//! Where the bytes of a contract are and what they cost on chain.

use std::collections::BTreeMap;

use serde::Serialize;
use wasmparser::{Parser, Payload};

use crate::module::FunctionNames;

/// RAM bytes billed for each byte of code: nodeos's `setcode_ram_bytes_multiplier`.
pub const RAM_PER_CODE_BYTE: u64 = 10;

/// The size of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SizeReport {
    /// Bytes of the wasm file.
    pub wasm_bytes: u64,
    /// RAM bytes billed by `setcode`.
    pub wasm_ram_bytes: u64,
    /// RAM bytes billed by `setabi`: those of the packed ABI.
    pub abi_ram_bytes: u64,
    /// Bytes of each section with its header, in the order of the file.
    pub sections: Vec<SectionSize>,
    /// Code bytes by crate, largest first.
    pub crates: Vec<CrateSize>,
    /// Functions, largest first.
    pub functions: Vec<FunctionSize>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionSize {
    /// Its name: `type`, `import`, `code`, `data`, …
    pub name: String,
    /// Its bytes with its header.
    pub bytes: u64,
}

/// The functions of one crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrateSize {
    /// The crate's name, or `?` for functions whose name tells none.
    pub name: String,
    /// Bytes of its functions.
    pub bytes: u64,
}

/// One function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FunctionSize {
    /// Demangled name, or `function N`.
    pub name: String,
    /// Bytes of its body with the length in front.
    pub bytes: u64,
}

impl SizeReport {
    /// Measures a module; `names` may be those it had before it was stripped.
    ///
    /// # Errors
    /// The module cannot be parsed.
    pub fn measure(
        wasm: &[u8],
        names: &FunctionNames,
        packed_abi: u64,
    ) -> Result<Self, wasmparser::Error> {
        let wasm_bytes = wasm.len() as u64;
        let mut report = Self {
            wasm_bytes,
            wasm_ram_bytes: wasm_bytes * RAM_PER_CODE_BYTE,
            abi_ram_bytes: packed_abi,
            ..Self::default()
        };
        let mut index = 0;
        let mut crates = BTreeMap::<String, u64>::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Payload::ImportSection(reader) = &payload {
                index = reader.count();
            }
            if let Payload::CodeSectionEntry(body) = &payload {
                let length = body.range().end - body.range().start;
                let bytes = length + leb128_bytes(length);
                let name = names
                    .get(index)
                    .map_or_else(|| format!("function {index}"), str::to_owned);
                *crates
                    .entry(names.crate_of(index).unwrap_or("?").to_owned())
                    .or_default() += bytes;
                report.functions.push(FunctionSize { name, bytes });
                index += 1;
            }
            if let Some((id, range)) = payload.as_section() {
                let length = range.end - range.start;
                let bytes = 1 + leb128_bytes(length) + length;
                report.sections.push(SectionSize {
                    name: section_name(id).to_owned(),
                    bytes,
                });
            }
        }
        report.crates = crates
            .into_iter()
            .map(|(name, bytes)| CrateSize { name, bytes })
            .collect();
        report
            .crates
            .sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        report
            .functions
            .sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        Ok(report)
    }
}

const fn section_name(id: u8) -> &'static str {
    match id {
        0 => "custom",
        1 => "type",
        2 => "import",
        3 => "function",
        4 => "table",
        5 => "memory",
        6 => "global",
        7 => "export",
        8 => "start",
        9 => "element",
        10 => "code",
        11 => "data",
        _ => "other",
    }
}

const fn leb128_bytes(value: u64) -> u64 {
    let mut bytes = 1;
    let mut rest = value >> 7;
    while rest > 0 {
        bytes += 1;
        rest >>= 7;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leb128_lengths() {
        assert_eq!(
            [0, 127, 128, 16_383, 16_384].map(leb128_bytes),
            [1, 1, 2, 2, 3]
        );
    }
}
