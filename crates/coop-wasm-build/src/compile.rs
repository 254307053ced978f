//! The module, as the compiler makes it.

use crate::error::PackageError;
use antelope_build::module::{FunctionNames, cut_panics};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the module is compiled for.
const TARGET: &str = "wasm32-unknown-unknown";
/// The profile in the workspace's manifest.
const PROFILE: &str = "browser";

/// Where cargo puts what it makes.
pub(crate) fn target_folder(root: &Path) -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").filter(|path| !path.is_empty());
    root.join(named.unwrap_or_else(|| "target".into()))
}

/// Compiles the module. Functions that only tell of a panic become traps: nobody reads what they tell.
pub(crate) fn module(root: &Path, target: &Path) -> Result<Vec<u8>, PackageError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo)
        .current_dir(root)
        // Named here and not in the manifest, where `cargo antelope build` takes each cdylib for a contract.
        .args(["rustc", "--quiet", "--package", "coop-wasm", "--lib"])
        .args(["--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", PROFILE])
        .env("CARGO_ENCODED_RUSTFLAGS", flags(root, target))
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(PackageError::of(PathBuf::from(cargo)))?;
    if !status.success() {
        return Err(PackageError::Compile { target: TARGET });
    }
    let file = target.join(TARGET).join(PROFILE).join("coop_wasm.wasm");
    let module = std::fs::read(&file).map_err(PackageError::of(&file))?;
    cut_panics(&module, &FunctionNames::read(&module))
        .map_err(|error| PackageError::Parse(error.to_string()))
}

/// The compiler's flags: folders of this machine do not get into the module, which would make its bytes
/// depend on where it was made. Most general first, since the last prefix that matches counts.
fn flags(root: &Path, target: &Path) -> OsString {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|it| Path::new(&it).join(".cargo")));
    let mut flags = OsString::from("--remap-path-scope=object");
    let mut remap = |from: &Path, to: &str| {
        flags.push("\u{1f}--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    };
    if let Some(home) = home {
        remap(&home, "/cargo");
        // The name of a registry's folder has a hash of its address, which differs for a mirror.
        let registries = std::fs::read_dir(home.join("registry/src"));
        let entries = registries.into_iter().flatten().flatten();
        let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
        // The same flags each time, so that cargo finds what it has compiled.
        folders.sort();
        for folder in folders {
            remap(&folder, "/registry");
        }
    }
    remap(root, "/workspace");
    remap(target, "/target");
    // SHA-256 in a loop, which is a quarter as large.
    flags.push("\u{1f}--cfg\u{1f}sha2_backend_soft=\"compact\"");
    // Products of 32 bits, which WebAssembly has; those of 64 are a call each.
    flags.push("\u{1f}--cfg\u{1f}cpubits=\"32\"");
    flags
}
