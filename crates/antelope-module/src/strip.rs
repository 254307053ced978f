//! Cutting a module down to what the chain runs.

use wasm_encoder::{ExportKind, ExportSection, RawSection};
use wasmparser::{ExternalKind, Parser, Payload};

/// Exports that mean something to a node: it calls `apply`, and tools read `memory`.
const EXPORTS: [&str; 2] = ["apply", "memory"];

/// Which custom sections survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Function names, for messages and size reports.
    Names,
    /// None: what is deployed.
    Nothing,
}

/// Removes custom sections and every export but `apply` and `memory`.
///
/// All other sections are copied byte for byte.
///
/// # Errors
/// The module cannot be parsed.
pub fn strip(wasm: &[u8], keep: Keep) -> Result<Vec<u8>, wasmparser::Error> {
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::CustomSection(section)
                if keep == Keep::Nothing || section.name() != "name" => {}
            Payload::ExportSection(reader) => {
                let mut exports = ExportSection::new();
                for export in reader.clone() {
                    let export = export?;
                    let kind = match export.kind {
                        ExternalKind::Func => ExportKind::Func,
                        ExternalKind::Memory => ExportKind::Memory,
                        _ => continue,
                    };
                    if EXPORTS.contains(&export.name) {
                        exports.export(export.name, kind, export.index);
                    }
                }
                if !exports.is_empty() {
                    module.section(&exports);
                }
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    module.section(&RawSection {
                        id,
                        data: slice(wasm, range),
                    });
                }
            }
        }
    }
    Ok(module.finish())
}

/// The code that is deployed, of the same code with names: the module without its custom sections.
///
/// # Errors
/// The module cannot be parsed.
pub fn without_names(named: &[u8]) -> Result<Vec<u8>, wasmparser::Error> {
    strip(named, Keep::Nothing)
}

/// Contents of all custom sections of one name, in order.
///
/// # Errors
/// The module cannot be parsed.
pub fn custom_section(wasm: &[u8], name: &str) -> Result<Vec<u8>, wasmparser::Error> {
    let mut contents = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == name
        {
            contents.extend_from_slice(section.data());
        }
    }
    Ok(contents)
}

/// What the module puts into its memory.
///
/// # Errors
/// The module cannot be parsed.
pub fn data_segments(wasm: &[u8]) -> Result<Vec<&[u8]>, wasmparser::Error> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::DataSection(section) = payload? {
            for segment in section {
                segments.push(segment?.data);
            }
        }
    }
    Ok(segments)
}

/// Ranges come from a parser over the same bytes, so they fit.
pub(super) fn slice(wasm: &[u8], range: std::ops::Range<u64>) -> &[u8] {
    let bound = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(wasm.len());
    &wasm[bound(range.start)..bound(range.end)]
}
