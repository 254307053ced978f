//! Where signatures come from: a key file, a running wallet, or a key typed in. Keys are never taken
//! from arguments or from the environment, where other programs see them.
//!
//! | source | |
//! |---|---|
//! | `--key-file` | a private key on each line; empty lines and those that begin with `#` are skipped |
//! | `--wallet` | a keosd with an unlocked wallet, which signs and keeps the keys |
//! | otherwise | one line of stdin, hidden while it is typed into a terminal |
//!
//! Of several keys, only those sign that the chain says it needs (`get_required_keys`): it refuses
//! signatures that no permission asks for.

use crate::arguments::Keys;
use crate::failure::Failure;
use antelope_rpc_client::signing::{self, Signer, SigningError};
use antelope_rpc_client::{Client, KeyText, TransactionOptions, TransactionTrace, transaction};
use antelope_types::{Action, Checksum256, PrivateKey, PublicKey, Signature, SignedTransaction};
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Signs a transaction of these actions with the keys that the node says are needed, and sends it once.
///
/// # Errors
/// As [`sign`]; `chain.refused` where the transaction fails; `node` where the answer is lost, and then it
/// may have been executed.
pub(super) fn push(
    client: &Client,
    keys: &Keys,
    actions: &[Action],
) -> Result<TransactionTrace, Box<Failure>> {
    Ok(client.send(&sign(client, keys, actions)?)?)
}

/// A transaction of these actions with the signatures that it needs. It asks for a key first, if it
/// must, so that the transaction's lifetime begins when the key is there.
///
/// # Errors
/// `keys…` where there are no keys or one cannot sign; `chain.refused` where they are not enough for the
/// authorizations of the actions.
pub(super) fn sign(
    client: &Client,
    keys: &Keys,
    actions: &[Action],
) -> Result<SignedTransaction, Box<Failure>> {
    let signers = signers(keys)?;
    let unsigned = client.build(actions, &options())?;
    let needed = required(client, &unsigned, &signers)?;
    let signers: Vec<&dyn Signer> = signers
        .iter()
        .map(|signer| &**signer)
        .filter(|signer| needed.contains(&signer.public_key()))
        .collect();
    let chain_id = client.chain_id()?;
    transaction::sign(&chain_id, unsigned, &signers).map_err(unsigned_because)
}

/// Expires at a moment that another run does not choose: two runs within a second that do the same
/// would otherwise send one transaction, and the chain would refuse the second as its repetition. The
/// client sees to that within one process only. The lifetime is 60 s to 299 s, by the microseconds of
/// the clock.
pub(super) fn options() -> TransactionOptions {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let spread = now.map_or(0, |now| now.subsec_micros() % 240);
    TransactionOptions {
        expiration: Duration::from_secs(60 + u64::from(spread)),
        ..TransactionOptions::default()
    }
}

/// Which of the keys at hand the chain wants; it refuses where they are not enough.
fn required(
    client: &Client,
    transaction: &antelope_types::Transaction,
    signers: &[Box<dyn Signer>],
) -> Result<Vec<PublicKey>, Box<Failure>> {
    #[derive(Deserialize)]
    struct Answer {
        // In the text of the node's chain, which may have a prefix of its own.
        required_keys: Vec<KeyText>,
    }
    let available: Vec<_> = signers.iter().map(|signer| signer.public_key()).collect();
    let request = json!({ "transaction": transaction, "available_keys": available });
    let answer: Answer = client.call("/v1/chain/get_required_keys", &request)?;
    let keys = answer.required_keys.iter().filter_map(KeyText::key);
    Ok(keys.cloned().collect())
}

/// All keys at hand, from the first source that the arguments name.
fn signers(keys: &Keys) -> Result<Vec<Box<dyn Signer>>, Box<Failure>> {
    if let Some(file) = &keys.key_file {
        return of_file(file);
    }
    if let Some(url) = &keys.wallet {
        return of_wallet(url);
    }
    let key = PrivateKey::parse(asked()?.trim()).map_err(|_| no_key("what was typed"))?;
    signing::check(&key).map_err(unsigned_because)?;
    Ok(vec![Box::new(key)])
}

/// The private keys of a file. A line that is not a key fails the command instead of being skipped: it is
/// probably one with a mistake.
fn of_file(file: &Path) -> Result<Vec<Box<dyn Signer>>, Box<Failure>> {
    let text = fs::read_to_string(file).map_err(|error| {
        let message = format!("cannot read {}: {error}", file.display());
        Box::new(Failure::new("keys.file", message))
    })?;
    let mut signers: Vec<Box<dyn Signer>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("{} line {}", file.display(), number + 1);
        let key = PrivateKey::parse(line).map_err(|_| no_key(&place()))?;
        signing::check(&key).map_err(unsigned_because)?;
        signers.push(Box::new(key));
    }
    if signers.is_empty() {
        return Err(no_key(&file.display().to_string()));
    }
    Ok(signers)
}

/// The text itself is not repeated: it may be a key with a slip of the pen.
fn no_key(place: &str) -> Box<Failure> {
    let message = format!("{place} is not a private key, expected PVT_K1_…, PVT_R1_… or WIF");
    Box::new(Failure::new("keys.text", message))
}

/// The failure of a key that cannot sign.
fn unsigned_because(error: SigningError) -> Box<Failure> {
    Box::new(Failure::new("keys", error.to_string()))
}

/// A line from stdin; from a terminal with a prompt, and not shown while it is typed. If it cannot be
/// hidden, as without `stty`, there is no prompt.
///
/// # Errors
/// `keys.none` where stdin is at its end, as in a CI job.
fn asked() -> Result<String, Box<Failure>> {
    let hidden = io::stdin().is_terminal() && echo(false);
    if hidden {
        let _ = write!(io::stderr(), "private key: ");
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    if hidden {
        echo(true);
        let _ = writeln!(io::stderr());
    }
    match read {
        Ok(0) | Err(_) => Err(Box::new(Failure {
            hint: Some(
                "--key-file FILE, --wallet URL of a running keosd, or a terminal".to_owned(),
            ),
            ..Failure::new("keys.none", "no key to sign with")
        })),
        Ok(_) => Ok(line),
    }
}

/// Switches the terminal's echo; tells whether that worked.
fn echo(is_on: bool) -> bool {
    let status = Command::new("stty")
        .arg(if is_on { "echo" } else { "-echo" })
        .stdin(Stdio::inherit())
        .status();
    status.is_ok_and(|status| status.success())
}

/// A key in a running wallet, which signs without giving it away.
struct WalletKey {
    /// keosd speaks JSON over HTTP in the form of nodes.
    wallet: Client,
    /// The key to sign with.
    key: PublicKey,
}

/// The keys of all unlocked wallets of a keosd.
///
/// # Errors
/// `keys.wallet` where all are locked or empty; `node` or `chain.refused` where keosd does not answer or
/// refuses.
fn of_wallet(url: &str) -> Result<Vec<Box<dyn Signer>>, Box<Failure>> {
    let wallet = Client::new(url)?;
    let keys: Vec<PublicKey> = wallet.call("/v1/wallet/get_public_keys", &json!({}))?;
    if keys.is_empty() {
        return Err(Box::new(Failure {
            hint: Some("cleos wallet unlock".to_owned()),
            ..Failure::new(
                "keys.wallet",
                format!("no unlocked key in the wallet {url}"),
            )
        }));
    }
    Ok(keys
        .into_iter()
        .map(|key| -> Box<dyn Signer> {
            Box::new(WalletKey {
                wallet: wallet.clone(),
                key,
            })
        })
        .collect())
}

impl Signer for WalletKey {
    fn public_key(&self) -> PublicKey {
        self.key.clone()
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let request = json!([digest, self.key]);
        self.wallet
            .call("/v1/wallet/sign_digest", &request)
            .map_err(|error| SigningError::Device {
                problem: error.to_string(),
            })
    }
}
