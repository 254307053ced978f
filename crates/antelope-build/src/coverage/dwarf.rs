//! Debug information of a module, as the DWARF format has it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gimli::{EndianSlice, LittleEndian};

use crate::module::custom_section;

pub(super) type Slice<'a> = EndianSlice<'a, LittleEndian>;
pub(super) type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;
pub(super) type Unit<'a> = gimli::Unit<Slice<'a>>;

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

/// The sections of a linked module by name.
pub(super) struct Sections(BTreeMap<&'static str, Vec<u8>>);

impl Sections {
    pub(super) fn read(linked: &[u8]) -> Self {
        let sections = SECTIONS.into_iter();
        let contents = |name| custom_section(linked, name).unwrap_or_default();
        Self(sections.map(|name| (name, contents(name))).collect())
    }

    pub(super) fn dwarf(&self) -> Result<Dwarf<'_>, gimli::Error> {
        Dwarf::load(|id| {
            let bytes = self.0.get(id.name()).map_or(&[][..], Vec::as_slice);
            Ok(Slice::new(bytes, LittleEndian))
        })
    }
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
