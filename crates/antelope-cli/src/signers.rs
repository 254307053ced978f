//! Where signatures come from. Keys are never taken from arguments or from the environment, where other
//! programs see them.

use crate::{Failure, Outcome};
use antelope_rpc_client::signing::{self, Signer};
use antelope_types::PrivateKey;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Which keys may sign. Of those at hand only the ones sign that the chain asks for.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Keys")]
pub struct KeyOptions {
    /// File with a private key on each line; for development and for machines
    #[arg(long = "key-file", value_name = "FILE", global = true)]
    pub key_files: Vec<PathBuf>,
}

impl KeyOptions {
    /// All keys at hand.
    ///
    /// # Errors
    /// `keys.…` where there is none, or one cannot be read.
    pub fn signers(&self) -> Outcome<Vec<Box<dyn Signer>>> {
        let mut signers = Vec::new();
        for file in &self.key_files {
            signers.extend(of_file(file)?);
        }
        match signers.is_empty() {
            true => Err(Failure::new("keys.none", "there is no key to sign with")
                .hint("--key-file FILE names a file with private keys")),
            false => Ok(signers),
        }
    }
}

/// The private keys of a file: one on each line, `#` begins a comment.
fn of_file(file: &Path) -> Outcome<Vec<Box<dyn Signer>>> {
    let text = fs::read_to_string(file).map_err(|error| {
        let message = format!("cannot read {}: {error}", file.display());
        Failure::new("keys.file", message)
    })?;
    let mut signers: Vec<Box<dyn Signer>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The line itself is not repeated: it may be a key with a slip of the pen.
        let no_key = |_| {
            let message = format!(
                "{} line {} is not a private key",
                file.display(),
                number + 1
            );
            Failure::new("keys.text", message).expected("PVT_K1_…, PVT_R1_… or WIF")
        };
        let key = PrivateKey::parse(line).map_err(no_key)?;
        signing::check(&key).map_err(|error| Failure::new("keys.text", error.to_string()))?;
        signers.push(Box::new(key));
    }
    Ok(signers)
}
