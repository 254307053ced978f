//! wasm-opt, with what browsers of today read.

use crate::error::PackageError;
use antelope_build::WasmOpt;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::{Command, Stdio};

/// The arguments, features first: what Chromium 96, Firefox 95 and Safari 16 have.
const FLAGS: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-multivalue",
    "--converge",
    "-Oz",
    "--strip-producers",
];

/// The module, smaller. Kept in cargo's folder by its hash, since this takes longest of all.
pub(crate) fn optimized(module: &[u8], target: &Path) -> Result<Vec<u8>, PackageError> {
    let optimizer = WasmOpt::find().ok_or(PackageError::NoOptimizer)?;
    let key = Sha256::new()
        .chain_update(module)
        .chain_update(&optimizer.version)
        .chain_update(FLAGS.join(" "))
        .finalize();
    let key: String = key[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let cache = target.join("coop-wasm-cache");
    let kept = cache.join(format!("{key}.wasm"));
    if let Ok(module) = std::fs::read(&kept) {
        return Ok(module);
    }
    std::fs::create_dir_all(&cache).map_err(PackageError::of(&cache))?;
    let work = |name: &str| cache.join(format!("{key}.{}.{name}", std::process::id()));
    let (input, output) = (work("in"), work("out"));
    std::fs::write(&input, module).map_err(PackageError::of(&input))?;
    let result = Command::new(&optimizer.path)
        .args(FLAGS)
        .arg(&input)
        .arg("-o")
        .arg(&output)
        .stdin(Stdio::null())
        .output()
        .map_err(PackageError::of(&optimizer.path))?;
    // A file that is left over does no harm.
    let _ = std::fs::remove_file(&input);
    if !result.status.success() {
        let said = String::from_utf8_lossy(&result.stderr);
        return Err(PackageError::Optimizer(said.trim().to_owned()));
    }
    // Whole or not at all, also where two do this at once.
    std::fs::rename(&output, &kept).map_err(PackageError::of(&kept))?;
    std::fs::read(&kept).map_err(PackageError::of(&kept))
}
