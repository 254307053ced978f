//! What is installed, what is missing, and how to get it: `cargo antelope doctor`.
//!
//! | what | where it is looked for | required |
//! |---|---|---|
//! | `cargo` | `$CARGO`, else the path | yes |
//! | `rustc` | `$RUSTC`, else the path; 1.84 or later | yes |
//! | `wasm32v1-none` | the sysroot of rustc; library sources count as a substitute | yes |
//! | `sdk` | the manifest of the project, else as for new projects | yes |
//! | `wasm-opt` | `$WASM_OPT`, else the cache folder | no |
//! | `nodeos`, `cleos`, `keosd` | `$NODEOS`, `$CLEOS`, `$KEOSD`, else the cache folder | no |
//!
//! ```
//! use antelope_build::doctor::{examine, is_able_to_build};
//!
//! let findings = examine(".".as_ref());
//! for finding in &findings {
//!     println!("{:?} {}: {}", finding.state, finding.name, finding.purpose);
//! }
//! println!("ready: {}", is_able_to_build(&findings));
//! assert!(findings.iter().any(|finding| finding.name == "wasm-opt" && !finding.required));
//! ```

use crate::cargo::{Declared, Toolchain};
use crate::optimize::{PINNED_VERSION, WasmOpt};
use crate::options::TARGET;
use crate::scaffold::{Origin, Sdk};
use antelope_module::cache_folder;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first version of rustc that has the target `wasm32v1-none`.
const OLDEST_RUSTC: (u32, u32) = (1, 84);

/// One thing that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The thing: a program, the compilation target, or `sdk`.
    pub name: &'static str,
    /// Whether it was found.
    pub state: State,
    /// Whether a build fails without it.
    pub required: bool,
    /// The version or path that was found.
    pub found: Option<String>,
    /// What it is needed for.
    pub purpose: &'static str,
    /// How to get it; `None` if there is nothing to do.
    pub remedy: Option<String>,
}

/// Whether a thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It was found.
    Found,
    /// It was found, but is not quite what is expected: another version, or sources instead of a
    /// library.
    Differs,
    /// It was not found, or is too old.
    Missing,
}

/// Looks for everything, as seen from a folder: a `rust-toolchain.toml` or a project there is taken
/// into account. Runs the programs to ask for their versions; changes nothing.
#[must_use]
pub fn examine(folder: &Path) -> Vec<Finding> {
    let toolchain = Toolchain::detect(folder).ok();
    let mut findings = vec![cargo(folder), rustc(toolchain.as_ref(), folder)];
    findings.push(target(toolchain.as_ref()));
    findings.push(sdk(folder));
    let setup = setup(folder);
    findings.push(wasm_opt(&setup));
    findings.extend(
        [
            (
                "nodeos",
                "NODEOS",
                "runs a real node, for tests that compare with one",
            ),
            ("cleos", "CLEOS", "queries a chain from the command line"),
            (
                "keosd",
                "KEOSD",
                "a wallet: signs for cleos and for deploy --wallet",
            ),
        ]
        .map(|(name, variable, purpose)| node_program(name, variable, purpose, &setup)),
    );
    findings
}

/// How optional programs are installed: by the script `scripts/setup` of the checkout that the SDK
/// is in, with its whole path, so that the remedy can be copied into a shell.
fn setup(folder: &Path) -> String {
    let checkout = Sdk::find(None, folder).ok().and_then(|sdk| sdk.checkout);
    let script = checkout.map(|checkout| checkout.join("scripts/setup"));
    match script.filter(|script| script.is_file()) {
        Some(script) => script.display().to_string(),
        None => "scripts/setup in a clone of the SDK's repository".to_owned(),
    }
}

/// Whether nothing that a build requires is missing.
#[must_use]
pub fn is_able_to_build(findings: &[Finding]) -> bool {
    findings
        .iter()
        .all(|finding| !finding.required || finding.state != State::Missing)
}

/// Cargo, which is there if this program was started by it.
fn cargo(folder: &Path) -> Finding {
    let output = crate::cargo::cargo()
        .arg("--version")
        .current_dir(folder)
        .output()
        .ok();
    let version = output.and_then(|output| String::from_utf8(output.stdout).ok());
    let found = version
        .map(|version| version.trim().to_owned())
        .filter(|text| !text.is_empty());
    Finding {
        name: "cargo",
        state: if found.is_some() {
            State::Found
        } else {
            State::Missing
        },
        required: true,
        remedy: found.is_none().then(|| install_rust(folder)),
        found,
        purpose: "builds contracts",
    }
}

/// How to install a compiler. A `rust-toolchain.toml` in the folder or around it may ask for one
/// that is not installed; then rustup must install that one, which the remedy names.
fn install_rust(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let mut files = folder.ancestors().map(|it| it.join("rust-toolchain.toml"));
    match files.find(|file| file.is_file()) {
        Some(file) => format!(
            "rustup toolchain install, which installs what {} asks for",
            file.display()
        ),
        None => "install Rust with rustup".to_owned(),
    }
}

/// The compiler, and whether it is new enough.
fn rustc(toolchain: Option<&Toolchain>, folder: &Path) -> Finding {
    let (state, remedy) = match toolchain.map(|toolchain| minor_version(&toolchain.version)) {
        None => (State::Missing, Some(install_rust(folder))),
        Some(Some(version)) if version < OLDEST_RUSTC => {
            let (major, minor) = OLDEST_RUSTC;
            (
                State::Missing,
                Some(format!(
                    "rustup update; {major}.{minor} is the oldest version that works"
                )),
            )
        }
        Some(_) => (State::Found, None),
    };
    Finding {
        name: "rustc",
        state,
        required: true,
        found: toolchain.map(|toolchain| toolchain.version.clone()),
        purpose: "compiles contracts",
        remedy,
    }
}

/// The compilation target. Without it the library sources suffice, with `--build-std`.
fn target(toolchain: Option<&Toolchain>) -> Finding {
    let found = toolchain.is_some_and(Toolchain::has_target);
    let source = toolchain.is_some_and(Toolchain::has_library_source);
    let (state, remedy) = match (found, source) {
        (true, _) => (State::Found, None),
        (false, true) => (
            State::Differs,
            Some(format!(
                "rustup target add {TARGET}; until then --build-std compiles it"
            )),
        ),
        (false, false) => (State::Missing, Some(format!("rustup target add {TARGET}"))),
    };
    Finding {
        name: TARGET,
        state,
        required: true,
        found: found
            .then(|| "installed".to_owned())
            .or(source.then(|| "library sources".to_owned())),
        purpose: "the compilation target of every contract",
        remedy,
    }
}

/// The SDK of the project in the folder or, outside of projects, the one that new projects would
/// use.
fn sdk(folder: &Path) -> Finding {
    let (found, missing) = match crate::cargo::declared_sdk(folder) {
        Some(Declared::Path(path)) if path.join("Cargo.toml").is_file() => (
            Some(format!("{}, of the project here", path.display())),
            None,
        ),
        Some(Declared::Path(path)) => (
            None,
            Some(format!(
                "{} does not exist: set the path of antelope-contract in Cargo.toml to a checkout",
                path.display()
            )),
        ),
        Some(Declared::Published(version)) => {
            (Some(format!("{version}, of the project here")), None)
        }
        None => match Sdk::find(None, folder) {
            Ok(sdk) => (Some(of_new_projects(&sdk)), None),
            Err(error) => (None, error.hint()),
        },
    };
    Finding {
        name: "sdk",
        state: if found.is_some() {
            State::Found
        } else {
            State::Missing
        },
        required: true,
        found,
        purpose: "the library that contracts are written with",
        remedy: missing,
    }
}

/// Where new projects take the SDK from, and why.
fn of_new_projects(sdk: &Sdk) -> String {
    let place = match &sdk.checkout {
        Some(checkout) => checkout.display().to_string(),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    };
    let why = match sdk.origin {
        Origin::Given => "given",
        Origin::Around => "the checkout around this folder",
        Origin::Installed => "this command was installed from it",
        Origin::Published => "published",
    };
    format!("{place}, {why}; for new projects")
}

/// wasm-opt, in the pinned version or another.
fn wasm_opt(setup: &str) -> Finding {
    let program = WasmOpt::find();
    let pinned = program.as_ref().is_some_and(WasmOpt::is_pinned);
    let state = match (&program, pinned) {
        (None, _) => State::Missing,
        (Some(_), false) => State::Differs,
        (Some(_), true) => State::Found,
    };
    Finding {
        name: "wasm-opt",
        state,
        required: false,
        found: program.map(|program| format!("{}, {}", program.version, program.path.display())),
        purpose: "makes contracts about a fifth smaller",
        remedy: (state != State::Found).then(|| {
            format!("{setup}, or WASM_OPT=/path/to/wasm-opt of Binaryen {PINNED_VERSION}")
        }),
    }
}

/// A program of a node: from the variable, or in the cache folder. Builds do not need it.
fn node_program(
    name: &'static str,
    variable: &'static str,
    purpose: &'static str,
    setup: &str,
) -> Finding {
    let path = match std::env::var_os(variable) {
        Some(path) if !path.is_empty() => Some(PathBuf::from(path)),
        _ => cache_folder().map(|cache| cache.join("bin").join(name)),
    };
    let found = path
        .filter(|path| is_program(path))
        .map(|path| path.display().to_string());
    Finding {
        name,
        state: if found.is_some() {
            State::Found
        } else {
            State::Missing
        },
        required: false,
        remedy: found
            .is_none()
            .then(|| format!("{setup}, or {variable}=/path/to/{name}")),
        found,
        purpose,
    }
}

/// Whether it is a file or, for a name without a folder, a program on the path.
fn is_program(path: &Path) -> bool {
    if path.components().count() > 1 {
        return path.is_file();
    }
    Command::new("sh")
        .args(["-c", "command -v \"$0\" >/dev/null"])
        .arg(path)
        .status()
        .is_ok_and(|status| status.success())
}

/// The first two numbers of a version as rustc prints it.
fn minor_version(version: &str) -> Option<(u32, u32)> {
    let number = version.split_whitespace().nth(1)?;
    let mut parts = number.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_rustc_prints() {
        assert_eq!(
            minor_version("rustc 1.95.0 (59807616e 2026-04-14)"),
            Some((1, 95))
        );
        assert_eq!(minor_version("rustc 1.97.0-nightly"), Some((1, 97)));
        assert_eq!(minor_version(""), None);
    }

    #[test]
    fn only_a_missing_required_thing_keeps_from_building() {
        let finding = |state, required| Finding {
            name: "thing",
            state,
            required,
            found: None,
            purpose: "",
            remedy: None,
        };
        assert!(is_able_to_build(&[
            finding(State::Missing, false),
            finding(State::Differs, true)
        ]));
        assert!(!is_able_to_build(&[
            finding(State::Found, true),
            finding(State::Missing, true)
        ]));
    }
}
