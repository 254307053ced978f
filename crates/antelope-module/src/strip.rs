//! Cutting a module down to what the chain runs, and reading the parts that are cut.
//!
//! Custom sections carry names, debug information and ABI records. A node ignores them, but they
//! would be billed as RAM and be part of the code hash.

use wasm_encoder::{ExportKind, ExportSection, RawSection};
use wasmparser::{ExternalKind, Parser, Payload};

/// The exports that are kept: a node calls `apply`, and tools read `memory`.
const EXPORTS: [&str; 2] = ["apply", "memory"];

/// Which custom sections are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Only `name`, which has the names of functions, for messages and size reports.
    Names,
    /// None. This is what is deployed.
    Nothing,
}

/// Removes custom sections, and every export except `apply` and `memory`. All other sections are
/// copied byte for byte.
///
/// ```
/// use antelope_module::{Keep, custom_section, strip};
/// use wasm_encoder::{CustomSection, Module};
///
/// let mut module = Module::new();
/// module.section(&CustomSection { name: "notes".into(), data: b"not for the chain".into() });
/// let module = module.finish();
/// assert_eq!(custom_section(&module, "notes")?, b"not for the chain");
///
/// let stripped = strip(&module, Keep::Nothing)?;
/// assert_eq!(stripped, b"\0asm\x01\0\0\0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The error of the parser if the module cannot be parsed.
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

/// The module that is deployed, from the same module with names: without custom sections. Its hash
/// is the code hash.
///
/// # Errors
/// As [`strip`].
pub fn without_names(named: &[u8]) -> Result<Vec<u8>, wasmparser::Error> {
    strip(named, Keep::Nothing)
}

/// The contents of all custom sections with this name, one after another in the order of the
/// module. The linker may have merged sections of several objects already.
///
/// # Errors
/// As [`strip`].
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

/// The data that the module puts into its memory, one slice for each segment.
///
/// ```
/// use antelope_module::data_segments;
/// use wasm_encoder::{ConstExpr, DataSection, MemorySection, MemoryType, Module};
///
/// let (mut memory, mut data) = (MemorySection::new(), DataSection::new());
/// memory.memory(MemoryType {
///     minimum: 1,
///     maximum: None,
///     memory64: false,
///     shared: false,
///     page_size_log2: None,
/// });
/// data.active(0, &ConstExpr::i32_const(1024), *b"a text");
/// let mut module = Module::new();
/// module.section(&memory).section(&data);
/// let module = module.finish();
/// assert_eq!(data_segments(&module)?, [b"a text"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`strip`].
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

/// A range of a module. Ranges come from a parser over the same bytes, so they fit; one that does
/// not is cut to the module.
pub(super) fn slice(wasm: &[u8], range: std::ops::Range<u64>) -> &[u8] {
    let bound = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(wasm.len());
    &wasm[bound(range.start)..bound(range.end)]
}
