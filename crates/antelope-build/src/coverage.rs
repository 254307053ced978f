//! Line coverage of contracts: the code as written, and which lines it belongs to.
//!
//! The deployed contract cannot be used for this: after inlining and optimization most lines have
//! no code of their own. So the contract is compiled once more without optimization and with debug
//! information, by [`build_for_coverage`](crate::build_for_coverage). The steps are
//!
//! 1. `read` selects the *places* to count at: instructions at which the code of a line or a
//!    basic block begins. A line was executed as often as its most executed place.
//! 2. The chain runs each transaction that succeeded once more with that module, and counts.
//! 3. [`CoverageRecorder`] writes the counts, one set of files for each process of tests.
//! 4. [`read_records`] reads them all, for `cargo antelope coverage` to add up.
//!
//! | module | what it reads |
//! |---|---|
//! | `blocks` | instructions and basic blocks of the code |
//! | `dwarf` | debug sections and file names |
//! | `lines` | which line each offset belongs to |
//! | `functions` | which function each offset belongs to |
//! | `record` | the files of counts |
//!
//! All offsets are relative to the contents of the code section, as in DWARF for WebAssembly.
//!
//! ```
//! use antelope_build::coverage::{CompiledFunction, CoverageRecorder, LineMap, PlaceLine, read_records};
//!
//! # fn main() -> std::io::Result<()> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! let map = LineMap {
//!     package: "shop".to_owned(),
//!     folder: "/shop".into(),
//!     files: vec!["/shop/src/lib.rs".into()],
//!     functions: vec![CompiledFunction { name: "buy".to_owned(), file: 0, line: 3 }],
//!     places: vec![PlaceLine { file: 0, line: 4, function: 0, entry: true }],
//! };
//! let recorder = CoverageRecorder::create(folder, &map)?;
//! recorder.add(&[1])?; // one action
//! recorder.add(&[2])?; // another
//! let records = read_records(folder)?;
//! assert_eq!(records.recorded[0].hits, [3]);
//! assert_eq!(records.recorded[0].map, map);
//! # Ok(()) }
//! ```

mod blocks;
mod dwarf;
mod functions;
mod lines;
mod record;

pub use record::{
    CoverageRecorder, CoverageRecords, RecordedCoverage, read_records, record_failure,
};

use crate::error::BuildError;
use dwarf::Sections;
use functions::{Function, Functions};
use lines::Rows;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// A contract that was compiled for line coverage.
#[derive(Debug, Clone)]
pub struct CoverageBuild {
    /// The module. It behaves like the deployed one, but is large and needs a large stack: do not
    /// deploy it.
    pub wasm: Vec<u8>,
    /// The places to count at: ascending offsets in bytes.
    pub places: Vec<u32>,
    /// The line of each place.
    pub map: LineMap,
}

/// Which lines the places of a module belong to. Written as JSON for the process that adds up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMap {
    /// The name of the contract's package.
    pub package: String,
    /// The folder of the package; lines of other packages can be left out by it.
    pub folder: PathBuf,
    /// The source files.
    pub files: Vec<PathBuf>,
    /// The functions of the module. A generic function is listed once for each set of type
    /// arguments.
    pub functions: Vec<CompiledFunction>,
    /// The line of each place, in the order of [`CoverageBuild::places`].
    pub places: Vec<PlaceLine>,
}

/// A function as it was compiled, on its own or inlined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledFunction {
    /// Its name without path and type arguments, such as `transfer` or `{closure#0}`.
    pub name: String,
    /// The file of its declaration, as an index of [`LineMap::files`].
    pub file: usize,
    /// The line of its declaration, from 1.
    pub line: u32,
}

/// The line of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceLine {
    /// The file, as an index of [`LineMap::files`].
    pub file: usize,
    /// The line, from 1.
    pub line: u32,
    /// The function, as an index of [`LineMap::functions`].
    pub function: usize,
    /// Whether it is the first place of a function that was compiled on its own: its count is that
    /// of calls.
    pub entry: bool,
}

/// Selects the places of a linked module with debug information, and finds their lines.
///
/// An instruction is a place if a line or a basic block begins with it, except in the compiler's
/// own libraries. The first place of each function that was compiled on its own counts its calls.
///
/// # Errors
/// [`BuildError::Parse`] if the module or its debug information cannot be parsed.
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
            // Places within a block would have the count of its beginning.
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

/// Whether a file belongs to the compiler's libraries, whose sources are usually not installed.
/// Their paths begin with `/rustc`, as the compiler was built elsewhere.
fn is_of_the_compiler(file: &Path) -> bool {
    file.starts_with("/rustc") || file.as_os_str().is_empty()
}

/// The indexes of files and functions that are in a map already.
#[derive(Default)]
struct Numbers {
    /// The index of each file.
    files: HashMap<PathBuf, usize>,
    /// The index of each function, by its number in the debug information.
    functions: HashMap<usize, usize>,
}

impl Numbers {
    /// The index of a file, which is added if it is new.
    fn file(&mut self, map: &mut LineMap, file: &Path) -> usize {
        *self.files.entry(file.to_owned()).or_insert_with(|| {
            map.files.push(file.to_owned());
            map.files.len() - 1
        })
    }

    /// The index of a function, which is added if it is new.
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
