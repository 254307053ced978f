//! Runs the compiler on one contract.
//!
//! The bytes of a contract must not depend on who builds it. So everything that decides about them
//! is on the command line or in variables set here, and what users may have set for their own
//! programs is removed: profiles in manifests, `RUSTFLAGS`, wrappers, target folders. The command
//! is
//!
//! ```text
//! CARGO_ENCODED_RUSTFLAGS="-Csymbol-mangling-version=v0 --remap-path-scope=object --remap-path-prefix=…"
//! cargo rustc --lib --crate-type cdylib --release --target wasm32v1-none
//!     --message-format json-render-diagnostics
//!     --package token --target-dir <target>/antelope/cargo
//!     --config 'profile.release.opt-level="z"' --config 'profile.release.lto="fat"' …
//!     -- -C link-arg=-zstack-size=8192
//! ```
//!
//! run in the root of the workspace. Cargo prints messages as JSON lines on stdout, in which the
//! path of the linked module is found, and diagnostics for people on stderr.

use super::metadata::{Package, Workspace};
use super::toolchain::Toolchain;
use super::{cargo, remap};
use crate::error::BuildError;
use crate::options::{BuildOptions, STACK_SIZE, TARGET};
use serde::Deserialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The release profile, passed on the command line so that no manifest, no configuration file and
/// no `CARGO_PROFILE_RELEASE_*` of the user changes the bytes.
///
/// `strip = "none"` keeps the names of functions until the build has used them for its messages; it
/// removes them itself.
///
/// What a contract does most, decoding, encoding and table rows, is in two crates that every
/// contract shares. Optimized for speed, they save a third of the instructions of a vote (beyond
/// the 10 000 that every action costs) for 7 % more bytes (`docs/costs.md`). Everything else is
/// optimized for size.
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

/// The size of the stack for code that is not optimized, in bytes: every value has its own place on
/// it.
const UNOPTIMIZED_STACK: u32 = 1 << 19;

/// A function whose locals take more than this fraction of the stack is large for [`Inlining::Small`].
const LARGE_FRAME: u32 = 4;

/// The setting of the profile for code that is not optimized, if it differs: no optimization, no
/// LTO, and debug information with lines and functions.
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

/// Variables through which a user's compiler flags would reach the build.
const FOREIGN_FLAGS: [&str; 4] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS",
];

/// Variables that would change what is compiled, with what, or where it goes.
const FOREIGN_SETTINGS: [&str; 4] = [
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
];

/// The modules that can be made from one contract, for different purposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The one that is deployed.
    Deployed,
    /// The same with debug information, which says what was inlined where.
    WithLines,
    /// One that fails with the text and place of a panic instead of trapping. It has twice the
    /// stack, as the text is put together there.
    Telling,
    /// One without inlining, so that each function has a frame of its own.
    Apart,
    /// One that is not optimized and has debug information, so that each line has code of its own.
    Unoptimized,
}

impl Variant {
    /// The target folder below `<target>/antelope`. Each variant has its own, because `core` and
    /// the SDK are compiled with other flags too, and would be compiled anew at each change of
    /// variant.
    pub(crate) const fn folder(self, inlining: Inlining) -> &'static str {
        match (self, inlining) {
            (Self::Deployed, Inlining::All) => "cargo",
            (Self::Deployed, Inlining::Small) => "cargo-stack",
            (Self::WithLines, Inlining::All) => "cargo-lines",
            (Self::WithLines, Inlining::Small) => "cargo-stack-lines",
            (Self::Telling, _) => "cargo-panics",
            (Self::Apart, _) => "cargo-frames",
            (Self::Unoptimized, _) => "cargo-coverage",
        }
    }
}

/// Which functions the compiler may inline.
///
/// It inlines all actions into `apply`, because that takes fewest bytes: kept apart they took 10 to
/// 14 % more. But the locals of `apply` are on the stack while any action runs.
///
/// LLVM knows how large locals are, whatever they are made of: arrays whose length is a constant,
/// structs, what a macro or a generic function declares, results of calls. So it is LLVM that
/// decides which functions are large. To forbid them always would be wrong: a function that copies
/// a large result from another one then has it on the stack twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Inlining {
    /// All of them.
    #[default]
    All,
    /// Those whose locals take at most a quarter of the stack, so that the others have a frame of
    /// their own, which is there only while they run. With less than a quarter the SDK's own
    /// functions, which have buffers of 512 bytes, would stay apart, and most contracts become up to
    /// 8 % larger.
    Small,
}

/// The variables that are set and contain flags which the build ignores.
pub(crate) fn ignored_flags() -> Vec<&'static str> {
    FOREIGN_FLAGS
        .into_iter()
        .filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
        .collect()
}

/// Compiles and links one contract, and returns the path of the linked module.
///
/// One package for each call: building several at once would unify the features of their shared
/// dependencies, and a contract's bytes must not depend on what else was built. `cargo rustc
/// --crate-type` leaves out the `rlib` that tests need: with it rustc would not do LTO.
///
/// `CARGO_ENCODED_RUSTFLAGS` is used for our flags, since it takes precedence over every other
/// source and allows spaces in paths, which `RUSTFLAGS` does not. The user's own flags are ignored,
/// with a warning by the caller: `-C target-cpu=native` or a host linker would at best fail.
///
/// # Errors
/// [`BuildError::Compile`] with the compiler's messages, and [`BuildError::Spawn`] if cargo cannot
/// be started.
pub(crate) fn compile(
    workspace: &Workspace,
    package: &Package,
    toolchain: &Toolchain,
    options: &BuildOptions,
    variant: Variant,
    inlining: Inlining,
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
        // Its paths are not remapped: it is never deployed, and people open them.
        Variant::Telling => vec![OsString::from("--cfg=antelope_panic_texts")],
        // Never deployed either. Code of macros has the line where the macro is used.
        Variant::Unoptimized => vec![OsString::from("-Ccollapse-macro-debuginfo=yes")],
        Variant::Deployed | Variant::WithLines | Variant::Apart => {
            remap::flags(workspace, toolchain, build_dir)
        }
    };
    if variant == Variant::Apart {
        // A negative threshold makes every call too expensive to inline.
        flags.push(OsString::from("-Cllvm-args=-inline-threshold=-100000"));
    }
    let mut stack = stack_size(package, options);
    if variant == Variant::Telling {
        // Panic messages are formatted on the stack.
        stack = stack.saturating_mul(2);
    }
    if variant == Variant::Unoptimized {
        // Every value has a place of its own there. The limit of what is deployed does not hold for it.
        stack = UNOPTIMIZED_STACK;
    }
    environment(&mut command, &flags);
    command.args(["--", "-C", &format!("link-arg=-zstack-size={stack}")]);
    if inlining == Inlining::Small {
        let most = stack / LARGE_FRAME;
        command.args(["-C", &format!("llvm-args=-inline-max-stacksize={most}")]);
    }
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

/// The size of the stack in bytes: from the options, else from the manifest, else the default.
pub(crate) fn stack_size(package: &Package, options: &BuildOptions) -> u32 {
    options
        .stack_size
        .or(package.stack_size)
        .unwrap_or(STACK_SIZE)
}

/// The source of one contract after macro expansion, as the compiler prints it.
///
/// `-Zunpretty=expanded` needs a nightly compiler; `RUSTC_BOOTSTRAP` makes a stable one accept it.
/// That is acceptable here because the output is for people and goes into no build.
///
/// # Errors
/// As [`compile`].
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

/// The root of a contract's library if `no_std` does not occur in it. The compiler's messages are
/// then a flood of names that are not found, with the cause on one of the first lines.
fn with_std(library: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(library).ok()?;
    (!text.contains("no_std")).then(|| library.to_owned())
}

/// Adds the arguments for the options that every call of cargo shares.
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
    // `-Zbuild-std` needs a nightly compiler, which `RUSTC_BOOTSTRAP` stands in for.
    if options.build_std {
        command
            .arg("-Zbuild-std=core,alloc")
            .env("RUSTC_BOOTSTRAP", "1");
    }
}

/// Removes the user's flags and settings, and sets ours. The v0 symbol mangling keeps crate names
/// and generic arguments in names, which size reports need.
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

/// The path of the wasm file among the JSON messages of cargo. `folder` is that of the package: its
/// dependencies report artifacts too.
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
