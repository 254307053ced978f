//! What can go wrong between source and artifact.

use std::io;
use std::path::{Path, PathBuf};

use antelope_types::schema::SchemaError;

use crate::abi_problem::{AbiProblem, AbiProblems};
use crate::validate::Refusals;

/// Why a build, a check or a project could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file or folder could not be read or written.
    #[error("cannot {verb} {path}: {source}")]
    Io {
        /// `read`, `write`, `create`.
        verb: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot run {program}: {source}")]
    Spawn {
        /// The program.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// `cargo metadata` failed.
    #[error("cargo metadata failed in {folder}: {stderr}")]
    Metadata {
        /// The folder it ran in.
        folder: PathBuf,
        /// Cargo's words.
        stderr: String,
    },
    /// A program printed something that could not be understood.
    #[error("unexpected output of {program}: {message}")]
    Output {
        /// The program.
        program: &'static str,
        /// What did not fit.
        message: String,
    },
    /// The workspace has no package of that name.
    #[error("no package {name} in {root}, expected one of: {}", known.join(", "))]
    NoPackage {
        /// The name asked for.
        name: String,
        /// The workspace.
        root: PathBuf,
        /// Names of its contracts.
        known: Vec<String>,
    },
    /// The package is not a contract.
    #[error("package {name} is not a contract: expected crate-type = [\"cdylib\"] in its [lib]")]
    NotAContract {
        /// The package.
        name: String,
    },
    /// The workspace has no contract at all.
    #[error("no contract in {root}, expected a package with crate-type = [\"cdylib\"]")]
    NoContract {
        /// The workspace.
        root: PathBuf,
    },
    /// One contract was needed and the workspace has several.
    #[error("{root} has {} contracts, expected a choice of one: {}", known.len(), known.join(", "))]
    ManyContracts {
        /// The workspace.
        root: PathBuf,
        /// Names of its contracts.
        known: Vec<String>,
    },
    /// The compiler has no `core` for the target.
    #[error("target {target} is not installed for {rustc}")]
    TargetMissing {
        /// The target.
        target: &'static str,
        /// `rustc --version`.
        rustc: String,
    },
    /// The compiler refused the code; its messages went to stderr.
    #[error("{package} does not compile{}{}", unsuited(with_std.as_deref()), separated(stderr))]
    Compile {
        /// The package.
        package: String,
        /// The compiler's messages, if they were captured.
        stderr: String,
        /// The file that should say `no_std` and does not.
        with_std: Option<PathBuf>,
    },
    /// wasm-opt failed.
    #[error("{program} failed: {stderr}")]
    Optimizer {
        /// The program.
        program: PathBuf,
        /// Its words.
        stderr: String,
    },
    /// The linked module could not be parsed.
    #[error("{package}: cannot parse the linked module: {message}")]
    Parse {
        /// The package.
        package: String,
        /// The parser's words.
        message: String,
    },
    /// The ABI records in the linked module do not fit together.
    #[error("{package}: {source}")]
    AbiRecords {
        /// The package.
        package: String,
        /// The first thing wrong.
        source: SchemaError,
    },
    /// The ABI is empty, ambiguous, or nodeos would not read it.
    #[error("the ABI of {package} is not usable:\n{problems}")]
    Abi {
        /// The package.
        package: String,
        /// The reasons.
        problems: AbiProblems,
    },
    /// An ABI file is not one.
    #[error("{path} is no ABI file: {message}")]
    AbiFile {
        /// The file.
        path: PathBuf,
        /// The parser's words.
        message: String,
    },
    /// A new project's name will not do.
    #[error("{name:?} cannot be a package name: {why}")]
    ProjectName {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
        /// A name like it that will do, if there is one.
        suggestion: Option<String>,
    },
    /// A new project's folder is in use.
    #[error("{folder} {why}, expected a new or an empty folder")]
    ProjectFolder {
        /// The folder.
        folder: PathBuf,
        /// What is there.
        why: &'static str,
    },
    /// Cargo could not make the project, or not place it in the workspace around it.
    #[error("cargo cannot make {folder}: {stderr}")]
    ProjectCargo {
        /// The folder.
        folder: PathBuf,
        /// Cargo's words.
        stderr: String,
    },
    /// The folder given as the SDK is none.
    #[error(
        "{folder} holds no SDK, expected a checkout with crates/antelope-contract, or that crate's folder"
    )]
    SdkGiven {
        /// The folder.
        folder: PathBuf,
    },
    /// No SDK was given and none was found.
    #[error(
        "the SDK was not found: cargo-antelope was installed from {installed_from}, which is gone"
    )]
    SdkMissing {
        /// The checkout that the tool was installed from.
        installed_from: PathBuf,
    },
    /// A function has more local data than the stack holds.
    #[error(
        "{package} needs {needed} bytes of stack and has {stack}; the largest frames are{}",
        listed(frames)
    )]
    Stack {
        /// The package.
        package: String,
        /// Bytes of stack.
        stack: u32,
        /// Bytes of the frames that are on it at the same time.
        needed: u64,
        /// The functions with the largest frames, with their bytes.
        frames: Vec<(String, u32)>,
    },
    /// A node would refuse the module.
    #[error("{package} would be refused by a node:\n{refusals}")]
    Refused {
        /// The package.
        package: String,
        /// The reasons.
        refusals: Refusals,
    },
}

impl BuildError {
    /// A stable identifier.
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

    /// What to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::TargetMissing { target, .. } => {
                format!("rustup target add {target}, or --build-std where rustup cannot download")
            }
            Self::Compile {
                with_std: Some(file),
                ..
            } => format!(
                "begin {} with: #![cfg_attr(target_family = \"wasm\", no_std)]",
                file.display()
            ),
            Self::ManyContracts { .. } => "-p PACKAGE".to_owned(),
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
                // With room for what calls and buffers of the SDK take; the data needs some, too.
                match (needed + needed / 4).next_multiple_of(4096) {
                    stack @ 0..=49_152 => format!(
                        "{heap}; or give the contract more stack in its Cargo.toml: \
                         [package.metadata.antelope] stack-size = {stack}"
                    ),
                    _ => heap,
                }
            }
            Self::Optimizer { .. } => "--no-opt builds without it".to_owned(),
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

    pub(crate) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            verb,
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn spawn(program: &str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Spawn {
            program: program.to_owned(),
            source,
        }
    }
}

fn listed(frames: &[(String, u32)]) -> String {
    frames
        .iter()
        .map(|(name, bytes)| format!("\n  {bytes} bytes in {name}"))
        .collect()
}

fn unsuited(with_std: Option<&Path>) -> &'static str {
    match with_std {
        Some(_) => ": it uses the standard library, which a contract does not have",
        None => "",
    }
}

fn separated(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(":\n{text}")
    }
}
