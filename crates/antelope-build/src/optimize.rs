//! The optional pass through Binaryen's wasm-opt.
//!
//! It makes a contract about a fifth smaller. It is optional because it is a program of its own
//! that may not be installed; a build without it gives a correct contract and a warning. Since
//! another version gives other bytes, published builds use [`PINNED_VERSION`].

use crate::error::BuildError;
use crate::files;
use crate::hash::sha256_hex;
use antelope_module::cache_folder;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The version that `scripts/setup` installs and that published builds use.
pub const PINNED_VERSION: u32 = 132;

/// The arguments of wasm-opt: options for all passes, then the passes in order.
///
/// They were chosen by measuring the contracts of this repository. Together with the version they
/// are part of the cache key, so a change here optimizes everything anew.
const FLAGS: [&str; 12] = [
    // Only what EOS VM can parse.
    "--mvp-features",
    // Keeps the names of functions, which are stripped later.
    "--debuginfo",
    "--converge",
    // Lets an added constant move into the load or store that follows, which is wrong for addresses
    // that wrap around. Addresses below 1024 are only the far end of the stack, so no valid address
    // wraps to one.
    "--low-memory-unused",
    // Inlines a function with a single caller only up to this size: in a larger caller its locals
    // get longer indices, and constants cannot be shared.
    "--one-caller-inline-max-function-size=10",
    "-Oz",
    // Rebuilds the control flow in another order, which the second `-Oz` can make shorter.
    "--flatten",
    "--rereloop",
    "-Oz",
    // Constants that are used often become locals. Names of tables take eleven bytes each time.
    "--const-hoisting",
    // The most used locals and functions get the shortest indices.
    "--reorder-locals",
    "--reorder-functions",
];

/// A wasm-opt program that was found and runs.
///
/// ```
/// use antelope_build::WasmOpt;
///
/// if let Some(optimizer) = WasmOpt::find() {
///     assert!(optimizer.version.starts_with("wasm-opt"));
/// }
/// assert_eq!(WasmOpt::at("/nowhere/wasm-opt".as_ref()), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasmOpt {
    /// The path of the program.
    pub path: PathBuf,
    /// The output of `--version`, such as `wasm-opt version 132 (version_132)`.
    pub version: String,
}

impl WasmOpt {
    /// Looks for wasm-opt in `$WASM_OPT`, then in the cache folder that `scripts/setup` fills.
    ///
    /// `PATH` is not searched. Another version than the pinned one gives other bytes, so using one
    /// must be somebody's decision, not an accident of the machine.
    #[must_use]
    pub fn find() -> Option<Self> {
        let path = match std::env::var_os("WASM_OPT") {
            Some(path) if !path.is_empty() => PathBuf::from(path),
            _ => cache_folder()?.join("bin").join("wasm-opt"),
        };
        Self::at(&path)
    }

    /// The program at this path, if it runs and calls itself wasm-opt.
    #[must_use]
    pub fn at(path: &Path) -> Option<Self> {
        let output = Command::new(path)
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let version = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && version.starts_with("wasm-opt")).then(|| Self {
            path: path.to_owned(),
            version,
        })
    }

    /// Whether it is [`PINNED_VERSION`].
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        let number = self.version.split_whitespace().nth(2);
        number.and_then(|number| number.parse().ok()) == Some(PINNED_VERSION)
    }

    /// Optimizes a module. Results are kept in the folder `cache`, by the hash of module, version
    /// and arguments, because optimizing takes longer than everything else when nothing has
    /// changed.
    ///
    /// # Errors
    /// [`BuildError::Optimizer`] if the program fails, [`BuildError::Spawn`] if it cannot be
    /// started, and [`BuildError::Io`] if a file cannot be read or written.
    pub fn run(&self, wasm: &[u8], cache: &Path) -> Result<Vec<u8>, BuildError> {
        let key = sha256_hex(&[wasm, self.version.as_bytes(), FLAGS.join(" ").as_bytes()].concat());
        let kept = cache.join(format!("{key}.wasm"));
        if kept.is_file() {
            return files::read(&kept);
        }
        files::create_folder(cache)?;
        let input = files::temporary(cache, "in.wasm");
        let output = files::temporary(cache, "out.wasm");
        files::write(&input, wasm)?;
        let arguments: Vec<&OsStr> = FLAGS
            .iter()
            .map(OsStr::new)
            .chain([input.as_os_str(), OsStr::new("-o"), output.as_os_str()])
            .collect();
        let result = Command::new(&self.path)
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(BuildError::spawn(&self.path.display().to_string()));
        let optimized = result.and_then(|result| self.outcome(&result, &output));
        files::remove(&input);
        files::remove(&output);
        let optimized = optimized?;
        files::write(&kept, &optimized)?;
        Ok(optimized)
    }

    /// The optimized module, or the error with what the program printed.
    fn outcome(&self, result: &Output, output: &Path) -> Result<Vec<u8>, BuildError> {
        if !result.status.success() {
            return Err(BuildError::Optimizer {
                program: self.path.clone(),
                stderr: String::from_utf8_lossy(&result.stderr).trim().to_owned(),
            });
        }
        files::read(output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> WasmOpt {
        WasmOpt {
            path: PathBuf::from("wasm-opt"),
            version: text.to_owned(),
        }
    }

    #[test]
    fn only_the_pinned_version_is_pinned() {
        assert!(version(&format!("wasm-opt version {PINNED_VERSION} (version_132)")).is_pinned());
        assert!(version(&format!("wasm-opt version {PINNED_VERSION}")).is_pinned());
        for text in [
            "wasm-opt version 108",
            "wasm-opt version 132-dev",
            "wasm-opt",
            "",
        ] {
            assert!(!version(text).is_pinned(), "{text}");
        }
    }

    #[test]
    fn a_program_that_is_no_wasm_opt_is_none() {
        assert_eq!(WasmOpt::at(Path::new("/nowhere/wasm-opt")), None);
        assert_eq!(WasmOpt::at(Path::new("true")), None);
    }
}
