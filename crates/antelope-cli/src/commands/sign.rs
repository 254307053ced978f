//! `sign` and `validate`: signatures of a transaction, where need be without a node.

use crate::given::{inner, json_argument, readable, sentence, transaction_of, with_signatures};
use crate::network::known::{is_production, name_of};
use crate::signers::KeyOptions;
use crate::transact::consent::agreed;
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
    let (mut signed, chain_id) = read(session, &given.transaction, given.chain_id)?;
    let shown = shown(session, console, &signed);
    console.say(&format!("to be signed for chain {chain_id}:\n{shown:#}"));
    let is_production = session.network.production || is_production(&chain_id);
    if given.push_transaction {
        let of_node = session.chain_id()?;
        if of_node != chain_id {
            return Err(mismatch("the node", &of_node, "the transaction", &chain_id));
        }
    } else {
        let called = name_of(&chain_id).unwrap_or(session.called());
        let sentence = sentence(&shown);
        agreed(session, console, &sentence, "sign", is_production, called)?;
    }
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
    Ok(Report::json(with_signatures(
        json!(signed.transaction),
        &signed,
    )))
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
    let (signed, chain_id) = read(session, transaction, *given)?;
    let keys = recovered(&signed, &digest(&signed, &chain_id))?;
    let texts: Vec<_> = keys.iter().map(PublicKey::to_string).collect();
    Ok(Report::new(&texts, texts.join("\n")))
}

/// The transaction, and the chain that it is for: as the argument says, or what comes with the
/// transaction, or the network, none of which may say anything else than the others; or else the node's.
/// A node is asked for ABIs only where arguments are JSON.
///
/// # Errors
/// `usage.argument` where an id cannot be read, `mismatch.chain`; those of the client.
fn read(
    session: &Session,
    text: &str,
    given: Option<Checksum256>,
) -> Fallible<(SignedTransaction, Checksum256)> {
    let value = json_argument(text)?;
    let beside = chain_beside(&value)?;
    let found = [
        ("--chain-id", given),
        ("the transaction", beside),
        ("the network", session.network.chain_id),
    ];
    let mut found = found.into_iter().filter_map(|(who, id)| Some((who, id?)));
    let chain_id = match found.next() {
        None => session.chain_id()?,
        Some((first, id)) => match found.find(|(_, other)| *other != id) {
            Some((who, other)) => return Err(mismatch(who, &other, first, &id)),
            None => id,
        },
    };
    let signed = transaction_of(Some(&session.client), inner(value))?;
    Ok((signed, chain_id))
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
    console.say("no node answers, so that arguments are shown as their bytes");
    json!(signed.transaction)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_beside_a_transaction_is_read_or_refused() {
        let id = Checksum256([7; 32]);
        for value in [
            json!({ "chain_id": id, "transaction": {} }),
            json!({ "data": { "chain_id": id, "transaction": {} } }),
        ] {
            assert_eq!(chain_beside(&value).unwrap(), Some(id), "{value}");
        }
        assert_eq!(chain_beside(&json!({ "actions": [] })).unwrap(), None);
        for wrong in [json!("eos"), json!(7), json!("")] {
            let failure = chain_beside(&json!({ "chain_id": wrong })).unwrap_err();
            assert_eq!(failure.code, "usage.argument", "{wrong}");
        }
    }
}
