//! The peers that are programs in other languages: ChainTester and VeRT.

use crate::Failed;
use antelope_node::{chain_tester as command, package_contract};
use serde_json::{Map, Value};
use std::path::Path;
use std::process::{Command, Output};

fn script(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(name)
}

/// The real chain library in process.
pub fn chain_tester(number: usize) -> Result<Map<String, Value>, Failed> {
    let (wasm, abi) = package_contract("eosio.system")?;
    let output = command(&script("chaintester.py"))?
        .arg(wasm)
        .arg(abi)
        .arg(number.to_string())
        .output()?;
    figures("ChainTester", &output)
}

/// The emulator that people use today. Its large contract is `micropython`, which is of the size that the goal was
/// set for, and smaller than ours.
pub fn vert(folder: &Path, number: usize) -> Result<Map<String, Value>, Failed> {
    let (token, token_abi) = package_contract("eosio.token")?;
    let (large, large_abi) = package_contract("micropython")?;
    let output = Command::new("node")
        .arg(script("vert.mjs"))
        .arg(folder)
        .args([token, token_abi, large, large_abi])
        .arg(number.to_string())
        .output()?;
    figures("VeRT", &output)
}

/// The figures on the last line of what a program wrote.
pub fn figures(who: &str, output: &Output) -> Result<Map<String, Value>, Failed> {
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    match serde_json::from_str(last) {
        Ok(figures) if output.status.success() => Ok(figures),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!(
                "{who} gave no figures ({}); it said:\n{said}",
                output.status
            )
            .into())
        }
    }
}
