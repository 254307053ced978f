//! `cargo antelope build`: wasm, ABI and build record of contracts.
//!
//! 1. Build the contract named by `-p` or by the folder, or else all of the workspace
//!    ([`build_all`]). The first contract that fails ends the command; those before it are written.
//! 2. Say the warnings of all of them.
//! 3. Print a line for each: name, bytes of wasm, SHA-256, path.
//!
//! The hash is that which a chain reports for the account after deployment, so that it can be compared
//! by eye. Exit codes: 0 and 1.
//!
//! The data has for each contract:
//!
//! | field | |
//! |---|---|
//! | `package` | its name |
//! | `wasm`, `abi`, `build_json`, `debug_wasm` | paths of the files; the last has names and debug information |
//! | `wasm_bytes`, `wasm_sha256` | of the code; the hash is that which nodes report |
//! | `abi_sha256` | of the JSON file; nodes report another hash, of the binary ABI |
//! | `ram_bytes` | RAM of the account for code and ABI |
//! | `protocol_features` | those that a chain must have activated |

use crate::arguments::Build;
use crate::output::{CommandResult, Output};
use antelope_build::{Artifact, build_all};
use serde_json::{Value, json};

pub(crate) fn run(arguments: &Build, output: &mut Output) -> CommandResult {
    let options = arguments.source.options(output.is_quiet());
    let artifacts = build_all(&options, &mut |step| output.step(step))?;
    for warning in artifacts.iter().flat_map(|artifact| &artifact.warnings) {
        output.warn(warning);
    }
    let text: Vec<_> = artifacts.iter().map(line).collect();
    Ok((artifacts.iter().map(data).collect(), text.join("\n")))
}

/// A contract for programs. `ram_bytes` is what code and ABI take of the account's RAM.
fn data(artifact: &Artifact) -> Value {
    json!({
        "package": artifact.package,
        "wasm": artifact.wasm,
        "debug_wasm": artifact.debug_wasm,
        "abi": artifact.abi,
        "build_json": artifact.build_json,
        "wasm_bytes": artifact.size.wasm_bytes,
        "wasm_sha256": artifact.info.wasm_sha256,
        "abi_sha256": artifact.info.abi_sha256,
        "ram_bytes": artifact.size.wasm_ram_bytes + artifact.size.abi_ram_bytes,
        "protocol_features": artifact.info.protocol_features,
    })
}

/// A contract for people.
fn line(artifact: &Artifact) -> String {
    format!(
        "{}  {} bytes  sha256 {}  {}",
        artifact.package,
        artifact.size.wasm_bytes,
        artifact.info.wasm_sha256,
        artifact.wasm.display(),
    )
}
