//! Where signatures come from: a key file, a running wallet, or a key typed in. Keys are never taken
//! from arguments or from the environment, where other programs see them.
//!
//! | source | |
//! |---|---|
//! | `--key-file` | a private key on each line; empty lines and those that begin with `#` are skipped |
//! | `--wallet` | a keosd with an unlocked wallet, by HTTP or by its socket; it signs and keeps the keys |
//! | otherwise | one line of stdin, hidden while it is typed into a terminal |
//!
//! Of several keys, only those sign that the chain says it needs (`get_required_keys`): it refuses
//! signatures that no permission asks for.

use crate::arguments::Keys;
use crate::failure::Failure;
use antelope_keystore::{Keosd, KeystoreError};
use antelope_rpc_client::signing::{Signer, SigningError};
use antelope_rpc_client::{Client, KeyText, TransactionOptions, TransactionTrace, transaction};
use antelope_types::{Action, PublicKey, SignedTransaction};
use serde::Deserialize;
use serde_json::json;
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
        return Ok(boxed(antelope_keystore::key_file(file)?));
    }
    if let Some(address) = &keys.wallet {
        return Ok(boxed(Keosd::new(address)?.signers()?));
    }
    let key = antelope_keystore::typed_key("private key: ")?;
    Ok(boxed(vec![key]))
}

fn boxed<T: Signer + 'static>(signers: Vec<T>) -> Vec<Box<dyn Signer>> {
    let signers = signers.into_iter();
    signers
        .map(|it| -> Box<dyn Signer> { Box::new(it) })
        .collect()
}

/// The failure of a key that cannot sign.
fn unsigned_because(error: SigningError) -> Box<Failure> {
    Box::new(Failure::new("keys", error.to_string()))
}

/// Keeps the code and the hint of the error: `keys.file`, `keys.text`, `keys.wallet`. A keosd that does
/// not answer or refuses fails as a node does, with `node` or `chain.refused`.
impl From<KeystoreError> for Box<Failure> {
    fn from(error: KeystoreError) -> Self {
        let hint = match error {
            KeystoreError::Keosd(error) => return (*error).into(),
            KeystoreError::NoKey => {
                Some("--key-file FILE, --wallet URL of a running keosd, or a terminal".to_owned())
            }
            _ => error.hint(),
        };
        Box::new(Failure {
            hint,
            ..Failure::new(error.code(), error.to_string())
        })
    }
}
