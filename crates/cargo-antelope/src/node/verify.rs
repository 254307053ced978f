//! `cargo antelope verify`: whether an account's code is that of these sources.
//!
//! 1. Read the hashes of code and ABI from the account; or take the hash given, which is that of code.
//! 2. Find the record of the original build: `--record`, else that of the last build here.
//! 3. Build with the record's features, wasm-opt or none, and `build-std`, where the command line does
//!    not say otherwise.
//! 4. Compare SHA-256 of wasm and binary ABI.
//!
//! Builds are reproducible, so that a difference has a cause. Where there is a record, the result lists
//! in `build_differs_in` which of the things that decide about the bytes are not as recorded: another
//! compiler, lock file or commit explains other bytes.
//!
//! No key is needed, nothing is sent that changes the chain, and the record is not trusted: it guides the
//! build, but only the hashes decide. Exit codes: 0 for the same; 8 with `verify.differs`; 1 for a
//! failed build, an account that does not exist (`verify.account`) or has no code (`verify.no-code`), and
//! a record that cannot be read (`verify.record`).
//!
//! | field of the data | |
//! |---|---|
//! | `package` | what was built |
//! | `expected`, `built` | `code_hash` and `abi_hash` of each; the expected one of the ABI is null for a hash |
//! | `same_code`, `same_abi` | whether they are equal; null for an ABI that is not compared |
//! | `build_differs_in` | `field`, `recorded` and `here`; empty without a record |

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
    /// For messages: `account bank on http://…`, or `that hash`.
    whose: String,
    /// SHA-256 of the wasm.
    code: Checksum256,
    /// SHA-256 of the binary ABI; none where only a hash of code was given.
    abi: Option<Checksum256>,
}

/// Runs the command.
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

/// A hash stands for itself; an account for what it has. 64 characters are taken for a hash, as names
/// have 13 at most. A node is asked only about an account.
///
/// # Errors
/// `usage.verify` for text that is neither, `verify.account`, `verify.no-code`, and those of the client.
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

/// The failure for an argument that is neither an account nor a hash.
fn usage(what: &str) -> Box<Failure> {
    let message =
        format!("{what:?}, expected an account's name or a hash of 64 hexadecimal digits");
    Box::new(Failure::new("usage.verify", message))
}

/// The record of the build to repeat: the one given, or that of the last build here, if there is one. A
/// workspace with several contracts has no last build unless one is chosen.
///
/// # Errors
/// `verify.record` where a file cannot be read, also the one found here.
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

/// Reads a record, a JSON object as `build` writes it.
fn read(file: &Path) -> Result<Value, Box<Failure>> {
    let failed = |error: &dyn std::fmt::Display| {
        let message = format!("cannot read {}: {error}", file.display());
        Box::new(Failure::new("verify.record", message))
    };
    let text = fs::read_to_string(file).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

/// Takes over the choices of the recorded build: features and package unless some were given, wasm-opt
/// only if both want it, `build-std` if either does.
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

/// Where this build is another than the recorded one: `field`, `recorded` and `here` for each. A field
/// that an old record does not have counts as different.
fn differences(record: &Value, artifact: &Artifact) -> Vec<Value> {
    let here = json!(artifact.info);
    let differs = DECIDING
        .iter()
        .filter(|field| record[**field] != here[**field]);
    differs
        .map(|field| json!({ "field": field, "recorded": record[*field], "here": here[*field] }))
        .collect()
}

/// SHA-256 of the ABI in binary form, which is what the chain stores and hashes.
fn packed_abi(artifact: &Artifact) -> Result<Checksum256, Box<Failure>> {
    let abi = Abi::from_json(&artifact.read_abi()?);
    let abi = abi.map_err(antelope_rpc_client::ClientError::from)?;
    Ok(Checksum256::sha256(&abi.to_binary()))
}
