//! Runs the compiler on one contract.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::metadata::{Package, Workspace};
use super::toolchain::Toolchain;
use super::{cargo, remap};
use crate::error::BuildError;
use crate::options::{BuildOptions, STACK_SIZE, TARGET};

/// The profile, given on the command line so that no manifest, no configuration file and no
/// `CARGO_PROFILE_RELEASE_*` of the user's changes the bytes.
///
/// Names stay in until the build has used them for its messages; it strips them itself.
///
/// What a contract does most, decoding, encoding and table rows, is in two crates that every contract
/// shares. Optimized for speed, they save a third of the instructions of a vote (beyond the 10 000 that
/// every action costs) for 7 % more bytes (`docs/costs.md`). All the rest is optimized for size.
pub(crate) const PROFILE: [(&str, &str); 11] = [
    ("opt-level", "\"z\""),
    ("package.antelope-types.opt-level", "2"),
    ("package.antelope-contract.opt-level", "2"),
    ("lto", "\"fat\""),
    ("codegen-units", "1"),
    ("panic", "\"abort\""),
    ("overflow-checks", "true"),
    ("debug-assertions", "false"),
    ("incremental", "false"),
    ("debug", "false"),
    ("strip", "\"none\""),
];

/// Bytes of stack for code that is not optimized.
const UNOPTIMIZED_STACK: u32 = 1 << 19;

/// What is different in the profile of code that is not optimized.
fn unoptimized(key: &str) -> Option<&'static str> {
    match key {
        "opt-level"
        | "package.antelope-types.opt-level"
        | "package.antelope-contract.opt-level" => Some("0"),
        "lto" => Some("\"off\""),
        "debug" => Some("\"limited\""),
        _ => None,
    }
}

/// Where flags come in behind the tool's back.
const FOREIGN_FLAGS: [&str; 4] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS",
];

/// Variables that would change what is compiled or where it goes.
const FOREIGN_SETTINGS: [&str; 4] = [
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
];

/// Which module is made of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The one that is deployed.
    Deployed,
    /// The same with debug information, which says what was inlined where.
    WithLines,
    /// One that fails with the text and the place where it panics.
    Telling,
    /// One whose functions are not put into each other, so that each has a frame of its own.
    Apart,
    /// One that is not optimized and has debug information: the code of each line is its own.
    Unoptimized,
}

impl Variant {
    /// The folder that it is compiled in: `core` and the SDK differ too.
    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Deployed => "cargo",
            Self::WithLines => "cargo-lines",
            Self::Telling => "cargo-panics",
            Self::Apart => "cargo-frames",
            Self::Unoptimized => "cargo-coverage",
        }
    }
}

/// Names of variables that are set and hold flags the build will not use.
pub(crate) fn ignored_flags() -> Vec<&'static str> {
    FOREIGN_FLAGS
        .into_iter()
        .filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
        .collect()
}

/// Compiles and links one contract and returns the path of the linked module.
///
/// One package for each call: building several at once would unify the features of their shared
/// dependencies, and a contract's bytes must not depend on what else was built. `cargo rustc
/// --crate-type` keeps the `rlib` that tests need out of it: with it rustc would leave LTO out.
///
/// The user's own flags are left out, with a warning by the caller: `CARGO_ENCODED_RUSTFLAGS` takes
/// precedence over every other source, and `-C target-cpu=native` or a host linker would at best
/// fail. It also stands paths with spaces, which `RUSTFLAGS` cannot.
pub(crate) fn compile(
    workspace: &Workspace,
    package: &Package,
    toolchain: &Toolchain,
    options: &BuildOptions,
    variant: Variant,
    build_dir: &Path,
) -> Result<PathBuf, BuildError> {
    let mut command = cargo();
    if let Some(spare) = &toolchain.spare {
        command.env("RUSTC", spare);
    }
    command.current_dir(&workspace.root).args([
        "rustc",
        "--lib",
        "--crate-type",
        "cdylib",
        "--release",
        "--target",
        TARGET,
        "--message-format",
        "json-render-diagnostics",
    ]);
    command
        .args(["--package", &package.name])
        .arg("--target-dir")
        .arg(build_dir);
    for (key, value) in PROFILE {
        let value = match variant {
            Variant::Unoptimized => unoptimized(key).unwrap_or(value),
            _ => value,
        };
        command.args(["--config", &format!("profile.release.{key}={value}")]);
    }
    if variant == Variant::WithLines {
        command.args(["--config", "profile.release.debug=\"limited\""]);
    }
    arguments(&mut command, options);
    let mut flags = match variant {
        // Never deployed: its places are for people.
        Variant::Telling => vec![OsString::from("--cfg=antelope_panic_texts")],
        // Never deployed either. Code of macros has the line where the macro is used.
        Variant::Unoptimized => vec![OsString::from("-Ccollapse-macro-debuginfo=yes")],
        Variant::Deployed | Variant::WithLines | Variant::Apart => {
            remap::flags(workspace, toolchain, build_dir)
        }
    };
    if variant == Variant::Apart {
        flags.push(OsString::from("-Cllvm-args=-inline-threshold=-100000"));
    }
    let mut stack = stack_size(package, options);
    if variant == Variant::Telling {
        // Text is put together on the stack.
        stack = stack.saturating_mul(2);
    }
    if variant == Variant::Unoptimized {
        // Every value has a place of its own there. The limit of what is deployed does not hold for it.
        stack = UNOPTIMIZED_STACK;
    }
    environment(&mut command, &flags);
    command.args(["--", "-C", &format!("link-arg=-zstack-size={stack}")]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(if options.show_cargo {
        Stdio::inherit()
    } else {
        Stdio::piped()
    });

    let child = command.spawn().map_err(BuildError::spawn("cargo"))?;
    let output = child
        .wait_with_output()
        .map_err(BuildError::spawn("cargo"))?;
    if !output.status.success() {
        return Err(BuildError::Compile {
            package: package.name.clone(),
            stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            with_std: with_std(&package.library),
        });
    }
    artifact(&output.stdout, &package.folder).ok_or_else(|| BuildError::Output {
        program: "cargo rustc",
        message: format!("no wasm file of {}", package.name),
    })
}

/// Bytes of stack: what the options say, else the manifest, else what a contract has.
pub(crate) fn stack_size(package: &Package, options: &BuildOptions) -> u32 {
    options
        .stack_size
        .or(package.stack_size)
        .unwrap_or(STACK_SIZE)
}

/// The source of one contract after its macros, as the compiler prints it.
///
/// `-Zunpretty=expanded` is for nightly compilers only; `RUSTC_BOOTSTRAP` lets a stable one do it. The
/// output is for people and goes into no build.
pub(crate) fn expand(
    workspace: &Workspace,
    package: &Package,
    toolchain: &Toolchain,
    options: &BuildOptions,
    build_dir: &Path,
) -> Result<String, BuildError> {
    let mut command = cargo();
    if let Some(spare) = &toolchain.spare {
        command.env("RUSTC", spare);
    }
    command.current_dir(&workspace.root);
    command.args(["rustc", "--lib", "--profile", "check", "--target", TARGET]);
    command
        .args(["--package", &package.name])
        .arg("--target-dir")
        .arg(build_dir);
    arguments(&mut command, options);
    environment(&mut command, &[]);
    command
        .args(["--", "-Zunpretty=expanded"])
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null());
    let output = command.output().map_err(BuildError::spawn("cargo"))?;
    if !output.status.success() {
        return Err(BuildError::Compile {
            package: package.name.clone(),
            with_std: None,
            stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The root of a contract if it never says `no_std`. Its own errors are then a flood of names that
/// are not found, with the cause on one of the first lines.
fn with_std(library: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(library).ok()?;
    (!text.contains("no_std")).then(|| library.to_owned())
}

fn arguments(command: &mut Command, options: &BuildOptions) {
    if options.locked {
        command.arg("--locked");
    }
    if options.offline {
        command.arg("--offline");
    }
    if options.no_default_features {
        command.arg("--no-default-features");
    }
    if !options.features.is_empty() {
        command.args(["--features", &options.features.join(",")]);
    }
    if options.build_std {
        command
            .arg("-Zbuild-std=core,alloc")
            .env("RUSTC_BOOTSTRAP", "1");
    }
}

fn environment(command: &mut Command, flags: &[OsString]) {
    for name in FOREIGN_FLAGS.into_iter().chain(FOREIGN_SETTINGS) {
        command.env_remove(name);
    }
    let mut encoded = OsString::from("-Csymbol-mangling-version=v0");
    for flag in flags {
        encoded.push("\u{1f}");
        encoded.push(flag);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", encoded);
}

/// The wasm file among the messages of cargo.
fn artifact(stdout: &[u8], folder: &Path) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        reason: String,
        manifest_path: Option<PathBuf>,
        #[serde(default)]
        filenames: Vec<PathBuf>,
    }
    let lines = stdout.split(|byte| *byte == b'\n');
    let messages = lines.filter_map(|line| serde_json::from_slice::<Message>(line).ok());
    messages
        .filter(|message| {
            message.reason == "compiler-artifact"
                && message.manifest_path.as_deref().and_then(Path::parent) == Some(folder)
        })
        .flat_map(|message| message.filenames)
        .find(|file| {
            file.extension()
                .is_some_and(|extension| extension == "wasm")
        })
}
