//! The debug sections of a module, and the file names in them.

use crate::module::custom_section;
use gimli::{EndianSlice, LittleEndian};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Bytes of a debug section.
pub(super) type Slice<'a> = EndianSlice<'a, LittleEndian>;
/// The debug information of a module.
pub(super) type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;
/// The debug information of one compilation unit.
pub(super) type Unit<'a> = gimli::Unit<Slice<'a>>;

/// The debug sections that a compiler for WebAssembly writes.
///
/// | section | what it holds |
/// |---|---|
/// | `.debug_info`, `.debug_abbrev` | functions, as trees of entries |
/// | `.debug_line`, `.debug_line_str` | lines, as programs that list rows, and file names |
/// | `.debug_ranges`, `.debug_rnglists`, `.debug_addr` | ranges of code |
/// | `.debug_str`, `.debug_str_offsets` | names |
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

/// The debug sections of a module by name. They are copied, since a section may be in several
/// pieces.
pub(super) struct Sections(BTreeMap<&'static str, Vec<u8>>);

impl Sections {
    /// Copies the debug sections; missing ones are empty.
    pub(super) fn read(linked: &[u8]) -> Self {
        let sections = SECTIONS.into_iter();
        let contents = |name| custom_section(linked, name).unwrap_or_default();
        Self(sections.map(|name| (name, contents(name))).collect())
    }

    /// The debug information in the sections.
    pub(super) fn dwarf(&self) -> Result<Dwarf<'_>, gimli::Error> {
        Dwarf::load(|id| {
            let bytes = self.0.get(id.name()).map_or(&[][..], Vec::as_slice);
            Ok(Slice::new(bytes, LittleEndian))
        })
    }
}

/// A file of a unit as a whole path: the folder of the compilation, the folder of the file, and its
/// name. Empty if the unit does not list it.
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

/// The path without `.` and `..`, so that equal files have equal paths.
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
