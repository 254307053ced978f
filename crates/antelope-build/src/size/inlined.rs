//! What the compiler has inlined where, from the debug information of a linked module.

use std::collections::BTreeMap;
use std::ops::Range;

use gimli::{
    AttributeValue, DebuggingInformationEntry, EndianSlice, EntriesTreeNode, LittleEndian,
};
use wasmparser::{Parser, Payload};

use crate::module::{FunctionNames, custom_section, demangle};

/// For functions of the module, how many bytes come from which function of the source.
pub(crate) type Inlined = BTreeMap<String, BTreeMap<String, u64>>;

type Slice<'a> = EndianSlice<'a, LittleEndian>;
type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;
type Unit<'a> = gimli::Unit<Slice<'a>>;

/// Reads a linked module. Damaged debug information counts as absent: it only serves reports.
pub(crate) fn inlined(linked: &[u8]) -> Inlined {
    let mut found = Inlined::new();
    // What was read before something that cannot be read is true all the same.
    let _ = read(linked, &mut found);
    found
}

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

/// Sections of debug information that a compiler for WebAssembly writes.
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

/// The bodies of functions by their place within the code section, with their names: debug
/// information counts from the section's contents on.
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

struct Reader<'r, 'a> {
    dwarf: &'r Dwarf<'a>,
    unit: &'r Unit<'a>,
    functions: &'r [(Range<u64>, String)],
}

impl<'a> Reader<'_, 'a> {
    /// Looks for functions with code of their own.
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

    /// Gives inlined functions their bytes and takes these from the one they stand in.
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

    fn function_at(
        &self,
        entry: &DebuggingInformationEntry<Slice<'a>>,
    ) -> Result<Option<&str>, gimli::Error> {
        let mut ranges = self.dwarf.die_ranges(self.unit, entry)?;
        let Some(first) = ranges.next()? else {
            return Ok(None);
        };
        let found = self.functions.iter().find(|(range, _)| {
            // It begins with the body or with the body's length in front.
            first.begin < range.end && range.start < first.end
        });
        Ok(found.map(|(_, name)| name.as_str()))
    }

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
                // A function of another crate, which has a unit of its own.
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
