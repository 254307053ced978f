//! `set code`, `set abi`, `set contract`: what an account runs. What is there already is not sent again.

use crate::answers::hash_of;
use crate::commands::sending::Sending;
use crate::transact::{Intent, SendOptions, transact};
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::{Abi, ClientError};
use antelope_types::{Action, Checksum256, Name, PermissionLevel, native};
use clap::Args;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Code of an account.
#[derive(Args, Clone, Debug)]
pub struct SetCodeArgs {
    /// The account
    pub account: Name,
    /// The file with the code
    #[arg(value_name = "CODE_FILE", required_unless_present = "clear")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub how: How,
}

/// ABI of an account.
#[derive(Args, Clone, Debug)]
pub struct SetAbiArgs {
    /// The account
    pub account: Name,
    /// The file with the ABI
    #[arg(value_name = "ABI_FILE", required_unless_present = "clear")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub how: How,
}

/// Code and ABI of an account.
#[derive(Args, Clone, Debug)]
pub struct SetContractArgs {
    /// The account
    pub account: Name,
    /// The folder of both files
    #[arg(value_name = "CONTRACT_DIR", required_unless_present = "clear")]
    pub folder: Option<PathBuf>,
    /// The file with the code, from the folder; by default it is named after the folder
    pub wasm_file: Option<PathBuf>,
    /// The file with the ABI, from the folder; by default it is named after the folder
    pub abi_file: Option<PathBuf>,
    /// The same as ABI_FILE
    #[arg(short, long, value_name = "FILE", conflicts_with = "abi_file")]
    pub abi: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub how: How,
}

/// What is sent.
#[derive(Args, Clone, Copy, Debug)]
pub struct How {
    /// Remove what is there
    #[arg(short, long)]
    pub clear: bool,
    /// Send it even if it is there already
    #[arg(long)]
    pub suppress_duplicate_check: bool,
}

/// One part of a contract: its action, or none where it is there already.
struct Part {
    what: &'static str,
    bytes: usize,
    hash: Checksum256,
    action: Option<Action>,
}

pub(super) fn code(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<SetCodeArgs>,
) -> Fallible<Report> {
    let SetCodeArgs { account, file, how } = &sending.given;
    let part = code_part(session, *account, file.as_deref(), *how)?;
    let words = words("code", *account, [file.as_deref()], *how);
    send(session, console, &sending.send, *account, vec![part], words)
}

pub(super) fn abi(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<SetAbiArgs>,
) -> Fallible<Report> {
    let SetAbiArgs { account, file, how } = &sending.given;
    let part = abi_part(session, *account, file.as_deref(), *how)?;
    let words = words("abi", *account, [file.as_deref()], *how);
    send(session, console, &sending.send, *account, vec![part], words)
}

pub(super) fn contract(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<SetContractArgs>,
) -> Fallible<Report> {
    let given = &sending.given;
    let (account, how) = (given.account, given.how);
    let file = |named: Option<&PathBuf>, ending: &str| -> Fallible<Option<PathBuf>> {
        let Some(folder) = &given.folder else {
            return Ok(None);
        };
        if let Some(named) = named {
            return Ok(Some(folder.join(named)));
        }
        let whole = folder
            .canonicalize()
            .map_err(|error| unreadable(folder, &error))?;
        let name = whole.file_name().unwrap_or_default();
        Ok(Some(folder.join(name).with_extension(
            // A name such as eosio.token ends with what looks like an extension.
            match Path::new(name).extension() {
                Some(own) => format!("{}.{ending}", own.to_string_lossy()),
                None => ending.to_owned(),
            },
        )))
    };
    let wasm = file(given.wasm_file.as_ref(), "wasm")?;
    let abi = file(given.abi_file.as_ref().or(given.abi.as_ref()), "abi")?;
    let parts = vec![
        code_part(session, account, wasm.as_deref(), how)?,
        abi_part(session, account, abi.as_deref(), how)?,
    ];
    let files = [
        given.folder.as_deref(),
        given.wasm_file.as_deref(),
        given.abi_file.as_deref().or(given.abi.as_deref()),
    ];
    let words = words("contract", account, files, how);
    send(session, console, &sending.send, account, parts, words)
}

/// The words of cleos.
fn words<const N: usize>(
    what: &str,
    account: Name,
    files: [Option<&Path>; N],
    how: How,
) -> Vec<String> {
    let mut words = vec!["set".to_owned(), what.to_owned(), account.to_string()];
    let files = files.into_iter().flatten();
    words.extend(files.map(|file| file.display().to_string()));
    if how.clear {
        words.push("--clear".to_owned());
    }
    if how.suppress_duplicate_check {
        words.push("--suppress-duplicate-check".to_owned());
    }
    words
}

fn code_part(session: &Session, account: Name, file: Option<&Path>, how: How) -> Fallible<Part> {
    let wasm = read(file.filter(|_| !how.clear))?;
    if !wasm.is_empty() && !wasm.starts_with(b"\0asm") {
        let message = "the code is not wasm: it does not begin with \\0asm";
        return Err(Failure::new("file.wasm", message));
    }
    let hash = hash_of(&wasm);
    let is_there = !how.suppress_duplicate_check && session.client.get_code_hash(account)? == hash;
    Ok(Part {
        what: "code",
        bytes: wasm.len(),
        hash,
        action: (!is_there).then(|| native::set_code(account, &wasm)),
    })
}

fn abi_part(session: &Session, account: Name, file: Option<&Path>, how: How) -> Fallible<Part> {
    let json = read(file.filter(|_| !how.clear))?;
    let abi = match json.is_empty() {
        true => Vec::new(),
        false => {
            let text = String::from_utf8_lossy(&json);
            let abi = Abi::from_json(&text)
                .map_err(|error| Failure::new("file.abi", ClientError::from(error).to_string()))?;
            abi.to_binary()
        }
    };
    let hash = hash_of(&abi);
    let is_there =
        !how.suppress_duplicate_check && session.client.get_raw_abi(account)?.abi_hash == hash;
    Ok(Part {
        what: "ABI",
        bytes: abi.len(),
        hash,
        action: (!is_there).then(|| native::set_abi(account, &abi)),
    })
}

fn read(file: Option<&Path>) -> Fallible<Vec<u8>> {
    match file {
        None => Ok(Vec::new()),
        Some(file) => fs::read(file).map_err(|error| unreadable(file, &error)),
    }
}

fn unreadable(file: &Path, error: &std::io::Error) -> Box<Failure> {
    Failure::new(
        "file.read",
        format!("cannot read {}: {error}", file.display()),
    )
}

fn send(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    account: Name,
    parts: Vec<Part>,
    words: Vec<String>,
) -> Fallible<Report> {
    let (mut actions, mut said, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part.action {
            Some(mut action) => {
                action.authorization = options.levels_or(PermissionLevel::active(account));
                said.push(format!(
                    "{} of {} bytes (hash {})",
                    part.what, part.bytes, part.hash
                ));
                actions.push(action);
            }
            None => {
                console.say(&format!(
                    "{account} has this {} already: skipped",
                    part.what
                ));
                skipped.push(part.what);
            }
        }
    }
    if actions.is_empty() {
        let data = json!({ "executed": false, "skipped": skipped });
        return Ok(Report::new(data, "nothing to do"));
    }
    let intent = Intent {
        sentence: format!("set {} of {account}", said.join(" and ")),
        actions,
        cleos: Some(words),
        command: None,
        given: None,
    };
    let mut report = transact(session, console, options, &intent)?;
    if let Some(data) = report.data.as_object_mut() {
        data.insert("skipped".to_owned(), json!(skipped));
    }
    session.client.forget_abi(account);
    Ok(report)
}
