//! What line coverage needs of a contract: its code as written, and which lines that code is of.
//!
//! The contract is compiled once more without optimization, so that each line keeps instructions of its
//! own, and with debug information, which says which. Instructions at the beginning of a line's code and
//! of each basic block are the places to count at: a line was executed as often as the place of its that
//! was executed most.

mod blocks;
mod dwarf;
mod functions;
mod lines;
mod record;

pub use record::{
    CoverageRecorder, CoverageRecords, RecordedCoverage, read_records, record_failure,
};

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::BuildError;
use dwarf::Sections;
use functions::{Function, Functions};
use lines::Rows;

/// A contract that was compiled for line coverage.
#[derive(Debug, Clone)]
pub struct CoverageBuild {
    /// The module. It does what the deployed one does; nobody should deploy it.
    pub wasm: Vec<u8>,
    /// Where to count: ascending offsets into the contents of its code section.
    pub places: Vec<u32>,
    /// What is at each of them.
    pub map: LineMap,
}

/// Which lines the places of a module belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMap {
    /// The contract's package.
    pub package: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Source files.
    pub files: Vec<PathBuf>,
    /// Functions of the module, each as often as it was compiled: once for each set of type parameters.
    pub functions: Vec<CompiledFunction>,
    /// What is at each place, in the order of [`CoverageBuild::places`].
    pub places: Vec<PlaceLine>,
}

/// A function as the compiler has compiled it, or put it into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledFunction {
    /// Its name without its path, such as `transfer` or `{closure#0}`.
    pub name: String,
    /// The file of its declaration, a number of [`LineMap::files`].
    pub file: usize,
    /// The line of its declaration.
    pub line: u32,
}

/// The line of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceLine {
    /// A number of [`LineMap::files`].
    pub file: usize,
    /// The line, from 1 on.
    pub line: u32,
    /// The function, a number of [`LineMap::functions`].
    pub function: usize,
    /// Whether the function begins here.
    pub entry: bool,
}

/// Reads where to count from a linked module with debug information.
pub(crate) fn read(
    linked: &[u8],
    package: &str,
    folder: &Path,
) -> Result<(Vec<u32>, LineMap), BuildError> {
    let failed = |message: String| BuildError::Parse {
        package: package.to_owned(),
        message,
    };
    let bodies = blocks::bodies(linked).map_err(|error| failed(error.to_string()))?;
    let sections = Sections::read(linked);
    let debug_information = || {
        let dwarf = sections.dwarf()?;
        Ok::<_, gimli::Error>((Rows::read(&dwarf)?, Functions::read(&dwarf)?))
    };
    let (rows, functions) =
        debug_information().map_err(|error| failed(format!("debug information: {error}")))?;
    let mut map = LineMap {
        package: package.to_owned(),
        folder: folder.to_owned(),
        ..LineMap::default()
    };
    let mut places = Vec::new();
    let mut numbers = Numbers::default();
    for body in &bodies {
        let mut entered = BTreeSet::new();
        for instruction in &body.instructions {
            let Some((row, begins)) = rows.at(body.start, instruction.offset) else {
                continue;
            };
            if !(begins || instruction.begins_block) || is_of_the_compiler(&row.file) {
                continue;
            }
            let Some(function) = functions.innermost(instruction.offset) else {
                continue;
            };
            let entry = entered.insert(function.number) && function.is_body();
            let declared = numbers.file(&mut map, &function.file);
            let place = PlaceLine {
                file: numbers.file(&mut map, &row.file),
                line: row.line,
                function: numbers.function(&mut map, function, declared),
                entry,
            };
            places.push(instruction.offset);
            map.places.push(place);
        }
    }
    Ok((places, map))
}

/// Whether a file is of the compiler's own library, whose sources are usually not there.
fn is_of_the_compiler(file: &Path) -> bool {
    file.starts_with("/rustc") || file.as_os_str().is_empty()
}

/// Numbers of what is listed in a map.
#[derive(Default)]
struct Numbers {
    files: HashMap<PathBuf, usize>,
    functions: HashMap<usize, usize>,
}

impl Numbers {
    fn file(&mut self, map: &mut LineMap, file: &Path) -> usize {
        *self.files.entry(file.to_owned()).or_insert_with(|| {
            map.files.push(file.to_owned());
            map.files.len() - 1
        })
    }

    fn function(&mut self, map: &mut LineMap, function: &Function, file: usize) -> usize {
        *self.functions.entry(function.number).or_insert_with(|| {
            map.functions.push(CompiledFunction {
                name: function.name.clone(),
                file,
                line: function.line,
            });
            map.functions.len() - 1
        })
    }
}
