//! The package of `coop-wasm`, for tests: made by the program of this crate when the first test asks.
//!
//! The program itself is behind the feature `bindgen`, and `cargo run` compiles it.

use antelope_build::{WasmOpt, cache_folder};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The file beside the package with what the program printed.
pub const SIZES: &str = "sizes.txt";

/// The package in a folder, and Node.js to run it with.
#[derive(Debug)]
pub struct Package {
    /// Node.js, as `scripts/setup` found or brought it.
    pub node: PathBuf,
    /// The package.
    pub folder: PathBuf,
    /// What the program printed: a line for each file that browsers load, with its bytes as they are and
    /// compressed, and one for all together.
    pub sizes: String,
}

impl Package {
    /// Made once in a process, or with `COOP_WASM` set to a folder, as it was made there before; `None`
    /// where set-up could not bring what is needed, which is said.
    ///
    /// # Panics
    /// When the program fails.
    pub fn find() -> Option<&'static Self> {
        static MADE: OnceLock<Option<Package>> = OnceLock::new();
        MADE.get_or_init(Self::make).as_ref()
    }

    fn make() -> Option<Self> {
        let node = cache_folder()?.join("bin/node");
        if !node.is_file() || WasmOpt::find().is_none() {
            skip("no Node.js or no wasm-opt");
            return None;
        }
        if let Some(folder) = std::env::var_os("COOP_WASM").map(PathBuf::from) {
            let sizes = std::fs::read_to_string(folder.join(SIZES));
            let sizes = sizes.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            return Some(Self {
                node,
                folder,
                sizes,
            });
        }
        let root = workspace();
        let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        let folder = root.join(target).join("coop-wasm");
        let made = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(root)
            .args(["run", "--quiet", "--package", "coop-wasm-build"])
            .args(["--features", "bindgen", "--"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output();
        let made = made.unwrap_or_else(|error| panic!("cargo does not run: {error}"));
        assert!(made.status.success(), "coop-wasm-build failed");
        Some(Self {
            node,
            folder,
            sizes: String::from_utf8_lossy(&made.stdout).into_owned(),
        })
    }
}

/// Says that a test was left out, in the words that `scripts/test` looks for.
pub fn skip(what: &str) {
    // Not captured, as `println!` is.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: a test of coop-wasm: {what}, run scripts/setup again to retry"
    );
}

/// The folder of the workspace, two above this crate's.
fn workspace() -> &'static Path {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).unwrap_or(Path::new("."))
}
