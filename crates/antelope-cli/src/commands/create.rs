//! `create`: keys and accounts.

use super::authority::authority;
use super::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::signing;
use antelope_types::{Name, PermissionLevel, native};
use clap::{Args, Subcommand};
use serde_json::json;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Create keys and accounts.
#[derive(Subcommand, Clone, Debug)]
pub enum Create {
    /// Create a pair of keys
    Key(CreateKey),
    /// Create an account, where accounts need not buy RAM
    Account(Box<Sending<CreateAccount>>),
}

/// Where a new key goes.
#[derive(Args, Clone, Debug)]
pub struct CreateKey {
    /// On the R1 curve, which phones sign with, and not on K1
    #[arg(long)]
    pub r1: bool,
    /// Write both keys into this file, which must not exist yet and only its owner can read
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "to_console"
    )]
    pub file: Option<PathBuf>,
    /// Print both keys
    #[arg(long, conflicts_with = "file")]
    pub to_console: bool,
}

/// A new account with its keys.
#[derive(Args, Clone, Debug)]
pub struct CreateAccount {
    /// Who creates it
    pub creator: Name,
    /// Its name
    pub name: Name,
    /// Its owner: a public key, ACCOUNT@PERMISSION, an authority as text or JSON
    #[arg(value_name = "OWNER_KEY")]
    pub owner: String,
    /// Its active permission; that of the owner by default
    #[arg(value_name = "ACTIVE_KEY")]
    pub active: Option<String>,
}

/// Creates a key. Needs no node.
///
/// # Errors
/// `keys.file` where the file is there already or cannot be written.
pub fn key(given: &CreateKey) -> Fallible<Report> {
    let made = match given.r1 {
        true => signing::generate_r1(),
        false => signing::generate_k1(),
    };
    let failed = |error: signing::SigningError| Failure::new("keys.sign", error.to_string());
    let private = made.map_err(failed)?;
    let public = signing::public_key(&private).map_err(failed)?;
    // K1 keys in the forms that every wallet reads.
    let private = private
        .to_legacy_text()
        .unwrap_or_else(|| private.to_text());
    let public = public.to_legacy_text().unwrap_or_else(|| public.to_text());
    let text = format!("Private key: {private}\nPublic key: {public}\n");
    match &given.file {
        None => Ok(Report::new(
            json!({ "private_key": private, "public_key": public }),
            text,
        )),
        Some(file) => {
            write_secret(file, &text)?;
            Ok(Report::new(
                json!({ "file": file, "public_key": public }),
                format!("Public key: {public}\nboth keys are in {}", file.display()),
            ))
        }
    }
}

/// Writes a new file that only its owner can read.
fn write_secret(file: &Path, text: &str) -> Fallible<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || {
        let mut open = options.open(file)?;
        open.write_all(text.as_bytes())?;
        open.sync_all()
    };
    write().map_err(|error| {
        let message = format!("cannot write {}: {error}", file.display());
        Failure::new("keys.file", message).hint("a file that is there is not overwritten")
    })
}

/// Runs a command of the group.
///
/// # Errors
/// As [`key`] and [`transact`](crate::transact::transact).
pub fn account(
    session: &Session,
    console: &mut Console<'_>,
    sending: &Sending<CreateAccount>,
) -> Fallible<Report> {
    let CreateAccount { creator, name, .. } = sending.given;
    let action = new_account(
        &sending.given,
        &sending.send.levels_or(PermissionLevel::active(creator)),
    )?;
    let sentence = format!("{creator} creates account {name}");
    sending.transact(session, console, sentence, vec![action])
}

/// The action that makes the account.
///
/// # Errors
/// `usage.argument`.
pub(super) fn new_account(
    given: &CreateAccount,
    levels: &[PermissionLevel],
) -> Fallible<antelope_types::Action> {
    let owner = authority(&given.owner)?;
    let active = match &given.active {
        Some(text) => authority(text)?,
        None => owner.clone(),
    };
    let mut action = native::new_account(given.creator, given.name, owner, active);
    action.authorization = levels.to_vec();
    Ok(action)
}
