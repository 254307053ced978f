//! The optional pass through Binaryen's wasm-opt.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::error::BuildError;
use crate::files;
use crate::hash::sha256_hex;
use antelope_module::cache_folder;

/// The version that set-up installs and that published builds use.
pub const PINNED_VERSION: u32 = 132;

/// What wasm-opt is told: options for all passes, then passes in their order.
const FLAGS: [&str; 12] = [
    // Within what EOS VM parses.
    "--mvp-features",
    // Names stay; they are stripped later.
    "--debuginfo",
    "--converge",
    // An added constant may move into the load or store behind it: below 1024 there is only the far
    // end of the stack, so that an address which has wrapped to there is none.
    "--low-memory-unused",
    // A function with one caller is inlined up to this size only: in a larger caller its locals have
    // longer numbers, and constants cannot be shared.
    "--one-caller-inline-max-function-size=10",
    "-Oz",
    // Another order of blocks, which the second round of passes makes shorter.
    "--flatten",
    "--rereloop",
    "-Oz",
    // Constants that come often, as names of tables do with eleven bytes, become locals.
    "--const-hoisting",
    // What is used most gets the shortest number.
    "--reorder-locals",
    "--reorder-functions",
];

/// A wasm-opt that was found and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasmOpt {
    /// The program.
    pub path: PathBuf,
    /// What `--version` prints.
    pub version: String,
}

impl WasmOpt {
    /// Looks in `$WASM_OPT`, then in the cache folder that set-up fills.
    ///
    /// The path is not searched: another version than the pinned one gives other bytes, so using
    /// one must be somebody's decision.
    #[must_use]
    pub fn find() -> Option<Self> {
        let path = match std::env::var_os("WASM_OPT") {
            Some(path) if !path.is_empty() => PathBuf::from(path),
            _ => cache_folder()?.join("bin").join("wasm-opt"),
        };
        Self::at(&path)
    }

    /// The program at a path, if it runs.
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

    /// Whether it is the version that published builds use.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        let number = self.version.split_whitespace().nth(2);
        number.and_then(|number| number.parse().ok()) == Some(PINNED_VERSION)
    }

    /// Makes a module smaller. Results are kept in `cache`, by contents of the module and version.
    ///
    /// # Errors
    /// The program fails or the files around it cannot be read or written.
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
