//! `cargo antelope verify`

use super::plan::deployed;
use crate::arguments::Verify;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::{Artifact, BuildOptions, build_with, contracts};
use antelope_rpc_client::Abi;
use antelope_types::{Checksum256, Name};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Fields of the record that decide about the bytes.
const DECIDING: [&str; 9] = [
    "tool",
    "rustc",
    "rustc_commit",
    "profile",
    "link_args",
    "features",
    "lock_sha256",
    "commit",
    "wasm_opt",
];

/// What the build is compared with.
struct Expected {
    whose: String,
    code: Checksum256,
    abi: Option<Checksum256>,
}

pub(crate) fn run(arguments: &Verify, output: &mut Output) -> CommandResult {
    let expected = expected(arguments)?;
    let mut options = arguments.source.options(output.is_quiet());
    let record = record(arguments, &options)?;
    if let Some(record) = &record {
        follow(record, &mut options);
    }
    let artifact = build_with(&options, &mut |step| output.step(step))?;
    for warning in &artifact.warnings {
        output.warn(warning);
    }
    let built = Checksum256::sha256(&artifact.read_wasm()?);
    let abi = packed_abi(&artifact)?;
    let same_code = built == expected.code;
    let same_abi = expected.abi.is_none_or(|expected| expected == abi);
    let differences = record.map_or_else(Vec::new, |record| differences(&record, &artifact));
    let data = json!({
        "package": artifact.package,
        "expected": { "code_hash": expected.code, "abi_hash": expected.abi },
        "built": { "code_hash": built, "abi_hash": abi },
        "same_code": same_code,
        "same_abi": expected.abi.map(|_| same_abi),
        "build_differs_in": differences,
    });
    if same_code && same_abi {
        let text = format!(
            "{}  {built}  the same code as {}",
            artifact.package, expected.whose
        );
        return Ok((data, text));
    }
    let mut lines = Vec::new();
    if !same_code {
        lines.push(format!(
            "code  built {built}\n      found {}",
            expected.code
        ));
    }
    if let (false, Some(found)) = (same_abi, expected.abi) {
        lines.push(format!("ABI   built {abi}\n      found {found}"));
    }
    for it in &differences {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        lines.push(format!(
            "{}  recorded {}, here {}",
            text(&it["field"]),
            text(&it["recorded"]),
            text(&it["here"])
        ));
    }
    let what = match (same_code, same_abi) {
        (true, _) => "the ABI differs",
        (_, true) => "the code differs",
        _ => "code and ABI differ",
    };
    let message = format!("{} is not {}: {what}", artifact.package, expected.whose);
    Err(Box::new(Failure {
        hint: (!differences.is_empty())
            .then(|| "build with what the record names, or another commit".to_owned()),
        ..Failure::mismatch("verify.differs", message, data, lines.join("\n"))
    }))
}

/// A hash stands for itself; an account for what it has.
fn expected(arguments: &Verify) -> Result<Expected, Box<Failure>> {
    let what = &arguments.what;
    if what.len() == 64 {
        let code = what.parse().map_err(|_| usage(what))?;
        return Ok(Expected {
            whose: "that hash".to_owned(),
            code,
            abi: None,
        });
    }
    let account: Name = what.parse().map_err(|_| usage(what))?;
    let client = super::client(&arguments.node)?;
    if client.find_account(account)?.is_none() {
        let message = format!("account {account} does not exist on {}", client.url());
        return Err(Box::new(Failure::new("verify.account", message)));
    }
    let (found, _) = deployed(&client, account)?;
    if found.code_hash == Checksum256::ZERO {
        let message = format!("account {account} has no code on {}", client.url());
        return Err(Box::new(Failure::new("verify.no-code", message)));
    }
    Ok(Expected {
        whose: format!("account {account} on {}", client.url()),
        code: found.code_hash,
        abi: Some(found.abi_hash),
    })
}

fn usage(what: &str) -> Box<Failure> {
    let message =
        format!("{what:?}, expected an account's name or a hash of 64 hexadecimal digits");
    Box::new(Failure::new("usage.verify", message))
}

/// The record of the build to repeat: the one given, or that of the last build here, if there is one.
fn record(arguments: &Verify, options: &BuildOptions) -> Result<Option<Value>, Box<Failure>> {
    if let Some(file) = &arguments.record {
        return read(file).map(Some);
    }
    let packages = contracts(options)?;
    let [package] = packages.as_slice() else {
        return Ok(None);
    };
    let name = &package.name;
    let folder = package.target_dir.join("antelope").join(name);
    let file = folder.join(format!("{name}.build.json"));
    file.is_file().then(|| read(&file)).transpose()
}

fn read(file: &Path) -> Result<Value, Box<Failure>> {
    let failed = |error: &dyn std::fmt::Display| {
        let message = format!("cannot read {}: {error}", file.display());
        Box::new(Failure::new("verify.record", message))
    };
    let text = fs::read_to_string(file).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

/// Builds with the choices of the recorded build.
fn follow(record: &Value, options: &mut BuildOptions) {
    let features = record["features"].as_array().into_iter().flatten();
    let features: Vec<_> = features.filter_map(Value::as_str).collect();
    if options.features.is_empty() {
        options.features = features.into_iter().map(str::to_owned).collect();
    }
    options.optimize &= !record["wasm_opt"].is_null();
    options.build_std |= record["build_std"] == true;
    if options.package.is_none() {
        options.package = record["package"].as_str().map(str::to_owned);
    }
}

/// Where this build is another than the recorded one.
fn differences(record: &Value, artifact: &Artifact) -> Vec<Value> {
    let here = json!(artifact.info);
    let differs = DECIDING
        .iter()
        .filter(|field| record[**field] != here[**field]);
    differs
        .map(|field| json!({ "field": field, "recorded": record[*field], "here": here[*field] }))
        .collect()
}

fn packed_abi(artifact: &Artifact) -> Result<Checksum256, Box<Failure>> {
    let abi = Abi::from_json(&artifact.read_abi()?);
    let abi = abi.map_err(antelope_rpc_client::ClientError::from)?;
    Ok(Checksum256::sha256(&abi.to_binary()))
}
