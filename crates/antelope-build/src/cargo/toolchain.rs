//! The compiler that builds contracts: its version, its libraries, and whether it has the target.
//!
//! Which compiler that is depends on the folder, because `rust-toolchain.toml` and `rustup
//! override` do. So rustc is asked in the root of the workspace: `rustc -vV` for version and
//! commit, `rustc --print sysroot` for the folder under which `lib/rustlib/<target>/lib` holds the
//! libraries of a target and `lib/rustlib/src/rust` their sources.

use crate::error::BuildError;
use crate::options::TARGET;
use antelope_module::cache_folder;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A wrapper for the compiler in the cache folder, relative to it. `scripts/setup` makes it where
/// rustup cannot download the target.
const SPARE: &str = "bin/rustc-wasm";

/// The rustc that cargo will call in a folder.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    /// The wrapper from the cache folder, if it replaces a compiler without the target. Cargo then
    /// finds it in `$RUSTC`.
    pub(crate) spare: Option<PathBuf>,
    /// The first line of `rustc --version`.
    pub(crate) version: String,
    /// The commit of the compiler, which names its library sources in messages.
    pub(crate) commit: Option<String>,
    /// The folder of its libraries.
    pub(crate) sysroot: PathBuf,
}

impl Toolchain {
    /// Asks rustc in a folder, so that a `rust-toolchain.toml` there is in force. `$RUSTC` is used
    /// if it is set; a compiler without the target is replaced by the wrapper from the cache
    /// folder, if there is one.
    ///
    /// # Errors
    /// [`BuildError::Spawn`] if rustc cannot be started, [`BuildError::Output`] if it fails.
    pub(crate) fn detect(folder: &Path) -> Result<Self, BuildError> {
        let given = std::env::var_os("RUSTC");
        let found = Self::of(given.as_deref().unwrap_or("rustc".as_ref()), folder)?;
        if given.is_some() || found.has_target() {
            return Ok(found);
        }
        match cache_folder()
            .map(|cache| cache.join(SPARE))
            .filter(|file| file.is_file())
        {
            Some(spare) => Ok(Self {
                spare: Some(spare.clone()),
                ..Self::of(spare.as_ref(), folder)?
            }),
            None => Ok(found),
        }
    }

    /// Asks this compiler for its version and sysroot.
    fn of(program: &OsStr, folder: &Path) -> Result<Self, BuildError> {
        let verbose = ask(program, folder, &["-vV"])?;
        let field = |name: &str| {
            verbose
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                .map(str::to_owned)
        };
        let version = verbose.lines().next().unwrap_or_default().to_owned();
        let commit = field("commit-hash").filter(|hash| hash != "unknown");
        let sysroot = PathBuf::from(ask(program, folder, &["--print", "sysroot"])?.trim());
        Ok(Self {
            spare: None,
            version,
            commit,
            sysroot,
        })
    }

    /// Whether the libraries for the target are installed.
    pub(crate) fn has_target(&self) -> bool {
        self.sysroot
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib")
            .is_dir()
    }

    /// Whether the sources of the libraries are installed, which compiling `core` needs.
    pub(crate) fn has_library_source(&self) -> bool {
        self.library_source()
            .join("library/core/src/lib.rs")
            .is_file()
    }

    /// Where the sources of the libraries are, if they are installed.
    pub(crate) fn library_source(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust")
    }
}

/// The standard output of the compiler for these arguments.
fn ask(program: &OsStr, folder: &Path, arguments: &[&str]) -> Result<String, BuildError> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(BuildError::spawn("rustc"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(BuildError::Output {
            program: "rustc",
            message,
        });
    }
    String::from_utf8(output.stdout).map_err(|error| BuildError::Output {
        program: "rustc",
        message: error.to_string(),
    })
}
