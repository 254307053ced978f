//! `cargo antelope build`

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

fn line(artifact: &Artifact) -> String {
    format!(
        "{}  {} bytes  sha256 {}  {}",
        artifact.package,
        artifact.size.wasm_bytes,
        artifact.info.wasm_sha256,
        artifact.wasm.display(),
    )
}
