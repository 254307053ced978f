//! `convert`: between JSON and bytes, and between the forms of names, symbols, amounts and keys.

use super::sending::packed;
use crate::given::{json_argument, readable, transaction_of, with_signatures};
use crate::{Failure, Fallible, Report, Session};
use antelope_rpc_client::ClientError;
use antelope_types::json::bytes;
use antelope_types::{Asset, Name, PackedTransaction, PublicKey, Symbol};
use clap::Subcommand;
use serde_json::{Value, json};

/// Pack and unpack.
#[derive(Subcommand, Clone, Debug)]
pub enum Convert {
    /// Pack a transaction
    #[command(name = "pack_transaction")]
    PackTransaction {
        /// The transaction as JSON, or a file that holds it
        transaction: String,
        /// Taken for habit's sake: arguments as JSON are packed wherever they are
        #[arg(long)]
        pack_action_data: bool,
    },
    /// Unpack a transaction
    #[command(name = "unpack_transaction")]
    UnpackTransaction {
        /// The packed transaction as JSON or hexadecimal digits, or a file that holds it
        transaction: String,
        /// Unpack the arguments of its actions as well, by the ABIs that the node tells
        #[arg(long)]
        unpack_action_data: bool,
    },
    /// Pack the arguments of an action
    #[command(name = "pack_action_data")]
    PackActionData {
        /// The contract
        account: Name,
        /// The action
        name: Name,
        /// The arguments as JSON, or a file that holds them
        unpacked_action_data: String,
    },
    /// Unpack the arguments of an action
    #[command(name = "unpack_action_data")]
    UnpackActionData {
        /// The contract
        account: Name,
        /// The action
        name: Name,
        /// The arguments as hexadecimal digits
        packed_action_data: String,
    },
    /// A name and the number that tables keep for it, from either
    Name {
        /// The name or the number
        value: String,
    },
    /// A symbol and the number that tables keep for it, from either
    Symbol {
        /// The symbol, such as 4,EOS, or the number
        value: String,
    },
    /// An amount in its smallest units
    Asset {
        /// The amount, such as "1.0000 EOS"
        value: String,
    },
    /// A public key in all its forms
    Key {
        /// The key
        value: PublicKey,
    },
}

/// Runs a command of the group. Only those that need an ABI ask the node.
///
/// # Errors
/// `usage.argument`, `usage.data`; those of the client.
pub fn run(session: &Session, command: &Convert) -> Fallible<Report> {
    match command {
        Convert::PackTransaction { transaction, .. } => {
            let value = json_argument(transaction)?;
            let signed = transaction_of(Some(&session.client), value)?;
            Ok(Report::json(json!(PackedTransaction::pack(&signed))))
        }
        Convert::UnpackTransaction {
            transaction,
            unpack_action_data,
        } => {
            let value = match bytes::parse(transaction.trim()) {
                Ok(_) => json!({ "packed_trx": transaction.trim() }),
                Err(_) => json_argument(transaction)?,
            };
            let signed = transaction_of(None, value)?;
            let value = match unpack_action_data {
                true => readable(&session.client, &signed),
                false => json!(signed.transaction),
            };
            Ok(Report::json(with_signatures(value, &signed)))
        }
        Convert::PackActionData {
            account,
            name,
            unpacked_action_data,
        } => {
            let arguments = json_argument(unpacked_action_data)?;
            let text = bytes::text(&packed(session, *account, *name, &arguments)?);
            Ok(Report::new(&text, text.clone()))
        }
        Convert::UnpackActionData {
            account,
            name,
            packed_action_data,
        } => {
            let bytes = bytes::parse(packed_action_data).map_err(|_| {
                Failure::usage("the arguments are not hexadecimal digits, two for each byte")
            })?;
            let abi = session.client.abi(*account)?;
            let value = abi
                .unpack_action(*name, &bytes)
                .map_err(ClientError::from)?;
            Ok(Report::json(value))
        }
        Convert::Name { value } => {
            let name = match value.parse::<u64>() {
                // `12345` is a name as well: as such it is asked for as 12345@.
                Ok(raw) => Name::from_raw(raw),
                Err(_) => parsed(value.trim_end_matches('@'), "a name")?,
            };
            told(json!({ "name": name, "number": name.raw().to_string() }))
        }
        Convert::Symbol { value } => {
            let symbol: Symbol = match value.parse::<u64>() {
                Ok(raw) => Symbol::from_raw(raw),
                Err(_) => parsed(value, "a symbol such as 4,EOS")?,
            };
            let code = symbol.code();
            told(json!({
                "symbol": symbol.to_string(),
                "number": symbol.raw().to_string(),
                "code": code.to_string(),
                "code_number": code.raw().to_string(),
            }))
        }
        Convert::Asset { value } => {
            let asset: Asset = parsed(value, "an amount such as 1.0000 EOS")?;
            told(json!({
                "asset": asset.to_string(),
                "smallest_units": asset.amount.to_string(),
                "symbol": asset.symbol.to_string(),
            }))
        }
        Convert::Key { value } => told(json!({
            "key": value.to_text(),
            "legacy": value.to_legacy_text(),
        })),
    }
}

fn parsed<T: std::str::FromStr>(text: &str, what: &str) -> Fallible<T>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| {
        Failure::usage(format!("{text:?}: {error}")).expected(what.to_owned())
    })
}

/// One line for each form that there is.
fn told(data: Value) -> Fallible<Report> {
    let forms = data.as_object().into_iter().flatten();
    let lines = forms.filter_map(|(name, form)| Some(format!("{name:<15} {}", form.as_str()?)));
    let text = lines.collect::<Vec<_>>().join("\n");
    Ok(Report::new(data, text))
}
