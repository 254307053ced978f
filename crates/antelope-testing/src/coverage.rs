//! Which lines of contracts are executed, told to `cargo antelope coverage`.
//!
//! Where the environment variable `ANTELOPE_COVERAGE` names a folder, every process writes there which
//! lines its transactions execute of the contracts that it has built. Otherwise nothing is built,
//! executed or written for it.

use antelope_build::coverage::{CoverageRecorder, record_failure};
use antelope_build::{BuildOptions, build_for_coverage};
use antelope_chain::wasm::{Counting, add_counting_code};
use antelope_types::Checksum256;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The folder to write to.
const FOLDER: &str = "ANTELOPE_COVERAGE";

/// Begins to tell which lines of the contract with this code are executed, if anybody wants to know.
pub(crate) fn record_coverage(code_hash: Checksum256, package: &str, options: &BuildOptions) {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    if let Err(error) = record(code_hash, package, options, Path::new(&folder)) {
        complain(&error);
    }
}

fn record(
    code_hash: Checksum256,
    package: &str,
    options: &BuildOptions,
    folder: &Path,
) -> io::Result<()> {
    let build = match build_for_coverage(options) {
        Ok(build) => build,
        Err(error) => return record_failure(folder, package, &error),
    };
    let recorder = Arc::new(CoverageRecorder::create(folder, &build.map)?);
    let counted = Arc::clone(&recorder);
    let counting = Counting {
        code: build.wasm,
        places: build.places,
        counted: Box::new(move |hits| counted.add(hits).unwrap_or_else(|error| complain(&error))),
        diverged: Box::new(move |error| {
            let written = recorder.diverged(&error.to_string());
            written.unwrap_or_else(|error| complain(&error));
        }),
    };
    add_counting_code(code_hash, counting).map_err(io::Error::other)
}

fn complain(error: &io::Error) {
    eprintln!("coverage is not recorded in {FOLDER}: {error}");
}
