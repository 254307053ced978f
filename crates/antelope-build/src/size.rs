//! Where the bytes of a contract are, and what they cost on chain.
//!
//! A report divides the same bytes in several ways:
//!
//! - by **section** of the file: code, data, types, …, each with its header;
//! - by **function** of the module, and by the **crate** that the function's mangled name says;
//! - by what was **inlined** where. Most of a contract ends up in `apply`, whose name says no
//!   crate. Debug information says which functions were inlined into it:
//!   [`attribute_inlined`](crate::attribute_inlined).
//!
//! Sums need not agree to the byte: sections have headers, and inlining is measured before
//! wasm-opt.

mod inlined;

pub(crate) use inlined::{Inlined, inlined};

use crate::module::FunctionNames;
use serde::Serialize;
use std::collections::BTreeMap;
use wasmparser::{Parser, Payload};

/// The RAM in bytes that is billed for each byte of code: `setcode_ram_bytes_multiplier` in
/// nodeos's `config.hpp`.
pub const RAM_PER_CODE_BYTE: u64 = 10;

/// The size of a contract, in bytes, from several points of view.
///
/// ```
/// use antelope_build::SizeReport;
/// use antelope_build::module::FunctionNames;
///
/// // The smallest module: eight bytes of header and no sections.
/// let module = [0, b'a', b's', b'm', 1, 0, 0, 0];
/// let report = SizeReport::measure(&module, &FunctionNames::default(), 7)?;
/// assert_eq!((report.wasm_bytes, report.wasm_ram_bytes), (8, 80));
/// assert_eq!(report.abi_ram_bytes, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SizeReport {
    /// The length of the wasm file.
    pub wasm_bytes: u64,
    /// The RAM that `setcode` bills: ten bytes for each byte of the file.
    pub wasm_ram_bytes: u64,
    /// The RAM that `setabi` bills: the length of the packed ABI.
    pub abi_ram_bytes: u64,
    /// Each section with its header, in the order of the file.
    pub sections: Vec<SectionSize>,
    /// The code by crate, largest first.
    pub crates: Vec<CrateSize>,
    /// The functions of the module, largest first.
    pub functions: Vec<FunctionSize>,
    /// What was inlined into functions whose own name does not say a crate, above all `apply`;
    /// largest first. Empty until [`attribute_inlined`](crate::attribute_inlined) has been called.
    pub inlined: Vec<InlinedSize>,
}

/// A function of the source that was inlined into a function of the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InlinedSize {
    /// The function of the module.
    pub within: String,
    /// The function of the source.
    pub name: String,
    /// Its share of the bytes of `within`: the proportion when the module was linked, applied to
    /// the final size, since wasm-opt does not report what it removes.
    pub bytes: u64,
}

/// One section of the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionSize {
    /// The name of the section: `type`, `import`, `code`, `data`, …
    pub name: String,
    /// Its length with its header.
    pub bytes: u64,
}

/// The functions of one crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrateSize {
    /// The name of the crate, or `?` for functions whose name does not say one.
    pub name: String,
    /// The sum of its functions.
    pub bytes: u64,
}

/// One function of the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FunctionSize {
    /// Its demangled name, or `function N`.
    pub name: String,
    /// The length of its body with the length field.
    pub bytes: u64,
}

impl SizeReport {
    /// Divides the bytes of functions without a crate among what was inlined into them, and moves
    /// these bytes from the crate `?` to the crates that they come from.
    pub(crate) fn attribute(&mut self, inlined: &Inlined) {
        let mut found = Vec::new();
        for function in &self.functions {
            let Some(shares) = inlined.get(&function.name) else {
                continue;
            };
            let all: u64 = shares.values().sum();
            if crate_of(&function.name).is_some() || all == 0 {
                continue;
            }
            for (name, share) in shares {
                let bytes = function.bytes * share / all;
                if bytes > 0 {
                    found.push(InlinedSize {
                        within: function.name.clone(),
                        name: name.clone(),
                        bytes,
                    });
                }
            }
        }
        let mut crates: BTreeMap<String, u64> = self
            .crates
            .drain(..)
            .map(|row| (row.name, row.bytes))
            .collect();
        for row in &found {
            if let Some(name) = crate_of(&row.name) {
                *crates.entry(name).or_default() += row.bytes;
                if let Some(unknown) = crates.get_mut("?") {
                    *unknown = unknown.saturating_sub(row.bytes);
                }
            }
        }
        self.crates = by_size(crates);
        found.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        self.inlined = found;
    }

    /// Measures a module. `names` may be from before the module was stripped, as long as the
    /// functions have kept their order; `packed_abi` is the length of the packed ABI, which is
    /// billed as RAM like the code.
    ///
    /// Functions without a name are called `function N`, with the index that backtraces show.
    ///
    /// # Errors
    /// The error of the parser if the module cannot be parsed.
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
        report.crates = by_size(crates);
        report
            .functions
            .sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        Ok(report)
    }
}

/// Crates with any bytes, largest first, equal ones by name.
fn by_size(crates: BTreeMap<String, u64>) -> Vec<CrateSize> {
    let rows = crates.into_iter().filter(|(_, bytes)| *bytes > 0);
    let mut rows: Vec<_> = rows
        .map(|(name, bytes)| CrateSize { name, bytes })
        .collect();
    rows.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// The crate in a function's demangled name.
fn crate_of(name: &str) -> Option<String> {
    FunctionNames::crate_in(name).map(str::to_owned)
}

/// The name of a section by its id.
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

/// How many bytes a number takes in LEB128, as lengths in modules are written.
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
    fn what_was_inlined_is_told_by_its_share() {
        let mut report = SizeReport {
            crates: vec![CrateSize {
                name: "?".into(),
                bytes: 90,
            }],
            functions: vec![FunctionSize {
                name: "apply".into(),
                bytes: 90,
            }],
            ..SizeReport::default()
        };
        let shares = [("token::transfer", 200), ("sdk::read", 100), ("apply", 100)];
        let shares = shares.map(|(name, share)| (name.to_owned(), share)).into();
        report.attribute(&[("apply".to_owned(), shares)].into());
        let crates: Vec<_> = report
            .crates
            .iter()
            .map(|it| (&*it.name, it.bytes))
            .collect();
        assert_eq!(crates, [("token", 45), ("?", 23), ("sdk", 22)]);
        assert_eq!(report.inlined[0].name, "token::transfer");
    }

    #[test]
    fn leb128_lengths() {
        assert_eq!(
            [0, 127, 128, 16_383, 16_384].map(leb128_bytes),
            [1, 1, 2, 2, 3]
        );
    }
}
