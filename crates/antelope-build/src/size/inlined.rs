//! Which functions the compiler has inlined where, from the DWARF debug information of a linked
//! module.
//!
//! DWARF describes each function of the module as a tree: the ranges of its code, and within it
//! `DW_TAG_inlined_subroutine` entries with their ranges and the function that they are a copy of.
//! The bytes of an entry are counted for that function, less those of entries within it:
//!
//! ```text
//! apply                     100 bytes   → apply               40
//!   token::transfer          60         → token::transfer     35
//!     sdk::table::find       25         → sdk::table::find    25
//! ```
//!
//! Ranges are relative to the contents of the code section, as the WebAssembly convention for DWARF
//! says. Only functions of `apply`'s kind are divided in reports, but all are read.

use crate::module::{FunctionNames, custom_section, demangle};
use gimli::{
    AttributeValue, DebuggingInformationEntry, EndianSlice, EntriesTreeNode, LittleEndian,
};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{Parser, Payload};

/// For each function of the module, how many bytes come from which function of the source.
pub(crate) type Inlined = BTreeMap<String, BTreeMap<String, u64>>;

/// Bytes of a debug section.
type Slice<'a> = EndianSlice<'a, LittleEndian>;
/// The debug information of the module.
type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;
/// The debug information of one compilation unit, usually a crate.
type Unit<'a> = gimli::Unit<Slice<'a>>;

/// Reads a linked module. Damaged debug information is taken as far as it can be read, since it
/// only serves reports.
pub(crate) fn inlined(linked: &[u8]) -> Inlined {
    let mut found = Inlined::new();
    // What was found before an error is still true.
    let _ = read(linked, &mut found);
    found
}

/// Reads all compilation units into `found`.
fn read(linked: &[u8], found: &mut Inlined) -> Result<(), gimli::Error> {
    let functions = functions(linked);
    let sections: BTreeMap<&str, Vec<u8>> = SECTIONS
        .into_iter()
        .map(|name| (name, custom_section(linked, name).unwrap_or_default()))
        .collect();
    let dwarf = Dwarf::load(|id| {
        let bytes = sections.get(id.name()).map_or(&[][..], Vec::as_slice);
        Ok::<_, gimli::Error>(Slice::new(bytes, LittleEndian))
    })?;
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        let unit = dwarf.unit(header)?;
        let mut tree = unit.entries_tree(None)?;
        let reader = Reader {
            dwarf: &dwarf,
            unit: &unit,
            functions: &functions,
        };
        reader.find(tree.root()?, found)?;
    }
    Ok(())
}

/// The debug sections that a compiler for WebAssembly writes.
const SECTIONS: [&str; 9] = [
    ".debug_abbrev",
    ".debug_addr",
    ".debug_info",
    ".debug_line",
    ".debug_line_str",
    ".debug_ranges",
    ".debug_rnglists",
    ".debug_str",
    ".debug_str_offsets",
];

/// The bodies of functions by their range within the contents of the code section, with their
/// names.
fn functions(linked: &[u8]) -> Vec<(Range<u64>, String)> {
    let names = FunctionNames::read(linked);
    let (mut start, mut index) = (0, 0);
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(linked).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(imports) => index = imports.count(),
            Payload::CodeSectionStart {
                unchecked_range, ..
            } => start = unchecked_range.start,
            Payload::CodeSectionEntry(body) => {
                let name = names.get(index);
                let name = name.map_or_else(|| format!("function {index}"), str::to_owned);
                let range = body.range();
                functions.push((range.start - start..range.end - start, name));
                index += 1;
            }
            _ => {}
        }
    }
    functions
}

/// What reading one compilation unit needs.
struct Reader<'r, 'a> {
    /// The debug information of the module.
    dwarf: &'r Dwarf<'a>,
    /// The compilation unit.
    unit: &'r Unit<'a>,
    /// The functions of the module by their ranges: see [`functions`].
    functions: &'r [(Range<u64>, String)],
}

impl<'a> Reader<'_, 'a> {
    /// Looks for functions that have code of their own, at any depth: they may be within namespaces
    /// and types.
    fn find(
        &self,
        node: EntriesTreeNode<'_, '_, Slice<'a>>,
        found: &mut Inlined,
    ) -> Result<(), gimli::Error> {
        let entry = node.entry();
        let function = match entry.tag() {
            gimli::DW_TAG_subprogram => self.function_at(entry)?,
            _ => None,
        };
        if let Some(function) = function {
            let bytes = self.bytes(entry)?;
            let shares = found.entry(function.to_owned()).or_default();
            *shares.entry(function.to_owned()).or_default() += bytes;
            return self.divide(node, function, shares);
        }
        let mut children = node.children();
        while let Some(child) = children.next()? {
            self.find(child, found)?;
        }
        Ok(())
    }

    /// Counts the bytes of inlined functions below an entry for them, and subtracts them from
    /// `owner`, the function that they are in.
    fn divide(
        &self,
        node: EntriesTreeNode<'_, '_, Slice<'a>>,
        owner: &str,
        shares: &mut BTreeMap<String, u64>,
    ) -> Result<(), gimli::Error> {
        let mut children = node.children();
        while let Some(child) = children.next()? {
            let entry = child.entry();
            if entry.tag() != gimli::DW_TAG_inlined_subroutine {
                self.divide(child, owner, shares)?;
                continue;
            }
            let name = self.origin(entry)?.unwrap_or_else(|| owner.to_owned());
            let bytes = self.bytes(entry)?;
            if let Some(rest) = shares.get_mut(owner) {
                *rest = rest.saturating_sub(bytes);
            }
            *shares.entry(name.clone()).or_default() += bytes;
            self.divide(child, &name, shares)?;
        }
        Ok(())
    }

    /// The function of the module that an entry describes, by where its code begins.
    fn function_at(
        &self,
        entry: &DebuggingInformationEntry<Slice<'a>>,
    ) -> Result<Option<&str>, gimli::Error> {
        let mut ranges = self.dwarf.die_ranges(self.unit, entry)?;
        let Some(first) = ranges.next()? else {
            return Ok(None);
        };
        let found = self.functions.iter().find(|(range, _)| {
            // An entry begins with the body or with the length field in front of it, so ranges are
            // compared for overlap.
            first.begin < range.end && range.start < first.end
        });
        Ok(found.map(|(_, name)| name.as_str()))
    }

    /// The bytes of all ranges of an entry. Code that the optimizer has spread out has several.
    fn bytes(&self, entry: &DebuggingInformationEntry<Slice<'a>>) -> Result<u64, gimli::Error> {
        let mut ranges = self.dwarf.die_ranges(self.unit, entry)?;
        let mut bytes = 0;
        while let Some(range) = ranges.next()? {
            bytes += range.end.saturating_sub(range.begin);
        }
        Ok(bytes)
    }

    /// The name of the function that an entry is a copy of.
    fn origin(
        &self,
        entry: &DebuggingInformationEntry<Slice<'a>>,
    ) -> Result<Option<String>, gimli::Error> {
        match entry.attr_value(gimli::DW_AT_abstract_origin) {
            Some(AttributeValue::UnitRef(offset)) => name(self.dwarf, self.unit, offset),
            Some(AttributeValue::DebugInfoRef(offset)) => {
                // A function of another crate, which is described in a unit of its own.
                let mut headers = self.dwarf.units();
                while let Some(header) = headers.next()? {
                    if let Some(offset) = offset.to_unit_offset(&header) {
                        return name(self.dwarf, &self.dwarf.unit(header)?, offset);
                    }
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }
}

/// The demangled name of a function. The linkage name is preferred, as it says the crate.
fn name(
    dwarf: &Dwarf<'_>,
    unit: &Unit<'_>,
    offset: gimli::UnitOffset,
) -> Result<Option<String>, gimli::Error> {
    let entry = unit.entry(offset)?;
    let value = entry
        .attr_value(gimli::DW_AT_linkage_name)
        .or_else(|| entry.attr_value(gimli::DW_AT_name));
    let Some(value) = value else {
        return Ok(None);
    };
    let text = dwarf.attr_string(unit, value)?;
    Ok(Some(demangle(&text.to_string_lossy())))
}
