//! The compiler.

use std::path::PathBuf;
use std::process::Command;

use crate::error::BuildError;
use crate::options::TARGET;

/// The rustc that cargo will call in a folder.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    /// `rustc --version`.
    pub(crate) version: String,
    /// Commit of the compiler, which names its library sources in messages.
    pub(crate) commit: Option<String>,
    /// Where its libraries are.
    pub(crate) sysroot: PathBuf,
}

impl Toolchain {
    /// Asks rustc in a folder, so that a `rust-toolchain.toml` there counts.
    pub(crate) fn detect(folder: &std::path::Path) -> Result<Self, BuildError> {
        let verbose = ask(folder, &["-vV"])?;
        let field = |name: &str| {
            verbose
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                .map(str::to_owned)
        };
        Ok(Self {
            version: verbose.lines().next().unwrap_or_default().to_owned(),
            commit: field("commit-hash").filter(|hash| hash != "unknown"),
            sysroot: PathBuf::from(ask(folder, &["--print", "sysroot"])?.trim()),
        })
    }

    /// Whether `core` for the target is there.
    pub(crate) fn has_target(&self) -> bool {
        self.sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir()
    }

    /// Whether the library sources are there, which compiling `core` needs.
    pub(crate) fn has_library_source(&self) -> bool {
        self.library_source().join("library/core/src/lib.rs").is_file()
    }

    pub(crate) fn library_source(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust")
    }
}

fn ask(folder: &std::path::Path, arguments: &[&str]) -> Result<String, BuildError> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(BuildError::spawn("rustc"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(BuildError::Output { program: "rustc", message });
    }
    String::from_utf8(output.stdout)
        .map_err(|error| BuildError::Output { program: "rustc", message: error.to_string() })
}
