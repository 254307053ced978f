//! From contract source to wasm, ABI and build information.
//!
//! ```no_run
//! use antelope_build::{BuildOptions, build};
//!
//! let artifact = build(&BuildOptions::new(".").package("token"))?;
//! println!("{} bytes in {}", artifact.info.wasm_bytes, artifact.wasm.display());
//! # Ok::<(), antelope_build::BuildError>(())
//! ```
//!
//! A build is a row of named steps:
//!
//! | step | what it does |
//! |---|---|
//! | `compile` | `cargo rustc` for [`TARGET`], with the profile, stack size and path names of this crate |
//! | `abi` | the records that `#[contract]` left in the linked module become canonical JSON |
//! | `strip` | custom sections and exports go, all but `apply` and `memory`; panics become traps |
//! | `optimize` | wasm-opt, if there is one |
//! | `validate` | what a node would refuse is refused here, see [`validate`](mod@validate) |
//! | `write` | `<target>/antelope/<package>/<package>.{wasm,abi,build.json,debug.wasm}` |
//!
//! The same sources, lock file, compiler and wasm-opt give the same bytes in any folder on any
//! machine.

pub mod abi;
mod abi_problem;
mod artifact;
mod build;
mod cargo;
pub mod coverage;
pub mod doctor;
mod error;
mod files;
mod hash;
mod info;
mod optimize;
mod options;
mod progress;
pub mod scaffold;
mod size;

pub use antelope_module::cache_folder;
pub use antelope_module::{self as module, chain, validate};
pub use artifact::Artifact;
pub use build::{
    Checked, ContractPackage, abi_all, attribute_inlined, build, build_all, build_for_coverage,
    build_with, build_with_panics, check_all, contracts, expand,
};
pub use error::BuildError;
pub use info::{BuildInfo, Tool};
pub use optimize::{PINNED_VERSION, WasmOpt};
pub use options::{BuildOptions, STACK_SIZE, TARGET};
pub use progress::{Progress, Step, Warning};
pub use size::{CrateSize, FunctionSize, InlinedSize, RAM_PER_CODE_BYTE, SectionSize, SizeReport};
