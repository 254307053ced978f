//! Makes the package of `coop-wasm` for browsers and Node.js: compiles the module, lets wasm-bindgen
//! write its JavaScript and its types, optimizes, and measures.
//!
//! ```text
//! cargo run -p coop-wasm-build --features bindgen -- [FOLDER]
//! ```
//!
//! The folder is `target/coop-wasm` unless it is named. The result, one line a file with its bytes as
//! they are and compressed, goes to standard output.

mod compile;
mod error;
mod locations;
mod optimize;
mod package;

use coop_wasm_build::SIZES;
use error::PackageError;
use package::{Measured, write_package};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    match run(folder) {
        Ok(sizes) => {
            print!("{sizes}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("coop-wasm-build: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: Option<PathBuf>) -> Result<String, PackageError> {
    // This crate's folder is two below the workspace's.
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let root = crates.and_then(Path::parent).unwrap_or(Path::new("."));
    let target = compile::target_folder(root);
    let folder = folder.unwrap_or_else(|| target.join("coop-wasm"));
    let module = locations::erased(compile::module(root, &target)?)?;
    let mut bound = package::bind(&module)?;
    bound.wasm = optimize::optimized(&bound.wasm, &target)?;
    let mut files = write_package(&bound, &root.join("crates/coop-wasm/js"), &folder)?;
    files.push(Measured::total(&files));
    let sizes: String = files.iter().map(Measured::line).collect();
    let file = folder.join(SIZES);
    std::fs::write(&file, &sizes).map_err(PackageError::of(&file))?;
    Ok(sizes)
}
