//! `get code` and `get abi`: what an account runs.

use crate::answers::hash_of;
use crate::{Failure, Fallible, Report, Session};
use antelope_rpc_client::{Abi, ClientError};
use antelope_types::{Name, base64};
use clap::Args;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The hash of an account's code; the code and the ABI into files
#[derive(Args, Clone, Debug)]
pub struct CodeArgs {
    /// The account
    pub name: Name,
    /// Write the code into this file
    #[arg(short, long, value_name = "FILE")]
    pub code: Option<PathBuf>,
    /// Write the ABI into this file, as JSON
    #[arg(short, long, value_name = "FILE")]
    pub abi: Option<PathBuf>,
    /// Taken for habit's sake: code is always wasm
    #[arg(long, hide = true)]
    pub wasm: bool,
}

/// The ABI of an account
#[derive(Args, Clone, Debug)]
pub struct AbiArgs {
    /// The account
    pub name: Name,
    /// Write it into this file
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Runs `get code`.
///
/// # Errors
/// Those of the client; `file.write`.
pub(super) fn code(session: &Session, given: &CodeArgs) -> Fallible<Report> {
    let CodeArgs {
        name, code, abi, ..
    } = given;
    let hash = session.client.get_code_hash(*name)?;
    let mut text = format!("code hash: {hash}\n");
    let mut data = json!({ "account_name": name, "code_hash": hash });
    if code.is_some() || abi.is_some() {
        let path = "/v1/chain/get_raw_code_and_abi";
        let raw: Value = session
            .client
            .call(path, &json!({ "account_name": name }))?;
        let bytes = |field: &str| {
            let text = raw[field].as_str().unwrap_or_default();
            base64::decode(text).ok_or_else(|| {
                Failure::new("node.answer", format!("{field} of {name} is not base64"))
            })
        };
        if let Some(file) = code {
            let wasm = bytes("wasm")?;
            // The files must not differ from what is said about them.
            let found = hash_of(&wasm);
            if found != hash {
                return Err(Failure::new(
                    "mismatch.code",
                    format!("the node gives code of hash {found} for {name}"),
                )
                .expected(format!("hash {hash}")));
            }
            write(file, &wasm)?;
            text += &format!("{} bytes of code in {}\n", wasm.len(), file.display());
            data["code"] = json!(file);
        }
        if let Some(file) = abi {
            let abi = Abi::from_binary(&bytes("abi")?).map_err(ClientError::from)?;
            write(file, json_of(&abi).as_bytes())?;
            text += &format!("ABI in {}\n", file.display());
            data["abi"] = json!(file);
        }
    }
    Ok(Report::new(data, text))
}

/// Runs `get abi`.
///
/// # Errors
/// `abi.none`; those of the client; `file.write`.
pub(super) fn abi(session: &Session, given: &AbiArgs) -> Fallible<Report> {
    let name = given.name;
    let answer: Value = session
        .client
        .call("/v1/chain/get_abi", &json!({ "account_name": name }))?;
    let Some(abi) = answer.get("abi").filter(|abi| !abi.is_null()) else {
        return Err(Failure::not_found("abi.none", format!("{name} has no ABI")));
    };
    match &given.file {
        None => Ok(Report::json(abi.clone())),
        Some(file) => {
            write(file, format!("{abi:#}\n").as_bytes())?;
            Ok(Report::new(
                json!({ "account_name": name, "file": file }),
                format!("ABI in {}", file.display()),
            ))
        }
    }
}

fn json_of(abi: &Abi) -> String {
    serde_json::to_string_pretty(abi.definition()).unwrap_or_default() + "\n"
}

fn write(file: &Path, bytes: &[u8]) -> Fallible<()> {
    fs::write(file, bytes).map_err(|error| {
        let message = format!("cannot write {}: {error}", file.display());
        Failure::new("file.write", message)
    })
}
