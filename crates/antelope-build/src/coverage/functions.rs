//! The functions in the debug information, and which of them code belongs to.
//!
//! A function may be described several times: compiled on its own, and inlined into others. Each
//! description has ranges of code; inlined ones are within those of the function around them, so
//! the innermost is the one meant:
//!
//! ```text
//! 100 .. 180  transfer
//! 120 .. 150    check, inlined
//! 130 .. 140      require_auth, inlined
//!
//! offset 110 → transfer      offset 125 → check      offset 135 → require_auth
//! ```
//!
//! Code that the linker has dropped is still described, at 0 or at the end of the address space,
//! and is left out.

use super::dwarf::{Dwarf, Slice, Unit, path};
use gimli::{AttributeValue, DebuggingInformationEntry, EntriesTreeNode, UnitOffset};
use std::ops::Range;
use std::path::PathBuf;

/// A function, compiled on its own or inlined.
#[derive(Debug)]
pub(super) struct Function {
    /// Its number in the order of reading.
    pub(super) number: usize,
    /// Its name without path and type arguments.
    pub(super) name: String,
    /// The file of its declaration.
    pub(super) file: PathBuf,
    /// The line of its declaration.
    pub(super) line: u32,
    /// Whether it is a copy inside another function.
    inlined: bool,
}

impl Function {
    /// Whether it was compiled on its own.
    pub(super) const fn is_body(&self) -> bool {
        !self.inlined
    }
}

/// The functions of a module with their code.
#[derive(Default)]
pub(super) struct Functions {
    /// The functions, in the order of reading.
    functions: Vec<Function>,
    /// The ranges of code, each with the number of its function, sorted by where they begin; of two
    /// that begin together the outer one comes first.
    ranges: Vec<(Range<u64>, usize)>,
}

impl Functions {
    /// Reads all functions that have code.
    pub(super) fn read(dwarf: &Dwarf<'_>) -> Result<Self, gimli::Error> {
        let mut found = Self::default();
        let mut headers = dwarf.units();
        while let Some(header) = headers.next()? {
            let unit = dwarf.unit(header)?;
            let mut tree = unit.entries_tree(None)?;
            found.visit(dwarf, &unit, tree.root()?)?;
        }
        // Of two that begin together the larger is the outer one.
        found
            .ranges
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        Ok(found)
    }

    /// The innermost function whose code contains this offset.
    pub(super) fn innermost(&self, offset: u32) -> Option<&Function> {
        let offset = u64::from(offset);
        let end = self
            .ranges
            .partition_point(|(range, _)| range.start <= offset);
        let before = self.ranges[..end].iter().rev();
        let mut around = before.filter(|(range, _)| range.contains(&offset));
        around.next().map(|(_, number)| &self.functions[*number])
    }

    /// Reads an entry and everything below it.
    fn visit<'a>(
        &mut self,
        dwarf: &Dwarf<'a>,
        unit: &Unit<'a>,
        node: EntriesTreeNode<'_, '_, Slice<'a>>,
    ) -> Result<(), gimli::Error> {
        let entry = node.entry();
        let tag = entry.tag();
        if matches!(
            tag,
            gimli::DW_TAG_subprogram | gimli::DW_TAG_inlined_subroutine
        ) {
            self.add(dwarf, unit, entry, tag == gimli::DW_TAG_inlined_subroutine)?;
        }
        let mut children = node.children();
        while let Some(child) = children.next()? {
            self.visit(dwarf, unit, child)?;
        }
        Ok(())
    }

    /// Adds a function, if it has code that the linker has kept.
    fn add<'a>(
        &mut self,
        dwarf: &Dwarf<'a>,
        unit: &Unit<'a>,
        entry: &DebuggingInformationEntry<Slice<'a>>,
        inlined: bool,
    ) -> Result<(), gimli::Error> {
        let mut ranges = Vec::new();
        let mut code = dwarf.die_ranges(unit, entry)?;
        while let Some(range) = code.next()? {
            // What the linker has dropped begins at 0 or at the very end.
            if range.begin > 0 && range.begin < range.end && range.end < 0xffff_fff0 {
                ranges.push(range.begin..range.end);
            }
        }
        if ranges.is_empty() {
            return Ok(());
        }
        let mut declaration = Declaration::default();
        declaration.read(dwarf, unit, entry, 0)?;
        let number = self.functions.len();
        self.functions.push(Function {
            number,
            name: declaration.name.unwrap_or_default(),
            file: declaration.file.unwrap_or_default(),
            line: declaration.line.unwrap_or_default(),
            inlined,
        });
        self.ranges
            .extend(ranges.into_iter().map(|range| (range, number)));
        Ok(())
    }
}

/// What is known of a function's declaration. Entries leave out what the entry that they refer to
/// says.
#[derive(Default)]
struct Declaration {
    /// Its name.
    name: Option<String>,
    /// Its file.
    file: Option<PathBuf>,
    /// Its line.
    line: Option<u32>,
}

impl Declaration {
    /// Takes from an entry what is not known yet, and from the entries that it refers to.
    fn read<'a>(
        &mut self,
        dwarf: &Dwarf<'a>,
        unit: &Unit<'a>,
        entry: &DebuggingInformationEntry<Slice<'a>>,
        depth: u8,
    ) -> Result<(), gimli::Error> {
        if self.name.is_none()
            && let Some(value) = entry.attr_value(gimli::DW_AT_name)
        {
            let text = dwarf.attr_string(unit, value)?.to_string_lossy();
            // Without its type parameters.
            let name = text.split('<').next().unwrap_or_default();
            self.name = Some(name.to_owned());
        }
        if self.line.is_none()
            && let Some(line) = entry.attr_value(gimli::DW_AT_decl_line)
        {
            self.line = line.udata_value().and_then(|line| line.try_into().ok());
            if let Some(AttributeValue::FileIndex(index)) = entry.attr_value(gimli::DW_AT_decl_file)
            {
                self.file = Some(path(dwarf, unit, index)?);
            }
        }
        let origin = entry
            .attr_value(gimli::DW_AT_abstract_origin)
            .or_else(|| entry.attr_value(gimli::DW_AT_specification));
        // Deeper than a copy of a declaration nothing refers.
        if depth > 4 {
            return Ok(());
        }
        match origin {
            Some(AttributeValue::UnitRef(offset)) => self.follow(dwarf, unit, offset, depth),
            Some(AttributeValue::DebugInfoRef(offset)) => {
                let mut headers = dwarf.units();
                while let Some(header) = headers.next()? {
                    if let Some(offset) = offset.to_unit_offset(&header) {
                        return self.follow(dwarf, &dwarf.unit(header)?, offset, depth);
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reads the entry at this offset of a unit.
    fn follow<'a>(
        &mut self,
        dwarf: &Dwarf<'a>,
        unit: &Unit<'a>,
        offset: UnitOffset,
        depth: u8,
    ) -> Result<(), gimli::Error> {
        self.read(dwarf, unit, &unit.entry(offset)?, depth + 1)
    }
}
