//! Scripts in JavaScript with the libraries of wallets, unchanged as npm has them.

use antelope_node::cache_folder;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What the scripts load; set-up brings all of them or none.
const LIBRARIES: [&str; 5] = [
    "eosjs",
    "@wharfkit/session",
    "@wharfkit/wallet-plugin-privatekey",
    "@wharfkit/contract",
    "@wharfkit/account",
];

/// Node.js and the folder of the libraries.
pub(super) struct Scripts {
    node: PathBuf,
    folder: PathBuf,
}

impl Scripts {
    /// `None` where set-up could not bring them, which is said.
    pub(super) fn find() -> Option<Self> {
        let node = cache_folder().join("bin/node");
        let folder = cache_folder().join("wallets");
        let modules = folder.join("node_modules");
        let is_there = |library| modules.join(library).is_dir();
        if node.is_file() && LIBRARIES.into_iter().all(is_there) {
            return Some(Self { node, folder });
        }
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: a test with eosjs or WharfKit: no npm could bring them, run scripts/setup again to retry"
        );
        None
    }

    /// Runs a script of `tests/client` on the node at this address; the key comes by standard input.
    /// Returns what it wrote.
    pub(super) fn run<A: AsRef<OsStr>>(
        &self,
        script: &str,
        url: &str,
        arguments: &[A],
        key: &str,
    ) -> String {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("client");
        let mut child = Command::new(&self.node)
            .arg(scripts.join(script))
            .arg(&self.folder)
            .arg(url)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node runs");
        let mut stdin = child.stdin.take().expect("its input");
        writeln!(stdin, "{key}").expect("it reads the key");
        drop(stdin);
        finished(child.wait_with_output().expect("the script ends"))
    }
}

/// What a program wrote that has ended well.
pub(super) fn finished(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}
