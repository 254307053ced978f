//! The lines and functions that debug information names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gimli::{EndianSlice, LittleEndian};

use super::functions::Functions;
use crate::module::custom_section;

pub(super) type Slice<'a> = EndianSlice<'a, LittleEndian>;
pub(super) type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;
pub(super) type Unit<'a> = gimli::Unit<Slice<'a>>;

/// What debug information says of a module.
pub(super) struct Found {
    pub(super) rows: Rows,
    pub(super) functions: Functions,
}

/// From this offset on, up to the next row, code belongs to the line.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) file: PathBuf,
    pub(super) line: u32,
}

/// The rows by their offsets; none where a sequence ends or the compiler made up the code.
#[derive(Default)]
pub(super) struct Rows(BTreeMap<u32, Option<Row>>);

impl Rows {
    /// The row of the instruction here, in the body that begins there, and whether the row begins with
    /// the instruction.
    pub(super) fn at(&self, body: u32, offset: u32) -> Option<(&Row, bool)> {
        // A sequence begins with the body or with the body's length in front.
        let (start, row) = self.0.range(body.saturating_sub(5)..=offset).next_back()?;
        Some((row.as_ref()?, *start == offset))
    }
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

pub(super) fn read(linked: &[u8]) -> Result<Found, gimli::Error> {
    let sections: BTreeMap<&str, Vec<u8>> = SECTIONS
        .into_iter()
        .map(|name| (name, custom_section(linked, name).unwrap_or_default()))
        .collect();
    let dwarf = Dwarf::load(|id| {
        let bytes = sections.get(id.name()).map_or(&[][..], Vec::as_slice);
        Ok::<_, gimli::Error>(Slice::new(bytes, LittleEndian))
    })?;
    let mut rows = Rows::default();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        let unit = dwarf.unit(header)?;
        read_rows(&dwarf, &unit, &mut rows)?;
    }
    Ok(Found {
        rows,
        functions: Functions::read(&dwarf)?,
    })
}

fn read_rows(dwarf: &Dwarf<'_>, unit: &Unit<'_>, rows: &mut Rows) -> Result<(), gimli::Error> {
    let Some(program) = unit.line_program.clone() else {
        return Ok(());
    };
    let mut paths = BTreeMap::new();
    let mut reader = program.rows();
    // Sequences of functions that the linker has dropped begin at 0, where no function is.
    let mut dropped = false;
    let mut begins = true;
    while let Some((_, row)) = reader.next_row()? {
        let address = row.address();
        if begins {
            dropped = address == 0 || u32::try_from(address).is_err() || address >= 0xffff_fff0;
        }
        begins = row.end_sequence();
        if dropped {
            continue;
        }
        let line = row.line().filter(|_| !row.end_sequence());
        let entry = line.map(|line| {
            let path = paths
                .entry(row.file_index())
                .or_insert_with(|| path(dwarf, unit, row.file_index()).unwrap_or_default());
            Row {
                file: path.clone(),
                line: u32::try_from(line.get()).unwrap_or(u32::MAX),
            }
        });
        let address = address as u32;
        // Where one sequence ends another may begin.
        if entry.is_some() || !rows.0.contains_key(&address) || !row.end_sequence() {
            rows.0.insert(address, entry);
        }
    }
    Ok(())
}

/// A file of a unit, as a whole path.
pub(super) fn path(
    dwarf: &Dwarf<'_>,
    unit: &Unit<'_>,
    index: u64,
) -> Result<PathBuf, gimli::Error> {
    let Some(program) = &unit.line_program else {
        return Ok(PathBuf::new());
    };
    let header = program.header();
    let Some(file) = header.file(index) else {
        return Ok(PathBuf::new());
    };
    let text = |value| {
        let text = dwarf.attr_string(unit, value)?;
        Ok::<_, gimli::Error>(text.to_string_lossy().into_owned())
    };
    let mut path = match &unit.comp_dir {
        Some(folder) => PathBuf::from(folder.to_string_lossy().into_owned()),
        None => PathBuf::new(),
    };
    if let Some(folder) = file.directory(header) {
        path.push(text(folder)?);
    }
    path.push(text(file.path_name())?);
    Ok(plain(&path))
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
