//! From contract source to wasm, ABI and build information: the library behind `cargo antelope`.
//!
//! ```no_run
//! use antelope_build::{BuildOptions, build};
//!
//! let artifact = build(&BuildOptions::new(".").package("token"))?;
//! println!("{} bytes in {}", artifact.info.wasm_bytes, artifact.wasm.display());
//! # Ok::<(), antelope_build::BuildError>(())
//! ```
//!
//! A build runs these steps, and reports each to its caller when it begins:
//!
//! | step | what it does |
//! |---|---|
//! | `compile` | `cargo rustc` for [`TARGET`], with the profile, stack size and path names of this crate |
//! | `abi` | merges the records that `#[contract]` left in the linked module into canonical JSON |
//! | `strip` | removes custom sections and all exports but `apply` and `memory`; panics become traps |
//! | `optimize` | runs wasm-opt, if there is one |
//! | `validate` | refuses what a node would refuse, see [`validate`](mod@validate) |
//! | `write` | writes `<target>/antelope/<package>/<package>.{wasm,abi,build.json,debug.wasm}` |
//!
//! The same sources, lock file, compiler and wasm-opt give the same bytes in any folder on any
//! machine. Building needs `cargo` and a compiler with the target; [`doctor`] finds out what is
//! missing.
//!
//! # Without building
//!
//! ABIs can be checked and compared without compiling anything:
//!
//! ```
//! use antelope_build::abi::{Effect, check_abi, diff_abi};
//! use antelope_types::abi::AbiDef;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let old: AbiDef = serde_json::from_str(
//!     r#"{
//!         "version": "eosio::abi/1.2",
//!         "structs": [{"name": "hi", "base": "", "fields": [{"name": "user", "type": "name"}]}],
//!         "actions": [{"name": "hi", "type": "hi", "ricardian_contract": ""}]
//!     }"#,
//! )?;
//! check_abi(&old)?;
//!
//! let mut new = old.clone();
//! new.structs[0].fields[0].ty = "string".to_owned();
//! let changes = diff_abi(&old, &new);
//! assert_eq!(changes[0].effect, Effect::Breaking);
//! assert_eq!(changes[0].to_string(), "breaking    struct hi.user: name became string");
//! # Ok(()) }
//! ```
//!
//! [`validate_for`](validate::validate_for) and [`SizeReport::measure`] work on any module in
//! memory, [`scaffold`] creates new projects.

pub mod abi;
mod abi_problem;
mod artifact;
mod build;
mod cargo;
pub mod costs;
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
