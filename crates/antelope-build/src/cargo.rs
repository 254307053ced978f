//! Everything that is asked of cargo and rustc: the workspace, the compiler, compiling.

mod compile;
mod metadata;
mod remap;
mod sdk;
mod toolchain;

pub(crate) use compile::{Inlining, PROFILE, Variant, compile, expand, ignored_flags, stack_size};
pub(crate) use metadata::{Package, Workspace};
pub(crate) use sdk::{Declared, declared_sdk};
pub(crate) use toolchain::Toolchain;

use std::ffi::OsString;
use std::process::Command;

/// The cargo that runs this program (`$CARGO`), so that a `cargo +toolchain` stays in force;
/// otherwise the one on the path.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}
