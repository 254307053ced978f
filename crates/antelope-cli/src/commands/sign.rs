//! `sign` and `validate`: signatures of a transaction, where need be without a node.

use crate::given::{json_argument, transaction};
use crate::signers::KeyOptions;
use crate::transact::{SendOptions, send_signed};
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::signing;
use antelope_types::{Checksum256, PublicKey, SignedTransaction};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Sign a transaction.
#[derive(Args, Clone, Debug)]
pub struct Sign {
    /// The transaction as JSON, or a file that holds it
    pub transaction: String,
    /// The chain's id; by default the one that comes with the transaction, or the node's
    #[arg(short, long, value_name = "ID")]
    pub chain_id: Option<Checksum256>,
    /// Refused: whoever lists the programs of the machine would see the key. See --key-file
    #[arg(short = 'k', long, value_name = "KEY", hide_short_help = true)]
    pub private_key: Option<String>,
    /// Sign with this one of the keys at hand
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<PublicKey>,
    /// Send it once it is signed
    #[arg(short, long)]
    pub push_transaction: bool,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub keys: KeyOptions,
}

/// Validate transactions.
#[derive(Subcommand, Clone, Debug)]
pub enum Validate {
    /// Show the keys that have signed a transaction
    Signatures {
        /// The transaction as JSON, or a file that holds it
        transaction: String,
        /// The chain's id; by default the one that comes with the transaction, or the node's
        #[arg(short, long, value_name = "ID")]
        chain_id: Option<Checksum256>,
    },
}

/// Signs. All keys at hand sign that have not yet, or the one of `--public-key`.
///
/// # Errors
/// `usage.argument`; `keys.…`; those of the client where the node is needed for the chain's id.
pub fn sign(session: &Session, console: &mut Console<'_>, given: &Sign) -> Fallible<Report> {
    if given.private_key.is_some() {
        return Err(Failure::usage(
            "a key in an argument is seen by all programs of the machine, and kept by the shell",
        )
        .hint("write it into a file that only you can read, and give --key-file FILE"));
    }
    let mut signed = read(session, &given.transaction)?;
    let chain_id = chain_id(session, given.chain_id, &given.transaction)?;
    let digest = digest(&signed, &chain_id);
    let mut signers = given.keys.beside(&session.folder()?).signers()?;
    if let Some(wanted) = &given.public_key {
        signers.retain(|it| it.public_key() == *wanted);
        if signers.is_empty() {
            return Err(Failure::new(
                "keys.none",
                format!("{wanted} is not at hand"),
            ));
        }
    }
    let mut there = recovered(&signed, &digest)?;
    for signer in signers {
        let key = signer.public_key();
        if there.contains(&key) {
            continue;
        }
        let signature = signer.sign(&digest);
        let failed = |error: signing::SigningError| Failure::new("keys.sign", error.to_string());
        signed.signatures.push(signature.map_err(failed)?);
        console.say(&format!("signed with {key}"));
        there.push(key);
    }
    if given.push_transaction {
        return send_signed(session, console, &SendOptions::default(), &signed);
    }
    Ok(Report::json(plain(&signed)))
}

/// Runs `validate`.
///
/// # Errors
/// As [`sign`].
pub fn validate(session: &Session, command: &Validate) -> Fallible<Report> {
    let Validate::Signatures {
        transaction,
        chain_id: given,
    } = command;
    let signed = read(session, transaction)?;
    let chain_id = chain_id(session, *given, transaction)?;
    let keys = recovered(&signed, &digest(&signed, &chain_id))?;
    let texts: Vec<_> = keys.iter().map(PublicKey::to_string).collect();
    Ok(Report::new(&texts, texts.join("\n")))
}

/// The transaction; a node is asked only where its arguments are JSON.
fn read(session: &Session, text: &str) -> Fallible<SignedTransaction> {
    transaction(Some(&session.client), text)
}

/// The chain's id that stands beside a transaction, as `--offline` prints it.
fn chain_beside(value: &Value) -> Fallible<Option<Checksum256>> {
    let ids = [value.get("chain_id"), value["data"].get("chain_id")];
    let Some(id) = ids.into_iter().flatten().next() else {
        return Ok(None);
    };
    let parsed = id.as_str().and_then(|it| it.parse().ok());
    parsed.map(Some).ok_or_else(|| {
        Failure::usage(format!("{id} beside the transaction is not a chain's id"))
            .expected("64 hexadecimal digits")
    })
}

fn mismatch(who: &str, found: &Checksum256, other: &str, expected: &Checksum256) -> Box<Failure> {
    Failure::new("mismatch.chain", format!("{who} is of chain {found}"))
        .expected(format!("chain {expected}, of which {other} is"))
        .hint("nothing was signed; take the network of that chain with --network")
}

/// The transaction as people read it, with arguments as JSON where a node tells the ABIs.
fn shown(session: &Session, console: &mut Console<'_>, signed: &SignedTransaction) -> Value {
    if session.client.get_info().is_ok() {
        return readable(&session.client, signed);
    }
}

fn digest(signed: &SignedTransaction, chain_id: &Checksum256) -> Checksum256 {
    signed
        .transaction
        .signing_digest(chain_id, &signed.context_free_data)
}

fn recovered(signed: &SignedTransaction, digest: &Checksum256) -> Fallible<Vec<PublicKey>> {
    let keys = signed
        .signatures
        .iter()
        .map(|signature| signing::recover(digest, signature));
    keys.collect::<Result<_, _>>()
        .map_err(|error| Failure::new("keys.signature", error.to_string()))
}

/// As nodes and cleos read it.
fn plain(signed: &SignedTransaction) -> Value {
    let mut value = json!(signed.transaction);
    value["signatures"] = json!(signed.signatures);
    let data = signed.context_free_data.iter();
    value["context_free_data"] = json!(data.map(|it| crate::hex::encode(it)).collect::<Vec<_>>());
    value
}
