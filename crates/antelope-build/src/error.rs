//! What can go wrong between source and artifact.
//!
//! Each error has three parts for a command to show: a message that says what was wrong and what
//! was expected, a stable [`code`](BuildError::code) for programs, and a [`hint`](BuildError::hint)
//! that says what to do, where that is known.
//!
//! | code | when |
//! |---|---|
//! | `io` | a file or folder cannot be read, written or created |
//! | `spawn` | a program cannot be started |
//! | `cargo.metadata` | cargo cannot read the workspace |
//! | `output` | a program printed something unexpected |
//! | `package.unknown`, `package.not-a-contract`, `package.none`, `package.ambiguous` | no contract can be chosen |
//! | `target.missing` | the compiler has no libraries for the target |
//! | `compile` | the compiler refused the source |
//! | `wasm-opt` | wasm-opt failed |
//! | `wasm.parse` | the linked module cannot be parsed |
//! | `abi.records`, `abi.invalid` | the contract's ABI contradicts itself, or nodeos would not accept it |
//! | `abi.file` | a file is not an ABI |
//! | `wasm.stack` | local data do not fit on the stack |
//! | `wasm.refused` | a node would refuse the module |
//! | `project.name`, `project.folder`, `project.cargo` | a new project cannot be created |
//! | `sdk.given`, `sdk.missing` | the SDK for a new project was not found |

use crate::abi_problem::{AbiProblem, AbiProblems};
use crate::validate::Refusals;
use antelope_types::schema::SchemaError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a build, a check or a new project failed.
///
/// ```
/// use antelope_build::{BuildError, BuildOptions, contracts};
///
/// let nowhere = BuildOptions::new(std::env::temp_dir());
/// let error = contracts(&nowhere).unwrap_err();
/// assert!(matches!(error, BuildError::Metadata { .. }));
/// assert_eq!(error.code(), "cargo.metadata");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file or folder could not be read, written or created.
    #[error("cannot {verb} {path}: {source}")]
    Io {
        /// What was to be done: `read`, `write` or `create`.
        verb: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The reason that the system gives.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot run {program}: {source}")]
    Spawn {
        /// The program.
        program: String,
        /// The reason that the system gives.
        source: io::Error,
    },
    /// `cargo metadata` failed: the folder is not in a workspace, or a manifest cannot be read.
    #[error("cargo metadata failed in {folder}: {stderr}")]
    Metadata {
        /// The folder it ran in.
        folder: PathBuf,
        /// What cargo printed.
        stderr: String,
    },
    /// A program printed something unexpected, or an output could not be encoded.
    #[error("unexpected output of {program}: {message}")]
    Output {
        /// The program or file.
        program: &'static str,
        /// What was unexpected.
        message: String,
    },
    /// The workspace has no package of that name.
    #[error("no contract named {name} in {root}, expected one of: {}", known.join(", "))]
    NoPackage {
        /// The name asked for.
        name: String,
        /// The folder of the workspace.
        root: PathBuf,
        /// The names of its contracts.
        known: Vec<String>,
    },
    /// The package is a member of the workspace but not a contract.
    #[error("package {name} is not a contract: expected crate-type = [\"cdylib\"] in its [lib]")]
    NotAContract {
        /// The package.
        name: String,
    },
    /// The workspace has no contract at all.
    #[error("no contract in {root}, expected a package with crate-type = [\"cdylib\"]")]
    NoContract {
        /// The folder of the workspace.
        root: PathBuf,
    },
    /// One contract was needed, and the workspace has several.
    #[error("{root} has {} contracts, choose one of them: {}", known.len(), known.join(", "))]
    ManyContracts {
        /// The folder of the workspace.
        root: PathBuf,
        /// The names of its contracts.
        known: Vec<String>,
    },
    /// The compiler has no `core` for the target, and `build_std` is off.
    #[error("target {target} is not installed for {rustc}")]
    TargetMissing {
        /// The target.
        target: &'static str,
        /// The first line of `rustc --version`.
        rustc: String,
    },
    /// The compiler refused the source.
    #[error("{package} does not compile{}{}", unsuited(with_std.as_deref()), separated(stderr))]
    Compile {
        /// The package.
        package: String,
        /// The compiler's messages, unless cargo wrote them to stderr itself.
        stderr: String,
        /// The root of the library if `no_std` does not occur in it, which is then the likely
        /// cause.
        with_std: Option<PathBuf>,
    },
    /// wasm-opt failed.
    #[error("{program} failed: {stderr}")]
    Optimizer {
        /// The path of wasm-opt.
        program: PathBuf,
        /// What it printed.
        stderr: String,
    },
    /// The linked module could not be parsed.
    #[error("{package}: cannot parse the linked module: {message}")]
    Parse {
        /// The package.
        package: String,
        /// The parser's message.
        message: String,
    },
    /// The ABI records in the linked module contradict each other, or there are none.
    #[error("{package}: {source}")]
    AbiRecords {
        /// The package.
        package: String,
        /// The first contradiction.
        source: SchemaError,
    },
    /// The ABI is empty or ambiguous, or nodeos would not accept it.
    #[error("the ABI of {package} is not usable:\n{problems}")]
    Abi {
        /// The package.
        package: String,
        /// Everything wrong with it.
        problems: AbiProblems,
    },
    /// A file that should be an ABI is not one.
    #[error("{path} is not an ABI file: {message}")]
    AbiFile {
        /// The file.
        path: PathBuf,
        /// The parser's message.
        message: String,
    },
    /// The name of a new project cannot be the name of a package, or is that of a package it is
    /// compiled with.
    #[error("{name:?} cannot be a package name: {why}")]
    ProjectName {
        /// The name.
        name: String,
        /// What is wrong with it, as the end of the message.
        why: &'static str,
        /// A similar name that can be used, if there is one.
        suggestion: Option<String>,
    },
    /// The folder of a new project is a file, or exists and is not empty.
    #[error("{folder} {why}, expected a new or an empty folder")]
    ProjectFolder {
        /// The folder.
        folder: PathBuf,
        /// What is there, as the middle of the message.
        why: &'static str,
    },
    /// Cargo could not create the project, or not add it to the workspace around it.
    #[error("cargo could not create the project {folder}: {stderr}")]
    ProjectCargo {
        /// The folder.
        folder: PathBuf,
        /// What cargo printed.
        stderr: String,
    },
    /// The folder that was given as the SDK does not contain it.
    #[error(
        "{folder} does not contain the SDK, expected a checkout with crates/antelope-contract, or the folder of that crate"
    )]
    SdkGiven {
        /// The folder.
        folder: PathBuf,
    },
    /// No SDK was given, and the checkout that the tool was installed from no longer exists.
    #[error(
        "the SDK was not found: cargo-antelope was installed from {installed_from}, which no longer exists"
    )]
    SdkMissing {
        /// The checkout that the tool was installed from.
        installed_from: PathBuf,
    },
    /// Functions have more local data than fits on the stack.
    #[error(
        "{package} needs {needed} bytes of stack but has {stack}; the largest frames are{}",
        listed(frames)
    )]
    Stack {
        /// The package.
        package: String,
        /// The size of the stack, in bytes.
        stack: u32,
        /// The bytes of the frames that are on it at the same time.
        needed: u64,
        /// The functions with the largest frames, with their bytes.
        frames: Vec<(String, u32)>,
    },
    /// A node would refuse the module.
    #[error("{package} would be refused by a node:\n{refusals}")]
    Refused {
        /// The package.
        package: String,
        /// The reasons, each with the function at fault.
        refusals: Refusals,
    },
}

impl BuildError {
    /// A stable identifier of the kind of error, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::Spawn { .. } => "spawn",
            Self::Metadata { .. } => "cargo.metadata",
            Self::Output { .. } => "output",
            Self::NoPackage { .. } => "package.unknown",
            Self::NotAContract { .. } => "package.not-a-contract",
            Self::NoContract { .. } => "package.none",
            Self::ManyContracts { .. } => "package.ambiguous",
            Self::TargetMissing { .. } => "target.missing",
            Self::Compile { .. } => "compile",
            Self::Optimizer { .. } => "wasm-opt",
            Self::Parse { .. } => "wasm.parse",
            Self::AbiRecords { .. } => "abi.records",
            Self::Abi { .. } => "abi.invalid",
            Self::AbiFile { .. } => "abi.file",
            Self::ProjectName { .. } => "project.name",
            Self::ProjectFolder { .. } => "project.folder",
            Self::ProjectCargo { .. } => "project.cargo",
            Self::SdkGiven { .. } => "sdk.given",
            Self::SdkMissing { .. } => "sdk.missing",
            Self::Stack { .. } => "wasm.stack",
            Self::Refused { .. } => "wasm.refused",
        }
    }

    /// What to do about the error, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::TargetMissing { target, .. } => {
                format!(
                    "run: rustup target add {target}; or build with --build-std if rustup cannot download it"
                )
            }
            Self::Compile {
                with_std: Some(file),
                ..
            } => format!(
                "begin {} with: #![cfg_attr(target_family = \"wasm\", no_std)]",
                file.display()
            ),
            Self::ManyContracts { .. } => "name one of them with -p PACKAGE".to_owned(),
            Self::NotAContract { .. } | Self::NoContract { .. } => {
                "add to Cargo.toml: [lib] crate-type = [\"cdylib\", \"rlib\"]".to_owned()
            }
            Self::Abi { problems, .. } if problems.0.contains(&AbiProblem::Empty) => {
                "put #[contract] on a module with at least one #[action]".to_owned()
            }
            Self::ProjectName { suggestion, .. } => match suggestion {
                Some(name) => format!("choose another name for the package: --name {name}"),
                None => "choose another name for the package: --name NAME".to_owned(),
            },
            Self::SdkMissing { .. } => {
                "cargo antelope new PATH --sdk-path CHECKOUT, where CHECKOUT is a clone of the repository; \
                 or install again from one: cargo install --locked --path crates/cargo-antelope"
                    .to_owned()
            }
            Self::Stack { needed, .. } => {
                let heap = "put large values on the heap, in a Vec".to_owned();
                // With a quarter more, for calls and buffers of the SDK, in whole pages of 4 KiB.
                // Beyond 48 KiB too little of the 64 KiB would be left for data.
                match (needed + needed / 4).next_multiple_of(4096) {
                    stack @ 0..=49_152 => format!(
                        "{heap}; or give the contract more stack in its Cargo.toml: \
                         [package.metadata.antelope] stack-size = {stack}"
                    ),
                    _ => heap,
                }
            }
            Self::Optimizer { .. } => "build without wasm-opt: --no-opt".to_owned(),
            Self::Refused { refusals, .. } => {
                let mut hints: Vec<_> = refusals
                    .0
                    .iter()
                    .filter_map(|refusal| refusal.reason.hint())
                    .collect();
                hints.dedup();
                if hints.is_empty() {
                    return None;
                }
                hints.join("\n")
            }
            _ => return None,
        })
    }

    /// Turns an I/O error into [`BuildError::Io`], for `map_err`.
    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            verb,
            path: path.to_owned(),
            source,
        }
    }

    /// Turns an I/O error into [`BuildError::Spawn`], for `map_err`.
    pub(crate) fn spawn(program: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Spawn {
            program: program.to_owned(),
            source,
        }
    }
}

/// The largest frames, one a line.
fn listed(frames: &[(String, u32)]) -> String {
    frames
        .iter()
        .map(|(name, bytes)| format!("\n  {bytes} bytes in {name}"))
        .collect()
}

/// The likely cause of a failed compilation, to follow the message.
fn unsuited(with_std: Option<&Path>) -> &'static str {
    match with_std {
        Some(_) => ": it uses the standard library, which a contract does not have",
        None => "",
    }
}

/// Messages of a program, on lines of their own.
fn separated(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(":\n{text}")
    }
}
