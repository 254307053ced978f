//! Which line the code at an offset belongs to, from the line tables of the debug information.
//!
//! A table is a list of rows; each holds from its offset up to that of the next one. Rows come in
//! sequences, one for each function, and the end of a sequence belongs to no line:
//!
//! ```text
//! offset 100   src/lib.rs:12
//! offset 108   src/lib.rs:13
//! offset 120   end of the sequence
//! ```

use super::dwarf::{Dwarf, Unit, path};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The line that code belongs to, from the offset of the row up to the next one.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The source file.
    pub(super) file: PathBuf,
    /// The line, from 1.
    pub(super) line: u32,
}

/// The rows by their offsets; `None` where a sequence ends or the code belongs to no line.
#[derive(Default)]
pub(super) struct Rows(BTreeMap<u32, Option<Row>>);

impl Rows {
    /// The row of the instruction at `offset`, in the body that begins at `body`, and whether the
    /// row begins with it.
    pub(super) fn at(&self, body: u32, offset: u32) -> Option<(&Row, bool)> {
        // A sequence begins with the body or with the body's length in front.
        let (start, row) = self.0.range(body.saturating_sub(5)..=offset).next_back()?;
        Some((row.as_ref()?, *start == offset))
    }
}

impl Rows {
    /// Reads the line tables of all units.
    pub(super) fn read(dwarf: &Dwarf<'_>) -> Result<Self, gimli::Error> {
        let mut rows = Self::default();
        let mut headers = dwarf.units();
        while let Some(header) = headers.next()? {
            read_rows(dwarf, &dwarf.unit(header)?, &mut rows)?;
        }
        Ok(rows)
    }
}

/// Adds the line table of one unit.
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
